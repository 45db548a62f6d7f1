/** The contact's own postal address as it is written by heart: without its postcode, with a street cut short, its lines in a row. */
import { bareOf } from '../masking/index.ts'
import type { Found } from './identifier.ts'

const SHORT: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'st street saint',
    'ste sainte',
    'rd road',
    'av ave avenue',
    'bd bld blvd boulevard',
    'r rue',
    'pl place',
    'ch che chemin',
    'chee chaussee',
    'imp impasse',
    'rte route',
    'all allee',
    'ln lane',
    'dr drive',
    'sq square',
    'ct court',
    'apt appt appartement apartment',
    'bte boite',
    'res residence',
    'bat batiment',
  ].flatMap((line) => {
    const [short = '', ...others] = line.split(' ')
    return others.map((other) => [other, short])
  }),
)
const SMALL = new Set('de du des la le les l d the of and et en sur sous y a'.split(' '))

type Word = { readonly start: number; readonly end: number; readonly form: string }
const wordsIn = (text: string): readonly Word[] =>
  [...text.matchAll(/[\p{L}\p{M}]+|\p{Nd}+/gu)].map(({ index, 0: word }) => {
    const form = bareOf(word).text
    return { start: index, end: index + word.length, form: SHORT[form] ?? form }
  })

/** A house's number with a word that tells, or two such words. */
const isName = (form: string): boolean => form.length > 2 && !/\d/u.test(form) && !SMALL.has(form) && !KINDS.has(form)
const isTelling = (forms: readonly string[]): boolean => {
  const names = forms.filter(isName)
  return names.length > 1 || (names.length === 1 && forms.some((form) => /\d/u.test(form)))
}
const KINDS: ReadonlySet<string> = new Set(Object.values(SHORT))

/** `bare`: the text's letters and digits. */
export const createAddressFinder = (addresses: readonly string[]): ((text: string, bare: string) => Found[]) => {
  const known = addresses.map((address) => wordsIn(address).map(({ form }) => form))
  if (!known.length) return () => []
  const names = known.flat().filter(isName)
  return (text, bare) => {
    if (!names.some((name) => bare.includes(name))) return []
    const words = wordsIn(text)
    return known.flatMap((forms) => {
      const found: Found[] = []
      for (let from = 0; from < words.length; ) {
        let [at, to] = [-1, from]
        for (; to < words.length; to += 1) {
          if (to > from && !/^[\s,.;:/'’()–-]{0,4}$/u.test(text.slice(words[to - 1]?.end, words[to]?.start))) break
          const next = forms.indexOf(words[to]?.form ?? '', at + 1)
          if (next < 0) break
          at = next
        }
        const run = words.slice(from, to)
        const hit = isTelling(run.map(({ form }) => form))
        if (hit) found.push({ start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0, kind: 'address' })
        from = hit ? to : from + 1
      }
      return found
    })
  }
}
