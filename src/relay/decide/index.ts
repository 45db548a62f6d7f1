/** decide: what one contact's new events come to. Pure: no clock, no randomness, no I/O; all of that is in `world`. */
import type { ChannelId, EventId } from '../../core/ids.ts'
import type { Change, Loaded, PendingEvent } from '../../core/store.ts'
import type { Bodies, EventKind } from '../event.ts'
import { channelState, initialState, isAutomatic, joinStates } from '../state.ts'
import type { World } from '../world.ts'
import { act, send } from './action.ts'
import { due, failed, postponed, reconciled, refused, returned, unknown } from './aftermath.ts'
import { cameBack, crossed, sendCode, unlinked } from './bridge.ts'
import { act as actOnCall, asked, summarised } from './callback.ts'
import { takeScheduled } from './calling-off.ts'
import { consent, followSwitch } from './consent.ts'
import { conclude, converse, purposeIn } from './converse.ts'
import { closeDraft, type Draft, note, openDraft, setChannelState, setOwner } from './draft.ts'
import { holdForPerson } from './hand.ts'
import { joined } from './joining.ts'
import { continueJourney } from './journey.ts'
import { recordAddress, tapLink } from './proving.ts'
import { late, stepDue, stranded } from './reaching.ts'
import { standsStill } from './standstill.ts'
import { giveResult } from './task-link.ts'
import { finishTask, startTask } from './tasks.ts'

type Handler<K extends EventKind> = (draft: Draft, body: Bodies[K], channel: ChannelId) => void

const HANDLERS: { readonly [K in EventKind]: Handler<K> } = {
  message: (draft, body, channel) => converse(draft, channel, body),
  edit: (draft, body, channel) => {
    draft.patches.push({ message: null, vendorId: body.target, channel, content: body.content, editedAt: body.at })
    note(draft, { id: draft.event, kind: 'message.edited', at: body.at, channel })
  },
  revoke: (draft, body, channel) => {
    draft.patches.push({ message: null, vendorId: body.target, channel, revokedAt: body.at })
    note(draft, { id: draft.event, kind: 'message.revoked', at: body.at, channel })
  },
  preference: (draft, body, channel) => followSwitch(draft, channel, body.value, body.words, body.at),
  call: (draft, body, channel) => {
    const { inboundAt } = channelState(draft.state, channel)
    setChannelState(draft, channel, { inboundAt: Math.max(body.at, inboundAt ?? 0), unanswered: 0 })
    note(draft, { id: draft.event, kind: 'call.received', at: body.at, channel })
  },
  control: (draft, body) => {
    if (body.holder === 'person') {
      if (isAutomatic(draft.owner)) setOwner(draft, 'agents', 'app')
      return
    }
    if (body.holder === 'platform') setOwner(draft, 'platform', 'control')
    else if (draft.owner === 'platform') setOwner(draft, 'journey', 'control')
  },
  // The addresses were joined when the event came in; here it is only told.
  identity: (draft, _body, channel) => note(draft, { id: draft.event, kind: 'contact.identity-changed', channel }),
  merged: (draft, body) => {
    draft.state = joinStates(draft.state, { ...initialState(draft.state.language), ...body.state })
  },
  action: (draft, body) => act(draft, body),
  'api.send': (draft, { intent, key, purpose, sendAt }) => send(draft, intent, key, { reply: false, automatic: false, purpose, sendAt }),
  'send.scheduled': (draft, { intent, key, purpose }) => {
    if (takeScheduled(draft, intent.message)) send(draft, intent, key, { reply: false, automatic: false, purpose, kept: true })
  },
  'callback.ask': (draft, body) => asked(draft, body),
  'callback.act': (draft, body) => actOnCall(draft, body),
  'callback.summary': (draft, body) => summarised(draft, body),
  'task.ask': (draft, body) => startTask(draft, body),
  'task.done': (draft, body, channel) => finishTask(draft, body, channel),
  consent: (draft, body) => consent(draft, body),
  address: (draft, body) => recordAddress(draft, body),
  'code.tapped': (draft, body) => tapLink(draft, body),
  joined: (draft, body, channel) => joined(draft, body, channel),
  timer: (draft, body) => {
    if (body.epoch !== draft.epoch || !isAutomatic(draft.owner) || draft.state.journey?.run !== body.run) return
    const { timer, run, step, count } = body
    continueJourney(draft, { type: 'timer', timer, run, step, count }, draft.state.channel ?? body.channel, null)
  },
  'send.due': (draft, body) => due(draft, body),
  'send.returned': (draft, body) => returned(draft, body),
  'send.refused': (draft, body) => refused(draft, body),
  'send.postponed': (draft, body) => postponed(draft, body),
  'send.failed': (draft, body) => failed(draft, body),
  'send.unknown': (draft, body) => unknown(draft, body),
  'send.reconciled': (draft, body) => reconciled(draft, body),
  'send.stranded': (draft, body) => stranded(draft, body),
  'reach.due': (draft, body) => stepDue(draft, body),
  'reach.late': (draft, body) => late(draft, body),
  answered: (draft, body) => setChannelState(draft, body.channel, { freeEntryAt: body.at, referralAt: null }),
  thought: (draft, body, channel) => conclude(draft, channel, body),
  crossed: (draft, body) => {
    crossed(draft, body)
    giveResult(draft, body)
  },
  'crossing.code': (draft, body) => sendCode(draft, body),
  returned: (draft, body, channel) => cameBack(draft, body, channel),
  unlinked: (draft, body) => unlinked(draft, body),
  called: (draft, body) => {
    if (body.epoch !== draft.epoch || draft.state.journey?.run !== body.run) return
    draft.purpose = body.asked && purposeIn(draft, body.asked)
    continueJourney(draft, { type: 'called', call: body.call, ok: body.ok, value: body.value }, body.channel, body.asked)
  },
  fetched: (draft, body) => {
    if (body.content) draft.patches.push({ message: body.message, vendorId: null, channel: body.channel, content: body.content })
    note(draft, {
      id: draft.event,
      kind: body.error ? 'media.failed' : 'media.fetched',
      channel: body.channel,
      message: body.message,
      data: { error: body.error },
    })
  },
}

const handle = (draft: Draft, event: PendingEvent): void => {
  const handler = HANDLERS[event.kind as EventKind] as Handler<EventKind> | undefined
  if (!handler) throw new Error(`No handler for ${event.kind}.`)
  draft.event = event.id as EventId
  draft.purpose = null
  if (standsStill(draft, event)) return
  handler(draft, event.body as Bodies[EventKind], event.channel ?? ('' as ChannelId))
}

const isMerge = ({ kind }: PendingEvent): boolean => kind === 'merged'

export const decide = (loaded: Loaded, world: World): Change => {
  const draft = openDraft(loaded, world)
  // What the other side of a merge knew comes first: an older event may be of that side.
  const [merged, others] = [loaded.events.filter(isMerge), loaded.events.filter((event) => !isMerge(event))]
  for (const event of [...merged, ...others]) handle(draft, event)
  // Held by a rule somewhere in this turn: a person has to look.
  if (draft.messages.some(({ id, status, direction }) => status === 'held' && direction === 'out' && !draft.stoodInFor.has(id)))
    holdForPerson(draft, 'hold')
  return closeDraft(draft, loaded)
}
