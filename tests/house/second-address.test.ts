/** A second address, through the whole house: recorded by somebody of the business, or proven by its owner. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Business, openBusiness } from './business.ts'

let house: Business
afterEach(() => house.close())

const CONSENT = { for: ['service'], words: 'Oui, au téléphone le 20 novembre', proof: { call: 'k-204' } }
const record = (contact: string, body: object) => house.call('agent', 'POST', `/contacts/${contact}/addresses`, body)

it('is recorded with its consent, in the form that every channel knows it by', async () => {
  house = await openBusiness()
  const { id } = await house.greet(house.newcomer())
  const { status, body } = await record(id, { kind: 'email', value: ' Jeanne@Example.FR ', consent: CONSENT })
  expect(status).toBe(200)
  expect(body.addresses).toContainEqual({ kind: 'email', value: 'jeanne@example.fr' })
  expect(body.consents).toMatchObject([
    {
      channelKind: 'email',
      category: 'service',
      state: 'given',
      words: CONSENT.words,
      proof: { call: 'k-204', address: 'jeanne@example.fr' },
    },
  ])
  const sms = await record(id, { kind: 'sms', value: '06 12 34 56 78', consent: CONSENT })
  expect(sms.body.addresses).toContainEqual({ kind: 'sms', value: '+33612345678' })
})

it('is not taken from another contact, nor is anything agreed to in their name', async () => {
  house = await openBusiness()
  const [one, other] = [await house.greet(house.newcomer()), await house.greet(house.newcomer())]
  const address = { kind: 'email', value: 'jeanne@example.fr', consent: CONSENT }
  expect((await record(one.id, address)).status).toBe(200)
  const second = await record(other.id, address)
  expect([second.status, second.body.code, second.body.contactId]).toEqual([409, 'address-taken', one.id])
  const theirs = await house.call('agent', 'GET', `/conversations/${other.conversation}`)
  expect(theirs.body.taken).toMatchObject({ kind: 'email', contactId: one.id, conversationId: one.conversation })
  await house.call('agent', 'POST', `/conversations/${other.conversation}/close`, {})
  expect((await house.call('agent', 'GET', `/conversations/${other.conversation}`)).body.taken).toBeNull()
  const { body } = await house.call('agent', 'GET', `/contacts/${other.id}`)
  expect(body.consents).toEqual([])
  expect(await house.alerts('address-taken')).toBe(1)
})

it('must be one: a landline takes no SMS, and tomorrow nobody agreed yet', async () => {
  house = await openBusiness()
  const { id } = await house.greet(house.newcomer())
  const refused = [
    await record(id, { kind: 'sms', value: '01 42 68 53 00', consent: CONSENT }),
    await record(id, { kind: 'email', value: 'jeanne@', consent: CONSENT }),
    await record(id, { kind: 'email', value: 'a@example.fr', consent: { ...CONSENT, at: house.stage.clock.now() + 86_400_000 } }),
    await record(id, { kind: 'email', value: 'a@example.fr', consent: { ...CONSENT, words: '' } }),
  ]
  expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422])
})

/** With the demo's own SMS and mailbox, and its journey that asks for addresses. */
const asInTheDemo = Object.fromEntries(
  ['relais.yaml', 'journeys/addresses.yaml'].map((file) => [
    file,
    () => readFileSync(join(import.meta.dirname, '..', '..', 'workspaces', 'demo', file), 'utf8'),
  ]),
)
const says = async (user: User, text: string, answer: RegExp) => {
  user.sendText(text)
  await house.until(`an answer like ${answer}`, () => user.received.some((one) => answer.test(one.text)))
}
const consentsOf = (user: User) =>
  house.connection.query<{ kind: string; category: string; given: boolean; words: string; proof: Record<string, unknown> }>(
    `select channel_kind as kind, category, given, words, proof from consent c join identity i using (contact_id)
     where i.key = $1 order by c.seq`,
    [`whatsapp:+${user.person.phone}`],
  )
/** Everything the database holds, as text. */
const everything = async (): Promise<string> => {
  const tables = await house.connection.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'")
  const dumps = await Promise.all(
    tables.map(({ name }) => house.connection.query<{ all: string | null }>(`select string_agg(t::text, ' ') as all from "${name}" t`)),
  )
  return dumps.map(([row]) => row?.all ?? '').join('\n')
}

it('is proven by a code in the mailbox and one on the phone, both typed in the thread, and ended by a sentence', async () => {
  house = await openBusiness({ changed: asInTheDemo })
  const user = house.newcomer()
  house.stage.sms.phone(`+${user.person.phone}`)
  await says(user, 'mes coordonnées', /À quelle adresse e-mail/)
  await says(user, 'zoe.brun@example.fr', /code à six chiffres vient de partir vers zoe\.brun@example\.fr/)
  const letter = await house.until('the letter', () => house.stage.mail.person('zoe.brun@example.fr').thread()[0])
  const code = /\b(\d{6})\b est votre code/.exec(letter.text)?.[1] ?? ''
  expect(code).toMatch(/^\d{6}$/)
  expect((await everything()).includes(code)).toBe(false)
  await says(user, code, /C’est confirmé.*zoe\.brun@example\.fr/s)
  await house.until('the second question', () => user.received.some(({ text }) => text.includes('Et à quel numéro de mobile')))
  await says(user, 'ce numéro', /vient de partir vers \+/)
  const sms = await house.until('the SMS', () => house.stage.sms.phones().flatMap(({ thread }) => thread)[0])
  await says(user, /\d{6}/.exec(sms.text)?.[0] ?? '', /nous saurons vous joindre/)
  expect(await consentsOf(user)).toMatchObject([
    { kind: 'email', category: 'service', given: true, words: expect.stringContaining('vous écrive par e-mail'), proof: { by: 'code' } },
    { kind: 'sms', category: 'service', given: true, words: expect.stringContaining('vous écrive par SMS'), proof: { by: 'code' } },
  ])
  await says(user, 'ne plus m’écrire par e-mail', /ne vous écrirons plus par e-mail/)
  expect((await consentsOf(user)).at(-1)).toMatchObject({ kind: 'email', category: 'service', given: false })
})

it('is proven by the link in the mail: by its button, not by being opened, and once', async () => {
  house = await openBusiness({ changed: asInTheDemo })
  const user = house.newcomer()
  await says(user, 'mes coordonnées', /À quelle adresse e-mail/)
  await says(user, 'zoe.brun@example.fr', /vient de partir/)
  const letter = await house.until('the letter', () => house.stage.mail.person('zoe.brun@example.fr').thread()[0])
  const link = /https?:\/\/\S+\/confirm\/\S+\d{10}/.exec(letter.text)?.[0] ?? ''
  const opened = await fetch(link)
  expect([opened.status, (await opened.text()).includes('<form method="post">')]).toEqual([200, true])
  expect(await consentsOf(user)).toEqual([])
  expect((await fetch(link.replace(/\d{10}$/, '0000000000'), { method: 'POST' })).status).toBe(410)
  expect((await fetch(link, { method: 'POST' })).status).toBe(200)
  expect(await consentsOf(user)).toMatchObject([{ kind: 'email', given: true, proof: { by: 'link' } }])
  expect((await fetch(link, { method: 'POST' })).status).toBe(410)
  expect(await consentsOf(user)).toHaveLength(1)
})
