/**
 * A rehearsal's house: the business's own files through the real relay and the real connectors, over the store in memory and in virtual time,
 * against imitation providers in this process. Nothing leaves the machine, and waits of minutes pass in moments.
 */
import { createHmac } from 'node:crypto'
import { type ImitatedEngine, openEngine, openProvider, type Provider } from '../../../simulators/rehearsal/index.ts'
import { channelOf } from '../../channels/index.ts'
import type { Abilities, OpenChannel, Tools } from '../../core/channel.ts'
import { type ChannelId, createIds, type EngineId, type Ids } from '../../core/ids.ts'
import { silentMetrics } from '../../core/metrics.ts'
import { placeholdersIn } from '../../core/placeholder.ts'
import { silentLog } from '../../core/ports.ts'
import { type ChannelSetup, mediumOf, type Workspace } from '../../core/workspace.ts'
import { createBreakers } from '../../engines/breakers.ts'
import { readDocuments } from '../../knowledge/documents.ts'
import { indexPassages } from '../../knowledge/indexing.ts'
import { createMemorySource } from '../../knowledge/memory.ts'
import type { Rulebook } from '../../policy/index.ts'
import { type Relay, startRelay } from '../../relay/index.ts'
import { createMemoryStore, createShared, type Shared } from '../../store/memory/index.ts'
import { linkOf } from '../compose.ts'
import { guardOfNobody } from '../guarding.ts'
import { createHouse, isInProcess } from '../house.ts'
import { createPerformers, type Turns } from '../performers.ts'
import { createTimeline, type Timeline } from './timeline.ts'

export type Stage = {
  readonly timeline: Timeline
  readonly shared: Shared
  readonly ids: Ids
  readonly relay: Relay
  readonly workspace: Workspace
  readonly providers: ReadonlyMap<ChannelId, Provider>
  readonly engines: ReadonlyMap<EngineId, ImitatedEngine>
  close(): Promise<void>
}

export type StageOptions = {
  readonly workspace: Workspace
  readonly rulebook: Rulebook
  readonly env: Readonly<Record<string, string | undefined>>
  /** Uniform in [0, 1): the same numbers, the same rehearsal. */
  readonly random: () => number
  /** Ms since 1970: rules are judged by this instant. */
  readonly start: number
}

const SEAL = 'rehearsal'
/** Media of channels on which the business's own people call: nothing leaves by them. */
export const CALLED_BY_PEOPLE: ReadonlySet<string> = new Set(['voice'])
/** What virtual time does not see of a call: its body is read through streams. */
const during = async <T>(timeline: Timeline, work: () => Promise<T>): Promise<T> => {
  timeline.busy += 1
  try {
    return await work()
  } finally {
    timeline.busy -= 1
  }
}

/** What it says and hears goes over sockets: virtual time waits for it. */
const overSockets = (open: OpenChannel & Abilities, provider: Provider, talk: (change: 1 | -1) => void): OpenChannel & Abilities => {
  const { send, listen, probe } = open
  const talked = <T>(work: Promise<T>): Promise<T> => {
    talk(1)
    return work.finally(() => talk(-1))
  }
  return {
    ...open,
    send: (message, signal) => talked(send(message, signal)),
    ...(probe ? { probe: (signal) => talked(probe(signal)) } : {}),
    ...(listen
      ? {
          listen: (from, take, signal) =>
            listen(
              from,
              async (batch) => {
                await take(batch)
                provider.heard?.(batch.place)
              },
              signal,
            ),
        }
      : {}),
  }
}

export const openStage = async ({ workspace: asked, rulebook, env, random, start }: StageOptions): Promise<Stage> => {
  const providers = new Map<ChannelId, Provider>()
  let talking = 0
  const timeline = createTimeline(start, () => talking > 0 || [...providers.values()].some((provider) => provider.busy?.() === true))
  const shared = createShared()
  const ids = createIds(timeline.now, random)
  const channels = new Map<ChannelId, OpenChannel & Abilities>()
  let relay: Relay | null = null
  const submit = async (id: ChannelId, url: string, init: RequestInit): Promise<Response> => {
    const channel = channels.get(id)
    if (!channel || !relay) throw new TypeError('fetch failed')
    const bytes = new TextEncoder().encode(typeof init.body === 'string' ? init.body : '')
    const { events, reply } = await channel.receive(new Request(url, bytes.length > 0 ? { ...init, body: bytes } : init), bytes)
    await relay.intake.submit(id, events)
    return reply
  }
  const setups: ChannelSetup[] = []
  for (const setup of asked.channels) {
    const connector = channelOf(setup.kind)
    const webhookUrl = `https://rehearsal.invalid/webhooks/${setup.id}`
    const seal = (text: string): string => createHmac('sha256', SEAL).update(`channel:${setup.id}\n${text}`).digest('base64url')
    const provider = await openProvider(setup.kind, {
      clock: timeline,
      random,
      fetch: (url, init) => during(timeline, () => submit(setup.id, url, init)),
      webhookUrl,
      seal,
      config: setup.config as Readonly<Record<string, unknown>>,
      templates: asked.templates,
    })
    const toolsFor = (fetch: Tools['fetch']): Tools => ({
      fetch,
      now: timeline.now,
      log: silentLog,
      channel: setup.id,
      webhookUrl,
      seal,
      file: () => Promise.reject(new Error('A rehearsal sends no files.')),
    })
    if (!connector) continue
    if (CALLED_BY_PEOPLE.has(connector.medium ?? '')) {
      setups.push(setup)
      channels.set(
        setup.id,
        connector.open(
          setup.config,
          toolsFor(() => Promise.reject(new TypeError('fetch failed'))),
        ),
      )
    }
    if (!provider) continue
    const config = { ...(setup.config as object), ...provider.settings }
    const open = connector.open(
      config,
      toolsFor((request) => during(timeline, () => provider.fetch(request))),
    )
    setups.push({ ...setup, config })
    providers.set(setup.id, provider)
    channels.set(setup.id, provider.busy ? overSockets(open, provider, (change) => (talking += change)) : open)
  }
  const workspace = {
    ...asked,
    channels: setups,
    plans: { ...asked.plans, reach: plansAmong(asked.plans.reach, channels) },
    callHosts: [...asked.callHosts, ...hostsIn(asked, env)],
  }
  const store = createMemoryStore(shared, { ids, worker: 'rehearsal' })
  await store.register(
    {
      channels: setups.map((setup) => ({ id: setup.id, kind: mediumOf(setup) })),
      engines: workspace.engines.map(({ id }) => id),
      rulebook: { digest: rulebook.digest, content: {} },
      journeys: workspace.journeys.map((journey) => ({ digest: journey.version, content: journey })),
    },
    start,
  )
  const house = createHouse({ workspace, rulebook }, [])
  const engines = new Map<EngineId, ImitatedEngine>()
  const links = new Map(
    workspace.engines.map((setup) => {
      const own = setup.config as Readonly<Record<string, unknown>>
      const engine = openEngine(setup.kind, own, timeline)
      engines.set(setup.id, engine)
      const imitated = isInProcess(setup.kind) ? setup : { ...setup, config: { ...own, ...engine.settings } }
      return [setup.id, linkOf(imitated, (request) => during(timeline, () => engine.fetch(request)), timeline, silentLog)]
    }),
  )
  const { passages, asks } = readDocuments(workspace.knowledge, workspace.locale)
  const business = answersOf(workspace)
  const running = startRelay({
    store,
    house: () => house,
    channels,
    performers: createPerformers({
      workspace,
      env,
      fetch: async () => Response.json(business),
      knowledge: createMemorySource(indexPassages(passages, asks)),
      links,
      breakers: createBreakers(timeline.now, (engine, state, reason) => relay?.engineChanged({ engine, state, reason })),
      reading: turnsOf(shared),
      channels,
      keepMedia: store.keepMedia,
      mediaFolder: '/nowhere',
      clock: timeline,
      metrics: silentMetrics,
      guardFor: async () => guardOfNobody(workspace, random),
      engineBudgets: { spentFor: async () => () => false },
      purposeOf: house.purposeOf,
      pauses: store.pauses,
    }),
    clock: timeline,
    ids,
    random,
    log: silentLog,
    metrics: silentMetrics,
    role: 'all',
  })
  relay = running
  return {
    timeline,
    shared,
    ids,
    relay: running,
    workspace,
    providers,
    engines,
    close: async () => {
      store.kill()
      await Promise.all([...providers.values()].map((provider) => provider.stop()))
    },
  }
}

/** Steps onto channels that nobody imitates are left out. */
const plansAmong = (plans: Workspace['plans']['reach'], known: ReadonlyMap<ChannelId, unknown>): Workspace['plans']['reach'] =>
  Object.fromEntries(Object.entries(plans).map(([name, steps]) => [name, steps.filter(({ channel }) => known.has(channel))]))

/** Hosts of the business's own systems: nobody calls them here, an imitation answers. */
const hostsIn = ({ journeys }: Workspace, env: StageOptions['env']): string[] =>
  journeys.flatMap(({ steps }) =>
    steps.flatMap((step) => {
      if (step.kind !== 'call') return []
      const url = step.url.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/gu, (_, name: string) => env[name] ?? '').replace(/\{\{[^}]*\}\}/gu, '-')
      return URL.canParse(url) ? [new URL(url).host] : []
    }),
  )

/** What any business system answers: a word for every value that the journeys' texts speak of (`{{order.status}}` → `status`). */
const answersOf = ({ journeys }: Workspace): Record<string, unknown> => {
  const answer: Record<string, unknown> = {}
  for (const name of placeholdersIn(JSON.stringify(journeys))) {
    const [, ...path] = name.split('.')
    let place = answer
    for (const [n, key] of path.entries()) {
      if (n === path.length - 1) place[key] ??= key
      else {
        const inner = place[key]
        const next: Record<string, unknown> = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {}
        place[key] = next
        place = next
      }
    }
  }
  return answer
}

const turnsOf = (shared: Shared): Turns => ({
  contact: async (id) => ({ conversationId: shared.conversations.get(id)?.id ?? null }),
  messages: async (conversation, { limit }) => ({
    items: [...shared.messages.values()]
      .filter((message) => message.conversation === conversation)
      .slice(-limit)
      .reverse(),
  }),
})
