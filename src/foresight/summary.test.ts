import { expect, it } from 'vitest'
import { PEOPLE, WAYS } from '../../tests/support/known-people.ts'
import { asId, type ContactId, type MessageId } from '../core/ids.ts'
import type { Thread } from '../core/recorded.ts'
import { judge, loadRulebook, situationOf } from '../policy/index.ts'
import { printSummary, renderReport } from './report.ts'
import { type Answer, summarise } from './summary.ts'

const NOON = Date.UTC(2026, 10, 22, 11)
const MESSAGE = asId<MessageId>('msg_1')
const { price } = judge(loadRulebook([]), situationOf({}), NOON)

const answerWith = (thread: Thread): Answer => ({
  messages: 1,
  conversations: 1,
  touched: { messages: 1, conversations: 1 },
  effects: { refused: 0, rerouted: 1, held: 0, postponed: 0, changed: 0, freed: 0, dearer: 0, cheaper: 0, repriced: 0 },
  conversationEffects: { refused: 0, rerouted: 1, held: 0, postponed: 0, changed: 0, freed: 0, dearer: 0, cheaper: 0, repriced: 0 },
  cost: { lines: [], totals: [], unknown: 0, elsewhere: 1 },
  journeys: [],
  templates: [],
  countries: [],
  channels: [],
  rules: [],
  examples: [
    {
      message: MESSAGE,
      contact: asId<ContactId>('con_1'),
      at: NOON,
      channel: 'chat',
      country: 'FR',
      journey: 'menu',
      template: '',
      before: 'allow',
      after: 'reroute',
      priceBefore: price,
      priceAfter: price,
      rule: null,
      remedy: null,
    },
  ],
  customers: { lost: 1, stillBy: [], unreachable: 1, couldBy: [], nothing: 1, withoutConsent: 0, contacts: [] },
  waiting: null,
  actions: [],
  judged: 1,
  asking: {
    ask: { fr: 'Et si ?', en: 'What if?' },
    assumed: null,
    source: null,
    range: { since: 0, until: NOON },
    sample: false,
    at: NOON,
  },
  threads: new Map([[MESSAGE, thread]]),
})

it('shows nothing in an example that tells whose conversation it is, and no link', () => {
  const [person] = PEOPLE
  if (!person) throw new Error('nobody')
  for (const write of WAYS) {
    const said = `${write(person)} Mon mail ${person.email}, ma commande ${person.order}, voir https://example.org/l/abc123.`
    const thread: Thread = {
      lines: [
        { from: 'customer', content: { type: 'text', text: said } },
        { from: 'business', content: { type: 'text', text: `Merci ${person.name}, ici Claire.` } },
      ],
      person: { names: [person.name], addresses: [{ kind: 'email', value: person.email }], details: [person.order], country: 'FR' },
      agents: ['Claire'],
    }
    const summary = summarise(answerWith(thread), 'en')
    const page = renderReport(summary, 'en', [], '') + printSummary(summary, 'en')
    for (const own of [person.name, person.email, person.order, 'Claire', 'abc123']) expect(page).not.toContain(own)
    expect(summary.stories?.items[0]?.lines.at(-1)).toEqual({ who: 'Business', text: 'Merci [name], ici [name].' })
  }
})

it('where no currency costs more or less, names the one most is spent in', () => {
  const thread: Thread = { lines: [], person: undefined, agents: [] }
  const total = (currency: string, sum: number) => ({ currency, before: sum, after: sum, difference: 0 })
  const cost = { lines: [], totals: [total('AED', 2.61), total('EUR', 17.4)], unknown: 0, elsewhere: 0 }
  const { figures } = summarise({ ...answerWith(thread), cost }, 'en')
  expect(figures.find(({ id }) => id === 'money')?.value).toBe('€0.00')
})

it('does not call one thing three, nor number it', () => {
  const thread: Thread = { lines: [], person: undefined, agents: [] }
  const words = { fr: 'Rien n’est à faire.', en: 'Nothing needs doing.' }
  const summary = summarise({ ...answerWith(thread), actions: [{ id: 'nothing', words }] }, 'en')
  expect(printSummary(summary, 'en')).toContain('To do\n  Nothing needs doing.\n')
  expect(renderReport(summary, 'en', [], '')).toContain('<h2>To do</h2><p>Nothing needs doing.</p>')
})

it('cuts long words after masking, never before', () => {
  const text = `${'bla '.repeat(33)}appelez le 06 12 34 56 78 demain matin`
  const thread: Thread = { lines: [{ from: 'customer', content: { type: 'text', text } }], person: undefined, agents: [] }
  const [line] = summarise(answerWith(thread), 'en').stories?.items[0]?.lines ?? []
  expect(line?.text.length).toBeLessThanOrEqual(140)
  expect(line?.text).not.toContain('06')
})
