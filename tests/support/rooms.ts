/** Rooms behind HTTP that live in memory: what was appended is kept to look at, reading gives what a test puts there. */
import { createHmac } from 'node:crypto'
import type { Access, Begun, Key, Role, StoredAnswer } from '../../src/core/access.ts'
import type { Inbound } from '../../src/core/event.ts'
import { asId, type ChannelId, createIds, type Digest, type EventId } from '../../src/core/ids.ts'
import type { Links } from '../../src/core/link.ts'
import { tokensOf } from '../../src/core/link-token.ts'
import { silentMetrics } from '../../src/core/metrics.ts'
import { codesOf } from '../../src/core/one-time-code.ts'
import type { Clock } from '../../src/core/ports.ts'
import type { Reading, Switches } from '../../src/core/reading.ts'
import type { Arrivals, Switch } from '../../src/core/store.ts'
import type { Visitors } from '../../src/core/visitor.ts'
import { hashSecret, makeSecret } from '../../src/http/caller.ts'
import type { Rooms } from '../../src/http/rooms.ts'
import { createLive } from '../../src/relay/live.ts'
import { recordLog } from './recorded-log.ts'

/** Moves only when told; `advance` calls what is due on the way. */
export const stillClock = (at: number): Clock & { advance(ms: number): void } => {
  let now = at
  let timers: { at: number; call: () => void }[] = []
  return {
    now: () => now,
    after: (ms, call) => {
      const timer = { at: now + ms, call }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const [next] = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)
        if (!next) break
        timers = timers.filter((one) => one !== next)
        now = next.at
        next.call()
      }
      now = end
    },
  }
}

export const memoryAccess = (): Access => {
  const keys: (Key & { hash: string })[] = []
  const sessions = new Map<string, { key: string; expiresAt: number }>()
  const calls = new Map<string, { fingerprint: string; begun: Begun & { type: 'fresh' }; answer: StoredAnswer | null; open: boolean }>()
  return {
    findKey: async (hash) => keys.find((key) => key.hash === hash && key.revokedAt === null) ?? null,
    listKeys: async () => keys,
    createKey: async ({ name, role, hash }, at) => {
      const key = { id: name, name, role, createdAt: at, revokedAt: null, hash }
      keys.push(key)
      return key
    },
    revokeKey: async (id, at) => {
      const index = keys.findIndex((key) => key.id === id)
      const key = keys[index]
      if (!key) return false
      keys[index] = { ...key, revokedAt: at }
      return true
    },
    openSession: async ({ hash, key, expiresAt }) => void sessions.set(hash, { key, expiresAt }),
    findSession: async (hash, at) => {
      const session = sessions.get(hash)
      return (session && session.expiresAt > at && keys.find((key) => key.id === session.key && key.revokedAt === null)) || null
    },
    closeSession: async (hash) => void sessions.delete(hash),
    begin: async ({ key, fingerprint, reserved }) => {
      const call = calls.get(key)
      if (call && call.fingerprint !== fingerprint) return { type: 'different' }
      if (call?.answer) return { type: 'done', answer: call.answer }
      if (call?.open) return { type: 'busy' }
      const begun = call?.begun ?? { type: 'fresh', reserved }
      calls.set(key, { fingerprint, begun, answer: null, open: true })
      return begun
    },
    finish: async (key, answer) => {
      const call = calls.get(key)
      if (call) calls.set(key, { ...call, answer, open: false })
    },
    release: async (key) => {
      const call = calls.get(key)
      if (call) calls.set(key, { ...call, open: false })
    },
    prune: async () => {},
  }
}

const sealed = (text: string): string => createHmac('sha256', 'test').update(text).digest('base64url')
const noLinks: Links = {
  find: async () => null,
  open: async () => false,
  countCode: async () => false,
  keepWord: async () => true,
  useWord: async () => null,
  useOnce: async () => true,
  prune: async () => {},
}

const NO_SWITCHES: Switches = { automation: { paused: false, reason: null, since: null }, engines: [], webhooks: [] }
const nothing = async () => null
const noPage = async () => ({ items: [], next: null })
export const emptyReading: Reading = {
  message: nothing,
  messagesAbout: noPage,
  callbacks: noPage,
  callback: nothing,
  task: nothing,
  decision: nothing,
  explanation: nothing,
  rulebook: nothing,
  contacts: noPage,
  contact: nothing,
  conversations: noPage,
  conversation: nothing,
  messages: noPage,
  poison: noPage,
  channels: async () => [],
  switches: async () => NO_SWITCHES,
  waiting: async () => new Set<EventId>(),
  journal: async (after) => ({ entries: [], position: after }),
  journalPosition: async () => '',
  gauges: async () => ({
    pending: { due: 0, oldestMs: 0, later: 0 },
    outbox: [],
    poison: 0,
    waiting: { count: 0, longestMs: 0 },
    channels: [],
    switches: NO_SWITCHES,
    drills: [],
  }),
  ping: async () => {},
}

export const noVisitors: Visitors = {
  make: async () => {},
  find: nothing,
  keep: async () => {},
  end: async () => {},
  messages: noPage,
  these: async () => [],
  carried: async () => 0,
  file: nothing,
  cites: async () => false,
  erase: async () => [],
  journal: async () => [],
  prune: async () => {},
}

export const CHANNEL = asId<ChannelId>('whatsapp')
export const NOON = Date.UTC(2026, 10, 22, 11)

/** Rooms with one WhatsApp-like channel, a key for every role (`keys.agent`, …) and what was handed on. */
export const memoryRooms = async (change: Partial<Rooms> = {}) => {
  const clock = stillClock(NOON)
  const log = recordLog()
  const appended: Arrivals[] = []
  const turned: Switch[] = []
  const submitted: (readonly Inbound[])[] = []
  let random = 0
  const access = change.access ?? memoryAccess()
  const keys: Record<Role, string> = { admin: '', agent: '', system: '', read: '' }
  for (const [n, role] of (Object.keys(keys) as Role[]).entries()) {
    keys[role] = makeSecret(new Uint8Array(32).fill(n + 1))
    await access.createKey({ name: role, role, hash: hashSecret(keys[role]) }, NOON)
  }
  const rooms: Rooms = {
    store: {
      append: async (arrivals) => void appended.push(arrivals),
      turnSwitch: async (change) => {
        turned.push(change)
        return change.kind === 'channel' && change.what !== CHANNEL ? null : (change.kind ?? null)
      },
    },
    reading: emptyReading,
    access,
    codes: {
      ...codesOf((text) => createHmac('sha256', 'rooms').update(text).digest('base64url')),
      open: async () => ({ afterMs: null }),
      check: async () => null,
      seal: (address) => createHmac('sha256', 'address').update(address).digest('base64url'),
    },
    media: async () => null,
    keepFile: async () => asId<Digest>('0'.repeat(64)),
    dropFile: async () => {},
    passage: nothing,
    intake: { submit: async (_, events) => void submitted.push(events) },
    webhooks: new Map(),
    channels: [{ id: CHANNEL, kind: 'whatsapp', scope: 'service', identities: ['whatsapp'], windowHours: 24, calls: false }],
    wake: () => {},
    visitors: noVisitors,
    bridge: { tokens: tokensOf(sealed), links: noLinks, seal: sealed },
    live: createLive(),
    sealFor: (channel) => (text) => createHmac('sha256', channel).update(text).digest('base64url'),
    settled: async () => true,
    readiness: () => ({ migrated: true, dispatch: 'leased' }),
    log,
    clock,
    ids: createIds(clock.now, () => {
      random = (random + 0.137) % 1
      return random
    }),
    randomBytes: (count) => new Uint8Array(count).fill(7),
    workspace: {
      name: 'Voyages Lumière',
      country: 'FR',
      locale: 'fr',
      timezone: 'Europe/Paris',
      assistant: {
        aiIs: 'incidental',
        since: '2024-05-01',
        disclosure: { fr: 'Je suis un assistant IA.', en: 'I am an AI assistant.' },
        name: { fr: 'Assistant', en: 'Assistant' },
      },
      templates: [],
      channels: [],
      plans: { think: {}, reach: {} },
      codes: { hour: 300, abroad: 50 },
    },
    secure: false,
    meters: { metrics: silentMetrics, render: async () => '', contentType: 'text/plain' },
    version: '0.0.0',
    ...change,
  }
  return { rooms, clock, log, appended, turned, submitted, keys }
}
