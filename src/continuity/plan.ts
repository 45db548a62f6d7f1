/**
 * The written plan B as one value: for each channel and engine what happens if it is cut, made of the set-up as it is and, where there is a
 * store, of what it knows. Whoever holds it on paper can act when nothing runs any more.
 */
import type { Capabilities } from '../core/capability.ts'
import type { Price } from '../core/decision.ts'
import { type LastDrill, STALE_MS } from '../core/drill.ts'
import type { ChannelId } from '../core/ids.ts'
import type { Language } from '../core/language.ts'
import type { Category } from '../core/situation.ts'
import { type ChannelSetup, mediumOf, type ReachStep, type Workspace } from '../core/workspace.ts'
import { judge, type Rulebook, situationOf } from '../policy/index.ts'

/** What one step of a plan comes to in the place of another: the strictest rule of those that then speak, and the price. */
export type NextStep = {
  readonly channel: string
  readonly kind: string
  readonly waitMs: number | null
  readonly success: ReachStep['success']
  readonly if: string | null
  /** On the same medium as what is cut: whoever runs that may take both. */
  readonly samePlatform: boolean
  readonly rules: readonly { readonly rule: string; readonly outcome: string }[]
  readonly price: Pick<Price, 'amount' | 'currency' | 'since'>
}
/** `waitMs`, `success`: of the step itself, whether it is cut or only silent. */
export type PlanCase = {
  readonly plan: string
  readonly waitMs: number | null
  readonly success: ReachStep['success']
  readonly next: readonly NextStep[]
}

export type Rehearsed =
  | { readonly state: 'held' | 'failed' | 'stale'; readonly day: string; readonly mode: LastDrill['mode'] }
  | { readonly state: 'never' }

export type ChannelCase = {
  readonly id: string
  readonly kind: string
  /** The business's own people call: no provider can cut them off. */
  readonly ownPeople: boolean
  readonly health: string | null
  readonly plans: readonly PlanCase[]
  /** Contacts who write on it or were written to there, and how many of them another channel may reach; null: nobody counted. */
  readonly people: { readonly all: number; readonly still: number } | null
  /** Templates that no other channel sends as templates: elsewhere their words go as a text. */
  readonly templates: readonly string[]
  /** Buttons become numbers to type there. */
  readonly plainOn: readonly string[]
  readonly rehearsed: Rehearsed
  readonly single: Single | null
}
export type EngineCase = {
  readonly id: string
  readonly kind: string
  readonly region: string | null
  readonly plans: readonly { readonly plan: string; readonly next: readonly string[] }[]
  /** The last one of the chain needs no model. */
  readonly endsAtHome: boolean
  readonly rehearsed: Rehearsed
  readonly single: Single | null
}
/** Why something is a single point of failure. */
export type Single = 'no-plan' | 'last-step' | 'same-platform' | 'no-other-engine' | 'no-home-engine' | 'nobody-told'

export type PlanB = {
  readonly format: 'relais-plan-1'
  readonly language: Language
  readonly business: string
  readonly country: string
  readonly timezone: string
  readonly made: string
  readonly channels: readonly ChannelCase[]
  readonly engines: readonly EngineCase[]
  readonly told: { readonly email: readonly string[]; readonly webhooks: readonly string[] }
  readonly singles: readonly { readonly id: string; readonly why: Single }[]
  readonly rulebook: string
  readonly workspace: string
  readonly key: string
}

export type PlanRequest = {
  readonly workspace: Workspace
  readonly capabilities: (kind: string) => Capabilities | undefined
  /** Engines of this kind send nothing anywhere. */
  readonly isInProcess: (kind: string) => boolean
  readonly rulebook: Rulebook
  readonly now: number
  /** null: there is no store to ask. */
  readonly store: {
    readonly drills: readonly LastDrill[]
    readonly health: ReadonlyMap<string, string>
    readonly people: ReadonlyMap<string, { readonly all: number; readonly still: number }>
  } | null
  readonly language: Language
  readonly key: string
}

const rehearsedOf = (id: string, drills: readonly LastDrill[], now: number): Rehearsed => {
  const last = drills.find(({ thing }) => thing === id)
  if (!last) return { state: 'never' }
  const state = now - last.at > STALE_MS ? 'stale' : last.ok ? 'held' : 'failed'
  return { state, day: new Date(last.at).toISOString().slice(0, 10), mode: last.mode }
}

/** A named plan is for what the call says; what a category's message is, its plan says. */
const categoryOf = (plan: string): Category =>
  plan === 'marketing' || plan === 'authentication' || plan === 'utility' ? plan : plan === 'default' ? 'service' : 'utility'

const nextSteps = (request: PlanRequest, plan: string, from: ChannelSetup, rest: readonly ReachStep[]): readonly NextStep[] => {
  const { workspace, capabilities, rulebook, now } = request
  return rest.flatMap((step): NextStep[] => {
    const setup = workspace.channels.find(({ id }) => id === step.channel)
    if (!setup) return []
    const medium = mediumOf(setup)
    const category = categoryOf(plan)
    const windowHours = capabilities(setup.kind)?.windowHours ?? 0
    const template = workspace.templates.find((one) => one.category === category || one.category === 'utility')
    const situation = situationOf({
      channel: { kind: medium, operator: setup.kind, id: setup.id, scope: setup.scope, windowHours, sender: setup.sender ?? 'unknown' },
      message: {
        category,
        relayed: true,
        reply: false,
        template: windowHours > 0 ? (template?.name ?? '') : '',
        offersHuman: true,
        disclosed: true,
      },
      account: { country: workspace.country, aiIs: workspace.assistant.aiIs, aiSince: workspace.assistant.since },
      contact: { country: workspace.country, address: medium === 'email' ? 'email' : 'phone', service: 'given', marketing: 'given' },
    })
    const { rulings, price } = judge(rulebook, situation, now)
    return [
      {
        channel: setup.id,
        kind: setup.kind,
        waitMs: step.waitMs,
        success: step.success,
        if: step.if,
        samePlatform: medium === mediumOf(from),
        rules: rulings.filter(({ outcome }) => outcome !== 'allow').map(({ rule, outcome }) => ({ rule, outcome })),
        price: { amount: price.known ? price.amount : null, currency: price.currency, since: price.since },
      },
    ]
  })
}

/** Plans that name it, with the steps that come after; and those of which it is the last. */
const plansOf = (request: PlanRequest, setup: ChannelSetup): readonly PlanCase[] =>
  Object.entries(request.workspace.plans.reach).flatMap(([plan, steps]) => {
    const at = steps.findIndex(({ channel }) => channel === setup.id)
    const step = steps[at]
    return step ? [{ plan, waitMs: step.waitMs, success: step.success, next: nextSteps(request, plan, setup, steps.slice(at + 1)) }] : []
  })

const singleOf = (plans: readonly PlanCase[], workspace: Workspace, id: ChannelId): Single | null => {
  if (plans.length === 0) return 'no-plan'
  const firsts = Object.values(workspace.plans.reach).filter(([first]) => first?.channel === id)
  const leading = plans.filter(({ plan }) => workspace.plans.reach[plan]?.[0]?.channel === id)
  if (firsts.length === 0) return null
  if (leading.some(({ next }) => next.length === 0)) return 'last-step'
  return leading.some(({ next }) => next.every(({ samePlatform }) => samePlatform)) ? 'same-platform' : null
}

const channelCase = (request: PlanRequest, setup: ChannelSetup): ChannelCase => {
  const { workspace, capabilities, store, now } = request
  const own = capabilities(setup.kind)
  const ownPeople = mediumOf(setup) === 'voice'
  const plans = plansOf(request, setup)
  const others = workspace.channels.filter(({ id }) => id !== setup.id)
  const alsoHere = others.some(({ kind }) => capabilities(kind)?.templates)
  const templates = own?.templates
    ? workspace.templates.filter(({ channel }) => channel === setup.id || (channel === null && !alsoHere)).map(({ name }) => name)
    : []
  const reached = new Set(plans.flatMap(({ next }) => next.map(({ channel }) => channel)))
  return {
    id: setup.id,
    kind: setup.kind,
    ownPeople,
    health: store?.health.get(setup.id) ?? null,
    plans,
    people: store?.people.get(setup.id) ?? null,
    templates: [...new Set(templates)],
    plainOn: others.filter(({ id, kind }) => reached.has(id) && !capabilities(kind)?.buttons.count).map(({ id }) => id),
    rehearsed: rehearsedOf(setup.id, store?.drills ?? [], now),
    single: ownPeople ? null : singleOf(plans, workspace, setup.id),
  }
}

const engineCases = ({ workspace, isInProcess, store, now }: PlanRequest): readonly EngineCase[] =>
  workspace.engines.map(({ id, kind, region }) => {
    const chains = Object.entries(workspace.plans.think).filter(([, chain]) => chain.includes(id))
    const plans = chains.map(([plan, chain]) => ({ plan, next: chain.slice(chain.indexOf(id) + 1) }))
    const homeOf = (name: string | undefined) => workspace.engines.some((engine) => engine.id === name && isInProcess(engine.kind))
    const endsAtHome = chains.every(([, chain]) => homeOf(chain.at(-1)))
    const home = isInProcess(kind)
    const single =
      home || plans.length === 0
        ? null
        : plans.some(({ next }) => next.length === 0)
          ? 'no-other-engine'
          : endsAtHome
            ? null
            : 'no-home-engine'
    return { id, kind, region, plans, endsAtHome, rehearsed: rehearsedOf(id, store?.drills ?? [], now), single }
  })

export const planB = (request: PlanRequest): PlanB => {
  const { workspace, rulebook, language, key, now } = request
  const channels = workspace.channels.map((setup) => channelCase(request, setup))
  const engines = engineCases(request)
  const email = workspace.alerts?.email ?? []
  const webhooks = [
    ...new Set([workspace.alerts?.webhook, ...workspace.webhooks.map(({ id }) => id)].filter((id) => id !== undefined && id !== null)),
  ]
  const told = { email, webhooks: webhooks as string[] }
  const singles = [
    ...[...channels, ...engines].flatMap(({ id, single }) => (single ? [{ id, why: single }] : [])),
    ...(email.length + webhooks.length === 0 ? [{ id: 'alerts', why: 'nobody-told' as const }] : []),
  ]
  return {
    format: 'relais-plan-1',
    language,
    business: workspace.name,
    country: workspace.country,
    timezone: workspace.timezone,
    made: new Date(now).toISOString(),
    channels,
    engines,
    told,
    singles,
    rulebook: rulebook.digest,
    workspace: workspace.digest,
    key,
  }
}

type Chains = Pick<Workspace, 'plans' | 'engines' | 'channels'>

/** Channels and engines that something else stands in for: to be rehearsed. */
export const rehearsable = ({ plans, engines, channels }: Chains, isInProcess: (kind: string) => boolean): readonly string[] => {
  const firsts = Object.values(plans.reach).flatMap((steps) => steps.slice(0, -1).map(({ channel }) => channel))
  if (firsts.length === 0) return []
  const asked = Object.values(plans.think).flatMap((chain) => chain.slice(0, -1))
  return [
    ...channels.map(({ id }) => id).filter((id) => firsts.includes(id)),
    ...engines.filter(({ id, kind }) => asked.includes(id) && !isInProcess(kind)).map(({ id }) => id),
  ]
}

/** Those of them that were not rehearsed of late, or not with success. */
export const unrehearsed = (
  chains: Chains,
  drills: readonly LastDrill[],
  now: number,
  isInProcess: (kind: string) => boolean,
): readonly { readonly id: string; readonly rehearsed: Rehearsed }[] =>
  rehearsable(chains, isInProcess)
    .map((id) => ({ id, rehearsed: rehearsedOf(id, drills, now) }))
    .filter(({ rehearsed }) => rehearsed.state !== 'held')
