/** The call centre's list on the desk: taken, dialled and closed by hand, on wide and narrow screens, light and dark. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Demo, startDemo } from './demo.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo?.stop())

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const findingsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  const run = "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then((r) => r.violations)"
  const found = (await page.evaluate(run)) as { readonly id: string; readonly impact: string | null; readonly nodes: { html: string }[] }[]
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}
const overflowOf = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - innerWidth')
/** The demo's page gives the browser its session; the desk is the page beside it. */
const enter = async (page: Page): Promise<void> => {
  await page.goto(demo.address)
  await page.waitForFunction("fetch('/api/v1/session').then((r) => r.ok)")
  await page.goto(new URL('/', demo.address).href)
}

/** Somebody is to be called, as an agent asks for it. */
const ask = (page: Page, phone: string, hours: string): Promise<number> =>
  page.evaluate(
    ({ to, when }) =>
      fetch('/api/v1/callbacks', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to: { phone: to }, hours: when, about: 'Dossier VL204518 : changer la date' }),
      }).then(({ status }) => status),
    { to: phone, when: hours },
  )

it('is empty in words, then holds who may be called now before who may be later', async () => {
  const { page, faults, close } = await demo.visit({ width: 1280 })
  await enter(page)
  await page.getByRole('button', { name: 'Rappels' }).click()
  await page.getByText('Personne n’attend de rappel').waitFor()
  // The four lists stand in one row, counts and all.
  const rowsOf = "new Set([...document.querySelectorAll('.views .view')].map((one) => one.offsetTop)).size"
  expect(await page.evaluate(rowsOf)).toBe(1)
  expect(await findingsOn(page)).toEqual([])
  const tomorrow = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date().getDay() + 2) % 7]
  expect(await ask(page, '+33612000201', `${tomorrow} 09:00-12:00`)).toBe(202)
  expect(await ask(page, '+33612000202', 'mon-sun 00:00-24:00')).toBe(202)
  await page.getByText('À appeler dans').waitFor()
  expect(await page.evaluate(rowsOf)).toBe(1)
  const rows = page.locator('.rows .row-button')
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('+33612000202'), expect.stringContaining('+33612000201')])
  await rows.nth(1).click()
  const take = page.getByRole('button', { name: 'Je rappelle' })
  expect(await take.isDisabled()).toBe(true)
  const why = page.locator(`#${await take.getAttribute('aria-describedby')}`)
  expect(await why.innerText()).toMatch(/^Pas avant .+\s: hors des heures ci-dessus\.$/)
  await rows.nth(0).click()
  await page.getByText('Dossier VL204518').last().waitFor()
  await page.getByText(/0\sh\s00\s–\s24\sh\s00\s*, heure de Paris/).waitFor()
  expect(await findingsOn(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

it('is worked by keys: J, T, a number to dial, a note, and what came of it', async () => {
  const { page, close } = await demo.visit({ width: 1280 })
  await enter(page)
  await page.getByRole('button', { name: /Rappels/ }).click()
  await page.locator('.rows .row-button').first().waitFor()
  await page.evaluate('document.activeElement.blur()')
  await page.keyboard.press('j')
  await page.keyboard.press('t')
  const dial = page.getByRole('link', { name: 'Appeler le +33612000202' })
  await dial.waitFor()
  expect(await dial.getAttribute('href')).toBe('tel:+33612000202')
  await page.getByText('Vous vous en occupez').first().waitFor()
  await page.getByLabel('Note sur l’appel').fill('Rappelle demain pour la date.')
  await page.getByRole('button', { name: 'Joint', exact: true }).click()
  await page.getByText('Choisissez une demande de rappel.').waitFor()
  expect(await page.locator('.rows .row-button').count()).toBe(1)
  await close()
})

it.each([false, true])('on a telephone, dark: %s, nothing is cut off, and there is a way back', async (dark) => {
  const { page, close } = await demo.visit({ width: 360, height: 740, dark, language: dark ? 'en-GB' : 'fr-FR' })
  await enter(page)
  await page.getByRole('button', { name: dark ? /Call-backs/ : /Rappels/ }).click()
  await page.locator('.rows .row-button').first().click()
  await page.getByRole('button', { name: dark ? 'Back to the list' : 'Retour à la liste' }).waitFor()
  expect(await findingsOn(page)).toEqual([])
  expect(await overflowOf(page)).toBe(0)
  await page.getByRole('button', { name: dark ? 'Back to the list' : 'Retour à la liste' }).click()
  await page.locator('.rows .row-button').first().waitFor()
  await close()
})
