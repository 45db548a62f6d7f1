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
    ])
      asksForHuman(text)
    expect(performance.now() - began).toBeLessThan(1500)
  })
})
