/** Markdown, HTML and plain text -> headings with their paragraphs as plain text that any channel can show. */

export type Section = { readonly heading: string; readonly paragraphs: readonly string[] }
export type Sections = { readonly title: string | undefined; readonly sections: readonly Section[] }

/** Marks of writing go, words and addresses stay. */
const plainOf = (markdown: string): string =>
  markdown
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\((?:<([^>]+)>|([^)\s]+))[^)]*\)/g, (_, label: string, one?: string, other?: string) => {
      const link = one ?? other ?? ''
      return link === label || !/^https?:|^mailto:/.test(link) ? label : `${label} (${link.replace(/^mailto:/, '')})`
    })
    .replace(/(\*\*|__)(?=\S)([\s\S]*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)([^*_\n]*\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/^\s*>\s?/gm, '')
    .replace(/^\s*[*+]\s+/gm, '- ')
    .replace(/^\s*\|?[\s:|-]{3,}\|?\s*$/gm, '')
    .replace(/^\s*\|\s*(.*?)\s*\|\s*$/gm, (_, row: string) => row.replace(/\s*\|\s*/g, ' : '))
    .replace(/\\([\\`*_{}[\]()#+.!-])/g, '$1')
    .replace(/[ \t]{2,}/g, ' ')
    .trim()

const collect = (lines: readonly { readonly level: number; readonly text: string }[]): Sections => {
  let title: string | undefined
  const sections: { heading: string; paragraphs: string[] }[] = [{ heading: '', paragraphs: [] }]
  for (const { level, text } of lines) {
    if (level === 1 && title === undefined) title = text
    else if (level > 0) sections.push({ heading: text, paragraphs: [] })
    else if (text) sections.at(-1)?.paragraphs.push(text)
  }
  return { title, sections: sections.filter((section) => section.paragraphs.length > 0) }
}

export const sectionsOfMarkdown = (source: string): Sections =>
  collect(
    source
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/^(#{1,6}[ \t].*)$/gm, '\n$1\n')
      .split(/\n[ \t]*\n/)
      .map((block) => block.trim())
      .filter(Boolean)
      .map((block) => {
        const heading = /^(#{1,6})[ \t]+(.*?)[ \t#]*$/.exec(block)
        return heading ? { level: heading[1]?.length ?? 1, text: plainOf(heading[2] ?? '') } : { level: 0, text: plainOf(block) }
      }),
  )

export const sectionsOfText = (source: string): Sections =>
  collect(source.split(/\n[ \t]*\n/).map((block) => ({ level: 0, text: block.replace(/[ \t]*\n[ \t]*/g, '\n').trim() })))

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  euro: '€',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  acirc: 'â',
  ccedil: 'ç',
  ocirc: 'ô',
  ucirc: 'û',
  ugrave: 'ù',
  icirc: 'î',
  iuml: 'ï',
  oelig: 'œ',
  rsquo: '’',
  lsquo: '‘',
  laquo: '«',
  raquo: '»',
  ndash: '–',
  mdash: '—',
  hellip: '…',
}
const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined
    if (code === undefined) return ENTITIES[(name ?? '').toLowerCase()] ?? whole
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })

/** Reads what a page says, not how it looks; navigation, scripts and forms are left out. */
export const sectionsOfHtml = (source: string): Sections => {
  const title = /<title[^>]*>([\s\S]*?)<\/title>/i.exec(source)?.[1]
  const body = source
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style|head|nav|footer|form|svg|template|noscript)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/\s+/g, ' ')
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<br\b[^>]*>/gi, '\n')
    .replace(/<h([1-6])\b[^>]*>([\s\S]*?)<\/h\1\s*>/gi, '\n\n\u0001$1$2\n\n')
    .replace(/<\/?(?:p|div|section|article|main|ul|ol|table|tr|blockquote|dl|dt|dd|header|aside|details|summary)\b[^>]*>/gi, '\n\n')
    .replace(/<[^>]*>/g, '')
  const read = collect(
    decodeEntities(body)
      .split(/\n\s*\n/)
      .map((block) => block.trim())
      .filter(Boolean)
      .map((block) =>
        block.startsWith('\u0001') ? { level: Number(block.charAt(1)), text: block.slice(2).trim() } : { level: 0, text: block },
      ),
  )
  return { title: read.title ?? (title ? decodeEntities(title).trim() : undefined), sections: read.sections }
}
