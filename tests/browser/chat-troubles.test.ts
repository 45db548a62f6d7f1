/** The chat page where something comes between: files that may not be, no network, a house that is unwell, a visit that ends, two tabs. */
import { describe, expect, it } from 'vitest'
import { PIXEL } from './chat-house.ts'
import { inThread, receiveVisits, text, write } from './chat-visits.ts'
import { findingsOn } from './looks.ts'

const chat = receiveVisits()

describe('files', () => {
  const PDF = { name: 'billet.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') }

  it('go by a pick, by pasting and by dropping, and come as pictures or names', async () => {
    const { page, faults } = await chat.visit()
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
    expect(chat.house.posts.map(({ file }) => file?.name)).toEqual(['billet.pdf', 'plage.png', 'collé.txt', 'déposé.txt'])
    expect(faults).toEqual([])
  })

  it('that may not be are refused with the reason, before and by the house', async () => {
    // Smaller than the house's own limit: what a test hands to a browser goes through a wire.
    chat.house.set({ files: { bytes: 1_000_000, types: ['image/png', 'text/plain'] } })
    const { page } = await chat.visit()
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
    await give('film.png', 'image/png', Buffer.alloc(2_000_000))
    await page
      .getByRole('alert')
      .getByText(/film\.png.*2\sMo/)
      .waitFor()
    expect(chat.house.posts).toEqual([])
    chat.house.refuse({ status: 415, title: 'Ce fichier n’est pas ce que son nom dit.', remedy: 'Envoyez une image.' })
    await give('faux.png', 'image/png', Buffer.from('MZ'))
    await page.getByRole('alert').getByText('n’est pas ce que son nom dit').waitFor()
    chat.house.refuse(null)
    // The same file stays what it is.
    expect(await page.getByRole('button', { name: 'Réessayer' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Retirer' }).click()
    await expect.poll(() => page.getByText('faux.png').count()).toBe(0)
  })

  it('shows how much of a file is gone, on a slow way', async () => {
    const { page } = await chat.visit()
    await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
    const browser = await page.context().newCDPSession(page)
    await browser.send('Network.enable')
    await browser.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 100_000,
    })
    await page.locator('input[type=file]').setInputFiles([{ ...PDF, buffer: Buffer.alloc(300_000, '%PDF-1.7 ') }])
    const bar = page.getByRole('progressbar', { name: 'billet.pdf' })
    const seen: number[] = []
    await expect
      .poll(
        async () => {
          const part = await bar.getAttribute('value', { timeout: 2_000 }).catch(() => null)
          if (part !== null && seen.at(-1) !== Number(part)) seen.push(Number(part))
          return seen.filter((one) => one > 0 && one < 1).length
        },
        { timeout: 20_000, interval: 50 },
      )
      .toBeGreaterThan(2)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    await inThread(page, /billet\.pdf/).waitFor()
    await expect.poll(() => bar.count()).toBe(0)
  })
})

describe('without a network', () => {
  it('keeps what is written, opens again from what it kept, and sends all in order once back', async () => {
    const { page } = await chat.visit()
    await page.getByText('Que pouvons-nous faire').waitFor()
    await page.evaluate('navigator.serviceWorker.ready')
    await page.context().setOffline(true)
    await page.getByText('Pas de connexion').waitFor()
    await write(page, 'un')
    await write(page, 'deux')
    await page.getByText('en attente d’envoi').nth(1).waitFor()
    await page.reload()
    await page.getByText('en attente d’envoi').nth(1).waitFor()
    await page.getByRole('heading', { name: 'Voyages Lumière' }).waitFor()
    await write(page, 'trois')
    await page.context().setOffline(false)
    await inThread(page, 'trois').waitFor()
    expect(chat.house.posts.map(({ says }) => says.text)).toEqual(['un', 'deux', 'trois'])
    await page.getByText('Pas de connexion').waitFor({ state: 'detached' })
    await expect.poll(() => page.getByText('en attente d’envoi').count()).toBe(0)
  })

  it('shows what was written last, whatever notice comes above the field', async () => {
    const { page } = await chat.visit({ width: 360, height: 640 })
    for (let n = 1; n <= 8; n += 1) {
      await write(page, `message ${n}`)
      await inThread(page, `message ${n}`).waitFor()
    }
    await page.context().setOffline(true)
    await write(page, 'le dernier')
    await page.getByText('Pas de connexion').waitFor()
    const distance = () =>
      page.evaluate(
        "(() => { const s = document.querySelector('.stage'); return Math.round(s.scrollHeight - s.scrollTop - s.clientHeight) })()",
      )
    await expect.poll(distance).toBeLessThan(4)
    await page.locator('.stage').evaluate((stage) => ((stage as unknown as { scrollTop: number }).scrollTop = 0))
    await page.context().setOffline(false)
    await inThread(page, 'le dernier').waitFor()
    chat.house.say({ content: text('et la réponse') })
    await page.getByRole('button', { name: 'Nouveaux messages' }).click()
    await expect.poll(distance).toBeLessThan(4)
    chat.house.refuse({ status: 415, title: 'Ce fichier n’est pas ce que son nom dit.', remedy: 'Envoyez une image.' })
    await page.locator('input[type=file]').setInputFiles({ name: 'faux.png', mimeType: 'image/png', buffer: Buffer.from('MZ') })
    await page.getByRole('button', { name: 'Retirer' }).waitFor()
    await expect.poll(distance).toBeLessThan(4)
    chat.house.refuse(null)
  })

  it('waits where the house is busy, sends again with the same id, and goes on', async () => {
    const { page } = await chat.visit()
    chat.house.refuse({ status: 429, title: 'Trop de messages.', remedy: 'Attendez un instant.', retryAfter: 1 })
    await write(page, 'patience')
    await page.getByText('en attente d’envoi').waitFor()
    chat.house.refuse(null)
    await inThread(page, 'patience').waitFor()
    expect(chat.house.posts).toHaveLength(1)
  })

  it('comes back when the house said, not sooner: a crowd is spread over its time', async () => {
    const { page } = await chat.visit()
    await page.getByText('Que pouvons-nous faire').waitFor()
    await page.clock.install()
    chat.house.refuse({ status: 429, title: 'Trop de messages.', remedy: 'Attendez un instant.', retryAfter: 90 })
    const refused = page.waitForResponse((answer) => answer.status() === 429)
    await write(page, 'dans la foule')
    await refused
    await page.getByText('en attente d’envoi').waitFor()
    chat.house.refuse(null)
    await page.clock.runFor(80_000)
    // Whatever left has arrived before this is back.
    for (const _ of [1, 2, 3]) await page.evaluate("fetch('/chat/site/start').then((answer) => answer.text())")
    expect(chat.house.posts).toHaveLength(0)
    await page.clock.runFor(11_000)
    await inThread(page, 'dans la foule').waitFor()
  })

  it('gives up a file that no longer moves, and sends it again', async () => {
    const { page } = await chat.visit()
    await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
    await page.clock.install()
    chat.house.fail({ files: true })
    await page.locator('input[type=file]').setInputFiles([{ name: 'plage.png', mimeType: 'image/png', buffer: PIXEL }])
    await expect.poll(chat.house.asked).toBe(1)
    chat.house.fail({})
    await write(page, 'et ceci')
    await page.clock.runFor(60_000)
    await inThread(page, 'et ceci').waitFor()
    expect(chat.house.posts.map(({ file, says }) => file?.name ?? says.text)).toEqual(['plage.png', 'et ceci'])
  })

  it('sends a file again whose way in stalled', async () => {
    const { page } = await chat.visit()
    await page.getByRole('button', { name: 'Joindre un fichier' }).waitFor()
    chat.house.refuse({ status: 408, title: 'Request Timeout', remedy: '', retryAfter: 1 })
    await page.locator('input[type=file]').setInputFiles([{ name: 'plage.png', mimeType: 'image/png', buffer: PIXEL }])
    await page.getByText('en attente d’envoi').waitFor()
    chat.house.refuse(null)
    await page.getByRole('img', { name: 'plage.png' }).waitFor()
    expect(chat.house.posts).toHaveLength(1)
  })

  it('sends what is written where the disk is full', async () => {
    const { page } = await chat.visit()
    await page.getByText('Que pouvons-nous faire').waitFor()
    // What would not fit is known when it is written down, after each request went well.
    await page.evaluate(`{
      const { put } = IDBObjectStore.prototype
      IDBObjectStore.prototype.put = function (post) {
        const request = put.call(this, post)
        request.addEventListener('success', () => this.transaction.abort())
        return request
      }
    }`)
    await page.context().setOffline(true)
    await write(page, 'à garder')
    await page.getByText('en attente d’envoi').waitFor()
    await page.context().setOffline(false)
    await inThread(page, 'à garder').waitFor()
  })

  it('sends once what the house will not have, though the browser cannot keep that, and again when asked', async () => {
    const { page } = await chat.visit()
    await page.getByText('Que pouvons-nous faire').waitFor()
    await page.evaluate(`{
      const { put } = IDBObjectStore.prototype
      IDBObjectStore.prototype.put = function (post) {
        if (post.refused !== undefined) throw new DOMException('full', 'QuotaExceededError')
        return put.call(this, post)
      }
    }`)
    let sent = 0
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/messages')) sent += 1
    })
    chat.house.refuse({ status: 422, title: 'Ce message ne peut pas être pris.', remedy: 'Écrivez-le autrement.' })
    await write(page, 'un refus')
    await page.getByRole('alert').getByText('ne peut pas être pris').waitFor()
    for (const _ of [1, 2, 3]) await page.evaluate("fetch('/chat/site/start').then((answer) => answer.text())")
    expect(sent).toBe(1)
    chat.house.refuse(null)
    await page.getByRole('button', { name: 'Réessayer' }).click()
    await inThread(page, 'un refus').waitFor()
    expect(sent).toBe(2)
  })

  it('sends what is written where the browser has lost its shelf meanwhile', async () => {
    const { page } = await chat.visit()
    await write(page, 'avant')
    await inThread(page, 'avant').waitFor()
    const browser = await page.context().newCDPSession(page)
    await browser.send('Storage.clearDataForOrigin', { origin: new URL(chat.house.address).origin, storageTypes: 'indexeddb' })
    await write(page, 'après')
    await inThread(page, 'après').waitFor()
  })

  it('goes on where the stream broke off, and misses nothing', async () => {
    const { page } = await chat.visit()
    await write(page, 'bonjour')
    await inThread(page, 'bonjour').waitFor()
    await expect.poll(() => chat.house.resumed.length).toBe(1)
    chat.house.say({ content: text('premier') })
    await inThread(page, 'premier').waitFor()
    chat.house.breakLine()
    chat.house.say({ content: text('second') })
    await inThread(page, 'second').waitFor()
    expect(chat.house.resumed).toEqual(['0', '2'])
  })
})

it('opens after Relais was brought up to date, whatever the page before kept', async () => {
  const { page, faults } = await chat.visit()
  await page.evaluate(`localStorage.setItem('relais.chat/chat/site', '{"name":"Avant","look":null}')`)
  await page.reload()
  await page.getByRole('heading', { name: 'Voyages Lumière' }).waitFor()
  expect(faults).toEqual([])
})

describe('where the house is unwell', () => {
  it('says so, keeps what is written, and comes back by itself', async () => {
    chat.house.fail({ start: true })
    const { page } = await chat.visit()
    await page
      .getByRole('alert')
      .getByText(/ne répond pas/)
      .waitFor()
    expect(await findingsOn(page)).toEqual([])
    chat.house.refuse({ status: 503, title: 'La base de données ne répond pas.', remedy: 'Réessayez dans un instant.' })
    await write(page, 'gardé')
    await page.getByText('en attente d’envoi').waitFor()
    chat.house.fail({})
    chat.house.refuse(null)
    await inThread(page, 'gardé').waitFor()
    await page.getByRole('alert').waitFor({ state: 'detached' })
  })

  it('asks for what changed where no stream comes up', async () => {
    chat.house.fail({ events: true })
    const { page } = await chat.visit()
    await write(page, 'bonjour')
    await inThread(page, 'bonjour').waitFor()
    chat.house.say({ content: text('sans flux') })
    await inThread(page, 'sans flux').waitFor()
    await expect.poll(() => page.getByText('La réponse se prépare').count()).toBe(0)
    await page.getByText('Connexion interrompue').waitFor()
    chat.house.fail({})
    await page.getByText('Connexion interrompue').waitFor({ state: 'detached' })
    expect(await inThread(page, 'sans flux').count()).toBe(1)
  })
})

describe('a visit that ends', () => {
  it('gives way to the next on the same page: their link, opened in another tab', async () => {
    const { page } = await chat.visit()
    await write(page, 'dans la première')
    await inThread(page, 'dans la première').waitFor()
    chat.house.set({ visitor: { shows: 'thread', since: 1, carried: 2 }, messages: [] })
    chat.house.tell('gone', {})
    await expect.poll(() => chat.house.resumed.length).toBe(2)
    chat.house.say({ content: text('dans la seconde') })
    await inThread(page, 'dans la seconde').waitFor()
    expect(await inThread(page, 'dans la première').count()).toBe(0)
  })

  it('takes along what had not left, and says so: somebody else may read there next', async () => {
    const { page } = await chat.visit()
    await write(page, 'bonjour')
    await inThread(page, 'bonjour').waitFor()
    chat.house.refuse({ status: 429, title: 'Trop de messages.', remedy: 'Attendez un instant.', retryAfter: 60 })
    await write(page, 'pour moi seul')
    await page.getByText('en attente d’envoi').waitFor()
    chat.house.set({ visitor: { shows: 'thread', since: 1, carried: 2 }, messages: [] })
    chat.house.tell('gone', {})
    await page.getByText('n’était pas encore parti a été retiré').waitFor()
    expect(await page.getByText('pour moi seul').count()).toBe(0)
    chat.house.refuse(null)
    await write(page, 'rebonjour')
    await inThread(page, 'rebonjour').waitFor()
    expect(chat.house.posts.map(({ says }) => says.text)).toEqual(['bonjour', 'rebonjour'])
    await expect.poll(() => page.getByText('n’était pas encore parti').count()).toBe(0)
  })

  it('leaves nothing to be seen of what was on its way', async () => {
    const { page } = await chat.visit()
    await write(page, 'bonjour')
    await inThread(page, 'bonjour').waitFor()
    const answer = Promise.withResolvers<void>()
    await page.route('**/messages', async (route) => {
      await answer.promise
      await route.fulfill({ status: 422, json: { title: 'Ce message ne peut pas être pris.' } })
    })
    await write(page, 'pour moi seul')
    await page.locator('.mine.sending').waitFor()
    chat.house.set({ visitor: { shows: 'thread', since: 1, carried: 2 }, messages: [] })
    chat.house.tell('gone', {})
    await page.getByText('pour moi seul').waitFor({ state: 'detached' })
    const answered = page.waitForResponse((response) => response.status() === 422)
    answer.resolve()
    await answered
    await page.unroute('**/messages')
    await write(page, 'rebonjour')
    await inThread(page, 'rebonjour').waitFor()
    expect(await page.getByText('pour moi seul').count()).toBe(0)
  })
})

describe('two tabs', () => {
  it('show the same thread, send one thing once, and end together', async () => {
    const { page } = await chat.visit()
    const other = await page.context().newPage()
    await other.goto(chat.house.address)
    await write(page, 'depuis la première')
    await inThread(other, 'depuis la première').waitFor()
    await write(other, 'depuis la seconde')
    await inThread(page, 'depuis la seconde').waitFor()
    expect(chat.house.asked()).toBe(2)
    await page.getByRole('button', { name: 'Mes données' }).click()
    await page.getByRole('button', { name: 'Effacer' }).click()
    await page.getByRole('button', { name: 'Oui, effacer' }).click()
    await page.getByText('Votre conversation est effacée.').waitFor()
    await other.getByText('est effacée ou fermée').waitFor()
    for (const tab of [page, other]) {
      await expect.poll(() => tab.getByText('depuis la').count()).toBe(0)
    }
  })
})
