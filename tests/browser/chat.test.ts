/** The brand's chat page, against a house played by hand: every flow, and how it looks. */
import { describe, expect, it } from 'vitest'
import { PIXEL } from './chat-house.ts'
import { inThread, receiveVisits, text, write } from './chat-visits.ts'
import type { View } from './demo.ts'
import { findingsOn, overflowOf, weightOf } from './looks.ts'

const chat = receiveVisits()

describe('a first visit', () => {
  it('leaves no cookie, says that an AI answers, and offers a person before a word is written', async () => {
    const { page, faults } = await chat.visit()
    await page.getByText('Vous parlez à un assistant automatique').waitFor()
    await page.getByRole('heading', { name: 'Voyages Lumière' }).waitFor()
    await page.getByText('Que pouvons-nous faire pour vous').waitFor()
    expect(await page.getByRole('button', { name: 'Parler à quelqu’un' }).isEnabled()).toBe(true)
    expect(await page.context().cookies()).toEqual([])
    expect(chat.house.resumed).toEqual([])
    expect(faults).toEqual([])
  })

  it('makes the visitor with the first message, and shows what is answered', async () => {
    const { page, faults } = await chat.visit()
    await write(page, 'Combien coûte une annulation ?')
    await inThread(page, 'Combien coûte une annulation ?').waitFor()
    expect(chat.house.posts).toMatchObject([{ says: { text: 'Combien coûte une annulation ?' } }])
    await page.getByText('La réponse se prépare').waitFor()
    chat.house.say({ content: text('Elle est gratuite jusqu’à 30 jours.') })
    await inThread(page, 'gratuite').waitFor()
    await expect.poll(() => page.getByText('La réponse se prépare').count()).toBe(0)
    await expect.poll(() => chat.house.receipts).toEqual([{ read: ['msg_2'] }])
    expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['visitor'])
    expect(faults).toEqual([])
  })

  it('tells with the first message by which link somebody came', async () => {
    const { page } = await chat.visit({}, '?from=affiche')
    await write(page, 'Bonjour')
    await expect.poll(() => chat.house.posts).toMatchObject([{ says: { text: 'Bonjour', from: 'affiche' } }])
  })

  it('tells it with a first file too', async () => {
    const { page } = await chat.visit({}, '?from=affiche')
    await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
    await page.locator('input[type=file]').setInputFiles([{ name: 'plage.png', mimeType: 'image/png', buffer: PIXEL }])
    await expect.poll(() => chat.house.posts).toMatchObject([{ says: { from: 'affiche' }, file: { name: 'plage.png' } }])
  })

  it('passes on to a person when asked, and says who answers then', async () => {
    const { page } = await chat.visit()
    await page.getByRole('button', { name: 'Parler à quelqu’un' }).click()
    await page.getByText('Un conseiller vous répondra ici').first().waitFor()
    expect(chat.house.posts).toMatchObject([{ says: { person: true } }])
    chat.house.tell('owner', { owner: 'person' })
    chat.house.say({ by: 'person', name: 'Claire', content: text('Bonjour, je suis Claire.') })
    await page.getByText('Claire vous répond').waitFor()
  })

  it('speaks English to whoever reads English, and changes on the spot', async () => {
    const { page } = await chat.visit({ language: 'en-GB' })
    await page.getByText('What can we do for you?').waitFor()
    await page.getByRole('button', { name: 'Français' }).click()
    await page.getByText('Que pouvons-nous faire').waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('fr')
  })

  it('writes in the brand’s colours where they can be read, else in ink', async () => {
    chat.house.set({ look: { accent: '#FFD400', accentDark: null, logo: null } })
    const { page } = await chat.visit()
    await page.getByRole('heading', { name: 'Voyages Lumière' }).waitFor()
    const colourOf = (selector: string, of: string) => page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${of}`)
    expect(await colourOf('.head', 'backgroundColor')).toBe('rgb(255, 212, 0)')
    expect(await colourOf('.head', 'color')).toBe('rgb(20, 24, 28)')
    expect(await findingsOn(page)).toEqual([])
  })
})

describe('an answer', () => {
  const begin = async (view: View = {}) => {
    const seen = await chat.visit(view)
    await write(seen.page, 'Une question')
    await inThread(seen.page, 'Une question').waitFor()
    return seen
  }

  it('is seen while it is written, marked as such, and announced once it is whole', async () => {
    const { page } = await begin()
    chat.house.tell('writing', { id: 'msg_a', n: 0, text: 'L’annulation est ' })
    chat.house.tell('writing', { id: 'msg_a', n: 17, text: 'gratuite' })
    await page.getByText('L’annulation est gratuite').waitFor()
    await page.getByText('en cours d’écriture').waitFor()
    expect(await inThread(page, 'gratuite').count()).toBe(0)
    chat.house.say({ id: 'msg_a', content: text('L’annulation est gratuite jusqu’à 30 jours.') })
    await inThread(page, 'jusqu’à 30 jours').waitFor()
    expect(await page.getByText('en cours d’écriture').count()).toBe(0)
    expect(await page.getByText('L’annulation est gratuite').count()).toBe(1)
  })

  it('that was cut stays marked until another takes its place; one that was withheld is gone at once', async () => {
    const { page } = await begin()
    chat.house.tell('writing', { id: 'msg_a', n: 0, text: 'Le prix est de 12' })
    chat.house.tell('withdrawn', { id: 'msg_a', why: 'cut' })
    await page.getByText('Réponse interrompue').waitFor()
    await page.getByText('Le prix est de 12').waitFor()
    chat.house.tell('writing', { id: 'msg_a', n: 0, text: 'Le prix est de 120' })
    await page.getByText('Réponse interrompue').waitFor({ state: 'detached' })
    chat.house.tell('withdrawn', { id: 'msg_a', why: 'withheld' })
    await page.getByText('Cette réponse a été retirée').waitFor()
    expect(await page.getByText('Le prix').count()).toBe(0)
    chat.house.say({ id: 'msg_a', content: text('Le prix est de 120 €.') })
    await inThread(page, '120 €').waitFor()
    expect(await page.getByText('a été retirée').count()).toBe(0)
  })

  it('names its sources by number, each opening at its passage, by keys too', async () => {
    const { page, faults } = await begin()
    chat.house.source({
      title: 'Annuler',
      document: 'fr/conditions',
      url: 'https://exemple.fr/conditions',
      before: 'Avant.',
      passage: 'Jusqu’à 30 jours, gratuit.',
      after: 'Après.',
    })
    chat.house.say({ content: text('C’est gratuit [1], sauf le [9].'), citations: [{ n: 1, title: 'Annuler', passage: 'psg_1' }] })
    await page.getByRole('button', { name: '[1]' }).focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog', { name: 'Source 1' })
    await panel.getByText('Jusqu’à 30 jours, gratuit.').waitFor()
    // The name of a file tells a customer nothing.
    expect(await panel.textContent()).not.toContain('fr/conditions')
    expect(await panel.getByRole('link', { name: /Ouvrir le document/ }).getAttribute('rel')).toContain('noreferrer')
    expect(await findingsOn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => panel.count()).toBe(0)
    expect(await page.evaluate('document.activeElement.textContent')).toBe('[1]')
    chat.house.source(null)
    await page.getByRole('button', { name: /Annuler/ }).click()
    await page.getByRole('alert').getByText('Cette source n’existe plus').waitFor()
    // The browser's own line about the 404.
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([])
  })

  it('offers buttons, lists and links, and says what was chosen', async () => {
    const { page } = await begin()
    chat.house.say({ by: 'business', content: { type: 'buttons', text: 'Autre chose ?', buttons: [{ id: 'done', label: 'Non, merci' }] } })
    chat.house.say({
      by: 'business',
      content: { type: 'list', text: 'Où partir ?', button: 'Destinations', rows: [{ id: 'rome', label: 'Rome', description: '3 nuits' }] },
    })
    chat.house.say({ by: 'business', content: { type: 'link', text: 'Votre dossier', label: 'Ouvrir', url: 'https://exemple.fr/dossier' } })
    await page.getByRole('button', { name: 'Non, merci' }).click()
    await page.getByText('Destinations').click()
    await page.getByRole('button', { name: /Rome/ }).click()
    await expect
      .poll(() => chat.house.posts.slice(1).map(({ says }) => says))
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
    chat.house.say({ by: 'me', channel: 'whatsapp', medium: 'whatsapp', content: text('Depuis WhatsApp') })
    await inThread(page, 'par WhatsApp').waitFor()
    expect(await page.locator('.crossing').count()).toBe(1)
  })
})

describe('one’s own', () => {
  it('history is downloaded, and erased only once sure', async () => {
    const { page } = await chat.visit()
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
    const { page } = await chat.visit()
    await page.getByRole('button', { name: 'Continuer sur WhatsApp' }).click()
    const panel = page.getByRole('dialog', { name: 'Continuer sur WhatsApp' })
    await panel.getByText('lune verte 42').waitFor()
    expect(await panel.getByRole('link', { name: /Ouvrir WhatsApp/ }).getAttribute('href')).toBe(
      'https://wa.me/33612345678?text=lune%20verte%2042',
    )
  })

  it('word goes with the visit it is of: “disconnect” written elsewhere shuts its panel, each time', async () => {
    const { page } = await chat.visit()
    const panel = page.getByRole('dialog', { name: 'Continuer sur WhatsApp' })
    for (const words of ['premier message', 'de retour']) {
      await write(page, words)
      await inThread(page, words).waitFor()
      await page.getByRole('button', { name: 'Continuer sur WhatsApp' }).click()
      await panel.getByText('lune verte 42').waitFor()
      chat.house.set({ visitor: null, messages: [] })
      chat.house.tell('gone', {})
      await panel.waitFor({ state: 'detached' })
      await page.getByText('effacée ou fermée sur ce navigateur').waitFor()
    }
  })

  it('account is linked only on a yes, its token never stays in the address, and is unlinked as easily', async () => {
    const { page } = await chat.visit({}, '#account=aaa.bbb.ccc')
    await page.getByRole('dialog', { name: 'Votre compte' }).waitFor()
    expect(await page.evaluate('location.href')).toBe(chat.house.address)
    await page.getByRole('button', { name: 'Relier' }).click()
    await page.getByRole('button', { name: 'Mes données' }).click()
    await page.getByText('est reliée à votre compte').waitFor()
    await page.getByRole('button', { name: 'Défaire le lien' }).waitFor()
  })

  it('earlier messages come when asked for', async () => {
    const { page } = await chat.visit()
    await write(page, 'aujourd’hui')
    await inThread(page, 'aujourd’hui').waitFor()
    chat.house.set({ more: 'cursor' })
    await page.reload()
    await page.getByRole('button', { name: 'Voir les messages plus anciens' }).click()
    await inThread(page, 'Un message d’hier.').waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Voir les messages plus anciens' }).count()).toBe(0)
  })
})

it('reads out what comes, not what was said before a page was opened again', async () => {
  const { page } = await chat.visit()
  await write(page, 'bonjour')
  await inThread(page, 'bonjour').waitFor()
  // Screen readers look at what was added a moment after it was.
  await page.addInitScript(`
    window.heard = []
    const hear = (node) => node.closest?.('[role=log]')?.getAttribute('aria-live') === 'polite' && window.heard.push(node.innerText)
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) setTimeout(hear, 100, node)
    }).observe(document, { childList: true, subtree: true })`)
  const heard = () => page.evaluate<string>('window.heard.join()')
  await page.reload()
  await inThread(page, 'bonjour').waitFor()
  await expect.poll(() => page.getByRole('log').getAttribute('aria-live')).toBe('polite')
  expect(await heard()).toBe('')
  chat.house.say({ content: text('Bonjour à vous.') })
  await expect.poll(heard).toContain('Bonjour à vous.')
  expect(await heard()).not.toContain('bonjour')
})

it('shows hostile text as text: no markup, no script, no link but to the web, no name that reads backwards', async () => {
  const { page, faults } = await chat.visit()
  await page.exposeFunction('harmed', () => chat.house.tell('harmed', {}))
  await write(page, '<img src=x onerror=harmed()> [a](javascript:harmed()) **b**')
  await inThread(page, '<img src=x onerror=harmed()> [a](javascript:harmed()) **b**').waitFor()
  chat.house.say({
    content: text(
      '<script>harmed()</script> https://bank.example@evil.example javascript:harmed() data:text/html,x https://ok.example/a?b=1).',
    ),
  })
  chat.house.say({ by: 'business', content: { type: 'link', text: 'Cliquez', label: 'Ici', url: 'javascript:harmed()' } })
  chat.house.say({
    by: 'business',
    content: {
      type: 'media',
      kind: 'document',
      media: { mime: 'application/pdf', filename: 'facture\u202Efdp.exe', digest: 'a'.repeat(64) as never },
    },
  })
  chat.house.say({ content: text('[1]'), citations: [{ n: 1, title: '<b onclick=harmed()>x</b>\u202E', passage: '../../../etc' }] })
  await inThread(page, /facturefdp\.exe/).waitFor()
  await page.getByText('<b onclick=harmed()>x</b>').waitFor()
  const links = await page
    .getByRole('log')
    .getByRole('link')
    .evaluateAll((all) => all.map((one) => (one as unknown as { href: string }).href))
  expect(links.map((href) => href.replace(/a{64}/, 'digest'))).toEqual(['https://ok.example/a?b=1', `${chat.house.address}/files/digest`])
  expect(faults).toEqual([])
})

it('is used by keys alone', async () => {
  const { page } = await chat.visit()
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
  await page.getByRole('textbox').focus()
  await page.keyboard.type('première ligne')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('seconde')
  await page.keyboard.press('Enter')
  await inThread(page, /première ligne/).waitFor()
  expect(chat.house.posts).toMatchObject([{ says: { text: 'première ligne\nseconde' } }])
  chat.house.say({ by: 'business', content: { type: 'buttons', text: 'Autre chose ?', buttons: [{ id: 'done', label: 'Non, merci' }] } })
  await page.getByRole('button', { name: 'Non, merci' }).focus()
  await page.keyboard.press('Space')
  await expect.poll(() => chat.house.posts.length).toBe(2)
  await page.getByRole('button', { name: 'Mes données' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Effacer' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('Garder')
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('Effacer')
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('Garder')
  await page.keyboard.press('Shift+Tab')
  expect(await focused()).toBe('Oui, effacer')
  await page.keyboard.press('Enter')
  await page.getByText('Votre conversation est effacée.').waitFor()
  await expect.poll(focused).toBe('Conversation')
})

const VIEWS: readonly [string, View][] = [
  ['1280 px, light', { width: 1280 }],
  ['1280 px, dark', { width: 1280, dark: true }],
  ['360 px, light', { width: 360, height: 740 }],
  ['360 px, dark, English', { width: 360, height: 740, dark: true, language: 'en-GB' }],
]
describe.each(VIEWS)('at %s', (_, view) => {
  it('a full thread has no serious accessibility finding, and nothing is cut off', async () => {
    const { page, faults } = await chat.visit(view)
    await page.getByRole('textbox').fill('Bonjour, une question sur mon voyage et unmottrèslongsansespacequinesecoupepas'.padEnd(160, 'x'))
    await page.getByRole('textbox').press('Enter')
    await page
      .getByRole('log')
      .getByText(/Bonjour/)
      .waitFor()
    for (let n = 1; n <= 12; n += 1)
      chat.house.say({
        content: text(`Réponse ${n} [1] https://exemple.fr/${'chemin/'.repeat(12)}`),
        citations: [{ n: 1, title: 'Annuler un voyage', passage: 'psg' }],
      })
    chat.house.say({
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
    chat.house.say({ by: 'me', channel: 'whatsapp', medium: 'whatsapp', content: text('Depuis WhatsApp') })
    chat.house.tell('writing', { id: 'msg_w', n: 0, text: 'En cours' })
    await page.getByText('En cours', { exact: true }).waitFor()
    expect(await findingsOn(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0)
    expect(faults).toEqual([])
  })
})

it('weighs at most 30 kB of script and style, compressed, and fetches no font before it can be used', async () => {
  const { script, style } = await weightOf(chat.folder, 'chat/index.html')
  expect(script + style).toBeLessThanOrEqual(30_000)
  const { page } = await chat.visit()
  await page.getByText('Que pouvons-nous faire').waitFor()
  const fonts = (await page.evaluate(
    `performance.getEntriesByType('resource').filter((one) => one.name.endsWith('woff2')).map((one) => one.startTime)`,
  )) as number[]
  const interactive = (await page.evaluate(`performance.getEntriesByName('interactive')[0].startTime`)) as number
  expect(fonts.filter((at) => at < interactive)).toEqual([])
})
