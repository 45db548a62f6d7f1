/** The bridge between a channel and the house's own pages: what comes of its links, the way back, and how all of it ends. */
import type { Content } from '../../core/content.ts'
import { asId, type ChannelId, type MessageId } from '../../core/ids.ts'
import { readWord } from '../../core/link.ts'
import { plain } from '../../core/spelling.ts'
import type { Bodies } from '../event.ts'
import type { Visit } from '../state.ts'
import { crossingCode, SAYS } from '../words.ts'
import { isOwnPage } from './bridge-link.ts'
import { type Draft, note, setState } from './draft.ts'
import { propose } from './propose.ts'

/** Jobs of the bridge go on whoever has the conversation. */
const ANY_EPOCH = 2_000_000_000
const REMEMBERED = 50
const DAY_MS = 86_400_000
/** Words looked up in a day that were none, or of which that is not known yet: who guesses is not listened to. */
const MOST_WORDS = 5

/** What the person is told in the thread they have in hand: whoever has the conversation, and whatever is paused. */
const tell = (
  draft: Draft,
  channel: ChannelId,
  text: string,
  more: { message?: MessageId; sealed?: string; until?: number } = {},
): void => {
  const content: Content = { type: 'text', text }
  const message = more.message ?? draft.world.ids('msg')
  const said = { channel, content, author: 'system', automatic: false, reply: true, purpose: 'service', offersHuman: true } as const
  // What may not be said now (the window is closed) waits as a draft; it is no reason to take the conversation from who has it.
  if (propose(draft, { ...said, ...more, message }) === 'hold') draft.stoodInFor.add(message)
}

const remember = (draft: Draft, visit: Visit): void => {
  const others = (draft.state.visits ?? []).filter(({ id }) => id !== visit.id)
  setState(draft, { visits: [...others, visit].slice(-REMEMBERED) })
}

/** A browser came by a link, or by the site's own word. The thread it came from hears of it, with what to do if it was somebody else. */
export const crossed = (draft: Draft, { how, link, visitor, shows, since, from, to, newly }: Bodies['crossed']): void => {
  const kind = how === 'account' ? 'crossing.linked' : how === 'code' ? 'crossing.coded' : 'crossing.opened'
  note(draft, { id: draft.event, kind, channel: to, data: { link, from, to, shows } })
  remember(draft, { id: visitor, shows, since })
  const thread = from ?? (newly ? threadBeside(draft) : null)
  if (thread) tell(draft, thread, SAYS.crossed[draft.state.language])
}

/** Where they wrote last, beside the house's own pages. */
const threadBeside = ({ state }: Draft): ChannelId | null => {
  const threads = Object.entries(state.channels).filter(([, { address }]) => address !== null && address.kind !== 'web')
  const [last] = threads.sort(([, one], [, other]) => (other.inboundAt ?? 0) - (one.inboundAt ?? 0))
  return last ? asId<ChannelId>(last[0]) : null
}

/** Another browser, or late: who has the thread in hand reads the code there. */
export const sendCode = (draft: Draft, { link, from, to, message, reference, until }: Bodies['crossing.code']): void => {
  note(draft, { id: draft.event, kind: 'crossing.code-sent', channel: from, message, data: { link, to } })
  tell(draft, from, crossingCode(draft.world.workspace.name, draft.state.language), { message, sealed: reference, until })
}

/** A word of the way back, looked up outside the line. False where the message holds none, or they guess. */
export const comesBack = (draft: Draft, content: Content, channel: ChannelId): boolean => {
  const word = content.type === 'text' ? readWord(content.text) : null
  if (word === null || !draft.world.workspace.channels.some((page) => isOwnPage(draft, page))) return false
  const { ids, at } = draft.world
  const tried = (draft.state.triedWords ?? []).filter((before) => at - before < DAY_MS)
  if (tried.length >= MOST_WORDS) return false
  // Counted before it is known what it was: many may come at once.
  setState(draft, { triedWords: [...tried, at] })
  draft.jobs.push({ id: ids('job'), kind: 'call', channel, epoch: ANY_EPOCH, dueAt: at, body: { word } })
  return true
}

/** What came of a word: the page's visitor is this person, or the word was none of theirs. */
export const cameBack = (draft: Draft, { visitor, from, since }: Bodies['returned'], channel: ChannelId): void => {
  const { state } = draft
  if (visitor === null) {
    tell(draft, channel, SAYS.wrongWord[state.language])
    return
  }
  setState(draft, { triedWords: state.triedWords?.slice(0, -1) })
  note(draft, { id: draft.event, kind: 'crossing.returned', channel, data: { from, to: channel } })
  // What they had seen goes on being what they see: the page is shown nothing of this thread by a word that is written here.
  if (!state.visits?.some(({ id }) => id === visitor)) remember(draft, { id: visitor, shows: 'own', since: since ?? 0 })
  tell(draft, channel, SAYS.returned[state.language])
}

const DISCONNECT: ReadonlySet<string> = new Set(['deconnecter', 'deconnexion', 'disconnect'])
/** Said by somebody of whom there is a visit: to anybody else it is a word like others. */
export const isDisconnect = ({ state }: Draft, content: Content): boolean =>
  (state.visits?.length ?? 0) > 0 &&
  (content.type === 'text' || content.type === 'choice') &&
  DISCONNECT.has(plain(content.type === 'text' ? content.text : content.label))

/** Every browser of theirs is known no more, no link that was sent opens anything, and no account on a site leads to this thread. */
export const disconnect = (draft: Draft, channel: ChannelId): void => {
  draft.unlink = true
  note(draft, { kind: 'crossing.unlinked', channel, data: { by: 'word' } })
  setState(draft, { visits: undefined })
  tell(draft, channel, SAYS.disconnected[draft.state.language])
}

/** They ended it on the site, or the site did. */
export const unlinked = (draft: Draft, { visitor, to }: Bodies['unlinked']): void => {
  setState(draft, { visits: draft.state.visits?.filter(({ id }) => id !== visitor) })
  note(draft, { id: draft.event, kind: 'crossing.unlinked', channel: to, data: { by: 'account' } })
}

/** Of the thread, what whoever asks here may be answered from; null: all of it. A page's visitor sees their own visit, unless all was carried over. */
export const seenBy = (draft: Draft, channel: ChannelId): { readonly channel: ChannelId; readonly since: number } | null => {
  const address = draft.state.channels[channel]?.address
  if (address?.kind !== 'web') return null
  const visit = draft.state.visits?.find(({ id }) => id === address.value)
  return visit?.shows === 'thread' ? null : { channel, since: visit?.since ?? 0 }
}
