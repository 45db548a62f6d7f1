/**
 * The words of a mail. HTML is never shown: a short list of elements is kept long enough to know where lines end, what was quoted and where
 * a link leads; scripts, styles, pictures and everything else go. Then what was quoted and signed is folded away.
 */
import sanitizeHtml from 'sanitize-html'

const LINES = ['p', 'div', 'tr', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'ul', 'ol', 'pre']
/** Beyond this an HTML part is not read: it is no letter. */
const LONGEST_HTML = 500_000
const DEEPEST_QUOTE = 10

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&nbsp;': ' ' }
const decode = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)

const safe = (html: string): string =>
  sanitizeHtml(html.slice(0, LONGEST_HTML), {
    allowedTags: [...LINES, 'br', 'blockquote', 'a'],
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'head'],
    nestingLimit: 100,
  })

/** HTML as plain text: a line where a line ends, `> ` before what is quoted, an address behind a link that does not show it. */
export const textOfHtml = (html: string): string => {
  let [text, line, depth, href] = ['', '', 0, '']
  const endLine = () => {
    text += `${depth > 0 && line.trim() !== '' ? '> '.repeat(Math.min(depth, DEEPEST_QUOTE)) : ''}${line.trim()}\n`
    line = ''
  }
  const breakLine = () => {
    if (line.trim() !== '') endLine()
  }
  for (const [, words, closing, tag = '', attributes = ''] of safe(html).matchAll(/([^<]+)|<(\/?)(\w+)([^>]*)>/g)) {
    if (words !== undefined) line += decode(words).replace(/\s+/g, ' ')
    else if (tag === 'br') endLine()
    else if (tag === 'a' && closing === '') href = decode(/href="([^"]*)"/.exec(attributes)?.[1] ?? '')
    else if (tag === 'a') {
      if (/^https?:/.test(href) && !line.includes(href.replace(/^https?:\/\/|\/$/g, ''))) line += ` (${href})`
      href = ''
    } else {
      breakLine()
      if (tag === 'blockquote') depth = Math.max(0, depth + (closing === '' ? 1 : -1))
      else if (tag === 'p' && closing !== '') text += '\n'
    }
  }
  endLine()
  return text.replace(/\n{3,}/g, '\n\n').trim()
}

/** The line above what is quoted, as mail programs write it in the languages of the customers served. It may be broken in two. */
const HEADS = [
  /^(?:>\s*)?(?:le|el|il|am|op|em|den|on)\s.{6,200}(?:a écrit|escribió|ha scritto|schrieb|schreef|escreveu|skrev|wrote).{0,80}:$/iu,
  /^-{2,}\s*(?:message d['’]origine|message transféré|message original|mail original|original message|forwarded message|ursprüngliche nachricht|messaggio originale|mensaje original|mensagem original|oorspronkelijk bericht)\s*-{2,}$/iu,
  /^_{10,}$/,
  /^\*?(?:de|from|von|da|van)\s?:\*?\s.+$/iu,
]
/** A line of an Outlook head: only together with others of its kind is `De : …` one. */
const HEAD_FIELD =
  /^\*?(?:envoyé|sent|gesendet|enviado|inviato|verzonden|date|datum|à|to|an|a|para|objet|subject|betreff|oggetto|asunto)\s?:\*?\s/iu
const SIGNATURE = /^--\s?$/
const DEVICE =
  /^(?:envoyé (?:de|depuis) mon |envoyé à partir de |sent from (?:my|outlook|yahoo)|sent with \[?proton|envoyé avec (?:la messagerie|\[?proton)|get outlook for |obtenez outlook|télécharger outlook|von meinem |enviado desde mi |inviato da )/iu

const isHead = (lines: readonly string[], at: number): boolean => {
  const line = (lines[at] ?? '').trim()
  const both = `${line} ${(lines[at + 1] ?? '').trim()}`
  const [wrote, original, rule, from] = HEADS as [RegExp, RegExp, RegExp, RegExp]
  if (wrote.test(line) || original.test(line)) return true
  // Broken in two by the mail program's own line length.
  if (line.length > 20 && wrote.test(both)) return true
  const next = (lines[at + 1] ?? '').trim()
  if (rule.test(line)) return from.test(next) || next === ''
  return from.test(line) && HEAD_FIELD.test(next)
}
const isQuoted = (line: string): boolean => /^\s*>/.test(line)

/** The new words of a mail, and all of it where that is more. Nothing but quotes: all of it is shown. `signed`: nothing but a signature. */
export const foldText = (all: string): { readonly text: string; readonly whole?: string; readonly signed?: boolean } => {
  const lines = all.split('\n')
  const ends = lines.findIndex((line, at) => SIGNATURE.test(line) || DEVICE.test(line.trim()) || isHead(lines, at))
  // Who answers between or below quoted lines has own words behind the head: then only the quoted lines go.
  const below = ends < 0 ? [] : lines.slice(ends + 1)
  const between = ends >= 0 && isHead(lines, ends) && below.some(isQuoted) && below.some((line) => !isQuoted(line) && line.trim() !== '')
  const headed = (line: string, at: number) =>
    isQuoted(line) || isHead(lines, at) || (at > 0 && isHead(lines, at - 1) && /:\s*$/.test(line))
  const signed = lines.findIndex((line) => SIGNATURE.test(line))
  const kept = between
    ? lines.filter((line, at) => !headed(line, at) && (signed < 0 || at < signed))
    : (ends < 0 ? lines : lines.slice(0, ends)).filter((line) => !isQuoted(line))
  const text = kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  if (text === '') return { text: all, signed: !lines.some((line, at) => isQuoted(line) || isHead(lines, at)) }
  return text === all ? { text: all } : { text, whole: all }
}
