/** What the provider's ledger says against what our database says. The provider's is the truth: only what a phone showed took effect. */

import type { WhatsAppSimulator } from '../../simulators/whatsapp/index.ts'
import type { Connection } from '../../src/store/connection.ts'

export type Findings = {
  /** Inbound messages answered 200. */
  readonly acknowledged: number
  /** Acknowledged, and nowhere in the database. */
  readonly lost: readonly string[]
  /** Acknowledged, their answer neither shown nor told as unknown, held, refused or failed, nor does anybody wait for a person. */
  readonly silent: readonly string[]
  /** Shown more than once without the flag that says so. */
  readonly doubled: readonly string[]
  /** Shown before the answer to a message of the same person that was acknowledged before this one's was told at all. */
  readonly disordered: readonly string[]
  /** Sends that no committed attempt with its decision stands behind. */
  readonly unaccounted: readonly string[]
  readonly flagged: number
  readonly parked: number
}

// A send that stays unknown hands its conversation to people: from then on no machine answers there.
const INBOUND = `
select m.vendor_id as id, m.content->>'text' as text, v.owner = 'agents' and exists (
  select 1 from event e where e.contact_id = v.contact_id and e.kind = 'alert' and e.data->>'about' = 'send-unknown') as waits
from message m join conversation v on v.id = m.conversation_id where m.direction = 'in'`
const OUTBOUND = `
select m.content->>'text' as text, m.status, m.duplicate_risk as risk from message m where m.direction = 'out'`
const ATTEMPTS = 'select a.id from attempt a join decision d on d.id = a.decision_id'

/** For a workspace that echoes: the answer to `x` is `Reçu : x`, and no text is written twice. */
export const compare = async (whatsapp: WhatsAppSimulator, connection: Connection): Promise<Findings> => {
  const received = await connection.query<{ id: string; text: string; waits: boolean }>(INBOUND)
  const inbound = new Map(received.map((row) => [row.id, row.text]))
  const outbound = Map.groupBy(await connection.query<{ text: string; status: string; risk: boolean }>(OUTBOUND), (row) => row.text)
  const attempts = new Set((await connection.query<{ id: string }>(ATTEMPTS)).map((row) => row.id))

  const acknowledged = new Set(
    whatsapp.ledger.webhooks
      .filter((webhook) => webhook.answer === 200 && webhook.items.some((item) => !/:(sent|delivered|read|failed)$/.test(item)))
      .flatMap((webhook) => webhook.items),
  )
  const shown = Map.groupBy(whatsapp.ledger.shown(), (send) => textOf(send.body))
  const told = new Set(['unknown', 'held', 'refused', 'failed', 'cancelled'])
  const answers = received.filter((row) => !row.waits).map((row) => `Reçu : ${row.text}`)
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((id) => !inbound.has(id)),
    silent: answers.filter((text) => !shown.has(text) && !outbound.get(text)?.some((row) => told.has(row.status))),
    doubled: [...shown].filter(([text, sends]) => sends.length > 1 && !outbound.get(text)?.some((row) => row.risk)).map(([text]) => text),
    disordered: findDisorder(whatsapp, inbound),
    unaccounted: whatsapp.ledger.sends
      .filter((send) => send.type !== 'read' && (send.attempt === null || !attempts.has(send.attempt)))
      .map((send) => textOf(send.body)),
    flagged: [...outbound.values()].flat().filter((row) => row.risk).length,
    parked: [...outbound.values()].flat().filter((row) => row.status === 'unknown').length,
  }
}

export const FAULTLESS = { lost: [], silent: [], doubled: [], disordered: [], unaccounted: [] }

const findDisorder = (whatsapp: WhatsAppSimulator, inbound: ReadonlyMap<string, string>): string[] => {
  const told = new Map<string, { readonly at: number; readonly answeredAt: number }>(
    whatsapp.ledger.webhooks.flatMap(({ items, at, answeredAt }) =>
      items.flatMap((item) =>
        inbound.has(item) ? [[`Reçu : ${inbound.get(item)}`, { at, answeredAt: answeredAt ?? Infinity }] as const] : [],
      ),
    ),
  )
  const disordered = new Set<string>()
  for (const sends of Map.groupBy(whatsapp.ledger.shown(), (send) => send.to).values()) {
    const texts = [...new Set(sends.map((send) => textOf(send.body)))]
    for (const [n, text] of texts.entries())
      for (const later of texts.slice(n + 1)) {
        const [first, second] = [told.get(text), told.get(later)]
        if (first && second && second.answeredAt < first.at) disordered.add(text)
      }
  }
  return [...disordered]
}

const textOf = (body: Readonly<Record<string, unknown>>): string => {
  const { text } = body
  return typeof text === 'object' && text !== null && 'body' in text ? String(text.body) : ''
}
