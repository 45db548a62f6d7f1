/** `GET …/start`: all that a page needs to show itself, before and after the first message. Sets no cookie. */
import { type Language, textIn } from '../../core/language.ts'
import type { ChannelSetup } from '../../core/workspace.ts'
import { AGREED, isSignedIn } from '../bridge/account.ts'
import { waysBack } from '../bridge/back.ts'
import type { Rooms } from '../rooms.ts'
import { LARGEST_FILE } from './files.ts'
import { earlier } from './messages.ts'
import { TYPES } from './sniff.ts'
import { ownerOf } from './view.ts'
import { findVisit } from './visit.ts'

/** What a page may send; told to it before somebody chooses a file. */
const FILES = { bytes: LARGEST_FILE, types: TYPES } as const

export const start = async (rooms: Rooms, setup: ChannelSetup, request: Request, language: Language): Promise<Response> => {
  const { workspace } = rooms
  const { id: channel, scope, chat } = setup
  // First where the journal stands: what happens while the rest is read comes by the stream, perhaps for the second time.
  const position = await rooms.reading.journalPosition(null)
  const visitor = await findVisit(rooms, channel, request)
  const said = visitor ? await earlier(rooms, visitor, null) : { messages: [], more: null }
  return Response.json({
    channel,
    name: workspace.name,
    assistant: textIn(workspace.assistant.name, language),
    language,
    look: chat && { ...chat.look, logo: rooms.logos?.has(channel) ? `${channel}/logo` : null },
    welcome: chat?.welcome?.[language] ?? null,
    disclosure: textIn(workspace.assistant.disclosure, language),
    scope,
    files: FILES,
    back: waysBack(rooms, channel, language),
    signIn: chat?.signIn != null,
    agree: chat?.signIn ? AGREED[language] : null,
    visitor: visitor && {
      shows: visitor.shows,
      since: visitor.since,
      carried: await rooms.visitors.carried(visitor),
      account: await isSignedIn(rooms, visitor),
    },
    owner: ownerOf(visitor?.owner ?? null),
    ...said,
    last: String(Number(position.split('.')[1] ?? 0)),
  })
}
