/** What is wrong with a workspace whose files are each in order: what they say together. */
import type { Capabilities } from '../core/capability.ts'
import { type Bar, barsOf } from '../core/clearance.ts'
import type { Task } from '../core/engine.ts'
import type { Words } from '../core/language.ts'
import { nearestName } from '../core/nearest.ts'
import { ASKED_BY_NAME } from '../core/plan.ts'
import type { Finding, Place } from '../core/ports.ts'
import { plain } from '../core/spelling.ts'
import type { Workspace } from '../core/workspace.ts'
import { checkJourney, type Surroundings } from './check-journey.ts'
import { checkLinks } from './check-links.ts'
import { checkReach } from './check-reach.ts'
import { type Path, startOf } from './document.ts'
import { fault, inOrder } from './fault.ts'
import { TASKS } from './field.ts'
import type { Unread } from './load.ts'

export type CheckOptions = {
  /** Each kind's table; labels are measured by those of the channels configured. */
  readonly capabilities: Readonly<Record<string, Capabilities>>
  readonly env: Readonly<Record<string, string | undefined>>
  /** What of it could not be read, where it is a draft. */
  readonly unread?: ReadonlySet<Unread>
  /** What is wrong with a condition over a situation; null: nothing. Absent: nobody looks. */
  readonly conditionFault?: ((condition: string) => Words | null) | undefined
  /** From `loadWorkspace`. */
  place(file: string, path: Path, key?: string): Place
}

export const MAIN = 'relais.yaml'
const ENGINE: Words = { fr: 'moteur', en: 'engine' }
export const CHANNEL: Words = { fr: 'canal', en: 'channel' }
const TASK: Words = { fr: 'tâche', en: 'task' }

const checkPlanKey = (key: string, channels: readonly string[], place: Place): readonly Finding[] => {
  const [task = '', channel] = key.split('@')
  const tasks = ['default', ...TASKS]
  const unknownTask = tasks.includes(task) ? [] : [fault('unknown-id', place, TASK, task, nearestName(task, tasks), tasks)]
  const known = channel === undefined || channels.includes(channel)
  return known ? unknownTask : [...unknownTask, fault('unknown-id', place, CHANNEL, channel, nearestName(channel, channels), channels)]
}

const checkThink = (workspace: Workspace, { place }: CheckOptions): readonly Finding[] => {
  const engines: readonly string[] = workspace.engines.map(({ id }) => id)
  const channels = workspace.channels.map(({ id }) => id)
  const hedged = new Set(workspace.plans.hedged)
  return Object.entries(workspace.plans.think).flatMap(([key, ids]) => {
    const at = place(MAIN, ['plans', 'think'], key)
    const unknown = ids.flatMap((id, index) =>
      engines.includes(id)
        ? []
        : [
            fault(
              'unknown-id',
              place(MAIN, ['plans', 'think', key, ...(hedged.has(key) ? ['engines'] : []), index]),
              ENGINE,
              id,
              nearestName(id, engines),
              engines,
            ),
          ],
    )
    return [...checkPlanKey(key, channels, at), ...unknown, ...checkLast(workspace, key, ids, place)]
  })
}

/** What happens where the last engine of a plan fails. Nothing is lost without a second opinion or a summary. */
const checkLast = ({ engines }: Workspace, key: string, ids: readonly string[], place: CheckOptions['place']): readonly Finding[] => {
  const [task = ''] = key.split('@')
  const last = engines.find(({ id }) => id === ids.at(-1))
  if (last === undefined || last.kind === 'extractive' || ASKED_BY_NAME.has(task as Task)) return []
  const at = place(MAIN, ['engines'], last.id)
  if (new Set(ids).size === 1) return [fault('one-engine-plan', at, key, last.id)]
  return task === 'default' || task === 'answer' ? [fault('engine-needs-model', at, key)] : []
}

/** What an entry says to clear it. */
const CLEARS: Readonly<Record<Bar, string>> = { 'personal-data': 'personalData: pseudonyms', 'trains-on-data': 'trainsOnData: false' }

/** Regions in which what customers write may be read without more ado: one's own machine, the Union, one's own country. */
const isNear = (region: string | null, country: string): boolean =>
  region !== null && ['self', 'eu', country.toLowerCase()].includes(region.toLowerCase())

const checkRegions = ({ engines, country }: Workspace, { place }: CheckOptions): readonly Finding[] =>
  engines.flatMap(({ id, kind, personalData, region }) =>
    kind === 'extractive' || personalData !== 'all' || isNear(region, country)
      ? []
      : [fault('personal-data-abroad', place(MAIN, ['engines', id], 'personalData'), id, region)],
  )

/** What the chain of engines asks of every engine that sends anything anywhere; a plan that counts on it all the same deserves a warning. */
const checkPermissions = (workspace: Workspace, { place }: CheckOptions): readonly Finding[] => {
  const planned = new Set(Object.values(workspace.plans.think).flat())
  return workspace.engines.flatMap((setup) => {
    const { id, kind } = setup
    const asked = barsOf(setup, kind === 'extractive').map((bar) => CLEARS[bar])
    if (asked.length === 0) return []
    return [fault('engine-never-asked', place(MAIN, ['engines', id], asked[0]?.split(':')[0]), id, asked.join(', '), planned.has(id))]
  })
}

const SPENDER: Words = { fr: 'canal ou moteur', en: 'channel or engine' }
const checkBudgets = ({ budgets, channels, engines }: Workspace, { place }: CheckOptions): readonly Finding[] => {
  const ids: readonly string[] = [...channels, ...engines].map(({ id }) => id)
  return Object.keys(budgets).flatMap((key) =>
    ids.includes(key) ? [] : [fault('unknown-id', place(MAIN, ['budgets'], key), SPENDER, key, nearestName(key, ids), ids)],
  )
}

const checkDrills = ({ drills = [], channels, engines }: Workspace, { place }: CheckOptions): readonly Finding[] => {
  const ids: readonly string[] = [...channels, ...engines].map(({ id }) => id)
  return drills.flatMap(({ cut }, index) =>
    cut
      .filter((id) => !ids.includes(id))
      .map((id) => fault('unknown-id', place(MAIN, ['drills', index, 'cut']), SPENDER, id, nearestName(id, ids), ids)),
  )
}

const WEBHOOK: Words = { fr: 'webhook', en: 'webhook' }

/** Whom Relais tells what happens, and by what. */
const checkOutside = (workspace: Workspace, { place, capabilities }: CheckOptions): readonly Finding[] => {
  const { channels, engines, webhooks, alerts } = workspace
  const taken: readonly string[] = [...channels, ...engines].map(({ id }) => id)
  const twice = webhooks.filter(({ id }) => taken.includes(id)).map(({ id }) => fault('id-taken', place(MAIN, ['webhooks'], id), id))
  if (!alerts) return twice
  const at = (key: string) => place(MAIN, ['alerts'], key)
  const unknown = (what: Words, key: string, id: string | null, ids: readonly string[]) =>
    id === null || ids.includes(id) ? [] : [fault('unknown-id', at(key), what, id, nearestName(id, ids), ids)]
  const via = channels.find(({ id }) => id === alerts.via)
  const writes = via && capabilities[via.kind]?.identities.includes('email')
  return [
    ...twice,
    ...(alerts.email.length && alerts.via === null ? [fault('missing-key', at('email'), 'via')] : []),
    ...unknown(
      CHANNEL,
      'via',
      alerts.via,
      channels.map(({ id }) => id),
    ),
    ...(via && !writes ? [fault('alerts-need-mail', at('via'), via.id)] : []),
    ...unknown(
      WEBHOOK,
      'webhook',
      alerts.webhook,
      webhooks.map(({ id }) => id),
    ),
  ]
}

const checkTemplates = (workspace: Workspace, { place }: CheckOptions): readonly Finding[] => {
  const channels: readonly string[] = workspace.channels.map(({ id }) => id)
  const seen = new Set<string>()
  return workspace.templates.flatMap(({ name, language, channel, file }) => {
    const key = `${name} ${language} ${channel}`
    const again = seen.has(key)
    seen.add(key)
    return [
      ...(again ? [fault('duplicate-name', startOf(file), { fr: 'un modèle', en: 'template' }, name)] : []),
      ...(channel === null || channels.includes(channel)
        ? []
        : [fault('unknown-id', place(file, ['channel']), CHANNEL, channel, nearestName(channel, channels), channels)]),
    ]
  })
}

const checkPrompts = (workspace: Workspace): readonly Finding[] => {
  const engines: readonly string[] = workspace.engines.map(({ id }) => id)
  return Object.keys(workspace.prompts).flatMap((key) => {
    const [, engine] = key.split('.')
    if (engine === undefined || engines.includes(engine)) return []
    return [fault('unknown-id', startOf(`prompts/${key}.md`), ENGINE, engine, nearestName(engine, engines), engines)]
  })
}

type Claim = { readonly what: Words; readonly name: string; readonly key: string; readonly place: Place }

const claimsOf = (workspace: Workspace, { place }: CheckOptions): readonly Claim[] =>
  workspace.journeys.flatMap(({ name, starts, file }): readonly Claim[] => [
    { what: { fr: 'un parcours', en: 'journey' }, name, key: name, place: place(file, ['journey']) },
    ...starts.flatMap((start, index): readonly Claim[] => {
      const at = place(file, ['starts', index])
      if ('always' in start) return [{ what: { fr: 'un départ', en: 'start' }, name: 'always', key: '', place: at }]
      if ('button' in start)
        return [{ what: { fr: 'un bouton de départ', en: 'start button' }, name: start.button, key: start.button, place: at }]
      return start.keyword.map((word) => ({ what: { fr: 'un mot-clé', en: 'keyword' }, name: word, key: plain(word), place: at }))
    }),
  ])

/** A name, a keyword or a button belongs to one journey. */
const checkClaims = (workspace: Workspace, options: CheckOptions): readonly Finding[] => {
  const seen = new Set<string>()
  return claimsOf(workspace, options).flatMap(({ what, name, key, place }) => {
    const claim = `${what.en} ${key}`
    const again = seen.has(claim)
    seen.add(claim)
    return again ? [fault('duplicate-name', place, what, name)] : []
  })
}

const checkWayToAPerson = ({ journeys }: Workspace): readonly Finding[] =>
  journeys.length === 0 || journeys.some(({ steps }) => steps.some(({ kind }) => kind === 'hand'))
    ? []
    : [fault('no-way-to-a-person', startOf(MAIN))]

/** What can only be said of a thing that was read. */
const NEEDS: Readonly<Record<Unread, readonly string[]>> = {
  settings: ['unknown-id', 'language-missing', 'call-host'],
  templates: ['unknown-template', 'template-parameter', 'extra-parameter'],
  journeys: ['no-way-to-a-person'],
}

/**
 * Every fault of a loaded workspace with its file and line, in order: plans that name nobody, journeys with dead ends, labels too long for
 * a channel, unknown variables, templates, hosts. Pure.
 */
export const checkWorkspace = (workspace: Workspace, options: CheckOptions): readonly Finding[] => {
  const channels = new Map(
    workspace.channels.flatMap(({ id, kind }) => {
      const capabilities = options.capabilities[kind]
      return capabilities === undefined ? [] : [[id as string, capabilities] as const]
    }),
  )
  const surroundings: Surroundings = { workspace, channels, env: options.env, place: options.place }
  const unsaid = [...(options.unread ?? [])].flatMap((part) => NEEDS[part])
  const findings = [
    ...checkThink(workspace, options),
    ...checkPermissions(workspace, options),
    ...checkRegions(workspace, options),
    ...checkReach(workspace, options),
    ...checkLinks(workspace, options),
    ...checkBudgets(workspace, options),
    ...checkDrills(workspace, options),
    ...checkOutside(workspace, options),
    ...checkTemplates(workspace, options),
    ...checkPrompts(workspace),
    ...checkClaims(workspace, options),
    ...checkWayToAPerson(workspace),
    ...workspace.journeys.flatMap((journey) => checkJourney(journey, surroundings)),
  ]
  return inOrder(findings.filter(({ id }) => !unsaid.includes(id)))
}
