/**
 * A model that reads more carefully than the nearest-sentence one: the demo's. It says the first statements of the passage named first, if
 * that passage speaks of what is asked, and abstains otherwise.
 */
import { fieldsOf, listOf, textOf } from '../wire.ts'
import { type Asked, wordsOf } from './passages.ts'

const LONGEST = 420
/** Of the question's words, how many the passage must know. */
const KNOWN = 0.67
/** Whoever asks what something costs is answered by an amount. */
const PRICE = new Set([
  'coute',
  'couten',
  'cout',
  'prix',
  'tarif',
  'tarifs',
  'frais',
  'cost',
  'costs',
  'price',
  'fee',
  'fees',
  'charge',
  'much',
])
const AMOUNT = /\d\s?[%€]|€\s?\d/u

/** What is wanted of it, where that is more than an answer. */
const SUMMARY = /\brésum|\bsum (?:it|this|that|them) up\b/iu
const SUGGESTIONS = /trois réponses possibles|three possible replies/iu

export const answerCarefully = (asked: Asked, body?: unknown): string => {
  if (SUMMARY.test(asked.question)) return sumUp(asked)
  const said = answer(asked)
  const wanted = listOf(fieldsOf(body).messages)
    .map((message) => textOf(fieldsOf(message).content))
    .join('\n')
  return SUGGESTIONS.test(wanted) ? suggestionsIn(said) : said
}

/** Who said what, of the last two passages. */
const sumUp = ({ passages, abstention }: Asked): string =>
  passages
    .slice(-2)
    .map(({ number, text }) => {
      const [who = '', ...said] = text.split('\n')
      return `${who} : ${said.join(' ').split(END)[0]} [${number}]`
    })
    .join(' ') ||
  (abstention ?? 'ABSTAIN')

const END = /(?<=[.!?])(?=\s)/
/** Each statement that stands for itself, with the answer's own citation. */
const suggestionsIn = (said: string): string => {
  const [, text, citation] = /^([\s\S]*) (\[\w+\])$/.exec(said) ?? []
  if (text === undefined) return said
  const whole = text
    .split(END)
    .map((statement) => statement.trim())
    .filter((statement) => !statement.includes('\n'))
  return (whole.length ? whole : [text])
    .slice(0, 3)
    .map((statement) => `${statement} ${citation}`)
    .join('\n')
}

const answer = (asked: Asked): string => {
  const silence = asked.abstention ?? 'ABSTAIN'
  const [passage] = asked.passages
  if (!passage) return silence
  const wanted = [...wordsOf(asked.question)]
  const there = wordsOf(passage.text)
  const known = wanted.filter((word) => there.has(word) || (PRICE.has(word) && AMOUNT.test(passage.text)))
  // One word says what a question is about, not what it asks.
  if (wanted.length < 2 || known.length / wanted.length < KNOWN) return silence
  return `${firstStatements(passage.text)} [${passage.number}]`
}

/** Whole statements without the title and the headings, as many as fit. */
const firstStatements = (text: string): string => {
  const [, ...lines] = text.split('\n')
  const isHeading = (line: string, next = '') => /:\s*$/.test(line) && !next.startsWith('-')
  const body = lines.filter((line, at) => !isHeading(line, lines[at + 1])).join('\n')
  let said = ''
  // Each with the white space before it: what stands on a line of its own stays there.
  for (const statement of body.trim().split(END)) {
    if (said && said.length + statement.length > LONGEST) break
    said += statement
  }
  return said
}
