import { describe, expect, it } from 'vitest'
import { partsOf, plainTypography, segmentsOf } from './sms.ts'

describe('parts of a text', () => {
  it.each([
    ['nothing', '', 'gsm-7', 0, 1],
    ['160 plain characters', 'a'.repeat(160), 'gsm-7', 160, 1],
    ['one more', 'a'.repeat(161), 'gsm-7', 161, 2],
    ['two full parts', 'a'.repeat(306), 'gsm-7', 306, 2],
    ['three parts', 'a'.repeat(307), 'gsm-7', 307, 3],
    ['French letters of the basic alphabet', 'à é è ù Ç É', 'gsm-7', 11, 1],
    ['the euro sign, twice', '€'.repeat(80), 'gsm-7', 160, 1],
    ['one euro too many', '€'.repeat(81), 'gsm-7', 162, 2],
    ['an escape that would be torn at a part’s end', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm-7', 306, 3],
    ['a circumflex takes everything to UCS-2', 'ê'.repeat(70), 'ucs-2', 70, 1],
    ['and to two parts at 71', 'ê'.repeat(71), 'ucs-2', 71, 2],
    ['two full parts of it', 'ê'.repeat(134), 'ucs-2', 134, 2],
    ['an emoji counts twice', '🙂'.repeat(35), 'ucs-2', 70, 1],
    ['and is not torn', `${'ê'.repeat(66)}🙂${'ê'.repeat(66)}`, 'ucs-2', 134, 3],
    ['a c with cedilla in lower case is not of the alphabet', 'ça', 'ucs-2', 2, 1],
  ])('%s', (_, text, encoding, units, parts) => {
    expect(segmentsOf(text)).toEqual({ encoding, units, parts })
  })
})

it('writes French typography with what the basic alphabet has', () => {
  const text = 'L’agence dit : « Votre vol part à 14\u00a0h\u00a005 » – œuvre… ?'
  expect(plainTypography(text)).toBe('L\'agence dit : "Votre vol part à 14 h 05" - oeuvre... ?')
  expect([partsOf(text.repeat(2)), partsOf(plainTypography(text).repeat(2))]).toEqual([2, 1])
})
