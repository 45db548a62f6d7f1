/** What people watch being written is decided before its first word: judged here as the answer it will be, and once more when it is whole. */
import type { ChannelId, MessageId } from '../../core/ids.ts'
import type { Streamed } from '../event.ts'
import { type Draft, note } from './draft.ts'
import { amend, judge, record } from './judging.ts'
import { intentOf } from './propose.ts'

/** Stands where the answer will. */
const ANSWER = '\u{FFFC}'

/** The message under which an answer on this channel is shown while it is written; undefined where nobody watches, or nobody may. */
export const streamed = (draft: Draft, channel: ChannelId): Streamed | undefined => {
  if (!draft.world.capabilities.get(channel)?.streams) return undefined
  const content = { type: 'text', text: ANSWER } as const
  const common = { channel, automatic: true, reply: true, ai: true, purpose: draft.purpose }
  const intent = intentOf(draft, { ...common, content, author: 'engine' }, content)
  const first = judge(draft, intent)
  if (!first) return undefined
  const { outcome, amend: amendment } = first.judgement
  if (outcome === 'allow') {
    record(draft, intent, first)
    return { message: intent.message, before: '' }
  }
  const amended = outcome === 'amend' && !amendment.template ? amend(draft, intent, amendment) : null
  if (amended?.content.type !== 'text' || judge(draft, amended)?.judgement.outcome !== 'allow') return undefined
  record(draft, intent, first)
  return { message: intent.message, before: amended.content.text.split(ANSWER)[0] ?? '' }
}

/** What was shown of it is not said. */
export const takeBack = (draft: Draft, channel: ChannelId, stream: { readonly message: MessageId } | undefined): void => {
  if (stream) note(draft, { kind: 'message.withdrawn', channel, message: stream.message })
}
