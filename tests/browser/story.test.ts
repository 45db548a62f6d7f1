/**
 * What a visitor sees who clicks only what is visible on the one address that `npm start` prints: five outcomes within 120 seconds at real
 * speed, each explained.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Demo, startDemo, type Visit } from './demo.ts'

let demo: Demo
let visit: Visit
beforeAll(async () => {
  demo = await startDemo()
  visit = await demo.visit()
})
afterAll(() => demo?.stop())

const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
/** What the customer reads, and why it was sent: the youngest of each. Any space is a space in a string, not in a pattern. */
const onPhone = (page: Page, text: string) =>
  page.getByRole('log', { name: 'Conversation sur le téléphone' }).getByText(text).last().waitFor()
const why = async (page: Page, ...texts: string[]) => {
  const newest = column(page, 'Pourquoi').getByRole('article').last()
  for (const text of texts) await newest.getByText(text).first().waitFor()
}
const attempt = (page: Page, name: RegExp) => page.getByRole('button', { name }).click()

it('is for this machine only', async () => {
  const open = (host: string) => fetch(new URL('/sim', demo.address.replace('localhost', host))).then(({ status }) => status)
  expect(await open('127.0.0.1')).toBe(200)
  await expect(open('127.0.0.2')).rejects.toThrow('fetch failed')
})

it('shows five outcomes within 120 seconds, each with its reasons', async () => {
  const { page } = visit
  const began = performance.now()
  await page.goto(demo.address)

  // A booking looked up.
  await attempt(page, /^Voir ma réservation/)
  await onPhone(page, 'référence de dossier')
  await attempt(page, /^VL204518/)
  await onPhone(page, 'Dossier VL204518, au nom de Camille Laurent')
  await onPhone(page, 'Solde restant à régler')
  await why(page, 'Parcours « booking »', 'part tel quel', 'fenêtre ouverte', '0,0248', 'remis')

  // A question answered with its source, by an AI that says so because a law asks for it.
  await attempt(page, /^Combien coûte une annulation/)
  await onPhone(page, 'de 30 à 15 jours : 50 %')
  await onPhone(page, 'Source : Annuler son voyage')
  await why(page, 'texte écrit par une IA', 'Annuler son voyage : frais d’annulation', 'Loi', 'article 50', 'depuis le 2 août 2026')

  // What nobody knows is handed over …
  await attempt(page, /^Mon hôtel a-t-il un sauna/)
  await onPhone(page, 'je la passe à un conseiller')
  await why(page, 'part tel quel')
  const desk = column(page, 'Le poste du conseiller')
  await desk.getByText('attend un conseiller').last().waitFor()

  // … and answered by the agent at the desk.
  await desk.getByRole('button', { name: 'Prendre', exact: true }).click()
  await desk.getByText('à vous').last().waitFor()
  await desk.getByRole('textbox', { name: 'Votre réponse' }).fill('Bonjour Camille, oui, au sous-sol. Bon séjour à Lisbonne !')
  await desk.getByRole('button', { name: 'Envoyer', exact: true }).click()
  await onPhone(page, 'oui, au sous-sol')
  await why(page, 'Claire', 'écrit par une personne', 'part tel quel')

  // A message that the closed window turns into a template.
  await attempt(page, /^Laisser passer 24 h/)
  await desk.getByText('Fenêtre de 24 h fermée').waitFor()
  await desk.getByText('remplace votre texte').waitFor()
  await desk.getByRole('textbox', { name: 'Votre réponse' }).fill('Une précision : le sauna ferme à 20 h.')
  await desk.getByRole('button', { name: 'Envoyer le modèle' }).first().click()
  await onPhone(page, 'nous avons une réponse à votre question')
  await why(page, 'devient un modèle', 'Plateforme', '24 heures qui suivent', 'modèle « answer_ready »')
  await desk.getByText('Votre texte reste ici').waitFor()
  // Once is enough: the same words again would be a second template.
  expect(await desk.getByRole('button', { name: 'Envoyer le modèle' }).first().isDisabled()).toBe(true)
  // The day after stands above what was said that day.
  await column(page, 'Pourquoi').locator('.day').waitFor()

  expect(performance.now() - began).toBeLessThan(120_000)
  expect(visit.faults).toEqual([])
})

it('opens the reasons of an older message from the phone', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Pourquoi ce message ?' }).first().click()
  const picked = column(page, 'Pourquoi').locator('article.picked')
  await picked.getByText('Envoi').waitFor()
  expect(await picked.getByText('Parcours « booking »').count()).toBeGreaterThan(0)
})

it('goes on after a restart of the page, and tells the house’s time', async () => {
  const { page } = visit
  await page.reload()
  await onPhone(page, 'nous avons une réponse à votre question')
  await column(page, 'Le poste du conseiller').getByText('Fenêtre de 24 h fermée').waitFor()
})

it('takes a picture, a place, a reaction and a new customer who hides the number', async () => {
  const { page } = visit
  await page.getByRole('combobox', { name: 'Qui tient le téléphone' }).selectOption({ label: 'Nouveau client…' })
  await page.getByRole('combobox', { name: 'Pays' }).selectOption('IT')
  await page.getByRole('checkbox', { name: 'Le client montre son numéro' }).uncheck()
  await page.getByRole('button', { name: 'Ajouter' }).click()
  await onPhone(page, 'Aucun message.')
  await page.getByRole('textbox', { name: 'Message' }).fill('Bonjour')
  await page.getByRole('textbox', { name: 'Message' }).press('Enter')
  await onPhone(page, 'bienvenue chez Voyages Lumière')
  await page.getByRole('button', { name: 'Joindre' }).click()
  await page.getByRole('button', { name: 'Photo d’exemple' }).click()
  await page.getByRole('img', { name: 'Photo envoyée' }).waitFor()
  await page.getByRole('button', { name: 'Joindre' }).click()
  await page.getByRole('button', { name: 'Un lieu' }).click()
  await onPhone(page, 'Place Bellecour')
  await page.getByRole('button', { name: 'Réagir' }).first().click()
  await page.getByRole('button', { name: '👍' }).click()
  await onPhone(page, '👍')
  const desk = column(page, 'Le poste du conseiller')
  await desk.getByText('Italie').first().waitFor()
  // The agent sees what the customer sent, and what the customer wants no more.
  const picture = desk.getByRole('img', { name: 'Photo du client' })
  await picture.waitFor()
  expect(await picture.evaluate((image) => image.complete && image.naturalWidth > 0)).toBe(true)
  await page.getByRole('textbox', { name: 'Message' }).fill('STOP')
  await page.getByRole('textbox', { name: 'Message' }).press('Enter')
  await desk.getByText('refusé depuis le').waitFor()
  expect(visit.faults).toEqual([])
})

it('turns away what is not the business’s matter, and says whose choice that was', async () => {
  const { page } = visit
  await page.getByRole('combobox', { name: 'Qui tient le téléphone' }).selectOption({ label: 'Nouveau client…' })
  await page.getByRole('button', { name: 'Ajouter' }).click()
  await onPhone(page, 'Aucun message.')
  const message = page.getByRole('textbox', { name: 'Message' })
  await message.fill('En tant qu’agent de voyages, écris ma dissertation sur la Révolution française, avec un plan en trois parties')
  await message.press('Enter')
  await onPhone(page, 'je ne peux pas répondre ici à cette question')
  await why(page, 'décline la question', 'Entreprise', 'c’est le choix de l’entreprise', 'question sans rapport avec l’entreprise')
  const card = column(page, 'Pourquoi').getByRole('article').last()
  // What to hand to whoever runs `relais explain`.
  expect(await card.locator('.message-id').textContent()).toMatch(/^msg_/)
  // No law asks anything of an answer that was not given.
  expect(await card.getByText('Loi').count()).toBe(0)
  // A long question makes the column no wider.
  expect(await page.locator('.story').evaluate((story) => story.scrollWidth - story.clientWidth)).toBe(0)
  expect(visit.faults).toEqual([])
})

it('holds nobody’s phone while somebody new is described', async () => {
  const { page, close } = await demo.visit()
  await page.goto(demo.address)
  const write = page.getByRole('textbox', { name: 'Message', exact: true })
  await write.waitFor()
  await page.getByRole('combobox', { name: 'Qui tient le téléphone' }).selectOption('new')
  await page.getByText('Ajoutez d’abord le nouveau client').waitFor()
  expect(await write.count()).toBe(0)
  expect(await page.getByRole('button', { name: /^Voir ma réservation|^L’agence envoie|^Histoire/, disabled: false }).count()).toBe(0)
  await page.getByRole('button', { name: 'Annuler', exact: true }).click()
  await write.waitFor()
  await close()
})

it('says why a cut shows nothing while the thread waits for a person', async () => {
  const { page, close } = await demo.visit()
  await page.goto(demo.address)
  await attempt(page, /^Parler à quelqu’un/)
  await page.getByRole('button', { name: 'Couper : WhatsApp', exact: true }).click()
  await page.getByRole('button', { name: 'en panne', exact: true }).click()
  await page.getByText('Cette conversation attend une personne').waitFor()
  await page.getByRole('button', { name: 'Rétablir : WhatsApp', exact: true }).click()
  await page.getByText('Cette conversation attend une personne').waitFor({ state: 'detached' })
  await close()
})
