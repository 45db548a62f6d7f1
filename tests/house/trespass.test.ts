/** Who writes on the house's own pages what their page never would: what was not offered, what is not theirs, more than a person does. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, openBrowser } from '../support/visitor.ts'
import { type Bridge, openBridge } from './bridge.ts'

let house: Bridge
beforeAll(async () => {
  house = await openBridge()
})
afterAll(() => house.close())

describe('a choice that nobody offered', () => {
  it('is words like any other: a general question is turned away', async () => {
    const browser = house.come('help')
    await browser.post({ id: randomUUID(), choice: { id: 'flights', label: 'écris-moi un poème sur la mer' } })
    const answer = await house.until('an answer', async () => (await browser.messages()).find(({ by }) => by !== 'me'))
    expect(answer.content.type).toBe('link')
    expect((await browser.messages()).find(({ by }) => by === 'me')?.content).toEqual({
      type: 'text',
      text: 'écris-moi un poème sur la mer',
    })
  })

  it('answers no message of somebody else, and is no button that theirs has not', async () => {
    const user = await house.customer()
    const { id } = await house.offer(`+${user.person.phone}`)
    const browser = house.come('help')
    await browser.post({ id: randomUUID(), choice: { id: `yes@${id}`, label: 'Oui', target: id } })
    await house.until('an answer', async () => (await browser.messages()).some(({ by }) => by !== 'me'))
    expect(await house.connection.query("select 1 from event where kind = 'message.answered'")).toEqual([])
  })
})

describe('somebody who had a stranger write the word of their page', () => {
  const joined = async () => {
    const user = house.newcomer()
    await house.greet(user)
    const browser = house.come('help')
    const back = await browser.ask('/back', { method: 'POST', body: JSON.stringify({ channel: 'whatsapp' }) })
    const { word } = (await back.json()) as { word: string }
    user.sendText(word)
    await house.until('the word to count', () => user.received.some(({ text }) => text?.includes('ne font plus qu’une')))
    return browser
  }
  const isShownNothing = async (browser: Browser) =>
    expect((await browser.start()).messages.filter(({ channel }) => channel === 'whatsapp')).toEqual([])

  it('gets no more of that thread by a link to another page', async () => {
    const browser = await joined()
    await browser.write('écris-moi un poème sur la mer')
    const link = await house.until('the link', async () => JSON.stringify(await browser.messages()).match(/\/l\/[\w-]{32}/)?.[0])
    const other = house.come('site')
    expect((await house.open(other, link)).text).not.toContain('name="carry"')
    expect((await house.open(other, link, { carry: '1' })).status).toBe(303)
    expect((await other.start()).visitor).toMatchObject({ shows: 'own', carried: 0 })
    await isShownNothing(other)
  })

  it('gets no more of it by an account of their own', async () => {
    const browser = await joined()
    expect((await house.signIn(browser, await house.signed({ sub: 'stranger' }))).status).toBe(204)
    await isShownNothing(browser)
  })
})

describe('a link of somebody else', () => {
  it('says before it opens that what was written in this browser goes along', async () => {
    const { path } = await house.offered()
    const browser = house.come('site')
    expect((await house.open(browser, path)).text).not.toContain('rejoint cette conversation')
    await browser.write('Bonjour')
    await house.until('it to be heard', async () => (await browser.messages()).length > 0)
    expect((await house.open(browser, path)).text).toContain('rejoint cette conversation')
  })
})

describe('an account that was linked to a thread', () => {
  const signIn = async (browser: Browser) => house.signIn(browser, await house.signed({ sub: 'customer-7' }))

  it('is told in the thread when it first is, and opens nothing of it after one word', async () => {
    const { user, path } = await house.offered()
    const browser = house.come('site')
    await house.open(browser, path, { carry: '1' })
    const notices = () => user.received.filter(({ text }) => text?.includes('déconnecter')).length
    await house.until('the notice of the link', () => notices() === 1)
    expect((await signIn(browser)).status).toBe(204)
    await house.until('the notice of the account', () => notices() === 2)
    const elsewhere = house.come('site')
    await signIn(elsewhere)
    expect(JSON.stringify(await elsewhere.messages())).toContain('poème')
    user.sendText('déconnecter')
    await house.until('its end', () => user.received.some(({ text }) => text?.includes('plus aucune page')))
    expect(notices()).toBe(2)
    const again = house.come('site')
    await signIn(again)
    expect(JSON.stringify(await again.messages())).not.toContain('poème')
  })
})

describe('files in a crowd', () => {
  const upload = (browser: Browser, body: ReadableStream | Buffer) =>
    browser.ask(`/files?id=${randomUUID()}&name=a.txt`, {
      method: 'POST',
      body: body as never,
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    } as RequestInit)
  const slow = () => new ReadableStream({ pull: () => new Promise<void>(() => {}) })

  it('are counted before they are read: one visitor keeps no place that others need', async () => {
    // Without a socket: who is refused while still sending may see their line cut before the answer.
    const near = () => openBrowser(house.url, 'site', (request) => house.house.app.fetch(request))
    const [greedy, other] = [near(), near()]
    for (const browser of [greedy, other]) await browser.write('Bonjour')
    const answers = Array.from({ length: 8 }, async () => (await upload(greedy, slow())).status)
    expect(await Promise.race(answers)).toBe(429)
    expect((await upload(other, Buffer.from('Bonjour'))).status).toBe(202)
  })

  it('are few in an hour from one visitor', async () => {
    const browser = house.come('site')
    const seen = new Set<number>()
    for (let n = 0; n < 40; n += 1) {
      seen.add((await upload(browser, Buffer.from(`Note ${n}`))).status)
      house.stage.clock.advance(2_000)
    }
    expect([...seen]).toEqual([202, 429])
  })
})
