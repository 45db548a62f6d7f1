/** What a run with reach plans must have come to: both providers' ledgers against the store. */
import type { WhatsAppSimulator } from '../../simulators/whatsapp/index.ts'
import type { AttemptId, ContactId, MessageId } from '../../src/core/ids.ts'
import type { Shared } from '../../src/store/memory/index.ts'
import type { Message } from '../../src/store/memory/shared.ts'
import { SECOND, type Second } from './second.ts'
import type { Witness } from './witness.ts'

type Evidence = { readonly simulator: WhatsAppSimulator; readonly shared: Shared; readonly witness: Witness; readonly inLine: boolean }

const movedOn = (shared: Shared): readonly (readonly [former: Message, next: Message])[] =>
  [...shared.messages.values()].flatMap((former) => {
    const next = former.movedTo === null ? undefined : shared.messages.get(former.movedTo)
    return next ? [[former, next] as const] : []
  })

/** Messages on a phone, however often, by any provider. */
const onPhones = ({ shared, simulator }: Evidence, second: Second): ReadonlySet<MessageId> =>
  new Set(
    [...simulator.ledger.shown().map(({ attempt }) => attempt as AttemptId), ...second.shown.map(({ attempt }) => attempt)].flatMap(
      (attempt) => shared.attempts.get(attempt)?.message ?? [],
    ),
  )

/** Both on the phone: it was flagged, it came late, or the provider never told that the first had come. */
const doubles = (evidence: Evidence, second: Second): string[] => {
  const seen = onPhones(evidence, second)
  return movedOn(evidence.shared).flatMap(([former, next]) =>
    seen.has(former.id) &&
    seen.has(next.id) &&
    !next.duplicateRisk &&
    former.lateAt === null &&
    (former.deliveredAt ?? former.readAt) !== null
      ? [`doubled: ${former.id} and ${next.id} are both on the phone; ${former.id} was told delivered, not late, and neither is flagged`]
      : [],
  )
}

/** Nothing goes on from a send of which nobody knows, but as possibly double. */
const blind = ({ shared }: Evidence): string[] =>
  movedOn(shared).flatMap(([former, next]) => {
    const tries = [...shared.attempts.values()].filter(({ message, at }) => message === former.id && at <= next.at)
    const told = former.sentAt ?? former.deliveredAt ?? former.readAt ?? former.failedAt
    const doubtful = tries.some(({ result, settledAt }) => result === 'unknown' || (settledAt ?? Number.POSITIVE_INFINITY) > next.at)
    return doubtful && told === null && !next.duplicateRisk ? [`blind: ${next.id} went on from ${former.id}, of which nobody knew`] : []
  })

/** Sent by SMS to somebody who had not agreed to it nor written there, when its attempt was committed. */
const unasked = ({ shared, witness }: Evidence, second: Second): string[] => {
  const lastWord = (contact: ContactId, category: string, at: number) =>
    shared.consents
      .filter((row) => row.contact === contact && row.channelKind === 'sms' && row.category === category && row.at <= at)
      .at(-1)?.given ?? false
  return second.sends.flatMap(({ attempt, text }) => {
    const committed = witness.committed.get(attempt)
    const message = shared.messages.get(shared.attempts.get(attempt)?.message ?? ('' as MessageId))
    if (!committed || !message?.reach?.relayed) return []
    const { contact, at } = committed
    const wrote = [...shared.messages.values()].some(
      (row) => row.contact === contact && row.direction === 'in' && row.channel === SECOND && row.at <= at,
    )
    const may = message.category === 'marketing' ? lastWord(contact, 'marketing', at) : wrote || lastWord(contact, 'service', at)
    return may ? [] : [`consent: “${text}” left by SMS for ${contact}, who had not agreed`]
  })
}

/** What a cut moved keeps its order: echoes by either channel, as they were given to the providers. */
const disorder = ({ shared, simulator, inLine, witness }: Evidence, second: Second): string[] => {
  if (!inLine) return []
  const given = new Map<AttemptId, number>([
    ...simulator.ledger.sends.map(({ attempt, n }) => [attempt as AttemptId, n] as const),
    ...second.sends.map(({ attempt, n }) => [attempt, n] as const),
  ])
  const arrived = new Map<string, number>()
  const astray = new Set<string>()
  for (const { kind, message, data } of shared.events) {
    const row = message ? shared.messages.get(message) : undefined
    if (row?.content.type !== 'text') continue
    if (kind === 'message.received') arrived.set(`Reçu : ${row.content.text}`, arrived.size)
    const why = data && 'why' in data ? String(data.why) : ''
    if (kind === 'message.postponed' || (kind === 'message.moved' && why !== 'cut' && why !== 'paused')) astray.add(row.content.text)
  }
  const sent = [...given]
    .flatMap(([attempt, n]) => {
      const tried = shared.attempts.get(attempt)
      const row = tried && shared.messages.get(tried.message)
      return row && tried.result === 'accepted' && row.content.type === 'text' && !row.duplicateRisk && !witness.aside.has(row.id)
        ? [{ n, contact: row.contact, text: row.content.text }]
        : []
    })
    .filter(({ text }) => /^Reçu : numéro \d+$/.test(text) && arrived.has(text) && !astray.has(text))
    .sort((a, b) => a.n - b.n)
  const last = new Map<ContactId, number>()
  return sent.flatMap(({ contact, text }) => {
    const order = arrived.get(text) ?? 0
    const before = last.get(contact) ?? -1
    last.set(contact, Math.max(order, before))
    return order < before ? [`order: “${text}” was sent after the answer to a later message`] : []
  })
}

/** A plan loses nothing: what moved has its next message, and none goes on twice. */
const astrayPlans = ({ shared }: Evidence): string[] =>
  [...shared.messages.values()].flatMap(({ id, movedTo }) =>
    movedTo !== null && !shared.messages.has(movedTo) ? [`lost: ${id} went on as ${movedTo}, which is nowhere`] : [],
  )

export const planFaults = (evidence: Evidence, second: Second): readonly string[] => [
  ...doubles(evidence, second),
  ...blind(evidence),
  ...unasked(evidence, second),
  ...disorder(evidence, second),
  ...astrayPlans(evidence),
]
