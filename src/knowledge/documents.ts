/**
 * Files of the knowledge folder -> passages: pieces of 40 to 120 words that stand for themselves, cut at headings and
 * paragraphs, each with its document's title. A file that cannot be read becomes a notice, and the others go on.
 */
import { parse } from 'yaml'
import { z } from 'zod'
import type { Ask, StoredPassage } from '../core/knowledge.ts'
import type { Words } from '../core/language.ts'
import { wordsIn } from '../core/terms.ts'
import { detectLanguage } from './language.ts'
import { type Section, sectionsOfHtml, sectionsOfMarkdown, sectionsOfText } from './sections.ts'

/** What is wrong with a file, and what to do. */
export type Notice = { readonly file: string; readonly words: Words; readonly remedy: Words }
export type Documents = { readonly passages: readonly StoredPassage[]; readonly asks: readonly Ask[]; readonly notices: readonly Notice[] }

const front = z.looseObject({
  title: z.string().optional(),
  lang: z.string().optional(),
  language: z.string().optional(),
  url: z.url().optional(),
  /** Words customers use for it that the text does not. */
  words: z.array(z.string()).optional(),
  /** Questions customers ask that it answers. */
  asks: z.array(z.string()).optional(),
})
const LEAST = 40
const MOST = 120

/** `file` is the path in the workspace; `locale` the language where neither front matter, folder nor text tells. */
export const readDocuments = (files: readonly { readonly file: string; readonly source: Uint8Array }[], locale: string): Documents => {
  const passages: StoredPassage[] = []
  const asks: Ask[] = []
  const notices: Notice[] = []
  for (const { file, source } of files) {
    const result = readDocument(file, source, locale)
    if ('words' in result) notices.push({ file, ...result })
    else {
      passages.push(...result.passages)
      asks.push(...result.asks)
    }
  }
  return { passages, asks, notices }
}

type Read = { readonly passages: readonly StoredPassage[]; readonly asks: readonly Ask[] } | Omit<Notice, 'file'>

const readDocument = (file: string, source: Uint8Array, locale: string): Read => {
  const ending = /\.([^./]+)$/.exec(file)?.[1]?.toLowerCase()
  if (ending === 'pdf') return PDF
  if (ending !== 'md' && ending !== 'html' && ending !== 'txt') return FOREIGN
  const text = decode(source)
  if (text === null) return NOT_UTF8
  const [head, body] = splitFront(text)
  const facts = front.safeParse(head === null ? {} : head)
  if (!facts.success) return BAD_FRONT
  const sections = ending === 'md' ? sectionsOfMarkdown(body) : ending === 'html' ? sectionsOfHtml(body) : sectionsOfText(body)
  const document = file.replace(/^(?:.*\/)?knowledge\//, '').replace(/\.[^./]+$/, '')
  const title = facts.data.title ?? sections.title ?? document.replace(/^.*\//, '').replace(/[-_]/g, ' ')
  const prose = sections.sections.map((section) => section.paragraphs.join(' ')).join(' ')
  const language = facts.data.lang ?? facts.data.language ?? languageOfFolder(document) ?? detectLanguage(prose, locale)
  const also = (facts.data.words ?? []).join(' ')
  const passages = cut(sections.sections, language === 'fr' ? '\u00a0:' : ':').map((piece, position) => ({
    id: `${document}#${position + 1}`,
    document,
    title,
    text: piece.text,
    language,
    also: [...piece.headings, also].filter(Boolean).join('\n'),
    position,
    ...(facts.data.url === undefined ? {} : { url: facts.data.url }),
  }))
  const asks = (facts.data.asks ?? []).map((ask) => ({ language, document, ask }))
  return passages.length > 0 ? { passages, asks } : EMPTY
}

type Fault = Omit<Notice, 'file'>
const READABLE: Words = { fr: 'Enregistrez ce texte en .md, .html ou .txt.', en: 'Save this text as .md, .html or .txt.' }
const PDF: Fault = { words: { fr: 'les fichiers PDF ne sont pas encore lus', en: 'PDF files are not read yet' }, remedy: READABLE }
const FOREIGN: Fault = {
  words: { fr: 'seuls .md, .html et .txt sont lus : ce fichier est ignoré', en: 'only .md, .html and .txt are read: this file is ignored' },
  remedy: READABLE,
}
const NOT_UTF8: Fault = {
  words: { fr: 'ce fichier n’est pas en UTF-8', en: 'this file is not UTF-8' },
  remedy: { fr: 'Enregistrez-le dans ce codage.', en: 'Save it in that encoding.' },
}
const BAD_FRONT: Fault = {
  words: { fr: 'l’en-tête entre les lignes « --- » ne se lit pas', en: 'the front matter between the “---” lines cannot be read' },
  remedy: { fr: 'Vérifiez title, lang, url, words et asks.', en: 'Check title, lang, url, words and asks.' },
}
const EMPTY: Fault = {
  words: { fr: 'ce fichier ne contient aucun texte', en: 'this file holds no text' },
  remedy: { fr: 'Écrivez-y ce que vos clients demandent, ou retirez-le.', en: 'Write into it what your customers ask, or remove it.' },
}

const decode = (source: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(source).replace(/\r\n?/g, '\n').replaceAll('\0', '')
  } catch {
    return null
  }
}

/** Front matter parsed (null = none, the string itself = unreadable) and the rest. */
const splitFront = (text: string): [unknown, string] => {
  const found = /^---\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(text)
  if (!found) return [null, text]
  const rest = text.slice(found[0].length)
  try {
    const value: unknown = parse(found[1] ?? '')
    return [value, rest]
  } catch {
    return [found[1], rest]
  }
}

const languageOfFolder = (document: string): string | undefined =>
  document.split('/').find((part, at, all) => at < all.length - 1 && /^[a-z]{2}$/.test(part))

type Piece = { readonly text: string; readonly headings: readonly string[] }
const countWords = (text: string): number => wordsIn(text).length

/** Sections that are too long are cut between paragraphs; short neighbours are joined, each under its heading. */
const cut = (sections: readonly Section[], colon: string): Piece[] => {
  const pieces: { blocks: { heading: string; text: string }[]; words: number }[] = []
  for (const { heading, paragraphs } of sections) {
    for (const text of paragraphs) {
      const words = countWords(text)
      const last = pieces.at(-1)
      const block = last?.blocks.at(-1)
      const sameSection = block?.heading === heading
      const fits = last !== undefined && last.words + words <= MOST
      if (last && fits && block && sameSection) {
        block.text += `\n${text}`
        last.words += words
      } else if (last && fits && (last.words < LEAST || words < LEAST / 2)) {
        last.blocks.push({ heading, text })
        last.words += words
      } else pieces.push({ blocks: [{ heading, text }], words })
    }
  }
  return pieces.map(({ blocks }) => ({
    text: blocks.map(({ heading, text }) => (blocks.length > 1 && heading ? `${heading}${colon}\n${text}` : text)).join('\n\n'),
    headings: blocks.map(({ heading }) => heading).filter(Boolean),
  }))
}
