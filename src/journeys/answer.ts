/** Whether a message answers the question that was asked, or is one itself. */
import { RE2JS } from 're2js'
import { type Content, wordsOf } from '../core/content.ts'
import type { Journey, Step } from '../core/journey.ts'
import { fold, isStopWord, wordsIn } from '../core/terms.ts'

type Ask = Extract<Step, { kind: 'ask' }>

/** Patterns of users run in linear time (RE2), so that no message can stall a turn. Kept by step: compiled once. */
const compiled = new WeakMap<Ask, RE2JS | null>()

const patternOf = (step: Ask): RE2JS | null => {
  const known = compiled.get(step)
  if (known !== undefined) return known
  let pattern: RE2JS | null = null
  try {
    pattern = step.accept === undefined ? null : RE2JS.compile(step.accept)
  } catch {
    // A bad pattern is an error of `relais check`; a running journey then takes any text.
  }
  compiled.set(step, pattern)
  return pattern
}

/** How people write a number or a code: as it is, without spaces and hyphens, in capitals, or both. */
const variants = (text: string): readonly string[] => {
  const joined = text.replace(/[\s\-‐‑.]+/gu, '')
  return [text, joined, text.toUpperCase(), joined.toUpperCase()]
}

const MOST_CHARACTERS = 4096

/** The answer to keep, or null where the message does not fit. The pattern must match the whole text, in one of its `variants`. */
export const answerIn = (step: Ask, content: Content): string | null => {
  if (content.type !== 'text' && content.type !== 'choice') return null
  const text = wordsOf(content).trim().slice(0, MOST_CHARACTERS).toWellFormed()
  if (text === '') return null
  if (step.accept === undefined) return text
  const pattern = patternOf(step)
  if (pattern === null) return text
  return variants(text).find((variant) => pattern.matcher(variant).matches()) ?? null
}

/** A number or a code of fewer characters may mean anything: "20 h", "2 adultes". */
const LEAST_CHARACTERS = 5

/** A longer word beside digits is a word, and so is a small one: "Rome 2026", "de 204518". */
const MOST_LETTERS = 3
const isOfCode = (word: string): boolean =>
  /\p{N}/u.test(word) || (word.length <= MOST_LETTERS && !isStopWord(fold(word), 'fr') && !isStopWord(fold(word), 'en'))

/** The answer that a message is and holds nothing else, however it is spaced: a number or a code ("vl 204 518"). Null where it is none. */
export const answerAlone = (step: Ask, content: Content): string | null => {
  if (patternOf(step) === null || content.type !== 'text') return null
  const text = content.text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  const parts = text.split(/[^\p{L}\p{N}]+/u)
  if (parts.join('').length < LEAST_CHARACTERS || !/\p{N}/u.test(text) || !parts.every(isOfCode)) return null
  return answerIn(step, { type: 'text', text })
}

/**
 * The answer that the message which started a journey already holds, or null. Taken only where it can hardly be chance: the step has a
 * pattern, and just one word with a digit or an @ matches it as a whole, which is not part of a keyword. A code may stand in two words,
 * capitals before digits ("VL 204518"): a small "de 204518" is no code.
 */
export const answerWithin = ({ starts }: Journey, step: Ask, content: Content): string | null => {
  const pattern = patternOf(step)
  if (pattern === null || content.type !== 'text') return null
  const alone = answerAlone(step, content)
  if (alone !== null) return alone
  const keywords = new Set(starts.flatMap((start) => ('keyword' in start ? start.keyword.flatMap(wordsIn) : [])))
  const words = content.text
    .slice(0, MOST_CHARACTERS)
    .toWellFormed()
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
  const codes = words.flatMap((word, at) => (/^\p{Lu}+$/u.test(word) && /^\p{N}/u.test(words[at + 1] ?? '') ? word + words[at + 1] : []))
  const found = [...words, ...codes]
    .filter((word) => word.length >= LEAST_CHARACTERS && /[\p{N}@]/u.test(word) && !keywords.has(fold(word)))
    .flatMap((word) => variants(word).find((variant) => pattern.matcher(variant).matches()) ?? [])
  const [answer, ...others] = new Set(found)
  return answer !== undefined && others.length === 0 ? answer : null
}

const QUESTION_WORDS = new Set(
  (
    'qui que quoi quel quelle quels quelles quand ou comment pourquoi combien puis peut peux pouvez avez ' +
    'who what which when where why how can could do does did is are will would'
  ).split(' '),
)

/** May somebody have asked something? With a question mark, a question word in front, or (unless it is to be plain) three words or more. */
export const mayBeQuestion = (content: Content, plainly = false): boolean => {
  const text = wordsOf(content)
  const words = wordsIn(text)
  return /[?？؟]/u.test(text) || (!plainly && words.length >= 3) || QUESTION_WORDS.has(words[0] ?? '')
}
