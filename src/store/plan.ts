/** Which events speak of a reach plan: their messages are loaded, and locked, before it is decided. */
import type { MessageId } from '../core/ids.ts'

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
