/** `POST /chat/<channel>/back`: the way back to another channel. A one-time word, and the address that opens it there with the word written. */
import { z } from 'zod'
import { MEDIA } from '../../core/address.ts'
import { entryUrl } from '../../core/channel.ts'
import type { ChannelId } from '../../core/ids.ts'
import type { Language } from '../../core/language.ts'
import { backLine, CROSSING, sameWord, wordOf } from '../../core/link.ts'
import { type ChannelSetup, mediumOf } from '../../core/workspace.ts'
import { parseJson, readBody } from '../body.ts'
import { requireOwnOrigin } from '../caller.ts'
import type { ChatLimits } from '../chat/limits.ts'
import { visitorFor } from '../chat/messages.ts'
import { findVisit } from '../chat/visit.ts'
import { check } from '../operation.ts'
import { InvalidRequest, oneOf } from '../problem.ts'
import type { Rooms } from '../rooms.ts'

const Back = z.strictObject({ channel: z.string().max(100) })
const TRIES = 8
const LARGEST = 4096

const doors = ({ workspace }: Rooms, from: ChannelId) =>
  workspace.channels.flatMap(({ id, entry, kind, medium }) =>
    entry && id !== from ? [{ id, entry, medium: mediumOf({ kind, medium }) }] : [],
  )

/** Where one can go on from a page, as `start` tells it. */
export const waysBack = (rooms: Rooms, from: ChannelId, language: Language) =>
  doors(rooms, from).map(({ id, medium }) => ({ channel: id, medium, label: MEDIA[medium]?.[language] ?? id }))

export const goBack = async (
  rooms: Rooms,
  limits: ChatLimits,
  { id: from }: ChannelSetup,
  request: Request,
  language: Language,
): Promise<Response> => {
  requireOwnOrigin(request)
  const { channel } = check(Back, parseJson(await readBody(request, LARGEST)))
  const door = doors(rooms, from).find(({ id }) => id === channel)
  if (!door) throw new InvalidRequest([{ field: 'channel', says: oneOf(doors(rooms, from).map(({ id }) => id)) }])
  const { id: visitor, cookie } = await visitorFor(rooms, limits, from, await findVisit(rooms, from, request))
  const at = rooms.clock.now()
  const expiresAt = at + CROSSING.wordLifeMs
  for (let tries = 0; tries < TRIES; tries += 1) {
    const word = wordOf(rooms.randomBytes(4), language)
    const kept = await rooms.bridge.links.keepWord({ seal: rooms.bridge.seal(sameWord(word)), visitor, channel: door.id, expiresAt }, at)
    if (kept)
      return Response.json(
        { url: entryUrl(door.entry, backLine(word, language)), word, expiresAt },
        { headers: { 'cache-control': 'no-store', ...(cookie ? { 'set-cookie': cookie } : {}) } },
      )
  }
  throw new Error('Every word is somebody’s just now.')
}
