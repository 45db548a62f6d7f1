/** The chat page on the whole house: what a visitor does, from the first look to the erased history. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type EngineWire, openEngineWire } from '../support/engine-wire.ts'
import { openHouse, type TestHouse } from '../support/house.ts'
import { buildPages, PIXEL } from './chat-house.ts'
import { openBrowser, type View, type Visit } from './demo.ts'
import { findingsOn, overflowOf } from './looks.ts'

let house: TestHouse
let wire: EngineWire
let pages: Awaited<ReturnType<typeof buildPages>>
let profiles: string
let opened: Visit[] = []
let count = 0
beforeAll(async () => {
  pages = await buildPages()
  wire = await openEngineWire()
  house = await openHouse({ pages: pages.folder, env: { ENGINE_URL: wire.url } })
  profiles = await mkdtemp(join(tmpdir(), 'relais-chat-'))
})
afterEach(async () => {
  await Promise.all(opened.map(({ close }) => close()))
  opened = []
  wire.answer = (script) => script.html()
})
afterAll(async () => {
  await house?.close()
  await wire?.close()
  await pages?.drop()
  await rm(profiles, { recursive: true, force: true })
})
const visit = async (view: View = {}): Promise<Visit> => {
  count += 1
  const one = await openBrowser(join(profiles, String(count)), view)
  opened.push(one)
  await one.page.goto(`${house.url}/chat/site`)
  return one
}
const thread = (page: Page): Locator => page.getByRole('log')
const write = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox').fill(text)
  await page.getByRole('textbox').press('Enter')
  await thread(page).getByText(text, { exact: true }).waitFor()
}
const BAGGAGE = 'Quelle est la taille d’un bagage en cabine ?'

describe('on the whole house, a visitor', () => {
  it('asks, is answered with a source, and opens it at its passage', async () => {
    const { page, faults } = await visit()
    await page.getByText('assistant IA').first().waitFor()
    expect(await page.context().cookies()).toEqual([])
    await write(page, BAGGAGE)
    await page.locator('.source-row').first().click()
    await page.getByRole('dialog').locator('mark').waitFor()
    expect(await page.getByRole('dialog').locator('mark').textContent()).toMatch(/bagage/i)
    expect(await findingsOn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.reload()
    await thread(page).getByText(BAGGAGE, { exact: true }).waitFor()
    expect(faults).toEqual([])
  })

  it('sees an answer of the engine while it is written, then whole with its sources', async () => {
    const { page, faults } = await visit()
    await write(page, 'Bonjour')
    const go = Promise.withResolvers<void>()
    wire.answer = async (script) => {
      for (const word of ['La valise ', 'de cabine ', 'mesure 55 ']) script.say(word)
      await go.promise
      script.say('sur 40 cm [1].')
      script.finish()
    }
    await write(page, BAGGAGE)
    await page.getByText('en cours d’écriture').waitFor()
    await page
      .locator('.writing')
      .getByText(/La valise de cabine/)
      .waitFor()
    expect(
      await thread(page)
        .getByText(/La valise/)
        .count(),
    ).toBe(0)
    go.resolve()
    await thread(page)
      .getByText(/sur 40 cm/)
      .waitFor()
    expect(await page.getByText('en cours d’écriture').count()).toBe(0)
    await page.getByRole('list', { name: 'Sources' }).getByRole('button').first().waitFor()
    expect(faults).toEqual([])
  })

  it('sees of an answer that is cut that it was, and the next engine’s in its place', async () => {
    const { page } = await visit()
    await write(page, 'Bonjour')
    const cut = Promise.withResolvers<void>()
    wire.answer = async (script) => {
      script.say('La valise de cab')
      await cut.promise
      script.cut()
    }
    await write(page, BAGGAGE)
    await page
      .locator('.writing')
      .getByText(/La valise/)
      .waitFor()
    await page.evaluate(`{
      window.marked = false
      new MutationObserver(() => { window.marked ||= document.body.textContent.includes('Réponse interrompue') }).observe(document.body, { childList: true, subtree: true, characterData: true })
    }`)
    cut.resolve()
    await thread(page)
      .getByText(/bagage cabine de 8/)
      .waitFor()
    expect(await page.evaluate('window.marked')).toBe(true)
    expect(await page.getByText(/de cab$/).count()).toBe(0)
  })

  it('may put the page on their screen', async () => {
    const { page } = await visit()
    await page.evaluate('navigator.serviceWorker.ready')
    const session = await page.context().newCDPSession(page)
    const manifest = await session.send('Page.getAppManifest')
    expect([manifest.url, manifest.errors]).toEqual([`${house.url}/chat/site/manifest.webmanifest`, []])
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    expect(installabilityErrors).toEqual([])
    const [width, ...corner] = (await page.evaluate(`(async () => {
      const { href } = document.querySelector('link[rel=apple-touch-icon]')
      const icon = await createImageBitmap(await (await fetch(href)).blob())
      const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')
      canvas.drawImage(icon, 0, 0)
      return [icon.width, ...canvas.getImageData(0, 0, 1, 1).data]
    })()`)) as number[]
    expect([width, ...corner.slice(0, 3).map((part) => part.toString(16).padStart(2, '0'))]).toEqual([512, '0b', '5c', '5e'])
  })

  it('sends a picture and sees it, and a page called a picture is refused', async () => {
    const { page } = await visit()
    await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
    const give = (name: string, buffer: Buffer) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer })
    await give('plage.png', PIXEL)
    const picture = thread(page).getByRole('img', { name: 'plage.png' })
    await picture.waitFor()
    await expect.poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(1)
    await give('page.png', Buffer.from('<html><script>alert(1)</script>'))
    await page
      .getByRole('alert')
      .getByText(/n’est ni une image/)
      .waitFor()
  })

  it('asks for a person, and takes their history away before they erase it', async () => {
    const { page } = await visit()
    await page.getByRole('button', { name: 'Parler à quelqu’un' }).click()
    await page.getByText('Un conseiller vous répondra ici').first().waitFor()
    expect(await page.getByRole('button', { name: 'Parler à quelqu’un' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Mes données' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Télécharger' }).click()])
    expect(download.suggestedFilename()).toMatch(/^conversation-.*\.json$/)
    await page.getByRole('button', { name: 'Effacer' }).click()
    await page.getByRole('button', { name: 'Oui, effacer' }).click()
    await page.getByText('Votre conversation est effacée.').waitFor()
    expect(await page.context().cookies()).toEqual([])
    await write(page, 'Bonjour')
  })

  it('writes without a network, opens the page again, and all of it leaves in order', async () => {
    const { page } = await visit({ width: 360, height: 740, dark: true })
    await page.evaluate('navigator.serviceWorker.ready')
    await page.context().setOffline(true)
    for (const text of ['un', 'deux']) {
      await page.getByRole('textbox').fill(text)
      await page.getByRole('textbox').press('Enter')
    }
    await page.getByText('en attente d’envoi').nth(1).waitFor()
    await page.reload()
    await page.getByText('en attente d’envoi').nth(1).waitFor()
    expect(await overflowOf(page)).toBe(0)
    await page.context().setOffline(false)
    await thread(page).getByText('deux', { exact: true }).waitFor()
    const mine = await thread(page).locator('.mine .text').allTextContents()
    expect(mine).toEqual(['un', 'deux'])
  })
})
