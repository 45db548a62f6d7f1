import { describe, expect, it } from 'vitest'
import { memoryRooms, noVisitors } from '../../../tests/support/rooms.ts'
import { asId, type ChannelId, type ContactId, type ConversationId, type EventId, type VisitorId } from '../../core/ids.ts'
import type { JournalEntry, JournalPosition } from '../../core/reading.ts'
import { TOLD_OF_VISITS, type Visitor } from '../../core/visitor.ts'
import { createEvents } from './events.ts'
import type { Follower } from './follow.ts'

const SITE = asId<ChannelId>('site')
const ANA = asId<ContactId>('con_ana')
const visitor: Visitor = {
  id: asId<VisitorId>('vis_1'),
  channel: SITE,
  contact: ANA,
  conversation: asId<ConversationId>('cnv_1'),
  owner: 'engine',
  language: 'fr',
  since: 0,
  shows: 'own',
  createdAt: 0,
  seenAt: 0,
  expiresAt: 1e15,
}
const entry = (kind: string): JournalEntry => ({
  id: asId<EventId>('evt_1'),
  seq: 7,
  position: '0007' as JournalPosition,
  kind,
  at: 1,
  contactId: ANA,
  conversationId: null,
  channel: SITE,
  messageId: null,
  decisionId: null,
  data: null,
})
const silent: Follower = { join: async () => () => {}, wake: () => {}, close: () => {} }

describe('a page that opens its stream', () => {
  it('hears nothing more where its visit ended just now', async () => {
    const missed = [entry(TOLD_OF_VISITS.ended)]
    let known: Visitor | null = visitor
    const { rooms } = await memoryRooms({
      visitors: {
        ...noVisitors,
        find: async () => {
          const found = known
          known = null
          return found
        },
        journal: async () => missed.splice(0),
      },
    })
    const events = createEvents(rooms, silent)
    const cookie = `visit-site=${'a'.repeat(43)}`
    const response = await events.open(SITE, new Request('https://house.example/chat/site/events', { headers: { cookie } }), undefined)
    const text = await Promise.race([response.text(), new Promise((resolve) => setTimeout(resolve, 500, 'still open'))])
    expect(text).toContain('event: gone')
    expect(events.pages()).toBe(0)
  })
})
