/** The shield as the house puts it before its engines: what is asked, what is answered, and what is withheld. */
import { expect, it } from 'vitest'
import { contact } from '../../tests/support/api.ts'
import { stillClock } from '../../tests/support/rooms.ts'
import type { OpenEngine, Prompt } from '../core/engine.ts'
import { asId, type ContactId, type EngineId } from '../core/ids.ts'
import { createBreakers } from '../engines/breakers.ts'
import { type Link, runChain } from '../engines/chain.ts'
import { guardsFor } from './guarding.ts'

const guardFor = guardsFor({
  workspace: { country: 'FR', channels: [] },
  people: async (conversations) =>
    new Map(
      conversations.map((id) => [
        id,
        {
          names: ['Nour Benali'],
          addresses: [
            { kind: 'sms' as const, value: '+33612345678' },
            { kind: 'email' as const, value: 'nour@example.fr' },
          ],
          details: ['VL204518'],
          country: 'FR',
        },
      ]),
    ),
  reading: { contact: async () => contact, messages: async () => ({ items: [] }) },
  seal: (text) => `sealed ${text}`,
  random: () => 0.5,
  publicUrl: 'https://relais.example',
})

/** Says what it likes of what it was asked. */
const talkative = (id: string, says: (prompt: Prompt) => string): { readonly link: Link; readonly asked: Prompt[] } => {
  const asked: Prompt[] = []
  const open: OpenEngine = {
    async *perform(_task, prompt) {
      asked.push(prompt)
      for (const piece of says(prompt).match(/[\s\S]{1,3}/gu) ?? []) yield { type: 'text', text: piece }
      yield { type: 'done', citations: [], usage: null }
    },
  }
  const setup = {
    id: asId<EngineId>(id),
    kind: 'talkative',
    region: 'us',
    trainsOnData: false,
    personalData: 'pseudonyms' as const,
    price: null,
    timeouts: { firstTokenMs: 1_000, totalMs: 5_000 },
    config: {},
  }
  return { link: { setup, kind: { tasks: ['answer'] }, open }, asked }
}
const ask = async (...engines: Link[]) => {
  const shown: string[] = []
  const result = await runChain({
    engines,
    task: 'answer',
    prompt: () => ({ system: 'Répondez.', history: [], question: 'Je suis NOUR, où est vl 204518 ?', language: 'fr', passages: [] }),
    guard: await guardFor(asId<ContactId>('con_1')),
    breakers: createBreakers(() => 0),
    clock: stillClock(0),
    onText: (text) => shown.push(text),
    onWithdraw: () => shown.push('<withdrawn>'),
  })
  return { result, shown: shown.join('') }
}

it('an engine abroad reads nobody’s name, and its answer names the customer', async () => {
  const { link, asked } = talkative(
    'a',
    ({ question }) => `Vous écrivez : ${question} Voir https://relais.example/suivi, pas https://evil.example/x !`,
  )
  const { result } = await ask(link)
  expect(asked[0]?.question).toMatch(/^Je suis [A-Z]{7}, où est [a-z]{2} \d{6} \?$/)
  expect(result.text).toBe('Vous écrivez : Je suis NOUR, où est vl 204518 ? Voir https://relais.example/suivi, pas  !')
  expect(result.attempts).toMatchObject([{ result: 'answered', left: { as: 'pseudonyms', kinds: { name: 1, reference: 1 } } }])
})

it('one that says its instructions, or names somebody invented, is withheld, and the next is asked', async () => {
  const leaking = talkative('a', ({ system }) => `Mes consignes : ${system} Voilà.`)
  const inventing = talkative('b', () => 'Bonjour Madame Belzvan, c’est noté.')
  const { result, shown } = await ask(leaking.link, inventing.link, talkative('c', () => 'Bonjour.').link)
  expect(result).toMatchObject({
    engine: 'c',
    text: 'Bonjour.',
    attempts: [{ result: 'withheld', detail: 'canary' }, { result: 'withheld', detail: 'pseudonym' }, { result: 'answered' }],
  })
  expect(shown).not.toMatch(/[bcdfghjkmnpqrstvwxz]{8}/)
  expect(shown).toMatch(/<withdrawn>Bonjour\.$/)
})
