/** One customer on several channels: decide on the store's model, sends by hand, and time that moves when told. */

import type { Address } from '../../src/core/address.ts'
import type { Capabilities } from '../../src/core/capability.ts'
import type { ChannelHealth, ReceiptStatus } from '../../src/core/event.ts'
import type { AttemptId, ChannelId, ContactId, Digest, EventId, MessageId, VendorId } from '../../src/core/ids.ts'
import type { Refusal, SendResult } from '../../src/core/outcome.ts'
import type { Claimed, Lease, Settlement, Store } from '../../src/core/store.ts'
import type { ReachStep, Workspace } from '../../src/core/workspace.ts'
import { decide } from '../../src/relay/decide/index.ts'
import type { Bodies, EventKind, Intent, ProposedSend } from '../../src/relay/event.ts'
import type { House } from '../../src/relay/world.ts'
import { countedIds } from '../../src/store/contract/bench.ts'
import { createMemoryStore, createShared, type Shared } from '../../src/store/memory/index.ts'
import { house, MINUTE, TEN, WHATSAPP } from './deciding.ts'

export const SMS = 'sms' as ChannelId
export const EMAIL = 'email' as ChannelId
const PHONE = '+33612345678'

export const step = (channel: ChannelId, more: Partial<ReachStep> = {}): ReachStep => ({
  channel,
  waitMs: null,
  success: 'delivered',
  if: null,
  ...more,
})
/** WhatsApp, ten minutes, SMS, ten minutes, e-mail. */
export const THREE = [step(WHATSAPP, { waitMs: 10 * MINUTE }), step(SMS, { waitMs: 10 * MINUTE }), step(EMAIL)]

export type Reached = {
  readonly shared: Shared
  readonly store: Store
  now(): number
  /** Moves on, and decides on what falls due. */
  pass(ms: number): Promise<void>
  writes(channel: ChannelId, text: string, more?: Partial<Bodies['message']>): Promise<void>
  happens<K extends EventKind>(kind: K, body: Bodies[K]): Promise<void>
  /** A business system writes; gives the message. */
  api(
    text: string,
    more?: Partial<Omit<ProposedSend, 'message' | 'channel'>> & { readonly channel?: ChannelId; readonly sendAt?: number },
  ): Promise<MessageId>
  agrees(channelKind: string, category?: string, given?: boolean): Promise<void>
  /** Every head of a channel is sent, and comes to this. */
  sends(channel: ChannelId, result?: SendResult | ((intent: Intent) => SendResult)): Promise<readonly Intent[]>
  /** Heads are claimed and nothing is heard of them; settle them later. */
  claims(channel: ChannelId): Promise<readonly Claimed[]>
  settles(claims: readonly Claimed[], result: SendResult): Promise<void>
  receipt(message: MessageId, status: ReceiptStatus, refusal?: Refusal): Promise<void>
  turnsInto(channel: ChannelId, state: ChannelHealth): Promise<void>
  pauses(channel: ChannelId, paused: boolean): Promise<void>
  /** Asks for what waits for a channel that is cut or paused. */
  strands(): Promise<void>
  /** What the customer was sent or is about to be, oldest first: channel, status, text. */
  thread(): readonly string[]
  waiting(): readonly string[]
  alerts(): readonly string[]
}

export const refusal = (code = '131026', more: Partial<Refusal> = {}): Refusal => ({
  class: 'never',
  code,
  detail: '',
  remedy: { fr: '', en: '' },
  ...more,
})

type Options = {
  readonly plans: Readonly<Record<string, readonly ReachStep[]>>
  readonly unknown?: Partial<Workspace['unknown']>
  readonly addresses?: readonly Address[]
}

export const openReach = async ({ plans, unknown, addresses }: Options): Promise<Reached> => {
  const demo = await house
  const table = demo.capabilities.get(WHATSAPP) as Capabilities
  const text = { ...table, templates: false, windowHours: null, buttons: { count: 0, label: 0, body: 0 }, list: { ...table.list, rows: 0 } }
  const setups = [SMS, EMAIL].map((id) => ({ id, kind: id, scope: 'service' as const, throughput: null, config: {} }))
  const conditions = (await import('../../src/policy/index.ts')).readCondition
  const world: House = {
    ...demo,
    // Whoever writes gets a kind word; nothing is handed over.
    purposeOf: () => 'none',
    holds: (condition, situation) => conditions(condition)(situation),
    capabilities: new Map<ChannelId, Capabilities>([
      [WHATSAPP, table],
      [SMS, { ...text, text: 300, identities: ['sms'] }],
      [EMAIL, { ...text, text: 100_000, identities: ['email'], receipts: 'none' }],
    ]),
    workspace: {
      ...demo.workspace,
      channels: [...demo.workspace.channels.filter(({ id }) => id === WHATSAPP), ...setups],
      plans: { think: {}, reach: plans },
      unknown: { ...demo.workspace.unknown, ...unknown },
      journeys: [],
      rules: [],
    },
  }
  const shared = createShared()
  const ids = countedIds()
  const store = createMemoryStore(shared, { ids, worker: 'one' })
  let at = TEN
  let count = 0
  const leases = new Map<ChannelId, Lease>()
  await store.register(
    {
      channels: [WHATSAPP, SMS, EMAIL].map((id) => ({ id, kind: id })),
      rulebook: { digest: 'rules' as Digest, content: {} },
      journeys: [],
    },
    at,
  )
  const turn = async (): Promise<void> => {
    for (let rounds = 0; rounds < 50; rounds++) {
      const report = await store.turn({ at, limit: 10 }, (loaded, channels) =>
        JSON.parse(JSON.stringify(decide(loaded, { ...world, at, ids, channels }))),
      )
      if (!report.more && report.contacts === 0) return
    }
  }
  const strands = async (): Promise<void> => {
    while (await store.strand(at, 3)) await turn()
  }
  const arrive = async (more: object): Promise<void> => {
    await store.append({ contacts: [], own: [], receipts: [], channels: [], ...more }, at)
    await turn()
  }
  const id = () => `evt_test_${++count}` as EventId
  await store.append(
    {
      contacts: [
        {
          id: id(),
          channel: WHATSAPP,
          kind: 'call',
          at: 0,
          addresses: addresses ?? [
            { kind: 'whatsapp', value: PHONE },
            { kind: 'sms', value: PHONE },
            { kind: 'email', value: 'nour@example.fr' },
          ],
          country: 'FR',
          body: { kind: 'call', vendorId: 'v', at: 0, from: { addresses: [] } },
        },
      ],
      own: [],
      receipts: [],
      channels: [],
    },
    at,
  )
  const contact = [...shared.contacts.keys()][0] as ContactId
  shared.pending.clear()
  const own = (kind: string, body: object) => arrive({ own: [{ id: id(), contact, channel: WHATSAPP, kind, at, dueAt: at, body }] })
  const claims = async (channel: ChannelId): Promise<readonly Claimed[]> => {
    const lease = leases.get(channel) ?? (await store.lease(channel, at))?.lease
    if (!lease) throw new Error(`no lease of ${channel}`)
    leases.set(channel, lease)
    const claimed = await store.claim(
      { lease, at, limit: 100 },
      (head) => ({ type: 'send', attempt: ids('att'), opening: false, head }) as never,
    )
    return Array.isArray(claimed) ? claimed : []
  }
  const settles = async (claimed: readonly Claimed[], result: (intent: Intent) => SendResult) => {
    const settled = claimed.map(({ head, attempt }): Settlement => {
      const { intent } = head.body as { intent: Intent }
      const came = result(intent)
      const { channel, message } = intent
      const event = (kind: string, more: object, dueAt = at) => ({
        id: `${attempt}:${kind === 'send.unknown' ? 'unknown' : kind}` as EventId,
        kind,
        channel,
        dueAt,
        body: { intent, epoch: head.sendEpoch, ...more },
      })
      const next: Settlement['next'] =
        came.type === 'accepted'
          ? { type: 'done', event: null }
          : came.type === 'unknown'
            ? { type: 'unknown', event: event('send.unknown', { cause: came.cause, resent: false }, at + 2 * MINUTE) }
            : came.type === 'refused'
              ? { type: 'leave', event: event('send.refused', { refusal: came.refusal }) }
              : { type: 'leave', event: event('send.postponed', { refusal: came.refusal, until: at + (came.refusal.afterMs ?? MINUTE) }) }
      return { attempt, message, contact: head.contact, channel, at, result: came, next }
    })
    if (settled.length) await store.settle(settled)
    await turn()
  }
  return {
    shared,
    store,
    now: () => at,
    pass: async (ms) => {
      const until = at + ms
      for (let due = await store.nextEvent(); due !== null && due <= until; due = await store.nextEvent()) {
        at = Math.max(at, due)
        await turn()
      }
      at = until
    },
    writes: (channel, words, more = {}) => {
      const value = channel === EMAIL ? 'nour@example.fr' : PHONE
      const from = [{ kind: channel, value }] as readonly Address[]
      const body = {
        kind: 'message',
        vendorId: `in.${++count}` as VendorId,
        at,
        from: { addresses: from },
        content: { type: 'text', text: words },
        ...more,
      }
      return arrive({ contacts: [{ id: id(), channel, kind: 'message', at, addresses: from, body }] })
    },
    happens: (kind, body) => own(kind, body),
    api: async (words, { category = 'utility', plan, channel, content, without, until, reference, sendAt } = {}) => {
      const message = `msg_api_${++count}` as MessageId
      const intent = {
        message,
        channel: channel ?? null,
        content: content ?? { type: 'text' as const, text: words },
        category,
        plan,
        without,
        until,
        reference,
      }
      await own('api.send', { key: 'api:shop', purpose: 'service', intent, sendAt })
      return message
    },
    agrees: (channelKind, category = 'service', given = true) =>
      own('consent', { channelKind, category, given, words: 'Oui', proof: null, source: 'test' }),
    sends: async (channel, result) => {
      const gone: Intent[] = []
      for (let claimed = await claims(channel); claimed.length; claimed = await claims(channel)) {
        gone.push(...claimed.map(({ head }) => (head.body as { intent: Intent }).intent))
        await settles(claimed, (intent) =>
          typeof result === 'function' ? result(intent) : (result ?? { type: 'accepted', vendorId: `v.${intent.message}` as VendorId }),
        )
        if (gone.length > 100) throw new Error('it sends without end')
      }
      return gone
    },
    claims,
    settles: (claimed, result) => settles(claimed, () => result),
    receipt: (message, status, told) => {
      const row = shared.messages.get(message)
      return arrive({
        receipts: [{ channel: row?.channel, target: row?.vendorId ?? `v.${message}`, status, at, ...(told ? { refusal: told } : {}) }],
      })
    },
    turnsInto: async (channel, state) => {
      await arrive({ channels: [{ id: id(), channel, at, change: { kind: 'health', state, reason: 'test' } }] })
      await strands()
    },
    strands,
    pauses: async (channel, paused) => {
      await arrive({ channels: [{ id: id(), channel, at, change: { kind: 'paused', paused, reason: 'test' } }] })
      await strands()
    },
    thread: () =>
      [...shared.messages.values()]
        .filter((row) => row.direction === 'out')
        .map(
          (row) =>
            `${row.channel} ${row.status}${row.duplicateRisk ? ' flagged' : ''}: ${'text' in row.content ? row.content.text : row.content.type}`,
        ),
    waiting: () => [...shared.outbox.values()].sort((a, b) => a.seq - b.seq).map((row) => `${row.channel} ${row.state}`),
    alerts: () => shared.events.filter(({ kind }) => kind === 'alert').map(({ data }) => (data as { about: string }).about),
  }
}

/** Accepted, under an id that receipts can name. */
export const accepted = (intent: Intent): SendResult => ({ type: 'accepted', vendorId: `v.${intent.message}` as VendorId })
export type { AttemptId }
