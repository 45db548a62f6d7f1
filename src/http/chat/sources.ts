/** `GET …/sources/<passage>`: what an answer was taken from, as it stands in its document. Only what an answer to this visitor cites. */
import { RelaisError } from '../../core/errors.ts'
import type { ChannelId } from '../../core/ids.ts'
import type { Rooms } from '../rooms.ts'
import { requireVisit } from './visit.ts'

const LONGEST_ID = 300

export const giveSource = async (rooms: Rooms, channel: ChannelId, request: Request, id: string): Promise<Response> => {
  const visitor = await requireVisit(rooms, channel, request)
  const cited = id.length <= LONGEST_ID && !id.includes('\0') && (await rooms.visitors.cites(visitor, id))
  const found = cited ? await rooms.passage(id) : null
  if (!found) throw new RelaisError('no-source')
  const { url, ...rest } = found
  return Response.json({ ...rest, ...(url === null ? {} : { url }) })
}
