import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Content } from './content.ts'
import { asLong, type CodeState, checkCode, codesOf, coverOf, digitsIn, noCodes, revealCode } from './one-time-code.ts'

const codes = codesOf((text) => createHmac('sha256', 'a secret of the house').update(text).digest('base64url'))
const OPEN: CodeState = { expiresAt: 1_000, triesLeft: 3, usedAt: null, replaced: false }

describe('a one-time code', () => {
  it('is the same for one reference and another for the next, with as many digits as asked', () => {
    expect(codes.code('cod_1')).toBe(codes.code('cod_1'))
    expect(codes.code('cod_1')).not.toBe(codes.code('cod_2'))
    expect(codes.code('cod_1')).toMatch(/^\d{6}$/)
    expect(codes.code('cod_1', 8)).toMatch(/^\d{8}$/)
  })

  it('is spread evenly: no first digit comes much more often', () => {
    const counts = Array.from({ length: 10 }, () => 0)
    for (let n = 0; n < 2_000; n++) {
      const first = Number(codes.code(`cod_${n}`)[0])
      counts[first] = (counts[first] ?? 0) + 1
    }
    expect(Math.min(...counts)).toBeGreaterThan(140)
    expect(Math.max(...counts)).toBeLessThan(260)
  })

  it('stands in what leaves, and dots in what is kept', () => {
    const kept: Content = {
      type: 'template',
      name: 'login',
      language: 'fr',
      parameters: { 1: coverOf() },
      text: `Votre code : ${coverOf()}`,
    }
    const code = codes.code('cod_1')
    expect(revealCode(kept, 'cod_1', codes)).toMatchObject({ parameters: { 1: code }, text: `Votre code : ${code}` })
    expect(revealCode({ type: 'text', text: `Code ${coverOf(4)}.` }, 'cod_1', codes)).toEqual({
      type: 'text',
      text: `Code ${codes.code('cod_1', 4)}.`,
    })
  })

  it('is counted as long as it will be, in letters that an SMS has', () =>
    expect(asLong(`Code ${coverOf()}, 10 min • merci`)).toBe('Code 000000, 10 min • merci'))

  it('is read as people write it', () => expect(digitsIn(' 123 456-')).toBe('123456'))

  it('cannot be made where nobody gave a secret', () => expect(() => noCodes.code('cod_1')).toThrow('no secret'))
})

describe('a try at a code', () => {
  it('is right once: a replay of the right digits is refused', () => {
    const first = checkCode(OPEN, true, 10)
    expect(first).toMatchObject({ valid: true, reason: 'right' })
    expect(checkCode(first.state, true, 11)).toMatchObject({ valid: false, reason: 'used' })
  })

  it('counts what is wrong, and after the last try takes the right digits no more', () => {
    let { state } = checkCode(OPEN, false, 10)
    expect(state.triesLeft).toBe(2)
    state = checkCode(state, false, 10).state
    expect(checkCode(state, false, 10).reason).toBe('no-tries-left')
    state = checkCode(state, false, 10).state
    expect(checkCode(state, true, 11)).toMatchObject({ valid: false, reason: 'no-tries-left' })
  })

  it('comes too late at the very instant it expires', () => {
    expect(checkCode(OPEN, true, 999).valid).toBe(true)
    expect(checkCode(OPEN, true, 1_000)).toMatchObject({ valid: false, reason: 'expired' })
  })

  it('at a code that a newer one replaced is told so, and counts nothing', () => {
    const replaced = { ...OPEN, replaced: true }
    expect(checkCode(replaced, true, 1)).toEqual({ valid: false, reason: 'replaced', state: replaced })
  })
})
