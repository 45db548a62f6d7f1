/**
 * What can be wrong with a rule whose every word is right: lines that hold at once, days that nobody thought of, conditions that nothing
 * fulfils, dates that examples show from one side only. Asked when a rule is read, never of a rulebook that decided before.
 */
import type { FieldType, Mentions } from '../core/expression.ts'
import type { Words } from '../core/language.ts'
import { addDays } from '../core/local-time.ts'
import { isProblems, readDocument, type SourceFile } from './document.ts'
import { apart, type Example, examplesFile } from './format.ts'
import type { Problem } from './problem.ts'
import type { Card, Rule } from './rulebook.ts'
import { type Groups, type Line, WORLD } from './timeline.ts'
import { situationOf } from './vocabulary.ts'

type Path = readonly (string | number)[]
type Complain = (path: Path, words: Words) => void
type Dated = Line<unknown>

// --- Dates ---------------------------------------------------------------------------------------------------------------------------------

/** Lines of one place: each pair is told apart by its days, by what was known when, or by its condition; and no days lie between them unsaid. */
export const checkTimeline = (lines: readonly Dated[], groups: Groups, complain: (index: number, words: Words) => void): void => {
  lines.forEach((line, index) => {
    const words = clashOf(lines, index) ?? gapAfter(line, lines, groups)
    if (words !== null) complain(index, words)
  })
}

/** What an earlier line of the file, or one of the same place that began before, has against this one. */
const clashOf = (lines: readonly Dated[], index: number): Words | null => {
  const line = lines[index]
  if (line === undefined) return null
  const before = lines
    .slice(0, index)
    .filter((other) => other.place === line.place && other.from === line.from && other.known === line.known)
  if (before.some((other) => other.when?.source === line.when?.source)) {
    return {
      fr: 'cette ligne a le même lieu et le même jour qu’une autre.',
      en: 'this line has the same place and day as another.',
    }
  }
  if (before.some((other) => other.when === null)) {
    return {
      fr: 'cette ligne ne peut jamais parler : une autre du même lieu et du même jour, sans condition, est écrite avant elle. Mettez celle qui a une condition la première.',
      en: 'this line can never speak: another of the same place and day, without a condition, is written before it. Put the one with a condition first.',
    }
  }
  const crossed = lines.find((other) => crosses(other, line))
  if (crossed === undefined) return null
  const last = addDays(line.from, -1)
  return {
    fr: `cette ligne et celle du ${crossed.from} valent en même temps du ${line.from} au ${crossed.to} pour ${line.place}, et rien ne les départage : terminez l’autre le ${last} (to: ${last}).`,
    en: `this line and the one from ${crossed.from} hold at once from ${line.from} to ${crossed.to} for ${line.place}, and nothing tells them apart: end the other on ${last} (to: ${last}).`,
  }
}

/** One says until when it holds, and the other begins before that and outlasts it. A stretch within another is an exception, and clear. */
const crosses = (earlier: Dated, later: Dated): boolean =>
  earlier !== later &&
  earlier.place === later.place &&
  earlier.when?.source === later.when?.source &&
  earlier.to !== null &&
  earlier.from < later.from &&
  later.from <= earlier.to &&
  (later.to === null || later.to > earlier.to)

/** Days after a line's last on which nobody speaks for its place, although a later line does. */
const gapAfter = ({ place, from, to }: Dated, lines: readonly Dated[], groups: Groups): Words | null => {
  if (to === null || to < from) return null
  const first = addDays(to, 1)
  const wider = new Set([place, WORLD, ...groupsAround(place, groups)])
  if (lines.some((line) => wider.has(line.place) && line.from <= first && (line.to === null || line.to >= first))) return null
  const later = lines.filter((line) => line.place === place && line.from > first).map((line) => line.from)
  const next = later.sort()[0]
  if (next === undefined) return null
  const last = addDays(next, -1)
  return {
    fr: `rien n’est dit pour ${place} du ${first} au ${last} : prolongez cette ligne (to: ${last}), ou écrivez-en une pour ces jours (ruling: null, ou price: null, dit exprès que rien ne vaut).`,
    en: `nothing is said for ${place} from ${first} to ${last}: let this line hold longer (to: ${last}), or write one for those days (ruling: null, or price: null, says on purpose that nothing holds).`,
  }
}

const groupsAround = (place: string, groups: Groups): string[] =>
  [...groups].filter(([, members]) => members.some((member) => member.country === place)).map(([name]) => name)

// --- Conditions ----------------------------------------------------------------------------------------------------------------------------

type Speaker = Pick<Rule | Card, 'channels' | 'when'> & { readonly lines: readonly Dated[]; readonly override: Rule['override'] }

/** A rule speaks where some situation fulfils its condition, a line gives something, and an override has not ended before it begins. */
export const checkVoice = (rule: Speaker, complain: Complain): void => {
  if (!canHold([rule.when], rule.channels)) {
    complain(['when'], {
      fr: 'cette règle ne peut jamais parler : aucune situation ne remplit sa condition sur ses canaux.',
      en: 'this rule can never speak: no situation fulfils its condition on its channels.',
    })
    return
  }
  rule.lines.forEach((line, index) => {
    if (line.when === null || canHold([rule.when, line.when], rule.channels)) return
    complain(['says', index, 'when'], {
      fr: 'cette ligne ne peut jamais parler : sa condition contredit celle de la règle.',
      en: 'this line can never speak: its condition contradicts the rule’s own.',
    })
  })
  if (rule.lines.every((line) => line.gives === null)) {
    complain(['says'], {
      fr: 'cette règle ne peut jamais parler : aucune de ses lignes ne dit rien.',
      en: 'this rule can never speak: none of its lines says anything.',
    })
  }
  const { override } = rule
  if (override !== null && rule.lines.every((line) => line.fromMs >= override.endMs)) {
    complain(['override'], {
      fr: 'cette règle ne peut jamais parler : son « override » prend fin avant son premier jour.',
      en: 'this rule can never speak: its “override” ends before its first day.',
    })
  }
}

/** Beyond so many situations a condition is taken to be one that can hold: the check refuses only what it has seen to be impossible. */
const MOST_TRIES = 100_000

/**
 * Whether some situation fulfils all the conditions: tried with every choice of a field that has choices, and around every number and text
 * that the conditions compare with. Exact for comparisons with literals.
 */
const canHold = (conditions: readonly Rule['when'][], channels: readonly string[] | null): boolean => {
  const fields = new Map(conditions.flatMap(({ mentions }) => [...mentions.fields]))
  const literals = conditions.flatMap(({ mentions }) => mentions.literals)
  const axes = [...fields].map(([name, type]) => ({ name, values: valuesFor(name, type, literals, channels) }))
  let tries = 0
  const situation: Record<string, Record<string, unknown>> = structuredClone(situationOf({}))
  const trial = (depth: number): boolean => {
    const axis = axes[depth]
    if (axis === undefined) {
      tries += 1
      return tries > MOST_TRIES || conditions.every((condition) => condition.test(situation))
    }
    const [group = '', field = ''] = axis.name.split('.')
    return axis.values.some((value) => {
      situation[group] = { ...situation[group], [field]: value }
      return trial(depth + 1)
    })
  }
  return trial(0)
}

const upFrom = (least: number, most: number): readonly number[] => Array.from({ length: most - least + 1 }, (_, n) => least + n)
/** What a clock and a calendar can show: nobody's Sunday is day 0. */
const CLOCK: Readonly<Record<string, readonly number[]>> = {
  'local.hour': upFrom(0, 23),
  'local.minute': upFrom(0, 59),
  'local.weekday': upFrom(1, 7),
}

const valuesFor = (
  name: string,
  type: FieldType,
  literals: Mentions['literals'],
  channels: readonly string[] | null,
): readonly unknown[] => {
  if (name === 'channel.kind' && channels !== null) return channels
  if (typeof type === 'object') return type
  if (type === 'bool') return [true, false]
  if (type === 'int')
    return CLOCK[name] ?? [...new Set([0, 1, -1, ...literals.flatMap((one) => (typeof one === 'number' ? [one, one + 1, one - 1] : []))])]
  // A text after every literal, one before, and each itself: order and likeness are both tried, also of one field with another.
  return ['', '~', ...literals.flatMap((one) => (typeof one === 'string' ? [one, `${one}~`] : []))]
}

// --- Examples ------------------------------------------------------------------------------------------------------------------------------

type Shown = Pick<Rule | Card, 'id' | 'file'> & { readonly lines: readonly Dated[] }

/** Examples lie on both sides of every date of their rule, or there are none at all. */
export const checkExamples = (files: readonly SourceFile[], rules: readonly Shown[], groups: Groups): Problem[] =>
  files
    .filter(({ path }) => path.endsWith('.examples.yaml'))
    .flatMap((file) => {
      const read = readDocument(file, examplesFile)
      if (isProblems(read)) return read
      const beside = rules.filter((rule) => rule.file === file.path.replace(/\.examples\.yaml$/, '.yaml'))
      const examples = read.value.flatMap(apart)
      const dates = new Map(beside.flatMap(({ lines }) => lines.flatMap(datesOf)).map((date) => [`${date.place} ${date.day}`, date]))
      return [...dates.values()].flatMap((date) => {
        const words = oneSided(date, examples, groups)
        return words === null ? [] : [read.problemAt([], words)]
      })
    })

/** A day from which on something else holds there. */
type Turn = { readonly place: string; readonly day: string }
const datesOf = ({ place, from, to }: Dated): Turn[] => [from, ...(to === null ? [] : [addDays(to, 1)])].map((day) => ({ place, day }))

const oneSided = ({ place, day }: Turn, examples: readonly Example[], groups: Groups): Words | null => {
  const days = examples.filter((example) => concerns(example, place, groups)).map((example) => example.at.slice(0, 10))
  const [before, after] = [days.some((one) => one < day), days.some((one) => one >= day)]
  if (before && after) return null
  return {
    fr: `les exemples pour ${place} ne montrent pas les deux côtés du ${day} : il en manque un ${after ? 'avant ce jour' : 'à partir de ce jour'}.`,
    en: `the examples for ${place} do not show both sides of ${day}: one ${after ? 'before that day' : 'from that day on'} is missing.`,
  }
}

/** An example of a country's own line names that country; those of a group are anybody's in it, those of the world anybody's. */
const concerns = ({ given }: Example, place: string, groups: Groups): boolean => {
  const contact = situationOf(given ?? {}).contact
  if (place === WORLD || contact.country === place || contact.numberCountry === place) return true
  return groups.get(place)?.some((member) => member.country === contact.country) ?? false
}
