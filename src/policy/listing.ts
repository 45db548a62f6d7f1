/** The rulebook to read: what there is, and what holds on a day in a country. */
import type { Confidence, Outcome, Price, Ruling } from '../core/decision.ts'
import type { Words } from '../core/language.ts'
import { type Card, chainsFor, type Rule, type Rulebook, type Saying, type Whose } from './rulebook.ts'
import type { Line, Origin } from './timeline.ts'

export type ListedRule = {
  readonly id: string
  readonly by: Ruling['by'] | null
  readonly about: Words
  readonly channels: readonly string[]
  readonly places: readonly string[]
  readonly lines: number
  /** The newest day a source was read. */
  readonly read: string | null
  /** Those of its lines, the surest first. */
  readonly confidence: readonly Confidence[]
  readonly file: string
}

/** A line in words and days, for people and for JSON. */
export type ListedLine = Origin & {
  readonly place: string
  readonly since: string
  readonly until: string | null
  readonly known: string
  /** What must hold besides the rule's own `when`. */
  readonly when: string | null
  /** null: this place's own line ends, a wider place speaks again. */
  readonly ruling: Outcome | null
  readonly price: Price | null
  /** Of a price: its card. */
  readonly card: Words | null
  readonly values: Readonly<Record<string, number>>
}

export type ShownRule = ListedRule & {
  readonly zone: string | null
  readonly when: string | null
  readonly remedy: Words | null
  /** Of a business's rule that laxes one of the rulebook: why, who answers for it, and its last day. */
  readonly override: NonNullable<Ruling['override']> | null
  readonly says: readonly ListedLine[]
}

/** A line as it is told. */
export const listedLine = (line: Line<Saying> | Line<Price>, card: Words | null): ListedLine => {
  const { place, from: since, to: until, known, origin, gives } = line
  const common = { place, since, until, known, when: line.when?.source ?? null, card, ...origin }
  if (gives === null) return { ...common, ruling: null, price: null, values: {} }
  if ('amount' in gives) return { ...common, ruling: null, price: gives, values: {} }
  return { ...common, ruling: gives.outcome, price: null, values: gives.values }
}

const newest = (lines: readonly Line<unknown>[]): string | null =>
  lines.reduce<string | null>((latest, { origin }) => (origin.read !== null && origin.read > (latest ?? '') ? origin.read : latest), null)

const confidenceIn = (lines: readonly Line<unknown>[]): Confidence[] => [...new Set(lines.map(({ origin }) => origin.confidence))].sort()

const placesIn = (lines: readonly Line<unknown>[]): string[] => [...new Set(lines.map((line) => line.place))]

/** The lines of a rule; an override’s end with it. */
export const linesOf = ({ lines, override }: Pick<Rule, 'lines' | 'override'>): Rule['lines'] =>
  override === null
    ? lines
    : lines
        .filter(({ fromMs }) => fromMs < override.endMs)
        .map((line) => (line.endMs > override.endMs ? { ...line, to: override.until, endMs: override.endMs } : line))

const overrideOf = ({ override }: Rule): ShownRule['override'] =>
  override && { reason: override.reason, by: override.by, until: override.until }

const listRule = (rule: Rule): ShownRule => ({
  id: rule.id,
  by: rule.by,
  about: rule.about,
  channels: rule.channels ?? [],
  places: placesIn(rule.lines),
  lines: rule.lines.length,
  read: newest(rule.lines),
  confidence: confidenceIn(rule.lines),
  file: rule.file,
  zone: rule.zone,
  when: rule.when.source,
  remedy: rule.remedy,
  override: overrideOf(rule),
  says: linesOf(rule).map((line) => listedLine(line, null)),
})

const listCards = (id: string, cards: readonly Card[]): ShownRule => {
  const lines = cards.flatMap((card) => card.lines)
  const [first] = cards
  return {
    id,
    by: null,
    about: first?.about ?? { fr: '', en: '' },
    channels: first?.channels ?? [],
    places: placesIn(lines),
    lines: lines.length,
    read: newest(lines),
    confidence: confidenceIn(lines),
    file: first?.file ?? '',
    zone: null,
    when: null,
    remedy: null,
    override: null,
    says: cards.flatMap((card) => card.lines.map((line) => listedLine(line, card.card))),
  }
}

/** Every rule and price list, in the order of their names. */
export const listRules = (rulebook: Rulebook): ShownRule[] => {
  const lists = [...new Set(rulebook.cards.map((card) => card.id))].map((id) =>
    listCards(
      id,
      rulebook.cards.filter((card) => card.id === id),
    ),
  )
  return [...rulebook.rules.map(listRule), ...lists].sort((a, b) => (a.id < b.id ? -1 : 1))
}

export type RuleAt = Pick<ShownRule, 'id' | 'by' | 'about' | 'override'> & { readonly says: readonly ListedLine[] }

/**
 * What holds for a customer of a country ("" = unknown: every place that could) at an instant, as known at another: of each rule the lines that
 * may speak. A rule with none is silent and left out. `business`: where the business is, "" = not said.
 */
export const rulesAt = (rulebook: Rulebook, at: number, country: string, known = Number.POSITIVE_INFINITY, business = ''): RuleAt[] => {
  const { groups, rules, cards } = rulebook
  const where = { person: country, number: country, business }
  const holding = <T extends Saying | Price>({
    lines,
    countries,
  }: {
    lines: readonly Line<T>[]
    countries: readonly Whose[]
  }): Line<T>[] => [...new Set(chainsFor(lines, countries, where, at, known, groups).chains.flatMap((chain) => reachable(chain)))]
  const ofRules = rules.map((rule) => ({
    id: rule.id,
    by: rule.by,
    about: rule.about,
    override: overrideOf(rule),
    says: holding({ lines: linesOf(rule), countries: rule.countries }).map((line) => listedLine(line, null)),
  }))
  const byList = Map.groupBy(cards, (card) => card.id)
  const ofCards = [...byList].map(([id, list]) => ({
    id,
    by: null,
    about: list[0]?.about ?? { fr: '', en: '' },
    override: null,
    says: list.flatMap((card) => holding(card).map((line) => listedLine(line, card.card))),
  }))
  return [...ofRules, ...ofCards].filter((rule) => rule.says.length > 0).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The lines of a chain that can still come to speak: up to the first that holds under no further condition. */
export const reachable = <T>(chain: readonly (readonly Line<T>[])[]): Line<T>[] => {
  const lines: Line<T>[] = []
  for (const place of chain) {
    for (const line of place) {
      if (line.gives !== null) lines.push(line)
      if (line.when !== null) continue
      if (line.gives !== null) return lines
      break
    }
  }
  return lines
}
