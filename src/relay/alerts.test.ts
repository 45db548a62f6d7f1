import { describe, expect, it } from 'vitest'
import { emptyReading, NOON, stillClock } from '../../tests/support/rooms.ts'
import type { Outgoing } from '../core/channel.ts'
import { createIds } from '../core/ids.ts'
import type { SendResult } from '../core/outcome.ts'
import type { Place } from '../core/outgoing.ts'
import { silentLog } from '../core/ports.ts'
import type { JournalEntry } from '../core/reading.ts'
import type { AlertSetup } from '../core/workspace.ts'
import { BUNDLE_MS, startAlerts } from './alerts.ts'

const SETUP: AlertSetup = { email: ['ops@example.fr', 'night@example.fr'], via: 'mail' as never, webhook: null, language: 'fr' }

const firstLine = ({ content }: Outgoing) => ('text' in content ? (content.text ?? '').split('\n')[0] : '')

type RefusalClass = Extract<SendResult, { type: 'refused' }>['refusal']['class']
const refusedAs = (as: RefusalClass): SendResult => ({
  type: 'refused',
  refusal: { class: as, code: '550', detail: '', remedy: { fr: '', en: '' } },
})

const open = (setup: Partial<AlertSetup> = {}) => {
  const clock = stillClock(NOON)
  const journal: JournalEntry[] = []
  const mails: Outgoing[] = []
  const audit: string[] = []
  let place: Place = { place: '', tries: 0, dueAt: 0, failingSince: null, offAt: null }
  let result: SendResult = { type: 'accepted', vendorId: 'm' as never }
  let usable = true
  let refused: { readonly value: string; readonly as: RefusalClass } | null = null
  const loop = startAlerts({
    setup: { ...SETUP, ...setup },
    business: 'Voyages Lumière',
    channel: async () =>
      usable
        ? {
            receive: async () => ({ events: [], reply: new Response() }),
            send: async (message) => {
              mails.push(message)
              return message.to.value === refused?.value ? refusedAs(refused.as) : result
            },
          }
        : null,
    reading: {
      ...emptyReading,
      journal: async (after, limit) => {
        const entries = journal.filter(({ position }) => position > after).slice(0, limit)
        return { entries, position: entries.at(-1)?.position ?? after }
      },
    },
    places: {
      lead: async () => true,
      read: async () => place,
      keep: async (_, next) => {
        place = { ...next, offAt: null }
      },
      switchOff: async () => {},
    },
    audit: async (subject) => void audit.push(subject),
    clock,
    ids: createIds(clock.now, () => 0.5),
    log: silentLog,
  })
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 10_000) {
      clock.advance(Math.min(left, 10_000))
      for (let n = 0; n < 30; n++) await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return {
    mails,
    audit,
    pass,
    loop,
    subjects: () => mails.filter(({ to }) => to.value === 'ops@example.fr').map(firstLine),
    happens: (kind: string, data: JournalEntry['data'], channel: string | null = null) => {
      const seq = journal.length + 1
      const position = String(seq).padStart(4, '0')
      const nobody = { contactId: null, conversationId: null, messageId: null, decisionId: null }
      journal.push({ ...nobody, seq, position, id: `evt_${seq}` as never, kind, at: clock.now(), channel: channel as never, data })
    },
    answers: (next: SendResult) => {
      result = next
    },
    refuses: (value: string | null, as: RefusalClass = 'never') => {
      refused = value === null ? null : { value, as }
    },
    usable: (is: boolean) => {
      usable = is
    },
  }
}

const cut = { about: 'channel.health-changed', kind: 'health', state: 'cut', reason: 'provider-down' }

describe('alert mails', () => {
  it('go to everybody named, in their language, with what to do', async () => {
    const house = open()
    house.happens('message.received', {})
    house.happens('alert', cut, 'whatsapp')
    await house.pass(2_000)
    await house.loop.stop()
    expect(house.mails.map(({ to }) => to.value)).toEqual(['ops@example.fr', 'night@example.fr'])
    const [mail] = house.mails
    expect(mail && firstLine(mail)).toBe(
      'Le canal «\u00a0whatsapp\u00a0» est coupé\u00a0: le fournisseur ne répond plus ou refuse tout (Voyages Lumière)',
    )
    expect(mail?.content).toMatchObject({ type: 'text', text: expect.stringContaining('relais doctor') })
    expect(mail).toMatchObject({ category: 'service', language: 'fr' })
    expect(house.audit).toEqual(['channel.health-changed whatsapp'])
  })

  it('come once a matter and quarter of an hour: what follows is counted', async () => {
    const house = open({ language: 'en' })
    for (let n = 0; n < 300; n++) house.happens('alert', { about: 'send-unknown', message: `msg_${n}` }, 'sms')
    house.happens('alert', cut, 'whatsapp')
    await house.pass(60_000)
    expect(house.subjects()).toHaveLength(2)
    for (let n = 0; n < 5; n++) house.happens('alert', { about: 'send-unknown', message: 'msg_x' }, 'sms')
    await house.pass(BUNDLE_MS)
    await house.loop.stop()
    expect(house.subjects()).toHaveLength(3)
    expect(house.mails.at(-1)?.content).toMatchObject({ text: expect.stringContaining('304 times') })
  })

  it('tell that it is over to who heard of it, and to nobody else', async () => {
    const house = open({ language: 'en' })
    house.happens('channel.health-changed', { kind: 'health', state: 'healthy', reason: '' }, 'whatsapp')
    await house.pass(2_000)
    expect(house.mails).toEqual([])
    house.happens('alert', cut, 'whatsapp')
    await house.pass(2_000)
    house.happens('channel.health-changed', { kind: 'health', state: 'healthy', reason: '' }, 'whatsapp')
    await house.pass(BUNDLE_MS + 20_000)
    await house.loop.stop()
    expect(house.subjects().at(-1)).toBe('Channel “whatsapp” works again (Voyages Lumière)')
  })

  it('wait for their channel, and are not sent twice where nobody knows', async () => {
    const house = open()
    house.usable(false)
    house.happens('alert', cut, 'whatsapp')
    await house.pass(30_000)
    expect(house.mails).toEqual([])
    house.usable(true)
    house.answers({ type: 'unknown', cause: 'timeout' })
    await house.pass(120_000)
    await house.loop.stop()
    expect(house.subjects()).toHaveLength(1)
  })

  it('are tried again for whoever got none, and go to nobody twice', async () => {
    const house = open()
    house.refuses('night@example.fr', 'retry')
    house.happens('alert', cut, 'whatsapp')
    await house.pass(180_000)
    const tries = house.mails.filter(({ to }) => to.value === 'night@example.fr').length
    expect([house.subjects().length, tries]).toEqual([1, 3])
    house.refuses(null)
    await house.pass(120_000)
    await house.loop.stop()
    expect([house.subjects().length, house.mails.length]).toEqual([1, 5])
  })

  it('stop for an address that takes none, and go on for the others; what was counted too', async () => {
    const house = open({ language: 'en' })
    house.refuses('night@example.fr', 'never')
    house.happens('alert', cut, 'whatsapp')
    await house.pass(2_000)
    house.happens('alert', cut, 'whatsapp')
    house.happens('alert', { about: 'unreached' }, 'whatsapp')
    await house.pass(BUNDLE_MS + 120_000)
    await house.loop.stop()
    expect(house.subjects()).toHaveLength(3)
    expect(house.mails).toHaveLength(6)
  })

  it.each([
    'channel.health-changed',
    'engine.health-changed',
    'automation.changed',
    'webhook.changed',
    'template.changed',
    'send-refused',
    'send-failed',
    'send-unknown',
    'stranded',
    'unreached',
    'poison',
    'codes-limit',
    'drill-failed',
    'something-new',
  ])('have words for %s in both languages', async (about) => {
    for (const language of ['fr', 'en'] as const) {
      const house = open({ language })
      house.happens('alert', { about, reason: 'x', state: 'degraded' }, 'whatsapp')
      await house.pass(2_000)
      await house.loop.stop()
      expect(house.subjects()[0]?.length).toBeGreaterThan(30)
      expect(house.subjects()[0]).not.toContain('undefined')
    }
  })
})
