/** The e-mail connector against Debian's postfix and dovecot: what an imitation of ours could get wrong in the same way as the connector. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toolsWith } from '../../src/channels/contract/tools.ts'
import { email } from '../../src/channels/email/index.ts'
import type { Outgoing } from '../../src/core/channel.ts'
import type { Inbound } from '../../src/core/event.ts'
import { type AttemptId, asId, type VendorId } from '../../src/core/ids.ts'
import { CUSTOMER, LOST, type MailServers, PASSWORD, SERVICE, startMailServers } from './servers.ts'

let servers: MailServers
let stop: AbortController
let listening: Promise<void>
let place: string | null = null
let heard: Inbound[] = []
const waiting: (() => void)[] = []
const tools = toolsWith({ now: Date.now })
const never = () => new AbortController().signal

const mailbox = (address: string, folders = ['INBOX']) =>
  email.open(
    email.config.parse({
      address,
      smtpHost: '127.0.0.1',
      smtpPort: servers.smtpPort,
      imapHost: '127.0.0.1',
      imapPort: servers.imapPort,
      user: address,
      password: PASSWORD,
      folders,
    }),
    tools,
  )

const listen = (open: ReturnType<typeof mailbox>, from: string | null): Promise<void> => {
  stop = new AbortController()
  heard = []
  let begun = () => {}
  const ready = new Promise<void>((resolve) => {
    begun = resolve
  })
  listening = open.listen(
    from,
    async (batch) => {
      heard.push(...batch.events)
      place = batch.place
      begun()
      for (const call of waiting.splice(0)) call()
    },
    stop.signal,
  )
  return from === null ? ready : Promise.resolve()
}
const quiet = async () => {
  stop.abort()
  await listening
}
/** The first event that fits; whatever else comes may come. */
const next = async (fits: (event: Inbound) => boolean): Promise<Inbound> => {
  for (;;) {
    const found = heard.find(fits)
    if (found) return found
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
}
const says = (text: string) => (event: Inbound) => event.kind === 'message' && 'text' in event.content && event.content.text === text

const attempt = (n: number) => asId<AttemptId>(`att_01900000-0000-7000-8000-00000000000${n}`)
const outgoing = (n: number, to: string, text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  attempt: attempt(n),
  to: { kind: 'email', value: to },
  content: { type: 'text', text },
  category: 'service',
  language: 'fr',
  ...more,
})
const mail = (id: string, text: string, head = '') =>
  `From: Camille <${CUSTOMER}>\nTo: <${SERVICE}>\nSubject: Vol\nMessage-ID: <${id}@clients.test>\n${head}Content-Type: text/plain; charset=utf-8\n\n${text}\n`

beforeAll(async () => {
  servers = await startMailServers()
  servers.makeFolder(SERVICE, 'Ventes')
  servers.makeFolder(SERVICE, 'Ventes/Groupes')
  servers.deliver(SERVICE, mail('old', 'Ce mail est là depuis un an.'))
  await listen(mailbox(SERVICE, ['INBOX', 'Ventes/Groupes']), null)
}, 30_000)
afterAll(async () => {
  await quiet()
  await servers.close()
}, 30_000)

describe('postfix and dovecot', () => {
  it('pass the doctor', async () => {
    expect(await mailbox(SERVICE, ['INBOX', 'Ventes/Groupes']).examine('https://relais.example', never())).toEqual([])
    expect((await mailbox(SERVICE, ['Nulle part']).examine('https://relais.example', never())).map(({ id }) => id)).toEqual([
      'email/folder-missing',
    ])
  })

  it('take a mail, report its delivery, and the customer reads it with its thread', async () => {
    const customer = mailbox(CUSTOMER)
    servers.makeFolder(CUSTOMER, 'INBOX')
    const sent = await mailbox(SERVICE).send(
      outgoing(1, CUSTOMER, 'Départ à 14 h 05.', { thread: 'asked@clients.test' as VendorId, subject: 'Vol' }),
      never(),
    )
    expect(sent).toEqual({ type: 'accepted', vendorId: `${attempt(1)}@relais.test` })
    expect(await next((event) => event.kind === 'receipt')).toMatchObject({ status: 'delivered', attempt: attempt(1) })
    const got: Inbound[] = []
    const done = new AbortController()
    const take = async (batch: { readonly events: readonly Inbound[] }) => {
      got.push(...batch.events)
      if (got.length > 0) done.abort()
    }
    await customer.listen('{"INBOX":["0",0,0]}', take, done.signal)
    expect(got).toMatchObject([{ vendorId: `${attempt(1)}@relais.test`, subject: 'Re: Vol', content: { text: 'Départ à 14 h 05.' } }])
  })

  it('tell of a new mail at once, in each folder', async () => {
    servers.deliver(SERVICE, mail('new', 'Mon vol est à quelle heure ?'))
    await next(says('Mon vol est à quelle heure ?'))
    servers.deliver(SERVICE, mail('group', 'Nous serons douze.'), 'Ventes/Groupes')
    await next(says('Nous serons douze.'))
    expect(heard.some(says('Ce mail est là depuis un an.'))).toBe(false)
  })

  it('deliver an answer to the sealed address, and it proves what it answers', async () => {
    await mailbox(SERVICE, ['INBOX']).send(outgoing(2, SERVICE, 'x'), never())
    const reply = mailbox(CUSTOMER)
    const { replyAddress } = await import('../../src/channels/email/verify.ts')
    const to = replyAddress(SERVICE, attempt(2), tools.seal) ?? ''
    expect((await reply.send(outgoing(3, to, 'Merci bien !'), never())).type).toBe('accepted')
    expect(await next(says('Merci bien !'))).toMatchObject({ proves: `${attempt(2)}@relais.test` })
  })

  it('report a mail that could not be delivered', async () => {
    expect((await mailbox(SERVICE).send(outgoing(4, LOST, 'Bonjour'), never())).type).toBe('accepted')
    const failed = await next((event) => event.kind === 'receipt' && event.status === 'failed')
    expect(failed).toMatchObject({ attempt: attempt(4), refusal: { class: 'never', code: '5.1.1' } })
  })

  it('refuse who does not exist, and a wrong password', async () => {
    const refused = await mailbox(SERVICE).send(outgoing(5, 'personne@clients.test', 'Bonjour'), never())
    expect(refused.type === 'accepted' || (refused.type === 'refused' && refused.refusal.class === 'never')).toBe(true)
    const wrong = email.open(
      {
        ...email.config.parse({
          address: SERVICE,
          smtpHost: '127.0.0.1',
          smtpPort: servers.smtpPort,
          imapHost: '127.0.0.1',
          imapPort: servers.imapPort,
          user: SERVICE,
          password: 'wrong',
        }),
      },
      tools,
    )
    expect(await wrong.send(outgoing(6, CUSTOMER, 'Bonjour'), never())).toMatchObject({
      type: 'postponed',
      refusal: { class: 'credentials' },
    })
  })

  it('keep a file until it is wanted', async () => {
    const parts = `--b\nContent-Type: text/plain; charset=utf-8\n\nVoici le billet.\n--b\nContent-Type: application/pdf; name="billet.pdf"\nContent-Disposition: attachment; filename="billet.pdf"\nContent-Transfer-Encoding: base64\n\n${Buffer.from(
      `%PDF-1.4 ${'x'.repeat(400_000)}`,
    )
      .toString('base64')
      .replace(/.{76}/g, '$&\n')}\n--b--\n`
    servers.deliver(
      SERVICE,
      `From: <${CUSTOMER}>\nTo: <${SERVICE}>\nMessage-ID: <file@clients.test>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n${parts}`,
    )
    const event = await next((one) => one.kind === 'message' && one.content.type === 'media')
    if (event.kind !== 'message' || event.content.type !== 'media') throw new Error('no file')
    expect(event.partOf).toBe('file@clients.test')
    const bytes = Buffer.from(
      (await (await mailbox(SERVICE).fetchMedia?.(event.content.media, never()))?.arrayBuffer()) ?? new ArrayBuffer(0),
    )
    expect([bytes.length, bytes.subarray(0, 8).toString()]).toEqual([400_009, '%PDF-1.4'])
  })

  it('go on where listening stopped, and double nothing where a folder is numbered anew', async () => {
    await quiet()
    const known = new Set(heard.map(({ vendorId }) => vendorId))
    servers.deliver(SERVICE, mail('later', 'Pendant la pause.'))
    await listen(mailbox(SERVICE), place)
    await next(says('Pendant la pause.'))
    expect(heard).toHaveLength(1)
    await quiet()
    servers.renumber(SERVICE, 'INBOX')
    servers.deliver(SERVICE, mail('after', 'Après la panne.'))
    await listen(mailbox(SERVICE), place)
    await next(says('Après la panne.'))
    const again = heard.map(({ vendorId }) => vendorId).filter((id) => id !== 'after@clients.test' && id !== 'later@clients.test')
    // What was there before anybody listened lies within the overlap: the one mail that is new to the house is that one.
    expect(again.filter((id) => !known.has(id) && id !== 'old@clients.test')).toEqual([])
  })
})
