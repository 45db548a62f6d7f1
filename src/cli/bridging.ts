/** The bridge with what the house gives it: its seal, its store, and where customers reach it. */
import type { LinkId } from '../core/ids.ts'
import type { Links, Tokens } from '../core/link.ts'
import { tokensOf } from '../core/link-token.ts'
import type { Clock } from '../core/ports.ts'
import { addressBelow } from '../core/public-url.ts'
import type { Reading } from '../core/reading.ts'
import type { Store } from '../core/store.ts'
import type { Bodies } from '../relay/event.ts'
import type { Performers } from '../relay/index.ts'
import { sealerOf } from './house-secret.ts'

export type Bridging = {
  readonly tokens: Tokens
  readonly links: Links
  readonly seal: (text: string) => string
  /** undefined where nobody knows where customers reach the house. */
  readonly linkFor: ((id: LinkId) => string) | undefined
  readonly rejoin: NonNullable<Performers['rejoin']>
}

const NO_WORD: Bodies['returned'] = { visitor: null, from: null, since: null }

export const createBridging = (options: {
  readonly secret: string
  readonly publicUrl: string | undefined
  readonly links: Links
  readonly store: Pick<Store, 'append'>
  readonly reading: Pick<Reading, 'contact' | 'contacts'>
  readonly clock: Clock
}): Bridging => {
  const { secret, publicUrl, links, store, reading, clock } = options
  const tokens = tokensOf(sealerOf(secret, 'link'))
  const seal = sealerOf(secret, 'word')

  /** Whose the page's visitor is so far; null where they wrote nothing yet. */
  const holderOf = async (visitor: string) =>
    (await reading.contacts({ address: `web:${visitor}`, limit: 1, cursor: null })).items[0] ?? null

  const rejoin: Bridging['rejoin'] = async ({ id, contact, channel, word }) => {
    const at = clock.now()
    const used = await links.useWord(seal(word), channel, id, at)
    if (!used) return NO_WORD
    const [holder, writer] = [await holderOf(used.visitor), await reading.contact(contact)]
    const [mine] = writer?.addresses ?? []
    if (!writer || !mine) return NO_WORD
    const returned: Bodies['returned'] = { visitor: used.visitor, from: used.from, since: used.since }
    if (holder?.id === writer.id) return returned
    // A word that somebody else was given joins nobody: only who is known by a browser alone may be this writer.
    if (holder?.addresses.some(({ kind }) => kind !== 'web')) return NO_WORD
    const addresses = [mine, { kind: 'web', value: used.visitor }]
    const arrival = { id: `${id}:joined` as never, channel, kind: 'returned', at, addresses, body: returned }
    await store.append({ contacts: [arrival], own: [], receipts: [], channels: [] }, at)
    return null
  }
  return {
    tokens,
    links,
    seal,
    linkFor: publicUrl === undefined ? undefined : (id) => addressBelow(publicUrl, `l/${tokens.token(id)}`),
    rejoin,
  }
}
