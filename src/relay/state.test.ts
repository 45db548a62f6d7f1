/** What is left of two conversations that turn out to be one person's. */
import { describe, expect, it } from 'vitest'
import { HOUR, openPerson, TEN, WHATSAPP } from '../../tests/support/deciding.ts'
import type { ChannelId, ContactId } from '../core/ids.ts'
import { type ConversationState, channelState, initialState, joinStates, NO_CHANNEL } from './state.ts'

const SMS = 'sms' as ChannelId
const state = (more: Partial<ConversationState>): ConversationState => ({ ...initialState('fr'), ...more })
const heard = (inboundAt: number | null, unanswered = 0) => ({ ...NO_CHANNEL, inboundAt, unanswered })

describe('two conversations of one person', () => {
  it('keep the newest window of each channel, and the channels only one had', () => {
    const joined = joinStates(
      state({ channels: { whatsapp: heard(TEN) } }),
      state({ channels: { whatsapp: heard(TEN - HOUR, 2), sms: heard(null, 1) } }),
    )
    expect(channelState(joined, WHATSAPP)).toEqual(heard(TEN))
    expect(channelState(joined, SMS)).toEqual(heard(null, 1))
    const other = joinStates(state({ channels: { whatsapp: heard(null, 1) } }), state({ channels: { whatsapp: heard(TEN) } }))
    expect(channelState(other, WHATSAPP).inboundAt).toBe(TEN)
  })

  it('count what was left unanswered where the customer never wrote', () => {
    const joined = joinStates(state({ channels: { whatsapp: heard(null, 1) } }), state({ channels: { whatsapp: heard(null, 3) } }))
    expect(channelState(joined, WHATSAPP).unanswered).toBe(3)
  })

  it('keep the newer refusal of marketing, whichever side it was said to', () => {
    expect(joinStates(state({}), state({ marketingRefusedAt: TEN })).marketingRefusedAt).toBe(TEN)
    expect(joinStates(state({ marketingRefusedAt: TEN }), state({ marketingRefusedAt: TEN - HOUR })).marketingRefusedAt).toBe(TEN)
  })

  it('go on with the journey, the topic and the disclosure of the living one', () => {
    const alive = state({ topic: 'bagages', disclosed: true, runs: 1 })
    const joined = joinStates(alive, state({ topic: 'retard', disclosed: false, runs: 4 }))
    expect(joined).toMatchObject({ topic: 'bagages', disclosed: true, journey: null, runs: 4 })
  })

  it('leave a person who writes the window that opened under the other address', async () => {
    const person = await openPerson()
    person.writes('bonjour', TEN)
    const quiet = { channels: { sms: heard(TEN - HOUR) }, marketingRefusedAt: TEN - HOUR }
    const change = person.happens('merged', { other: 'con_2' as ContactId, state: quiet }, TEN + HOUR)
    const after = change.state as ConversationState
    expect([channelState(after, WHATSAPP).inboundAt, channelState(after, SMS).inboundAt]).toEqual([TEN, TEN - HOUR])
    expect(after.marketingRefusedAt).toBe(TEN - HOUR)
    expect([change.messages, change.outbox]).toEqual([[], []])
  })
})
