import { fieldsOf, listOf, textOf } from '../wire.ts'

/** What a prompt asks of the model, read by the simulator the way a careful model would. */
export interface Asked {
  readonly question: string
  readonly passages: readonly { readonly number: string; readonly text: string }[]
  /** The fixed word to answer when the passages do not; `undefined`: the prompt names none. */
  readonly abstention: string | undefined
}

/** The text of one chat message; parts of other types are left out. */
const contentOf = (message: unknown): string => {
  const { content } = fieldsOf(message)
  if (typeof content === 'string') return content
  return listOf(content)
    .map((part) => textOf(fieldsOf(part).text))
    .join('\n')
}

/**
 * Passages: `<passage id="1">…</passage>` (any tag, attribute `id`, `n`, `number` or `ref`), or blocks that begin with `[1]`.
 * Question: what stands between tags called question…, else the last user message without the passages. Abstention: a word of capitals in quotes, backticks or after "exactly".
 */
export function readPrompt(messages: readonly unknown[]): Asked {
  const all = messages.map(contentOf).join('\n')
  const last = contentOf(messages.findLast((message) => fieldsOf(message).role === 'user'))
  const tagged = [...all.matchAll(tag)].map((match) => ({ number: match[3] ?? '', text: (match[4] ?? '').trim() }))
  const numbered = [...all.matchAll(block)].map((match) => ({ number: match[1] ?? '', text: (match[2] ?? '').trim() }))
  return {
    question: (marked.exec(last)?.[2] ?? last.replace(tag, ' ').replace(block, ' ')).trim(),
    passages: tagged.length > 0 ? tagged : numbered,
    abstention: word.exec(all)?.slice(1).find(Boolean),
  }
}

const tag = /<([a-z][a-z_-]*)\b[^>]*?\b(id|n|number|ref)="\[?(\w+)\]?"[^>]*>([\s\S]*?)<\/\1>/g
const marked = /<(question[\w-]*)>([\s\S]*?)<\/\1>/
const block = /^\[(\d+)\][ \t]*([\s\S]*?)(?=^\[\d+\]|\n[ \t]*\n|^<\/|(?![\s\S]))/gm
const word = /["'`«“]\s*([A-Z][A-Z_]{3,})\s*["'`»”]|(?:exactly|exactement|the word|le mot)[\s:]+([A-Z][A-Z_]{3,})\b/

/** The sentence of a passage nearest to the question, with its number: `… [1]`. `undefined` when none shares enough words. */
export function answerFrom(asked: Asked): string | undefined {
  const wanted = wordsOf(asked.question)
  if (wanted.size === 0) return undefined
  let best: { score: number; text: string } | undefined
  for (const { number, text } of asked.passages) {
    const whole = overlap(wanted, wordsOf(text))
    for (const sentence of text.split(/(?<=[.!?])\s+/)) {
      const score = overlap(wanted, wordsOf(sentence)) + whole / 10
      if (sentence.trim() !== '' && score > (best?.score ?? 0)) best = { score, text: `${sentence.trim()} [${number}]` }
    }
  }
  return best && best.score >= Math.min(2, wanted.size) ? best.text : undefined
}

const overlap = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => [...one].filter((word) => other.has(word)).length

/** Words of four letters and more, without accents, cut to their first six letters: enough to match "annuler" and "annulation". */
export function wordsOf(text: string): Set<string> {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return new Set((plain.match(/[a-z0-9]{4,}/g) ?? []).filter((one) => !common.has(one)).map((one) => one.slice(0, 6)))
}

const common = new Set(
  'avec dans pour quel quelle quels quelles comment combien est-ce votre notre vous nous sont mais plus what which when where does with your have this that from about there'.split(
    ' ',
  ),
)
