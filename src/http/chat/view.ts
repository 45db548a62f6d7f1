/** A message as its visitor sees it: no id of a provider, no price, no decision. */
import type { Content, MediaRef } from '../../core/content.ts'
import type { ChannelId, MessageId, VisitorId } from '../../core/ids.ts'
import type { MessageView } from '../../core/reading.ts'
import { mediumOf, type Workspace } from '../../core/workspace.ts'

export type By = 'me' | 'assistant' | 'business' | 'person'
export type ChatMessage = {
  readonly id: MessageId
  readonly at: number
  readonly by: By
  readonly channel: ChannelId
  readonly medium: string
  readonly status: MessageView['status']
  /** null: it was taken back. */
  readonly content: Content | null
  readonly citations?: readonly {
    readonly n: number
    readonly title: string
    readonly passage: string
    readonly url?: string | undefined
  }[]
  /** The id its page gave it, where this visitor wrote it. */
  readonly clientId?: string
  readonly ai: boolean
}

const fileOf = ({ digest, mime, bytes, filename }: MediaRef): MediaRef => ({
  mime,
  ...(digest ? { digest } : {}),
  ...(bytes === undefined ? {} : { bytes }),
  ...(filename ? { filename } : {}),
})

const shown = (content: Content): Content => {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.text }
    case 'media':
      return { ...content, media: fileOf(content.media) }
    case 'choice':
      return { type: 'choice', id: content.id, label: content.label }
    case 'reaction':
      return { type: 'text', text: content.emoji ?? '' }
    default:
      return content
  }
}

const byOf = ({ direction, author }: Pick<MessageView, 'direction' | 'author'>): By => {
  if (direction === 'in') return 'me'
  if (author.startsWith('agent:')) return 'person'
  return author.startsWith('api:') || author === 'platform' ? 'business' : 'assistant'
}

export const chatMessage = (message: MessageView, visitor: VisitorId, { channels }: Pick<Workspace, 'channels'>): ChatMessage => {
  const { id, at, channel, status, ai, citations, content, vendorId, revokedAt } = message
  const own = `${visitor}:`
  const setup = channels.find((one) => one.id === channel)
  return {
    id,
    at,
    by: byOf(message),
    channel,
    medium: setup ? mediumOf(setup) : '',
    status,
    content: content === null || revokedAt !== null ? null : shown(content),
    ai,
    ...(citations?.length ? { citations: citations.map((citation, n) => ({ n: n + 1, ...citation })) } : {}),
    ...(vendorId?.startsWith(own) ? { clientId: vendorId.slice(own.length) } : {}),
  }
}

/** Who speaks with them now. */
export const ownerOf = (owner: string | null): 'assistant' | 'waiting' | 'person' =>
  owner === null || owner === 'journey' || owner === 'engine' ? 'assistant' : owner === 'agents' ? 'waiting' : 'person'
