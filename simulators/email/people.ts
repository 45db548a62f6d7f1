/** The customers' side: each has a mailbox, reads, writes, answers and forwards, as a mail program does. */
import { simpleParser } from 'mailparser'
import type { Mailboxes } from './mailboxes.ts'
import { headerOf, readParts } from './mime.ts'

export type Letter = {
  /** Message-ID without brackets. */
  readonly id: string
  readonly from: 'business' | 'customer'
  readonly at: number
  readonly subject: string
  readonly text: string
  read: boolean
  /** Where one click ends marketing (RFC 8058). */
  readonly leave?: string | undefined
  readonly raw: string
}

export type Person = {
  readonly address: string
  /** Both ways, oldest first. */
  thread(): readonly Letter[]
  /** Gives the Message-ID. `raw`: the mail itself, for what no mail program would write. */
  write(mail: {
    readonly subject: string
    readonly text: string
    readonly headers?: Readonly<Record<string, string>>
    readonly to?: string
  }): string
  reply(letter: Letter, text: string): string
  forward(letter: Letter, to: string): void
  read(letter?: Letter): void
  /** Keeps a letter there was before, as it was shown. */
  restore(letter: Letter): void
}

type Options = {
  readonly address: string
  readonly name: string
  readonly business: string
  readonly mailboxes: Mailboxes
  readonly now: () => number
  readonly nextId: () => string
  /** Hands a mail to the provider as if it had come from outside. */
  readonly post: (to: string, raw: string) => void
}

const encodeWord = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`)
const body = (text: string): string => Buffer.from(text, 'utf8').toString('base64').replace(/.{76}/g, '$&\r\n')

/** What a mail program shows of a mail. */
export const readLetter = async (raw: string, at: number): Promise<Letter> => {
  const mail = await simpleParser(Buffer.from(raw, 'latin1'))
  const leave = /<(https?:[^>]+)>/.exec(headerOf(readParts(raw).head, 'List-Unsubscribe')?.replace(/\s+/g, '') ?? '')?.[1]
  return {
    id: (mail.messageId ?? '').replace(/[<>]/g, ''),
    from: 'business',
    at,
    subject: mail.subject ?? '',
    text: (mail.text ?? '').trim(),
    read: false,
    leave,
    raw,
  }
}

export const makePerson = (options: Options): Person & { take(letter: Letter): void } => {
  const { address, name, business, now, nextId, post } = options
  const letters: Letter[] = []
  const send = (to: string, subject: string, text: string, headers: Readonly<Record<string, string>>): string => {
    const id = `${nextId()}@${address.slice(address.indexOf('@') + 1)}`
    const head = {
      From: `${encodeWord(name)} <${address}>`,
      To: `<${to}>`,
      Subject: encodeWord(subject),
      Date: new Date(now()).toUTCString(),
      'Message-ID': `<${id}>`,
      'MIME-Version': '1.0',
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Transfer-Encoding': 'base64',
      ...headers,
    }
    const raw = `${Object.entries(head)
      .map(([key, value]) => `${key}: ${value.replace(/[\r\n]+/g, ' ')}`)
      .join('\r\n')}\r\n\r\n${body(text)}\r\n`
    letters.push({ id, from: 'customer', at: now(), subject, text, read: true, raw })
    post(to, raw)
    return id
  }
  const quote = (letter: Letter) =>
    letter.text
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n')
  return {
    address,
    thread: () => letters.toSorted((a, b) => a.at - b.at),
    take: (letter) => void letters.push(letter),
    restore: (letter) => void letters.push(letter),
    write: ({ subject, text, headers = {}, to = business }) => send(to, subject, text, headers),
    reply: (letter, text) => {
      const { head } = readParts(letter.raw)
      const to = /<?([^\s<>]+@[^\s<>]+)>?\s*$/.exec(headerOf(head, 'Reply-To') ?? headerOf(head, 'From') ?? '')?.[1] ?? business
      const subject = /^re:/i.test(letter.subject) ? letter.subject : `Re: ${letter.subject}`
      const day = new Date(letter.at).toISOString().slice(0, 10)
      const references = [headerOf(head, 'References'), `<${letter.id}>`].filter(Boolean).join(' ')
      return send(to, subject, `${text}\n\nLe ${day}, ${business} a écrit :\n\n${quote(letter)}`, {
        'In-Reply-To': `<${letter.id}>`,
        References: references,
      })
    },
    // A redirect (RFC 5322 §3.6.6): the mail itself, to somebody else.
    forward: (letter, to) => post(to, `Resent-From: <${address}>\r\nResent-To: <${to}>\r\n${letter.raw}`),
    read: (letter) => {
      for (const one of letter ? [letter] : letters) one.read = true
    },
  }
}
