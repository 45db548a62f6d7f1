/** A text as it is compared: one form for what looks or sounds the same, and for each of its signs where it stood in the text. */

export type Folded = {
  readonly text: string
  /** Of each UTF-16 unit of `text`: first unit, and the one after the last, of what it came from. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

const MARKS = /\p{M}/u
const INVISIBLE = /[\p{Cf}\p{M}]/u
const LETTERS: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i' }
const SIGN = /[\p{L}\p{N}]/u

/** A sign has one form for ever: those of Latin scripts are kept by their code, of the others so many. */
const [LATIN, KEPT] = [0x300, 5_000]
type FormOf = (text: string, at: number, code: number) => string
const remembered = (one: (sign: string) => string): FormOf => {
  const latin: (string | undefined)[] = new Array(LATIN).fill(undefined)
  const others = new Map<number, string>()
  return (text, at, code) => {
    const before = code < LATIN ? latin[code] : others.get(code)
    if (before !== undefined) return before
    const form = one(text.slice(at, code > 0xffff ? at + 2 : at + 1))
    if (others.size >= KEPT) others.clear()
    if (code < LATIN) latin[code] = form
    else others.set(code, form)
    return form
  }
}

const foldWith = (text: string, formOf: FormOf): Folded => {
  const [starts, ends]: [number[], number[]] = [[], []]
  let folded = ''
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0
    const after = at + (code > 0xffff ? 2 : 1)
    const form = formOf(text, at, code)
    for (let n = 0; n < form.length; n++) {
      starts.push(at)
      ends.push(after)
    }
    folded += form
    at = after
  }
  return { text: folded, starts, ends }
}

/** Digits and letters of every script's width as plain ones, each kind of space as a space, every hyphen as one; nothing that is not seen. */
export const plainOf = (text: string): Folded => foldWith(text, plainForm)
const plainForm = remembered((sign) =>
  INVISIBLE.test(sign)
    ? ''
    : digitOf(
        sign
          .normalize('NFKC')
          .replace(/\s/gu, ' ')
          .replace(/[\u2010-\u2015\u2212]/gu, '-'),
      ),
)

/** Nothing but letters and digits, without accents or case. */
export const bareOf = (text: string): Folded => foldWith(text, bareForm)
const bareForm = remembered((sign) =>
  [...sign.normalize('NFKD').toLowerCase()]
    .filter((part) => !MARKS.test(part) && SIGN.test(part))
    .map((part) => LETTERS[part] ?? digitOf(part))
    .join(''),
)

/** Decimal digits of every script have their value. */
const digitOf = (sign: string): string => (/^\p{Nd}$/u.test(sign) && !/^\d$/u.test(sign) ? String(digitValue(sign)) : sign)

/** Digits of a script stand in blocks of ten, the zero first (https://www.unicode.org/reports/tr44/#Numeric_Type). */
const digitValue = (sign: string): number => {
  const code = sign.codePointAt(0) ?? 0
  let zero = code
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return (code - zero) % 10
}
