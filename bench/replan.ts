/** A channel is cut with a backlog behind it: how fast no send starts there any more, and how fast what waits is planned anew on another. */

import { WHATSAPP } from '../tests/support/deciding.ts'
import { SMS, step } from '../tests/support/reaching.ts'
import { openTwo } from '../tests/support/two-channels.ts'
import { openBench } from './server.ts'

const PART = 200

export type Replanned = {
  /** Milliseconds from the word that it is cut (durable) to the last send that started there. */
  readonly lastStartMs: number
  /** Waiting messages planned anew, a second: from that word to the last decision. */
  readonly perSecond: number
  readonly moved: number
  readonly lost: number
  readonly doubled: number
  readonly disordered: number
}

/** Two messages to each of `people`, on a channel that sends one a second. */
export const measureReplan = async ({ people = 2_000 } = {}): Promise<Replanned> => {
  const bench = await openBench()
  const { connection, drop } = await bench.database()
  const two = await openTwo(connection, { steps: [step(WHATSAPP), step(SMS)], perSecond: { whatsapp: 10, sms: 1_000 } })
  const count = async (sql: string) =>
    (await connection.query<{ count: number }>(`select count(*)::int as count from ${sql}`))[0]?.count ?? 0
  const until = async (look: () => Promise<boolean>) => {
    while (!(await look())) await new Promise((done) => setTimeout(done, 20))
  }
  try {
    for (let from = 0; from < people; from += PART) {
      const some = await two.people(Math.min(PART, people - from))
      for (const n of [1, 2]) await two.notify(some, `numéro ${n}`)
    }
    await until(async () => (await count("message where direction = 'out'")) === 2 * people)
    await two.turns(WHATSAPP, 'cut')
    const cutAt = Date.now()
    await until(async () => (await count("outbox where channel = 'whatsapp'")) === 0)
    const seconds = (Date.now() - cutAt) / 1000
    const moved = await count('message where moved_to is not null')
    await until(async () => (await count('outbox')) === 0)
    const starts = two.given.filter(({ channel }) => channel === WHATSAPP).map(({ at }) => at - cutAt)
    const had = new Map<string, string[]>()
    for (const { to, content } of two.given)
      had.set(to.value, [...(had.get(to.value) ?? []), 'text' in content ? (content.text ?? '') : ''])
    const threads = [...had.values()]
    return {
      lastStartMs: Math.max(0, ...starts),
      perSecond: moved / seconds,
      moved,
      lost: 2 * people - threads.reduce((sum, texts) => sum + new Set(texts).size, 0),
      doubled: threads.reduce((sum, texts) => sum + texts.length - new Set(texts).size, 0),
      disordered: threads.filter((texts) => texts.join() !== [...texts].sort().join()).length,
    }
  } finally {
    await two.stop()
    await drop()
    await bench.close()
  }
}

if (import.meta.main) console.log(await measureReplan())
