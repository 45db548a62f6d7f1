/**
 * Puts back what was made up, as an answer comes in. A model changes case, spaces and endings: letters and digits alone are compared. What may
 * still become one of them, or the canary, is held back. Only what this call minted is known: whatever else looks made up is nobody's.
 */
import type { Breach, Hearing } from '../core/guard.ts'
import { bareOf } from '../masking/index.ts'
import { MADE } from './pseudonym.ts'
import type { Entry } from './vault.ts'

export type Restorer = {
  /** A text that is there whole. */
  restore(text: string): string
  /** For one answer. `canary`: letters that must not be in it; '' for none. */
  hear(canary: string): Hearing
}

/** As many letters of the canary in a row are it. */
const TELLTALE = 8

/** Marks by their first signs, the longest first: what was made up as its letters and digits, and pieces of the canary. */
type Mark = { readonly bare: string; readonly entry: Entry | null }
type Index = {
  readonly size: number
  readonly longest: number
  readonly heads: ReadonlyMap<string, readonly Mark[]>
  /** What may become a head. */
  readonly necks: ReadonlySet<string>
}
const HEAD = 3

const indexOf = (marks: readonly Mark[]): Index => {
  const heads = new Map<string, Mark[]>()
  for (const mark of marks) {
    const head = mark.bare.slice(0, HEAD)
    const alike = heads.get(head)
    if (alike) alike.push(mark)
    else heads.set(head, [mark])
  }
  for (const alike of heads.values()) alike.sort((a, b) => b.bare.length - a.bare.length)
  const necks = new Set([...heads.keys()].flatMap((head) => [head.slice(0, 1), head.slice(0, 2)]))
  return { size: marks.length, longest: Math.max(0, ...marks.map(({ bare }) => bare.length)), heads, necks }
}

const markAt = ({ heads }: Index, bare: string, at: number): Mark | undefined =>
  heads.get(bare.slice(at, at + HEAD))?.find((mark) => bare.startsWith(mark.bare, at))

/** Whether what stands from `at` to the end is how a mark begins. */
const isBegun = ({ heads, necks }: Index, bare: string, at: number): boolean => {
  const rest = bare.slice(at)
  if (rest.length < HEAD) return necks.has(rest)
  return heads.get(rest.slice(0, HEAD))?.some((mark) => mark.bare.length > rest.length && mark.bare.startsWith(rest)) ?? false
}

/** `said`: the prompt as letters and digits, as it was before: what stands in it was not invented. */
export const createRestorer = (entries: readonly Entry[], said: string): Restorer => {
  const marks = entries.flatMap((entry) => entry.prefixes.map((prefix) => ({ bare: prefix + entry.bare, entry })))
  const index = indexOf(marks)
  return {
    restore: (text) => (index.size ? takeFrom(text, index, false).shown : text),
    hear: (canary) =>
      hearing(
        canary ? indexOf([...marks, ...canaryForms(canary).map((bare) => ({ bare, entry: null }))]) : index,
        entries.length > 0,
        said,
      ),
  }
}

const hearing = (index: Index, pseudonyms: boolean, said: string): Hearing => {
  let held = ''
  let left = ''
  let breach: Breach | null = null
  const take = (goesOn: boolean): string => {
    if (breach) return ''
    const taken = takeFrom(held, index, goesOn)
    held = held.slice(taken.until)
    left += taken.left
    if (taken.canary) breach = 'canary'
    return taken.canary ? '' : taken.shown
  }
  return {
    push(text) {
      held += text
      return take(true)
    },
    end() {
      const shown = take(false)
      if (!breach && pseudonyms && isMadeUp(left, said)) breach = 'pseudonym'
      return breach ? '' : shown
    },
    get breach() {
      return breach
    },
  }
}

/** Further apart than the parts of a number. */
const APART = '\n'.repeat(4)
const OPENING = /[+(][^\p{L}\p{N}]*$/u
const MOST_BETWEEN = 24

type Taken = { readonly shown: string; readonly left: string; readonly until: number; readonly canary: boolean }

/** `goesOn`: more may come, so that what may still become a mark waits from `until` on. `left`: what was nobody's. */
const takeFrom = (text: string, index: Index, goesOn: boolean): Taken => {
  const bare = bareOf(text)
  const length = bare.text.length
  const openFrom = (from: number): number => {
    if (goesOn) for (let at = Math.max(from, length - index.longest + 1); at < length; at += 1) if (isBegun(index, bare.text, at)) return at
    return length
  }
  let limit = openFrom(0)
  let [shown, left, done] = ['', '', 0]
  for (let at = 0; at < limit; ) {
    const mark = markAt(index, bare.text, at)
    if (!mark) {
      at += 1
      continue
    }
    if (!mark.entry) return { shown, left, until: text.length, canary: true }
    const from = at
    at += mark.bare.length
    const end = bare.ends[at - 1] ?? text.length
    const [start, real] = realOf(mark.entry, text, bare.starts[from] ?? 0, end, done)
    left += text.slice(done, start) + APART
    shown += text.slice(done, start) + real
    done = end
    if (at > limit) limit = openFrom(at)
  }
  let until = limit === length ? text.length : Math.max(done, bare.starts[limit] ?? text.length)
  if (goesOn) {
    if (/[\ud800-\udbff]$/u.test(text.slice(done, until))) until -= 1
    // What is dialled with a number comes before it, and what is no letter may stand between.
    until -= OPENING.exec(text.slice(Math.max(done, until - MOST_BETWEEN), until))?.[0].length ?? 0
  }
  const rest = text.slice(done, until)
  return { shown: shown + rest, left: left + rest, until, canary: false }
}

/** Where what stands for it begins, and what it stands for: letter by letter as it was minted, else as the first spelling was. */
const realOf = (entry: Entry, text: string, from: number, end: number, least: number): readonly [number, string] => {
  let best = ''
  for (const spelling of entry.spellings.keys())
    if (spelling.length > best.length && end - spelling.length >= least && text.startsWith(spelling, end - spelling.length)) best = spelling
  if (best) return [end - best.length, entry.spellings.get(best) ?? '']
  const real = entry.spellings.values().next().value ?? ''
  let start = from
  while (start > least && entry.prefixes.length > 1 && /[+(]/u.test(text[start - 1] ?? '')) start -= 1
  const written = text.slice(from, end)
  return [start, entry.word && written === written.toUpperCase() ? real.toUpperCase() : real]
}

/** Forwards, backwards and in base64, piece by piece. */
const canaryForms = (canary: string): string[] => {
  const forms = [canary, [...canary].reverse().join(''), ...[0, 1, 2].map((skip) => bareOf(btoa(canary.slice(skip))).text)]
  return forms.flatMap((form) => Array.from({ length: Math.max(0, form.length - TELLTALE + 1) }, (_, at) => form.slice(at, at + TELLTALE)))
}

/** Somebody whom nobody named: their data would be nobody's, or another's. */
const isMadeUp = (left: string, said: string): boolean =>
  MADE.some(
    ([needed, form]) =>
      needed.test(left) && [...left.matchAll(form)].some(([match]) => !said.includes(bareOf(match).text.replace(/^(?:00)?33|^0/u, ''))),
  )
