import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { emptyReading, NOON, stillClock } from '../../tests/support/rooms.ts'
import type { Place, Places } from '../core/outgoing.ts'
import { silentLog } from '../core/ports.ts'
import type { JournalEntry, MessageView } from '../core/reading.ts'
import type { WebhookSetup } from '../core/workspace.ts'
import { OFF_AFTER_MS, startWebhook } from './webhook.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const secret = (n: number) => `whsec_${Buffer.alloc(32, n).toString('base64')}`

type Got = { readonly id: string; readonly headers: Headers; readonly body: string; readonly at: number }

const entryOf = (seq: number, kind: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
  seq,
  position: String(seq).padStart(4, '0'),
  id: `evt_${seq}` as never,
  kind,
  at: NOON,
  contactId: 'con_1' as never,
  conversationId: null,
  channel: 'whatsapp' as never,
  messageId: null,
  decisionId: null,
  data: { state: 'cut' },
  ...more,
})

const told = (n: number) => Promise.all(Array.from({ length: n }, () => new Promise((resolve) => setImmediate(resolve))))

/** A webhook, its journal, and who answers it. */
const open = (setup: Partial<WebhookSetup> = {}, alerts = false) => {
  const clock = stillClock(NOON)
  const journal: JournalEntry[] = []
  const got: Got[] = []
  const results: string[] = []
  const switchedOff: string[] = []
  let place: Place = { place: '', tries: 0, dueAt: 0, failingSince: null, offAt: null }
  let answer: (request: Request) => Promise<Response> = async () => new Response(null, { status: 204 })
  const places: Places = {
    lead: async () => true,
    read: async () => place,
    keep: async (_, next) => {
      place = { ...next, offAt: place.offAt }
    },
    switchOff: async (_, reason, at) => {
      place = { ...place, offAt: at }
      switchedOff.push(reason)
    },
  }
  const start = () =>
    startWebhook({
      setup: { id: 'crm', url: 'https://crm.example.fr/hook', secrets: [secret(1)], events: null, texts: false, ...setup },
      alerts,
      reading: {
        ...emptyReading,
        journal: async (after, limit) => {
          const entries = journal.filter(({ position }) => position > after).slice(0, limit)
          return { entries, position: entries.at(-1)?.position ?? after }
        },
        message: async () =>
          ({
            direction: 'in',
            author: 'customer',
            category: null,
            status: 'received',
            content: { type: 'text', text: 'Bonjour' },
          }) as MessageView,
      },
      places,
      fetch: async (request) => {
        got.push({
          id: request.headers.get('webhook-id') ?? '',
          headers: request.headers,
          body: await request.clone().text(),
          at: clock.now() - NOON,
        })
        return answer(request)
      },
      clock,
      log: silentLog,
      tried: (result) => results.push(result),
    })
  return {
    clock,
    journal,
    got,
    results,
    switchedOff,
    start,
    place: () => place,
    answers: (next: typeof answer) => {
      answer = next
    },
    /** Lets time pass, with what happens in it. */
    pass: async (ms: number) => {
      for (let left = ms; left > 0; left -= Math.min(left, Math.max(500, ms / 40))) {
        clock.advance(Math.min(left, Math.max(500, ms / 40)))
        await told(3)
        await told(30)
      }
    },
  }
}

describe('an outgoing webhook', () => {
  it('tells what it asked for, in order, signed by every secret over the very bytes', async () => {
    const hook = open({ events: ['channel.health-changed', 'decision.made'], secrets: [secret(1), secret(2)] })
    hook.journal.push(
      entryOf(1, 'channel.health-changed'),
      entryOf(2, 'message.received'),
      entryOf(3, 'message.queued', { decisionId: 'dec_1' as never }),
      entryOf(4, 'engine.thought', { decisionId: 'dec_2' as never }),
    )
    const loop = hook.start()
    await hook.pass(SECOND)
    await loop.stop()
    expect(hook.got.map(({ id }) => id)).toEqual(['evt_1', 'evt_3:decision'])
    const [first] = hook.got as [Got]
    expect(JSON.parse(first.body)).toMatchObject({
      type: 'channel.health-changed',
      timestamp: '2026-11-22T11:00:00.000Z',
      data: { id: 'evt_1', channel: 'whatsapp', data: { state: 'cut' } },
    })
    const signed = `evt_1.${first.headers.get('webhook-timestamp')}.${first.body}`
    const by = (n: number) => `v1,${createHmac('sha256', Buffer.alloc(32, n)).update(signed).digest('base64')}`
    expect(first.headers.get('webhook-signature')).toBe(`${by(1)} ${by(2)}`)
    expect(hook.place().place).toBe('0004')
  })

  it('never tells what was written, unless it is asked to', async () => {
    const entry = entryOf(1, 'message.received', { messageId: 'msg_1' as never })
    const silent = open()
    silent.journal.push(entry)
    const loop = silent.start()
    await silent.pass(SECOND)
    await loop.stop()
    expect(silent.got[0]?.body).not.toContain('Bonjour')
    const open2 = open({ texts: true })
    open2.journal.push(entry)
    const other = open2.start()
    await open2.pass(SECOND)
    await other.stop()
    expect(JSON.parse(open2.got[0]?.body ?? '')).toMatchObject({ data: { message: { content: { text: 'Bonjour' } } } })
  })

  it.each([
    ['a server error', async () => new Response(null, { status: 500 })],
    ['a redirect', async () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.example' } })],
    ['nobody there', async () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))],
    [
      'no answer in 15 s',
      (request: Request) =>
        new Promise<Response>((_, reject) => request.signal.addEventListener('abort', () => reject(new Error('aborted')))),
    ],
  ] as const)('is tried again after %s, and what comes after waits', async (_, failure) => {
    const hook = open()
    hook.journal.push(entryOf(1, 'message.received'), entryOf(2, 'message.received'))
    hook.answers(failure)
    const loop = hook.start()
    await hook.pass(16 * SECOND)
    hook.answers(async () => new Response(null, { status: 200 }))
    await hook.pass(6 * MINUTE)
    await loop.stop()
    const ids = hook.got.map(({ id }) => id)
    expect(ids.filter((id) => id === 'evt_1').length).toBeGreaterThan(1)
    expect(ids.slice(ids.indexOf('evt_2'))).toEqual(['evt_2'])
    expect(hook.place()).toMatchObject({ place: '0002', tries: 0, failingSince: null })
  })

  it('is tried after 5 s, 5 min, 30 min, 2 h, 5 h and 10 h, and switched off after five days', async () => {
    const hook = open()
    hook.journal.push(entryOf(1, 'message.received'))
    hook.answers(async () => new Response(null, { status: 503 }))
    const loop = hook.start()
    for (const ms of [10 * SECOND, 10 * MINUTE, 40 * MINUTE, 3 * HOUR, 6 * HOUR, 11 * HOUR]) await hook.pass(ms)
    const waits = hook.got.slice(1).map(({ at }, n) => (at - (hook.got[n]?.at ?? 0)) / SECOND)
    for (const [n, seconds] of [5, 300, 1800, 7200, 18_000].entries()) {
      expect(waits[n]).toBeGreaterThanOrEqual(seconds)
      expect(waits[n]).toBeLessThan(seconds * 1.6 + 2)
    }
    await hook.pass(OFF_AFTER_MS)
    expect(hook.switchedOff).toEqual(['status-503'])
    const before = hook.got.length
    await hook.pass(24 * HOUR)
    await loop.stop()
    expect(hook.got.length).toBe(before)
  })

  it('is switched off at once where it says that it is gone for good', async () => {
    const hook = open()
    hook.journal.push(entryOf(1, 'message.received'))
    hook.answers(async () => new Response(null, { status: 410 }))
    const loop = hook.start()
    await hook.pass(SECOND)
    await loop.stop()
    expect(hook.switchedOff).toEqual(['status-410'])
  })

  it('goes on after a restart where it was, and tells what was not told whole again', async () => {
    const hook = open()
    hook.journal.push(entryOf(1, 'message.received'), entryOf(2, 'message.received'))
    const first = hook.start()
    await hook.pass(SECOND)
    await first.stop()
    hook.journal.push(entryOf(3, 'message.received'))
    const second = hook.start()
    await hook.pass(SECOND)
    await second.stop()
    expect(hook.got.map(({ id }) => id)).toEqual(['evt_1', 'evt_2', 'evt_3'])
  })

  it('is told alerts where it is named for them, whatever else it asked for', async () => {
    const hook = open({ events: ['message.failed'] }, true)
    hook.journal.push(entryOf(1, 'alert'), entryOf(2, 'message.received'))
    const loop = hook.start()
    await hook.pass(SECOND)
    await loop.stop()
    expect(hook.got.map(({ id }) => id)).toEqual(['evt_1'])
  })
})
