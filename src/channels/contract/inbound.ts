/** What every connector makes of what comes in. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Tools } from '../../core/channel.ts'
import type { Inbound } from '../../core/event.ts'
import { expected, type Fixture, stringsIn } from './fixtures.ts'
import { hostile, replaceSomewhere } from './hostile.ts'
import type { Rule } from './index.ts'
import type { Case, Subject, Taken } from './subject.ts'

type Common = { readonly fixtures: readonly Fixture[]; readonly over: (fetch: Tools['fetch']) => Tools; readonly rule: Rule }
type Call = Pick<Fixture, 'at' | 'method'>

const jsonOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const idOf = (event: Inbound): string => `${event.vendorId} ${event.kind}`
const isSaid = (event: Inbound): boolean => event.kind === 'message' || event.kind === 'edit'
const nowhere = (method: string): Request => new Request('https://relais.example/webhooks/x', { method })

export const checkInbound = <A>(subject: Subject<A>, { fixtures, over, rule }: Common): void => {
  const { encode = jsonOf, sign, merge, truncation = 'noticed', provenBy = 'body' } = subject
  const closed = subject.make(
    over(() => Promise.reject(new Error('receive() may not call out'))),
    0,
  )
  const called = async (request: Request, body: Uint8Array): Promise<Taken> => {
    const { events, reply } = await closed.receive(request, body)
    return { status: reply.status, events }
  }
  const receiveBytes = (bytes: Uint8Array, call: Call): Promise<Taken> => {
    if (subject.receive) return subject.receive(closed, bytes, call)
    if (!sign) throw new Error('A subject either signs what it is called with, or receives by itself.')
    return called(sign(bytes, call), bytes)
  }
  const receive = (body: unknown, call: Call) => receiveBytes(encode(body), call)
  const receiveText = (text: string, call: Call) => receiveBytes(new TextEncoder().encode(text), call)
  const textOf = (body: unknown) => new TextDecoder().decode(encode(body))

  const each = (name: Case, of: readonly Fixture[], title: (fixture: Fixture) => string, run: (fixture: Fixture) => Promise<void>) => {
    for (const fixture of of) rule(name, title(fixture), () => run(fixture))
  }

  it('has fixtures', () => expect(fixtures.length).toBeGreaterThan(0))

  each(
    'fixtures',
    fixtures,
    ({ file, name }) => `${file}: ${name}`,
    async ({ body, events, ...call }) => {
      const received = await receive(body, call)
      expect(received.status).toBe(200)
      expect(received.events).toEqual(expected(events))
    },
  )

  if (sign && provenBy === 'body')
    rule('signature', 'refuses a flipped byte, anywhere, with 401 and no events', async () => {
      for (const { body, ...call } of fixtures.slice(0, 20)) {
        const bytes = encode(body)
        if (bytes.length === 0) continue
        for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
          const flipped = bytes.slice()
          flipped[at] = (flipped[at] ?? 0) ^ 1
          expect(await called(sign(bytes, call), flipped)).toEqual({ status: 401, events: [] })
        }
      }
    })

  if (sign && subject.tampered)
    rule('signature', 'refuses what was changed beside the body', async () => {
      for (const { body, ...call } of fixtures.slice(0, 20)) {
        const bytes = encode(body)
        for (const [name, request] of Object.entries(subject.tampered?.(bytes, call) ?? {}))
          expect({ name, ...(await called(request, bytes)) }).toEqual({ name, status: 401, events: [] })
      }
    })

  rule('signature', 'refuses a call without a signature', async () => {
    const { body, method = 'POST' } = fixtures[0] ?? {}
    expect(await called(nowhere(method), encode(body))).toEqual({ status: 401, events: [] })
  })

  rule('hostile', 'never throws on a truncated body, and takes nothing from one that can be told', async () => {
    for (const { body, ...call } of fixtures) {
      const text = textOf(body)
      for (const part of [0.1, 0.5, 0.9]) {
        const { status, events } = await receiveText(text.slice(0, Math.floor(text.length * part)), call)
        if (truncation === 'noticed') expect({ status, events }).toEqual({ status: 400, events: [] })
        else expect(status).toBe(200)
      }
    }
    expect((await receiveText('', fixtures[0] ?? {})).status).toBe(truncation === 'noticed' ? 400 : 200)
  })

  rule('hostile', 'takes any value at all, in any place, without throwing, and lets no hostile character in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fixtures), fc.infiniteStream(fc.nat()), hostile, async ({ body, ...call }, picks, value) => {
        const changed = replaceSomewhere(body, value, () => picks.next().value ?? 0)
        const { events, status } = await receive(changed, call)
        expect(status).toBe(200)
        for (const text of stringsIn(events)) expect(text.isWellFormed() && !text.includes('\0')).toBe(true)
        for (const event of events) expect(Number.isSafeInteger(event.at) && event.vendorId.length > 0).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  if (encode === jsonOf)
    rule('nesting', 'takes nesting deeper than the stack, in any object', async () => {
      const deep = `{"deep":${'['.repeat(10_000)}${']'.repeat(10_000)},`
      for (const { body, ...call } of fixtures.slice(0, 8)) {
        const text = JSON.stringify(body).replace(/\{(?=")/g, deep)
        expect((await receiveText(text, call)).status).toBe(200)
      }
    })

  if (merge)
    rule('batches', 'keeps count and order in a batch of everything', async () => {
      const bodies = fixtures.map(({ body }) => body)
      const alone = await Promise.all(bodies.map(async (body) => (await receive(merge([body]), {})).events))
      const together = await receive(merge(bodies), {})
      expect(together.events).toEqual(alone.flat())
    })

  rule('identities', 'gives the same event the same identity every time, and different events different ones', async () => {
    const all: string[] = []
    for (const { body, ...call } of fixtures) {
      const [first, second] = [await receive(body, call), await receive(body, call)]
      const ids = first.events.map(idOf)
      expect(second.events.map(idOf)).toEqual(ids)
      expect(new Set(ids).size).toBe(ids.length)
      all.push(...ids)
    }
    expect(all.length).toBeGreaterThan(0)
  })

  each(
    'echoes',
    fixtures.filter(({ echo }) => echo),
    ({ file }) => `${file}: what the business wrote itself is not inbound`,
    async ({ body, ...call }) => {
      expect((await receive(body, call)).events.filter(isSaid)).toEqual([])
    },
  )
}
