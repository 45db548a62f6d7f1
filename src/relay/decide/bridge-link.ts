/** Links of the bridge that messages carry, from a channel to one of the house's own pages. */
import type { ChannelId, MessageId } from '../../core/ids.ts'
import { CROSSING, type LinkRow } from '../../core/link.ts'
import type { ChannelSetup } from '../../core/workspace.ts'
import { type Draft, note } from './draft.ts'

/** Where the house shows a conversation itself: a link leads there by name, and nobody needs an address. */
export const isOwnPage = ({ world }: Draft, { id }: ChannelSetup): boolean =>
  world.capabilities.get(id)?.identities.includes('web') === true

/** The page that a link from here leads to; null where there is none, or nobody knows where the house is. */
export const pageBeside = (draft: Draft, from: ChannelId, fits: (page: ChannelSetup) => boolean): ChannelId | null => {
  const { workspace, linkFor, channels } = draft.world
  if (!linkFor) return null
  const stands = ({ id }: ChannelSetup) => channels.get(id)?.paused !== true && channels.get(id)?.health !== 'cut'
  return workspace.channels.find((page) => page.id !== from && isOwnPage(draft, page) && stands(page) && fits(page))?.id ?? null
}

/** A link that a message will carry, not offered yet. */
export type Offered = { readonly row: LinkRow; readonly url: string }

export const linkTo = ({ world }: Draft, message: MessageId, from: ChannelId, to: ChannelId): Offered | null => {
  const id = world.ids('lnk')
  const url = world.linkFor?.(id)
  const expiresAt = world.at + (world.workspace.bridge?.expiresMs ?? CROSSING.expiresMs)
  return url === undefined ? null : { row: { id, message, from, to, at: world.at, expiresAt }, url }
}

/** Its message goes: now there is such a link. */
export const offered = (draft: Draft, { row }: Offered): void => {
  draft.links.push(row)
  const { id, message, from, to } = row
  note(draft, { kind: 'crossing.offered', channel: from, message, data: { link: id, to } })
}
