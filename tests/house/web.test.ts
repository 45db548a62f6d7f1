/** The brand's own page, from the first look to the answer: what a browser is given, and what it is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHouse, type TestHouse } from '../support/house.ts'
import { openBrowser } from '../support/visitor.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
const come = () => openBrowser(house.url)

describe('a visitor', () => {
  it('is told that an AI answers, and gets no cookie by looking', async () => {
    const browser = come()
    const start = await browser.start()
    expect(start).toMatchObject({
      channel: 'site',
      name: 'Voyages Lumière',
      language: 'fr',
      scope: 'general',
      visitor: null,
      messages: [],
      more: null,
    })
    expect(start.disclosure).toContain('assistant IA')
    expect(browser.cookie).toBeNull()
  })

  it('writes, is answered, and sees both again', async () => {
    const browser = come()
    const id = await browser.write('Quelle est la taille d’un bagage en cabine ?')
    expect(browser.cookie).toMatch(/^visit-site=[\w-]{43}$/)
    const ear = await browser.listen('0')
    const answer = await ear.next('message', ({ by }) => by === 'assistant')
    expect(answer.status).toBe('accepted')
    ear.close()
    const { messages, visitor, owner } = await browser.start()
    expect(visitor).toMatchObject({ shows: 'own', carried: 0 })
    expect(owner).toBe('assistant')
    expect(messages.map(({ by, clientId }) => [by, clientId])).toEqual([
      ['me', id],
      ['assistant', undefined],
    ])
    expect(messages[1]?.citations?.[0]).toMatchObject({ n: 1 })
    expect(messages[1]?.content.text).not.toContain('Source')
  })

  it('counts once what comes twice', async () => {
    const browser = come()
    const id = await browser.write('Bonjour')
    await browser.write('Bonjour', id)
    await house.until('the greeting', async () => (await browser.messages()).length >= 2)
    expect((await browser.messages()).filter(({ by }) => by === 'me').length).toBe(1)
  })

  it('talks to a person whenever they want, and sees who has them', async () => {
    const browser = come()
    expect((await browser.post({ id: 'person-0001', person: true })).status).toBe(202)
    await house.until('a person to be asked', async () => (await browser.start()).owner === 'waiting')
  })

  it('sees nothing of anybody else', async () => {
    const one = come()
    await one.write('Mon dossier porte le numéro VL204518')
    const other = come()
    await other.write('Bonjour')
    expect(JSON.stringify(await other.messages())).not.toContain('VL204518')
    const stranger = come()
    expect((await stranger.ask('/messages')).status).toBe(401)
    expect((await stranger.ask('/events')).status).toBe(401)
    stranger.cookie = `visit-site=${'A'.repeat(43)}`
    expect((await stranger.ask('/messages')).status).toBe(401)
    expect((await stranger.start()).visitor).toBeNull()
  })
})

describe('what does not get in', () => {
  it('is a post from another site, a text over 8 kB, nonsense, or a call from outside', async () => {
    const browser = come()
    const foreign = { method: 'POST', body: JSON.stringify({ id: 'foreign-01', text: 'a' }), headers: { 'sec-fetch-site': 'cross-site' } }
    expect((await browser.ask('/messages', foreign)).status).toBe(403)
    expect((await browser.post({ id: 'long-00001', text: 'é'.repeat(4_097) })).status).toBe(413)
    expect((await browser.post({ id: 'long-00002', text: 'a'.repeat(100_000) })).status).toBe(413)
    for (const wrong of [{}, { id: 'short', text: 'a' }, { id: 'unknown-01', words: 'a' }, { id: 'empty-0001', text: '' }])
      expect((await browser.post(wrong)).status, JSON.stringify(wrong)).toBe(422)
    expect(browser.cookie).toBeNull()
    const outside = await fetch(`${house.url}/webhooks/site`, { method: 'POST', body: '{"visitor":"vis_1","kind":"message"}' })
    expect(outside.status).toBe(401)
    expect((await fetch(`${house.url}/chat/nowhere/start`)).status).toBe(404)
    expect((await fetch(`${house.url}/chat/whatsapp/start`)).status).toBe(404)
  })
})

describe('a stream', () => {
  it('goes on after the last event it had, and misses nothing', async () => {
    const browser = come()
    await browser.write('Bonjour')
    const first = await browser.listen('0')
    await first.next('message', ({ by }) => by === 'assistant')
    const last = first.lastId()
    first.close()
    await browser.write('Quelle est la taille d’un bagage en cabine ?')
    await house.until('the answer', async () => (await browser.messages()).filter(({ by }) => by === 'assistant').length >= 2)
    const second = await browser.listen(last)
    const mine = await second.next('message', ({ by }) => by === 'me')
    expect((mine.content as { text: string }).text).toContain('bagage')
    await second.next('message', ({ by }) => by === 'assistant')
    expect(JSON.stringify(second.heard)).not.toContain('"text":"Bonjour"')
    second.close()
  })
})
