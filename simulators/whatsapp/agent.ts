import type { Fields } from '../wire.ts'
import type { Person } from './people.ts'
import { metadataOf, stamp, type World } from './world.ts'

/**
 * The platform's own AI agent on the same number (Meta Business Agent). While it holds a thread, the customer's messages come by
 * `standby`; a service message of the business takes the thread back silently. Source: …/webhooks/reference/standby (2026-08-04) and
 * …/messaging-handovers, read 2026-11-22; handovers name the number in `recipient`, not in `metadata`.
 */
export interface PlatformAgent {
  /** Takes the thread: `control_taken`. `silent`: new threads start like this, without an event. */
  take(person: Person, detail?: { silent?: boolean }): void
  /** Gives it to the business: `control_passed`. */
  pass(person: Person, reason?: string): void
  /** Writes to the customer; the business sees an echo on `standby`. */
  say(person: Person, text: string): string
}

const agentApp = '1066355071287456'

export function makePlatformAgent(world: World): PlatformAgent {
  const handover = (person: Person, type: string, detail: Fields) =>
    world.webhooks.push({
      field: 'messaging_handovers',
      part: 'messaging_handovers',
      items: [`${person.userId}:${type}:${world.clock.now()}`],
      value: {
        messaging_product: 'whatsapp',
        recipient: metadataOf(world.settings),
        sender: person.phone === null || person.hidesPhone ? { user_id: person.userId } : { phone_number: person.phone },
        timestamp: stamp(world.clock.now()),
        type,
        [type]: detail,
      },
    })
  return {
    take(person, { silent = false } = {}) {
      person.heldByAgent = true
      if (silent) return
      handover(person, 'control_taken', {
        previous_owner_role: 'customer_service',
        new_owner_role: 'ai_agent',
        metadata: 'Agent stepping in',
      })
    },
    pass(person, reason = 'WhatsApp user requested human agent') {
      person.heldByAgent = false
      handover(person, 'control_passed', {
        previous_owner_app_id: agentApp,
        previous_owner_app_role: 'meta_business_agent',
        previous_owner_role: 'ai_agent',
        new_owner_role: 'escalation',
        metadata: reason,
      })
    },
    say(person, text) {
      const now = world.clock.now()
      const id = world.ids.message(person.userId)
      const to = person.phone === null || person.hidesPhone ? { recipient: person.userId } : { to: person.phone }
      const message = { messaging_product: 'whatsapp', ...to, type: 'text', text: { body: text } }
      world.people.write(person, { id, from: 'agent', type: 'text', at: now, text, content: message, readAt: null, reactions: [] })
      world.webhooks.push({
        field: 'standby',
        part: 'standby',
        items: [id],
        value: {
          messaging_product: 'whatsapp',
          metadata: metadataOf(world.settings),
          standby: { message_echoes: [{ id, timestamp: stamp(now), message }] },
        },
      })
      return id
    },
  }
}
