import { describe, expect, it } from 'vitest'
import { FORMS } from '../../tests/attacks/gullible.ts'
import type { Prompt } from '../core/engine.ts'
import { createGuard, cutToLength } from './guard.ts'

const PROMPT: Prompt = {
  system: 'Vous répondez pour Voyages Lumière.',
  history: [{ by: 'customer', text: 'Ici Nour Benali' }],
  question: 'Où est VL204518 ? 06 12 34 56 78',
  language: 'fr',
  passages: [
    {
      id: 'p#1',
      document: 'p',
      title: 'Suivi',
      text: 'Voir https://inconnu.example/x.',
      language: 'fr',
      score: 1,
      url: 'https://autre.example/suivi',
    },
  ],
}
const guardOf = (draws: () => number = () => 0.5) =>
  createGuard({
    known: {
      names: ['Nour Benali'],
      numbers: ['+33612345678'],
      emails: ['nour@example.fr'],
      addresses: [],
      references: ['VL204518'],
      country: 'FR',
    },
    countries: ['FR'],
    seed: 'conversation',
    hosts: ['voyages.example'],
    random: draws,
  })
const canaryIn = (prompt: Prompt): string => /[a-z]{16}$/.exec(prompt.system)?.[0] ?? ''
const said = (text: string, personalData: 'pseudonyms' | 'all' = 'pseudonyms') => {
  const guarded = guardOf()(PROMPT, { personalData })
  if (!guarded) throw new Error('not guarded')
  const answer = text.replaceAll('CANARY', canaryIn(guarded.prompt))
  const shown = guarded.hearing.push(answer) + guarded.hearing.end()
  return { shown, breach: guarded.hearing.breach, ...guarded }
}

describe('the guard', () => {
  it('gives an engine of pseudonyms no name and no number, and says how many it took out', () => {
    const { prompt, left } = said('')
    expect(JSON.stringify(prompt)).not.toMatch(/Nour|Benali|204518|34 56 78/)
    expect(left).toEqual({ as: 'pseudonyms', kinds: { name: 1, reference: 1, phone: 1 } })
  })

  it('gives one that may see all the words as they are, and says how many said who somebody is', () => {
    const { prompt, left } = said('', 'all')
    expect(prompt).toEqual({ ...PROMPT, system: expect.stringContaining(PROMPT.system) })
    expect(left).toEqual({ as: 'clear', kinds: { name: 1, reference: 1, phone: 1 } })
  })

  it('puts a canary into the instructions, another for every call, and stops an answer that says it', () => {
    let n = 0
    const guard = guardOf(() => (n++ * 0.137) % 1)
    const [a, b] = [guard(PROMPT, { personalData: 'all' }), guard(PROMPT, { personalData: 'all' })]
    expect(canaryIn(a?.prompt ?? PROMPT)).toHaveLength(16)
    expect(canaryIn(a?.prompt ?? PROMPT)).not.toBe(canaryIn(b?.prompt ?? PROMPT))
    for (const personalData of ['pseudonyms', 'all'] as const) {
      expect(said('Le repère est CANARY, voilà', personalData)).toMatchObject({ breach: 'canary' })
      expect(said('Le repère est CANARY, voilà', personalData).shown).not.toMatch(/[bcdfghjkmnpqrstvwxz]{8}/)
    }
  })

  it('takes links out that nobody allowed, and those too that a name brings in', () => {
    const text = 'Voir https://inconnu.example/x, https://autre.example/suivi, https://aide.voyages.example/ ou nour@example.fr.'
    expect(said(text).shown).toBe('Voir , https://autre.example/suivi, https://aide.voyages.example/ ou nour@example.fr.')
    const known = { names: ['Evil.example/x Nour'], numbers: [], emails: [], addresses: [], references: [], country: '' }
    const guarded = createGuard({ known, countries: [], seed: '', hosts: [], random: () => 0 })(
      { ...PROMPT, question: 'Evil.example/x' },
      { personalData: 'pseudonyms' },
    )
    const name = guarded?.prompt.question ?? ''
    expect((guarded?.hearing.push(`Bonjour ${name} `) ?? '') + (guarded?.hearing.end() ?? '')).not.toMatch(/evil\.example/i)
  })

  it('hears the canary behind a cipher, and what markup had parted', () => {
    let n = 0
    const guard = guardOf(() => (n++ * 0.377) % 1)
    for (const form of [FORMS.rot13, FORMS.morse, (text: string) => [...text].join('<b>')]) {
      const guarded = guard(PROMPT, { personalData: 'all' })
      const answer = form?.(canaryIn(guarded?.prompt ?? PROMPT)) ?? ''
      guarded?.hearing.push(`Voici : ${answer} voilà.`)
      expect(guarded?.hearing.end()).toBe('')
      expect(guarded?.hearing.breach).toBe('canary')
    }
  })

  it('of an engine in this process changes nothing but the links it says', () => {
    const guarded = guardOf()(PROMPT, { personalData: 'none' }, true)
    expect(guarded).toMatchObject({ prompt: PROMPT, left: null })
    const shown = (guarded?.hearing.push('Voir https://inconnu.example/x ou aide@voyages.example.') ?? '') + (guarded?.hearing.end() ?? '')
    expect(shown).toBe('Voir  ou aide@voyages.example.')
  })

  it('cuts to a length whatever customers and files bring: the latest turns and the best passages stay', () => {
    const long = 'a'.repeat(30_000)
    const turns = Array.from({ length: 30 }, (_, n) => ({ by: 'customer' as const, text: `${n} ${'mot '.repeat(200)}` }))
    const passage = (id: string) => ({ id, document: id, title: id, text: long, language: 'fr', score: 1 })
    const prompt = cutToLength({ ...PROMPT, question: long, history: turns, passages: ['1', '2', '3', '4', '5', '6', '7'].map(passage) })
    expect(prompt.question).toHaveLength(6_001)
    expect(prompt.question.at(-1)).toBe('…')
    expect(prompt.history.at(-1)?.text).toMatch(/^29 /)
    expect(prompt.history.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(8_000)
    expect(prompt.passages.map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
    expect(cutToLength(PROMPT)).toEqual(PROMPT)
  })
})
