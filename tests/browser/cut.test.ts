/** A cut on the demo's page: what one provider no longer delivers goes by the next, the thread shows it, and a healed provider is taken back. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Demo, startDemo, type Visit } from './demo.ts'

let demo: Demo
let visit: Visit
beforeAll(async () => {
  demo = await startDemo()
  visit = await demo.visit()
  await visit.page.goto(demo.address)
})
afterAll(() => demo?.stop())

const MINUTES = 60_000
/** Until what is due is seen, at real speed, on a machine that is busy with other tests. */
const SOON_MS = 20_000

const phone = (page: Page) => page.getByRole('log', { name: 'Conversation sur le téléphone' })
const texts = (page: Page) => page.getByRole('log', { name: 'Les SMS du client' })
const mails = (page: Page) => page.getByRole('log', { name: 'La boîte mail du client' })
const desk = (page: Page) => page.getByRole('region', { name: 'Le poste du conseiller', exact: true })

const send = async (page: Page, notice: string) => {
  await page.getByRole('button', { name: 'L’agence envoie' }).click()
  await page.getByRole('button', { name: notice }).click()
}
const cut = async (page: Page, provider: string, how: string) => {
  await page.getByRole('button', { name: `Couper : ${provider}`, exact: true }).click()
  await page.getByRole('button', { name: how, exact: true }).click()
  await page.getByRole('button', { name: `Rétablir : ${provider}`, exact: true }).waitFor()
}
const heal = (page: Page, provider: string) => page.getByRole('button', { name: `Rétablir : ${provider}`, exact: true }).click()
/** The page's own way to let time pass knows no ten minutes. */
const pass = (page: Page, ms: number) =>
  page.evaluate(
    (body) => fetch('/sim/api/clock', { method: 'POST', body, headers: { 'content-type': 'application/json' } }).then(() => {}),
    JSON.stringify({ ms }),
  )

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const findingsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  const run =
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations)"
  const findings = (await page.evaluate(run)) as { id: string; nodes: { html: string }[] }[]
  return findings.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

it('moves a notice from a silent WhatsApp to SMS, and from a silent SMS to mail, each within its plan', async () => {
  const { page } = visit
  // The customer is known, and has left the other addresses in writing.
  await page.getByRole('button', { name: /^Voir ma réservation/ }).click()
  await phone(page).getByText('référence de dossier').waitFor()
  await texts(page).getByRole('button', { name: 'La donner par écrit' }).click()
  await texts(page).getByText('ne connaît pas cette adresse').waitFor({ state: 'detached' })
  // One address, one consent, and its words stay in sight.
  await texts(page).getByText('Vous avez accepté par écrit').getByText('par SMS les messages').waitFor()
  expect(await mails(page).getByText('ne connaît pas cette adresse').count()).toBe(1)
  await mails(page).getByRole('button', { name: 'La donner par écrit' }).click()
  await mails(page).getByText('ne connaît pas cette adresse').waitFor({ state: 'detached' })

  await cut(page, 'WhatsApp', 'accepte, ne remet rien')
  await cut(page, 'SMS', 'accepte, ne remet rien')
  const newest = desk(page).locator('.bubble').last()
  const lines = await phone(page).getByRole('listitem').count()
  await send(page, 'Confirmation de réservation')
  // A plan counts from when a provider took the message: the tick says so.
  await newest.getByText('votre réservation VL204518').waitFor({ timeout: SOON_MS })
  await newest.getByRole('img').waitFor({ timeout: SOON_MS })
  await pass(page, 9 * MINUTES)
  expect(await texts(page).getByText('VL204518').count()).toBe(0)
  await pass(page, 1.1 * MINUTES)
  // A silent operator took it; nobody saw it. Five minutes later it goes by mail.
  await newest.getByText('par SMS').waitFor({ timeout: SOON_MS })
  await newest.getByRole('img').waitFor({ timeout: SOON_MS })
  await pass(page, 5.1 * MINUTES)
  await mails(page).getByText('votre réservation VL204518 est confirmée').last().waitFor({ timeout: SOON_MS })
  expect(await phone(page).getByRole('listitem').count()).toBe(lines)
  // The arcs of the thread: by which channel, then by which.
  expect(await desk(page).locator('.crossing').allTextContents()).toEqual([
    expect.stringMatching(/^WhatsApp.*SMS$/),
    expect.stringMatching(/^SMS.*e-mail$/),
  ])
  expect(await findingsOn(page)).toEqual([])
  // Each column scrolls by itself; the page stays as long as its screen.
  expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0)
})

it('delivers late what a healed provider had kept, and the thread says so', async () => {
  const { page } = visit
  await heal(page, 'WhatsApp')
  await heal(page, 'SMS')
  await phone(page).getByText('votre réservation VL204518 est confirmée').waitFor({ timeout: SOON_MS })
  await desk(page).getByText('Remis après coup').first().waitFor({ timeout: SOON_MS })
})

it('tells what each provider received, and shuts again by a key', async () => {
  const { page } = visit
  await page.getByRole('button', { name: /^Reçu/ }).click()
  const ledger = page.getByRole('dialog', { name: 'Ce que chaque fournisseur a reçu' })
  await ledger.getByRole('row').nth(3).waitFor()
  await ledger.getByRole('button', { name: 'E-mail' }).click()
  await expect.poll(() => ledger.getByRole('row').filter({ hasText: 'mail' }).count()).toBe(1)
  expect(await findingsOn(page)).toEqual([])
  await page.keyboard.press('Escape')
  await ledger.waitFor({ state: 'detached' })
})

it('answers without a model that is down, and stops all automation at once', async () => {
  const { page } = visit
  await cut(page, 'Modèle d’IA', 'en panne')
  // Nothing says that people hold the thread where they do not.
  expect(await page.getByText('Cette conversation attend une personne').count()).toBe(0)
  await page.getByRole('button', { name: /^Combien coûte une annulation/ }).click()
  await phone(page).getByText('de 30 à 15 jours : 50 %').waitFor({ timeout: SOON_MS })
  await heal(page, 'Modèle d’IA')
  await page.getByRole('button', { name: 'Couper : Modèle d’IA', exact: true }).click()
  await page.getByRole('button', { name: 'Arrêter toute automatisation' }).click()
  await page.getByRole('status').getByText('en pause').waitFor()
  // On a narrow screen too, whatever part of the page is in sight, the way out stands beside the words.
  await page.setViewportSize({ width: 360, height: 740 })
  for (const tab of ['Pourquoi', 'Conseiller', 'WhatsApp']) {
    await page.getByRole('button', { name: tab, exact: true }).click()
    await page.getByRole('status').getByText('Toute automatisation est à l’arrêt').waitFor()
    expect(await page.getByRole('button', { name: 'Rendre l’automatisation' }).isVisible()).toBe(true)
  }
  await page.getByRole('button', { name: 'Rendre l’automatisation' }).click()
  await page.getByRole('status').getByText('Toute automatisation').waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 1280, height: 800 })
})

it('resumes what was paused where it stands', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Couper : SMS', exact: true }).click()
  await page.getByRole('button', { name: 'Mettre en pause' }).click()
  await page.getByRole('button', { name: 'Reprendre : SMS', exact: true }).click()
  await page.getByRole('button', { name: 'Couper : SMS', exact: true }).waitFor()
})

it('lets Relais find out by itself that a healed channel works, and counts down the seconds', async () => {
  const { page } = visit
  const secondsIn = async () => Number(/\d+/.exec((await page.getByText('Relais vérifie encore').textContent()) ?? '')?.[0])
  await cut(page, 'WhatsApp', 'en panne')
  await send(page, 'Rappel de rendez-vous')
  // After a fault the provider is asked every twenty seconds: four in a row over a minute.
  await expect
    .poll(() => pass(page, 20_000).then(() => page.getByText('Relais le surveille').count()), { timeout: SOON_MS, interval: 1_500 })
    .toBe(1)
  await heal(page, 'WhatsApp')
  const began = await secondsIn()
  expect(began).toBeLessThanOrEqual(60)
  await expect.poll(secondsIn, { interval: 500, timeout: SOON_MS }).toBeLessThan(began)
  // One message that passes is the proof; it waits behind one whose fate is not certain, and what failed is forgotten after two minutes.
  await page.getByRole('button', { name: /^Combien coûte une annulation/ }).click()
  const note = page.getByText(/Relais (?:vérifie encore|attend un essai réussi)/)
  await expect.poll(() => pass(page, MINUTES).then(() => note.count()), { timeout: SOON_MS, interval: 1_500 }).toBe(0)
})

it('counts on WhatsApp again as soon as it is healed, though the platform had refused everything', async () => {
  const { page } = visit
  const lines = await phone(page).getByRole('listitem').count()
  await cut(page, 'WhatsApp', 'refuse tout')
  await send(page, 'Rappel de rendez-vous')
  await page.getByText('Relais l’a vu').waitFor({ timeout: SOON_MS })
  await heal(page, 'WhatsApp')
  await page.getByText('Relais l’a vu').waitFor({ state: 'detached' })
  await send(page, 'Confirmation de réservation')
  await expect.poll(() => phone(page).getByRole('listitem').count(), { timeout: SOON_MS }).toBeGreaterThan(lines)
})

it('plays the whole story by itself, whatever was cut and stopped before', async () => {
  await cut(visit.page, 'SMS', 'en panne')
  await cut(visit.page, 'WhatsApp', 'refuse tout')
  await send(visit.page, 'Rappel de rendez-vous')
  const other = await demo.visit({ width: 360, height: 740 })
  const { page } = other
  await page.goto(demo.address)
  await page.getByRole('button', { name: /^Histoire d’une coupure/ }).click()
  await page.getByText('6/6').waitFor({ timeout: 120_000 })
  await desk(page).getByText('Remis après coup').last().waitFor({ timeout: SOON_MS })
  expect(await findingsOn(page)).toEqual([])
  await page.getByRole('button', { name: 'Terminer' }).click()
  await page.getByRole('button', { name: /^SMS/ }).click()
  await texts(page).getByText('Bien reçu, merci !').last().waitFor()
  await other.close()
})

it('keeps in its story the choice of who said STOP by SMS: the notice goes by mail, and the thread says why', async () => {
  const other = await demo.visit()
  const { page } = other
  await page.goto(demo.address)
  await page.getByRole('textbox', { name: 'Répondre par SMS' }).fill('STOP')
  await page.getByRole('button', { name: 'Envoyer le SMS' }).click()
  await texts(page).getByText('STOP', { exact: true }).waitFor()
  await page.getByText('l’opérateur ne remet plus rien ici').waitFor()
  const came = await texts(page).getByRole('listitem').count()
  await page.getByRole('button', { name: /^Histoire d’une coupure/ }).click()
  await page.getByText('son choix est tenu').waitFor({ timeout: 60_000 })
  await page.getByText('6/6').waitFor({ timeout: 90_000 })
  await mails(page).getByText('Bien reçu, merci !').last().waitFor()
  await desk(page).getByText('a répondu STOP à ce numéro').last().waitFor()
  expect(await texts(page).getByRole('listitem').count()).toBe(came)
  await other.close()
  expect([...visit.faults, ...other.faults]).toEqual([])
})
