/** Promises 2 and 4 against a provider that fails, repeats itself and talks out of order: its ledger against ours, after each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { type Crew, openCrew } from './crew.ts'
import { compare, FAULTLESS } from './oracle.ts'

type Kind = Parameters<Crew['whatsapp']['faults']['next']>[1]
type Detail = Parameters<Crew['whatsapp']['faults']['next']>[2]

let database: FreshDatabase
let crew: Crew
let count = 0
beforeAll(async () => {
  database = await freshDatabase()
  crew = await openCrew({ databaseUrl: database.connectionString, reconcileMs: 3_000 })
  await crew.start()
})
afterAll(async () => {
  await crew.close()
  await database.drop()
})

const answersTo = (text: string) =>
  crew.whatsapp.ledger.sends.filter((send) => JSON.stringify(send.body).includes(`Reçu : ${text}`) && send.type === 'text')
const shownOf = (text: string) => crew.whatsapp.ledger.shown().filter((send) => JSON.stringify(send.body).includes(`Reçu : ${text}`))

/** A new person writes, and the first answer meets the fault. */
const meet = async (kind: Kind, detail: Detail = {}): Promise<{ user: User; text: string }> => {
  count += 1
  const [user, text] = [crew.customer(), `essai ${kind} ${count}`]
  crew.whatsapp.faults.next(1, kind, detail)
  user.sendText(text)
  await crew.until(`a send that meets ${kind}`, () => answersTo(text).some((send) => send.fault === kind))
  return { user, text }
}
type Row = { status: string; risk: boolean; refusal: { code: string } | null; tries: number }
const messageOf = async (text: string): Promise<Row | undefined> => {
  const [row] = await crew.connection.query<Row>(
    `select status, duplicate_risk as risk, refusal, (select count(*)::int from attempt a where a.message_id = m.id) as tries
     from message m where direction = 'out' and content->>'text' = $1`,
    [`Reçu : ${text}`],
  )
  return row
}
const delivered = (text: string) =>
  crew.until(`${text} delivered`, async () => ((await messageOf(text))?.status === 'delivered' ? messageOf(text) : null), 60_000)

/** The first answer to each of these meets its fault. All at once, for some take long to be known; those tried again soonest come last. */
const FAULTS: readonly { readonly kind: Kind; readonly detail?: Detail }[] = [
  { kind: 'timeout' },
  { kind: 'accepted-timeout' },
  { kind: 'accepted-reset' },
  { kind: 'accepted-500' },
  { kind: 'truncated' },
  { kind: 'slow' },
  { kind: 'statuses-first' },
  { kind: '500' },
  { kind: '502' },
  { kind: '503' },
  { kind: 'html' },
  { kind: 'reset' },
  { kind: 'error', detail: { code: 131056 } },
  { kind: 'too-many', detail: { retryAfter: 2 } },
]

describe('promise 4: no send is repeated blindly', () => {
  const texts = new Map<Kind, string>()
  beforeAll(async () => {
    for (const { kind, detail } of FAULTS) texts.set(kind, (await meet(kind, detail)).text)
  })

  // The refusal proves that nothing went: tried again, never flagged.
  it.each<Kind>(['too-many', 'error'])('%s: tried again when the provider allows it', async (kind) => {
    const text = texts.get(kind) ?? ''
    expect(await delivered(text)).toMatchObject({ risk: false, tries: 2 })
    const [first, second] = answersTo(text)
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2_000)
    expect(shownOf(text)).toHaveLength(1)
  })

  // Nobody can tell whether it went, also where the platform says "unavailable" in its own words: unknown, then once more and flagged.
  it.each<Kind>(['500', '502', '503', 'html', 'reset', 'timeout'])('%s: unknown, resent once and flagged', async (kind) => {
    const text = texts.get(kind) ?? ''
    expect(await delivered(text)).toMatchObject({ risk: true, tries: 2 })
    expect(shownOf(text)).toHaveLength(1)
  })

  // The answer is lost, the message is not: receipts bearing the attempt say so, and nothing is sent again.
  it.each<Kind>(['accepted-reset', 'accepted-500', 'truncated', 'statuses-first', 'slow', 'accepted-timeout'])(
    '%s: known by its receipts, not sent again',
    async (kind) => {
      const text = texts.get(kind) ?? ''
      await delivered(text)
      const line = "select 1 from outbox o join message m on m.id = o.message_id where m.content->>'text' = $1"
      await crew.until('its line free', async () => (await crew.connection.query(line, [`Reçu : ${text}`])).length === 0, 40_000)
      expect(await messageOf(text)).toMatchObject({ status: 'delivered', risk: false, tries: 1 })
      expect(shownOf(text)).toHaveLength(1)
    },
  )

  it('a refusal told later by receipt: failed, with the reason, and not sent again', async () => {
    const { text } = await meet('fails-later', { code: 131026 })
    const row = await crew.until('the failure', async () => ((await messageOf(text))?.status === 'failed' ? messageOf(text) : null))
    expect(row).toMatchObject({ refusal: { code: '131026' }, tries: 1 })
    expect(shownOf(text)).toEqual([])
  })

  it('lost answer and lost receipts: resent and flagged, so that the doubled one is told', async () => {
    crew.whatsapp.faults.next(2, 'missing', { on: 'statuses' })
    const { text } = await meet('accepted-reset')
    await crew.until('the second', () => shownOf(text).length === 2)
    expect(await delivered(text)).toMatchObject({ risk: true, tries: 2 })
  })

  it('and the ledgers agree', async () => {
    await crew.rest()
    expect(await compare(crew.whatsapp, crew.connection)).toMatchObject(FAULTLESS)
  })
})

describe('promise 2: a webhook delivered a hundred times has one effect, and a status never goes back', () => {
  it('a message a hundred times at once: stored once, answered once', async () => {
    const [user, text] = [crew.customer(), 'cent fois']
    const before = crew.answers.length
    crew.whatsapp.faults.next(1, 'duplicate', { times: 100, on: 'messages' })
    user.sendText(text)
    await crew.until('a hundred answers', () => crew.answers.length >= before + 100)
    await crew.rest()
    expect(shownOf(text)).toHaveLength(1)
    expect(await crew.connection.query("select id from message where content->>'text' = $1", [text])).toHaveLength(1)
  })

  it('receipts doubled, shuffled, late: the last word is the highest, and each is told once', async () => {
    const { faults } = crew.whatsapp
    faults.chance('duplicate', 0.3, { times: 5, on: 'statuses' })
    faults.chance('disordered', 0.3, { on: 'statuses' })
    faults.chance('late', 0.1, { ms: 700, on: 'statuses' })
    const users = Array.from({ length: 40 }, () => crew.customer())
    for (const [n, user] of users.entries()) {
      user.readAtOnce()
      user.sendText(`lu ${n}`)
    }
    await crew.until('all shown', () => users.every((user) => user.received.length === 1))
    faults.clear()
    await crew.rest()
    const rows = await crew.connection.query<{ status: string; told: number }>(
      `select m.status, (select count(*)::int from event e where e.message_id = m.id and e.kind = 'message.read') as told
       from message m where m.direction = 'out' and m.content->>'text' like 'Reçu : lu %'`,
    )
    expect(rows).toEqual(users.map(() => ({ status: 'read', told: 1 })))
  })

  it('receipts a provider never told leave the message accepted, and nothing waits for them', async () => {
    crew.whatsapp.faults.next(2, 'missing', { on: 'statuses' })
    const [user, text] = [crew.customer(), 'sans reçus']
    user.sendText(text)
    await crew.until('it shown', () => shownOf(text).length === 1)
    await crew.until('it accepted', async () => (await messageOf(text))?.status === 'accepted')
    user.sendText('et après')
    await crew.until('the next one shown', () => shownOf('et après').length === 1)
    expect(await compare(crew.whatsapp, crew.connection)).toMatchObject(FAULTLESS)
  })
})
