import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import type { Outgoing } from '../../core/channel.ts'
import { type AttemptId, asId, type Digest } from '../../core/ids.ts'
import type { RefusalClass } from '../../core/outcome.ts'
import { channelContract } from '../contract/index.ts'
import { NOW, toolsWith } from '../contract/tools.ts'
import { eventsOf } from './inbound.ts'
import { email } from './index.ts'
import { readSource } from './mail.ts'
import { writeMail } from './outbound.ts'
import { openPost } from './post.ts'
import { openSmtpPeer, type Reply, settings } from './sample.ts'
import { provenBy, replyAddress } from './verify.ts'

const encode = (body: unknown): Uint8Array => Buffer.from((Array.isArray(body) ? body : [body]).map(String).join('\r\n'), 'utf8')
const tools = toolsWith()
const read = async (bytes: Uint8Array) =>
  eventsOf(await readSource({ bytes, at: NOW }), { address: 'service@relais.test', seal: tools.seal, loops: () => false }, (part, id) =>
    JSON.stringify(['INBOX', '7', 9, part, id]),
  )
const no = (at: Reply['at'], code: number, text: string, type: 'refused' | 'postponed', refusalClass: RefusalClass) => ({
  name: `${code} ${text} to the ${at}`,
  answer: { at, code, text },
  result: { type, class: refusalClass },
})

channelContract({
  channel: email,
  make: (given, port) => email.open(settings(port || 1), given),
  secrets: ['mailbox-secret'],
  fixtures: new URL('./fixtures/', import.meta.url),
  to: { kind: 'email', value: 'camille@clients.test' },
  encode,
  receive: async (_open, body) => ({ status: 200, events: await read(body) }),
  truncation: 'passes',
  far: openSmtpPeer,
  // Paragraphs of both parts, decoded and without elements.
  said: ({ body }) =>
    body
      .replace(/=\r?\n/g, '')
      .replace(/((?:=[\dA-F]{2})+)/g, (hex) => Buffer.from(hex.replaceAll('=', ''), 'hex').toString('utf8'))
      .split(/\r?\n(?:\r?\n|--)/)
      .map((part) => part.replace(/<\/?[a-z!][^>@]*>/g, '')),
  probe: {
    yes: { at: 'content', code: 250, text: 'OK' },
    no: [
      { name: 'a password that was changed', answer: { at: 'login', code: 535, text: '5.7.8 Bad password' } },
      { name: 'a login that fails for now', answer: { at: 'login', code: 454, text: '4.7.0 Temporary failure' } },
    ],
  },
  accepted: { answer: { at: 'content', code: 250, text: 'OK' } satisfies Reply as Reply, vendorId: 'att_contract@relais.test' },
  refusals: [
    no('login', 535, '5.7.8 Bad password', 'postponed', 'credentials'),
    no('login', 454, '4.7.0 Temporary failure', 'postponed', 'retry'),
    no('sender', 553, '5.7.1 Sender not yours', 'refused', 'fix'),
    no('sender', 451, '4.3.0 Try later', 'postponed', 'retry'),
    no('recipient', 550, '5.1.1 User unknown', 'refused', 'never'),
    no('recipient', 550, 'No such user', 'refused', 'never'),
    no('recipient', 450, '4.7.1 Too many', 'postponed', 'throttled'),
    no('recipient', 452, '4.2.2 Mailbox full', 'postponed', 'retry'),
    no('content', 552, '5.3.4 Too large', 'refused', 'fix'),
    no('content', 550, '5.7.26 DMARC', 'refused', 'fix'),
    no('content', 451, 'Greylisted', 'postponed', 'retry'),
    no('content', 554, 'Refused', 'refused', 'fix'),
  ],
  throttled: { answer: { at: 'recipient', code: 450, text: '4.7.1 Too fast' }, afterMs: 60_000 },
})

const attempt = asId<AttemptId>('att_01900000-0000-7000-8000-00000000002a')
const outgoing = (some: Partial<Outgoing> = {}): Outgoing => ({
  attempt,
  to: { kind: 'email', value: 'camille@clients.test' },
  content: { type: 'text', text: 'Votre vol part à 14 h 05.' },
  category: 'service',
  language: 'fr',
  ...some,
})
const written = async (message: Outgoing, given = tools) => {
  const mail = await writeMail({ config: settings(), tools: given, post: openPost(settings()) }, message)
  if ('remedy' in mail) throw new Error(mail.code)
  return simpleParser(Buffer.from(mail))
}

describe('a mail that leaves', () => {
  it('hangs on the customer’s thread, by its id and its subject', async () => {
    const mail = await written(
      outgoing({ thread: 'one@clients.test' as never, replyTo: 'two@clients.test#file-2' as never, subject: 'Mon vol' }),
    )
    expect([mail.subject, mail.inReplyTo, mail.references]).toEqual([
      'Re: Mon vol',
      '<two@clients.test>',
      ['<one@clients.test>', '<two@clients.test>'],
    ])
    expect(mail.messageId).toBe(`<${attempt}@relais.test>`)
  })

  it('asks for the answer at an address that proves which message it answers, in small letters', async () => {
    const mail = await written(outgoing())
    const reply = mail.replyTo?.value[0]?.address ?? ''
    expect(reply).toMatch(/^service\+[a-z2-7]{42}@relais\.test$/)
    expect(provenBy(reply.toUpperCase(), 'service@relais.test', tools.seal)).toBe(attempt)
  })

  it('says that a machine wrote it only where one did', async () => {
    expect((await written(outgoing({ automatic: true }))).headers.get('auto-submitted')).toBe('auto-generated')
    expect((await written(outgoing())).headers.has('auto-submitted')).toBe(false)
  })

  it('cannot be made to carry headers of a stranger', async () => {
    const mail = await written(outgoing({ subject: 'Vol\r\nBcc: victim@example.test' }))
    expect(mail.bcc).toBeUndefined()
  })

  it('carries a file that the house keeps', async () => {
    const file = { ...tools, file: async () => new Uint8Array([37, 80, 68, 70]) }
    const content = {
      type: 'media',
      kind: 'document',
      media: { digest: 'd' as Digest, mime: 'application/pdf', filename: 'billet.pdf' },
      caption: 'Voici.',
    } as const
    const mail = await written(outgoing({ content }), file)
    expect([mail.text?.trim(), mail.attachments[0]?.filename, mail.attachments[0]?.content.toString()]).toEqual([
      'Voici.',
      'billet.pdf',
      '%PDF',
    ])
  })
})

describe('marketing', () => {
  it('can be ended by one click, and is asked about where a person opens the link', async () => {
    const mail = await written(outgoing({ category: 'marketing' }))
    expect(mail.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line).toContain('List-Unsubscribe=One-Click')
    const url =
      /<(https:[^>]+)>/.exec(mail.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line.replace(/\s+/g, '') ?? '')?.[1] ?? ''
    const open = email.open(settings(), tools)
    const page = await open.handshake(new Request(url))
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<strong>camille@clients.test</strong>')])
    const { events, reply } = await open.receive(new Request(url, { method: 'POST' }), Buffer.from('List-Unsubscribe=One-Click'))
    expect(reply.status).toBe(200)
    expect(events).toMatchObject([
      { kind: 'preference', value: 'stop', category: 'marketing', from: { addresses: [{ value: 'camille@clients.test' }] } },
    ])
  })

  it('is not ended by a link that was changed', async () => {
    const open = email.open(settings(), tools)
    const request = new Request('https://relais.example/webhooks/under-test?leave=WyJhIl0&seal=AAAA', { method: 'POST' })
    expect((await open.receive(request, Buffer.from('List-Unsubscribe=One-Click'))).reply.status).toBe(401)
    expect((await open.handshake(new Request(request.url))).status).toBe(403)
  })

  it('does not leave where nobody could unsubscribe', async () => {
    await expect(written(outgoing({ category: 'marketing' }), { ...tools, webhookUrl: undefined })).rejects.toThrow('no-public-address')
  })
})

describe('a reply address', () => {
  const own = 'service@relais.test'
  const good = replyAddress(own, attempt, tools.seal) ?? ''

  it('proves nothing once a letter of it is changed', () => {
    for (const at of [8, 20, 33, 34, 40, 49]) {
      const letter = good[at] === 'a' ? 'b' : 'a'
      expect(provenBy(good.slice(0, at) + letter + good.slice(at + 1), own, tools.seal)).toBe('forged')
    }
  })

  it('is no forgery where it is the plain address, or another mailbox’s', () => {
    for (const address of [own, 'other+x@relais.test', 'service+x@elsewhere.test', 'nonsense'])
      expect(provenBy(address, own, tools.seal)).toBeNull()
  })

  it('proves its message to whoever reads the mail', async () => {
    const mail = `From: Bo <bo@clients.test>\r\nTo: ${good}\r\nMessage-ID: <x@y.test>\r\n\r\nBonjour\r\n`
    expect(await read(Buffer.from(mail))).toMatchObject([{ kind: 'message', proves: `${attempt}@relais.test` }])
  })

  it('is left out where the address leaves no room', () => {
    expect(replyAddress(`${'a'.repeat(30)}@relais.test`, attempt, tools.seal)).toBeUndefined()
  })
})

const report = (...status: string[]) =>
  Buffer.from(
    ['From: m@b.test', 'Content-Type: multipart/report; boundary=r', '', '--r', 'Content-Type: message/delivery-status', '']
      .concat(status, ['Action: failed', 'Status: 5.1.1', '', '--r--', ''])
      .join('\r\n'),
  )

describe('a name', () => {
  const nameOf = async (from: string) => {
    const [message] = await read(Buffer.from(`From: ${from}\r\n\r\nBonjour`))
    return message?.kind === 'message' ? message.from.name : 'no message'
  }
  it('is what a person would write, not what the mailbox is called', async () => {
    for (const from of [
      'emily.carter <emily.carter@b.test>',
      'Emily.Carter <Emily.Carter@B.test>',
      '"emily@b.test" <emily@b.test>',
      'emily@b.test',
    ])
      expect(await nameOf(from), from).toBeUndefined()
    expect(await nameOf('Emily Carter <emily.carter@b.test>')).toBe('Emily Carter')
    expect(await nameOf('Camille <camille@b.test>')).toBe('Camille')
  })
})

describe('what a person wrote', () => {
  const told = async (...lines: string[]) => {
    const [event] = await read(Buffer.from(['From: Bo <bo@b.test>', ...lines].join('\r\n')))
    return event?.kind === 'message' ? event : null
  }
  it('is answered though their provider counts complaints; a machine that only its subject betrays is not', async () => {
    expect((await told('Feedback-ID: 71:user:example', 'Subject: Vol', '', 'Bonjour'))?.automatic).toBeUndefined()
    for (const subject of ['Automatic reply: Your booking', 'Out of Office: Bo', 'Absence du bureau : Bo', 'Autoreply: hello'])
      expect((await told(`Subject: ${subject}`, '', 'Back on Monday.'))?.automatic, subject).toBe(true)
    for (const subject of ['Re: Automatic reply: Your booking', 'Out of office chairs', 'Absence de bagage'])
      expect((await told(`Subject: ${subject}`, '', 'Hello'))?.automatic, subject).toBeUndefined()
  })

  it('ends where another program quotes, or names itself', async () => {
    expect((await told('', 'Oui, volontiers.', '', '----- Mail original -----', 'De: a@b.test', 'Bonjour'))?.content).toMatchObject({
      text: 'Oui, volontiers.',
    })
    expect((await told('', 'Yes, please.', '', 'Sent with Proton Mail secure email.'))?.content).toMatchObject({ text: 'Yes, please.' })
  })

  it('is the file, where beside it stands only what the telephone adds', async () => {
    const parts = [
      '--b',
      'Content-Type: text/plain',
      '',
      'Sent from my iPhone',
      '--b',
      'Content-Type: image/png; name=a.png',
      'Content-Disposition: attachment',
      '',
      'x',
      '--b--',
      '',
    ]
    expect((await told('Content-Type: multipart/mixed; boundary=b', '', ...parts))?.content).toMatchObject({ type: 'media' })
  })
})

describe('a mail that means harm', () => {
  it('costs no time that others wait for', async () => {
    const long = 'a'.repeat(60_000)
    const began = performance.now()
    const heads = ['To', 'Cc', 'Delivered-To'].map((name) => `${name}: ${long}\r\n`).join('')
    await read(Buffer.from(`From: x@b.test\r\n${heads}\r\nBonjour`))
    await read(report(`Original-Envelope-Id: ${attempt}`, `Diagnostic-Code: smtp; 550 ${long}`))
    await read(Buffer.from(`From: x@b.test\r\nContent-Type: text/html\r\n\r\n${'<blockquote>'.repeat(90)}${'a<br>'.repeat(40_000)}`))
    expect(performance.now() - began).toBeLessThan(4_000)
  })

  it('brings nothing into the house that a store cannot hold, and reports on nothing but our mails', async () => {
    const [told] = await read(report(`Original-Envelope-Id: ${attempt}`, 'Diagnostic-Code: smtp; 550 \0 nobody'))
    expect(told).toMatchObject({ kind: 'receipt', attempt, refusal: { detail: expect.not.stringContaining('\0') } })
    expect(await read(report('Original-Envelope-Id: att_\0zz'))).toMatchObject([{ kind: 'message' }])
  })

  it('is seen though it has more parts than anybody reads', async () => {
    const parts = '--b\r\nContent-Type: image/png\r\n\r\nx\r\n'.repeat(300)
    const mail = `From: Bo <bo@b.test>\r\nSubject: Photos\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`
    expect(await read(Buffer.from(mail))).toMatchObject([
      {
        kind: 'message',
        subject: 'Photos',
        from: { addresses: [{ value: 'bo@b.test' }] },
        content: { type: 'unsupported', what: 'unreadable mail' },
      },
    ])
  })

  it('cannot break the door with a seal of other letters', async () => {
    const open = email.open(settings(), tools)
    const url = `https://relais.example/webhooks/m?leave=abc&seal=${encodeURIComponent('é'.repeat(tools.seal('leave:abc').length))}`
    expect((await open.handshake(new Request(url))).status).toBe(403)
  })
})
