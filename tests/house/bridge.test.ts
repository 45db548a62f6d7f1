/** From WhatsApp to the brand's page by a link: who gets in, what they see, and who does not. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Bridge, openBridge, type Shown, textsOf } from './bridge.ts'
import { MINUTE } from './business.ts'

let house: Bridge
beforeAll(async () => {
  house = await openBridge()
})
afterAll(() => house.close())

const codeFor = async (user: User, seen = 0) => {
  const said = await house.until('the code', () =>
    textsOf(user)
      .slice(seen)
      .find((text) => /^\d{6} /.test(text)),
  )
  return said.slice(0, 6)
}
const idIn = ({ text }: Shown) => text.match(/name="id" value="(cod_[^"]+)"/)?.[1] ?? ''

describe('a link from WhatsApp', () => {
  it('opens the page with the thread so far: the same contact, the same conversation; the thread is told', async () => {
    const { user, path } = await house.offered()
    const browser = house.come()
    const shown = await house.open(browser, path)
    expect(shown.status).toBe(200)
    expect(shown.text).toContain('WhatsApp')
    expect(shown.text).toContain('2 messages')
    expect(shown.text).not.toContain('poème')
    expect(browser.cookie).toBeNull()

    const went = await house.open(browser, path, { carry: '1' })
    expect([went.status, went.location]).toEqual([303, '../chat/site'])
    await house.until('the notice', () => textsOf(user).some((text) => text.includes('déconnecter')))
    const start = await browser.start()
    expect(start.visitor).toMatchObject({ shows: 'thread', carried: 3 })
    expect(start.messages.map(({ channel, content }) => [channel, content.text?.includes('poème')])).toEqual([
      ['whatsapp', true],
      ['whatsapp', false],
      ['whatsapp', false],
    ])
    const { id } = await house.contactOf(user)
    await browser.write('Quelle est la taille d’un bagage en cabine ?')
    await house.until('an answer', async () =>
      (await browser.messages()).some(({ channel, by }) => channel === 'site' && by === 'assistant'),
    )
    const contacts = await house.connection.query("select distinct contact_id as id from message where channel = 'site'")
    expect(contacts).toEqual([{ id }])
    expect(await house.crossingsOf(user)).toEqual(['offered', 'opened'])
    // Again, by the same browser: straight in, and nobody is told twice.
    expect((await house.open(browser, path)).status).toBe(303)
    expect(await house.crossingsOf(user)).toEqual(['offered', 'opened'])
  })

  it('carries nothing over where that is unticked: no earlier message by any way, nor in what the engine is told', async () => {
    const { user, path } = await house.offered(house.newcomer(), 'mon secret est un poème sur la mer')
    const browser = house.come()
    await house.open(browser, path, {})
    const start = await browser.start()
    expect(start.visitor).toMatchObject({ shows: 'own', carried: 0 })
    await browser.write('Quels vols proposez-vous pour la mer en mai ?')
    await house.until('an answer', async () => (await browser.messages()).some(({ by }) => by === 'assistant'))
    const ear = await browser.listen('0')
    await ear.next('message', ({ by }) => by === 'assistant')
    ear.close()
    const everything = [
      await browser.messages(),
      (await browser.start()).messages,
      ear.heard,
      await (await browser.ask('/messages?before=zzz')).text(),
    ]
    const history = await browser.ask('/history')
    expect(JSON.stringify([...everything, history.ok ? await history.text() : ''])).not.toContain('secret')
    expect(JSON.stringify(house.stage.engine.ledger)).not.toContain('mon secret')
    expect(await house.crossingsOf(user)).toEqual(['offered', 'opened'])
  })

  it('is used up by nobody who only looks: HEAD and GET of previews, and a form from another site', async () => {
    const { user, path } = await house.offered()
    for (let n = 0; n < 5; n += 1) {
      expect((await fetch(`${house.url}${path}`, { method: 'HEAD', headers: { 'user-agent': 'WhatsApp/2.23' } })).status).toBe(200)
      const shown = await house.open(house.come(), path, undefined, { 'user-agent': 'facebookexternalhit/1.1' })
      expect(shown.text).not.toContain('poème')
    }
    expect((await house.open(house.come(), path, { carry: '1' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(await house.crossingsOf(user)).toEqual(['offered'])
    expect((await house.open(house.come(), path, { carry: '1' })).status).toBe(303)
  })

  it('shows nothing of itself where it was made up, and costs the store nothing: ten thousand of them', async () => {
    const { connection } = house
    const real = connection.query
    let looked = 0
    Object.assign(connection, {
      query: (...given: Parameters<typeof real>) => {
        if (given[0].includes('from link l')) looked += 1
        return real(...given)
      },
    })
    const tokens = Array.from({ length: 10_000 }, () => randomBytes(24).toString('base64url'))
    const statuses = new Set<number>()
    for (let n = 0; n < tokens.length; n += 100)
      await Promise.all(
        tokens.slice(n, n + 100).map(async (token) => {
          const request = new Request(`http://house/l/${token}`, { headers: { accept: 'text/html' } })
          statuses.add((await house.house.app.fetch(request)).status)
        }),
      )
    expect([...statuses]).toEqual([410])
    expect(looked).toBe(0)
    const { path } = await house.offered()
    await house.open(house.come(), path)
    expect(looked).toBeGreaterThan(0)
    Object.assign(connection, { query: real })
    for (const wrong of [path.slice(0, -1), `${path}A`, `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`, '/l/x'])
      expect((await house.open(house.come(), wrong)).status, wrong).toBe(410)
  })
})

describe('a link that was forwarded', () => {
  it('asks a second browser for a code, which is sent in the thread it came from; few tries, few codes', async () => {
    const { user, path } = await house.offered()
    await house.open(house.come(), path, { carry: '1' })
    await house.until('the notice', () => textsOf(user).some((text) => text.includes('déconnecter')))
    const before = user.received.length
    const thief = house.come()
    const shown = await house.open(thief, path)
    expect(shown.text).toContain('Ce lien a déjà été ouvert ailleurs')
    expect(shown.text).not.toContain('poème')
    expect(user.received).toHaveLength(before)
    const asked = await house.open(thief, path, { carry: '1' })
    expect(asked.text).toContain('Code à six chiffres')
    const code = await codeFor(user, before)
    const id = idIn(asked)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let n = 0; n < 5; n += 1) expect((await house.open(thief, path, { carry: '1', id, code: wrong })).status).toBe(403)
    // Too late, though it is right.
    expect((await house.open(thief, path, { carry: '1', id, code })).status).toBe(403)
    expect(thief.cookie).toBeNull()
    expect(await house.crossingsOf(user)).toEqual(['offered', 'opened', 'code-sent'])

    house.stage.clock.advance(MINUTE)
    const seen = user.received.length
    const again = await house.open(thief, path, { carry: '1' })
    const right = await codeFor(user, seen)
    expect((await house.open(thief, path, { carry: '1', id: idIn(again), code: ` ${right.slice(0, 3)} ${right.slice(3)} ` })).status).toBe(
      303,
    )
    expect((await thief.start()).visitor).toMatchObject({ shows: 'thread' })
    expect(await house.crossingsOf(user)).toEqual(['offered', 'opened', 'code-sent', 'code-sent', 'coded'])

    house.stage.clock.advance(MINUTE)
    expect((await house.open(house.come(), path, { carry: '1' })).text).toContain('Code à six chiffres')
    house.stage.clock.advance(MINUTE)
    expect((await house.open(house.come(), path, { carry: '1' })).status).toBe(429)
  })

  it('is told step by step in the explanation of its message', async () => {
    const { user, path } = await house.offered()
    await house.open(house.come(), path, { carry: '1' })
    await house.open(house.come(), path, { carry: '1' })
    const [link] = (await house.sentTo(user)).filter(({ type }) => type === 'link')
    const { body } = await house.call('admin', 'GET', `/messages/${link?.id}/explanation`)
    const { parts } = (body as { words: { parts: { heading: string; lines: { text: string }[] }[] } }).words
    const told = parts.find(({ heading }) => heading === 'La passerelle')?.lines.map(({ text }) => text)
    expect(told).toEqual([
      expect.stringContaining('lien signé'),
      expect.stringContaining('Un premier navigateur l’a ouvert'),
      expect.stringContaining('un code est parti dans le fil'),
    ])
  })

  it('keeps no code in what is stored or shown', async () => {
    const { user, path } = await house.offered()
    await house.open(house.come(), path, { carry: '1' })
    const before = user.received.length
    await house.open(house.come(), path, { carry: '1' })
    const code = await codeFor(user, before)
    const { conversation } = await house.contactOf(user)
    const { body } = await house.call('agent', 'GET', `/conversations/${conversation}/messages`)
    expect(JSON.stringify(body)).toContain('••••••')
    expect(JSON.stringify(body)).not.toContain(code)
  })

  it('asks for the code late, too: after a quarter of an hour; and opens nothing after a day', async () => {
    const { path } = await house.offered()
    const late = await house.offered()
    house.stage.clock.advance(15 * MINUTE)
    expect((await house.open(house.come(), path)).text).toContain('M’envoyer un code')
    house.stage.clock.advance(24 * 60 * MINUTE)
    expect((await house.open(house.come(), late.path)).status).toBe(410)
    expect((await house.open(house.come(), late.path, { carry: '1' })).status).toBe(410)
  })

  it('does not take the code of another link', async () => {
    const [mine, theirs] = [await house.offered(), await house.offered()]
    await house.open(house.come(), mine.path, { carry: '1' })
    await house.open(house.come(), theirs.path, { carry: '1' })
    const before = mine.user.received.length
    const asked = await house.open(house.come(), mine.path, { carry: '1' })
    const code = await codeFor(mine.user, before)
    const thief = house.come()
    expect((await house.open(thief, theirs.path, { id: idIn(asked), code })).status).toBe(403)
    expect(thief.cookie).toBeNull()
  })

  it('is ended by one word, with every visit it gave', async () => {
    const { user, path } = await house.offered()
    const browser = house.come()
    await house.open(browser, path, { carry: '1' })
    const ear = await browser.listen()
    const before = user.received.length
    user.sendText('Déconnecter')
    await house.until('the answer', () =>
      textsOf(user)
        .slice(before)
        .some((text) => text.includes('plus aucune page')),
    )
    await ear.next('gone')
    ear.close()
    expect((await browser.ask('/messages')).status).toBe(401)
    expect((await browser.start()).visitor).toBeNull()
    expect((await house.open(house.come(), path)).status).toBe(410)
    expect(await house.crossingsOf(user)).toEqual(['offered', 'opened', 'unlinked'])
  })
})

describe('a browser that somebody else used before', () => {
  it('shows the one nothing of the other, and makes no one person of the two', async () => {
    const [one, other] = [
      await house.offered(house.newcomer(), 'un poème sur Alice'),
      await house.offered(house.newcomer(), 'un poème sur Bertrand'),
    ]
    const browser = house.come()
    await house.open(browser, one.path, { carry: '1' })
    await house.open(browser, other.path, { carry: '1' })
    const seen = JSON.stringify((await browser.start()).messages)
    expect(seen).toContain('Bertrand')
    expect(seen).not.toContain('Alice')
    expect((await house.contactOf(one.user)).id).not.toBe((await house.contactOf(other.user)).id)
  })

  it('takes along what was written there as nobody in particular', async () => {
    const browser = house.come()
    await browser.write('Bonjour, avez-vous des croisières ?')
    await house.until('an answer', async () => (await browser.messages()).length >= 2)
    const { user, path } = await house.offered()
    await house.open(browser, path, {})
    const start = await browser.start()
    expect(JSON.stringify(start.messages)).toContain('croisières')
    expect(JSON.stringify(start.messages)).not.toContain('poème')
    const { conversation } = await house.contactOf(user)
    const { body } = await house.call('agent', 'GET', `/conversations/${conversation}/messages`)
    expect(JSON.stringify(body)).toContain('croisières')
  })
})

it('is counted at every step', async () => {
  expect(await house.counted()).toEqual(expect.arrayContaining(['offered', 'opened', 'coded', 'unlinked']))
})

it('asks everybody for the code where relais.yaml says so', async () => {
  const strict = await openBridge('bridge: { code: always }')
  try {
    const { user, path } = await strict.offered()
    const browser = strict.come()
    expect((await strict.open(browser, path)).text).toContain('M’envoyer un code')
    expect((await strict.open(browser, path, { carry: '1' })).status).toBe(200)
    expect(browser.cookie).toBeNull()
    await strict.until('the code', () => textsOf(user).some((text) => /^\d{6} /.test(text)))
  } finally {
    await strict.close()
  }
})
