/** What two rulebooks say differently, rule by rule and line by line. */
import { canonicalJson } from '../core/digest.ts'
import { type ListedLine, listRules, type ShownRule } from './listing.ts'
import type { Rulebook } from './rulebook.ts'

export type RuleChange = {
  readonly id: string
  readonly change: 'added' | 'removed' | 'changed'
  /** Names of the file's head that differ (when, about, country …); `says` or `cards` where lines differ in what no listing tells. */
  readonly fields: readonly string[]
  /** Lines that only the second has, and only the first. */
  readonly added: readonly ListedLine[]
  readonly removed: readonly ListedLine[]
}
export type GroupChange = { readonly group: string; readonly added: readonly string[]; readonly removed: readonly string[] }
export type Difference = { readonly rules: readonly RuleChange[]; readonly groups: readonly GroupChange[] }

/** A business's own rule may bear the name of the rule it stands in for. */
const keyOf = ({ id, file }: ShownRule): string => `${id} ${file.startsWith('rules/') ? file : ''}`

/** From `before` to `after`, in the order of names; both empty where they say the same. */
export const differenceOf = (before: Rulebook, after: Rulebook): Difference => {
  const [old, young] = [before, after].map((rulebook) => {
    const sources = new Map(rulebook.files.map(({ path, source }) => [path, JSON.parse(source) as Head]))
    return new Map(listRules(rulebook).map((rule) => [keyOf(rule), { ...rule, head: sources.get(rule.file) ?? {} }]))
  })
  const keys = [...new Set([...(old?.keys() ?? []), ...(young?.keys() ?? [])])].sort()
  return { rules: keys.flatMap((key) => changeOf(old?.get(key), young?.get(key))), groups: groupChanges(before, after) }
}

/** A file as it was read. */
type Head = Readonly<Record<string, unknown>>
type Compared = ShownRule & { readonly head: Head }

const changeOf = (before: Compared | undefined, after: Compared | undefined): RuleChange[] => {
  const id = (after ?? before)?.id ?? ''
  if (!before || !after)
    return [{ id, change: before ? 'removed' : 'added', fields: [], added: after?.says ?? [], removed: before?.says ?? [] }]
  const added = without(after.says, before.says)
  const removed = without(before.says, after.says)
  const told = added.length + removed.length > 0
  const fields = [...new Set([...Object.keys(before.head), ...Object.keys(after.head)])]
    .filter((field) => canonicalJson([before.head[field]]) !== canonicalJson([after.head[field]]))
    .filter((field) => !(told && (field === 'says' || field === 'cards')))
  return fields.length + added.length + removed.length === 0 ? [] : [{ id, change: 'changed', fields, added, removed }]
}

const without = (lines: readonly ListedLine[], others: readonly ListedLine[]): ListedLine[] => {
  const known = new Set(others.map(canonicalJson))
  return lines.filter((line) => !known.has(canonicalJson(line)))
}

const groupChanges = (before: Rulebook, after: Rulebook): GroupChange[] =>
  [...new Set([...before.groups.keys(), ...after.groups.keys()])].sort().flatMap((group) => {
    const [old, young] = [before, after].map((one) =>
      (one.groups.get(group) ?? []).map((member) => [member.country, canonicalJson(member)]),
    )
    const missing = (from: typeof old, other: typeof old): string[] =>
      (from ?? []).filter(([, text]) => !other?.some(([, known]) => known === text)).map(([country = '']) => country)
    const [added, removed] = [missing(young, old), missing(old, young)]
    return added.length + removed.length === 0 ? [] : [{ group, added, removed }]
  })
