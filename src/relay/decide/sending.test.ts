/** What is sent, by whom, as what: what the record says of it. */
import { describe, expect, it } from 'vitest'
import { alertsOf, HOUR, intentOf, MINUTE, OFFER, openPerson, TEN, WHATSAPP } from '../../../tests/support/deciding.ts'
import type { Content } from '../../core/content.ts'
import type { MessageId, VendorId } from '../../core/ids.ts'
import type { Change } from '../../core/store.ts'
import type { Bodies } from '../event.ts'

const FROM = { addresses: [{ kind: 'whatsapp', value: '+33612345678' }], name: 'Nour' }
const update = (n: number): Bodies['api.send'] => ({
  key: 'api:shop',
  purpose: null,
  intent: {
    message: `msg_api${n}` as MessageId,
    channel: WHATSAPP,
    content: { type: 'template', name: 'answer_ready', language: 'fr', parameters: { 1: 'Lisbonne' }, text: '' },
    category: 'utility',
  },
})
const decisionIn = (change: Change) => {
  const [decision] = change.decisions
  if (!decision) throw new Error('nothing was decided')
  return decision
}
const outcomesIn = (change: Change) => change.decisions.map((decision) => decision.outcome)

describe('a business system', () => {
  it('writes without a person having read it: the fourth that nobody answered is held', async () => {
    const person = await openPerson()
    person.writes('bonjour', TEN)
    const changes = [1, 2, 3, 4].map((n) => person.happens('api.send', update(n), TEN + n * MINUTE))
    expect(changes.map((change) => decisionIn(change).situation.message.automatic)).toEqual([true, true, true, true])
    expect(changes.flatMap(outcomesIn)).toEqual(['allow', 'allow', 'allow', 'hold'])
  })

  it('is not silenced by a hand-over: what it sends goes out whoever has the conversation', async () => {
    const person = await openPerson()
    person.writes('bonjour', TEN)
    const before = person.happens('api.send', update(1), TEN + 1)
    const taken = person.happens('action', { action: 'take', agent: 'agent:a' }, TEN + 2)
    const after = person.happens('api.send', update(2), TEN + 3)
    expect([before, after].flatMap((change) => change.outbox.map((row) => row.automatic))).toEqual([false, false])
    expect([taken.remove, person.owner]).toEqual([[], 'agent:a'])
  })

  it('and a person who writes or releases are told apart', async () => {
    const person = await openPerson()
    person.writes('bonjour', TEN)
    const intent = { message: 'msg_claire' as MessageId, channel: null, content: { type: 'text', text: 'Je suis Claire.' } as const }
    const change = person.happens('action', { action: 'reply', agent: 'agent:a', intent: { ...intent, category: 'service' } }, TEN + 1)
    expect(decisionIn(change).situation.message.automatic).toBe(false)
  })
})

describe('a purpose', () => {
  it('is found in what a customer writes, and told as assumed of what a business system begins', async () => {
    const person = await openPerson()
    const journey = person.writes('bonjour', TEN)
    const api = person.happens('api.send', update(1), TEN + 1)
    const named = person.happens('api.send', { ...update(2), purpose: 'service' }, TEN + 2)
    const assumed = [journey, api, named].map((change) => decisionIn(change).situation.message)
    expect(assumed.map(({ purpose, purposeAssumed }) => [purpose, purposeAssumed])).toEqual([
      ['none', false],
      ['service', true],
      ['service', false],
    ])
  })
})

describe('a message that has to wait', () => {
  it('is told with the decision that made it wait', async () => {
    const person = await openPerson()
    person.agrees()
    // Marketing leaves at no late hour.
    const change = person.happens('send.due', { intent: OFFER, epoch: 0 }, TEN + 12 * HOUR)
    const decision = decisionIn(change)
    expect(decision.outcome).toBe('postpone')
    expect(change.journal.filter((row) => row.kind === 'message.postponed')).toMatchObject([
      { message: OFFER.message, decision: decision.id, data: { until: decision.until } },
    ])
  })

  it('is told with the provider’s code where the provider asks for patience', async () => {
    const person = await openPerson()
    const intent = intentOf(person.writes('bonjour', TEN))
    const refusal = { class: 'retry', code: '131016', detail: '', remedy: { fr: 'Attendez.', en: 'Wait.' } } as const
    const change = person.happens('send.postponed', { intent, refusal, until: TEN + HOUR, epoch: 0 }, TEN + MINUTE)
    expect(change.journal).toMatchObject([
      { kind: 'message.postponed', message: intent.message, data: { code: '131016', until: TEN + HOUR } },
    ])
    expect(alertsOf(change)).toEqual([])
  })
})

describe('a message whose time has come', () => {
  it('is cancelled where a person is asked for before it could leave: nothing stays queued that no line holds', async () => {
    const person = await openPerson()
    const intent = intentOf(person.writes('bonjour', TEN))
    const message: Bodies['message'] = {
      kind: 'message',
      vendorId: 'w' as VendorId,
      at: TEN + MINUTE,
      from: FROM,
      content: { type: 'text', text: 'Je veux parler à un conseiller' },
    }
    const events = [
      { kind: 'send.due', body: { intent, epoch: 0 } },
      { kind: 'message', body: message },
    ] as const
    const change = person.together(events, TEN + MINUTE)
    expect(person.owner).toBe('agents')
    expect(change.outbox.map((row) => row.message)).not.toContain(intent.message)
    expect(change.patches.findLast((patch) => patch.message === intent.message)).toMatchObject({ status: 'cancelled' })
  })
})

describe('a message changed after it was queued', () => {
  it('has the price of what it is now', async () => {
    const person = await openPerson()
    person.writes('bonjour', TEN)
    const intent = intentOf(person.writes('menu', TEN + MINUTE))
    // A day later only a template may go, which is not free.
    const change = person.happens('send.due', { intent, epoch: 0 }, TEN + 26 * HOUR)
    const [amended, decided] = change.decisions
    expect([amended, decided].map((one) => [one?.outcome, one?.price.category])).toEqual([
      ['amend', 'service'],
      ['allow', 'utility'],
    ])
    expect(change.patches).toMatchObject([{ message: intent.message, category: 'utility', price: decided?.price, decision: amended?.id }])
  })
})

describe('a file, a place or a form that no journey asked for', () => {
  const contents: readonly Content[] = [
    { type: 'media', kind: 'image', media: { mime: 'image/png' } },
    { type: 'media', kind: 'sticker', media: { mime: 'image/webp' } },
    { type: 'location', latitude: 45.7, longitude: 4.8, name: 'Hôtel du Parc' },
    { type: 'contacts', contacts: [{ name: 'Ada', phones: [] }] },
    { type: 'order', items: [{ product: 'p1', quantity: 1 }] },
  ]
  for (const content of contents)
    it(`is passed on, and called no question (${'kind' in content ? content.kind : content.type})`, async () => {
      const person = await openPerson()
      const body = { kind: 'message', vendorId: 'w' as VendorId, at: TEN, from: FROM, content } as const
      const change = person.happens('message', body, TEN)
      expect(person.owner).toBe('agents')
      const said = change.messages.filter((row) => row.direction === 'out').map((row) => row.content)
      expect(said).toMatchObject([{ text: expect.stringMatching(/^Bien reçu : je transmets à un conseiller\. Réponse/) }])
      expect(change.jobs.map((job) => job.kind)).not.toContain('think')
    })
})
