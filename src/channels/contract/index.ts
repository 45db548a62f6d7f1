/**
 * What every connector must keep, whatever it connects to. A connector's test calls `channelContract` with itself and its fixtures; a case
 * it cannot keep is skipped by name, with the reason.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Address } from '../../core/address.ts'
import type { Abilities, Channel, OpenChannel, Outgoing, Tools } from '../../core/channel.ts'
import type { Content } from '../../core/content.ts'
import type { Inbound } from '../../core/event.ts'
import { fitContent } from '../../core/fitting.ts'
import { type AttemptId, asId } from '../../core/ids.ts'
import type { RefusalClass, SendResult } from '../../core/outcome.ts'
import type { Log, LogFields } from '../../core/ports.ts'
import { expected, type Fixture, loadFixtures, stringsIn } from './fixtures.ts'
import { type Answer, fetchFrom, openProvider, type Provider } from './provider.ts'
import { toolsWith } from './tools.ts'

export type Case =
  | 'fixtures'
  | 'signature'
  | 'hostile'
  | 'batches'
  | 'identities'
  | 'echoes'
  | 'accepted'
  | 'refusals'
  | 'uncertain'
  | 'unsent'
  | 'capabilities'
  | 'fitting'
  | 'logs'

export type Subject = {
  readonly channel: Channel
  readonly make: (tools: Tools) => OpenChannel & Abilities
  /** What may never be logged. */
  readonly secrets: readonly string[]
  /** A webhook request as the provider would sign it. */
  readonly sign: (body: Uint8Array) => Request
  /** Several webhooks as one. */
  readonly merge: (bodies: readonly unknown[]) => unknown
  readonly fixtures: URL
  readonly to: Address
  /** The provider's yes, and the id it gives the message. */
  readonly accepted: Answer & { readonly vendorId: string }
  /** Every refusal the provider documents. */
  readonly refusals: readonly {
    readonly name: string
    readonly answer: Answer
    readonly result: { readonly type: SendResult['type']; readonly class?: RefusalClass; readonly afterMs?: number }
  }[]
  readonly skip?: readonly { readonly case: Case; readonly reason: string }[]
}

const SECRET_WORDS = 'Mon numéro de carte est secret'

type Line = { readonly event: string; readonly fields: LogFields | undefined }
const recordLog = (lines: Line[]): Log => {
  const write = (event: string, fields?: LogFields) => void lines.push({ event, fields })
  return { debug: write, info: write, warn: write, error: write }
}

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const idOf = (event: Inbound): string => `${event.vendorId} ${event.kind}`
const ended = (event: Inbound): boolean => event.kind === 'message' || event.kind === 'edit'

export const channelContract = (subject: Subject): void => {
  const { channel, make, sign, fixtures: folder } = subject
  const fixtures = loadFixtures(folder)
  const lines: Line[] = []
  const over = (fetch: Tools['fetch']): Tools => toolsWith({ fetch, log: recordLog(lines) })
  const closed = make(over(() => Promise.reject(new Error('receive() may not call out'))))
  const receiveBytes = (bytes: Uint8Array) => closed.receive(sign(bytes), bytes)
  const receive = (body: unknown) => receiveBytes(encode(body))
  const receiveText = (text: string) => receiveBytes(new TextEncoder().encode(text))
  const outgoing = (content: Content): Outgoing => ({
    attempt: asId<AttemptId>('att_contract'),
    to: subject.to,
    content,
    category: 'service',
    language: 'fr',
  })
  const words: Content = { type: 'text', text: SECRET_WORDS }
  const never = () => new AbortController().signal

  const rule = (name: Case, title: string, run: () => Promise<void> | void) => {
    const skipped = subject.skip?.find((one) => one.case === name)
    if (skipped) it.skip(`${title} (skipped: ${skipped.reason})`, run)
    else it(title, run)
  }
  const each = (name: Case, of: readonly Fixture[], title: (fixture: Fixture) => string, run: (fixture: Fixture) => Promise<void>) => {
    for (const fixture of of) rule(name, title(fixture), () => run(fixture))
  }

  describe(`${channel.kind}: what comes in`, () => {
    it('has fixtures', () => expect(fixtures.length).toBeGreaterThan(0))

    each(
      'fixtures',
      fixtures,
      ({ file, name }) => `${file}: ${name}`,
      async ({ body, events }) => {
        const received = await receive(body)
        expect(received.reply.status).toBe(200)
        expect(received.events).toEqual(expected(events))
      },
    )

    rule('signature', 'refuses a flipped byte, anywhere, with 401 and no events', async () => {
      for (const { body } of fixtures.slice(0, 20)) {
        const bytes = encode(body)
        const request = sign(bytes)
        for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
          const flipped = bytes.slice()
          flipped[at] = (flipped[at] ?? 0) ^ 1
          const { events, reply } = await closed.receive(request, flipped)
          expect({ status: reply.status, events }).toEqual({ status: 401, events: [] })
        }
      }
    })

    rule('signature', 'refuses a call without a signature', async () => {
      const bytes = encode(fixtures[0]?.body)
      const { events, reply } = await closed.receive(new Request('https://relais.example/webhooks/x', { method: 'POST' }), bytes)
      expect({ status: reply.status, events }).toEqual({ status: 401, events: [] })
    })

    rule('hostile', 'answers a truncated body with 400 and no events, and never throws', async () => {
      for (const { body } of fixtures) {
        const text = JSON.stringify(body)
        for (const part of [0.1, 0.5, 0.9]) {
          const { events, reply } = await receiveText(text.slice(0, Math.floor(text.length * part)))
          expect({ status: reply.status, events }).toEqual({ status: 400, events: [] })
        }
      }
      expect((await receiveText('')).reply.status).toBe(400)
    })

    rule('hostile', 'takes any JSON at all, in any place, without throwing, and lets no hostile character in', async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...fixtures), fc.infiniteStream(fc.nat()), hostile, async ({ body }, picks, value) => {
          const changed = replaceSomewhere(body, value, () => picks.next().value ?? 0)
          const { events, reply } = await receive(changed)
          expect(reply.status).toBe(200)
          for (const text of stringsIn(events)) expect(text.isWellFormed() && !text.includes('\0')).toBe(true)
          for (const event of events) expect(Number.isSafeInteger(event.at) && event.vendorId.length > 0).toBe(true)
        }),
        { numRuns: 400 },
      )
    })

    rule('hostile', 'takes nesting deeper than the stack, in any object', async () => {
      const deep = `{"deep":${'['.repeat(10_000)}${']'.repeat(10_000)},`
      for (const { body } of fixtures.slice(0, 8)) {
        const text = JSON.stringify(body).replace(/\{(?=")/g, deep)
        expect((await receiveText(text)).reply.status).toBe(200)
      }
    })

    rule('batches', 'keeps count and order in a batch of everything', async () => {
      const bodies = fixtures.map(({ body }) => body)
      const alone = await Promise.all(bodies.map(async (body) => (await receive(subject.merge([body]))).events))
      const together = await receive(subject.merge(bodies))
      expect(together.events).toEqual(alone.flat())
    })

    rule('identities', 'gives the same event the same identity every time, and different events different ones', async () => {
      for (const { body } of fixtures) {
        const [first, second] = [await receive(body), await receive(body)]
        const ids = first.events.map(idOf)
        expect(second.events.map(idOf)).toEqual(ids)
        expect(new Set(ids).size).toBe(ids.length)
      }
    })

    each(
      'echoes',
      fixtures.filter(({ echo }) => echo),
      ({ file }) => `${file}: what the business wrote itself is not inbound`,
      async ({ body }) => {
        expect((await receive(body)).events.filter(ended)).toEqual([])
      },
    )
  })

  describe(`${channel.kind}: what goes out`, () => {
    let provider: Provider
    let open: OpenChannel & Abilities
    const send = (content: Content, signal = never()) => open.send(outgoing(content), signal)
    beforeAll(async () => {
      provider = await openProvider()
      open = make(over(fetchFrom(`http://127.0.0.1:${provider.port}`)))
    })
    beforeEach(() => provider.behave(subject.accepted))
    afterAll(() => provider.close())

    rule('accepted', 'is accepted by the provider’s own id', async () => {
      expect(await send(words)).toEqual({ type: 'accepted', vendorId: subject.accepted.vendorId })
      expect(provider.heard.at(-1)?.body).toContain(SECRET_WORDS)
    })

    rule('accepted', 'carries our attempt id where the table says that it comes back', async () => {
      await send(words)
      expect(provider.heard.at(-1)?.body.includes('att_contract')).toBe(channel.capabilities.echoesAttempt)
    })

    for (const { name, answer, result } of subject.refusals)
      rule('refusals', `${name}: ${result.type}${result.class ? `, ${result.class}` : ''}`, async () => {
        provider.behave(answer)
        const got = await send(words)
        expect(got.type).toBe(result.type)
        if (got.type !== 'refused' && got.type !== 'postponed') return
        if (result.class !== undefined) expect(got.refusal.class).toBe(result.class)
        if (result.afterMs !== undefined) expect(got.refusal.afterMs).toBe(result.afterMs)
        expect(got.refusal.remedy.fr.length).toBeGreaterThan(20)
        expect(got.refusal.remedy.en.length).toBeGreaterThan(20)
      })

    const garbled: readonly Answer[] = [
      ...[500, 502, 503, 504].map((status) => ({ status, body: '<html>Bad gateway</html>' })),
      { status: 200, body: '<html>OK</html>' },
      { status: 200, body: subject.accepted.body.slice(0, -4) },
      { status: 200, body: '' },
    ]
    for (const answer of garbled)
      rule('uncertain', `is unknown after ${answer.status} and ${JSON.stringify(answer.body.slice(0, 12))}`, async () => {
        provider.behave(answer)
        expect((await send(words)).type).toBe('unknown')
      })

    for (const behaviour of ['reset', 'cut'] as const)
      rule('uncertain', `is unknown after a ${behaviour} connection`, async () => {
        provider.behave(behaviour)
        expect((await send(words)).type).toBe('unknown')
      })

    rule('uncertain', 'is unknown where nobody answers in time', async () => {
      provider.behave('silent')
      const patience = new AbortController()
      const heard = provider.next()
      const sending = send(words, patience.signal)
      await heard
      patience.abort()
      expect((await sending).type).toBe('unknown')
    })

    rule('unsent', 'is postponed where the wait was over before the first byte', async () => {
      const before = provider.heard.length
      expect((await send(words, AbortSignal.abort())).type).toBe('postponed')
      expect(provider.heard.length).toBe(before)
    })

    const failing = (fetch: Tools['fetch']) => make(over(fetch)).send(outgoing(words), never())

    rule('unsent', 'is postponed where nobody listens', async () => {
      const gone = await openProvider()
      await gone.close()
      expect((await failing(fetchFrom(`http://127.0.0.1:${gone.port}`))).type).toBe('postponed')
    })

    rule('unsent', 'is postponed where the connection cannot be made safe', async () => {
      expect((await failing(fetchFrom(`https://127.0.0.1:${provider.port}`))).type).toBe('postponed')
    })

    rule('unsent', 'is postponed where the name has no address', async () => {
      const cause = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })
      expect((await failing(() => Promise.reject(new TypeError('fetch failed', { cause })))).type).toBe('postponed')
    })

    rule('unsent', 'is postponed after 429, for as long as asked', async () => {
      provider.behave({ status: 429, headers: { 'retry-after': '7' }, body: '' })
      expect(await send(words)).toMatchObject({ type: 'postponed', refusal: { afterMs: 7000 } })
    })

    rule('capabilities', 'can do what its table says, and says what it can do', () => {
      const { capabilities } = channel
      const media = Object.keys(capabilities.media).length > 0
      expect({
        templates: open.listTemplates !== undefined,
        standing: open.readStanding !== undefined,
        typing: open.markRead !== undefined,
        fetches: open.fetchMedia !== undefined,
        uploads: open.uploadMedia !== undefined,
      }).toEqual({
        templates: capabilities.templates,
        standing: capabilities.standing,
        typing: capabilities.typing,
        fetches: media,
        uploads: media,
      })
    })

    rule('fitting', 'sends over-long words and choices in pieces that it can carry', async () => {
      const long = 'Une phrase qui en dit long. '.repeat(Math.ceil((channel.capabilities.text * 2.5) / 28))
      const choices = Array.from({ length: 12 }, (_, index) => ({ id: `c${index}`, label: `Choix ${index}` }))
      const contents: readonly Content[] = [
        { type: 'text', text: long },
        { type: 'buttons', text: long, buttons: choices.slice(0, 2) },
        { type: 'list', text: long, button: 'Voir les choix possibles', rows: choices.slice(0, 9) },
        { type: 'buttons', text: 'Alors ?', buttons: choices },
        { type: 'link', text: long, label: 'Ouvrir la page de votre réservation', url: 'https://www.example.fr' },
      ]
      for (const content of contents)
        for (const part of fitContent(content, channel.capabilities)) expect((await send(part)).type).toBe('accepted')
      for (const { body } of provider.heard)
        for (const text of stringsIn(JSON.parse(body))) expect(text.length).toBeLessThanOrEqual(channel.capabilities.text)
    })

    rule('logs', 'writes no secret and no words of a person into the log', async () => {
      const kept = fixtures.flatMap(({ events }) => events.flatMap((event) => stringsIn(Object(event).content)))
      const forbidden = [...subject.secrets, SECRET_WORDS, ...kept.filter((text) => text.length > 12)]
      const written = JSON.stringify(lines)
      for (const text of forbidden) expect(written).not.toContain(text)
    })
  })
}

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    [],
    {},
    '',
    0,
    -1,
    1e300,
    true,
    '\0',
    '\ud800',
    '__proto__',
    'constructor',
    [null],
    [[]],
    { id: {} },
    { type: 'constructor' },
  ),
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
)

/** The same document with one value, anywhere in it, replaced. */
const replaceSomewhere = (value: unknown, by: unknown, pick: () => number): unknown => {
  if (typeof value !== 'object' || value === null || pick() % 12 === 0) return by
  const keys = Object.keys(value)
  const key = keys[pick() % Math.max(1, keys.length)]
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? replaceSomewhere(item, by, pick) : item))
  return { ...value, [key]: replaceSomewhere(Reflect.get(value, key), by, pick) }
}
