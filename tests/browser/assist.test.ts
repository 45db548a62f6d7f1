/** The AI's help at the desk: by button and by key, wide and narrow, in French and English; nothing leaves but what the agent sends. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { makeSecret } from '../../src/http/caller.ts'
import { type Business, openBusiness } from '../house/business.ts'
import { buildPages } from './chat-house.ts'
import { openBrowser, type View, type Visit } from './demo.ts'
import { findingsOn, overflowOf } from './looks.ts'

/** As `openBusiness` makes the agent's key. */
const KEY = makeSecret(new Uint8Array(32).fill(2))
const QUESTION = 'Combien coûte une annulation ?'
const OPTIONS = ['Rien jusqu’à 60 jours.', '30 % ensuite.', 'Voulez-vous annuler\u00a0?']

let house: Business
let pages: Awaited<ReturnType<typeof buildPages>>
let profiles: string
let opened: Visit[] = []
beforeAll(async () => {
  pages = await buildPages('desk')
  profiles = await mkdtemp(join(tmpdir(), 'relais-assist-'))
  house = await openBusiness({ pages: pages.folder })
})
afterAll(async () => {
  await house?.close()
  await pages?.drop()
  await rm(profiles, { recursive: true, force: true })
})
beforeEach(() => house.stage.engine.always({ kind: 'answer' }))
afterEach(async () => {
  await Promise.all(opened.map(({ close }) => close()))
  opened = []
})

/** Somebody who waits for a person, and the desk open on their thread. */
const talked = async (): Promise<User> => {
  const user = house.newcomer()
  await house.greet(user)
  user.sendText('Je veux parler à un conseiller')
  await house.until('the hand-over', () => user.received.length === 2)
  house.stage.clock.advance(2_000)
  user.sendText(QUESTION)
  const { conversation } = await house.contactOf(user)
  await house.until('the question in the thread', async () => {
    const { body } = await house.call('agent', 'GET', `/conversations/${conversation}/messages?limit=3`)
    return JSON.stringify(body).includes('Combien coûte')
  })
  return user
}
const open = async (user: User, view: View = {}): Promise<{ readonly page: Page; readonly faults: readonly string[] }> => {
  const one = await openBrowser(join(profiles, String(Math.random())), view)
  opened.push(one)
  await one.page.goto(house.url)
  await one.page.locator('input[name=key]').fill(KEY)
  await one.page.keyboard.press('Enter')
  await one.page.locator('.rows .row-button', { hasText: user.person.name }).click()
  await one.page.locator('[data-act=text]').waitFor()
  return one
}
const field = (page: Page) => page.locator('[data-act=text]')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe('an agent', () => {
  it('takes the AI’s draft into the reply, told as the AI’s, and sends it as their own', async () => {
    const user = await talked()
    const { page, faults } = await open(user)
    const before = user.received.length
    await button(page, 'Brouillon').click()
    await page.getByText('Brouillon de l’IA').waitFor()
    await page.getByText('Écrit par une IA, rien n’est parti.').waitFor()
    expect(await findingsOn(page)).toEqual([])
    expect(user.received).toHaveLength(before)
    await button(page, 'Reprendre dans la réponse').click()
    expect(await field(page).inputValue()).toContain('%')
    expect(await field(page).evaluate('document.activeElement === document.querySelector("[data-act=text]")')).toBe(true)
    await page.getByText('Ce texte vient d’une IA').waitFor()
    await page.keyboard.press('Control+Enter')
    await house.until('it at the customer', () => user.received.length === before + 1)
    const { body } = await house.call('agent', 'GET', `/conversations/${(await house.contactOf(user)).conversation}/messages?limit=1`)
    expect(body.items).toMatchObject([{ author: 'agent:agent', ai: false }])
    expect(faults).toEqual([])
  })

  it('does it all by keys: S, one of the replies, beside what was written already; M for a summary; the help names them', async () => {
    const user = await talked()
    const { page } = await open(user)
    house.stage.engine.always({ kind: 'answer', text: `${OPTIONS[0]} [1]\n${OPTIONS[1]} [1]\n${OPTIONS[2]} [1]` })
    await field(page).fill('Bonjour,')
    await page.keyboard.press('Escape')
    await page.keyboard.press('s')
    const options = page.locator('.assist-result .options button')
    await options.first().waitFor()
    expect(await options.allInnerTexts()).toEqual(OPTIONS)
    await options.nth(1).focus()
    await page.keyboard.press('Enter')
    expect(await field(page).inputValue()).toBe(`Bonjour,\n${OPTIONS[1]}`)
    await page.keyboard.press('Escape')
    house.stage.engine.always({ kind: 'answer', text: 'Veut savoir ce que coûte une annulation [1].' })
    await page.keyboard.press('m')
    await page.getByText('Veut savoir ce que coûte une annulation.').waitFor()
    await button(page, 'Fermer l’aide de l’IA').click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByText('demander un brouillon à l’IA').waitFor()
  })

  it('is told in words that the AI works, that it found nothing, and that none is planned', async () => {
    const user = await talked()
    const { page } = await open(user)
    house.stage.engine.always({ kind: 'ramble' })
    await button(page, 'Brouillon').click()
    await page.getByText('n’a rien trouvé à dire').waitFor()
    expect(await button(page, 'Brouillon').isEnabled()).toBe(true)
    house.stage.engine.always({ kind: 'silent' })
    await button(page, 'Résumé').click()
    await page.getByText('L’IA résume la conversation…').waitFor()
    expect(await button(page, 'Résumé').isDisabled()).toBe(true)
    // Another question takes its place.
    house.stage.engine.always({ kind: 'answer' })
    await button(page, 'Brouillon').click()
    await page.getByText('Brouillon de l’IA').waitFor()
  })
})

it.each([
  { width: 360, height: 740, dark: true, language: 'en-GB' as const },
  { width: 1280, height: 800, dark: false, language: 'en-GB' as const },
  { width: 360, height: 740, dark: false, language: 'fr-FR' as const },
])('is whole on %o', async (view) => {
  const user = await talked()
  const english = view.language === 'en-GB'
  const { page, faults } = await open(user, view)
  house.stage.engine.always({ kind: 'answer', text: `${OPTIONS[0]} [1]\n${OPTIONS[1]} [1]\n${OPTIONS[2]} [1]` })
  await button(page, english ? 'Replies' : 'Réponses').click()
  await page.locator('.assist-result .options button').first().waitFor()
  expect(await findingsOn(page)).toEqual([])
  expect(await overflowOf(page)).toBe(0)
  await button(page, english ? 'Close the AI’s help' : 'Fermer l’aide de l’IA').click()
  expect(await page.locator('.assist-result').count()).toBe(0)
  expect(faults).toEqual([])
})
