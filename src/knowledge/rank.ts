/**
 * Weighs candidates against a question, purely. A document's worth is the sum over the question's terms of how rare the
 * matched stem is, times how well it satisfies the term, times where it stands. What comes out is calibrated: a score of 0.5
 * is the line at which the extractive engine answers (`calibration.ts`).
 */
import type { Passage } from '../core/engine.ts'
import type { StoredPassage } from '../core/knowledge.ts'
import { isStopWord, stemOf, wordsIn } from '../core/terms.ts'
import { calibrate } from './calibration.ts'
import { type Choice, choose, type Rival } from './choice.ts'
import { type Compared, tells } from './examples.ts'
import { ownStems, SIDE_BY_SIDE, type Term } from './question.ts'

export type Statistics = { readonly documents: number; readonly stems: ReadonlyMap<string, number> }

/** What the calibration looks at: each 0..1 or a small number, all of the best document. */
export type Evidence = {
  /** Share of the question's weight that the document satisfies. */
  readonly coverage: number
  /** The same, by its title and headings alone. */
  readonly titled: number
  /** How far the next document is behind, as a share of the best. */
  readonly margin: number
  /** How far the next document is behind, in weight. */
  readonly ahead: number
  /** Sum of the weights satisfied. */
  readonly strength: number
  /** Share of the question's weight that the document satisfies by the question's own words, not by related ones. */
  readonly own: number
  /** How much of the document's title the question speaks of. */
  readonly focus: number
  /** Share of the question's weight in subjects that the knowledge does not have at all. */
  readonly foreign: number
  /** The same in words that nobody knows: names, stories, typing errors. */
  readonly strange: number
}

const TITLE = 1
const HEADING = 0.8
const TEXT = 0.65
/** For each doubling of how often the text has it. */
const OFTEN = 0.12
/** What a title adds that says nothing but what was asked. */
const FOCUS = 0.5
/** Related words count as much as the rarest of them says, never more than the word itself would. */
const FAINT = 0.25
/** A word that neither the knowledge nor the thesaurus has. */
const STRANGE = 0.4
/** Credit of the word itself, corrected or not. */
const OWN = 0.95

const idf = (documents: number, count: number): number => Math.log(1 + (documents - count + 0.5) / (count + 0.5))

type Weighed = { readonly term: Term; readonly weight: number; readonly known: boolean }

/** Counts of stems; of two side by side, that of the rarer. */
const withPhrases = (terms: readonly Term[], { documents, stems }: Statistics): Statistics => {
  const counts = new Map(stems)
  for (const stem of terms.flatMap((term) => [...term.stems.keys()].filter((one) => one.includes(SIDE_BY_SIDE)))) {
    const parts = stem.split(SIDE_BY_SIDE).map((part) => stems.get(part) ?? 0)
    if (parts.every((count) => count > 0)) counts.set(stem, Math.min(...parts))
  }
  return { documents, stems: counts }
}

const TITLED = 0.4
/** A word of few titles tells more than its count in all texts: it counts as if it were in as many as the mean of both says. */
const withTitles = (candidates: readonly StoredPassage[], { documents, stems }: Statistics): Statistics => {
  const titles = new Map<string, number>()
  for (const passage of candidates) {
    if (passage.position > 0) continue
    for (const stem of new Set(stemsOf(passage).title)) titles.set(stem, (titles.get(stem) ?? 0) + 1)
  }
  const heard = [...stems].map(([stem, count]) => {
    const titled = titles.get(stem)
    return [stem, titled === undefined ? count : count ** (1 - TITLED) * titled ** TITLED] as const
  })
  return { documents, stems: new Map(heard) }
}
const weigh = (terms: readonly Term[], { documents, stems }: Statistics): Weighed[] =>
  terms.map((term) => {
    const values = [...term.stems].flatMap(([stem, credit]) => {
      const count = stems.get(stem)
      return count === undefined ? [] : [credit * idf(documents, count)]
    })
    const own = [...term.stems].find(([stem, credit]) => credit >= OWN && stems.has(stem))
    const known = values.length > 0
    if (!known && term.hint) return { term, weight: 0, known }
    const weight = own ? idf(documents, stems.get(own[0]) ?? 0) : known ? Math.max(...values) : idf(documents, 0)
    return { term, weight: weight * (term.faint ? FAINT : known || term.subject ? 1 : STRANGE), known }
  })

type Fields = { readonly title: ReadonlySet<string>; readonly heading: ReadonlySet<string>; readonly text: ReadonlyMap<string, number> }
/** Stems of passages, kept while somebody holds the passage: in memory they are read again and again. */
const read = new WeakMap<StoredPassage, Record<'title' | 'also' | 'text', readonly string[]>>()
const stemsOf = (passage: StoredPassage) => {
  const known = read.get(passage)
  if (known) return known
  const stemsIn = (text: string) => {
    const single = wordsIn(text)
      .filter((word) => !isStopWord(word, passage.language))
      .map((word) => stemOf(word, passage.language))
    return [...single, ...single.slice(1).map((stem, at) => `${single[at]}${SIDE_BY_SIDE}${stem}`)]
  }
  const stems = { title: stemsIn(passage.title), also: stemsIn(passage.also), text: stemsIn(passage.text) }
  read.set(passage, stems)
  return stems
}

/** Kept likewise, by the first passage and how many there are: a document's passages come all or one at a time. */
const gathered = new WeakMap<StoredPassage, Map<number, Fields>>()
const fieldsOf = (passages: readonly StoredPassage[]): Fields => {
  const [first] = passages
  const kept = first && (gathered.get(first) ?? new Map<number, Fields>())
  const fields = kept?.get(passages.length) ?? gather(passages)
  if (first && kept) gathered.set(first, kept.set(passages.length, fields))
  return fields
}
const gather = (passages: readonly StoredPassage[]): Fields => {
  const text = new Map<string, number>()
  for (const passage of passages) for (const stem of stemsOf(passage).text) text.set(stem, (text.get(stem) ?? 0) + 1)
  const heading = new Set(passages.flatMap((passage) => stemsOf(passage).also))
  return { title: new Set(passages.slice(0, 1).flatMap((passage) => stemsOf(passage).title)), heading, text }
}

/** How much of a term's weight these fields satisfy, and how much of that by title and headings, and by the word itself. */
const satisfied = ({ term, weight }: Weighed, fields: Fields, { documents, stems }: Statistics): readonly [number, number, number] => {
  let best = 0
  let titled = 0
  let own = 0
  for (const [stem, credit] of term.stems) {
    const times = fields.text.get(stem) ?? 0
    const place = placeOf(stem, fields, times)
    if (place === 0) continue
    const value = Math.min(weight, credit * idf(documents, stems.get(stem) ?? 0) * (term.faint ? FAINT : 1)) * place
    best = Math.max(best, value)
    if (place >= HEADING) titled = Math.max(titled, value)
    if (credit >= OWN) own = Math.max(own, value)
  }
  return [best, titled, own]
}

/** Where a stem stands, and a little for how often: a tie between documents goes to the one that speaks of it more. */
const placeOf = (stem: string, fields: Fields, times: number): number => {
  const place = fields.title.has(stem) ? TITLE : fields.heading.has(stem) ? HEADING : times > 0 ? TEXT : 0
  return place === 0 ? 0 : place + OFTEN * Math.log2(1 + Math.max(0, times - (place === TEXT ? 1 : 0)))
}

/** How much of the title the question speaks of: `Book a trip` over `Book early and save` for somebody who asks to book. */
const focusOf = (weighed: readonly Weighed[], fields: Fields, { documents, stems }: Statistics): number => {
  const asked = new Map(weighed.flatMap(({ term }) => [...term.stems]))
  const title = [...fields.title]
    .filter((stem) => !stem.includes(SIDE_BY_SIDE))
    .map((stem) => [idf(documents, stems.get(stem) ?? documents / 20), asked.get(stem) ?? 0] as const)
  const whole = sum(title.map(([weight]) => weight))
  return whole === 0 ? 0 : sum(title.map(([weight, credit]) => weight * credit)) / whole
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** The documents by worth, best first, each with its passages by worth. Empty where nothing matches. */
const order = (weighed: readonly Weighed[], candidates: readonly StoredPassage[], statistics: Statistics) => {
  const byDocument = Map.groupBy(candidates, (passage) => passage.document)
  const worth = (fields: Fields) => {
    const parts = weighed.map((one) => satisfied(one, fields, statistics))
    const focus = focusOf(weighed, fields, statistics)
    const satisfies = sum(parts.map(([all]) => all))
    return {
      focus,
      satisfies,
      worth: (1 + FOCUS * focus) * satisfies,
      titled: sum(parts.map(([, titled]) => titled)),
      own: sum(parts.map(([, , own]) => own)),
    }
  }
  return [...byDocument.entries()]
    .map(([name, passages]) => ({
      name,
      fields: fieldsOf(passages),
      ...worth(fieldsOf(passages)),
      passages: passages
        .map((passage) => ({ passage, worth: worth({ ...fieldsOf([passage]), title: new Set() }).worth }))
        .sort((a, b) => b.worth - a.worth || a.passage.position - b.passage.position),
    }))
    .sort((a, b) => b.worth - a.worth || b.titled - a.titled || (a.name < b.name ? -1 : 1))
}

export type Ranking = {
  readonly passages: readonly Passage[]
  /** Without examples: what was calibrated. */
  readonly evidence: Evidence | null
  /** With examples: what was chosen between. */
  readonly choice: Choice | null
}
export const NOTHING: Ranking = { passages: [], evidence: null, choice: null }

/** Passages best first, at most `limit`; the score falls from document to document with its worth. */
export const rankPassages = (
  terms: readonly Term[],
  candidates: readonly StoredPassage[],
  counted: Statistics,
  limit: number,
  compared: Compared | null = null,
): Ranking => {
  const statistics = withTitles(candidates, withPhrases(terms, counted))
  const weighed = weigh(terms, statistics)
  const documents = order(weighed, candidates, statistics)
  return compared
    ? rankWithExamples(weighed, documents, statistics, compared, limit)
    : rankByText(
        weighed,
        documents.filter((document) => document.worth > 0),
        limit,
      )
}

type Ordered = ReturnType<typeof order>

const rankByText = (weighed: readonly Weighed[], documents: Ordered, limit: number): Ranking => {
  const whole = sum(weighed.map((one) => one.weight))
  const best = documents[0]
  if (!best || whole === 0) return NOTHING
  const evidence: Evidence = {
    coverage: Math.min(1, best.satisfies / whole),
    titled: Math.min(1, best.titled / whole),
    margin: (best.worth - (documents[1]?.worth ?? 0)) / best.worth,
    ahead: best.worth - (documents[1]?.worth ?? 0),
    strength: best.satisfies,
    own: Math.min(1, best.own / whole),
    focus: best.focus,
    foreign: foreignOf(weighed) / whole,
    strange: sum(weighed.filter((one) => !one.known && !one.term.subject).map((one) => one.weight)) / whole,
  }
  const score = calibrate(evidence)
  const worths = documents.map((document, at) => ({ document, score: at === 0 ? score : score * (document.worth / best.worth) * 0.9 }))
  return { passages: passagesOf(worths, limit), evidence, choice: null }
}

const foreignOf = (weighed: readonly Weighed[]): number =>
  sum(weighed.filter((one) => !one.known && one.term.subject).map((one) => one.weight))

/** Two passages of the best document, one of each other. */
const passagesOf = (documents: readonly { readonly document: Ordered[number]; readonly score: number }[], limit: number): Passage[] =>
  documents
    .flatMap(({ document, score }, at) =>
      document.passages
        .slice(0, at === 0 ? 2 : 1)
        .map(({ passage: { also, position, ...passage } }, next): Passage => ({ ...passage, score: next > 0 ? score * 0.98 : score })),
    )
    .slice(0, limit)

/** Of as many examples that hold a word, more say no more. */
const ENOUGH = 4

const rankWithExamples = (
  weighed: readonly Weighed[],
  documents: Ordered,
  statistics: Statistics,
  compared: Compared,
  limit: number,
): Ranking => {
  const whole = sum(weighed.map((one) => one.weight)) || 1
  const rarest = idf(statistics.documents, 0)
  const alike = new Map(compared.alike.map((one) => [one.document, one]))
  const asked = weighed.map(({ term }) => {
    const stems = ownStems(term)
    return { stems, weight: tells(compared.examples, Math.max(0, ...stems.map((stem) => compared.counts.get(stem) ?? 0))) }
  })
  const all = sum(asked.map((one) => one.weight)) || 1
  const rivals = documents.map((document): Rival => {
    const like = alike.get(document.name)
    const examplesWith = (stems: readonly string[]) => Math.max(0, ...stems.map((stem) => like?.held.get(stem) ?? 0))
    const says = (stem: string) => document.fields.text.has(stem) || document.fields.title.has(stem) || document.fields.heading.has(stem)
    return {
      document: document.name,
      satisfies: Math.min(1, document.satisfies / whole),
      worth: document.worth / rarest,
      bestWords: like?.bestWords ?? 0,
      bestLetters: like?.bestLetters ?? 0,
      allWords: like?.allWords ?? 0,
      allLetters: like?.allLetters ?? 0,
      covered: sum(asked.map(({ stems, weight }) => (examplesWith(stems) > 0 || stems.some(says) ? weight : 0))) / all,
      bare: !like,
      usual: sum(asked.map(({ stems, weight }) => weight * Math.min(1, examplesWith(stems) / ENOUGH))) / all,
    }
  })
  const choice: Choice = { rivals, foreign: foreignOf(weighed) / whole, asked: Math.log(1 + whole / rarest) }
  const scores = choose(choice)
  const ranked = documents
    .map((document) => ({ document, score: scores.get(document.name) ?? 0 }))
    .sort((a, b) => b.score - a.score || b.document.worth - a.document.worth)
  return { passages: passagesOf(ranked, limit), evidence: null, choice }
}
