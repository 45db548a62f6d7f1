/** Which events speak of a reach plan: their messages are loaded, and locked, before it is decided. Which turns may open another way. */
import type { MessageId } from '../core/ids.ts'
import type { Change } from '../core/store.ts'

type Named = { readonly first?: MessageId }
type Body = { readonly intent?: { readonly reach?: Named | null } | null; readonly reach?: Named | null; readonly first?: MessageId } | null

/** The first message of the plan an event's body names; null where it names none. */
export const planOf = (body: unknown): MessageId | null => {
  const told = body as Body
  return told?.intent?.reach?.first ?? told?.reach?.first ?? told?.first ?? null
}

export const firstsOf = (events: readonly { readonly body: unknown }[]): readonly MessageId[] => [
  ...new Set(events.flatMap(({ body }) => planOf(body) ?? [])),
]

/** They agreed to something, or wrote: perhaps on a channel that was not open to a plan before. */
export const opensWay = ({ consents, messages }: Pick<Change, 'consents' | 'messages'>): boolean =>
  consents.length > 0 || messages.some(({ direction }) => direction === 'in')
