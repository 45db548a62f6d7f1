import { describe, expect, it } from 'vitest'
import { measureHuman } from '../../tests/human/measure.ts'
import { asksForHuman } from './human-request.ts'

describe('a request for a human', () => {
  const { fr, en, ordinary } = measureHuman('seen')
  it('is recognised in every phrasing seen', () => {
    expect([...fr.left, ...en.left]).toEqual([])
    expect([fr.messages, en.messages]).toEqual([40, 40])
  })
  it('is not seen in any ordinary message', () => {
    expect(ordinary.taken).toEqual([])
    expect(ordinary.messages).toBe(100)
  })
  it('survives missing accents, capitals and typing errors', () => {
    for (const text of [
      'JE VEUX PARLER A UN CONSEILLER',
      'parler a un consieller',
      'je voudrai parlé a une vrai persone',
      'speak to a represntative',
      'SPEAK TO A HUMAN!!!',
      'parler a qqun',
    ]) {
      expect(asksForHuman(text), text).toBe(true)
    }
  })
  it('is neither an address, a link, a number nor the word for a mail', () => {
    for (const text of [
      'aicha.benali@courriel.example',
      'conseiller@agence.example',
      'Mon adresse : conseiller@agence.example.',
      'https://agence.example/parler-a-un-conseiller',
      'Courriel',
      'par courriel',
      'mon courriel est aicha.benali@courriel.example',
      'e-mail',
      'un mail',
      '06 12 34 56 78',
    ]) {
      expect(asksForHuman(text), text).toBe(false)
    }
  })
  it('is heard beside an address', () => {
    for (const text of [
      'je veux parler à quelqu’un, aicha.benali@courriel.example',
      'Nous partons le 14 novembre 2026. Je voudrais un conseiller.',
      'Mon courriel : a@b.example. Je voudrais un conseiller.',
      'I want to speak to a person, call me on +44 20 7946 0958',
    ]) {
      expect(asksForHuman(text), text).toBe(true)
    }
  })
  it('is found at the end of a long story', () => {
    expect(asksForHuman(`${'Nous sommes partis à Lisbonne et il a plu. '.repeat(30)} Je veux parler à un conseiller.`)).toBe(true)
  })
  it('is decided fast, on hostile text too', () => {
    const began = performance.now()
    for (const text of [
      '',
      '🙃',
      '\ud800',
      'a '.repeat(50_000),
      'je veux parler '.repeat(2000),
      'x'.repeat(200_000),
      'un vrai '.repeat(3000),
      'the real '.repeat(3000),
      'a@'.repeat(50_000),
      '1 '.repeat(50_000),
      `${'1.'.repeat(4)}${'.'.repeat(100_000)}`,
    ])
      asksForHuman(text)
    expect(performance.now() - began).toBeLessThan(1500)
  })
})
