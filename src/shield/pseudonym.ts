/**
 * Words and numbers that stand in for what is somebody's: of the same kind and shape, so that a model writes sentences with them, and such as
 * nobody has. Words hold letters in an order that no word of French or English has; numbers are of ranges kept for fiction where there are any,
 * else no plan or check knows them. Each is drawn from a seed and what it stands for: the same for a whole conversation.
 */
import { hash } from 'node:crypto'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { isLuhn, isSiret } from '../masking/index.ts'

/** Numbers below `below`, as many as are asked for, the same for the same key. */
export type Draw = (below: number) => number

export const drawFor = (key: string): Draw => {
  let block = hash('sha256', key, 'buffer')
  let at = 0
  return (below) => {
    if (at + 2 > block.length) {
      block = hash('sha256', block, 'buffer')
      at = 0
    }
    at += 2
    return block.readUInt16BE(at - 2) % below
  }
}

const pick = (signs: string, draw: Draw): string => signs.charAt(draw(signs.length))
const MIDDLES = ['lzv', 'nzv', 'rzv', 'nzd', 'rzd', 'lzd'] as const

/** Begins as what it stands for does, so that « d’ » and “an” stay right. */
export const wordLike = (word: string, draw: Draw): string => {
  const vowel = /^[aeiouyhœæ]/iu.test(word.normalize('NFD')) ? pick('aeiou', draw) : ''
  const middle = MIDDLES[draw(MIDDLES.length)] ?? ''
  return `${vowel}${pick('bdfgjklmnprstv', draw)}${pick('aeiou', draw)}${middle}${pick('aeiou', draw)}${pick('lnrstmkd', draw)}`
}
/** RFC 2606: nobody has an address there. */
export const MAIL_HOST = 'mail.example'

/** The same shape, sign by sign. Short ones grow: too short a code stands in a text by chance. */
export const codeLike = (code: string, draw: Draw): string => {
  const like = code.replace(/[\p{L}\p{N}]/gu, (sign) =>
    /\p{N}/u.test(sign) ? String(draw(10)) : /\p{Ll}/u.test(sign) ? pick('bcdfghjkmnpqrstvwxz', draw) : pick('BCDFGHJKMNPQRSTVWXZ', draw),
  )
  const missing = LEAST - (like.match(/[\p{L}\p{N}]/gu)?.length ?? 0)
  return missing > 0 ? like + Array.from({ length: missing }, () => draw(10)).join('') : like
}
const LEAST = 5

const withDigits = (text: string, digits: string): string => {
  let at = 0
  return text.replace(/\p{Nd}/gu, () => digits.charAt(at++))
}
const digitsOf = (length: number, draw: Draw): string => Array.from({ length }, () => draw(10)).join('')

/** No issuer's: no card, SIREN or SIRET begins so and has a right check. `count`: how many digits `text` has. */
export const checkedLike = (text: string, count: number, draw: Draw): string => {
  for (;;) {
    const digits = `9${digitsOf(count - 1, draw)}`
    if (!isLuhn(digits) && !isSiret(digits)) return withDigits(text, digits)
  }
}

/** The check digits 00 are nobody's (ISO 7064: 02 to 98). */
export const ibanLike = (iban: string, draw: Draw): string => {
  let at = 0
  return iban.replace(/[\p{L}\p{N}]/gu, (sign) => {
    at += 1
    return at <= 2 ? sign : at <= 4 ? '0' : codeSign(sign, draw)
  })
}
const codeSign = (sign: string, draw: Draw): string =>
  /\p{N}/u.test(sign) ? String(draw(10)) : /\p{Ll}/u.test(sign) ? pick('abcdefghjk', draw) : pick('ABCDEFGHJK', draw)

/** The key 00 is nobody's (01 to 97). The letters of Corsica stay a digit and a letter. */
export const nirLike = (nir: string, draw: Draw): string => {
  const count = nir.match(/\p{Nd}/gu)?.length ?? 0
  let at = 0
  return nir.replace(/\p{Nd}/gu, (digit) => {
    at += 1
    return at === 1 ? digit : at > count - 2 ? '0' : String(draw(10))
  })
}

/**
 * Kept for films and books: France (Arcep, https://www.arcep.fr/la-regulation/grands-dossiers-thematiques-transverses/la-numerotation.html),
 * the United Kingdom (Ofcom, https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama), North America (555-01xx,
 * https://nationalnanpa.com/number_resource_info/555_numbers.html). Read 2026-11-22.
 */
const FICTION: Readonly<Record<string, (draw: Draw) => string>> = {
  '33': (draw) => `63998${digitsOf(4, draw)}`,
  '44': (draw) => `7700900${digitsOf(3, draw)}`,
  '1': (draw) => `${2 + draw(8)}${1 + draw(9)}${draw(10)}55501${digitsOf(2, draw)}`,
}
/** The digits that stand in for a number's own; what is dialled before them stays. No plan knows them, or fiction has them. */
export const nationalLike = (country: string, national: string, draw: Draw): string => {
  const fiction = FICTION[country]?.(draw)
  if (fiction?.length === national.length) return fiction
  for (let tries = 0; ; tries += 1) {
    const digits = `${national.charAt(0)}${digitsOf(national.length - 1, draw)}`
    if (tries > 20 || !parsePhoneNumberFromString(`+${country}${digits}`)?.isValid()) return digits
  }
}

/** `text` with its last digits changed: its groups and what is dialled before stay. */
export const phoneLike = (text: string, digits: string): string => {
  const count = text.match(/\p{Nd}/gu)?.length ?? 0
  let at = 0
  return text.replace(/\p{Nd}/gu, (digit) => {
    at += 1
    return at > count - digits.length ? digits.charAt(at - 1 - (count - digits.length)) : digit
  })
}

/** What is made here, wherever it stands: a model may make up more of it. Each behind what must stand in a text before it can. */
export const MADE: readonly (readonly [needed: RegExp, form: RegExp])[] = [
  [/[lnr]z[vd][aeiou]/iu, /[bdfgjklmnprstv][aeiou](?:lzv|nzv|rzv|nzd|rzd|lzd)[aeiou][lnrstmkd]/giu],
  [/@mail\.example/iu, /[\p{L}\d._%+-]*@mail\.example/giu],
  [/3\D{0,2}9\D{0,2}9\D{0,2}8/u, /(?:(?:\+|00)33\D{0,3}0?|0)\D{0,3}6\D{0,2}3\D{0,2}9\D{0,2}9\D{0,2}8(?:\D{0,2}\d){4}/gu],
]
