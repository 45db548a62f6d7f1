/**
 * The newcomer's test: `npm start` prints one address, and the story plays there by itself in two minutes at most. `RELAIS_PICTURES` names a
 * folder for what was seen.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signerOf } from '../../src/evidence/index.ts'
import { type Demo, startDemo, type Visit } from './demo.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
}, 150_000)
afterAll(() => demo?.stop())

const SOON_MS = 30_000
const { RELAIS_PICTURES } = process.env
const picture = async (page: Page, name: string): Promise<void> => {
  if (!RELAIS_PICTURES) return
  await isDone(page)
  await page.screenshot({ path: join(RELAIS_PICTURES, `${name}.png`) })
}
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const findingsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  // The brand's page in the frame is looked at by its own test.
  const run =
    "axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((r) => r.violations)"
  const findings = (await page.evaluate(run)) as { id: string; nodes: { html: string }[] }[]
  return findings.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}
const phone = (page: Page) => page.getByRole('log', { name: /Conversation sur le téléphone|Conversation on the phone/ })
const step = (page: Page, title: string) => page.getByRole('heading', { name: title, level: 2 }).waitFor({ timeout: SOON_MS })
const isDone = (page: Page) => expect.poll(() => page.locator('.doing').textContent(), { timeout: SOON_MS, interval: 200 }).toBe('')
const troubleOn = (page: Page) => page.locator('.told [role=alert]').count()

it('prints the address of the story, from which /sim is one step away', async () => {
  expect(new URL(demo.story).pathname).toBe('/demo')
  const { page, close } = await demo.visit()
  await page.goto(demo.story)
  await page.getByRole('link', { name: 'Essayer librement (/sim)' }).click()
  await page.getByRole('heading', { name: 'Relais', level: 1 }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/sim')
  await close()
})

it('plays the whole story by itself within two minutes', { timeout: 200_000 }, async () => {
  const visit = await demo.visit()
  const { page } = visit
  await page.goto(demo.story)
  await page.getByText('Lancez l’histoire').waitFor()
  const began = Date.now()
  await page.getByRole('button', { name: 'Lire l’histoire' }).click()

  await step(page, 'La veille : l’assistant répond')
  await phone(page).getByText('peint par Léonard de Vinci').waitFor({ timeout: SOON_MS })
  await page.getByText('Aucune règle de plateforme ni de loi').waitFor()
  await picture(page, 'answered')

  await step(page, 'Le jour même : c’est interdit')
  await phone(page).getByRole('link', { name: 'Ouvrir la page' }).waitFor({ timeout: SOON_MS })
  expect(await phone(page).getByText('Léonard de Vinci').count()).toBe(0)
  await page.getByText('interdit ici').waitFor()
  expect(
    await page
      .locator('.rules')
      .getByRole('link', { name: /source/ })
      .first()
      .getAttribute('href'),
  ).toMatch(/^https:\/\//)
  await picture(page, 'barred')

  await step(page, 'D’un geste, sur la page de la marque')
  const brand = page.frameLocator('iframe')
  await brand.getByText('peint par Léonard de Vinci').waitFor({ timeout: SOON_MS })
  // The thread so far came along, and the phone says that somebody opened it.
  await brand.getByText('Qui a peint la Joconde ?').first().waitFor()
  await phone(page).getByText('vient d’être ouverte').waitFor({ timeout: SOON_MS })
  await picture(page, 'link')

  await step(page, 'La règle s’assouplit, l’entreprise garde son pont')
  await page.getByText('permis', { exact: true }).waitFor()
  await phone(page).getByRole('link').waitFor({ timeout: SOON_MS })
  await picture(page, 'kept')

  await step(page, 'Chaque réponse a désormais un prix')
  await page
    .locator('.rules')
    .getByText(/0,0248/)
    .waitFor()
  await phone(page).getByText('de 30 à 15 jours : 50 %').waitFor({ timeout: SOON_MS })
  await picture(page, 'price')

  await step(page, 'WhatsApp se tait')
  await page.getByText(/^\d+ sur 500 restent joignables$/).waitFor({ timeout: SOON_MS })
  await page.locator('.phone-cut').getByText('WhatsApp coupé').waitFor()

  await step(page, 'Le dossier ouvert continue par e-mail')
  const mails = page.getByRole('log', { name: 'La boîte mail du client' })
  await mails
    .getByText(/est confirmée/)
    .first()
    .waitFor({ timeout: SOON_MS })
  await picture(page, 'mail')

  await step(page, 'Le modèle d’IA tombe aussi')
  await mails.getByText('de 30 à 15 jours : 50 %').waitFor({ timeout: SOON_MS })
  await page.getByText('Moteur « faq »').waitFor()
  // The answer is read from its beginning, without scrolling.
  const [box, answer] = await Promise.all([mails, mails.getByRole('listitem').last()].map((one) => one.boundingBox()))
  if (!box || !answer) throw new Error('no answer in the mailbox')
  const above = answer.y - box.y
  expect(above >= 0 && (above < 20 || above + answer.height <= box.height)).toBe(true)

  await step(page, 'Le rapport signé')
  const report = page.getByRole('link', { name: 'Ouvrir le rapport signé' })
  await report.waitFor({ timeout: 100_000 })
  await page.getByText('Signature vérifiée').waitFor()
  await picture(page, 'report')
  const seconds = (Date.now() - began) / 1_000
  expect(await troubleOn(page)).toBe(0)
  expect(seconds).toBeLessThan(120)

  const signed = await page.request.get(new URL('/demo/api/cut/report', demo.story).href)
  expect(signerOf(await signed.body())).toMatch(/^ed25519:/)
  expect(await findingsOn(page)).toEqual([])
  expect(visit.faults).toEqual([])
  await visit.close()
})

it('goes step by step with keys alone, stops when asked, and fits a phone in English and in the dark', { timeout: 120_000 }, async () => {
  const visit: Visit = await demo.visit({ width: 360, height: 740, dark: true, language: 'en-GB' })
  const { page } = visit
  await page.goto(demo.story)
  await page.getByRole('button', { name: 'Play the story' }).waitFor()
  const steps = await page.getByRole('list', { name: 'The steps' }).getByRole('button').all()
  const ends = await Promise.all(steps.map((one) => one.boundingBox().then((box) => box && box.x + box.width)))
  expect([ends.length, ends.every((end) => end !== null && end <= 360)]).toEqual([9, true])
  await page.keyboard.press('ArrowRight')
  await step(page, 'The day before: the assistant answers')
  await page.keyboard.press('ArrowRight')
  await step(page, 'The day itself: it is barred')
  await isDone(page)
  await phone(page).getByRole('link', { name: /page/ }).waitFor({ timeout: SOON_MS })
  await page.keyboard.press('ArrowLeft')
  await step(page, 'The day before: the assistant answers')
  await isDone(page)
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Go on' }).waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  expect(await findingsOn(page)).toEqual([])
  await picture(page, 'narrow')
  await visit.close()
})

it('tells of any day and country what the rules say there, and asks there with a customer of that day', { timeout: 90_000 }, async () => {
  const visit = await demo.visit()
  const { page } = visit
  await page.goto(demo.story)
  await page.getByLabel('Le pays du client').selectOption('IT')
  await page.getByLabel('La date').fill('45')
  await page.getByRole('heading', { name: /Les règles, le 15 janvier 2026 · Italie/ }).waitFor()
  await page.getByText('permis', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Poser la question générale' }).click()
  await phone(page).getByText('peint par Léonard de Vinci').waitFor({ timeout: SOON_MS })
  expect(visit.faults).toEqual([])
  await visit.close()
})
