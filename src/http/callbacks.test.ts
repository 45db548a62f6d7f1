/** The call centre's list by the API, where two people act at once. */
import { expect, it } from 'vitest'
import { CONTACT, CONVERSATION, MESSAGE, message, open, reading } from '../../tests/support/api.ts'
import { NOON } from '../../tests/support/rooms.ts'
import type { CallOutcome } from '../core/callback.ts'
import { asId, type CallbackId, type ChannelId, type VendorId } from '../core/ids.ts'
import type { CallbackView } from '../core/reading.ts'

const ID = asId<CallbackId>(`cal_${MESSAGE.slice(4)}`)
const taken: CallbackView = {
  id: ID,
  message: MESSAGE,
  channel: 'calls' as ChannelId,
  number: '+33144000042',
  windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1_440 }],
  timezone: 'Europe/Paris',
  category: 'service',
  topic: 'Dossier 42',
  step: null,
  summary: null,
  since: NOON,
  from: NOON,
  tries: 0,
  mostTries: 2,
  state: 'taken',
  takenBy: 'agent:agent',
  outcome: null,
  note: null,
  closedAt: null,
  contactId: CONTACT,
  conversationId: CONVERSATION,
  name: 'Marie',
  language: 'fr',
  words: [],
}
const closed = (outcome: CallOutcome): CallbackView => ({ ...taken, state: 'closed', takenBy: null, outcome, closedAt: NOON })

/** Somebody closes it as reached; it was `taken` when they looked, and is `then` once their act was decided on. */
const close = async (then: CallbackView) => {
  const views = [taken, then]
  const target = asId<VendorId>('call:att_1')
  const house = await open({
    reading: { ...reading, message: async () => ({ ...message, vendorId: target }), callback: async () => views.shift() ?? then },
  })
  const answer = await house.call('agent', 'POST', `/callbacks/${ID}/close`, { outcome: 'reached' })
  return { status: answer.status, appended: house.appended }
}

it('what the message hears of a call is left to the turn that decides whether it was closed', async () => {
  const { status, appended } = await close(closed('reached'))
  expect(status).toBe(200)
  expect(appended).toMatchObject([{ receipts: [], own: [{ body: { act: 'close', outcome: 'reached', target: 'call:att_1' } }] }])
})

it.each([
  ['was closed otherwise', closed('wrong-number')],
  ['was given back and taken by another', { ...taken, takenBy: 'agent:zoe' }],
])('whoever closes what meanwhile %s is told that nothing was done', async (_, then) => {
  expect((await close(then)).status).toBe(409)
})
