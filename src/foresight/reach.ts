/** Customers who could no longer be reached where they were, and by what they still can: by their addresses, consents and the channels there are. */
import { PHONE_KINDS } from '../core/address.ts'
import type { ContactId } from '../core/ids.ts'
import type { Ways } from '../core/recorded.ts'
import type { Loss } from './tally.ts'

/** A configured channel: the name spaces of addresses it can write to. */
export type Reachable = {
  readonly id: string
  readonly kind: string
  readonly identities: readonly string[]
  /** The question takes it away. */
  readonly gone: boolean
  /** A reach plan names it already. */
  readonly planned?: boolean
}

export type Customers = {
  /** Lost where they were written to. */
  readonly lost: number
  /** By channels there are; one customer may be in several. */
  readonly stillBy: readonly { readonly channel: string; readonly customers: number }[]
  /** No channel there is reaches them. */
  readonly unreachable: number
  /** Of the unreachable: by an address the business knows, were there a channel for it. */
  readonly couldBy: readonly { readonly kind: string; readonly customers: number }[]
  /** Of the unreachable: nothing else is known of them. */
  readonly nothing: number
  /** Of the unreachable: an address is there, and their consent to marketing on it is not. */
  readonly withoutConsent: number
  /** The first thousand of the lost. */
  readonly contacts: readonly Lost[]
}
export type Lost = {
  readonly contact: ContactId
  /** Channels that reach them still. */
  readonly still: readonly string[]
  /** Kinds of address that are known, and no channel uses. */
  readonly could: readonly string[]
}

const NAMED = 1_000
const isPhone = (kind: string): boolean => (PHONE_KINDS as readonly string[]).includes(kind)
const raise = (counts: Map<string, number>, names: Iterable<string>): void => {
  for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1)
}

export type Reach = { readonly add: (losses: readonly Loss[], ways: ReadonlyMap<ContactId, Ways>) => void; readonly close: () => Customers }

/**
 * `channels`: all that are configured. A channel reaches a customer whose addresses it can write to; one who was only written marketing must
 * have agreed to marketing on that kind. A number known from one kind of phone channel is a number for any other.
 */
export const openReach = (channels: readonly Reachable[]): Reach => {
  const used = new Set(channels.flatMap(({ identities }) => identities))
  const still = new Map<string, number>()
  const could = new Map<string, number>()
  const contacts: Lost[] = []
  let lost = 0
  let unreachable = 0
  let nothing = 0
  let withoutConsent = 0

  const addOne = (loss: Loss, known: Ways | undefined): void => {
    const own = known?.kinds ?? []
    const kinds = own.some(isPhone) ? [...new Set([...own, ...PHONE_KINDS])] : own
    const agreed = (kind: string) => !loss.marketing || (known?.marketing ?? []).includes(kind)
    lost += 1
    const others = channels.filter(
      ({ id, identities, gone }) => !gone && !loss.channels.has(id) && identities.some((kind) => kinds.includes(kind)),
    )
    const open = others.filter(({ kind }) => agreed(kind)).map(({ id }) => id)
    const idle = kinds.filter((kind) => !used.has(kind))
    if (contacts.length < NAMED) contacts.push({ contact: loss.contact, still: open, could: idle })
    raise(still, open)
    if (open.length > 0) return
    unreachable += 1
    if (others.length > 0) withoutConsent += 1
    raise(could, idle)
    if (idle.length === 0 && others.length === 0) nothing += 1
  }

  return {
    add: (losses, ways) => {
      for (const loss of losses) addOne(loss, ways.get(loss.contact))
    },
    close: () => ({
      lost,
      stillBy: sorted(still).map(([channel, customers]) => ({ channel, customers })),
      unreachable,
      couldBy: sorted(could).map(([kind, customers]) => ({ kind, customers })),
      nothing,
      withoutConsent,
      contacts,
    }),
  }
}

const sorted = (counts: ReadonlyMap<string, number>): [string, number][] => [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
