/** Plays a script on a stage: people write, the business sends, something is cut and comes back. Gives what the providers and our books say. */
import { CUTS, type Cut } from '../../../simulators/rehearsal/index.ts'
import type { Agreed, BookedMessage, Facts, SeenMessage, Stopped, WrittenMessage } from '../../continuity/assessment.ts'
import type { Act, Person, Script } from '../../continuity/traffic.ts'
import type { Address } from '../../core/address.ts'
import type { Content } from '../../core/content.ts'
import type { Outcome } from '../../core/decision.ts'
import type { AttemptId, ChannelId, ContactId, EngineId, MessageId } from '../../core/ids.ts'
import type { Category } from '../../core/situation.ts'
import { mediumOf } from '../../core/workspace.ts'
import type { Bodies } from '../../relay/event.ts'
import { isObserved } from '../../relay/health.ts'
import { renderTemplate } from '../../relay/template.ts'
import { addContact } from '../../store/memory/people.ts'
import { CALLED_BY_PEOPLE, type Stage } from './stage.ts'

export type Price = Readonly<Record<string, number>>
export type Played = {
  readonly facts: Facts
  /** When the house itself knew of each channel's cut; null: it never did. */
  readonly noticed: readonly { readonly id: string; readonly afterMs: number | null; readonly byHand: boolean }[]
  /** Of what was accepted, by currency; and how many sends have no known price. */
  readonly price: { readonly known: Price; readonly unknown: number }
  readonly began: number
  readonly ended: number
}

/** Providers tell the time in whole seconds: what they say of a moment may stand before it. */
const SECOND = 1_000
const MINUTE = 60_000
/** Until everything is at rest: so long is waited at most after the last act. */
const LONGEST_REST = 90 * MINUTE
const STEP = 30_000
/** So long after the provider is back a person lets its channel go on, where it does not by itself. */
const RESUME_MS = 2 * MINUTE
const BY_HAND = 'drill: resumed by hand'

/** `pass`: how time goes by between two acts; timer by timer where nothing is said. */
export const playScript = async (
  stage: Stage,
  script: Script,
  onProgress: (share: number) => void = () => {},
  pass: (ms: number) => Promise<void> = stage.timeline.advance,
): Promise<Played> => {
  const { timeline } = stage
  await timeline.advance(2_000)
  const began = timeline.now()
  const contacts = script.people.map((person) => admit(stage, person, began))
  const whole = script.endAt + LONGEST_REST / 3
  const moments = [
    ...script.acts.map((act) => ({ at: act.at, play: () => perform(stage, script, contacts, act) })),
    ...script.cuts.flatMap(({ at, healAt, ids, how }) => [
      { at, play: () => turn(stage, ids, cutOf(how)) },
      { at: healAt, play: () => turn(stage, ids, null) },
      { at: healAt + RESUME_MS, play: () => resume(stage, ids) },
    ]),
  ].toSorted((a, b) => a.at - b.at)
  for (const { at, play } of moments) {
    await pass(Math.max(0, began + at - timeline.now()))
    play()
    onProgress(at / whole)
  }
  await pass(Math.max(0, began + script.endAt - timeline.now()))
  for (let waited = 0; waited < LONGEST_REST && !isAtRest(stage); waited += STEP) {
    await timeline.advance(STEP)
    onProgress((script.endAt + waited) / whole)
  }
  await timeline.advance(STEP)
  return tell(stage, script, contacts, began)
}

/** What the platform itself said ends by its word or by a person's: `relais resume`, as the plan B asks. What we saw ourselves heals by itself. */
const resume = ({ shared, relay, ids: make, timeline }: Stage, ids: readonly string[]): void => {
  for (const id of ids) {
    const channel = shared.channels.get(id as ChannelId)
    if (channel?.health !== 'cut' || isObserved(channel.reason)) continue
    const at = timeline.now()
    void relay.intake.add([], [{ id: make('evt'), channel: channel.id, at, change: { kind: 'health', state: 'healthy', reason: BY_HAND } }])
  }
}

const cutOf = (how: string): Cut => CUTS.find((one) => one === how) ?? 'banned'

const admit = ({ shared, ids, workspace, providers }: Stage, person: Person, at: number): ContactId => {
  const { name, country, language, phone, email, media, service, marketing } = person
  const addresses: Address[] = []
  for (const setup of workspace.channels) {
    if (!providers.has(setup.id) || !media.includes(mediumOf(setup))) continue
    const kind = mediumOf(setup)
    const value = kind === 'email' ? email : phone
    if (!value) continue
    providers.get(setup.id)?.admit(person)
    if (!addresses.some((one) => one.kind === kind)) addresses.push({ kind, value })
  }
  const consent = (channelKind: string, category: string) => ({
    channelKind,
    category,
    given: true,
    at,
    words: 'rehearsal',
    proof: null,
    source: 'rehearsal',
  })
  const consents = [...service.map((medium) => consent(medium, 'service')), ...marketing.map((medium) => consent(medium, 'marketing'))]
  return addContact(shared, ids, { name, country, language, addresses, consents }, at)
}

const turn = ({ providers, engines }: Stage, ids: readonly string[], how: Cut | null): void => {
  for (const id of ids) {
    const provider = providers.get(id as ChannelId)
    engines.get(id as EngineId)?.turn(how)
    if (how === null) provider?.heal()
    else provider?.cut(how)
  }
}

const perform = (stage: Stage, { people }: Script, contacts: readonly ContactId[], act: Act): void => {
  const person = people[act.person]
  const contact = contacts[act.person]
  if (!person || !contact) return
  if (act.act !== 'send') {
    const channel = act.act === 'answer' ? lastSeenOn(stage, person) : act.channel
    const text = act.act === 'stop' ? 'STOP' : act.text
    if (channel && stage.providers.get(channel)?.write(person, text))
      wrote(stage, { at: stage.timeline.now(), person: act.person, channel, stops: act.act === 'stop' })
    return
  }
  const { timeline, ids, relay } = stage
  const at = timeline.now()
  const { content, category } = contentFor(stage, person, act.category)
  const body: Bodies['api.send'] = {
    key: 'api:rehearsal',
    purpose: null,
    // Where it starts is for the plans to say.
    intent: { message: ids('msg'), channel: null, content, category },
  }
  void relay.intake.add([{ id: ids('evt'), contact, channel: null, kind: 'api.send', at, dueAt: at, body }]).catch(() => {})
}

/** Where somebody saw a message last. */
const lastSeenOn = ({ providers }: Stage, { phone, email }: Person): ChannelId | null => {
  const own = [phone?.replace(/\D/g, ''), email]
  let last: { readonly channel: ChannelId; readonly at: number } | null = null
  for (const [channel, provider] of providers) {
    const shown = provider.shown().findLast(({ to }) => own.includes(to))
    if (shown && shown.at > (last?.at ?? 0)) last = { channel, at: shown.at }
  }
  return last?.channel ?? null
}

/** What customers wrote, and the provider took. */
type Wrote = { readonly at: number; readonly person: number; readonly channel: ChannelId; readonly stops: boolean }
const WROTE = new WeakMap<Stage, Wrote[]>()
const wrote = (stage: Stage, one: Wrote): void => {
  WROTE.set(stage, [...(WROTE.get(stage) ?? []), one])
}

const CODE = '482 913'
/** A template of the business's own where there is one of that category or of its notices, else a plain sentence. */
const contentFor = ({ workspace }: Stage, { language, name }: Person, category: Category): { content: Content; category: Category } => {
  const fitting = (wanted: Category) => workspace.templates.filter((one) => one.category === wanted && !one.replaces.length)
  const ofCategory = [...fitting(category), ...fitting('utility')]
  const template = ofCategory.find((one) => one.language.startsWith(language)) ?? ofCategory[0]
  if (template) {
    const parameters = Object.fromEntries(template.parameters.map((parameter, n) => [parameter, n === 0 ? name : `${n}`]))
    return { content: renderTemplate(template, parameters), category: template.category }
  }
  const text =
    language === 'fr' ? `${workspace.name} : votre dossier ${CODE} est à jour.` : `${workspace.name}: your file ${CODE} is up to date.`
  return { content: { type: 'text', text }, category: category === 'marketing' ? 'utility' : category }
}

const isAtRest = ({ shared, timeline }: Stage): boolean => {
  const now = timeline.now()
  const pending = [...shared.pending.values()].some(
    (row) => row.kind.startsWith('reach.') || row.kind.startsWith('send.') || row.dueAt <= now,
  )
  return !pending && shared.jobs.size === 0 && shared.outbox.size === 0
}

/** What the providers and the books say at the end. */
const tell = (stage: Stage, script: Script, contacts: readonly ContactId[], began: number): Played => {
  const { shared, workspace, providers, timeline } = stage
  const cuts = script.cuts.map((cut) => ({ ...cut, at: began + cut.at, healAt: began + cut.healAt }))
  const media = new Map(workspace.channels.map((setup) => [setup.id, mediumOf(setup)]))
  const agreed = new Map<ContactId, Agreed>()
  const byAddress = new Map<string, ContactId>()
  for (const [n, person] of script.people.entries()) {
    const contact = contacts[n]
    if (!contact) continue
    agreed.set(contact, person)
    if (person.phone) byAddress.set(person.phone.replace(/\D/g, ''), contact)
    if (person.email) byAddress.set(person.email, contact)
  }
  const seen: SeenMessage[] = []
  for (const [channel, provider] of providers)
    for (const { at, sentAt, to, attempt } of provider.shown())
      seen.push({
        at,
        sentAt,
        channel,
        medium: media.get(channel) ?? '',
        contact: byAddress.get(to) ?? null,
        message: shared.attempts.get(attempt as AttemptId)?.message ?? null,
      })
  const inbound = Map.groupBy(
    [...shared.messages.values()].filter(({ direction }) => direction === 'in'),
    ({ contact, channel }) => `${contact} ${channel}`,
  )
  const written: WrittenMessage[] = []
  for (const [key, acts] of Map.groupBy(WROTE.get(stage) ?? [], ({ person, channel }) => `${contacts[person]} ${channel}`)) {
    const kept = inbound.get(key)?.length ?? 0
    for (const [n, { at, person, channel, stops }] of acts.entries())
      written.push({ at, stops, channel, medium: media.get(channel) ?? '', contact: contacts[person] as ContactId, kept: n < kept })
  }
  return {
    facts: {
      cuts,
      booked: bookedIn(stage),
      seen,
      written,
      agreed,
      media,
      withPeople: new Set(
        [...shared.conversations.values()].filter(({ owner }) => owner.startsWith('agent')).map(({ contact }) => contact),
      ),
      stopped: stopsIn(shared.events),
    },
    noticed: cuts.flatMap(({ ids, at, healAt }) =>
      ids.map((id) => ({ id, afterMs: noticedAfter(shared.events, id, { at, healAt }), byHand: resumedByHand(stage, id, at) })),
    ),
    price: priceOf(stage),
    began,
    ended: timeline.now(),
  }
}

/** What a rule lets wait, holds or refuses; the first of its rulings is the strictest. */
const KEPT_BY_RULE: ReadonlySet<Outcome> = new Set(['postpone', 'hold', 'refuse'])

const bookedIn = ({ shared, workspace }: Stage): BookedMessage[] => {
  const calls = new Set(workspace.channels.filter((setup) => CALLED_BY_PEOPLE.has(mediumOf(setup))).map(({ id }) => id))
  const putOff = new Set(shared.events.filter(({ kind }) => kind === 'message.postponed').map(({ message }) => message))
  const handed = new Map<MessageId, number>()
  for (const { message, at } of shared.attempts.values()) handed.set(message, Math.min(at, handed.get(message) ?? at))
  return [...shared.messages.values()]
    .filter(({ direction }) => direction === 'out')
    .map(({ id, contact, channel, at, status, category, author, duplicateRisk, refusal, reach, decision, movedTo, lateAt }) => {
      const outcome = decision ? shared.decisions.get(decision) : null
      return {
        id,
        first: reach?.first ?? (id as MessageId),
        contact,
        channel,
        at,
        handedAt: handed.get(id) ?? null,
        // Whoever is to be called is in people's hands.
        status: calls.has(channel) && status === 'accepted' ? 'held' : status,
        category,
        author,
        flagged: duplicateRisk || lateAt !== null,
        putOff: putOff.has(id),
        moved: movedTo !== null,
        passed: reach?.passed ?? [],
        why: refusal?.code ?? outcome?.rulings[0]?.rule ?? null,
        rule: outcome && KEPT_BY_RULE.has(outcome.outcome) ? (outcome.rulings[0]?.rule ?? null) : null,
      }
    })
}

const resumedByHand = ({ shared }: Stage, id: string, cutAt: number): boolean =>
  shared.events.some(
    ({ channel, at, data }) => channel === id && at >= cutAt && data !== null && 'reason' in data && data.reason === BY_HAND,
  )

/** By when we heard of it: providers tell the time in whole seconds. */
export const stopsIn = (
  events: readonly Pick<Stage['shared']['events'][number], 'kind' | 'channel' | 'received' | 'data'>[],
): Stopped[] => {
  const stops: Stopped[] = []
  const now = new Map<ChannelId, { cut: boolean; paused: boolean; from: number | null }>()
  for (const { kind, channel, received, data } of events) {
    if (kind !== 'channel.health-changed' || !channel || !data) continue
    const state = now.get(channel) ?? { cut: false, paused: false, from: null }
    now.set(channel, state)
    if ('state' in data) state.cut = data.state === 'cut'
    if ('paused' in data) state.paused = data.paused === true
    // Somebody's word that all is well.
    if ('paused' in data && !state.paused) state.cut = false
    const stopped = state.cut || state.paused
    if (!stopped && state.from !== null) stops.push({ channel, from: state.from, until: received })
    state.from = stopped ? (state.from ?? received) : null
  }
  for (const [channel, { from }] of now) if (from !== null) stops.push({ channel, from, until: Number.POSITIVE_INFINITY })
  return stops
}

/** How long the house took to see a cut by itself; null where it did not while it lasted. That all is well again tells of none. */
export const noticedAfter = (
  events: readonly Pick<Stage['shared']['events'][number], 'kind' | 'channel' | 'at' | 'data'>[],
  id: string,
  cut: { readonly at: number; readonly healAt: number },
): number | null => {
  const told = events.find(({ kind, channel, at, data }) => {
    if (at <= cut.at - SECOND || at >= cut.healAt) return false
    if (data && 'state' in data && (data.state === 'healthy' || data.state === 'closed')) return false
    const engine = data && 'engine' in data ? data.engine : null
    return (kind === 'channel.health-changed' && channel === id) || (kind === 'engine.health-changed' && engine === id)
  })
  return told ? Math.max(0, told.at - cut.at) : null
}

const priceOf = ({ shared }: Stage): Played['price'] => {
  const known: Record<string, number> = {}
  let unknown = 0
  for (const { result, decision } of shared.attempts.values()) {
    if (result !== 'accepted') continue
    const price = shared.decisions.get(decision)?.price
    if (price?.known && price.amount !== null && price.currency) known[price.currency] = (known[price.currency] ?? 0) + price.amount
    else if (!price?.known) unknown += 1
  }
  return { known, unknown }
}
