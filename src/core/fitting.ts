/**
 * Makes content fit a channel: over-long words become several messages, buttons become a list or numbered text, as the capabilities allow.
 * Pure; what fits comes back as it is. The last message carries what can be tapped, so that it stays at the bottom of the thread.
 */
import type { Capabilities } from './capability.ts'
import type { Choice, Content } from './content.ts'

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Where a cut may fall, best first: after a paragraph, a line, a sentence, a word. No-break spaces (before « ? » in French) are no place to cut. */
const BREAKS = [/\n[ \t]*\n/g, /\n/g, /[.!?…。！？]["'»”)\]]*(?=[ \t\n])|[。！？]/g, /[ \t\n]/g]

const isLowSurrogate = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00

const isBoundary = (text: string, at: number): boolean => at >= text.length || graphemes.segment(text).containing(at)?.index === at

/** The last place at or before `limit` where `pattern` ends and no grapheme is torn; 0 where there is none in its second half. */
const lastBreak = (text: string, limit: number, pattern: RegExp, least: number): number => {
  const ends = Array.from(text.slice(0, limit + 1).matchAll(pattern), (match) => match.index + match[0].trimEnd().length)
  return ends.findLast((end) => end <= limit && end > least && isBoundary(text, end)) ?? 0
}

/** Between graphemes where one fits; a single one longer than the limit is cut between its characters. */
const hardBreak = (text: string, limit: number): number => {
  const start = graphemes.segment(text).containing(limit)?.index ?? limit
  if (start > 0) return start
  return isLowSurrogate(text, limit) && limit > 1 ? limit - 1 : limit
}

const cutAt = (text: string, limit: number): number => {
  for (const pattern of BREAKS) {
    const at = lastBreak(text, limit, pattern, pattern === BREAKS.at(-1) ? 0 : limit / 2)
    if (at > 0) return at
  }
  return hardBreak(text, limit)
}

/** Parts of at most `limit` UTF-16 units (at least 2), none empty; white space at the cuts is dropped, nothing else. */
export const splitText = (text: string, limit: number): readonly string[] => {
  if (text.length <= limit) return [text]
  const parts: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const at = cutAt(rest, limit)
    parts.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  if (rest !== '' || parts.length === 0) parts.push(rest)
  return parts
}

/** At most `limit` units with an ellipsis at the end, whole graphemes only. */
export const shortenText = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  let kept = ''
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length > limit - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

const texts = (text: string, limit: number): readonly Content[] => splitText(text, limit).map((part) => ({ type: 'text', text: part }))

/** All but the last part as plain texts, the last one inside `wrap`. */
const withLastPart = (text: string, body: number, limit: number, wrap: (text: string) => Content): readonly Content[] => {
  if (text.length <= body) return [wrap(text)]
  const parts = splitText(text, Math.min(body, limit))
  return [...parts.slice(0, -1).map((part): Content => ({ type: 'text', text: part })), wrap(parts.at(-1) ?? '')]
}

const numbered = (text: string, choices: readonly Choice[], limit: number): readonly Content[] => {
  const lines = choices.map(({ label, description }, index) => `${index + 1}. ${label}${description ? ` — ${description}` : ''}`)
  return texts([text, lines.join('\n')].filter(Boolean).join('\n\n'), limit)
}

const fitsButtons = (choices: readonly Choice[], { buttons }: Capabilities): boolean =>
  choices.length <= buttons.count && choices.every(({ label, description }) => label.length <= buttons.label && !description)

/** A label too long for a row moves to its description, where that is free and long enough. */
const asRow = (choice: Choice, { list }: Capabilities): Choice | undefined => {
  const { id, label, description } = choice
  if (label.length <= list.label)
    return description !== undefined && description.length > list.description
      ? { id, label, description: shortenText(description, list.description) }
      : choice
  if (description || label.length > list.description || list.label < 2) return undefined
  return { id, label: shortenText(label, list.label), description: label }
}

const fitChoices = (
  text: string,
  choices: readonly Choice[],
  button: string,
  capabilities: Capabilities,
  prefersList: boolean,
): readonly Content[] => {
  const { buttons, list, text: limit } = capabilities
  const asButtons = () =>
    fitsButtons(choices, capabilities)
      ? withLastPart(text, buttons.body, limit, (part) => ({ type: 'buttons', text: part, buttons: choices }))
      : undefined
  const asList = () => {
    const rows = choices.length <= list.rows ? choices.flatMap((choice) => asRow(choice, capabilities) ?? []) : []
    return rows.length === choices.length && rows.length > 0
      ? withLastPart(text, list.body, limit, (part) => ({ type: 'list', text: part, button: shortenText(button, list.button), rows }))
      : undefined
  }
  const shape = prefersList ? (asList() ?? asButtons()) : (asButtons() ?? asList())
  return shape ?? numbered(text, choices, limit)
}

const fitMedia = (content: Extract<Content, { type: 'media' }>, { caption: limit = 0, text }: Capabilities): readonly Content[] => {
  const { caption, ...file } = content
  const silent = content.kind === 'audio' || content.kind === 'sticker' || (caption?.length ?? 0) > limit
  return caption === undefined || !silent ? [content] : [file, ...texts(caption, text)]
}

/**
 * What to send instead of `content`, in order. `open` is the word on the button that opens a list, where buttons had to become one.
 * A file of a kind the channel does not know comes back as it is: the channel refuses it and says so.
 */
export const fitContent = (content: Content, capabilities: Capabilities, open = 'Menu'): readonly Content[] => {
  const { text: limit, link } = capabilities
  switch (content.type) {
    case 'text':
      return content.text.length <= limit ? [content] : texts(content.text, limit)
    case 'buttons':
      return fitChoices(content.text, content.buttons, open, capabilities, false)
    case 'list':
      return fitChoices(content.text, content.rows, content.button, capabilities, true)
    case 'link': {
      if (link === null) return texts(`${content.text}\n${content.url}`.trim(), limit)
      const label = shortenText(content.label, link.label)
      return withLastPart(content.text, link.body, limit, (text) => ({ ...content, text, label }))
    }
    case 'template':
      if (capabilities.templates) return [content]
      return content.buttons?.length ? fitChoices(content.text, content.buttons, open, capabilities, false) : texts(content.text, limit)
    case 'media':
      return fitMedia(content, capabilities)
    case 'reaction':
      return capabilities.reactions ? [content] : []
    default:
      return [content]
  }
}
