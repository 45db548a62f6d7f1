/** How much of what the labels of messages mark would leave for an engine, and how much of what is to stay would be taken. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PersonalKind } from '../../src/core/guard.ts'
import { bareOf, type Known } from '../../src/masking/index.ts'
import { createFinder } from '../../src/shield/finder.ts'
import { shieldPrompt } from '../../src/shield/shield.ts'

/** `marks`: what must not leave, in order; `keep`: what must. */
export type Labelled = {
  readonly id: string
  readonly contact: Known
  readonly text: string
  readonly marks: readonly { readonly text: string; readonly kind: PersonalKind; readonly own: boolean }[]
  readonly keep: readonly string[]
}
export const HALVES = ['seen', 'unseen', 'unseen2'] as const
export type Half = (typeof HALVES)[number]
export type Share = { readonly all: number; readonly missed: readonly string[] }
export type Figures = {
  readonly identifiers: Share
  readonly byKind: Readonly<Record<string, Share>>
  readonly own: Share
  readonly kept: Share
  readonly restored: Share
}

export const readLabelled = (half: Half, language: 'fr' | 'en'): readonly Labelled[] =>
  readFileSync(join(import.meta.dirname, `${half}-${language}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

const PROVEN: ReadonlySet<PersonalKind> = new Set(['phone', 'email', 'iban', 'card', 'nir', 'siren'])
/** So many letters or digits in a row say something. */
const TELLING = 3

type Counted = { all: number; missed: string[] }
const counted = (): Counted => ({ all: 0, missed: [] })

export const measure = (messages: readonly Labelled[], country: string): Figures => {
  const [identifiers, own, kept, restored] = [counted(), counted(), counted(), counted()]
  const byKind: Record<string, Counted> = {}
  const count = (share: Counted, missed: boolean, what: string) => {
    share.all += 1
    if (missed) share.missed.push(what)
  }
  for (const { id, contact, text, marks, keep } of messages) {
    const finder = createFinder(contact, [country])
    const { found } = finder.find(text)
    const prompt = { system: '', history: [], question: text, language: 'fr', passages: [] }
    const shielded = shieldPrompt(prompt, finder, id)
    const out = shielded?.prompt.question ?? text
    count(restored, shielded?.restorer.restore(out) !== text, id)
    let at = 0
    for (const mark of marks) {
      const start = text.indexOf(mark.text, at)
      if (start < 0) throw new Error(`${id}: no “${mark.text}” after ${at}`)
      at = start + mark.text.length
      const left = [...mark.text.matchAll(/./gsu)]
        .map(({ index, 0: sign }) => (found.some((one) => one.start <= start + index && start + index < one.end) ? ' ' : sign))
        .join('')
        .split(' ')
        .some((run) => bareOf(run).text.length >= TELLING)
      const rest = bareOf(keep.reduce((whole, part) => whole.replace(part, ' '), out)).text
      const missed = left || (bareOf(mark.text).text.length >= TELLING && rest.includes(bareOf(mark.text).text))
      const what = `${id} ${mark.kind} ${mark.text}`
      if (PROVEN.has(mark.kind)) {
        count(identifiers, missed, what)
        byKind[mark.kind] ??= counted()
        count(byKind[mark.kind] as Counted, missed, what)
      }
      if (mark.own) count(own, missed, what)
    }
    for (const part of keep) count(kept, !out.includes(part), `${id} ${part}`)
  }
  return { identifiers, byKind, own, kept, restored }
}

export const rate = ({ all, missed }: Share): number => (all - missed.length) / all

if (import.meta.main)
  for (const half of HALVES)
    for (const language of ['fr', 'en'] as const) {
      const { identifiers, own, kept, restored, byKind } = measure(readLabelled(half, language), language === 'fr' ? 'FR' : 'GB')
      const shares: Readonly<Record<string, Share>> = { identifiers, ...byKind, own, kept, restored }
      for (const [name, { all, missed }] of Object.entries(shares))
        console.log(half, language, name, `${all - missed.length} of ${all}`, missed)
    }
