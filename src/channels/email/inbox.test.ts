/** Listening to a mailbox in which some mails cannot be read: they are set aside where they lie, and what is behind them comes in. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../../../simulators/clocks.ts'
import { type MailProvider, startMailProvider } from '../../../simulators/email/index.ts'
import type { Inbound } from '../../core/event.ts'
import { toolsWith } from '../contract/tools.ts'
import { listen } from './inbox.ts'
import { type MailReader, openReader } from './reader.ts'
import { settings } from './sample.ts'

const PLANTED = new URL('../../../tests/support/poison-mail.ts', import.meta.url)
const planted = () => openReader(PLANTED, { longestMs: 2_500, mostMb: 32 })
let provider: MailProvider
beforeEach(async () => {
  provider = await startMailProvider({ address: 'service@relais.test', clock: systemClock })
})
afterEach(() => provider.close())

type Batch = { readonly events: readonly Inbound[]; readonly place: string }
/** Listens until `enough`; gives what it heard and where it stopped. */
const hear = async (from: string | null, enough: (events: readonly Inbound[]) => boolean, mails?: MailReader) => {
  const config = { ...settings(provider.smtpPort, provider.imapPort), password: provider.password }
  const stop = new AbortController()
  const heard: Inbound[] = []
  let place = from
  const take = async (batch: Batch) => {
    heard.push(...batch.events)
    place = batch.place
    if (enough(heard)) stop.abort()
  }
  await listen({ config, tools: toolsWith() }, from, take, stop.signal, mails)
  return { heard, place }
}
const textOf = (event: Inbound) => (event.kind === 'message' && event.content.type === 'text' ? event.content.text : event.kind)
const isLast = (events: readonly Inbound[]) => events.some((event) => textOf(event) === 'la dernière')

it('of one who sends what no program can read, the folder is heard to its end, and each such mail is named', async () => {
  const { place: begin } = await hear(null, () => true, planted())
  const camille = provider.person('camille@clients.test')
  const write = (subject: string, text: string) => camille.write({ subject, text })
  write('Vol', 'la première')
  for (const harm of ['endless', 'throws', 'huge']) write(harm, 'à lire')
  write('Vol', 'la dernière')
  const { heard, place } = await hear(begin, isLast, planted())
  expect(heard.map(textOf)).toEqual(['la première', 'unreadable', 'unreadable', 'unreadable', 'la dernière'])
  expect(heard.flatMap((event) => (event.kind === 'unreadable' ? `${event.where}: ${event.cause}` : []))).toEqual([
    'INBOX UID 2: too slow',
    'INBOX UID 3: TypeError',
    'INBOX UID 4: too much memory',
  ])
  expect(new Set(heard.map(({ vendorId }) => vendorId)).size).toBe(5)
  write('Vol', 'la suite')
  expect((await hear(place, (events) => events.length > 0)).heard.map(textOf)).toEqual(['la suite'])
}, 60_000)

it('blames no mail where the thread that reads them cannot work: all of them come again', async () => {
  const { place: begin } = await hear(null, () => true)
  provider.person('camille@clients.test').write({ subject: 'Vol', text: 'la première' })
  const broken = openReader(new URL('./no-such-thread.ts', import.meta.url))
  await expect(hear(begin, () => true, broken)).rejects.toMatchObject({ code: 'internal' })
  expect((await hear(begin, (events) => events.length > 0)).heard.map(textOf)).toEqual(['la première'])
}, 60_000)

it('stops at once where it is to stop, and sets nothing aside for it', async () => {
  const { place: begin } = await hear(null, () => true)
  const mails = openReader(PLANTED)
  const stop = new AbortController()
  const config = { ...settings(provider.smtpPort, provider.imapPort), password: provider.password }
  const events: Inbound[] = []
  let asked = () => {}
  const reading = new Promise<void>((resolve) => {
    asked = resolve
  })
  const watched: MailReader = {
    ...mails,
    read: (source) => {
      asked()
      return mails.read(source)
    },
  }
  const listening = listen({ config, tools: toolsWith() }, begin, async (batch) => void events.push(...batch.events), stop.signal, watched)
  provider.person('camille@clients.test').write({ subject: 'endless', text: 'à lire' })
  await reading
  stop.abort()
  await listening
  expect(events).toEqual([])
})
