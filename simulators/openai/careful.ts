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
const DRAFT = /en dix phrases au plus|in ten sentences at most/iu

export const answerCarefully = (asked: Asked, body?: unknown): string => {
  const turns = asked.passages.flatMap(turnIn)
  if (SUMMARY.test(asked.question)) return turns.length ? sumUp(turns) : sumUpPieces(asked)
  const known = asked.passages.filter((passage) => !turnIn(passage).length)
  const said = answer({ ...asked, passages: known })
  const wanted = listOf(fieldsOf(body).messages)
    .map((message) => textOf(fieldsOf(message).content))
    .join('\n')
  const last = said === silenceOf(asked) ? turns.findLast(({ by }) => by === 'customer') : undefined
  if (SUGGESTIONS.test(wanted))
    return last ? REPLIES[last.language].map((one) => `${one} [${last.number}]`).join('\n') : suggestionsIn(said)
  return last && DRAFT.test(wanted) ? HEARD[last.language](last) : said
}

const silenceOf = ({ abstention }: Asked): string => abstention ?? 'ABSTAIN'

/** A passage that is a turn of the thread, told by its title. */
type Turn = { readonly by: 'customer' | 'business'; readonly language: 'fr' | 'en'; readonly number: string; readonly text: string }
const WHO: Readonly<Record<string, Pick<Turn, 'by' | 'language'>>> = {
  'Le client': { by: 'customer', language: 'fr' },
  Nous: { by: 'business', language: 'fr' },
  'The customer': { by: 'customer', language: 'en' },
  We: { by: 'business', language: 'en' },
}
const turnIn = ({ number, text }: Asked['passages'][number]): readonly Turn[] => {
  const [title = '', ...said] = text.split('\n')
  const who = Object.hasOwn(WHO, title) ? WHO[title] : undefined
  return who ? [{ ...who, number, text: said.join(' ').trim() }] : []
}

/** Nobody has written what to answer: it says no more than that somebody looks into it. */
const HEARD = {
  fr: ({ text, number }: Turn) =>
    `Bonjour, vous nous avez écrit : « ${shorten(text)} ». Je m’en occupe et je vous réponds ici. [${number}]`,
  en: ({ text, number }: Turn) => `Hello, you wrote to us: “${shorten(text)}”. I am looking into it and will answer you here. [${number}]`,
} as const
const REPLIES = {
  fr: ['Je m’en occupe et je vous réponds ici.', 'Pouvez-vous m’en dire un peu plus ?', 'Préférez-vous que nous vous appelions ?'],
  en: ['I am looking into it and will answer you here.', 'Could you tell me a little more?', 'Would you rather have us call you?'],
} as const

/** Of the last two pieces, how each begins. */
const sumUpPieces = (asked: Asked): string =>
  asked.passages
    .slice(-2)
    .map(({ number, text }) => {
      const [title = '', ...said] = text.split('\n')
      return `${title} : ${said.join(' ').split(END)[0]} [${number}]`
    })
    .join(' ') || silenceOf(asked)

/** What the customer wrote last, and what they were told of it, in the words of both. */
const sumUp = (turns: readonly Turn[]): string => {
  const asked = turns.findLast(({ by }) => by === 'customer')
  const told = turns.findLast(({ by }) => by === 'business')
  return [
    asked && LAST[asked.language].customer(asked, asked.text),
    told && LAST[told.language].business(told, nearest(told.text, asked?.text ?? '')),
  ]
    .filter(Boolean)
    .join(' ')
}
type Told = (turn: Turn, words: string) => string
const LAST: Readonly<Record<Turn['language'], Readonly<Record<Turn['by'], Told>>>> = {
  fr: {
    customer: ({ number }, words) => `La dernière chose que le client nous a écrite est « ${shorten(words)} » [${number}].`,
    business: ({ number }, words) => `La dernière chose que nous lui avons dite est « ${shorten(words)} » [${number}].`,
  },
  en: {
    customer: ({ number }, words) => `The last thing that the customer wrote to us is “${shorten(words)}” [${number}].`,
    business: ({ number }, words) => `The last thing that we told them is “${shorten(words)}” [${number}].`,
  },
}
/** The statement that shares most with what was asked; a list of sources states nothing. */
const nearest = (text: string, asked: string): string => {
  const wanted = wordsOf(asked)
  const shared = (statement: string) =>
    /^\s*Sources?\b/u.test(statement) ? -1 : [...wordsOf(statement)].filter((word) => wanted.has(word)).length
  return text.split(END).reduce((best, one) => (shared(one) >= Math.max(1, shared(best)) ? one : best))
}
/** Whole words. */
const QUOTED = 120
const shorten = (text: string): string => {
  const said = text.trim().replace(/\.$/u, '')
  return said.length <= QUOTED ? said : `${said.slice(0, said.lastIndexOf(' ', QUOTED))}…`
}

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
  const silence = silenceOf(asked)
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
