/** Runs journeys inside a turn: their actions become proposals, jobs and timers. */

import { readWindows } from '../../core/callback.ts'
import { readMobile, readNumber } from '../../core/contact-address.ts'
import { type Content, wordsOf } from '../../core/content.ts'
import { readCountry } from '../../core/country.ts'
import type { ChannelId, VendorId } from '../../core/ids.ts'
import type { Journey, JourneyAction, JourneyInput, JourneyOutcome, JourneyState } from '../../core/journey.ts'
import { enginesFor } from '../../core/plan.ts'
import { begin, step } from '../../journeys/index.ts'
import type { Bodies } from '../event.ts'
import { channelState } from '../state.ts'
import { SAYS } from '../words.ts'
import { seenBy } from './bridge.ts'
import { linkTo, offered, pageBeside } from './bridge-link.ts'
import { askCall } from './callback.ts'
import { type Draft, note, ownPurpose, setOwner, setState } from './draft.ts'
import { handOver, holdForPerson } from './hand.ts'
import { propose } from './propose.ts'
import { prove } from './proving.ts'
import { streamed } from './streaming.ts'

/** The customer's message a turn answers, or null where a timer or a call woke it. */
export type Asked = {
  readonly channel: ChannelId
  readonly vendorId: VendorId
  readonly text: string
  readonly content: Content
  /** Nobody knows whether the customer wrote it. */
  readonly unproven?: boolean | undefined
} | null

const worldFor = (draft: Draft, channel: ChannelId, asked: Asked, startsAnother: boolean) => {
  const capabilities = draft.world.capabilities.get(channel)
  if (!capabilities) return null
  const { workspace } = draft.world
  return {
    language: draft.state.language,
    fallback: workspace.locale,
    contact: { name: draft.name ?? draft.facts.name },
    national: workspace.country,
    // Dear to read, and seldom asked for.
    get number() {
      return readMobile(channelState(draft.state, channel).address?.value ?? '', '') ?? undefined
    },
    unproven: asked?.unproven,
    capabilities,
    templates: workspace.templates,
    startsAnother,
  }
}

export const startJourney = (draft: Draft, journey: Journey, channel: ChannelId, asked: Asked): void => {
  setOwner(draft, 'journey', `journey:${journey.name}`)
  const runs = draft.state.runs + 1
  setState(draft, { runs })
  note(draft, { kind: 'journey.started', channel, data: { journey: journey.name, version: journey.version, run: runs } })
  advance(draft, journey, begin(journey, runs), { type: 'start', content: asked?.content }, channel, asked)
}

/** Gives the running journey its input. `unmatched`: the message does not fit the step that waits. */
export const continueJourney = (
  draft: Draft,
  input: JourneyInput,
  channel: ChannelId,
  asked: Asked,
  startsAnother = false,
): 'taken' | 'unmatched' => {
  const state = draft.state.journey
  if (!state) return 'unmatched'
  const journey = draft.world.journey(state.version)
  if (!journey) {
    // Its version is lost: nothing can be said in its name.
    setState(draft, { journey: null })
    handOver(draft, channel, 'journey-lost')
    return 'taken'
  }
  return advance(draft, journey, state, input, channel, asked, startsAnother)
}

const advance = (
  draft: Draft,
  journey: Journey,
  state: JourneyState,
  input: JourneyInput,
  channel: ChannelId,
  asked: Asked,
  startsAnother = false,
): 'taken' | 'unmatched' => {
  const world = worldFor(draft, channel, asked, startsAnother)
  if (!world) return 'taken'
  const outcome: JourneyOutcome = step(journey, state, input, world)
  // That the customer replied, and what, is kept though the message does not fit the step.
  setState(draft, { journey: outcome.state })
  if (outcome.actions.some((action) => action.type === 'unmatched')) return 'unmatched'
  noteCountry(draft, journey, state, input, outcome)
  for (const action of outcome.actions) act(draft, journey, action, channel, asked, outcome.state?.run ?? state.run)
  if (!outcome.state) note(draft, { kind: 'journey.ended', channel, data: { journey: journey.name, run: state.run } })
  return 'taken'
}

/** What somebody answers to `ask: country` is where they are, for every rule that goes by the person and not by the number. */
const noteCountry = (draft: Draft, journey: Journey, state: JourneyState, input: JourneyInput, outcome: JourneyOutcome): void => {
  const asking = journey.steps[state.step]
  if (input.type !== 'message' || state.awaits !== 'answer' || asking?.kind !== 'ask' || asking.ask !== 'country') return
  const country = readCountry(outcome.state?.answers.country ?? wordsOf(input.content))
  if (country !== '') setState(draft, { country })
}

const act = (draft: Draft, journey: Journey, action: JourneyAction, channel: ChannelId, asked: Asked, run: number): void => {
  const author = `journey:${journey.name}`
  switch (action.type) {
    case 'say': {
      const outcome = propose(draft, {
        channel,
        content: action.content,
        author,
        automatic: true,
        reply: asked !== null,
        category: action.category,
        purpose: action.purpose ?? ownPurpose(draft),
      })
      if (outcome === 'hold' || outcome === 'reroute') holdForPerson(draft, 'hold')
      return
    }
    case 'call': {
      const { call, method, url, body } = action
      draft.jobs.push({
        id: draft.world.ids('job'),
        kind: 'call',
        channel,
        epoch: draft.epoch,
        dueAt: draft.world.at,
        body: { call, method, url, body, run, asked },
      })
      return
    }
    case 'timer': {
      const { timer, step: at, count, afterMs } = action
      const body: Bodies['timer'] = { timer, run: action.run, step: at, count, epoch: draft.epoch, channel }
      draft.timers.push({ id: draft.world.ids('evt'), kind: 'timer', channel, dueAt: draft.world.at + afterMs, body })
      return
    }
    case 'verify':
      if (!prove(draft, action, author, channel, run)) continueJourney(draft, { type: 'unconfirmed' }, channel, asked)
      return
    case 'hand':
      handOver(draft, channel, action.reason, action.say)
      return
    case 'callback': {
      const { workspace, ids } = draft.world
      const wish = {
        number: action.number === null ? null : readNumber(action.number, workspace.country),
        windows: action.hours === null ? null : readWindows(action.hours),
        topic: action.about || null,
        channel: null,
        category: 'service' as const,
      }
      const said = { author, reply: true, message: ids('msg'), words: asked?.text ?? null }
      if (!askCall(draft, wish, said)) handOver(draft, channel, 'callback', null)
      return
    }
    case 'engine':
      setOwner(draft, 'engine', author)
      if (asked && !think(draft, asked, null, true)) handOver(draft, channel, 'unanswered', SAYS.received[draft.state.language])
      return
    case 'link':
      sayLink(draft, action, author, channel, asked)
      return
    case 'unmatched':
      return
  }
}

/** To who is on that page already, or where no link can be made, only the words. */
const sayLink = (
  draft: Draft,
  { to, text, label }: Extract<JourneyAction, { type: 'link' }>,
  author: string,
  channel: ChannelId,
  asked: Asked,
): void => {
  const message = draft.world.ids('msg')
  const page = pageBeside(draft, channel, ({ id }) => id === to)
  const link = page && linkTo(draft, message, channel, page)
  const content: Content = link
    ? { type: 'link', text, label: label ?? SAYS.openPage[draft.state.language], url: link.url }
    : { type: 'text', text }
  const outcome = propose(draft, { channel, content, message, author, automatic: true, reply: asked !== null, purpose: ownPurpose(draft) })
  if (link && outcome !== 'refuse') offered(draft, link)
  if (outcome === 'hold' || outcome === 'reroute') holdForPerson(draft, 'hold')
}

/**
 * Asks the engines, outside the contact's line. `visit`: of the journey's step that waits meanwhile; `byJourney`: one gave it to them. False where
 * there is nothing to ask, or no plan names any.
 */
export const think = (draft: Draft, asked: NonNullable<Asked>, visit: number | null, byJourney = false): boolean => {
  const { channel, vendorId, text } = asked
  if (!text || !enginesFor(draft.world.workspace.plans, 'answer', channel).length) return false
  const { ids, at } = draft.world
  const stream = streamed(draft, channel)
  const seen = seenBy(draft, channel)
  draft.jobs.push({
    id: ids('job'),
    kind: 'think',
    channel,
    epoch: draft.epoch,
    dueAt: at,
    body: {
      question: { channel, message: vendorId, text },
      language: draft.state.language,
      visit,
      byJourney,
      purpose: draft.purpose,
      ...(seen ? { seen } : {}),
      ...(stream ? { stream } : {}),
    },
  })
  const here = draft.world.channels.get(channel)
  // A read mark needs no decision, but a cut or paused channel stays silent.
  if (vendorId && here?.health !== 'cut' && !here?.paused)
    draft.jobs.push({ id: ids('job'), kind: 'mark', channel, epoch: draft.epoch, dueAt: at, body: { message: vendorId } })
  return true
}
