import { describe, expect, it } from 'vitest'
import { NOON, stillClock } from '../../tests/support/rooms.ts'
import { asId, type DecisionId, type EventId } from '../core/ids.ts'
import { silentLog } from '../core/ports.ts'
import type { JournalEntry } from '../core/reading.ts'
import { createStream, frameOf, type StreamOptions } from './stream.ts'

const place = (seq: number) => String(seq).padStart(10, '0')
const entry = (seq: number, change: Partial<JournalEntry> = {}): JournalEntry => ({
  seq,
  position: place(seq),
  id: asId<EventId>(`evt_${seq}`),
  kind: 'message.read',
  at: NOON,
  contactId: null,
  conversationId: null,
  channel: null,
  messageId: null,
  decisionId: null,
  data: null,
  ...change,
})

/** A journal in memory, and a stream over it; `until(text)` reads a listener until it was told `text`. */
const open = (options: StreamOptions = {}) => {
  const clock = stillClock(NOON)
  const journal: JournalEntry[] = []
  let reads = 0
  const reading = {
    journal: async (after: string, limit: number) => {
      reads += 1
      const entries = journal.filter((one) => one.position > after).slice(0, limit)
      return { entries, position: entries.at(-1)?.position ?? after }
    },
    journalPosition: async (seq: number | null) => (seq === null ? (journal.at(-1)?.position ?? place(0)) : place(seq)),
  }
  const stream = createStream(reading, clock, silentLog, options)
  const listen = async (last: string | null) => {
    const reader = (await stream.open(last)).getReader()
    let heard = ''
    const until = async (text: string): Promise<string> => {
      while (!heard.includes(text)) {
        const next = await reader.read()
        if (next.done) return heard
        heard += new TextDecoder().decode(next.value)
      }
      return heard
    }
    return { until, leave: () => reader.cancel() }
  }
  /** Lets what is under way come to rest. */
  const rest = async () => {
    for (let n = 0; n < 50; n++) await Promise.resolve()
  }
  return { clock, journal, stream, listen, rest, reads: () => reads }
}
const seqs = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map((found) => Number(found[1]))

describe('a frame', () => {
  it('tells a decision before its message, and only the message moves the place', () => {
    const frame = frameOf(entry(7, { kind: 'message.queued', decisionId: asId<DecisionId>('dec_1') }))
    expect(frame.match(/^(id|event): .*$/gm)).toEqual(['event: decision.made', 'id: 7', 'event: message.queued'])
    expect(JSON.parse(frame.split('data: ').at(-1) ?? '')).toMatchObject({ kind: 'message.queued', decisionId: 'dec_1' })
  })

  it('keeps what is the house’s own to itself', () => {
    expect(frameOf(entry(1, { kind: 'journey.ended' }))).toBe('')
  })
})

describe('the stream', () => {
  it('begins now, and tells what comes', async () => {
    const { clock, journal, listen, rest } = open()
    journal.push(entry(1))
    const listener = await listen(null)
    await listener.until('from now')
    await rest()
    journal.push(entry(2))
    clock.advance(200)
    expect(seqs(await listener.until('id: 2'))).toEqual([2])
  })

  it('resumes after the last id, over many pages, each line once and in order', async () => {
    const { clock, journal, listen, rest } = open()
    for (let seq = 1; seq <= 1_700; seq++) journal.push(entry(seq))
    const early = await listen(null)
    await early.until('from now')
    await rest()
    const listener = await listen('3')
    await listener.until('id: 1700')
    await rest()
    journal.push(entry(1_701))
    clock.advance(200)
    const all = seqs(await listener.until('id: 1701'))
    expect(all).toEqual(Array.from({ length: 1_698 }, (_, n) => n + 4))
    expect(seqs(await early.until('id: 1701'))).toEqual([1_701])
  })

  it('reads the journal once for all its listeners, and not at all for none', async () => {
    const { clock, journal, listen, rest, reads, stream } = open()
    const listeners = await Promise.all(Array.from({ length: 20 }, () => listen(null)))
    for (const listener of listeners) await listener.until('from now')
    await rest()
    const before = reads()
    journal.push(entry(1))
    clock.advance(200)
    for (const listener of listeners) await listener.until('id: 1')
    expect(reads() - before).toBe(1)
    for (const listener of listeners) await listener.leave()
    const last = reads()
    clock.advance(10_000)
    await rest()
    expect([reads() - last, stream.listeners()]).toEqual([0, 0])
  })

  it('cuts off who does not read, and lets the others go on', async () => {
    const { clock, journal, listen, rest, stream } = open({ buffer: 2_000 })
    const slow = await listen(null)
    const quick = await listen(null)
    await slow.until('from now')
    await quick.until('from now')
    await rest()
    for (let seq = 1; seq <= 30; seq++) {
      journal.push(entry(seq))
      clock.advance(200)
      await quick.until(`id: ${seq}\n`)
      await rest()
    }
    expect(stream.listeners()).toBe(1)
    const heard = seqs(await slow.until('id: 30\n'))
    expect(heard.length).toBeLessThan(30)
    expect(heard).toEqual(heard.map((_, n) => n + 1))
  })

  it('beats while nothing happens', async () => {
    const { clock, listen, rest } = open({ heartbeatMs: 1_000 })
    const listener = await listen(null)
    await listener.until('from now')
    await rest()
    clock.advance(1_000)
    expect(await listener.until(': beat')).toContain(': beat')
  })
})
