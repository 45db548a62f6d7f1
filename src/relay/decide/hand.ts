/** Handing a conversation to people, and telling the customer so. */
import type { ChannelId } from '../../core/ids.ts'
import { isAutomatic } from '../state.ts'
import { expectedTime, SAYS } from '../words.ts'
import { type Draft, note, ownPurpose, setOwner } from './draft.ts'
import { propose } from './propose.ts'

/** To the queue; nothing where people (or a platform's agent) already have it. The notice is of the new epoch, so that it survives the hand-over. */
export const handOver = (draft: Draft, channel: ChannelId, reason: string, words?: string | null): void => {
  if (!isAutomatic(draft.owner)) return
  setOwner(draft, 'agents', reason)
  draft.waitingSince ??= draft.world.at
  const language = draft.state.language
  const text = [words ?? SAYS.handed[language], expectedTime(draft.world.workspace, draft.world.at, language)].filter(Boolean).join(' ')
  propose(draft, {
    channel,
    content: { type: 'text', text },
    author: 'system',
    automatic: true,
    reply: true,
    purpose: reason === 'asked' ? 'service' : ownPurpose(draft),
    offersHuman: true,
  })
}

/** A message that a rule holds waits for a person too: quietly, for there is nothing to tell yet. */
export const holdForPerson = (draft: Draft, reason: string): void => {
  if (isAutomatic(draft.owner)) setOwner(draft, 'agents', reason)
  draft.waitingSince ??= draft.world.at
}

/** Somebody who runs the house should look. No personal data. */
export const alert = (draft: Draft, about: string, data: object, channel?: ChannelId): void =>
  note(draft, { kind: 'alert', channel: channel ?? null, data: { about, ...data } })
