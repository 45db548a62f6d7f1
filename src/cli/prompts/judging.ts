/** What is wrong with an answer to a case. Pure. */
import type { Words } from '../../core/language.ts'
import type { PromptCase } from '../../core/prompt-case.ts'
import type { Attempt } from '../../engines/chain.ts'

export type Answered = { readonly text: string | null; readonly result: Attempt['result']; readonly detail: string }
/** `what`: the words it is about. */
export type Fault = { readonly kind: 'missing' | 'unwanted' | 'answered' | 'abstained' | 'language' | 'failed'; readonly what: string }

/** As people read: without capitals, accents, and whatever spaces and apostrophes somebody used. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s\u00a0\u202f]+/gu, ' ')
    .replace(/[’ʼ]/gu, "'")
    .toLowerCase()

export const faultsOf = ({ must, mustNot, abstains }: PromptCase, { text, result, detail }: Answered): readonly Fault[] => {
  if (result === 'language') return [{ kind: 'language', what: '' }]
  if (result === 'abstained') return abstains ? [] : [{ kind: 'abstained', what: '' }]
  if (text === null) return [{ kind: 'failed', what: detail ? `${result}, ${detail}` : result }]
  if (abstains) return [{ kind: 'answered', what: '' }]
  const said = folded(text)
  const isSaid = (words: string) => said.includes(folded(words))
  return [
    ...must.filter((some) => !some.some(isSaid)).map((some): Fault => ({ kind: 'missing', what: some.join(' | ') })),
    ...mustNot.filter(isSaid).map((what): Fault => ({ kind: 'unwanted', what })),
  ]
}

export const FAULTS: Readonly<Record<Fault['kind'], Words>> = {
  missing: { fr: 'il manque', en: 'missing' },
  unwanted: { fr: 'de trop', en: 'unwanted' },
  answered: { fr: 'répond, alors qu’il n’y a rien à répondre', en: 'answers where there is nothing to answer' },
  abstained: { fr: 'ne trouve rien à répondre', en: 'finds nothing to answer' },
  language: { fr: 'répond dans une autre langue', en: 'answers in another language' },
  failed: { fr: 'n’a pas répondu', en: 'did not answer' },
}

const wordsIn = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+(?:[.,'’-][\p{L}\p{N}]+)*/gu) ?? []

/** Words of one answer that no other has, in their order; figures first: what differs there matters most. */
export const onlyIn = (text: string, others: readonly string[]): readonly string[] => {
  const known = new Set(others.flatMap((other) => wordsIn(folded(other))))
  const own = [...new Set(wordsIn(text))].filter((word) => !known.has(folded(word)))
  const isFigure = (word: string) => /\p{N}/u.test(word)
  return [...own.filter(isFigure), ...own.filter((word) => !isFigure(word))]
}
