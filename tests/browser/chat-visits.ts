/** Visits to the chat page, against a house played by hand: one house for a file of tests, a new browser for every visit. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { buildPages, type ChatHouse, startChatHouse } from './chat-house.ts'
import { openBrowser, type View, type Visit } from './demo.ts'

export type Visits = {
  readonly house: ChatHouse
  /** Where the built page lies. */
  readonly folder: string
  visit(view?: View, behind?: string): Promise<{ readonly page: Page; readonly faults: readonly string[] }>
}

/** Opens the house before the tests of this file, and shuts every browser after each of them. */
export const receiveVisits = (): Visits => {
  let house: ChatHouse
  let pages: Awaited<ReturnType<typeof buildPages>>
  let profiles = ''
  let opened: Visit[] = []
  let count = 0
  beforeAll(async () => {
    profiles = await mkdtemp(join(tmpdir(), 'relais-chat-'))
    pages = await buildPages()
    house = await startChatHouse(pages.folder)
  })
  afterAll(async () => {
    await house?.stop()
    await pages?.drop()
    await rm(profiles, { recursive: true, force: true })
  })
  beforeEach(() => house.reset())
  afterEach(async () => {
    await Promise.all(opened.map(({ close }) => close()))
    opened = []
  })
  return {
    get house() {
      return house
    },
    get folder() {
      return pages.folder
    },
    visit: async (view = {}, behind = '') => {
      count += 1
      const one = await openBrowser(join(profiles, String(count)), view)
      opened.push(one)
      await one.page.goto(house.address + behind)
      return one
    },
  }
}

const field = (page: Page): Locator => page.getByRole('textbox', { name: /^(?:Votre message|Your message)$/ })
export const write = async (page: Page, text: string): Promise<void> => {
  await field(page).fill(text)
  await field(page).press('Enter')
}
/** In the thread, as the house tells it. */
export const inThread = (page: Page, text: string | RegExp): Locator => page.getByRole('log').getByText(text)
export const text = (words: string) => ({ type: 'text' as const, text: words })
