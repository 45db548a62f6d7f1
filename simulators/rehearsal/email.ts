/** The imitation of a mailbox provider, over sockets of this machine, as a rehearsal plays it. */
import { startMailProvider } from '../email/index.ts'
import { fieldsOf, listOf, textOf } from '../wire.ts'
import type { Customer, Provider, ProviderTools } from './provider.ts'

const FOLDER = 'INBOX'
const SUBJECT = 'Question'

export const openEmail = async ({ clock, config }: ProviderTools): Promise<Provider> => {
  const address = textOf(config.address) || 'bonjour@rehearsal.example'
  const server = await startMailProvider({ address, clock, password: 'rehearsal' })
  const personOf = ({ email, name }: Customer) => (email === null ? null : server.person(email, name))
  let heard = 0
  return {
    settings: {
      address,
      smtpHost: '127.0.0.1',
      smtpPort: server.smtpPort,
      imapHost: '127.0.0.1',
      imapPort: server.imapPort,
      user: address,
      password: server.password,
      smtpUser: undefined,
      smtpPassword: undefined,
      folders: [FOLDER],
    },
    fetch: () => Promise.reject(new TypeError('fetch failed')),
    admit: (customer) => void personOf(customer),
    write(customer, text) {
      const person = personOf(customer)
      if (!person || server.cut === 'down' || server.cut === 'banned') return false
      const last = person.thread().findLast(({ from }) => from === 'business')
      if (last) person.reply(last, text)
      else person.write({ subject: SUBJECT, text })
      return true
    },
    cut: (how) => server.turn(how),
    heal: () => server.turn(null),
    shown: () =>
      server.ledger.flatMap(({ at, shownAt, to, messageId, subject }) =>
        shownAt === null ? [] : [{ at: shownAt, sentAt: at, to, attempt: messageId.split('@')[0] ?? null, words: subject }],
      ),
    sends: () => server.ledger.length,
    heard: (place) => {
      heard = Math.max(heard, Number(listOf(fieldsOf(JSON.parse(place))[FOLDER])[1]) || 0)
    },
    busy: () =>
      server.busy() || (server.cut !== 'down' && server.cut !== 'banned' && heard < server.mailboxes.folder(address, FOLDER).next - 1),
    stop: () => server.close(),
  }
}
