/** Foreign text as text: nothing in it is ever read as markup. Addresses of the web become links, [1] opens its source. */
import type { Citation } from './shapes.ts'

/** Marks that turn writing around, and what nobody sees: a name ending in "gpj.exe" must not be read backwards. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu
export const visible = (text: string): string => text.replace(UNSEEN, '')

/** The address where it leads by http(s); null for all else (`javascript:`, `data:`), and for `https://bank.example@elsewhere`. */
export const webAddress = (text: string): string | null => {
  try {
    const url = new URL(text)
    return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : null
  } catch {
    return null
  }
}

export type Piece = { readonly text: string; readonly href?: string; readonly cites?: Citation }
const PIECES = /https?:\/\/[^\s<>"«»“”\p{Cc}\p{Cf}]+|\[\d{1,2}\]/giu

/** A text cut where a link or a source stands. What follows an address as punctuation is none of it. */
export const piecesOf = (text: string, citations: readonly Citation[] = []): readonly Piece[] => {
  const pieces: Piece[] = []
  let from = 0
  const upTo = (to: number) => to > from && pieces.push({ text: text.slice(from, to) })
  for (const found of text.matchAll(PIECES)) {
    const [raw] = found
    const cites = raw.startsWith('[') ? citations.find(({ n }) => raw === `[${n}]`) : undefined
    const address = raw.startsWith('[') ? '' : raw.replace(/[.,;:!?'’)\]}]+$/u, '')
    const href = address ? webAddress(address) : null
    if (!cites && !href) continue
    upTo(found.index)
    const taken = cites ? raw : address
    pieces.push(cites ? { text: raw, cites } : { text: taken, href: href as string })
    from = found.index + taken.length
  }
  upTo(text.length)
  return pieces
}
