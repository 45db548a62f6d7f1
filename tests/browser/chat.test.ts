/** The brand's chat page, against a house played by hand: every flow, and all that may come between. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPages, type ChatHouse, PIXEL, startChatHouse } from './chat-house.ts'
import { openBrowser, type View, type Visit } from './demo.ts'
import { findingsOn, overflowOf, weightOf } from './looks.ts'

let house: ChatHouse
let pages: { folder: string; drop: () => Promise<void> }
let profiles: string
let opened: Visit[] = []
beforeAll(async () => {
  pages = await buildPages()
  house = await startChatHouse(pages.folder)
  profiles = await mkdtemp(join(tmpdir(), 'relais-chat-'))
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

let count = 0
const visit = async (view: View = {}, hash = ''): Promise<{ page: Page; faults: readonly string[] }> => {
  count += 1
  const one = await openBrowser(join(profiles, String(count)), view)
  opened.push(one)
  await one.page.goto(house.address + hash)
  return one
}
const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Votre message' })
const write = async (page: Page, text: string): Promise<void> => {
  await field(page).fill(text)
  await field(page).press('Enter')
}
/** In the thread, as the house tells it. */
const inThread = (page: Page, text: string | RegExp): Locator => page.getByRole('log').getByText(text)
const text = (words: string) => ({ type: 'text' as const, text: words })

describe('a first visit', () => {
  it('leaves no cookie, says that an AI answers, and offers a person before a word is written', async () => {
    const { page, faults } = await visit()
    await page.getByText('Vous parlez à un assistant automatique').waitFor()
    await page.getByRole('heading', { name: 'Voyages Lumière' }).waitFor()
    await page.getByText('Que pouvons-nous faire pour vous').waitFor()
    expect(await page.getByRole('button', { name: 'Parler à quelqu’un' }).isEnabled()).toBe(true)
    expect(await page.context().cookies()).toEqual([])
    expect(house.resumed).toEqual([])
    expect(faults).toEqual([])
  })

  it('makes the visitor with the first message, and shows what is answered', async () => {
    const { page, faults } = await visit()
    await write(page, 'Combien coûte une annulation ?')
    await inThread(page, 'Combien coûte une annulation ?').waitFor()
    expect(house.posts).toMatchObject([{ says: { text: 'Combien coûte une annulation ?' } }])
    await page.getByText('La réponse se prépare').waitFor()
    house.say({ content: text('Elle est gratuite jusqu’à 30 jours.') })
    await inThread(page, 'gratuite').waitFor()
    await expect.poll(() => page.getByText('La réponse se prépare').count()).toBe(0)
    await expect.poll(() => house.receipts).toEqual([{ read: ['msg_2'] }])
    expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['visitor'])
    expect(faults).toEqual([])
  })

  it('tells with the first message by which link somebody came', async () => {
    const { page } = await visit({}, '?from=affiche')
    await write(page, 'Bonjour')
    await expect.poll(() => house.posts).toMatchObject([{ says: { text: 'Bonjour', from: 'affiche' } }])
  })

  it('passes on to a person when asked, and says who answers then', async () => {
    const { page } = await visit()
    await page.getByRole('button', { name: 'Parler à quelqu’un' }).click()
    await page.getByText('Un conseiller vous répondra ici').first().waitFor()
    expect(house.posts).toMatchObject([{ says: { person: true } }])
    house.tell('owner', { owner: 'person' })
    house.say({ by: 'person', name: 'Claire', content: text('Bonjour, je suis Claire.') })
    await page.getByText('Claire vous répond').waitFor()
  })

  it('speaks English to whoever reads English, and changes on the spot', async () => {
    const { page } = await visit({ language: 'en-GB' })
    await page.getByText('What can we do for you?').waitFor()
    await page.getByRole('button', { name: 'Français' }).click()
    await page.getByText('Que pouvons-nous faire').waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('fr')
  })

  it('writes in the brand’s colours where they can be read, else in ink', async () => {
    house.set({ look: { accent: '#FFD400', accentDark: null, logo: null } })
    const { page } = await visit()
    await page.getByRole('heading', { name: 'Voyages Lumière' }).waitFor()
    const colourOf = (selector: string, of: string) => page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${of}`)
    expect(await colourOf('.head', 'backgroundColor')).toBe('rgb(255, 212, 0)')
    expect(await colourOf('.head', 'color')).toBe('rgb(20, 24, 28)')
    expect(await findingsOn(page)).toEqual([])
  })
})

describe('an answer', () => {
  const begin = async (view: View = {}) => {
    const seen = await visit(view)
    await write(seen.page, 'Une question')
    await inThread(seen.page, 'Une question').waitFor()
    return seen
  }

  it('is seen while it is written, marked as such, and announced once it is whole', async () => {
    const { page } = await begin()
    house.tell('writing', { id: 'msg_a', n: 0, text: 'L’annulation est ' })
    house.tell('writing', { id: 'msg_a', n: 17, text: 'gratuite' })
    await page.getByText('L’annulation est gratuite').waitFor()
    await page.getByText('en cours d’écriture').waitFor()
    expect(await inThread(page, 'gratuite').count()).toBe(0)
    house.say({ id: 'msg_a', content: text('L’annulation est gratuite jusqu’à 30 jours.') })
    await inThread(page, 'jusqu’à 30 jours').waitFor()
    expect(await page.getByText('en cours d’écriture').count()).toBe(0)
    expect(await page.getByText('L’annulation est gratuite').count()).toBe(1)
  })

  it('that was cut stays marked until another takes its place; one that was withheld is gone at once', async () => {
    const { page } = await begin()
    house.tell('writing', { id: 'msg_a', n: 0, text: 'Le prix est de 12' })
    house.tell('withdrawn', { id: 'msg_a', why: 'cut' })
    await page.getByText('Réponse interrompue').waitFor()
    await page.getByText('Le prix est de 12').waitFor()
    house.tell('writing', { id: 'msg_a', n: 0, text: 'Le prix est de 120' })
    await page.getByText('Réponse interrompue').waitFor({ state: 'detached' })
    house.tell('withdrawn', { id: 'msg_a', why: 'withheld' })
    await page.getByText('Cette réponse a été retirée').waitFor()
    expect(await page.getByText('Le prix').count()).toBe(0)
    house.say({ id: 'msg_a', content: text('Le prix est de 120 €.') })
    await inThread(page, '120 €').waitFor()
    expect(await page.getByText('a été retirée').count()).toBe(0)
  })

  it('names its sources by number, each opening at its passage, by keys too', async () => {
    const { page, faults } = await begin()
    house.source({
      title: 'Annuler',
      document: 'conditions.md',
      url: 'https://exemple.fr/conditions',
      before: 'Avant.',
      passage: 'Jusqu’à 30 jours, gratuit.',
      after: 'Après.',
    })
    house.say({ content: text('C’est gratuit [1], sauf le [9].'), citations: [{ n: 1, title: 'Annuler', passage: 'psg_1' }] })
    await page.getByRole('button', { name: '[1]' }).focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog', { name: 'Source 1' })
    await panel.getByText('Jusqu’à 30 jours, gratuit.').waitFor()
    expect(await panel.getByRole('link', { name: /Ouvrir le document/ }).getAttribute('rel')).toContain('noreferrer')
    expect(await findingsOn(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(await panel.count()).toBe(0)
    expect(await page.evaluate('document.activeElement.textContent')).toBe('[1]')
    house.source(null)
    await page.getByRole('button', { name: /Annuler/ }).click()
    await page.getByRole('alert').getByText('Cette source n’existe plus').waitFor()
    // The browser's own line about the 404.
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([])
  })

  it('offers buttons, lists and links, and says what was chosen', async () => {
    const { page } = await begin()
    house.say({ by: 'business', content: { type: 'buttons', text: 'Autre chose ?', buttons: [{ id: 'done', label: 'Non, merci' }] } })
    house.say({
      by: 'business',
      content: { type: 'list', text: 'Où partir ?', button: 'Destinations', rows: [{ id: 'rome', label: 'Rome', description: '3 nuits' }] },
    })
    house.say({ by: 'business', content: { type: 'link', text: 'Votre dossier', label: 'Ouvrir', url: 'https://exemple.fr/dossier' } })
    await page.getByRole('button', { name: 'Non, merci' }).click()
    await page.getByText('Destinations').click()
    await page.getByRole('button', { name: /Rome/ }).click()
    await expect
      .poll(() => house.posts.slice(1).map(({ says }) => says))
      .toEqual([
        { choice: { id: 'done', label: 'Non, merci', target: 'msg_2' } },
        { choice: { id: 'rome', label: 'Rome', target: 'msg_3' } },
      ])
    const link = page.getByRole('link', { name: /Ouvrir/ })
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
      'https://exemple.fr/dossier',
      'noreferrer noopener nofollow',
    ])
  })

  it('shows what came by another channel as such, with the crossing between', async () => {
    const { page } = await begin()
    house.say({ by: 'me', channel: 'whatsapp', medium: 'whatsapp', content: text('Depuis WhatsApp') })
    await inThread(page, 'par WhatsApp').waitFor()
    expect(await page.locator('.crossing').count()).toBe(1)
  })
})

describe('files', () => {
  const PDF = { name: 'billet.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') }

  it('go by a pick, by pasting and by dropping, and come as pictures or names', async () => {
    const { page, faults } = await visit()
    await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
    await page.locator('input[type=file]').setInputFiles([PDF, { name: 'plage.png', mimeType: 'image/png', buffer: PIXEL }])
    await inThread(page, /billet\.pdf/).waitFor()
    await page.getByRole('img', { name: 'plage.png' }).waitFor()
    const give = (kind: string, name: string) =>
      page.evaluate(`{
        const carried = new DataTransfer()
        carried.items.add(new File(['bonjour'], '${name}', { type: 'text/plain' }))
        const target = ${kind === 'paste' ? "document.querySelector('textarea')" : 'document.body'}
        target.dispatchEvent(${
          kind === 'paste'
            ? "new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true })"
            : "new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true })"
        })
      }`)
    await give('paste', 'collé.txt')
    await inThread(page, /collé\.txt/).waitFor()
    await give('drop', 'déposé.txt')
    await inThread(page, /déposé\.txt/).waitFor()
    expect(house.posts.map(({ file }) => file?.name)).toEqual(['billet.pdf', 'plage.png', 'collé.txt', 'déposé.txt'])
    expect(faults).toEqual([])
  })

  it('that may not be are refused with the reason, before and by the house', async () => {
    const { page } = await visit()
    await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
    const give = (name: string, mimeType: string, buffer: Buffer) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer })
    await give('dessin.svg', 'image/svg+xml', Buffer.from('<svg onload="alert(1)"/>'))
    await page
      .getByRole('alert')
      .getByText(/dessin\.svg.*n’est pas accepté/)
      .waitFor()
    await give('rien.txt', 'text/plain', Buffer.alloc(0))
    await page
      .getByRole('alert')
      .getByText(/rien\.txt.*est vide/)
      .waitFor()
    await give('film.png', 'image/png', Buffer.alloc(20_000_000))
    await page
      .getByRole('alert')
      .getByText(/film\.png.*20\sMo/)
      .waitFor()
    expect(house.posts).toEqual([])
    house.refuse({ status: 415, title: 'Ce fichier n’est pas ce que son nom dit.', remedy: 'Envoyez une image.' })
    await give('faux.png', 'image/png', Buffer.from('MZ'))
    await page.getByRole('alert').getByText('n’est pas ce que son nom dit').waitFor()
    house.refuse(null)
    await page.getByRole('button', { name: 'Retirer' }).click()
    expect(await page.getByText('faux.png').count()).toBe(0)
  })
})

describe('without a network', () => {
  it('keeps what is written, opens again from what it kept, and sends all in order once back', async () => {
    const { page } = await visit()
    await page.getByText('Que pouvons-nous faire').waitFor()
    await page.evaluate('navigator.serviceWorker.ready')
    await page.context().setOffline(true)
    await page.getByText('Pas de connexion').waitFor()
    await write(page, 'un')
    await write(page, 'deux')
    await page.getByText('attend le réseau').nth(1).waitFor()
    await page.reload()
    await page.getByText('attend le réseau').nth(1).waitFor()
    await page.getByRole('heading', { name: 'Voyages Lumière' }).waitFor()
    await write(page, 'trois')
    await page.context().setOffline(false)
    await inThread(page, 'trois').waitFor()
    expect(house.posts.map(({ says }) => says.text)).toEqual(['un', 'deux', 'trois'])
    await page.getByText('Pas de connexion').waitFor({ state: 'detached' })
    expect(await page.getByText('attend le réseau').count()).toBe(0)
  })

  it('waits where the house is busy, sends again with the same id, and goes on', async () => {
    const { page } = await visit()
    house.refuse({ status: 429, title: 'Trop de messages.', remedy: 'Attendez un instant.', retryAfter: 1 })
    await write(page, 'patience')
    await page.getByText('attend le réseau').waitFor()
    house.refuse(null)
    await inThread(page, 'patience').waitFor()
    expect(house.posts).toHaveLength(1)
  })

  it('goes on where the stream broke off, and misses nothing', async () => {
    const { page } = await visit()
    await write(page, 'bonjour')
    await inThread(page, 'bonjour').waitFor()
    await expect.poll(() => house.resumed.length).toBe(1)
    house.say({ content: text('premier') })
    await inThread(page, 'premier').waitFor()
    house.breakLine()
    house.say({ content: text('second') })
    await inThread(page, 'second').waitFor()
    expect(house.resumed).toEqual(['0', '2'])
  })
})

describe('where the house is unwell', () => {
  it('says so, keeps what is written, and comes back by itself', async () => {
    house.fail({ start: true })
    const { page } = await visit()
    await page
      .getByRole('alert')
      .getByText(/ne répond pas/)
      .waitFor()
    expect(await findingsOn(page)).toEqual([])
    house.refuse({ status: 503, title: 'La base de données ne répond pas.', remedy: 'Réessayez dans un instant.' })
    await write(page, 'gardé')
    await page.getByText('attend le réseau').waitFor()
    house.fail({})
    house.refuse(null)
    await inThread(page, 'gardé').waitFor()
    await page.getByRole('alert').waitFor({ state: 'detached' })
  })

  it('asks for what changed where no stream comes up', async () => {
    house.fail({ events: true })
    const { page } = await visit()
    await write(page, 'bonjour')
    await inThread(page, 'bonjour').waitFor()
    house.say({ content: text('sans flux') })
    await inThread(page, 'sans flux').waitFor()
    await page.getByText('Connexion interrompue').waitFor()
    house.fail({})
    await page.getByText('Connexion interrompue').waitFor({ state: 'detached' })
    expect(await inThread(page, 'sans flux').count()).toBe(1)
  })
})

describe('two tabs', () => {
  it('show the same thread, send one thing once, and end together', async () => {
    const { page } = await visit()
    const other = await page.context().newPage()
    await other.goto(house.address)
    await write(page, 'depuis la première')
    await inThread(other, 'depuis la première').waitFor()
    await write(other, 'depuis la seconde')
    await inThread(page, 'depuis la seconde').waitFor()
    expect(house.asked()).toBe(2)
    await page.getByRole('button', { name: 'Mes données' }).click()
    await page.getByRole('button', { name: 'Effacer' }).click()
    await page.getByRole('button', { name: 'Oui, effacer' }).click()
    for (const tab of [page, other]) {
      await tab.getByText('est effacée ou fermée').waitFor()
      expect(await tab.getByText('depuis la').count()).toBe(0)
    }
  })
})

describe('one’s own', () => {
  it('history is downloaded, and erased only once sure', async () => {
    const { page } = await visit()
    expect(await page.getByRole('button', { name: 'Mes données' }).count()).toBe(0)
    await write(page, 'à garder')
    await inThread(page, 'à garder').waitFor()
    await page.getByRole('button', { name: 'Mes données' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Télécharger' }).click()])
    expect(download.suggestedFilename()).toBe('conversation.json')
    await page.getByRole('button', { name: 'Effacer' }).click()
    await page.getByRole('button', { name: 'Garder' }).click()
    await page.getByRole('button', { name: 'Fermer' }).click()
    await inThread(page, 'à garder').waitFor()
  })

  it('way back to another channel is a word to send there', async () => {
    const { page } = await visit()
    await page.getByRole('button', { name: 'Continuer sur WhatsApp' }).click()
    const panel = page.getByRole('dialog', { name: 'Continuer sur WhatsApp' })
    await panel.getByText('lune verte 42').waitFor()
    expect(await panel.getByRole('link', { name: /Ouvrir WhatsApp/ }).getAttribute('href')).toBe(
      'https://wa.me/33612345678?text=lune%20verte%2042',
    )
  })

  it('account is linked only on a yes, its token never stays in the address, and is unlinked as easily', async () => {
    const { page } = await visit({}, '#account=aaa.bbb.ccc')
    await page.getByRole('dialog', { name: 'Votre compte' }).waitFor()
    expect(await page.evaluate('location.href')).toBe(house.address)
    await page.getByRole('button', { name: 'Relier' }).click()
    await page.getByRole('button', { name: 'Mes données' }).click()
    await page.getByText('est reliée à votre compte').waitFor()
    await page.getByRole('button', { name: 'Défaire le lien' }).waitFor()
  })

  it('earlier messages come when asked for', async () => {
    const { page } = await visit()
    await write(page, 'aujourd’hui')
    await inThread(page, 'aujourd’hui').waitFor()
    house.set({ more: 'cursor' })
    await page.reload()
    await page.getByRole('button', { name: 'Voir les messages plus anciens' }).click()
    await inThread(page, 'Un message d’hier.').waitFor()
    expect(await page.getByRole('button', { name: 'Voir les messages plus anciens' }).count()).toBe(0)
  })
})

it('shows hostile text as text: no markup, no script, no link but to the web, no name that reads backwards', async () => {
  const { page, faults } = await visit()
  await page.exposeFunction('harmed', () => house.tell('harmed', {}))
  await write(page, '<img src=x onerror=harmed()> [a](javascript:harmed()) **b**')
  await inThread(page, '<img src=x onerror=harmed()> [a](javascript:harmed()) **b**').waitFor()
  house.say({
    content: text(
      '<script>harmed()</script> https://bank.example@evil.example javascript:harmed() data:text/html,x https://ok.example/a?b=1).',
    ),
  })
  house.say({ by: 'business', content: { type: 'link', text: 'Cliquez', label: 'Ici', url: 'javascript:harmed()' } })
  house.say({
    by: 'business',
    content: {
      type: 'media',
      kind: 'document',
      media: { mime: 'application/pdf', filename: 'facture\u202Efdp.exe', digest: 'a'.repeat(64) as never },
    },
  })
  house.say({ content: text('[1]'), citations: [{ n: 1, title: '<b onclick=harmed()>x</b>\u202E', passage: '../../../etc' }] })
  await inThread(page, /facturefdp\.exe/).waitFor()
  await page.getByText('<b onclick=harmed()>x</b>').waitFor()
  const links = await page
    .getByRole('log')
    .getByRole('link')
    .evaluateAll((all) => all.map((one) => (one as unknown as { href: string }).href))
  expect(links.map((href) => href.replace(/a{64}/, 'digest'))).toEqual(['https://ok.example/a?b=1', `${house.address}/files/digest`])
  expect(faults).toEqual([])
})

it('is used by keys alone', async () => {
  const { page } = await visit()
  await page.getByText('Que pouvons-nous faire').waitFor()
  const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label") || document.activeElement.textContent')
  const seen: unknown[] = []
  for (let step = 0; step < 7; step += 1) {
    await page.keyboard.press('Tab')
    seen.push(await focused())
  }
  expect(seen).toEqual([
    'Parler à quelqu’un',
    'Conversation',
    'Joindre un fichier',
    'Votre message',
    'Continuer sur WhatsApp',
    'English',
    expect.anything(),
  ])
  await field(page).focus()
  await page.keyboard.type('première ligne')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('seconde')
  await page.keyboard.press('Enter')
  await inThread(page, /première ligne/).waitFor()
  expect(house.posts).toMatchObject([{ says: { text: 'première ligne\nseconde' } }])
  house.say({ by: 'business', content: { type: 'buttons', text: 'Autre chose ?', buttons: [{ id: 'done', label: 'Non, merci' }] } })
  await page.getByRole('button', { name: 'Non, merci' }).focus()
  await page.keyboard.press('Space')
  await expect.poll(() => house.posts.length).toBe(2)
})

const VIEWS: readonly [string, View][] = [
  ['1280 px, light', { width: 1280 }],
  ['1280 px, dark', { width: 1280, dark: true }],
  ['360 px, light', { width: 360, height: 740 }],
  ['360 px, dark, English', { width: 360, height: 740, dark: true, language: 'en-GB' }],
]
describe.each(VIEWS)('at %s', (_, view) => {
  it('a full thread has no serious accessibility finding, and nothing is cut off', async () => {
    const { page, faults } = await visit(view)
    await page.getByRole('textbox').fill('Bonjour, une question sur mon voyage et unmottrèslongsansespacequinesecoupepas'.padEnd(160, 'x'))
    await page.getByRole('textbox').press('Enter')
    await page
      .getByRole('log')
      .getByText(/Bonjour/)
      .waitFor()
    for (let n = 1; n <= 12; n += 1)
      house.say({
        content: text(`Réponse ${n} [1] https://exemple.fr/${'chemin/'.repeat(12)}`),
        citations: [{ n: 1, title: 'Annuler un voyage', passage: 'psg' }],
      })
    house.say({
      by: 'business',
      content: {
        type: 'buttons',
        text: 'Autre chose ?',
        buttons: [
          { id: 'a', label: 'Changer les dates' },
          { id: 'b', label: 'Annuler' },
        ],
      },
    })
    house.say({ by: 'me', channel: 'whatsapp', medium: 'whatsapp', content: text('Depuis WhatsApp') })
    house.tell('writing', { id: 'msg_w', n: 0, text: 'En cours' })
    await page.getByText('En cours', { exact: true }).waitFor()
    expect(await findingsOn(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0)
    expect(faults).toEqual([])
  })
})

it('weighs at most 30 kB of script and style, compressed, and fetches no font before it can be used', async () => {
  const { script, style } = await weightOf(pages.folder, 'chat/index.html')
  expect(script + style).toBeLessThanOrEqual(30_000)
  const { page } = await visit()
  await page.getByText('Que pouvons-nous faire').waitFor()
  const fonts = (await page.evaluate(
    `performance.getEntriesByType('resource').filter((one) => one.name.endsWith('woff2')).map((one) => one.startTime)`,
  )) as number[]
  const interactive = (await page.evaluate(`performance.getEntriesByName('interactive')[0].startTime`)) as number
  expect(fonts.filter((at) => at < interactive)).toEqual([])
})
