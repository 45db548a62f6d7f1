/** E-mail by SMTP and IMAP: a table of contents. Set-up for operators: README.md. */
import type { Abilities, Channel, OpenChannel } from '../../core/channel.ts'
import { capabilities } from './capabilities.ts'
import { examine } from './checkup.ts'
import { config, type EmailConfig } from './config.ts'
import { listen } from './inbox.ts'
import { fetchMedia } from './media.ts'
import { type Line, sendMessage } from './outbound.ts'
import { openPost } from './post.ts'
import { probe } from './probe.ts'
import { answerVisit, receiveLeaving } from './unsubscribe.ts'

export const email = {
  kind: 'email',
  config,
  capabilities,
  open: (
    config,
    tools,
  ): OpenChannel & Required<Pick<Abilities, 'handshake' | 'listen' | 'probe' | 'examine'>> & Pick<Abilities, 'fetchMedia'> => {
    const line: Line = { config, tools, post: openPost(config) }
    return {
      receive: async (request, body) => receiveLeaving(request, body, tools),
      send: (message, signal) => sendMessage(line, message, signal),
      handshake: async (request) => answerVisit(request, tools),
      listen: (from, take, signal) => listen(line, from, take, signal),
      fetchMedia: (media, signal) => fetchMedia(line, media, signal),
      probe: (signal) => probe(line, signal),
      examine: (_publicUrl, signal) => examine(line, signal),
    }
  },
} satisfies Channel<EmailConfig>
