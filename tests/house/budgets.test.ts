/** What the business wants to spend at most, over the whole house: an answer goes to a person, what can wait waits for the next day. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Business, HOUR, openBusiness } from './business.ts'

/** France's 0.0248 EUR a message: two a customer would be too many, four in all. */
const BUDGETS = '\nbudgets: { whatsapp: { day: 0.08 EUR, contact: 0.03 EUR } }\n'

let house: Business
beforeAll(async () => {
  house = await openBusiness({ changed: { 'relais.yaml': (text) => text + BUDGETS } })
})
afterAll(() => house.close())

const person = (n: number): User => house.stage.whatsapp.user({ phone: `+3361490000${n}`, name: `Client ${n}` })
const remind = (user: User) =>
  house.write(`+${user.person.phone}`, {
    category: 'utility',
    template: { name: 'departure_reminder', language: 'fr', parameters: { 1: 'Nour', 2: 'Lisbonne', 3: '31 mars', 4: 'VL204518' } },
  })

it('a customer’s second answer goes beyond their budget: a person has it, and the decision says whose rule it was', async () => {
  const user = person(1)
  user.sendText('bonjour')
  await house.until('the greeting', () => user.received.length === 1)
  user.sendText('bonjour')
  const held = await house.until('the second answer held', async () => (await house.sentTo(user)).find(({ status }) => status === 'held'))
  const last = (await house.decisionsOf(held.id)).at(-1)
  expect(last?.rulings).toContainEqual(expect.objectContaining({ rule: 'business/budget', by: 'business', outcome: 'reroute' }))
  expect(last?.price).toMatchObject({ known: true, amount: 0.0248 })
  expect((await house.contactOf(user)).owner).toBe('agents')
  expect(house.callsFor(user)).toBe(1)
})

it('what an agent writes leaves all the same', async () => {
  const user = person(2)
  user.sendText('Je veux parler à un conseiller')
  await house.until('the notice', () => user.received.length === 1)
  const { conversation } = await house.contactOf(user)
  await house.call('agent', 'POST', `/conversations/${conversation}/reply`, { text: 'Bonjour, ici Claire.' })
  await house.until('the reply', () => user.received.length === 2)
})

it('once the day’s budget is spent, a reminder waits for midnight in Paris, and leaves by itself', async () => {
  const user = person(3)
  const sent = await remind(user)
  await house.until('it put off', async () => (await house.statusOf(sent.id)) === 'postponed')
  const last = (await house.decisionsOf(sent.id)).at(-1)
  expect(last).toMatchObject({ outcome: 'postpone' })
  const midnight = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  expect(midnight.format(last?.until ?? 0)).toMatch(/^00:(00|1\d)$/)
  expect(house.callsFor(user)).toBe(0)
  house.stage.clock.advance(15 * HOUR)
  await house.until('the reminder', () => user.received.length === 1)
})
