/** Every limit of platform and business, over the whole house: one refusal or postponement each, with its remedy. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Business, HOUR, openBusiness, type Sent } from './business.ts'

const REMINDING = `journey: reminding
starts: [{ keyword: [relance] }]
steps:
  - ask: reply
    say: "Que souhaitez-vous ?"
    expires: 20h
  - remind: { after: 1h, say: "Pensez à nous répondre.", times: 5 }
  - say: "Merci."
`

let house: Business
beforeAll(async () => {
  house = await openBusiness({ changed: { 'journeys/reminding.yaml': () => REMINDING } })
})
afterAll(() => house.close())

const addressOf = (user: User) => `+${user.person.phone}`
const timeInParis = (at: number): string =>
  new Intl.DateTimeFormat('fr', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' }).format(at)
/** The strictest ruling speaks first, and says what to do in both languages. */
const expectRuling = (sent: Sent['decision'] | undefined, rule: string, outcome: string) => {
  // A law may say the same: it stands beside.
  const ruling = sent?.rulings.find((one) => one.rule === rule)
  expect(ruling).toMatchObject({ rule, outcome, remedy: { fr: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) } })
  expect(sent?.outcome).toBe(outcome)
}

describe('rates', () => {
  it('pair: the forty-sixth message to one person at once waits its turn, and leaves by itself', async () => {
    const user = await house.customer()
    const { conversation } = await house.contactOf(user)
    // An agent's own words: of what nobody reads, the fourth in a row would be held.
    const sent = await Promise.all(
      Array.from({ length: 46 }, (_, n) => house.call('agent', 'POST', `/conversations/${conversation}/reply`, { text: `Message ${n}` })),
    )
    const waiting = await house.until('one that waits', async () => {
      const rows = await house.connection.query<{ message_id: string; wait_rule: string; after: number }>(
        `select message_id, wait_rule, (due_at - (select min(at) from attempt a where a.contact_id = o.contact_id))::int as after
         from outbox o where state = 'queued' and wait_rule is not null`,
      )
      return rows.length > 0 && rows
    })
    // The platform's six seconds begin when the first arrives there.
    expect(waiting[0]?.after).toBeGreaterThanOrEqual(6_500)
    expect(new Set(waiting.map((row) => row.wait_rule))).toEqual(new Set(['whatsapp/pair']))
    expect(sent.map(({ body }) => (body.message as { id: string }).id)).toContain(waiting[0]?.message_id)
    expect(house.stage.whatsapp.ledger.sends.filter((send) => send.refused === 131056)).toEqual([])
    for (let n = 0; n < 4; n++) house.stage.clock.advance(6_000)
    await house.until('all of them', () => user.received.length === 47)
  })

  it('number: refused by the provider, tried again more slowly, nothing lost', async () => {
    const { whatsapp } = house.stage
    whatsapp.faults.next(3, 'error', { code: 130429 })
    const users = Array.from({ length: 12 }, () => house.newcomer())
    for (const user of users) user.sendText('bonjour')
    await house.until('all greeted', () => users.every((user) => user.received.length === 1))
    expect(whatsapp.ledger.sends.filter((send) => send.refused === 130429).length).toBe(3)
    const [told] = await house.connection.query<{ code: string }>("select code from attempt where result = 'postponed' and code = '130429'")
    expect(told).toEqual({ code: '130429' })
  })
})

describe('who may be written to', () => {
  const update = (to: User) =>
    house.write(addressOf(to), { category: 'utility', template: { name: 'answer_ready', language: 'fr', parameters: { 1: 'Lisbonne' } } })

  it('portfolio: beyond the number of people per 24 hours the next one waits until there is room', async () => {
    const { account } = house.stage.whatsapp
    const told = (most: number) =>
      account.event('business_capability_update', { max_daily_conversations_per_business: most, max_phone_numbers_per_waba: 25 })
    const used = (await house.connection.query('select 1 from opening')).length
    told(used + 2)
    await house.until(
      'told',
      async () => (await house.connection.query('select 1 from channel where per_day = $1', [used + 2])).length === 1,
    )
    const users = [house.newcomer(), house.newcomer(), house.newcomer()]
    for (const user of users.slice(0, 2)) {
      await update(user)
      await house.until('it shown', () => user.received.length === 1)
    }
    // Counted already: it takes nobody's place.
    await update(users[0] as User)
    await house.until('a second one to the first person', () => users[0]?.received.length === 2)
    const third = await update(users[2] as User)
    await house.until('it postponed', async () => (await house.statusOf(third.id)) === 'postponed')
    expectRuling((await house.decisionsOf(third.id)).at(-1), 'whatsapp/portfolio', 'postpone')
    house.stage.clock.advance(24 * HOUR)
    await house.until('it shown', () => users[2]?.received.length === 1)
    told(-1)
    await house.until('told', async () => (await house.connection.query('select 1 from channel where per_day = -1')).length === 1)
  })

  it('closed window without a template that fits: held for an agent', async () => {
    const bare = await openBusiness({ changed: { 'templates/answer_ready.yaml': null } })
    try {
      const sent = await bare.write('+33614990001', { category: 'service', text: 'Votre dossier est prêt.' })
      expect(sent).toMatchObject({ status: 'held', decision: { outcome: 'amend' } })
      expect(sent.decision.rulings[0]).toMatchObject({
        rule: 'whatsapp/window',
        remedy: { fr: expect.stringContaining('modèle'), en: expect.stringContaining('template') },
      })
      const [waiting] = await bare.connection.query<{ owner: string; waiting: number }>(
        'select owner, waiting_since as waiting from conversation where contact_id = $1',
        [sent.contactId],
      )
      expect(waiting).toMatchObject({ owner: 'agents', waiting: expect.any(Number) })
      expect(bare.stage.whatsapp.ledger.sends).toEqual([])
    } finally {
      await bare.close()
    }
  })

  it('the AI clause: an answer by a model stays in where an AI is the business’s main service, and a person gets it as a draft', async () => {
    const primary = await openBusiness({ changed: { 'relais.yaml': (text) => text.replace('aiIs: incidental', 'aiIs: primary') } })
    try {
      primary.stage.engine.always({ kind: 'answer', text: 'Le solde se règle avant le départ [1].' })
      const question = 'Combien de temps avant le départ dois-je payer le solde de mon voyage ?'
      const indian = primary.stage.whatsapp.user({ phone: '+919810012345', name: 'Asha' })
      indian.sendText(question)
      const held = await primary.until('the draft', async () => (await primary.sentTo(indian)).find((row) => row.status === 'held'))
      const [decision] = await primary.decisionsOf(held.id)
      expect(decision?.outcome).toBe('reroute')
      expect(decision?.rulings[0]).toMatchObject({
        rule: 'whatsapp/ai-clause',
        outcome: 'reroute',
        remedy: { fr: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) },
      })
      expect((await primary.contactOf(indian)).owner).toBe('agents')
      const italian = primary.stage.whatsapp.user({ phone: '+393331234567', name: 'Giulia' })
      italian.sendText(question)
      await primary.until('the answer', () => italian.received.length > 0)
      expect(primary.callsFor(indian)).toBe(0)
    } finally {
      await primary.close()
    }
  })
})

describe('marketing', () => {
  it('without consent: refused', async () => {
    const user = house.newcomer()
    user.sendText('bonjour')
    await house.until('the greeting', () => user.received.length === 1)
    expectRuling((await house.offer(addressOf(user))).decision, 'whatsapp/opt-in', 'refuse')
  })

  it('to a number of the United States: refused, consent or not', async () => {
    const user = await house.customer('+12125550123')
    expectRuling((await house.offer(addressOf(user))).decision, 'whatsapp/marketing-us', 'refuse')
  })

  it('after the platform found that somebody had enough (131049): the next waits 24 hours, then leaves', async () => {
    const user = await house.customer()
    house.stage.whatsapp.faults.next(1, 'fails-later', { code: 131049 })
    const first = await house.offer(addressOf(user))
    await house.until('it failed', async () => (await house.statusOf(first.id)) === 'failed')
    const second = await house.until('the platform’s word remembered', async () => {
      const offer = await house.offer(addressOf(user))
      return offer.decision.outcome === 'postpone' && offer
    })
    expectRuling(second.decision, 'whatsapp/marketing-per-user', 'postpone')
    expect((second.decision.until ?? 0) - house.stage.clock.now()).toBeGreaterThan(22 * HOUR)
    house.stage.clock.advance(24 * HOUR)
    await house.until('it shown', () => user.received.some((line) => line.text?.includes('Lisbonne')))
  })

  it('in the evening: leaves at eight the next morning', async () => {
    const user = await house.customer()
    const { clock } = house.stage
    while (timeInParis(clock.now()) < '20:30') clock.advance(HOUR / 2)
    const offer = await house.offer(addressOf(user))
    expectRuling(offer.decision, 'voyages-lumiere/marketing-hours', 'postpone')
    expect(timeInParis(offer.decision.until ?? 0)).toBe('08:00')
    clock.advance((offer.decision.until ?? 0) - clock.now())
    await house.until('it shown', () => user.received.some((line) => line.text?.includes('Lisbonne')))
    clock.advance(2 * HOUR)
  })
})

describe('unanswered in a row', () => {
  it('after three that the customer did not answer, the fourth is held for an agent', async () => {
    const user = house.newcomer()
    user.sendText('relance')
    await house.until('the question', () => user.received.length === 1)
    for (let n = 1; n <= 3; n++) {
      house.stage.clock.advance(HOUR)
      await house.until(`reminder ${n}`, () => user.received.length === 1 + n)
    }
    house.stage.clock.advance(HOUR)
    const held = await house.until('the fourth held', async () => (await house.sentTo(user)).find((row) => row.status === 'held'))
    expectRuling((await house.decisionsOf(held.id)).at(-1), 'voyages-lumiere/unanswered', 'hold')
    expect(user.received).toHaveLength(4)
  })
})
