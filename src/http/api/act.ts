/** How the API acts: it appends what was asked to the contact's journal, and waits for its turn like everybody. It decides nothing. */
import type { ChannelId, ContactId, EventId } from '../../core/ids.ts'
import type { Arrivals, ContactArrival, OwnArrival } from '../../core/store.ts'
import type { Bodies, EventKind } from '../../relay/event.ts'
import type { Rooms } from '../rooms.ts'

const NOTHING: Arrivals = { contacts: [], own: [], receipts: [], channels: [] }

/** Durable when it returns; true once the turn is over. */
export const append = async (rooms: Rooms, arrivals: Partial<Arrivals>, event: EventId): Promise<boolean> => {
  await rooms.store.append({ ...NOTHING, ...arrivals }, rooms.clock.now())
  rooms.wake()
  return rooms.settled(event)
}

/** `kind` and body belong together. */
export const ownArrival = <K extends EventKind>(
  kind: K,
  body: Bodies[K],
  place: { readonly id: EventId; readonly contact: ContactId; readonly channel: ChannelId | null; readonly at: number },
): OwnArrival => ({ ...place, kind, dueAt: place.at, body })

export const contactArrival = <K extends 'api.send' | 'task.ask' | 'callback.ask'>(
  kind: K,
  body: Bodies[K],
  place: Pick<ContactArrival, 'id' | 'channel' | 'at' | 'addresses' | 'country'>,
): ContactArrival => ({ ...place, kind, body })
