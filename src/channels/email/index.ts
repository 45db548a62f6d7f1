/** E-mail by SMTP and IMAP: a table of contents. Set-up for operators: README.md. */
import type { Abilities, Channel, OpenChannel } from '../../core/channel.ts'
import { capabilities } from './capabilities.ts'
import { config, type EmailConfig } from './config.ts'
import type { Mailbox } from './mailbox.ts'
import { answerVisit, receiveLeaving } from './unsubscribe.ts'

export const email = {
  kind: 'email',
  config,
  capabilities,
  entryOf: ({ address }) => ({ url: `mailto:${address}`, text: 'body' }),
  open: (
    config,
    tools,
  ): OpenChannel & Required<Pick<Abilities, 'handshake' | 'listen' | 'probe' | 'examine'>> & Pick<Abilities, 'fetchMedia'> => {
    let opened: Promise<Mailbox> | null = null
    const mailbox = (): Promise<Mailbox> => {
      opened ??= import('./mailbox.ts').then(({ openMailbox }) => openMailbox(config, tools))
      return opened
    }
    return {
      receive: async (request, body) => receiveLeaving(request, body, tools),
      handshake: async (request) => answerVisit(request, tools),
      send: async (message, signal) => (await mailbox()).send(message, signal),
      listen: async (from, take, signal) => (await mailbox()).listen(from, take, signal),
      fetchMedia: async (media, signal) => (await mailbox()).fetchMedia(media, signal),
      probe: async (signal) => (await mailbox()).probe(signal),
      examine: async (publicUrl, signal) => (await mailbox()).examine(publicUrl, signal),
    }
  },
} satisfies Channel<EmailConfig>
