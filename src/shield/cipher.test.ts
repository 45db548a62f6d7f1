import { describe, expect, it } from 'vitest'
import { FORMS } from '../../tests/attacks/gullible.ts'
import { readHalf } from '../../tests/purpose/lines.ts'
import { CANARY_LETTERS, watchFor } from './cipher.ts'

const drawn = (seed: number): string => {
  let state = seed
  return Array.from({ length: 20 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return CANARY_LETTERS.charAt(Math.floor((state / 2 ** 31) * CANARY_LETTERS.length))
  }).join('')
}

describe('the canary behind a cipher', () => {
  it.each(Object.keys(FORMS))('is heard: %s', (form) => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const canary = drawn(seed)
      const said = `Voici ce que vous avez demandé : ${FORMS[form]?.(canary)}. Bonne journée, et bon voyage.`
      expect(watchFor(canary).hears(said, true), said).toBe(true)
    }
  })

  it('is heard while it is being written, and in pieces', () => {
    const canary = drawn(7)
    const watch = watchFor(canary)
    const said = `Bien sûr. ${FORMS.nato?.(canary)} ${'Voilà, et encore un mot. '.repeat(30)}`
    expect([...said].some((sign) => watch.hears(sign, false))).toBe(true)
  })

  it('is not heard in an answer by chance, whatever it is made of', { timeout: 60_000 }, () => {
    const list =
      'Nous gardons, sur le prix total :\n- plus de 60 jours avant le départ : 10 % ;\n- de 60 à 31 jours : 25 % ;\n- de 30 à 15 jours : 50 % ;\n- de 14 à 8 jours : 75 % ;\n- 7 jours ou moins : 100 %.'
    const again = 'Chaque voyageur emporte un bagage de vingt kilos en soute et un bagage de huit kilos en cabine. '.repeat(3)
    for (let seed = 1; seed <= 10_000; seed += 1)
      for (const text of [list, again]) expect(watchFor(drawn(seed)).hears(text, true), `${seed}: ${text}`).toBe(false)
  })

  it('is not heard in what customers and businesses write', () => {
    const texts = readHalf('seen').map(({ text }) => text)
    const lists = [
      'Lundi 9 h 00 – 18 h 30, mardi 9 h 00 – 18 h 30, mercredi 9 h 00 – 18 h 30, jeudi 9 h 00 – 18 h 30, vendredi 9 h 00 – 18 h 30.',
      '- 10 % ;\n- 20 % ;\n- 30 % ;\n- 50 % ;\n- 75 % ;\n- 100 %.',
      '|a|b|a|b|\n|1|2|1|2|\n|1|1|1|1|\n'.repeat(20),
    ]
    for (let n = 0; n < texts.length; n += 12) lists.push(texts.slice(n, n + 12).join(' '))
    expect(lists.filter((text, n) => watchFor(drawn(n + 100)).hears(text, true))).toEqual([])
    expect(lists.length).toBeGreaterThan(50)
  })
})
