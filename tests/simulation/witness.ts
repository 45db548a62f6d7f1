/** Looks over every worker's shoulder: what no instant of a run may show, whoever did it. */
import type { AttemptId, ContactId, EventId, MessageId } from '../../src/core/ids.ts'
import type { Arrivals, Claimed, Loaded } from '../../src/core/store.ts'
import { isAutomatic } from '../../src/relay/state.ts'
import type { Shared } from '../../src/store/memory/index.ts'
import { isKept, type Queued } from '../../src/store/memory/shared.ts'

export type Witness = {
  readonly faults: string[]
  /** When each attempt was committed. */
  readonly committed: ReadonlyMap<AttemptId, { readonly at: number; readonly contact: ContactId }>
  /** What stood aside while its channel could not send, for want of another way: others passed it. */
  readonly aside: ReadonlySet<MessageId>
  appended(arrivals: Arrivals): void
  decided(loaded: Loaded): void
  claimed(claims: readonly Claimed[], at: number): void
  /** After any write. */
  look(): void
}

const RANK: Readonly<Record<string, number>> = { accepted: 1, sent: 2, delivered: 3, read: 4 }

export const createWitness = (shared: Shared): Witness => {
  const faults: string[] = []
  const statuses = new Map<MessageId, string>()
  const arrivals = new Map<EventId, number>()
  const lastDecided = new Map<ContactId, number>()
  const committed = new Map<AttemptId, { at: number; contact: ContactId }>()
  const aside = new Set<MessageId>()
  let count = 0

  /** It was passed while its channel could not send: now that it can, it waits behind the head there is. */
  const stoodAside = (other: Queued, row: Queued) => other.channel !== row.channel && (other.movable === null || other.movable === 'stuck')

  const overtaken = (message: MessageId): string | null => {
    const row = shared.outbox.get(message)
    if (!row) return 'is not in its line'
    for (const other of shared.outbox.values()) {
      if (other.contact !== row.contact || other.message === message) continue
      if (other.state !== 'queued') return `goes while ${other.message} is ${other.state}`
      // What its channel keeps stands aside, but for what its plan can still take elsewhere.
      if (isKept(shared, other) || stoodAside(other, row)) continue
      if (other.seq < row.seq) return `overtakes ${other.message}`
    }
    return null
  }

  return {
    faults,
    committed,
    aside,
    appended: ({ contacts }) => {
      for (const { id } of contacts) if (!arrivals.has(id)) arrivals.set(id, ++count)
    },
    decided: ({ contact, events }) => {
      for (const { id } of events) {
        const order = arrivals.get(id)
        if (order === undefined) continue
        const last = lastDecided.get(contact) ?? 0
        // One person may have been two until a moment ago.
        const merged = [...shared.contacts.values()].some((other) => other.mergedInto === contact)
        if (order < last && !merged) faults.push(`order: ${contact} decides on arrival ${order} after ${last}`)
        lastDecided.set(contact, Math.max(order, last))
      }
    },
    claimed: (claims, at) => {
      for (const { head, attempt } of claims) {
        committed.set(attempt, { at, contact: head.contact })
        const problem = overtaken(head.message)
        if (problem) faults.push(`line: ${head.message} ${problem}`)
        const conversation = shared.conversations.get(head.contact)
        if (!head.automatic || !conversation) continue
        if (head.sendEpoch !== conversation.epoch)
          faults.push(`hand-over: ${head.message} of epoch ${head.sendEpoch} goes in ${conversation.epoch}`)
        const author = shared.messages.get(head.message)?.author
        if (!isAutomatic(conversation.owner) && author !== 'system')
          faults.push(`hand-over: ${author} speaks while ${conversation.owner} has the conversation`)
      }
    },
    look: () => {
      for (const row of shared.outbox.values()) if (isKept(shared, row)) aside.add(row.message)
      for (const { id, status, content } of shared.messages.values()) {
        const before = statuses.get(id)
        if (before === status) continue
        statuses.set(id, status)
        if (before === undefined) continue
        const [was, is] = [RANK[before] ?? 0, RANK[status] ?? 0]
        // A closed window turns an accepted text into a template, or into a draft where none fits; a passing fault lets it wait: it begins anew.
        const anew = before === 'failed' && (content.type === 'template' || status === 'held' || status === 'postponed')
        if ((is < was && status !== 'failed') || (before === 'failed' && is === 0 && !anew))
          faults.push(`status: ${id} goes from ${before} to ${status}`)
        if (status === 'failed' && was >= 3) faults.push(`status: ${id} fails after ${before}`)
      }
    },
  }
}
