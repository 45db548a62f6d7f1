/** The imitation and the connector, both written from the RFCs, meet here: neither has read the other. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOW, toolsWith } from '../../src/channels/contract/tools.ts'
import { email } from '../../src/channels/email/index.ts'
import type { Inbound } from '../../src/core/event.ts'
import { type AttemptId, asId } from '../../src/core/ids.ts'
import { systemClock } from '../clocks.ts'
import { type MailProvider, startMailProvider } from './index.ts'

const SERVICE = 'service@relais.test'
const CAMILLE = 'camille@clients.test'
const attempt = (n: number) => asId<AttemptId>(`att_01900000-0000-7000-8000-00000000000${n}`)
const never = () => new AbortController().signal
const tools = toolsWith({ now: () => NOW })

let provider: MailProvider
let open: ReturnType<typeof email.open>
beforeEach(async () => {
  provider = await startMailProvider({ address: SERVICE, clock: systemClock })
  const { smtpPort, imapPort, password } = provider
  open = email.open(
    email.config.parse({ address: SERVICE, smtpHost: '127.0.0.1', smtpPort, imapHost: '127.0.0.1', imapPort, user: SERVICE, password }),
    tools,
  )
})
afterEach(() => provider.close())

const send = (n: number, text = 'Votre vol part à 14 h 05.', signal = never()) =>
  open.send(
    { attempt: attempt(n), to: { kind: 'email', value: CAMILLE }, content: { type: 'text', text }, category: 'service', language: 'fr' },
    signal,
  )

/** Listens until so many events came; gives them, and the last place. */
const hear = async (count: number, from: string | null, begin: () => unknown = () => {}): Promise<{ events: Inbound[]; place: string }> => {
  const events: Inbound[] = []
  let place = ''
  const stop = new AbortController()
  let begun = false
  await open.listen(
    from,
    async (batch) => {
      events.push(...batch.events)
      place = batch.place
      if (!begun) {
        begun = true
        await begin()
      }
      if (events.length >= count) stop.abort()
    },
    stop.signal,
  )
  return { events, place }
}
const START = '{"INBOX":["1",0,0]}'

describe('a mail that goes out', () => {
  it('is in the customer’s mailbox, under its attempt’s id, and reported as delivered', async () => {
    expect(await send(1)).toEqual({ type: 'accepted', vendorId: `${attempt(1)}@relais.test` })
    expect(provider.ledger).toMatchObject([{ to: CAMILLE, messageId: `${attempt(1)}@relais.test`, status: 'delivered' }])
    expect(provider.person(CAMILLE).thread()).toMatchObject([{ from: 'business', text: 'Votre vol part à 14 h 05.' }])
    const { events } = await hear(1, START)
    expect(events).toMatchObject([{ kind: 'receipt', status: 'delivered', attempt: attempt(1) }])
  })

  it('is unknown where the server takes it and hangs up', async () => {
    provider.meet({ kind: 'drops', delivers: true })
    expect((await send(1)).type).toBe('unknown')
    expect(provider.ledger).toMatchObject([{ status: 'delivered' }])
  })

  it('is postponed where nobody answers or the login is over, and refused where it is refused', async () => {
    provider.turn('down')
    expect((await send(1)).type).toBe('postponed')
    provider.turn('banned')
    expect(await send(2)).toMatchObject({ type: 'postponed', refusal: { class: 'credentials' } })
    provider.turn('refuses')
    expect((await send(3)).type).toBe('refused')
    provider.turn(null)
    expect((await send(4)).type).toBe('accepted')
  })

  it('waits for a mailbox that is healed late, and was accepted all the while', async () => {
    provider.turn('silent')
    expect((await send(1)).type).toBe('accepted')
    expect(provider.person(CAMILLE).thread()).toEqual([])
    const { events } = await hear(1, null, () => provider.turn(null))
    expect(events).toMatchObject([{ kind: 'receipt', status: 'delivered' }])
  })

  it('that bounces later failed for good, or for now', async () => {
    provider.meet({ kind: 'bounces', status: '5.1.1' })
    provider.meet({ kind: 'bounces', status: '4.2.2' })
    await send(1)
    await send(2)
    const { events } = await hear(2, START)
    expect(events).toMatchObject([
      { kind: 'receipt', status: 'failed', refusal: { class: 'never' } },
      { kind: 'receipt', status: 'failed', refusal: { class: 'retry' } },
    ])
  })

  it('goes over a connection that the server closed meanwhile', async () => {
    await send(1)
    provider.hangUp()
    expect((await send(2)).type).toBe('accepted')
  })
})

describe('listening', () => {
  it('begins with what comes from now on, hears it at once, and an answer proves what it answers', async () => {
    provider.person('old@clients.test').write({ subject: 'Ancien', text: 'Il y a un an' })
    await send(1)
    const camille = provider.person(CAMILLE, 'Camille')
    const { events } = await hear(1, null, () => camille.reply(camille.thread()[0] as never, 'Merci !'))
    expect(events).toMatchObject([
      {
        kind: 'message',
        content: { type: 'text', text: 'Merci !' },
        proves: `${attempt(1)}@relais.test`,
        replyTo: `${attempt(1)}@relais.test`,
      },
    ])
  })

  it('goes on where it stopped, and doubles nothing where the server numbers anew', async () => {
    const camille = provider.person(CAMILLE, 'Camille')
    for (const text of ['un', 'deux']) camille.write({ subject: 'Vol', text })
    const first = await hear(2, START)
    camille.write({ subject: 'Vol', text: 'trois' })
    const second = await hear(1, first.place)
    expect(second.events).toMatchObject([{ content: { text: 'trois' } }])
    provider.mailboxes.renumber(SERVICE, 'INBOX')
    const again = await hear(3, second.place)
    expect(again.events.map(({ vendorId }) => vendorId)).toEqual([...first.events, ...second.events].map(({ vendorId }) => vendorId))
  })

  it('names a file of 50 MB and leaves it there, and reads words that stand behind a large one', async () => {
    const part = (name: string, bytes: number) =>
      `--b\r\nContent-Type: application/zip; name=${name}\r\nContent-Disposition: attachment; filename=${name}\r\nContent-Transfer-Encoding: base64\r\n\r\n${'QUFB'.repeat(bytes / 3)}\r\n`
    const mail = (id: string, parts: string) =>
      `From: <${CAMILLE}>\r\nTo: <${SERVICE}>\r\nSubject: Pièces\r\nMessage-ID: <${id}@clients.test>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`
    const words = '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nVoici.\r\n'
    provider.mailboxes.put(SERVICE, 'INBOX', mail('large', words + part('film.zip', 51_000_000)), NOW)
    provider.mailboxes.put(SERVICE, 'INBOX', mail('behind', part('photos.zip', 600_000) + words), NOW)
    const { events } = await hear(4, START)
    expect(events).toMatchObject([
      { content: { type: 'text', text: 'Voici.' } },
      { content: { type: 'unsupported', what: 'attachment too large: film.zip, 49 MB' } },
      { content: { type: 'text', text: 'Voici.' } },
      { content: { type: 'media', media: { filename: 'photos.zip' } } },
    ])
    const file = Object(events[3]).content.media
    const fetched = await open.fetchMedia?.(file, never())
    expect((await fetched?.arrayBuffer())?.byteLength).toBe(600_000)
    provider.mailboxes.renumber(SERVICE, 'INBOX')
    expect((await (await open.fetchMedia?.(file, never()))?.arrayBuffer())?.byteLength).toBe(600_000)
  })

  it('stops answering who writes without end, and forgets nobody who does not', async () => {
    const machine = provider.person('machine@clients.test')
    for (let n = 0; n < 25; n++) machine.write({ subject: 'Re: Re:', text: `Bien reçu ${n}` })
    provider.person(CAMILLE).write({ subject: 'Vol', text: 'Bonjour' })
    const { events } = await hear(26, START)
    expect(events.filter((event) => 'automatic' in event && event.automatic)).toHaveLength(5)
    expect(events.at(-1)).toMatchObject({ content: { text: 'Bonjour' } })
    expect(Object(events.at(-1)).automatic).toBeUndefined()
  })

  it('ends with words on why, where the mailbox cannot be opened', async () => {
    provider.turn('banned')
    await expect(open.listen(null, async () => {}, never())).rejects.toThrow('imap login')
  })
})

it('is told apart by the doctor: both logins, a folder that is not there', async () => {
  expect((await open.examine('https://relais.example', never())).map(({ id }) => id)).toEqual([])
  provider.turn('banned')
  expect((await open.examine(undefined, never())).map(({ id }) => id)).toEqual(['email/smtp-login', 'email/imap-login'])
})
