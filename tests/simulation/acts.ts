/** What happens in a story, acted out on the stage: people, agents and business systems, the platform's moods, the machine's faults. */
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Address, addressKey } from '../../src/core/address.ts'
import type { ContactId, EventId, MessageId, VendorId } from '../../src/core/ids.ts'
import type { OwnArrival } from '../../src/core/store.ts'
import type { Bodies } from '../../src/relay/event.ts'
import { CHANNEL } from './house.ts'
import { SECOND } from './second.ts'
import type { Stage } from './stage.ts'
import type { Act } from './story.ts'

const contactOf = ({ shared }: Stage, user: User): ContactId | null => {
  const { phone, userId } = user.person
  const known = [...shared.identities.values()].find(
    ({ address }) => address.value === userId || (phone !== null && address.value.endsWith(phone)),
  )
  return known?.contact ?? null
}

/** An act of an agent or a business system, through a living worker. Refused where the store is away: then it never happened. */
const add = (stage: Stage, user: User, kind: string, body: object): void => {
  const contact = contactOf(stage, user)
  const worker = stage.workers.find((one) => one.alive())
  if (!contact || !worker) return
  const at = stage.timeline.now()
  const own: OwnArrival = { id: `evt_own_${++stage.owned}` as EventId, contact, channel: CHANNEL, kind, at, dueAt: at, body }
  worker
    .relay()
    .intake.add([own])
    .catch(() => {})
}

const text = (words: string) => ({ type: 'text', text: words }) as const

const playForPerson = (stage: Stage, user: User, act: Act): void => {
  switch (act.act) {
    case 'write':
      user.sendText(act.text)
      return
    case 'tap': {
      const line = user.received.findLast((one) => one.buttons?.length && one.from === 'business')
      const button = line?.buttons?.[stage.random.below(line.buttons.length)]
      if (line && button) user.tapButton(button.id, line.id)
      return
    }
    case 'read':
      user.read()
      return
    case 'offline':
      user.goOffline()
      return
    case 'online':
      user.goOnline()
      return
    case 'stop-offers':
      user.stopMarketing()
      return
    case 'resume-offers':
      user.resumeMarketing()
      return
    case 'edit':
    case 'revoke': {
      const own = user.thread.findLast((line) => line.from === 'customer' && line.type === 'text')
      if (own) act.act === 'edit' ? user.edit(own.id, 'numéro corrigé') : user.revoke(own.id)
      return
    }
    case 'new-number':
      user.changeNumber(`+336130000${String(stage.owned++ % 100).padStart(2, '0')}`)
      return
    case 'ad':
      user.sendFromAd(`numéro ${1000 + ++stage.owned}`)
      return
    case 'consent':
      add(stage, user, 'consent', {
        channelKind: 'whatsapp',
        category: 'marketing',
        given: true,
        words: 'oui',
        proof: null,
        source: 'form',
      } satisfies Bodies['consent'])
      return
    case 'agrees':
    case 'withdraws':
      agree(stage, user, act.act === 'agrees')
      return
    case 'text':
      textIn(stage, user, `numéro ${2000 + act.n}`)
      return
    case 'notice':
    case 'code':
      add(stage, user, 'api.send', {
        key: 'api:shop',
        purpose: 'service',
        intent: {
          message: `msg_${act.act}_${stage.owned + 1}` as MessageId,
          channel: null,
          content: text(`${act.act} ${act.n}`),
          category: act.act === 'notice' ? 'utility' : 'authentication',
          ...(act.act === 'code' ? { plan: 'text' } : {}),
        },
      } satisfies Bodies['api.send'])
      return
    case 'offer':
      add(stage, user, 'api.send', {
        key: 'api:crm',
        purpose: null,
        intent: {
          message: `msg_offer_${stage.owned + 1}` as MessageId,
          channel: CHANNEL,
          content: { type: 'template', name: 'offer', language: 'fr', parameters: { '1': 'Zoé' }, text: '' },
          category: 'marketing',
        },
      } satisfies Bodies['api.send'])
      return
    case 'agent':
      add(stage, user, 'action', agentAct(stage, act.does))
      return
    default:
      return
  }
}

const numberOf = (stage: Stage, user: User): Address => ({ kind: 'sms', value: `+3369900000${stage.users.indexOf(user)}` })

/** They give their number for SMS, or take it back. */
const agree = (stage: Stage, user: User, given: boolean): void => {
  const words = { words: 'oui', proof: null, source: 'form' }
  if (given) add(stage, user, 'address', { address: numberOf(stage, user), consent: { for: ['service', 'marketing'], ...words } })
  else for (const category of ['service', 'marketing']) add(stage, user, 'consent', { channelKind: 'sms', category, given, ...words })
}

/** They write by SMS. */
const textIn = (stage: Stage, user: User, words: string): void => {
  const worker = stage.workers.find((one) => one.alive())
  const address = numberOf(stage, user)
  // Who never gave the number would be somebody new.
  if (!worker || !stage.shared.identities.has(addressKey(address))) return
  const vendorId = `sms.in.${++stage.owned}` as VendorId
  const message = { kind: 'message', vendorId, at: stage.timeline.now(), from: { addresses: [address] }, content: text(words) } as const
  worker
    .relay()
    .intake.submit(SECOND, [message])
    .catch(() => {})
}

/** Somebody cuts or pauses a channel, or finds it well again. */
export const turnChannel = (stage: Stage, act: 'cut' | 'heal' | 'pause' | 'resume', second: boolean): void => {
  const worker = stage.workers.find((one) => one.alive())
  if (!worker) return
  const at = stage.timeline.now()
  const id = `evt_turn_${++stage.owned}` as EventId
  const change =
    act === 'pause' || act === 'resume'
      ? ({ kind: 'paused', paused: act === 'pause', reason: 'by hand' } as const)
      : ({ kind: 'health', state: act === 'cut' ? 'cut' : 'healthy', reason: 'drill' } as const)
  worker
    .relay()
    .intake.add([], [{ id, channel: second ? SECOND : CHANNEL, at, change }])
    .catch(() => {})
}

const agentAct = (stage: Stage, does: 'take' | 'reply' | 'give-back' | 'close'): Bodies['action'] => {
  const agent = 'agent:lea'
  if (does === 'reply') {
    const message = `msg_reply_${stage.owned + 1}` as MessageId
    return { action: 'reply', agent, intent: { message, channel: CHANNEL, content: text('Bonjour, ici Léa.'), category: 'service' } }
  }
  return does === 'close' ? { action: 'close', agent, reason: 'done' } : { action: does, agent }
}

/** Lets one thing of a story happen. */
export const play = async (stage: Stage, act: Act): Promise<void> => {
  const { simulator, workers, users, world, timeline } = stage
  world.trace.add(timeline.now(), 'act', JSON.stringify(act))
  if ('who' in act) {
    const user = users[act.who % users.length]
    if (user) playForPerson(stage, user, act)
    return
  }
  switch (act.act) {
    case 'kill': {
      const worker = workers[act.worker]
      if (!worker?.alive()) return
      worker.kill()
      timeline.after(500 + stage.random.below(20_000), () => void worker.start())
      return
    }
    case 'lose-session':
      if (workers[act.worker]?.alive()) workers[act.worker]?.loseSession()
      return
    case 'ban':
      simulator.account.ban()
      return
    case 'reinstate':
      simulator.account.reinstate()
      return
    case 'red':
      simulator.account.setQuality('RED')
      return
    case 'green':
      simulator.account.setQuality('GREEN')
      return
    case 'upgrade':
      simulator.account.upgradeThroughput()
      return
    case 'fault':
      simulator.faults.chance(act.kind, act.probability, act.kind === 'fails-later' ? { code: act.code } : {})
      return
    case 'calm':
      simulator.faults.clear()
      return
    case 'weather':
      world.weather.store = act.store
      return
    case 'leap':
      await timeline.leap(act.ms, 12)
      return
    case 'mood':
      if (world.second) world.second.mood = act.mood
      return
    case 'cut':
    case 'heal':
    case 'pause':
    case 'resume':
      turnChannel(stage, act.act, act.second)
      return
  }
}
