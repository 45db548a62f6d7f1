/** The only file that knows everybody: plugs the rooms together into one running house. */
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Hono } from 'hono'
import { channelOf } from '../channels/index.ts'
import { rehearsable } from '../continuity/index.ts'
import type { Access } from '../core/access.ts'
import type { Abilities, OpenChannel, Tools } from '../core/channel.ts'
import { digestOf, sha256 } from '../core/digest.ts'
import { RelaisError } from '../core/errors.ts'
import { type ChannelId, createIds } from '../core/ids.ts'
import type { Journey } from '../core/journey.ts'
import type { PassageSource } from '../core/knowledge.ts'
import { codesOf } from '../core/one-time-code.ts'
import type { Clock, Log } from '../core/ports.ts'
import { addressBelow, publicUrlOf } from '../core/public-url.ts'
import { type EngineSetup, mediumOf, type Workspace } from '../core/workspace.ts'
import { createBreakers } from '../engines/breakers.ts'
import type { Link } from '../engines/chain.ts'
import { engines } from '../engines/index.ts'
import { createApp } from '../http/app.ts'
import { createMeters } from '../http/meters.ts'
import { loadPages } from '../http/pages.ts'
import { createSettlement } from '../http/settlement.ts'
import { readDocuments } from '../knowledge/documents.ts'
import { indexPassages } from '../knowledge/indexing.ts'
import { agesOf, listRules, type Rulebook } from '../policy/index.ts'
import { endpointsOf, type House, type Relay, startOutside, startRelay } from '../relay/index.ts'
import { createLive } from '../relay/live.ts'
import { createAccess } from '../store/access/index.ts'
import { createCodeStore } from '../store/codes/index.ts'
import type { Connection } from '../store/connection.ts'
import { createLinks } from '../store/links/index.ts'
import { createPassageSource, keepPassages, readPassage } from '../store/passages.ts'
import { hangDoorbell } from '../store/postgres/doorbell.ts'
import { openStore } from '../store/postgres/index.ts'
import { createLiveSender, hearLive } from '../store/postgres/live.ts'
import { auditAlert, createPlaces, knowEndpoints } from '../store/postgres/places.ts'
import { createEvidenceSource } from '../store/reading/evidence.ts'
import { createReading } from '../store/reading/index.ts'
import { createRecorded } from '../store/reading/recorded.ts'
import { createVisitors } from '../store/visitors/index.ts'
import { createBridging } from './bridging.ts'
import { createEngineBudgets } from './engine-budgets.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { guardsFor } from './guarding.ts'
import { createHouse, isInProcess, type Opened } from './house.ts'
import { houseSecret, sealerOf } from './house-secret.ts'
import { readLogos } from './logos.ts'
import { createPerformers, dropKept, keepBytes, openKept } from './performers.ts'
import { createRandom } from './random.ts'

export type Role = 'all' | 'web' | 'worker'

export type HouseOptions = {
  readonly opened: Opened
  readonly connection: Connection
  readonly env: Readonly<Record<string, string | undefined>>
  readonly dataFolder: string
  readonly clock: Clock
  readonly log: Log
  readonly role: Role
  readonly worker: string
  readonly version: string
  /** Browsers come by https. */
  readonly secure: boolean
  /** Folder of built pages. */
  readonly pagesFolder: string
  readonly demo: boolean
  /** How long an unknown send waits for a receipt, ms; the relay's own measure where unset. */
  readonly reconcileMs?: number | undefined
  /** What decide asks, changed: how tests plant an event that throws or kills. */
  readonly adapt?: ((house: House) => House) | undefined
  /** Who may enter besides those in the store. */
  readonly access?: ((stored: Access) => Access) | undefined
}

export type RunningHouse = {
  readonly app: Hono
  readonly relay: Relay
  /** Judges by these rules from the next turn on. They are kept by their digest before anything is judged by them. */
  takeRules(rulebook: Rulebook): Promise<void>
  /** Spends by these from the next send and the next question on. False where they are what they were. */
  takeBudgets(budgets: Workspace['budgets']): boolean
  /** Tells `/metrics` whether the last good rules stand in for new ones that do not fit. */
  keptRules(kept: boolean): void
  /** Ends open event streams and finishes what is in hand. */
  close(): Promise<void>
}

/** Of the files that read knowledge: another program reads the same texts anew. */
const digestOfProgram = async (): Promise<string> => {
  const room = join(import.meta.dirname, '..', 'knowledge')
  const files = (await readdir(room, { recursive: true })).filter((file) => /\.(ts|json)$/.test(file)).sort()
  const texts = await Promise.all([...files.map((file) => join(room, file)), TERMS].map((file) => readFile(file, 'utf8')))
  return sha256(texts.join('\n'))
}
const TERMS = join(import.meta.dirname, '..', 'core', 'terms.ts')

const HOUR_MS = 3_600_000
/** How long an answer to a repeated API call is kept. */
const DAY_MS = 24 * HOUR_MS

const everyHour = (clock: Clock, work: () => unknown): (() => void) => {
  let cancel = () => {}
  const plan = () => {
    cancel = clock.after(HOUR_MS, () => {
      work()
      plan()
    })
  }
  plan()
  return () => cancel()
}

/** Hosts that the operator's own settings name: they may be private. */
export const hostsOf = ({ workspace }: Pick<Opened, 'workspace'>): string[] => {
  const urls = [...workspace.channels, ...workspace.engines].flatMap(({ config }) =>
    Object.values(config as object).filter((value) => typeof value === 'string' && /^https?:\/\//.test(value)),
  )
  return [...[...urls, ...workspace.webhooks.map(({ url }) => url)].map((url) => new URL(url as string).host), ...workspace.callHosts]
}

export const composeHouse = async (options: HouseOptions): Promise<RunningHouse> => {
  const { opened, connection, clock, log, env } = options
  const { workspace } = opened
  const publicUrl = publicUrlOf(env)
  let { rulebook } = opened
  const random = createRandom()
  const ids = createIds(clock.now, random)
  const fetch = guardedFetch({ allowHosts: hostsOf(opened) })
  let kept = false
  const meters = createMeters(
    () => agesOf(rulebook, clock.now()),
    () => kept,
    rehearsable(workspace, isInProcess),
  )
  const reading = createReading(connection)

  const settlement = createSettlement(reading, clock)
  let relay: Relay | null = null
  let onTurn = () => {}
  const store = await openStore(connection, { worker: options.worker, ids, at: clock.now(), log, onLost: () => relay?.lose() })
  const secret = await houseSecret(env, options.dataFolder)
  const codes = codesOf(sealerOf(secret, 'code'))
  let { budgets } = workspace
  const spending = (): Workspace => ({ ...workspace, budgets })
  const bridging = createBridging({ secret, publicUrl, links: createLinks(connection), store, reading, clock })
  const houseBy = async (rules: Rulebook): Promise<House> => {
    await store.register(
      {
        channels: workspace.channels.map((setup) => ({ id: setup.id, kind: mediumOf(setup) })),
        engines: workspace.engines.map(({ id }) => id),
        rulebook: { digest: rules.digest, content: JSON.parse(rules.content) },
        journeys: workspace.journeys.map((journey) => ({ digest: journey.version, content: journey })),
      },
      clock.now(),
    )
    const made = {
      ...createHouse({ workspace, rulebook: rules }, (await store.journeyVersions()) as Journey[], codes),
      workspace: spending(),
      publicUrl,
      linkFor: bridging.linkFor,
    }
    return options.adapt?.(made) ?? made
  }
  let house = await houseBy(rulebook)

  const mediaFolder = join(options.dataFolder, 'media')
  const channels = openChannels(workspace, (channel) => ({
    fetch,
    now: clock.now,
    log,
    channel,
    webhookUrl: publicUrl && addressBelow(publicUrl, `webhooks/${channel}`),
    seal: sealerOf(secret, `channel:${channel}`),
    file: async (digest) => {
      const kept = await openKept(mediaFolder, digest)
      if (!kept) throw new RelaisError('not-found', digest)
      return new Uint8Array(await kept.arrayBuffer())
    },
  }))
  const breakers = createBreakers(clock.now, (engine, state, reason) => {
    meters.metrics.engineHealth(engine, state === 'closed')
    log[state === 'closed' ? 'info' : 'warn']('engine.breaker', { engine, state, reason })
    relay?.engineChanged({ engine, state, reason })
  })
  if (options.role !== 'web') for (const { id } of workspace.engines) meters.metrics.engineHealth(id, true)
  // Engines are asked where the relay works, pages are held where people come.
  const live = options.role === 'worker' ? createLiveSender(connection, clock, log) : createLive()
  const deafen = options.role === 'web' ? hearLive(connection, live, clock, log) : null
  const performers = createPerformers({
    workspace,
    env,
    fetch,
    knowledge: await openKnowledge(workspace, connection, log),
    links: new Map(workspace.engines.map((setup) => [setup.id, linkOf(setup, fetch, clock, log)])),
    breakers,
    reading,
    channels,
    keepMedia: store.keepMedia,
    rejoin: bridging.rejoin,
    mediaFolder,
    clock,
    metrics: meters.metrics,
    guardFor: guardsFor({
      workspace,
      people: createEvidenceSource(connection).people,
      reading,
      seal: sealerOf(secret, 'shield'),
      random,
      publicUrl,
    }),
    engineBudgets: createEngineBudgets(workspace, () => house.workspace.budgets, createRecorded(connection), clock),
    live,
    purposeOf: house.purposeOf,
    pauses: store.pauses,
  })

  // One process that does everything hears itself; several ring each other.
  const doorbell =
    options.role === 'all'
      ? null
      : hangDoorbell(connection, clock, log, () => {
          relay?.ring()
          onTurn()
        })
  relay = startRelay({
    store,
    house: () => house,
    channels,
    performers,
    clock,
    ids,
    random,
    log,
    metrics: meters.metrics,
    role: options.role,
    onTurn: () => {
      settlement.look()
      onTurn()
    },
    onWork: () => doorbell?.ring(),
    reconcileMs: options.reconcileMs,
  })
  const running = relay
  await knowEndpoints(connection, endpointsOf(workspace), clock.now())
  const outside =
    options.role === 'web'
      ? null
      : startOutside({
          workspace,
          store,
          reading,
          channels,
          places: createPlaces(connection, store.hold, ids),
          audit: (subject, data, at) => auditAlert(connection, subject, data, at),
          fetch,
          clock,
          ids,
          log,
          metrics: meters.metrics,
        })
  const access = createAccess(connection)
  const codeStore = createCodeStore(connection)
  const visitors = createVisitors(connection)
  const stopPruning = everyHour(clock, () =>
    Promise.all([
      access.prune(clock.now() - DAY_MS, clock.now()),
      codeStore.prune(clock.now() - DAY_MS),
      visitors.prune(clock.now()),
      bridging.links.prune(clock.now() - DAY_MS),
    ]).catch(() => log.warn('access.unpruned')),
  )
  const { app, stream, chat } = createApp({
    store,
    reading,
    codes: { ...codes, ...codeStore, seal: sealerOf(secret, 'code address') },
    access: options.access?.(access) ?? access,
    media: (digest) => openKept(mediaFolder, digest),
    keepFile: async (bytes, mime) => {
      const digest = await keepBytes(mediaFolder, bytes)
      await store.keepMedia({ digest, mime, bytes: bytes.byteLength, at: clock.now() })
      return digest
    },
    dropFile: (digest) => dropKept(mediaFolder, digest),
    passage: (id) => readPassage(connection, id),
    intake: running.intake,
    webhooks: channels,
    channels: workspace.channels.map(({ id, kind, scope }) => {
      const { identities = [], windowHours = null, calls = false } = house.capabilities.get(id) ?? {}
      return { id, kind, scope, identities, windowHours, calls }
    }),
    wake: () => {
      running.ring()
      doorbell?.ring()
    },
    settled: settlement.settled,
    visitors,
    bridge: bridging,
    live,
    sealFor: (channel) => sealerOf(secret, `channel:${channel}`),
    publicUrl,
    readiness: () => ({
      migrated: true,
      dispatch: options.role === 'web' ? 'not-here' : running.leads().length ? 'leased' : 'standing-by',
    }),
    log,
    clock,
    ids,
    randomBytes: (count) => randomBytes(count),
    workspace,
    rules: () => listRules(rulebook).map(({ id, by, about }) => ({ id, by, about })),
    secure: options.secure,
    meters,
    version: options.version,
    logos: await readLogos(workspace, log),
    pages: await loadPages(options.pagesFolder, options.demo ? [] : ['/sim', '/demo']),
  })
  onTurn = chat.wake
  return {
    app,
    relay: running,
    takeRules: async (anew) => {
      house = await houseBy(anew)
      rulebook = anew
    },
    takeBudgets: (anew) => {
      if (isDeepStrictEqual(anew, budgets)) return false
      budgets = anew
      house = { ...house, workspace: spending() }
      return true
    },
    keptRules: (value) => {
      kept = value
    },
    close: async () => {
      stopPruning()
      stream.close()
      chat.close()
      await outside?.stop()
      await running.stop()
      await doorbell?.close()
      await deafen?.()
      await store.leave()
      await fetch.close()
    },
  }
}

const openChannels = ({ channels }: Workspace, toolsOf: (channel: ChannelId) => Tools): ReadonlyMap<ChannelId, OpenChannel & Abilities> =>
  new Map(
    channels.flatMap(({ id, kind, config }) => {
      const channel = channelOf(kind)
      return channel ? [[id, channel.open(config, toolsOf(id))] as const] : []
    }),
  )

/** Reads the folder's knowledge into the store, where it is not there already. */
export const openKnowledge = async ({ knowledge, locale }: Workspace, connection: Connection, log: Log): Promise<PassageSource> => {
  const { passages, asks, notices } = readDocuments(knowledge, locale)
  for (const { file, words, remedy } of notices) log.warn('knowledge.notice', { file, notice: words.en, remedy: remedy.en })
  const digest = digestOf({ passages, asks, program: await digestOfProgram() })
  await keepPassages(connection, digest, () => indexPassages(passages, asks))
  return createPassageSource(connection)
}

/** Opens an engine of the workspace. */
export const linkOf = (setup: EngineSetup, fetch: (request: Request) => Promise<Response>, clock: Clock, log: Log): Link => {
  const kind = engines[setup.kind as keyof typeof engines]
  const tools = {
    fetch: ((input, init) => fetch(new Request(input, init))) as typeof globalThis.fetch,
    now: clock.now,
    log,
    engine: setup.id,
  }
  return { setup, kind, open: kind.open(setup.config as never, tools) }
}
