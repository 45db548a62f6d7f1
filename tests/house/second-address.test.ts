/** A second address, through the whole house: recorded by somebody of the business, or proven by its owner. */
import { afterEach, expect, it } from 'vitest'
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
  expect([second.status, second.body.code]).toEqual([409, 'address-taken'])
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
