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

/** By its letters and digits: what was made up; null for the canary. */
type Marks = ReadonlyMap<string, Entry | null>

const anyOf = (marks: Marks): RegExp | null =>
  marks.size ? new RegExp([...marks.keys()].sort((a, b) => b.length - a.length).join('|'), 'gu') : null

/** `said`: the prompt as letters and digits, as it was before: what stands in it was not invented. */
export const createRestorer = (entries: readonly Entry[], said: string): Restorer => {
  const marks: Marks = new Map(entries.flatMap((entry) => entry.prefixes.map((prefix) => [prefix + entry.bare, entry] as const)))
  const any = anyOf(marks)
  return {
    restore: (text) => (any ? takeFrom(text, marks, any, null).shown : text),
    hear(canary) {
      const all: Marks = canary ? new Map([...marks, ...canaryForms(canary).map((form) => [form, null] as const)]) : marks
      return hearing(all, entries.length > 0, said)
    },
  }
}

const hearing = (marks: Marks, pseudonyms: boolean, said: string): Hearing => {
  const any = anyOf(marks)
  const longest = Math.max(0, ...[...marks.keys()].map(({ length }) => length))
  const beginnings = new Set([...marks.keys()].flatMap((mark) => Array.from({ length: mark.length - 1 }, (_, n) => mark.slice(0, n + 1))))
  /** Where in the letters and digits from `from` on something begins that may go on. */
  const openFrom = (bare: string, from: number): number => {
    for (let at = Math.max(from, bare.length - longest + 1); at < bare.length; at += 1) if (beginnings.has(bare.slice(at))) return at
    return bare.length
  }
  let held = ''
  let left = ''
  let breach: Breach | null = null
  const take = (open: typeof openFrom | null): string => {
    if (breach) return ''
    if (!any) {
      const text = held
      held = ''
      return text
    }
    const taken = takeFrom(held, marks, any, open)
    held = held.slice(taken.until)
    left += taken.left
    if (taken.canary) breach = 'canary'
    return taken.canary ? '' : taken.shown
  }
  return {
    push(text) {
      held += text
      return take(openFrom)
    },
    end() {
      const shown = take(null)
      if (!breach && pseudonyms && isMadeUp(left, said)) breach = 'pseudonym'
      return breach ? '' : shown
    },
    get breach() {
      return breach
    },
  }
}

type Taken = { readonly shown: string; readonly left: string; readonly until: number; readonly canary: boolean }

/** `open`: where what may go on begins; null: nothing more comes. `left`: what was nobody's. `until`: what comes after waits. */
const takeFrom = (text: string, marks: Marks, any: RegExp, open: ((bare: string, from: number) => number) | null): Taken => {
  const bare = bareOf(text)
  let limit = open?.(bare.text, 0) ?? bare.text.length
  let [shown, left, done] = ['', '', 0]
  any.lastIndex = 0
  for (let match = any.exec(bare.text); match && match.index < limit; match = any.exec(bare.text)) {
    const entry = marks.get(match[0])
    if (!entry) return { shown, left, until: text.length, canary: true }
    const [from, to] = [match.index, match.index + match[0].length]
    const end = bare.ends[to - 1] ?? text.length
    const [start, real] = realOf(entry, text, bare.starts[from] ?? 0, end, done)
    left += `${text.slice(done, start)}\n`
    shown += text.slice(done, start) + real
    done = end
    if (to > limit) limit = open?.(bare.text, to) ?? bare.text.length
  }
  let until = limit === bare.text.length ? text.length : Math.max(done, bare.starts[limit] ?? text.length)
  if (open) {
    if (/[\ud800-\udbff]$/u.test(text.slice(done, until))) until -= 1
    // What is dialled with a number comes before it.
    while (until > done && /[+(]/u.test(text[until - 1] ?? '')) until -= 1
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
  MADE.some((form) => [...left.matchAll(form)].some(([match]) => !said.includes(bareOf(match).text.replace(/^(?:00)?33|^0/u, ''))))
