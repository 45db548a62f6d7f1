/** How a browser becomes known as a contact's: by a link, or by its site's word. What it had written as nobody in particular goes along. */
import type { ChannelId, ContactId, VisitorId } from '../../core/ids.ts'
import type { Shows, Visitor } from '../../core/visitor.ts'
import type { Crossed } from '../../relay/event.ts'
import { append, ownArrival } from '../api/act.ts'
import { beginVisit } from '../chat/visit.ts'
import type { Rooms } from '../rooms.ts'

/** Known by nothing but browsers: whoever it is. */
export const isAnonymous = async (rooms: Rooms, contact: ContactId | null): Promise<boolean> => {
  const known = contact === null ? null : await rooms.reading.contact(contact)
  return known === null || known.addresses.every(({ kind }) => kind === 'web')
}

type To = { readonly visitor: VisitorId; readonly channel: ChannelId; readonly contact: ContactId; readonly shows: Shows }
export type Arrived = { readonly visitor: VisitorId; readonly since: number; readonly cookie: string; readonly former: VisitorId | null }

/**
 * A new visit of the contact, with a cookie of its own: nobody keeps one from before. What an anonymous visit had seen it goes on seeing; one of
 * somebody else's ends, for two people may share a browser.
 */
export const arrive = async (rooms: Rooms, before: Visitor | null, { visitor, channel, contact, shows }: To): Promise<Arrived> => {
  const at = rooms.clock.now()
  const anonymous = before !== null && before.contact !== contact && (await isAnonymous(rooms, before.contact))
  const since = before && (anonymous || before.contact === contact) ? before.since : at
  const { cookie } = await beginVisit(rooms, channel, { id: visitor, since, shows, contact })
  if (before) await rooms.visitors.end(before.id, at)
  return { visitor, since, cookie, former: anonymous && before.contact !== null ? before.id : null }
}

/** Tells the contact's journal, and makes one person of who they were before. Resolves once their turn is over. */
export const tellCrossed = async (
  rooms: Rooms,
  contact: ContactId,
  { former, visitor, since }: Arrived,
  what: Omit<Crossed, 'visitor' | 'since'>,
) => {
  const id = rooms.ids('evt')
  const at = rooms.clock.now()
  const body: Crossed = { ...what, visitor, since }
  const web = (value: string) => ({ kind: 'web', value })
  if (former === null) await append(rooms, { own: [ownArrival('crossed', body, { id, contact, channel: what.to, at })] }, id)
  else await append(rooms, { contacts: [{ id, channel: what.to, kind: 'crossed', at, addresses: [web(visitor), web(former)], body }] }, id)
}
