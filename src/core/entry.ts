/** Entry links: `/go/<name>` leads a customer to a channel, and their first message says by which link they came. */
import { entryUrl } from './channel.ts'
import type { ChannelId } from './ids.ts'
import { type Language, textIn } from './language.ts'
import { addressBelow } from './public-url.ts'
import type { ChannelSetup, EntryLink } from './workspace.ts'

const GREETING = { fr: 'Bonjour\u00a0!', en: 'Hello!' }
const MARK = /\(([a-z0-9][a-z0-9-]{0,62})\)\s*$/

/** What the customer's message begins with: its last word, in brackets, is the link's name. */
const firstWords = ({ name, say }: EntryLink, language: Language): string => `${textIn(say ?? GREETING, language)} (${name})`

const linkOf = (name: string | undefined, channel: ChannelId, links: readonly EntryLink[]): EntryLink | undefined =>
  links.find((link) => link.name === name && link.channel === channel)

export const sourceOf = (name: string, channel: ChannelId, links: readonly EntryLink[] = []): string | null =>
  linkOf(name, channel, links)?.source ?? null

const linkIn = (text: string, channel: ChannelId, links: readonly EntryLink[]): EntryLink | undefined =>
  linkOf(MARK.exec(text.slice(-80))?.[1], channel, links)

/** Where a message comes from that still ends with a link's name; null where it came by none. */
export const sourceIn = (text: string, channel: ChannelId, links: readonly EntryLink[] = []): string | null =>
  linkIn(text, channel, links)?.source ?? null

const spaced = (text: string): string => text.replace(/\s+/gu, ' ').trim()

/** What the customer wrote themselves: the first words are the link's, in the language it was opened in. */
export const withoutFirstWords = (text: string, channel: ChannelId, links: readonly EntryLink[] = []): string => {
  const link = linkIn(text, channel, links)
  if (!link) return text
  return (['fr', 'en'] as const).reduce((left, language) => spaced(left.replace(spaced(firstWords(link, language)), '')), spaced(text))
}

/** Where a link leads; null where its channel has no such address. `pages`: where the house's own pages are, told without a stroke at its end. */
export const targetOf = (link: EntryLink, channels: readonly ChannelSetup[], language: Language, pages: string): string | null => {
  const setup = channels.find(({ id }) => id === link.channel)
  if (setup?.entry) return entryUrl(setup.entry, firstWords(link, language))
  return setup?.chat ? `${pages}/chat/${setup.id}?from=${link.name}` : null
}

/** The short address that a poster or a card carries. */
export const shortUrl = ({ name }: EntryLink, publicUrl: string): string => addressBelow(publicUrl, `go/${name}`)
