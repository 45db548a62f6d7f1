/** What a run must have come to: the provider's ledger and the phones against the store. Each fault is one sentence. */

import { isDeepStrictEqual } from 'node:util'
import type { WhatsAppSimulator } from '../../simulators/whatsapp/index.ts'
import { type Fields, isFields, listOf, textOf } from '../../simulators/wire.ts'
import type { AttemptId, MessageId } from '../../src/core/ids.ts'
import type { House } from '../../src/relay/index.ts'
import type { Shared } from '../../src/store/memory/index.ts'
import { planFaults } from './plan-oracles.ts'
import type { Second } from './second.ts'
import type { Witness } from './witness.ts'

export type Evidence = {
  readonly simulator: WhatsAppSimulator
  readonly shared: Shared
  readonly witness: Witness
  readonly judge: House['judge']
  readonly inLine: boolean
  readonly second: Second | null
}

/** Inbound messages the house answered 200 for: id, type, text, and when. */
const acknowledged = (simulator: WhatsAppSimulator) => {
  const found: { id: string; type: string; text: string; from: string; at: number }[] = []
  for (const { answer, answeredAt, body, signature } of simulator.ledger.webhooks) {
    if (answer !== 200 || signature !== 'good' || answeredAt === null) continue
    const parsed: unknown = JSON.parse(body)
    for (const entry of listOf(isFields(parsed) ? parsed.entry : [])) {
      for (const change of listOf(isFields(entry) ? entry.changes : [])) {
        const value: Fields = isFields(change) && isFields(change.value) ? change.value : {}
        for (const message of listOf(value.messages)) {
          if (!isFields(message)) continue
          const text = isFields(message.text) ? textOf(message.text.body) : ''
          const from = textOf(message.from) || textOf(message.from_user_id)
          found.push({ id: textOf(message.id), type: textOf(message.type), text, from, at: answeredAt })
        }
      }
    }
  }
  return found
}

/** These change a message or a person; they are none themselves. */
const NO_MESSAGE = new Set(['edit', 'revoke', 'system'])

const lostMessages = ({ simulator, shared }: Evidence): string[] => {
  const kept = new Set([...shared.messages.values()].filter((row) => row.direction === 'in').map((row) => row.vendorId as string))
  return acknowledged(simulator).flatMap(({ id, type, text }) =>
    NO_MESSAGE.has(type) || kept.has(id) ? [] : [`lost: ${type} “${text}” (${id}) was acknowledged and is nowhere`],
  )
}

const doubledMessages = ({ simulator, shared }: Evidence): string[] => {
  const shown = new Map<MessageId, number>()
  for (const { attempt } of simulator.ledger.shown()) {
    const message = shared.attempts.get(attempt as AttemptId)?.message
    if (message) shown.set(message, (shown.get(message) ?? 0) + 1)
  }
  return [
    ...simulator.ledger.doubled().map((attempt) => `doubled: attempt ${attempt} was shown twice`),
    ...[...shown].flatMap(([id, times]) => {
      const message = shared.messages.get(id)
      if (times === 1) return []
      return times === 2 && message?.duplicateRisk ? [] : [`doubled: ${id} was shown ${times} times, and is not flagged`]
    }),
  ]
}

const undecidedSends = ({ simulator, shared }: Evidence): string[] =>
  simulator.ledger.sends.flatMap(({ attempt, type }) => {
    if (type === 'read') return []
    const tried = shared.attempts.get(attempt as AttemptId)
    if (!tried) return [`undecided: the provider got attempt ${attempt}, which is not in the store`]
    return shared.decisions.has(tried.decision) ? [] : [`undecided: attempt ${attempt} has no decision`]
  })

/** The same rules say the same of what they decided on. */
const otherwise = ({ shared, judge }: Evidence): string[] =>
  [...shared.decisions.values()].flatMap(({ id, situation, at, outcome, rulings }) => {
    const again = judge(situation, at)
    const same = isDeepStrictEqual(
      JSON.parse(JSON.stringify([again.outcome, again.rulings])),
      JSON.parse(JSON.stringify([outcome, rulings])),
    )
    return same ? [] : [`otherwise: ${id} says ${outcome}, and judged again ${again.outcome}`]
  })

/** Marketing whose attempt was committed after an acknowledged STOP of that contact was taken in, and before anybody agreed again. */
const unwantedOffers = ({ simulator, shared, witness }: Evidence): string[] => {
  const rows = new Map([...shared.messages.values()].map((row) => [row.vendorId as string, row.id]))
  // Whose it was then: a person may have turned out to be another since.
  const taken = new Map(shared.events.filter((event) => event.kind === 'message.received').map((event) => [event.message, event]))
  const stops = acknowledged(simulator)
    .filter(({ type, text }) => type === 'text' && text === 'STOP')
    // It may be durable long before its acknowledgement: the first answer was lost, and the provider came again.
    .flatMap(({ id }) => taken.get(rows.get(id) ?? null) ?? [])
    .map(({ contact, received }) => ({ contact, at: received }))
  return simulator.ledger.sends.flatMap(({ attempt, body, to }) => {
    const template = isFields(body.template) ? textOf(body.template.name) : ''
    const committed = witness.committed.get(attempt as AttemptId)
    if (template !== 'offer' || !committed) return []
    const { at, contact } = committed
    const agreed = shared.consents.filter((row) => row.contact === contact && row.given && row.at <= at).map((row) => row.at)
    const stop = stops.find((one) => one.contact === contact && one.at < at && !agreed.some((when) => when >= one.at))
    return stop ? [`stop: an offer to ${to} was committed at ${at}, after STOP was taken in at ${stop.at}`] : []
  })
}

/**
 * Echoes are given to the platform in the order their messages came, for each phone: which of two it shows first is the platform's affair. What an engine was asked first comes when the engine is done, and what the
 * provider put off for long when its time comes: outside the line.
 */
const disorder = ({ simulator, shared, inLine }: Evidence): string[] => {
  if (!inLine) return []
  const arrived = new Map<string, number>()
  for (const { kind, message } of shared.events) {
    const row = kind === 'message.received' && message ? shared.messages.get(message) : undefined
    if (row?.content.type === 'text') arrived.set(row.content.text, arrived.size)
  }
  const putOff = new Set(
    shared.events.flatMap(({ kind, message }) => {
      const row = kind === 'message.postponed' && message ? shared.messages.get(message) : undefined
      return row?.content.type === 'text' ? [row.content.text] : []
    }),
  )
  const given = new Map(simulator.ledger.sends.map(({ wamid, n }) => [wamid, n]))
  const rank = ({ id }: { readonly id: string }) => given.get(id) ?? 0
  return simulator.users().flatMap((user) => {
    let last = -1
    const faults: string[] = []
    const echoed = new Set<string>()
    for (const line of user.received.toSorted((a, b) => rank(a) - rank(b))) {
      const text = /^Reçu : (numéro \d+)$/.exec('text' in line ? String(line.text) : '')?.[1]
      const order = text === undefined ? undefined : arrived.get(text)
      if (text === undefined || order === undefined || echoed.has(text) || putOff.has(`Reçu : ${text}`)) continue
      echoed.add(text)
      if (order < last) faults.push(`order: ${user.person.name} is sent the answer to “${text}” after that to a later message`)
      last = Math.max(last, order)
    }
    return faults
  })
}

/** Everything came to rest: nothing waits but for a time to come. */
const unrest = ({ shared, simulator }: Evidence, now: number): string[] => [
  ...[...shared.outbox.values()].map(
    (row) => `unrest: ${row.message} is still ${row.state} in the outbox (due ${row.dueAt - now} ms, ${row.waitRule})`,
  ),
  ...[...shared.pending.values()].filter((row) => row.dueAt <= now).map((row) => `unrest: ${row.kind} ${row.id} is due and undecided`),
  ...[...shared.jobs.values()].map((job) => `unrest: job ${job.kind} ${job.id} is left to ${job.worker}`),
  ...[...shared.attempts.values()].filter((row) => row.result === null).map((row) => `unrest: attempt ${row.id} was never settled`),
  ...[...shared.messages.values()]
    .filter((row) => row.status === 'queued' || row.status === 'sending')
    .map((row) => `unrest: ${row.id} says ${row.status} and is in no line`),
  ...[...shared.poison.values()].map((row) => `poison: ${row.kind} ${row.id}: ${row.error}`),
  ...[...shared.receipts.values()].map((row) => `unrest: a receipt of ${row.target} was never joined`),
  ...(simulator.webhooks.waiting() ? [`unrest: ${simulator.webhooks.waiting()} webhooks wait`] : []),
]

export const judgeRun = (evidence: Evidence, now: number): readonly string[] => [
  ...evidence.witness.faults,
  ...lostMessages(evidence),
  ...doubledMessages(evidence),
  ...undecidedSends(evidence),
  ...otherwise(evidence),
  ...unwantedOffers(evidence),
  ...disorder(evidence),
  ...unrest(evidence, now),
  ...(evidence.second ? planFaults(evidence, evidence.second) : []),
]
