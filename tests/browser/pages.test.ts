/** Both pages on wide and narrow screens, light and dark: nothing a screen reader or a keyboard stumbles over, nothing cut off. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Demo, startDemo, type View } from './demo.ts'
import { findingsOn, overflowOf, weightOf } from './looks.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
  await writeMuch()
})
afterAll(() => demo?.stop())

/** Camille's thread becomes longer than any screen. */
const writeMuch = async (): Promise<void> => {
  const { page, close } = await demo.visit()
  await page.goto(demo.address)
  const lines = page.getByRole('log', { name: 'Conversation sur le téléphone' }).getByRole('listitem')
  for (let asked = 1; asked <= 12; asked += 1) {
    await page.getByRole('button', { name: /^Combien coûte une annulation/ }).click()
    await lines.nth(2 * asked - 1).waitFor()
  }
  await close()
}

/** On the demo's page each column scrolls by itself; below it there is nothing. */
const emptyBelow = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollHeight - innerHeight')

const VIEWS: readonly [string, View][] = [
  ['1280 px, light', { width: 1280 }],
  ['1280 px, dark', { width: 1280, dark: true }],
  ['360 px, light', { width: 360, height: 740 }],
  ['360 px, dark', { width: 360, height: 740, dark: true }],
]

describe.each(VIEWS)('at %s', (_, view) => {
  it('the demo and the desk have no serious accessibility finding, and nothing is cut off', async () => {
    const { page, faults, close } = await demo.visit(view)
    await page.goto(demo.address)
    await page.getByRole('button', { name: /^Combien coûte une annulation/ }).click()
    await page.getByText('Source : Annuler').first().waitFor({ state: 'attached' })
    const tabs = page.locator('.tabs button:visible')
    for (let tab = 0; tab < Math.max(1, await tabs.count()); tab += 1) {
      if ((await tabs.count()) > 0) await tabs.nth(tab).click()
      expect(await findingsOn(page)).toEqual([])
      expect(await overflowOf(page)).toBe(0)
      expect(await emptyBelow(page)).toBe(0)
    }
    await page.goto(new URL('/', demo.address).href)
    await page.getByRole('button', { name: 'Toutes' }).click()
    await page.getByRole('button', { name: /Camille Laurent/ }).click()
    await page.getByRole('button', { name: 'Pourquoi ?' }).last().click()
    await page.getByText('Qui parle').last().waitFor()
    expect(await findingsOn(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    expect(faults).toEqual([])
    await close()
  })
})

describe('the desk', () => {
  it('asks for a key, and says what is wrong with one', async () => {
    const { page, close } = await demo.visit()
    await page.goto(new URL('/', demo.address).href)
    await page.getByLabel('Votre clé de conseiller').fill('rk_no')
    await page.getByRole('button', { name: 'Entrer' }).click()
    await page
      .getByRole('alert')
      .getByText(/n’est pas valable/)
      .waitFor()
    expect(await findingsOn(page)).toEqual([])
    await close()
  })

  it('is worked by keys alone, which can be switched off', async () => {
    const { page, close } = await demo.visit()
    await page.goto(demo.address)
    await page.getByText('En attente').waitFor()
    await page.goto(new URL('/', demo.address).href)
    await page.getByRole('button', { name: /Thomas Girard/ }).waitFor()
    await page.keyboard.press('j')
    await page.getByRole('heading', { name: 'Thomas Girard' }).waitFor()
    await page.keyboard.press('t')
    await page.getByText('à vous').first().waitFor()
    await page.keyboard.press('r')
    await page.keyboard.type('Bonjour Thomas, je regarde votre dossier.')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('log').getByText('je regarde votre dossier').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.getByText('automatique').first().waitFor()
    await page.keyboard.press('?')
    await page.getByRole('checkbox', { name: 'Raccourcis d’une lettre' }).uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await close()
  })

  it('says so when the connection is lost, and comes back by itself', async () => {
    const { page, close } = await demo.visit()
    await page.goto(demo.address)
    // The desk follows the phone: with a conversation open, its list and the line's state stand behind it.
    await page.getByText('en direct').waitFor({ state: 'attached' })
    await page.context().setOffline(true)
    await page.getByText('ne répond plus').waitFor()
    await page.context().setOffline(false)
    await page.getByText('ne répond plus').waitFor({ state: 'detached' })
    await close()
  })

  it('speaks English to whoever reads English, and changes on the spot', async () => {
    const { page, close } = await demo.visit({ language: 'en-GB' })
    await page.goto(demo.address)
    await page.getByText(/answers within the rules/).waitFor()
    await page.getByRole('button', { name: 'Français' }).click()
    await page.getByText(/répond dans les règles/).waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('fr')
    await close()
  })
})

it('loads at most 30 kB of script and style for the chat page, compressed', async () => {
  const { script, style } = await weightOf(join(import.meta.dirname, '..', '..', 'dist', 'web'), 'chat/index.html')
  expect(script + style).toBeLessThanOrEqual(30_000)
})

it.each(['index.html', 'sim/index.html'])('loads at most 60 kB of script for %s, compressed', async (page) => {
  expect((await weightOf(join(import.meta.dirname, '..', '..', 'dist', 'web'), page)).script).toBeLessThan(60_000)
})
