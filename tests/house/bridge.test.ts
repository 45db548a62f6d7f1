/** From WhatsApp to the brand's page and back, through the whole house: who gets in, what they see, and who does not. */
import { randomBytes } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Browser, openBrowser } from '../support/visitor.ts'
import { type Business, MINUTE, openBusiness } from './business.ts'

const PUBLIC = 'https://chat.voyages-lumiere.example'
const KEY = 'a secret that the site and this house share'
const SITE = `
  site:
    kind: web
    scope: general
    signIn: { algorithm: HS256, key: "${KEY}", issuer: https://www.voyages-lumiere.example, audience: chat }
`
const LINKS = 'links:\n  metro: { channel: whatsapp, source: affiche-metro }\n  flyer: { channel: site }\n'
const withSite = (text: string) => `${text.replace('\n\nengines:', `${SITE}\nengines:`)}\n${LINKS}`

let house: Business
beforeAll(async () => {
  house = await openBusiness({ env: { PUBLIC_URL: PUBLIC }, changed: { 'relais.yaml': withSite } })
})
afterAll(() => house.close())

/** A general question on the number, and the link that answers it. */
const offered = async (user: User = house.newcomer(), question = 'écris-moi un poème sur la mer') => {
  const before = user.received.length
  user.sendText(question)
  await house.until('the link', () => user.received.length > before)
  const said = JSON.stringify(user.received.slice(before))
  const path = said.match(/\/l\/[\w-]{32}/)?.[0]
  if (!path) throw new Error(`There is no link in ${said}.`)
  return { user, path }
}

type Shown = { readonly status: number; readonly text: string; readonly location: string | null }
const open = async (
  browser: Browser,
  path: string,
  form?: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Shown> => {
  const response = await fetch(`${house.url}${path}`, {
    redirect: 'manual',
    method: form ? 'POST' : 'GET',
    headers: {
      'accept-language': 'fr',
      'sec-fetch-site': 'same-origin',
      ...(browser.cookie ? { cookie: browser.cookie } : {}),
      ...headers,
    },
    ...(form ? { body: new URLSearchParams(form) } : {}),
  })
  const [given] = response.headers.getSetCookie()
  if (given) browser.cookie = given.split(';')[0] ?? null
  return { status: response.status, text: await response.text(), location: response.headers.get('location') }
}
const come = () => openBrowser(house.url)
const crossingsOf = async (user: User) => {
  const { id } = await house.contactOf(user)
  const rows = await house.connection.query<{ kind: string }>(
    "select kind from event where contact_id = $1 and kind like 'crossing.%' order by seq",
    [id],
  )
  return rows.map(({ kind }) => kind.slice('crossing.'.length))
}
const textsOf = (user: User) => user.received.map(({ text }) => text ?? '')
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
    const { user, path } = await offered()
    const browser = come()
    const shown = await open(browser, path)
    expect(shown.status).toBe(200)
    expect(shown.text).toContain('WhatsApp')
    expect(shown.text).toContain('2 messages')
    expect(shown.text).not.toContain('poème')
    expect(browser.cookie).toBeNull()

    const went = await open(browser, path, { carry: '1' })
    expect([went.status, went.location]).toEqual([303, '../chat/site'])
    const start = await browser.start()
    expect(start.visitor).toMatchObject({ shows: 'thread', carried: 2 })
    expect(start.messages.map(({ channel, content }) => [channel, content.text?.includes('poème')])).toEqual([
      ['whatsapp', true],
      ['whatsapp', false],
      ...(start.messages.length > 2 ? [['whatsapp', false]] : []),
    ])
    await house.until('the notice', () => textsOf(user).some((text) => text.includes('déconnecter')))
    const { id } = await house.contactOf(user)
    await browser.write('Quelle est la taille d’un bagage en cabine ?')
    await house.until('an answer', async () =>
      (await browser.messages()).some(({ channel, by }) => channel === 'site' && by === 'assistant'),
    )
    const contacts = await house.connection.query("select distinct contact_id as id from message where channel = 'site'")
    expect(contacts).toEqual([{ id }])
    expect(await crossingsOf(user)).toEqual(['offered', 'opened'])
    // Again, by the same browser: straight in, and nobody is told twice.
    expect((await open(browser, path)).status).toBe(303)
    expect(await crossingsOf(user)).toEqual(['offered', 'opened'])
  })

  it('carries nothing over where that is unticked: no earlier message by any way, nor in what the engine is told', async () => {
    const { user, path } = await offered(house.newcomer(), 'mon secret est un poème sur la mer')
    const browser = come()
    await open(browser, path, {})
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
    expect(await crossingsOf(user)).toEqual(['offered', 'opened'])
  })

  it('is used up by nobody who only looks: HEAD and GET of previews, and a form from another site', async () => {
    const { user, path } = await offered()
    for (let n = 0; n < 5; n += 1) {
      expect((await fetch(`${house.url}${path}`, { method: 'HEAD', headers: { 'user-agent': 'WhatsApp/2.23' } })).status).toBe(200)
      const shown = await open(come(), path, undefined, { 'user-agent': 'facebookexternalhit/1.1' })
      expect(shown.text).not.toContain('poème')
    }
    expect((await open(come(), path, { carry: '1' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(await crossingsOf(user)).toEqual(['offered'])
    expect((await open(come(), path, { carry: '1' })).status).toBe(303)
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
    const { path } = await offered()
    await open(come(), path)
    expect(looked).toBeGreaterThan(0)
    Object.assign(connection, { query: real })
    for (const wrong of [path.slice(0, -1), `${path}A`, `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`, '/l/x'])
      expect((await open(come(), wrong)).status, wrong).toBe(410)
  })
})

describe('a link that was forwarded', () => {
  it('asks a second browser for a code, which is sent in the thread it came from; few tries, few codes', async () => {
    const { user, path } = await offered()
    await open(come(), path, { carry: '1' })
    await house.until('the notice', () => textsOf(user).some((text) => text.includes('déconnecter')))
    const before = user.received.length
    const thief = come()
    const shown = await open(thief, path)
    expect(shown.text).toContain('Ce lien a déjà été ouvert ailleurs')
    expect(shown.text).not.toContain('poème')
    expect(user.received).toHaveLength(before)
    const asked = await open(thief, path, { carry: '1' })
    expect(asked.text).toContain('Code à six chiffres')
    const code = await codeFor(user, before)
    const id = idIn(asked)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let n = 0; n < 5; n += 1) expect((await open(thief, path, { carry: '1', id, code: wrong })).status).toBe(403)
    // Too late, though it is right.
    expect((await open(thief, path, { carry: '1', id, code })).status).toBe(403)
    expect(thief.cookie).toBeNull()
    expect(await crossingsOf(user)).toEqual(['offered', 'opened', 'code-sent'])

    house.stage.clock.advance(MINUTE)
    const seen = user.received.length
    const again = await open(thief, path, { carry: '1' })
    const right = await codeFor(user, seen)
    expect((await open(thief, path, { carry: '1', id: idIn(again), code: ` ${right.slice(0, 3)} ${right.slice(3)} ` })).status).toBe(303)
    expect((await thief.start()).visitor).toMatchObject({ shows: 'thread' })
    expect(await crossingsOf(user)).toEqual(['offered', 'opened', 'code-sent', 'code-sent', 'coded'])

    house.stage.clock.advance(MINUTE)
    expect((await open(come(), path, { carry: '1' })).text).toContain('Code à six chiffres')
    house.stage.clock.advance(MINUTE)
    expect((await open(come(), path, { carry: '1' })).status).toBe(429)
  })

  it('is told step by step in the explanation of its message', async () => {
    const { user, path } = await offered()
    await open(come(), path, { carry: '1' })
    await open(come(), path, { carry: '1' })
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
    const { user, path } = await offered()
    await open(come(), path, { carry: '1' })
    const before = user.received.length
    await open(come(), path, { carry: '1' })
    const code = await codeFor(user, before)
    const { conversation } = await house.contactOf(user)
    const { body } = await house.call('agent', 'GET', `/conversations/${conversation}/messages`)
    expect(JSON.stringify(body)).toContain('••••••')
    expect(JSON.stringify(body)).not.toContain(code)
  })

  it('asks for the code late, too: after a quarter of an hour; and opens nothing after a day', async () => {
    const { path } = await offered()
    const late = await offered()
    house.stage.clock.advance(15 * MINUTE)
    expect((await open(come(), path)).text).toContain('M’envoyer un code')
    house.stage.clock.advance(24 * 60 * MINUTE)
    expect((await open(come(), late.path)).status).toBe(410)
    expect((await open(come(), late.path, { carry: '1' })).status).toBe(410)
  })

  it('does not take the code of another link', async () => {
    const [mine, theirs] = [await offered(), await offered()]
    await open(come(), mine.path, { carry: '1' })
    await open(come(), theirs.path, { carry: '1' })
    const before = mine.user.received.length
    const asked = await open(come(), mine.path, { carry: '1' })
    const code = await codeFor(mine.user, before)
    const thief = come()
    expect((await open(thief, theirs.path, { id: idIn(asked), code })).status).toBe(403)
    expect(thief.cookie).toBeNull()
  })

  it('is ended by one word, with every visit it gave', async () => {
    const { user, path } = await offered()
    const browser = come()
    await open(browser, path, { carry: '1' })
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
    expect((await open(come(), path)).status).toBe(410)
    expect(await crossingsOf(user)).toEqual(['offered', 'opened', 'unlinked'])
  })
})

describe('a browser that somebody else used before', () => {
  it('shows the one nothing of the other, and makes no one person of the two', async () => {
    const [one, other] = [await offered(house.newcomer(), 'un poème sur Alice'), await offered(house.newcomer(), 'un poème sur Bertrand')]
    const browser = come()
    await open(browser, one.path, { carry: '1' })
    await open(browser, other.path, { carry: '1' })
    const seen = JSON.stringify((await browser.start()).messages)
    expect(seen).toContain('Bertrand')
    expect(seen).not.toContain('Alice')
    expect((await house.contactOf(one.user)).id).not.toBe((await house.contactOf(other.user)).id)
  })

  it('takes along what was written there as nobody in particular', async () => {
    const browser = come()
    await browser.write('Bonjour, avez-vous des croisières ?')
    await house.until('an answer', async () => (await browser.messages()).length >= 2)
    const { user, path } = await offered()
    await open(browser, path, {})
    const start = await browser.start()
    expect(JSON.stringify(start.messages)).toContain('croisières')
    expect(JSON.stringify(start.messages)).not.toContain('poème')
    const { conversation } = await house.contactOf(user)
    const { body } = await house.call('agent', 'GET', `/conversations/${conversation}/messages`)
    expect(JSON.stringify(body)).toContain('croisières')
  })
})

describe('the way back', () => {
  const back = async (browser: Browser) => {
    const response = await browser.ask('/back', { method: 'POST', body: JSON.stringify({ channel: 'whatsapp' }) })
    return (await response.json()) as { url: string; word: string }
  }
  const writes = async (user: User, text: string, expected: string) => {
    const before = user.received.length
    user.sendText(text)
    await house.until(`“${expected}”`, () =>
      textsOf(user)
        .slice(before)
        .some((said) => said.includes(expected)),
    )
  }

  it('goes by a word that is written already, and makes one conversation of both', async () => {
    const browser = come()
    await browser.write('Je cherche une croisière pour deux')
    const { url, word } = await back(browser)
    expect(url).toMatch(/^https:\/\/wa\.me\/33465711000\?text=/)
    expect(decodeURIComponent(url)).toContain(word)
    const user = house.newcomer()
    await writes(user, `Je continue ici : ${word}`, 'Nous continuons ici')
    const { conversation } = await house.contactOf(user)
    const { body } = await house.call('agent', 'GET', `/conversations/${conversation}/messages`)
    expect(JSON.stringify(body)).toContain('croisière pour deux')
    expect(await crossingsOf(user)).toEqual(['returned'])
    // The page is shown nothing of the thread by a word that is written there.
    user.sendText('mon dossier est le 4711')
    await house.until(
      'the message',
      async () => (await house.connection.query("select 1 from message where content->>'text' like '%4711'")).length > 0,
    )
    expect(JSON.stringify(await browser.messages())).not.toContain('4711')
    // Twice: it is nobody's any more.
    await writes(house.newcomer(), word, 'Ce mot ne vaut pas')
  })

  it('does not take a word that is wrong, or late', async () => {
    const browser = come()
    await browser.write('Bonjour')
    const { word } = await back(browser)
    const [first, second] = word.split('-')
    await writes(house.newcomer(), `${first}-${second}-${word.endsWith('11') ? '12' : '11'}`, 'Ce mot ne vaut pas')
    house.stage.clock.advance(15 * MINUTE)
    await writes(house.newcomer(), word, 'Ce mot ne vaut pas')
  })

  it('joins nobody to who is known already: somebody else’s word opens nothing', async () => {
    const { user, path } = await offered(house.newcomer(), 'un poème sur Chloé')
    const browser = come()
    await open(browser, path, { carry: '1' })
    const { word } = await back(browser)
    const stranger = house.newcomer()
    await writes(stranger, word, 'Ce mot ne vaut pas')
    expect((await house.contactOf(stranger)).id).not.toBe((await house.contactOf(user)).id)
    const own = await back(browser)
    await writes(user, own.word, 'Nous continuons ici')
  })
})

describe('who is signed in on the site', () => {
  const signed = (
    claims: Record<string, unknown> = {},
    more: { key?: string; issuer?: string; audience?: string; minutes?: number } = {},
  ) => {
    const now = Math.floor(house.stage.clock.now() / 1000)
    return new SignJWT({ jti: randomBytes(9).toString('hex'), ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(String(claims.sub ?? 'customer-1'))
      .setIssuer(more.issuer ?? 'https://www.voyages-lumiere.example')
      .setAudience(more.audience ?? 'chat')
      .setIssuedAt(now)
      .setExpirationTime(now + (more.minutes ?? 5) * 60)
      .sign(new TextEncoder().encode(more.key ?? KEY))
  }
  const link = (browser: Browser, token: string, agreed: unknown = true) =>
    browser.ask('/account', { method: 'POST', body: JSON.stringify({ token, agreed }) })

  it('is linked once they agree, on any browser, and unlinked as easily', async () => {
    const browser = come()
    await browser.write('Je pense à une croisière')
    expect((await link(browser, await signed(), false)).status).toBe(422)
    expect((await link(browser, await signed())).status).toBe(204)
    expect((await browser.start()).visitor).toMatchObject({ shows: 'thread', account: true })
    expect(JSON.stringify(await browser.messages())).toContain('croisière')
    const second = come()
    expect((await link(second, await signed())).status).toBe(204)
    expect(JSON.stringify(await second.messages())).toContain('croisière')
    const consents = await house.connection.query("select given, words from consent where channel_kind = 'account' order by seq")
    expect(consents[0]).toMatchObject({ given: true, words: expect.stringContaining('mon compte') })

    expect((await browser.ask('/account', { method: 'DELETE' })).status).toBe(204)
    expect((await browser.start()).visitor).toBeNull()
    expect((await second.start()).visitor).not.toBeNull()
  })

  it('is nobody by a token of the wrong key, of no algorithm, expired, too long, used, or meant for others', async () => {
    const used = await signed({ sub: 'customer-2', jti: 'once' })
    expect((await link(come(), used)).status).toBe(204)
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${used.split('.')[1]}.`
    const wrong = {
      replayed: used,
      replayedByNumber: await signed({ sub: 'customer-3', jti: 'once' }),
      key: await signed({}, { key: 'another secret, that nobody here has' }),
      none,
      expired: await signed({}, { minutes: -2 }),
      long: await signed({}, { minutes: 60 }),
      audience: await signed({}, { audience: 'another' }),
      issuer: await signed({}, { issuer: 'https://elsewhere.example' }),
      noNumber: await signed({ jti: undefined }),
      nonsense: 'not.a.token',
    }
    for (const [why, token] of Object.entries(wrong)) {
      const browser = come()
      const response = await link(browser, token)
      expect([why, response.status, browser.cookie]).toEqual([why, 401, null])
      expect(await response.json()).toMatchObject({ code: 'account-token' })
    }
  })

  it('is another person than whoever came by a link and has an account of their own', async () => {
    const { path } = await offered(house.newcomer(), 'un poème sur Denise')
    const browser = come()
    await open(browser, path, { carry: '1' })
    expect((await link(browser, await signed({ sub: 'denise' }))).status).toBe(204)
    expect(JSON.stringify(await browser.messages())).toContain('Denise')
    expect((await link(browser, await signed({ sub: 'her-son' }))).status).toBe(204)
    expect(JSON.stringify(await browser.messages())).not.toContain('Denise')
  })
})

describe('an entry link', () => {
  const sourcesOf = async (contact: string) =>
    (
      await house.connection.query<{ referral: string | null }>(
        "select data->>'referral' as referral from event where contact_id = $1 and kind = 'message.received' order by seq",
        [contact],
      )
    ).map(({ referral }) => referral)

  it('leads to the number with the first words written, and says where its customer comes from', async () => {
    const went = await open(come(), '/go/metro')
    expect(went.status).toBe(302)
    const words = new URL(went.location ?? '').searchParams.get('text') ?? ''
    const user = house.newcomer()
    user.sendText(words)
    await house.until('an answer', () => user.received.length > 0)
    expect(await sourcesOf((await house.contactOf(user)).id)).toEqual(['affiche-metro'])
    expect((await open(come(), '/go/none')).status).toBe(404)
  })

  it('leads to the page, and is kept with the first post', async () => {
    expect((await open(come(), '/go/flyer')).location).toBe('../chat/site?from=flyer')
    const browser = come()
    for (const [n, text] of ['Bonjour', 'Rebonjour'].entries())
      expect((await browser.post({ id: `from-flyer-${n}`, text, from: 'flyer' })).status).toBe(202)
    await house.until('both', async () => (await browser.messages()).filter(({ by }) => by === 'me').length === 2)
    const [row] = await house.connection.query<{ id: string }>("select contact_id as id from message where content->>'text' = 'Rebonjour'")
    expect(await sourcesOf(row?.id ?? '')).toEqual(['flyer', null])
  })
})

it('counts every step', async () => {
  const metrics = await (await fetch(`${house.url}/metrics`)).text()
  for (const how of ['offered', 'opened', 'coded', 'returned', 'linked', 'unlinked'])
    expect(metrics).toMatch(new RegExp(`relais_crossings_total\\{channel="\\w+",how="${how}"\\} [1-9]`))
})

it('asks everybody for the code where relais.yaml says so', async () => {
  const strict = await openBusiness({
    env: { PUBLIC_URL: PUBLIC },
    changed: { 'relais.yaml': (text) => `${withSite(text)}bridge: { code: always }\n` },
  })
  try {
    const user = strict.newcomer()
    user.sendText('écris-moi un poème sur la mer')
    const [path] = await strict.until('the link', () => JSON.stringify(user.received).match(/\/l\/[\w-]{32}/))
    const response = await fetch(`${strict.url}${path}`, { headers: { 'accept-language': 'fr' } })
    expect(await response.text()).toContain('M’envoyer un code')
    const body = new URLSearchParams({ carry: '1' })
    const asked = await fetch(`${strict.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'same-origin' },
      body,
    })
    expect([asked.status, asked.headers.getSetCookie()]).toEqual([200, []])
    await strict.until('the code', () => user.received.some(({ text }) => /^\d{6} /.test(text ?? '')))
  } finally {
    await strict.close()
  }
})
