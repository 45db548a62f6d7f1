/**
 * An imitation mailbox provider, written from the RFCs: it takes mails by SMTP, keeps the business's mailbox for IMAP, and has customers with
 * mailboxes of their own. Its ledger says what it was given and what customers saw; it can be cut, and made to fail in every usual way.
 */
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { Clock } from '../wire.ts'
import { startImap } from './imap.ts'
import { type Mailboxes, makeMailboxes } from './mailboxes.ts'
import { headerOf, latin, readParts } from './mime.ts'
import { type Letter, makePerson, type Person, readLetter } from './people.ts'

export type { Letter, Person } from './people.ts'

/** `refuses`: no to every send. `silent`: it accepts and delivers once it is healed. `down`: nobody answers. `banned`: no login any more. */
export type Cut = 'refuses' | 'silent' | 'down' | 'banned'

/** What becomes of a mail that is given. `later` 4yz, `never` 5yz; `hangs`: no answer; `drops`: cut after the mail came whole, and it goes. */
export type Fault =
  | { readonly kind: 'later' | 'never'; readonly code: number; readonly text: string }
  | { readonly kind: 'hangs' }
  | { readonly kind: 'drops'; readonly delivers: boolean }
  | { readonly kind: 'slow'; readonly ms: number }
  /** Taken, and reported as failed afterwards. */
  | { readonly kind: 'bounces'; readonly status: string }

export type Sent = {
  readonly at: number
  readonly to: string
  readonly subject: string
  readonly messageId: string
  readonly raw: string
  status: 'delivered' | 'held' | 'refused' | 'bounced' | 'lost'
  /** When the customer had it; null: not yet, or never. */
  shownAt: number | null
}

export type MailProvider = {
  readonly smtpPort: number
  readonly imapPort: number
  readonly address: string
  readonly password: string
  readonly mailboxes: Mailboxes
  /** Everything it was given, in order. */
  readonly ledger: readonly Sent[]
  /** Somebody with a mailbox; made at the first asking. */
  person(address: string, name?: string): Person
  people(): readonly Person[]
  readonly cut: Cut | null
  /** null heals it: what was held is delivered late. */
  turn(cut: Cut | null): void
  /** The next `times` mails meet this. */
  meet(fault: Fault, times?: number): void
  /** True while a mail is under way. */
  busy(): boolean
  /** Ends every connection, as a restart does. */
  hangUp(): void
  close(): Promise<void>
}

export type MailOptions = {
  /** The business's mailbox. */
  readonly address: string
  readonly clock: Clock
  readonly password?: string
  readonly smtpPort?: number
  readonly imapPort?: number
}

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code })

/** RFC 3464, as a mail server writes it. */
const writeReport = (
  sent: Sent,
  to: string,
  action: 'delivered' | 'failed',
  status: string,
  envelope: string,
  id: string,
  at: number,
): string => {
  const boundary = `report-${id}`
  const lines = [
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@mail.invalid>',
    `To: <${to}>`,
    `Subject: ${action === 'failed' ? 'Undelivered Mail Returned to Sender' : 'Successful Mail Delivery Report'}`,
    `Date: ${new Date(at).toUTCString()}`,
    `Message-ID: <${id}@mail.invalid>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system.',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.invalid',
    ...(envelope === '' ? [] : [`Original-Envelope-Id: ${envelope}`]),
    '',
    `Final-Recipient: rfc822; ${sent.to}`,
    `Action: ${action}`,
    `Status: ${status}`,
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    readParts(sent.raw).head.trimEnd(),
    `--${boundary}--`,
    '',
  ]
  return lines.join('\r\n')
}

const readAll = async (stream: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return latin(Buffer.concat(chunks))
}

export const startMailProvider = async (options: MailOptions): Promise<MailProvider> => {
  const { address, clock } = options
  const password = options.password ?? 'simulated'
  const mailboxes = makeMailboxes()
  const ledger: Sent[] = []
  const people = new Map<string, ReturnType<typeof makePerson>>()
  const faults: Fault[] = []
  const held: (() => void)[] = []
  const sockets = new Set<Socket>()
  let cut: Cut | null = null
  let count = 0
  let under = 0
  const nextId = () => `sim-${++count}`
  const now = () => clock.now()

  const person = (who: string, name = who.split('@')[0] ?? who): Person => {
    const key = who.toLowerCase()
    const known = people.get(key)
    if (known) return known
    const made = makePerson({ address: key, name, business: address, mailboxes, now, nextId, post: (to, raw) => arrive(to, raw) })
    people.set(key, made)
    return made
  }
  /** A mail from outside. */
  const arrive = (to: string, raw: string) => {
    if (to.toLowerCase().replace(/\+[^@]*@/, '@') === address) mailboxes.put(address, 'INBOX', raw, now())
    else void show(to, raw)
  }
  const show = async (to: string, raw: string): Promise<Letter> => {
    person(to)
    const letter = await readLetter(raw, now())
    people.get(to.toLowerCase())?.take(letter)
    return letter
  }
  const report = (sent: Sent, action: 'delivered' | 'failed', status: string, envelope: string) =>
    mailboxes.put(address, 'INBOX', writeReport(sent, address, action, status, envelope, nextId(), now()), now())

  const deliver = async (sent: Sent, envelope: string, notify: readonly string[]): Promise<void> => {
    await show(sent.to, sent.raw)
    sent.shownAt = now()
    sent.status = 'delivered'
    if (notify.includes('SUCCESS')) report(sent, 'delivered', '2.0.0', envelope)
  }

  const take = async (raw: string, session: SMTPServerSession): Promise<Fault | null> => {
    const fault = faults.shift() ?? null
    const { head } = readParts(raw)
    const envelope = String(session.envelope.dsn?.envid ?? '')
    for (const { address: to, dsn } of session.envelope.rcptTo) {
      const notify = dsn?.notify ?? []
      const sent: Sent = {
        at: now(),
        to,
        subject: headerOf(head, 'Subject') ?? '',
        messageId: (headerOf(head, 'Message-ID') ?? '').replace(/[<>]/g, ''),
        raw,
        status: 'lost',
        shownAt: null,
      }
      ledger.push(sent)
      if (cut === 'refuses' || fault?.kind === 'later' || fault?.kind === 'never') sent.status = 'refused'
      else if (fault?.kind === 'bounces') {
        sent.status = 'bounced'
        report(sent, 'failed', fault.status, envelope)
      } else if (cut === 'silent') {
        sent.status = 'held'
        held.push(() => void deliver(sent, envelope, notify))
      } else if (fault?.kind !== 'hangs' && !(fault?.kind === 'drops' && !fault.delivers)) await deliver(sent, envelope, notify)
    }
    return fault
  }

  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    hideDSN: false,
    logger: false,
    size: 60_000_000,
    onAuth: (auth, _session, done) => {
      const right = cut !== 'banned' && auth.username === address && auth.password === password
      if (right) done(null, { user: address })
      else done(refusal(535, '5.7.8 Authentication credentials invalid'))
    },
    onData: (stream, session, done) => {
      under += 1
      void readAll(stream)
        .then((raw) => take(raw, session))
        .then((fault) => {
          under -= 1
          if (fault?.kind === 'hangs') return
          if (fault?.kind === 'drops') return hangUp()
          if (cut === 'refuses') done(refusal(554, '5.7.1 Message refused'))
          else if (fault?.kind === 'later' || fault?.kind === 'never') done(refusal(fault.code, fault.text))
          else if (fault?.kind === 'slow') clock.after(fault.ms, () => done())
          else done()
        })
    },
  })
  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  smtp.on('error', () => {})
  smtp.server.on('connection', (socket: Socket) => {
    socket.setNoDelay(true)
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    if (cut === 'down') socket.destroy()
  })
  smtp.listen(options.smtpPort ?? 0, '127.0.0.1')
  await once(smtp.server, 'listening')
  const listening = smtp.server.address()
  const imap = await startImap(
    {
      mailboxes,
      allow: (user, given) => cut !== 'banned' && user === address && given === password,
      down: () => cut === 'down',
    },
    options.imapPort,
  )
  mailboxes.folder(address, 'INBOX')

  return {
    smtpPort: typeof listening === 'object' && listening ? listening.port : 0,
    imapPort: imap.port,
    address,
    password,
    mailboxes,
    ledger,
    person,
    people: () => [...people.values()],
    get cut() {
      return cut
    },
    turn(next) {
      cut = next
      if (next === 'down' || next === 'banned') {
        hangUp()
        imap.hangUp()
      }
      if (next === null) for (const go of held.splice(0)) go()
    },
    meet: (fault, times = 1) => void faults.push(...Array.from({ length: times }, () => fault)),
    busy: () => under > 0,
    hangUp: () => {
      hangUp()
      imap.hangUp()
    },
    close: async () => {
      hangUp()
      await imap.close()
      await new Promise<void>((resolve) => smtp.close(() => resolve()))
    },
  }
}
