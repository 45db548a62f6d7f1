/** All that speaks SMTP or IMAP. The libraries for it are large: they are read when the first mailbox is used. */
import type { Abilities, OpenChannel, Tools } from '../../core/channel.ts'
import { examine } from './checkup.ts'
import type { EmailConfig } from './config.ts'
import { listen } from './inbox.ts'
import { fetchMedia } from './media.ts'
import { type Line, sendMessage } from './outbound.ts'
import { openPost } from './post.ts'
import { probe } from './probe.ts'

export type Mailbox = Pick<OpenChannel, 'send'> & Required<Pick<Abilities, 'listen' | 'fetchMedia' | 'probe' | 'examine'>>

export const openMailbox = (config: EmailConfig, tools: Tools): Mailbox => {
  const line: Line = { config, tools, post: openPost(config) }
  return {
    send: (message, signal) => sendMessage(line, message, signal),
    listen: (from, take, signal) => listen(line, from, take, signal),
    fetchMedia: (media, signal) => fetchMedia(line, media, signal),
    probe: (signal) => probe(line, signal),
    examine: (_publicUrl, signal) => examine(line, signal),
  }
}
