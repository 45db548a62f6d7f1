import { describe, expect, test } from 'vitest'
import type { Step } from '../core/journey.ts'
import type { Template } from '../core/workspace.ts'
import { journeyOf, PLAIN, talk, text, told } from './sample.ts'

const HOUR = 3_600_000
const say = (words: string, more: object = {}): Step => ({ kind: 'say', say: words, ...more })
const ask = (name: string): Step => ({ kind: 'ask', ask: name, say: `${name} ?`, expires: 24 * HOUR })

describe('words filled in', () => {
  test('are data: what looks like a placeholder stays as it is', () => {
    const run = talk(journeyOf([ask('name'), say('Bonjour {{answers.name}}')]))
    run.start()
    expect(told(run.write('{{contact.name}}'))).toEqual(['Bonjour {{contact.name}}'])
  })
  test('that are unknown are empty and counted', () => {
    const outcome = talk(journeyOf([say('[{{order.id}}] {{answers.__proto__}} {{contact.name}}')])).start()
    expect(told(outcome)).toEqual(['[]  Zoé'])
    expect(outcome.missing).toEqual(['order.id', 'answers.__proto__'])
  })
  test('may be the message itself', () => {
    expect(told(talk(journeyOf([say('« {{message.text}} »')])).start('salut'))).toEqual(['« salut »'])
  })
})

describe('an `if`', () => {
  const steps = (condition: string): readonly Step[] => [
    { kind: 'call', call: 'order', method: 'GET', url: 'https://a.example/' },
    { kind: 'if', if: condition, go: 'yes' },
    say('non', { go: 'end' }),
    say('oui', { at: 'yes' }),
  ]
  const decided = (condition: string, value: unknown) => {
    const run = talk(journeyOf(steps(condition)))
    run.start()
    return run.give({ type: 'called', call: 'order', ok: true, value })
  }
  test('goes one way or the other', () => {
    expect(told(decided('order.count > 2', { count: 3 }))).toEqual(['oui'])
    expect(told(decided('order.count > 2', { count: 2 }))).toEqual(['non'])
  })
  test('takes the other way where the answer lacks what it asks for, and counts it', () => {
    const outcome = decided('order.count > 2', {})
    expect(told(outcome)).toEqual(['non'])
    expect(outcome.missing).toEqual(['if: order.count > 2'])
  })
})

describe('a template', () => {
  const template: Template = {
    name: 'reminder',
    language: 'fr',
    category: 'utility',
    text: 'Bonjour {{contact.name}}, départ le {{date}}.',
    parameters: ['contact.name', 'date'],
    replaces: [],
    channel: null,
    file: 'templates/reminder.yaml',
  }
  const journey = journeyOf([{ kind: 'template', template: 'reminder', parameters: { date: '{{message.text}}' } }])
  test('is filled in from the step, else from the conversation, and keeps its category', () => {
    const content = {
      type: 'template',
      name: 'reminder',
      language: 'fr',
      parameters: { 'contact.name': 'Zoé', date: '3 mai' },
      text: 'Bonjour Zoé, départ le 3 mai.',
    }
    expect(talk(journey, { templates: [template] }).start('3 mai').actions).toEqual([
      { type: 'say', content, category: 'utility', purpose: null },
    ])
  })
  test('is plain text where the channel has no templates', () => {
    const outcome = talk(journey, { templates: [template], capabilities: PLAIN }).start('3 mai')
    expect(outcome.actions).toMatchObject([{ content: text('Bonjour Zoé, départ le 3 mai.') }])
  })
})

test('a loop that never waits goes to a person, without its fifty messages', () => {
  expect(talk(journeyOf([say('encore', { at: 'a', go: 'a' })])).start().actions).toEqual([{ type: 'hand', say: null, reason: 'loop' }])
})
