import { describe, expect, it } from 'vitest'
import { asId, type ChannelId, type ContactId, type MessageId } from '../core/ids.ts'
import { assess, type BookedMessage, type Facts, type SeenMessage } from './assessment.ts'
import { failuresOf } from './drill-report.ts'

const [LINE, OTHER] = [asId<ChannelId>('line'), asId<ChannelId>('other')]
const WHO = asId<ContactId>('con_1')
const CUT = { at: 1000, healAt: 9000, ids: ['line'], how: 'banned' }

const said = (id: string, rest: Partial<BookedMessage> = {}): BookedMessage => ({
  id: asId<MessageId>(id),
  first: asId<MessageId>(id),
  contact: WHO,
  channel: OTHER,
  at: 2000,
  handedAt: 2000,
  status: 'delivered',
  category: 'utility',
  author: 'api:shop',
  flagged: false,
  putOff: false,
  moved: false,
  passed: [{ channel: LINE, why: 'cut' }],
  why: null,
  rule: null,
  ...rest,
})
const seen = (id: string, rest: Partial<SeenMessage> = {}): SeenMessage => ({
  at: 2500,
  sentAt: 2100,
  channel: OTHER,
  medium: 'sms',
  contact: WHO,
  message: asId<MessageId>(id),
  ...rest,
})
const held = (facts: Partial<Facts>) => {
  const result = assess({
    cuts: [CUT],
    booked: [],
    seen: [],
    written: [],
    agreed: new Map([[WHO, { service: ['sms', 'whatsapp'], marketing: [], media: ['sms', 'whatsapp'] }]]),
    media: new Map([
      ['line', 'whatsapp'],
      ['other', 'sms'],
    ]),
    withPeople: new Set(),
    stopped: [],
    ...facts,
  })
  const failures = failuresOf(result, [{ id: 'line', what: 'channel', kind: 'x' }], [{ id: 'line', afterMs: 0, byHand: false }])
  return { result, failures: failures.map(({ what }) => what) }
}

describe('a rehearsal', () => {
  it('that went well holds, and says how long the switch took from the cut or the message, whichever came later', () => {
    const { result, failures } = held({
      booked: [said('a', { at: 500 }), said('b', { at: 2000, contact: asId<ContactId>('con_2') })],
      seen: [seen('a', { at: 1700 }), seen('b', { at: 2500, contact: asId<ContactId>('con_2') })],
      agreed: new Map(['con_1', 'con_2'].map((id) => [asId<ContactId>(id), { service: ['sms'], marketing: [], media: ['sms'] }])),
    })
    expect(failures).toEqual([])
    expect(result).toMatchObject({ affected: 2, switched: 2, conversations: 2, by: [{ channel: 'other', count: 2 }] })
    expect(result.switching).toMatchObject({ median: 700, slowest: 700 })
  })

  it.each<[string, Partial<Facts>]>([
    ['lost', { booked: [said('a'), said('b')], seen: [seen('a')] }],
    ['lost', { booked: [said('a')], seen: [seen('a'), seen('x', { message: null })] }],
    [
      'lost',
      {
        booked: [said('a')],
        seen: [seen('a')],
        written: [{ at: 100, channel: LINE, medium: 'whatsapp', contact: WHO, kept: false, stops: false }],
      },
    ],
    ['doubled', { booked: [said('a')], seen: [seen('a'), seen('a', { at: 3000 })] }],
    [
      'out-of-order',
      { booked: [said('a', { at: 2000, handedAt: 4000 }), said('b', { at: 3000, handedAt: 3000 })], seen: [seen('a'), seen('b')] },
    ],
    ['without-consent', { booked: [said('a')], seen: [seen('a', { medium: 'email' })] }],
    ['without-consent', { booked: [said('a', { category: 'marketing' })], seen: [seen('a')] }],
    ['missed', { booked: [said('a'), said('b', { status: 'failed', why: '30003' })], seen: [seen('a')] }],
    ['no-way', { booked: [said('a', { channel: LINE, status: 'queued', handedAt: null })] }],
    [
      'unanswered',
      {
        booked: [said('a')],
        seen: [seen('a')],
        written: [{ at: 5000, channel: OTHER, medium: 'sms', contact: WHO, kept: true, stops: false }],
      },
    ],
  ])('is found %s where it was', (what, facts) => {
    expect(held(facts).failures).toContain(what)
  })

  it('misses nobody whom a rule let wait, held or refused, and names the rule', () => {
    const { failures, result } = held({
      booked: [said('a'), said('b', { status: 'postponed', handedAt: null, why: 'fr/hours', rule: 'fr/hours' })],
      seen: [seen('a')],
    })
    expect(failures).toEqual([])
    expect(result).toMatchObject({ missed: 0, unreachable: [], ruled: [{ rule: 'fr/hours', count: 1 }] })
  })

  it('does not blame us for what a provider held back, what is flagged, what was put off, nor for what left before a STOP', () => {
    const late = {
      booked: [said('a', { handedAt: 2000 }), said('b', { at: 3000, handedAt: 3000 })],
      seen: [seen('a', { at: 8000 }), seen('b')],
    }
    expect(held(late)).toMatchObject({ failures: [], result: { overtaken: 1 } })
    expect(held({ booked: [said('a', { flagged: true })], seen: [seen('a'), seen('a', { at: 3000 })] }).failures).toEqual([])
    const offers = new Map([[WHO, { service: ['sms'], marketing: ['sms'], media: ['sms'] }]])
    const stop = { at: 2050, channel: OTHER, medium: 'sms', contact: WHO, kept: true, stops: true }
    const offer = said('a', { category: 'marketing' })
    expect(held({ agreed: offers, booked: [offer], seen: [seen('a', { sentAt: 2100 })], written: [stop] }).result.withoutConsent).toBe(0)
    expect(held({ agreed: offers, booked: [offer], seen: [seen('a', { sentAt: 9100 })], written: [stop] }).result.withoutConsent).toBe(1)
  })

  describe('finds in its order', () => {
    const STOPPED = { channel: LINE, from: 1000, until: 9000 }
    const kept = said('a', { channel: LINE, passed: [], at: 2000, handedAt: 9100 })
    const order = (later: Partial<BookedMessage>, facts: Partial<Facts> = {}, earlier = kept) => {
      const seenAt = new Map([
        ['a', 9500],
        ['b', 5000],
      ])
      const ids = ['a', 'b'].map((id) => seen(id, { at: seenAt.get(id) ?? 0 }))
      const { result } = held({ booked: [earlier, said('b', later)], seen: ids, stopped: [STOPPED], ...facts })
      return [result.outOfOrder, result.overtaken]
    }

    it('what others passed by another channel while its own was stopped, or that were in front of it when that came back', () => {
      expect(order({ at: 3000, handedAt: 3000 })).toEqual([0, 0])
      expect(order({ at: 8990, handedAt: 9050 })).toEqual([0, 0])
    })

    it.each<[string, Partial<BookedMessage>, Partial<Facts>]>([
      ['was passed on its own channel', { channel: LINE, at: 3000, handedAt: 3000 }, {}],
      ['was passed while its channel was well', { at: 3000, handedAt: 3000 }, { stopped: [] }],
      ['was passed before its channel was stopped', { at: 3000, handedAt: 3000 }, { stopped: [{ ...STOPPED, from: 3001 }] }],
      ['was passed by one said once its channel was well again', { at: 9010, handedAt: 9050 }, {}],
    ])('not what %s', (_, later, facts) => {
      expect(order(later, facts)).toEqual([1, 1])
    })

    it('nor, of what was seen, what a provider took before it was stopped', () => {
      expect(order({ at: 3000, handedAt: 3000 }, {}, { ...kept, handedAt: 2000 })).toEqual([0, 1])
    })
  })
})
