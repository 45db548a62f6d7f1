/** What came of the cases, side by side in a terminal. */
import type { Language, Words } from '../../core/language.ts'
import { countIn, moneyIn } from '../../core/telling.ts'
import { FAULTS, type Fault, onlyIn } from './judging.ts'
import type { Result, Tried } from './trial.ts'

export const faultIn = ({ kind, what }: Fault, language: Language): string => {
  const says = FAULTS[kind][language]
  if (!what) return says
  return language === 'fr' ? `${says}\u00a0: ${what}` : `${says}: ${what}`
}
const SAYS = {
  same: { fr: 'tous disent la même chose', en: 'all say the same' },
  only: { fr: 'seul ici', en: 'only here' },
  abstains: { fr: '(ne trouve rien à répondre)', en: '(finds nothing to answer)' },
  nothing: { fr: '(pas de réponse)', en: '(no answer)' },
  nobody: { fr: '(aucun de ces moteurs ne fait cette tâche)', en: '(none of these engines does this task)' },
} as const satisfies Record<string, Words>

/** Longest list of words that only one engine said. */
const ONLY = 8
const GAP = 3
/** Narrower columns are no reading: the answers then stand one under the other. */
const NARROWEST = 28

export const saidBy = ({ text, result }: Result, language: Language): string =>
  text ?? SAYS[result === 'abstained' ? 'abstains' : 'nothing'][language]

/** Where no engine was asked, nothing was shown. */
export const holds = ({ results }: Tried): boolean => results.length > 0 && results.every(({ faults }) => faults.length === 0)
export const nobodyIn = (language: Language): string => SAYS.nobody[language]

export const agree = (results: readonly Result[]): boolean => new Set(results.map(({ text }) => text)).size <= 1

const wrap = (text: string, width: number): readonly string[] =>
  text.split('\n').flatMap((line) => {
    const rows = ['']
    for (const word of line.split(' ')) {
      const row = rows.at(-1) ?? ''
      if (row && row.length + 1 + word.length > width) rows.push(word)
      else rows[rows.length - 1] = row ? `${row} ${word}` : word
    }
    return rows
  })

const columnOf = (one: Result, results: readonly Result[], language: Language, width: number): readonly string[] => {
  const others = results.flatMap((other) => (other === one || other.text === null ? [] : other.text))
  const own = one.text === null || others.length === 0 ? [] : onlyIn(one.text, others).slice(0, ONLY)
  const colon = language === 'fr' ? '\u00a0:' : ':'
  return [
    `${one.faults.length ? '✗' : '✓'} ${one.engine} · ${Math.round(one.ms)} ms`,
    ...wrap(saidBy(one, language), width),
    ...(own.length ? wrap(`≠ ${SAYS.only[language]}${colon} ${own.join(', ')}`, width) : []),
    ...one.faults.flatMap((fault) => wrap(`✗ ${faultIn(fault, language)}`, width)),
  ]
}

const sideBySide = (columns: readonly (readonly string[])[], width: number): readonly string[] =>
  Array.from({ length: Math.max(...columns.map(({ length }) => length)) }, (_, row) =>
    columns
      .map((column) => (column[row] ?? '').padEnd(width))
      .join(' '.repeat(GAP))
      .trimEnd(),
  )

/** `width`: of the terminal, in characters. */
export const caseIn = (tried: Tried, language: Language, width: number): string => {
  const { of, results } = tried
  const head = `${holds(tried) ? '✓' : '✗'} ${of.name} (${of.task}, ${of.language}) — ${of.question}`
  if (results.length === 0) return `${head}\n  ${nobodyIn(language)}\n`
  if (holds(tried) && results.length > 1 && agree(results)) return `${head}\n  ${SAYS.same[language]}\n`
  const each = Math.floor((width - 2 - GAP * (results.length - 1)) / results.length)
  const stacked = each < NARROWEST
  const columns = results.map((one) => columnOf(one, results, language, stacked ? width - 2 : each))
  const rows = stacked ? columns.flat() : sideBySide(columns, each)
  return `${head}\n${rows.map((row) => `  ${row}`.trimEnd()).join('\n')}\n`
}

export type Sum = {
  readonly cases: number
  readonly failing: number
  readonly spent: readonly { readonly amount: number; readonly currency: string }[]
}

export const sumOf = (tried: readonly Tried[]): Sum => {
  const spent = new Map<string, number>()
  for (const { cost } of tried.flatMap(({ results }) => results))
    if (cost?.currency) spent.set(cost.currency, (spent.get(cost.currency) ?? 0) + cost.amount)
  return {
    cases: tried.length,
    failing: tried.filter((one) => !holds(one)).length,
    spent: [...spent].map(([currency, amount]) => ({ currency, amount })),
  }
}

const COUNTED = {
  fr: { cases: ['cas', 'cas'], failing: ['ne tient pas', 'ne tiennent pas'], held: 'tous tiennent' },
  en: { cases: ['case', 'cases'], failing: ['does not hold', 'do not hold'], held: 'all hold' },
} as const
export const sumIn = ({ cases, failing, spent }: Sum, language: Language): string => {
  const words = COUNTED[language]
  const count = ([one, other]: readonly [string, string], number: number): string => countIn(number, one, other, language)
  const came = failing ? count(words.failing, failing) : words.held
  return [count(words.cases, cases), came, ...spent.map(({ amount, currency }) => moneyIn(amount, currency, language))].join(' · ')
}
