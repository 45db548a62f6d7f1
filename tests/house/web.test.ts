/** The brand's own page, from the first look to the answer: what a browser is given, and what it is not. */

import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asId, type ContactId } from '../../src/core/ids.ts'
import { createVisitors } from '../../src/store/visitors/index.ts'
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

  it.each([
    ['fr', 'Qui a peint la Joconde ?', 'Léonard de Vinci', 'Le carnet de Voyages Lumière : la Joconde'],
    ['en', 'Who painted the Mona Lisa?', 'Leonardo da Vinci', 'The Voyages Lumière notebook: the Mona Lisa'],
  ])(
    'is answered what WhatsApp leads here for, and told that the agency’s own notebook says so (%s)',
    async (language, question, answer, source) => {
      const user = house.stage.whatsapp.user({ phone: `+3361200009${language === 'fr' ? 1 : 2}`, name: 'Nour' })
      user.sendText(question)
      await house.until('the link', () => user.received.some(({ text }) => /adresse|address/u.test(text ?? '')))
      expect(user.received.map(({ text }) => text).join()).not.toContain('Vinci')
      const browser = come()
      await browser.write(question)
      const ear = await browser.listen('0')
      await ear.next('message', ({ by }) => by === 'assistant')
      ear.close()
      const said = (await browser.messages()).find(({ by }) => by === 'assistant')
      expect(said?.content.text).toContain(answer)
      expect(said?.citations).toMatchObject([{ n: 1, title: source }])
    },
  )

  it('has a cookie that lasts from the last time they wrote, though they looked just before', async () => {
    const browser = come()
    await browser.write('Bonjour')
    house.stage.clock.advance(2 * 3_600_000)
    await browser.start()
    const again = await browser.post({ id: 'after-two-hours', text: 'Encore moi' })
    expect(again.headers.get('set-cookie')).toContain('Max-Age=7776000')
  })

  it('is answered in their page’s language, until their words are of another', async () => {
    const browser = come()
    const say = async (text: string, answer: RegExp) => {
      const headers = { 'accept-language': 'en', 'content-type': 'application/json' }
      const body = JSON.stringify({ id: randomUUID(), text })
      expect((await browser.ask('/messages', { method: 'POST', headers, body })).status).toBe(202)
      await house.until(`the answer to ${text}`, async () =>
        (await browser.messages()).some(({ by, content }) => by !== 'me' && answer.test(content.text ?? '')),
      )
    }
    await say('Hi', /welcome to Voyages Lumière/)
    await say('Quels sont vos horaires ?', /du lundi au vendredi/)
    await say('menu', /bienvenue chez Voyages Lumière/)
  })

  it('counts once what comes twice', async () => {
    const browser = come()
    const id = await browser.write('Bonjour')
    await browser.write('Bonjour', id)
    await house.until('the greeting', async () => (await browser.messages()).length >= 2)
    expect((await browser.messages()).filter(({ by }) => by === 'me').length).toBe(1)
  })

  it('is one visitor though their first message comes twice, and its answer is lost', async () => {
    const [id, short] = ['0f9c2f6e-6d8e-4c53-9c5d-2f8f0f6b7a11', 'short-0001']
    const tabs = [come(), come(), come()] as const
    await Promise.all([tabs[0].write('Une question', id), tabs[1].write('Une question', id)])
    await tabs[2].write('Une question', id)
    expect(new Set(tabs.map(({ cookie }) => cookie)).size).toBe(1)
    await house.until('an answer', async () => (await tabs[2].messages()).some(({ by }) => by !== 'me'))
    expect((await tabs[2].messages()).filter(({ by }) => by === 'me').length).toBe(1)
    const others = [come(), come()] as const
    for (const other of others) await other.write('Une question', short)
    expect(others[0].cookie).not.toBe(others[1].cookie)
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

describe('what a page tells of messages', () => {
  const statusOf = async (id: string | undefined) =>
    (await house.connection.query<{ status: string }>('select status from message where id = $1', [id]))[0]?.status
  const tell = (browser: ReturnType<typeof come>, receipts: object) =>
    browser.ask('/receipts', { method: 'POST', body: JSON.stringify(receipts), headers: { 'content-type': 'application/json' } })

  it('is a receipt like a provider’s: shown, then read, and never back', async () => {
    const browser = come()
    await browser.write('Bonjour')
    const ear = await browser.listen('0')
    const id = String((await ear.next('message', ({ by }) => by === 'assistant')).id)
    expect((await tell(browser, { delivered: [id] })).status).toBe(204)
    await house.until('the first', async () => (await statusOf(id)) === 'delivered')
    await tell(browser, { read: [id] })
    await house.until('the second', async () => (await statusOf(id)) === 'read')
    await tell(browser, { delivered: [id] })
    await ear.next('message', (data) => data.id === id && data.status === 'read')
    expect(await statusOf(id)).toBe('read')
    ear.close()
  })

  it('is of their own messages alone', async () => {
    const [one, other] = [come(), come()]
    await one.write('Bonjour')
    await other.write('Bonjour')
    await house.until('the greeting', async () => (await one.messages()).length >= 2)
    const id = (await one.messages()).find(({ by }) => by === 'assistant')?.id
    expect((await tell(other, { read: [id] })).status).toBe(204)
    expect((await tell(come(), { read: [id] })).status).toBe(401)
    expect((await tell(other, { read: ['msg_nonsense!'] })).status).toBe(422)
    expect(await statusOf(id)).toBe('accepted')
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

describe('a visitor whose contact wrote elsewhere before', () => {
  const SECRET = 'Mon passeport est le 12AB34567'
  /** Somebody who wrote by phone and on the page of another browser, and now has this one, as `shows` says. */
  const known = async (shows: 'own' | 'thread') => {
    const user = house.stage.whatsapp.user({ phone: `+3361399${shows === 'own' ? '0001' : '0002'}`, name: 'Nour' })
    user.sendText(SECRET)
    await house.until('an answer', () => user.received.length >= 1)
    const [row] = await house.connection.query<{ contact: ContactId }>('select contact_id as contact from identity where value = $1', [
      `+${user.person.phone}`,
    ])
    if (!row) throw new Error('nobody')
    const value = (shows === 'own' ? 'o' : 't').repeat(43)
    const hash = createHash('sha256').update(value).digest('hex')
    const now = house.stage.clock.now()
    const visit = {
      id: asId(`vis_${shows}`),
      channel: asId('site'),
      hash,
      since: now,
      shows,
      expiresAt: now + 1e9,
      contact: row.contact,
    } as const
    await createVisitors(house.connection).make(visit as never, now)
    const browser = come()
    browser.cookie = `visit-site=${value}`
    return browser
  }

  it('who carries nothing over is given nothing earlier, by no way', async () => {
    const browser = await known('own')
    await browser.write('Merci')
    const ear = await browser.listen('0')
    await ear.next('message', ({ by }) => by === 'me')
    const start = await browser.start()
    const ways = [start, await browser.messages(), ear.heard, await (await browser.ask('/messages?before=')).text()]
    ear.close()
    for (const way of ways) expect(JSON.stringify(way)).not.toContain('12AB34567')
    expect(start.visitor).toMatchObject({ shows: 'own', carried: 0 })
    expect(start.messages.every(({ channel }) => channel === 'site')).toBe(true)
  })

  it('who carries it over sees the thread, and from where each message came', async () => {
    const browser = await known('thread')
    const { messages, visitor } = await browser.start()
    expect(messages.some(({ content, channel }) => content.text === SECRET && channel === 'whatsapp')).toBe(true)
    expect(visitor?.carried).toBeGreaterThan(0)
    expect(JSON.stringify(messages)).not.toContain('wamid')
  })

  it('is told once the visit is over, and sees nothing more', async () => {
    const browser = come()
    await browser.write('Encore une chose')
    const ear = await browser.listen()
    const id = (await house.connection.query<{ id: string }>('select id from visitor order by created_at desc limit 1'))[0]?.id
    await createVisitors(house.connection).end(asId(id ?? ''), house.stage.clock.now())
    await ear.next('gone')
    await house.until('the end', () => ear.ended())
    expect((await browser.ask('/messages')).status).toBe(401)
  })
})

describe('a crowd', () => {
  it('of ten thousand is let in as fast as the house can, and told when to come back', async () => {
    const { app } = house.house
    const before = process.memoryUsage().heapUsed
    const began = Date.now()
    const ask = async (n: number) => {
      const response = await app.fetch(
        new Request(`${house.url}/chat/site/messages`, {
          method: 'POST',
          headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
          body: JSON.stringify({ id: `crowd-${String(n).padStart(6, '0')}`, text: 'Bonjour' }),
        }),
      )
      await response.text()
      return { status: response.status, wait: Number(response.headers.get('retry-after')) }
    }
    const answers: Awaited<ReturnType<typeof ask>>[] = []
    for (let n = 0; n < 10_000; n += 500) answers.push(...(await Promise.all(Array.from({ length: 500 }, (_, k) => ask(n + k)))))
    const seconds = (Date.now() - began) / 1_000
    const taken = answers.filter(({ status }) => status === 202).length
    // 503 where the store is behind: they come again as well.
    const refused = answers.filter(({ status }) => status === 429 || status === 503)
    expect(taken + refused.length).toBe(10_000)
    expect(taken).toBeGreaterThan(300)
    expect(taken).toBeLessThan(450 + 40 * seconds)
    for (const { wait } of refused) expect(wait >= 1 && wait <= 121).toBe(true)
    expect(new Set(refused.map(({ wait }) => wait)).size).toBeGreaterThan(20)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300 * 1024 * 1024)
    await house.until(
      'their greetings',
      async () => {
        const [row] = await house.connection.query<{ waiting: number }>('select count(*)::int as waiting from pending where due_at < $1', [
          house.stage.clock.now(),
        ])
        return row?.waiting === 0
      },
      60_000,
    )
  })

  it('that closed its pages at once does not make the channel look cut', async () => {
    for (const ms of [600_000, 90_000, 90_000]) {
      house.stage.clock.advance(ms)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
    expect(await house.connection.query("select health, reason from channel where id = 'site'")).toEqual([
      { health: 'healthy', reason: null },
    ])
  })

  it('is not one visitor: who writes like a machine waits', async () => {
    house.stage.clock.advance(60_000)
    const browser = come()
    await browser.write('Bonjour')
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => browser.post({ id: `machine-${n}0000`, text: `${n}` })))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(15)
    expect(refused[0]?.headers.get('retry-after')).toBe('2')
    expect(await refused[0]?.json()).toMatchObject({ code: 'chat-too-fast', title: expect.stringContaining('plus rapide') })
  })
})
