/** SMS on the whole house: two operators at the wire, behind a proxy, that lie, repeat themselves, fall silent, and are told STOP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRandom } from '../../simulators/random.ts'
import { type Served, serve } from '../../simulators/serve.ts'
import { createSmsSimulator, type SmsPhone, type SmsSimulator } from '../../simulators/sms/index.ts'
import { channelOf } from '../../src/channels/index.ts'
import { houseSecret, sealerOf } from '../../src/cli/house-secret.ts'
import { type Business, openBusiness } from '../house/business.ts'

const PUBLIC = 'https://relais.example'
const SECRET = 'a-secret-of-thirty-two-characters!'
const TWILIO = { accountSid: 'AC0123456789abcdef0123456789abcdef', authToken: 'token-of-twilio', from: '+33170189900' }
const OVH = { serviceName: 'sms-ab12345-1', applicationKey: 'key', applicationSecret: 'application-secret', consumerKey: 'consumer-key' }

let house: Business
let operators: Record<'twilio' | 'ovhcloud', SmsSimulator>
const served: Served[] = []

/** Calls come to the public address; what stands in front of the house hands them over under another. */
const throughProxy = (url: string, init: RequestInit): Promise<Response> => fetch(url.replace(PUBLIC, house.url), init)

beforeAll(async () => {
  const seal = sealerOf(await houseSecret({ RELAIS_SECRET: SECRET }, ''), 'channel:ovh')
  const clock = { now: () => house.stage.clock.now(), after: (ms: number, run: () => void) => house.stage.clock.after(ms, run) }
  const common = { clock, random: makeRandom(7), fetch: throughProxy }
  const events = `${PUBLIC}/webhooks/ovh/${seal('events')}`
  operators = {
    twilio: createSmsSimulator({ ...common, operator: 'twilio', ...TWILIO, webhookUrl: `${PUBLIC}/webhooks/texto` }),
    ovhcloud: createSmsSimulator({
      ...common,
      operator: 'ovhcloud',
      ...OVH,
      callBack: events,
      cgiUrl: events,
      stopCallBack: `${PUBLIC}/webhooks/ovh/${seal('stop')}`,
    }),
  }
  const [one, two] = [await serve(operators.twilio), await serve(operators.ovhcloud)]
  served.push(one, two)
  const lines = [
    `  texto: ${JSON.stringify({ kind: 'twilio', ...TWILIO, apiUrl: one.url, throughput: 500 })}`,
    `  ovh: ${JSON.stringify({ kind: 'ovhcloud', ...OVH, apiUrl: `${two.url}/1.0`, throughput: 500 })}`,
  ]
  house = await openBusiness({
    env: { PUBLIC_URL: PUBLIC, RELAIS_SECRET: SECRET },
    changed: { 'relais.yaml': (text) => text.replace(/^channels:\n/m, `channels:\n${lines.join('\n')}\n`) },
  })
})
afterAll(async () => {
  for (const operator of Object.values(operators)) operator.stop()
  await house.close()
  for (const one of served) await one.close()
})

let people = 0
const newPhone = (operator: SmsSimulator): SmsPhone => {
  people += 1
  return operator.phone(`+336440${String(people).padStart(5, '0')}`)
}
/** Somebody who wrote, and was answered. */
const customer = async (operator: SmsSimulator): Promise<SmsPhone> => {
  const phone = newPhone(operator)
  phone.write('bonjour')
  await house.until('the greeting', () => phone.received().length > 0)
  return phone
}
const write = (channel: string, phone: SmsPhone, text: string, more: object = {}) =>
  house.write(phone.number, { channel, category: 'service', text, ...more })
const status = (message: string, wanted: string) =>
  house.until(`${message} to be ${wanted}`, async () => (await house.statusOf(message)) === wanted)
const showing = (phone: SmsPhone, text: string) => phone.received().filter((line) => line.text.includes(text))
const contactsOf = (phone: SmsPhone) =>
  house.connection.query<{ contact: string; key: string }>('select contact_id as contact, key from identity where value = $1', [
    phone.number,
  ])

describe.each([
  ['twilio', 'texto'],
  ['ovhcloud', 'ovh'],
] as const)('SMS by %s', (kind, channel) => {
  const operator = () => operators[kind]
  /** What was said of the channel as the journal tells it. */
  const unknowns = () =>
    house.connection.query<{ what: string }>(
      "select data->>'what' as what from event where kind = 'channel.unknown-event' and channel = $1",
      [channel],
    )

  it('comes in, is answered, and the answer is known to have arrived', async () => {
    const phone = await customer(operator())
    const [row] = await house.until('the receipt', async () => {
      const rows = await house.connection.query<{ status: string; price: { parts: number; known: boolean } }>(
        "select m.status, m.price from message m join identity i using (contact_id) where i.key = $1 and m.direction = 'out' and m.status = 'delivered'",
        [`sms:${phone.number}`],
      )
      return rows.length > 0 && rows
    })
    expect(row?.price.parts).toBeGreaterThan(0)
    expect(row?.price.known).toBe(false)
  })

  it('is sent once however often and in whatever order its statuses come', async () => {
    const phone = await customer(operator())
    for (const fault of ['twice', 'disordered', 'late'] as const) {
      operator().faults.next(1, fault, { times: 5, ms: 400 })
      const sent = await write(channel, phone, `Fois ${fault}`)
      await status(sent.id, 'delivered')
      await house.until('the phone to show it', () => showing(phone, `Fois ${fault}`).length > 0)
      expect(showing(phone, `Fois ${fault}`)).toHaveLength(1)
      const told = await house.connection.query("select 1 from event where message_id = $1 and kind = 'message.delivered'", [sent.id])
      expect(told).toHaveLength(1)
    }
    expect(operator().ledger.doubled()).toEqual([])
  })

  it('that was taken and never delivered stays as it was taken, and is not sent again', async () => {
    const phone = await customer(operator())
    operator().faults.next(1, 'dropped')
    const dropped = await write(channel, phone, 'Perdu en route')
    const after = await write(channel, phone, 'Le suivant')
    await status(after.id, 'delivered')
    expect(await house.statusOf(dropped.id)).toBe('accepted')
    expect(showing(phone, 'Perdu en route')).toEqual([])
    expect(operator().ledger.sends.filter(({ text }) => text.includes('Perdu en route'))).toHaveLength(1)
  })

  it('that was delivered and never said to be is not sent again either', async () => {
    const phone = await customer(operator())
    operator().faults.next(1, 'never')
    const silent = await write(channel, phone, 'Sans accusé')
    const after = await write(channel, phone, 'Avec accusé')
    await status(after.id, 'delivered')
    expect([await house.statusOf(silent.id), showing(phone, 'Sans accusé').length]).toEqual(['accepted', 1])
  })

  it('does not count a status about something else as its own', async () => {
    const phone = await customer(operator())
    const before = (await unknowns()).length
    operator().faults.next(1, 'other-number')
    const lied = await write(channel, phone, 'À un autre')
    const after = await write(channel, phone, 'À la bonne personne')
    await status(after.id, 'delivered')
    expect(await house.statusOf(lied.id)).toBe('accepted')
    if (kind === 'twilio') expect((await unknowns()).length).toBeGreaterThan(before)
  })

  it('refuses statuses that nobody vouches for', async () => {
    const phone = await customer(operator())
    for (const fault of ['unsigned', 'mis-signed'] as const) {
      operator().faults.next(1, fault)
      const sent = await write(channel, phone, `Faux ${fault}`)
      await status(sent.id, 'accepted')
      const record = operator().ledger.sends.at(-1)
      const told = () => operator().ledger.told.filter(({ item }) => item.startsWith(`${record?.id}:`))
      await house.until('the house’s no', () => told().length === 2 && told().every(({ answer }) => answer !== null))
      expect(told().map(({ answer }) => answer)).toEqual([401, 401])
      expect(await house.statusOf(sent.id)).toBe('accepted')
    }
  })

  it('tells why it did not arrive, with a remedy', async () => {
    const phone = await customer(operator())
    operator().faults.next(1, 'undelivered')
    const sent = await write(channel, phone, 'Téléphone éteint')
    await status(sent.id, 'failed')
    const [row] = await house.connection.query<{ refusal: { code: string; remedy: { fr: string } } }>(
      'select refusal from message where id = $1',
      [sent.id],
    )
    expect([row?.refusal.code, (row?.refusal.remedy.fr.length ?? 0) > 20]).toEqual([kind === 'twilio' ? '30003' : '24', true])
  })

  it('takes STOP for an end of marketing, on SMS whoever carries it', async () => {
    const phone = await customer(operator())
    const [row] = await contactsOf(phone)
    phone.write('STOP')
    const consents = await house.until('the consent', async () => {
      const found = await house.connection.query<{ kind: string; given: boolean }>(
        "select channel_kind as kind, given from consent where contact_id = $1 and category = 'marketing'",
        [row?.contact],
      )
      return found.length > 0 && found
    })
    expect(consents.at(-1)).toEqual({ kind: 'sms', given: false })
    const other = channel === 'texto' ? 'ovh' : 'texto'
    for (const by of [channel, other]) {
      const offer = await write(by, phone, 'Promo -20 %, STOP au 36111', { category: 'marketing' })
      expect(offer.decision.outcome).toBe('refuse')
    }
  })

  it('keeps all of one person in one place, whichever phone channel they write by', async () => {
    const phone = await customer(operator())
    const user = house.newcomer(phone.number)
    await house.greet(user)
    const rows = await contactsOf(phone)
    expect(rows.map(({ key }) => key.split(':')[0]).toSorted()).toEqual(['sms', 'whatsapp'])
    expect(new Set(rows.map(({ contact }) => contact)).size).toBe(1)
  })
})

describe('a send whose answer was lost', () => {
  const lost = async (fault: 'accepted-500' | 'accepted-reset' | 'truncated' | 'html') => {
    const phone = await customer(operators.twilio)
    operators.twilio.faults.next(1, fault)
    return { phone, sent: await write('texto', phone, 'Réponse perdue') }
  }

  it.each(['accepted-500', 'accepted-reset', 'truncated'] as const)(
    '(%s) is reconciled by its statuses, and goes out once',
    async (fault) => {
      const { phone, sent } = await lost(fault)
      await status(sent.id, 'delivered')
      expect(showing(phone, 'Réponse perdue')).toHaveLength(1)
      expect(operators.twilio.ledger.doubled()).toEqual([])
    },
  )

  it('stays in doubt where nothing more is heard of it', async () => {
    const { phone, sent } = await lost('html')
    const results = () => house.connection.query<{ result: string }>('select result from attempt where message_id = $1', [sent.id])
    await house.until('the doubt', async () => (await results()).some(({ result }) => result === 'unknown'))
    expect(showing(phone, 'Réponse perdue')).toEqual([])
  })
})

it('has a sender that rules know, and a medium that is not its operator’s name', async () => {
  const rows = await house.connection.query<{ id: string; kind: string }>("select id, kind from channel where id in ('texto', 'ovh')")
  expect(rows.map(({ kind }) => kind)).toEqual(['sms', 'sms'])
  const [{ content } = { content: {} }] = await house.connection.query<{ content: object }>(
    "select s.content from situation s where s.content->'channel'->>'id' = 'texto' limit 1",
  )
  expect(content).toMatchObject({
    channel: { kind: 'sms', operator: 'twilio', sender: 'landline' },
    message: { parts: expect.any(Number) },
  })
  expect(channelOf('twilio')?.capabilities.parts?.('x')).toBe(1)
})
