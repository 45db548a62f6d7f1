/**
 * What a platform tells only when asked: its rating and limit of the channel, and the state of the templates that count here. Asked by the
 * worker that holds the channel, when it takes it and every hour; what differs from what is known becomes an event as if the platform had
 * told it. Never in the way of a send: where there is no answer, what is known stays.
 */
import type { Abilities, Standing, VendorTemplate } from '../core/channel.ts'
import { RelaisError } from '../core/errors.ts'
import type { ChannelId, Ids } from '../core/ids.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { ChannelArrival, ChannelFacts, Store } from '../core/store.ts'
import type { Workspace } from '../core/workspace.ts'
import { type Loop, startLoop } from './loop.ts'
import type { House } from './world.ts'

const EVERY_MS = 3_600_000
const AGAIN_MS = 300_000
const TIMEOUT_MS = 20_000
/** The answer counts as this much older than the question: a webhook that comes meanwhile is newer, and tells whole seconds. */
const OLDER_MS = 2_000

export type Watch = Loop & {
  /** This worker has taken the channel: what the platform says is asked at once. */
  begin(): void
}

type Options = {
  readonly store: Store
  readonly channel: ChannelId
  readonly open: Abilities
  readonly house: () => House
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  /** True while this worker holds the channel. */
  readonly leads: () => boolean
  readonly tell: (changes: readonly ChannelArrival[]) => Promise<void>
}

export const startWatch = (options: Options): Watch => {
  const { store, channel, open, house, clock, ids, log } = options
  let dueAt = 0
  /** What failed last time, and was logged. */
  const silent = new Set<string>()
  let abort = () => {}
  let stopped = false

  const ask = async <T>(
    what: string,
    question: ((signal: AbortSignal) => Promise<T>) | undefined,
    signal: AbortSignal,
  ): Promise<T | null> => {
    try {
      const answer = question ? await question(signal) : null
      silent.delete(what)
      return answer
    } catch (error) {
      if (!silent.has(what) && !stopped) log.warn('channel.unread', { channel, what, error: nameOf(error) })
      silent.add(what)
      return null
    }
  }

  const look = async (signal: AbortSignal, asked: number): Promise<void> => {
    const [standing, templates] = await Promise.all([
      ask('standing', open.readStanding, signal),
      ask('templates', open.listTemplates, signal),
    ])
    const facts = (await store.channels()).get(channel)
    if (!facts || !options.leads()) return
    const changes = changesOf(facts, standing, templates, house().workspace)
    if (changes.length) await options.tell(changes.map((change) => ({ id: ids('evt'), channel, at: asked - OLDER_MS, change })))
    log.debug('channel.read', { channel, changes: changes.length, standing: standing !== null, templates: templates?.length ?? null })
  }

  const round = async (): Promise<boolean | number> => {
    if (!options.leads()) return false
    const at = clock.now()
    if (at < dueAt) return dueAt
    const controller = new AbortController()
    abort = () => controller.abort()
    const cancel = clock.after(TIMEOUT_MS, abort)
    await ask('store', () => look(controller.signal, at), controller.signal)
    cancel()
    dueAt = at + (silent.size ? AGAIN_MS : EVERY_MS)
    return dueAt
  }

  const loop = startLoop(`watch:${channel}`, round, { clock, log, pollMs: EVERY_MS })
  return {
    ring: loop.ring,
    begin: () => {
      dueAt = 0
      loop.ring()
    },
    stop: () => {
      stopped = true
      abort()
      return loop.stop()
    },
  }
}

const nameOf = (error: unknown): string => {
  if (error instanceof RelaisError) return `${error.code} ${error.detail}`
  if (error !== null && typeof error === 'object' && 'code' in error) return String(error.code)
  return error instanceof Error ? error.name : 'unknown'
}

type Change = ChannelArrival['change']

/** What the platform says otherwise than is known. Of templates only those that count: the workspace's, and any told of before. */
export const changesOf = (
  facts: ChannelFacts,
  standing: Standing | null,
  templates: readonly VendorTemplate[] | null,
  workspace: Pick<Workspace, 'templates'>,
): readonly Change[] => {
  const changes: Change[] = []
  const { quality, perDay } = standing ?? {}
  if (quality !== undefined && quality !== facts.quality) changes.push({ kind: 'quality', quality })
  if (perDay !== undefined && (perDay ?? -1) !== facts.perDay) changes.push({ kind: 'limit', perDay })
  if (!templates) return changes
  const theirs = new Map(templates.map((template) => [`${template.name}/${template.language}`, template]))
  const own = workspace.templates.filter(({ channel }) => channel === null || channel === facts.id || channel === facts.kind)
  const called = new Map(own.map((template) => [`${template.name}/${template.language}`, template.category]))
  for (const key of new Set([...called.keys(), ...Object.keys(facts.templates)])) {
    const { state, category } = theirs.get(key) ?? { state: 'missing', category: null }
    const [name = '', language = ''] = key.split('/')
    if (state !== facts.templates[key]) changes.push({ kind: 'template', name, language, state })
    // Where nothing was told it is what the workspace calls it.
    const known = facts.categories[key] ?? called.get(key)
    if (category && known && category !== known) changes.push({ kind: 'template-category', name, language, category })
  }
  return changes
}
