/** How what a visitor does comes into the house: by their channel, sealed, like any webhook. */
import { RelaisError } from '../../core/errors.ts'
import type { ChannelId } from '../../core/ids.ts'
import { SEAL, type VisitorPost } from '../../core/visitor.ts'
import type { Rooms } from '../rooms.ts'

/** Durable when it returns. */
export const post = async (rooms: Rooms, channel: ChannelId, what: VisitorPost): Promise<void> => {
  const open = rooms.webhooks.get(channel)
  if (!open) throw new RelaisError('not-found', channel)
  const text = JSON.stringify(what)
  const request = new Request('http://house.invalid/', { method: 'POST', headers: { [SEAL]: rooms.sealFor(channel)(text) } })
  const { events, reply } = await open.receive(request, new TextEncoder().encode(text))
  if (reply.status !== 200) throw new RelaisError('internal')
  if (events.length) await rooms.intake.submit(channel, events)
}
