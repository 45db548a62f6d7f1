import type { Letter, MailProvider } from '../email/index.ts'
import type { CutKind, InboxLine } from '../phone-view.ts'
import type { Fetch } from '../wire.ts'
import type { Inbox, StagedProvider } from './provider.ts'

const CUTS: readonly CutKind[] = ['refuses', 'silent', 'down', 'banned']
/** What the server answered in the end. RFC 5321 §4.2.3. */
const ANSWERS = { delivered: 250, held: 250, bounced: 250, refused: 554, lost: null } as const
const LONGEST_SUBJECT = 50

/** The server behind the channel `mail`, and the customers' mailboxes: everybody has one, by their name. `fetch` follows a way out. */
export const stageMail = (provider: MailProvider, fetch: Fetch): StagedProvider => {
  const letterOf = (address: string, id: string | undefined): Letter | undefined =>
    provider
      .person(address)
      .thread()
      .find((one) => one.id === id)
  const inbox: Inbox = {
    addressOf: ({ name }) => `${wordOf(name)}@courriel.example`,
    restore: (address, line) => provider.person(address).restore({ ...line, subject: line.subject ?? '', leave: undefined, raw: '' }),
    lines: (address) => provider.person(address).thread().map(lineOf),
    write: (address, text, { answers, subject = subjectOf(text) }) => {
      const letter = letterOf(address, answers)
      if (letter && letter.raw !== '') provider.person(address).reply(letter, text)
      else provider.person(address).write({ subject, text })
    },
    read: (address) => provider.person(address).read(),
    leave: async (address, line) => {
      const url = letterOf(address, line)?.leave
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      // RFC 8058: what a mail program sends when its user clicks.
      if (url) await fetch(url, { method: 'POST', headers, body: 'List-Unsubscribe=One-Click' })
    },
  }
  return {
    id: 'mail',
    cuts: CUTS,
    get cut() {
      return provider.cut
    },
    turn: (cut) => provider.turn(cut),
    received: () =>
      provider.ledger.map(({ at, to, status, shownAt }, index) => ({
        n: index + 1,
        at,
        to,
        kind: 'mail',
        status: ANSWERS[status],
        code: status === 'bounced' ? status : null,
        shownAt,
      })),
    inbox,
  }
}

/** People write what it is about, in the language they write in. */
const subjectOf = (text: string): string => {
  const [first = ''] = text.trim().split(/\n|(?<=[.!?])\s/)
  return first.length <= LONGEST_SUBJECT ? first : `${first.slice(0, LONGEST_SUBJECT - 1).trimEnd()}…`
}

const lineOf = ({ id, from, at, subject, text, read, leave }: Letter): InboxLine => ({
  id,
  from,
  at,
  subject,
  text,
  read,
  ...(leave ? { leave: true } : {}),
})

/** "Aïcha Benali" → "aicha.benali". */
const wordOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.|\.$/g, '') || 'client'
