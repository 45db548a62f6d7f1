/** What is asked: “what if …”. A change of the rulebook, of what the business declares, of its channels; and the rulebook that comes of it. */
import type { Words } from '../core/language.ts'
import { loadRulebook, type Rulebook, type RulebookFile } from '../policy/index.ts'

export type Declaration = { readonly aiIs?: 'incidental' | 'primary' | undefined; readonly aiSince?: string | undefined }

export type Change = {
  /** Files in the format of the rulebook: each stands in for the one of the same name, or joins the others. */
  readonly files: readonly RulebookFile[]
  /** Lines that no longer speak: a rule's at one place. */
  readonly drop: readonly { readonly rule: string; readonly place: string }[]
  /** The instant whose rules and prices hold, ms; null: each message's own. */
  readonly at: number | null
  /** What the business would declare. */
  readonly declares: Declaration
  /** Id or kind of a channel that is gone. */
  readonly without: string | null
  /** Messages a second that a number is allowed. */
  readonly throughput: number | null
}

export const NO_CHANGE: Change = { files: [], drop: [], at: null, declares: {}, without: null, throughput: null }

/** A question that stands ready: what changes, and what both sides take for granted. */
export type Question = {
  readonly question: string
  readonly ask: Words
  readonly source: string | null
  readonly assume: Declaration
  readonly change: Change
}

/** The name a file goes by, whatever its path: its rule, its price list, the groups of countries. */
const nameIn = (content: unknown): string => {
  if (typeof content !== 'object' || content === null) return ''
  if ('groups' in content) return 'places'
  const name = 'rule' in content ? content.rule : 'prices' in content ? content.prices : ''
  // An override stands beside the rule it laxes.
  return typeof name === 'string' ? `${name}${'override' in content ? ' override' : ''}` : ''
}

type Written = { says?: { place?: unknown; ruling?: unknown }[]; rule?: unknown }

const without = (content: Written, places: readonly string[]): Written => ({
  ...content,
  says: content.says?.filter((line) => !places.includes(String(line.place))) ?? [],
})

/**
 * The rulebook under a change. `parse` reads YAML (a pure room opens no parser of its own).
 * @throws {RelaisError} `bad-rules`, naming what is wrong in the files of the change
 */
export const changeRulebook = (rulebook: Rulebook, change: Change, parse: (source: string) => unknown): Rulebook => {
  if (change.files.length === 0 && change.drop.length === 0) return rulebook
  const replaced = new Set(change.files.map((file) => nameIn(parse(file.source))))
  const kept = rulebook.files.flatMap((file): RulebookFile[] => {
    const content = JSON.parse(file.source) as Written
    const name = nameIn(content)
    if (replaced.has(name)) return []
    const places = change.drop.filter(({ rule }) => rule === name).map(({ place }) => place)
    if (places.length === 0) return [file]
    const rest = without(content, places)
    return rest.says?.length ? [{ ...file, source: JSON.stringify(rest) }] : []
  })
  return loadRulebook([...kept, ...change.files])
}

/** Price lists of a question: they stand before every other, for cards are asked in the order of their files; flags before the question they go with. */
const LISTS = { asked: 'prices/0-asked', question: 'prices/1-question' } as const
const EVER = '2000-01-01'

export type AskedPrice = {
  /** A category, or `ai`: free text that an AI wrote. */
  readonly what: string
  readonly place: string
  readonly amount: number
  readonly currency: string
}

/** A price list that says what is asked, on the given kinds of channels. */
export const priceFileOf = (
  list: keyof typeof LISTS,
  prices: readonly AskedPrice[],
  kinds: readonly string[],
  day: string,
): RulebookFile => ({
  path: `${LISTS[list]}.yaml`,
  source: JSON.stringify({
    prices: LISTS[list],
    channels: kinds,
    about: { fr: 'Prix de la question posée.', en: 'Prices of the question asked.' },
    cards: prices.map(({ what, place, amount, currency }) => ({
      card: { fr: what, en: what },
      when:
        what === 'ai'
          ? 'message.ai && message.category == "service" && window.freeEntry == "closed"'
          : `message.category == "${what}" && window.freeEntry == "closed"`,
      says: [{ place, from: EVER, price: amount, currency, source: 'https://example.org/whatif', read: day, confidence: 'C' }],
    })),
  }),
})
