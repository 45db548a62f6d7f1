/**
 * What may leave of a model's words while it still writes. Citation marks are taken out and collected; links that no passage
 * contains are removed; anything that may still become either, or the abstention word, is held back until it is known.
 */
import type { Passage } from '../../core/engine.ts'
import { ABSTENTION } from './messages.ts'

export type Sieve = {
  /** Takes what the model wrote next; gives what may be shown of it. */
  push(text: string): string
  /** Gives the rest. */
  end(): string
  /** True where the abstention word stood anywhere in the text. */
  readonly abstained: boolean
  /** Ids of the passages cited so far, in order, each once. */
  readonly citations: readonly string[]
}

/** A bracket left open this long is no citation and no link. */
const LONGEST_HELD = 400
const CITATION = /[ \t\u00a0\u202f]*[[【]\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*[\]】]/g
const IMAGE = /!\[[^\]]*\]\([^)]*\)/g
const MARKDOWN_LINK = /\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g
const LINK = /(?:\b[a-z][a-z0-9+.-]*:\/\/|\bwww\.|\bmailto:)[^\s<>"»)\]]+/gi
/** Hosts and addresses without a scheme: most channels make links of them. */
const BARE =
  /(?:[\p{L}\p{N}._%+-]+@)?\b(?:[a-z0-9-]+\.)+(?:com|net|org|info|io|eu|fr|uk|de|es|it|be|ch|ca|us|ru|cn|xyz|top|site|online|shop|link|app|dev|ai|co|me|ly|click|example)\b(?:\/[^\s<>"»)\]]*)?/giu

/** What must stand in a text before any of these can. */
const MARKED = /[[【@]|\.\S|:\S/

const trimmed = (link: string) => link.replace(/[.,;:!?…]+$/, '')
const bare = (link: string) =>
  trimmed(link)
    .toLowerCase()
    .replace(/^(?:https?:\/\/|mailto:)/, '')
    .replace(/\/$/, '')

const linksOf = (passages: readonly Passage[]): ReadonlySet<string> =>
  new Set(
    passages.flatMap((passage) => {
      const text = `${passage.text} ${passage.url ?? ''}`
      return [...(text.match(LINK) ?? []), ...(text.match(BARE) ?? [])].map(bare)
    }),
  )

export const createSieve = (passages: readonly Passage[]): Sieve => {
  let known: ReadonlySet<string> | undefined
  const isAllowed = (link: string): boolean => {
    known ??= linksOf(passages)
    return known.has(bare(link))
  }
  const citations: string[] = []
  let held = ''
  let tail = ''
  let shown = false
  let abstained = false

  const clean = (text: string): string => (MARKED.test(text) ? sift(text) : text)
  const sift = (text: string): string =>
    text
      .replace(IMAGE, '')
      .replace(CITATION, (_, numbers: string) => {
        for (const number of numbers.split(/[,;]/)) {
          const id = passages[Number(number) - 1]?.id
          if (id !== undefined && !citations.includes(id)) citations.push(id)
        }
        return ''
      })
      .replace(MARKDOWN_LINK, (_, label: string, link: string) =>
        isAllowed(link) && bare(link) !== bare(label) ? `${label} (${link})` : label,
      )
      .replace(LINK, (link) => (isAllowed(link) ? link : link.slice(trimmed(link).length)))
      .replace(BARE, (link, at: number, whole: string) =>
        isAllowed(link) || /[\w/@:]$/.test(whole.slice(0, at)) ? link : link.slice(trimmed(link).length),
      )

  const take = (upTo: number): string => {
    const text = held.slice(0, upTo)
    held = held.slice(upTo)
    tail = (tail + text).slice(-ABSTENTION.length * 2)
    if (tail.includes(ABSTENTION)) abstained = true
    if (abstained) return ''
    const kept = shown ? clean(text) : clean(text).trimStart()
    if (kept.length > 0) shown = true
    return kept
  }
  return {
    push(text) {
      held += text
      return take(safeLength(held))
    },
    end: () => take(held.length).trimEnd(),
    get abstained() {
      return abstained
    },
    citations,
  }
}

/** How much of `text` can no longer change its meaning: up to the last white space outside any bracket, label or link target. */
const safeLength = (text: string): number => {
  let safe = 0
  let open = -1
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (open < 0) {
      if (sign === '[' || sign === '【') open = at
      else if (/\s/.test(sign) && !/\s/.test(text.charAt(at - 1))) safe = at
    } else if (at - open > LONGEST_HELD) open = -1
    else if (sign === ')' || sign === '】') open = -1
    // `(link)` may follow a label: a bracket that closes at the very end stays open until the next sign is known.
    else if (sign === ']' && at + 1 < text.length && text.charAt(at + 1) !== '(') open = -1
  }
  return safe
}
