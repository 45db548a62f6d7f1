/** The bridge on two browsers: the customer's own, and that of somebody whom the link was forwarded to. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openHouse, type TestHouse } from '../support/house.ts'
import { buildPages } from './chat-house.ts'
import { openBrowser, type View, type Visit } from './demo.ts'
import { findingsOn, overflowOf } from './looks.ts'

let house: TestHouse
let pages: Awaited<ReturnType<typeof buildPages>>
let profiles: string
let opened: Visit[] = []
let count = 0
beforeAll(async () => {
  pages = await buildPages()
  house = await openHouse({ pages: pages.folder })
  profiles = await mkdtemp(join(tmpdir(), 'relais-bridge-'))
})
afterEach(async () => {
  await Promise.all(opened.map(({ close }) => close()))
  opened = []
})
afterAll(async () => {
  await house?.close()
  await pages?.drop()
  await rm(profiles, { recursive: true, force: true })
})
const browser = async (address: string, view: View = {}): Promise<Visit> => {
  count += 1
  const one = await openBrowser(join(profiles, String(count)), view)
  opened.push(one)
  await one.page.goto(address)
  return one
}
const texts = (user: ReturnType<typeof person>) => user.received.map(({ text }) => text ?? '')
const person = () => house.stage.whatsapp.user({ phone: `+3361400${String(count).padStart(4, '0')}`, name: 'Nour' })

/** Asks what the number may not answer; gives the link it gets. */
const offered = async (question = 'écris-moi un poème sur la mer') => {
  count += 1
  const user = person()
  user.sendText(question)
  const said = await house.until('the link', () => JSON.stringify(user.received).match(/\/l\/[\w-]{32}/))
  return { user, address: `${house.url}${said[0]}` }
}
const thread = (page: Page) => page.getByRole('log')
const codeOf = (user: ReturnType<typeof person>) =>
  house.until('the code', () =>
    texts(user)
      .find((text) => /^\d{6} /.test(text))
      ?.slice(0, 6),
  )

describe('from WhatsApp to the page', () => {
  it('goes by the keyboard alone, with the thread so far, and back by a word', async () => {
    const { user, address } = await offered()
    const { page, faults } = await browser(address)
    expect(await findingsOn(page)).toEqual([])
    await page.getByRole('checkbox', { name: /Reprendre ici notre conversation/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/chat\/site$/)
    await thread(page).getByText('écris-moi un poème sur la mer').waitFor()
    await house.until('the notice', () => texts(user).some((text) => text.includes('déconnecter')))
    await page.getByRole('button', { name: /WhatsApp/ }).click()
    const dialog = page.getByRole('dialog')
    const word = await house.until('the word', async () => (await dialog.textContent())?.match(/\p{Ll}+-\p{Ll}+-\d\d/u)?.[0])
    const before = user.received.length
    user.sendText(`Je continue ici : ${word}`)
    await house.until('the answer there', () =>
      texts(user)
        .slice(before)
        .some((text) => text.includes('Nous continuons ici')),
    )
    expect(faults).toEqual([])
  })

  it('shows nothing of before where that is unticked', async () => {
    const { address } = await offered('mon secret est un poème')
    const { page } = await browser(address, { width: 360, height: 740, dark: true })
    await page.getByRole('checkbox').uncheck()
    await page.getByRole('button', { name: 'Ouvrir la page' }).click()
    await page.waitForURL(/\/chat\/site$/)
    await page.getByRole('textbox').waitFor()
    expect(await page.content()).not.toContain('mon secret')
  })
})

describe('a forwarded link', () => {
  it.each([
    {
      width: 1280,
      language: 'fr-FR',
      says: 'Ce lien a déjà été ouvert ailleurs',
      send: 'M’envoyer un code',
      field: 'Code à six chiffres',
      go: 'Continuer',
    },
    { width: 360, language: 'en-GB', says: 'This link was opened elsewhere', send: 'Send me a code', field: 'Six-digit code', go: 'Go on' },
  ] as const)(
    'asks the second browser for a code that only the thread gets ($language, $width px)',
    async ({ width, language, says, send, field, go }) => {
      const { user, address } = await offered()
      const own = await browser(address)
      await own.page.getByRole('button', { name: 'Ouvrir la page' }).click()
      await own.page.waitForURL(/\/chat\/site$/)

      const { page } = await browser(address, { width, language })
      await page.getByText(says).waitFor()
      expect(await page.content()).not.toContain('poème')
      expect([await overflowOf(page), await findingsOn(page)]).toEqual([0, []])
      await page.getByRole('button', { name: send }).click()
      await page.getByLabel(field).waitFor()
      expect([await overflowOf(page), await findingsOn(page)]).toEqual([0, []])
      const code = await codeOf(user)
      await page.getByLabel(field).fill(code === '123456' ? '654321' : '123456')
      await page.getByRole('button', { name: go, exact: true }).click()
      await page.getByLabel(field).waitFor()
      expect(page.url()).toContain('/l/')
      await page.getByLabel(field).fill(code)
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/chat\/site$/)
      await thread(page).getByText('écris-moi un poème sur la mer').waitFor()
    },
  )

  it('loses every page at one word in the thread', async () => {
    const { user, address } = await offered()
    const { page } = await browser(address)
    await page.getByRole('button', { name: 'Ouvrir la page' }).click()
    await thread(page).getByText('écris-moi un poème sur la mer').waitFor()
    user.sendText('déconnecter')
    await thread(page).getByText('écris-moi un poème sur la mer').waitFor({ state: 'detached' })
    await page.goto(address)
    await page.getByText('Ce lien n’ouvre rien').waitFor()
  })
})
