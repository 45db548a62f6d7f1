/** What every connector makes of a send, and of what the far end says, or does not say. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { Outgoing, Tools } from '../../core/channel.ts'
import type { Content } from '../../core/content.ts'
import { fitContent } from '../../core/fitting.ts'
import { type AttemptId, asId } from '../../core/ids.ts'
import { type Fixture, stringsIn } from './fixtures.ts'
import type { Line, Rule } from './index.ts'
import { type FarEnd, fetchFrom, type Heard, openProvider } from './provider.ts'
import type { Opened, Subject } from './subject.ts'

type Common = {
  readonly fixtures: readonly Fixture[]
  readonly over: (fetch: Tools['fetch']) => Tools
  readonly rule: Rule
  readonly lines: readonly Line[]
}

const SECRET_WORDS = 'Mon numéro de carte est secret'
const ATTEMPT = 'att_contract'

const words: Content = { type: 'text', text: SECRET_WORDS }
const never = () => new AbortController().signal
const jsonStrings = ({ body }: Heard): readonly string[] => stringsIn(JSON.parse(body))

/** What a broken HTTP server answers. */
const brokenHttp = ({ answer }: Subject['accepted']): NonNullable<Subject['garbled']> => [
  ...[500, 502, 503, 504].map((status) => ({ name: `${status}`, answer: { status, body: '<html>Bad gateway</html>' } })),
  { name: '200 and a page', answer: { status: 200, body: '<html>OK</html>' } },
  { name: 'a yes that was cut off', answer: { ...answer, body: answer.body.slice(0, -4) } },
  { name: '200 and nothing', answer: { status: 200, body: '' } },
]
const TOO_FAST: NonNullable<Subject['throttled']> = { answer: { status: 429, headers: { 'retry-after': '7' }, body: '' }, afterMs: 7000 }

/** A subject that brings no far end of its own speaks HTTP: its answers are `Answer`s. */
const speaksHttp = (subject: { readonly far?: unknown }): subject is Subject => subject.far === undefined

export const checkOutbound = <A>(subject: Subject<A>, common: Common): void => {
  if (speaksHttp(subject)) {
    const { garbled = brokenHttp(subject.accepted), throttled = TOO_FAST } = subject
    checkSends({ ...subject, far: openProvider, garbled, throttled }, common, true)
  } else checkSends(subject, common, false)
}

const checkSends = <A>(subject: Subject<A>, { fixtures, over, rule, lines }: Common, overHttp: boolean): void => {
  const { channel, make, far, said = jsonStrings, throttled } = subject
  let provider: FarEnd<A>
  let open: Opened
  const outgoing = (content: Content): Outgoing => ({
    attempt: asId<AttemptId>(ATTEMPT),
    to: subject.to,
    content,
    category: 'service',
    language: 'fr',
  })
  const send = (content: Content, signal = never()) => open.send(outgoing(content), signal)
  const openAt = (port: number, scheme = 'http') => make(over(fetchFrom(`${scheme}://127.0.0.1:${port}`)), port)
  const lastSaid = (): readonly string[] => {
    const heard = provider.heard.at(-1)
    return heard ? said(heard) : []
  }
  beforeAll(async () => {
    if (!far) throw new Error('A subject that does not speak HTTP brings its far end.')
    provider = await far()
    open = openAt(provider.port)
  })
  beforeEach(() => provider.behave(subject.accepted.answer))
  afterAll(() => provider.close())

  rule('accepted', 'is accepted by the provider’s own id', async () => {
    expect(await send(words)).toEqual({ type: 'accepted', vendorId: subject.accepted.vendorId })
    expect(lastSaid().some((text) => text.includes(SECRET_WORDS))).toBe(true)
  })

  if (channel.capabilities.echoesAttempt)
    rule('accepted', 'carries our attempt id, as the table says that it comes back', async () => {
      await send(words)
      expect(lastSaid().some((text) => text.includes(ATTEMPT))).toBe(true)
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

  for (const { name, answer } of subject.garbled ?? [])
    rule('uncertain', `is unknown after ${name}`, async () => {
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

  rule('unsent', 'is postponed where nobody listens', async () => {
    const gone = await openProvider()
    await gone.close()
    expect((await openAt(gone.port).send(outgoing(words), never())).type).toBe('postponed')
  })

  if (overHttp) {
    rule('unsent', 'is postponed where the connection cannot be made safe', async () => {
      expect((await openAt(provider.port, 'https').send(outgoing(words), never())).type).toBe('postponed')
    })

    rule('unsent', 'is postponed where the name has no address', async () => {
      const cause = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })
      const failing = make(
        over(() => Promise.reject(new TypeError('fetch failed', { cause }))),
        0,
      )
      expect((await failing.send(outgoing(words), never())).type).toBe('postponed')
    })
  }

  if (throttled)
    rule('unsent', 'is postponed where it was too fast, for as long as asked', async () => {
      provider.behave(throttled.answer)
      expect(await send(words)).toMatchObject({ type: 'postponed', refusal: { afterMs: throttled.afterMs } })
    })

  rule('capabilities', 'can do what its table says, and says what it can do', () => {
    const { capabilities } = channel
    const media = Object.keys(capabilities.media).length > 0
    expect({
      templates: open.listTemplates !== undefined,
      standing: open.readStanding !== undefined,
      typing: open.markRead !== undefined,
      listens: open.listen !== undefined,
      probes: open.probe !== undefined,
    }).toEqual({
      templates: capabilities.templates,
      standing: capabilities.standing,
      typing: capabilities.typing,
      listens: capabilities.listens ?? false,
      probes: capabilities.probes ?? false,
    })
    // A mailbox carries its files in the letter itself, and the house's own page has them from the house.
    if (!capabilities.listens && !capabilities.streams)
      expect([open.fetchMedia !== undefined, open.uploadMedia !== undefined]).toEqual([media, media])
  })

  const { probe } = subject
  if (channel.capabilities.probes) {
    const ask = (port = provider.port, signal = never()) => openAt(port).probe?.(signal)

    rule('probe', 'sends nothing where it asks the provider whether it answers, and is content where it does', async () => {
      if (!probe) throw new Error('A subject whose channel probes says what it is answered.')
      provider.behave(probe.yes)
      const before = provider.heard.length
      await ask()
      for (const heard of provider.heard.slice(before)) expect(heard.method).toBe('GET')
    })

    for (const { name, answer } of probe?.no ?? [])
      rule('probe', `throws after ${name}`, async () => {
        provider.behave(answer)
        await expect(ask()).rejects.toThrow()
      })

    rule('probe', 'throws where nobody answers in time, and where nobody listens', async () => {
      await expect(ask(provider.port, AbortSignal.abort())).rejects.toThrow()
      if (overHttp) {
        provider.behave('silent')
        await expect(ask(provider.port, AbortSignal.timeout(200))).rejects.toThrow()
      }
      const gone = await openProvider()
      await gone.close()
      await expect(ask(gone.port)).rejects.toThrow()
    })
  }

  rule('fitting', 'sends over-long words and choices in pieces that it can carry', async () => {
    const before = provider.heard.length
    const long = 'Une phrase qui en dit long. '.repeat(Math.ceil((Math.min(channel.capabilities.text, 20_000) * 2.5) / 28))
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
    for (const heard of provider.heard.slice(before))
      for (const text of said(heard)) expect(text.length).toBeLessThanOrEqual(channel.capabilities.text)
  })

  rule('logs', 'writes no secret and no words of a person into the log', async () => {
    const kept = fixtures.flatMap(({ events }) => events.flatMap((event) => stringsIn(Object(event).content)))
    const forbidden = [...subject.secrets, SECRET_WORDS, ...kept.filter((text) => text.length > 12)]
    const written = JSON.stringify(lines)
    for (const text of forbidden) expect(written).not.toContain(text)
  })
}
