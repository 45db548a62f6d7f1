/** What stays with a message when its plan goes on, whatever made it wait, fail or stand still before. */
import { describe, expect, it } from 'vitest'
import { MINUTE, WHATSAPP } from '../../../tests/support/deciding.ts'
import { EMAIL, openReach, type Reached, refusal, SMS, step, THREE } from '../../../tests/support/reaching.ts'
import type { MessageId } from '../../core/ids.ts'

const agreed = async (options: Parameters<typeof openReach>[0]) => {
  const one = await openReach(options)
  await one.writes(WHATSAPP, 'bonjour')
  await one.sends(WHATSAPP)
  for (const kind of ['sms', 'email']) await one.agrees(kind)
  const before = one.thread().length
  return Object.assign(one, {
    since: () =>
      one
        .thread()
        .slice(before)
        .map((line) => line.slice(0, line.indexOf(':'))),
  })
}
const rowsOf = (one: Reached) => [...one.shared.messages.values()].filter((row) => row.direction === 'out')
const lastOf = (one: Reached) => {
  const last = rowsOf(one).at(-1)
  if (!last) throw new Error('nothing was said')
  return last
}
const PLAN = { plans: { utility: THREE } }
const TEMPLATE = {
  type: 'template',
  name: 'answer_ready',
  language: 'fr',
  parameters: { 1: 'Nour', 2: 'Lisbonne' },
  text: 'Bonjour Nour, votre billet pour Lisbonne est prêt.',
} as const

describe('a step after a receipt that says failed', () => {
  it('does not leave once it is of no use', async () => {
    const one = await agreed(PLAN)
    const message = await one.api('Votre code.', { until: one.now() + 5 * MINUTE })
    await one.sends(WHATSAPP)
    await one.pass(6 * MINUTE)
    await one.receipt(message, 'failed', refusal())
    expect(one.waiting()).toEqual([])
  })

  it('is about the same order', async () => {
    const one = await agreed(PLAN)
    const message = await one.api('Votre billet.', { reference: 'order-1' })
    await one.sends(WHATSAPP)
    await one.receipt(message, 'failed', refusal())
    expect([one.since(), lastOf(one).reference]).toEqual([['whatsapp failed', 'sms queued'], 'order-1'])
  })
})

describe('a template', () => {
  it('is its words where what a business begins starts on a channel without templates', async () => {
    const one = await agreed({ plans: { default: THREE } })
    await one.writes(SMS, 'bonjour')
    await one.sends(SMS)
    await one.api('', { content: TEMPLATE })
    expect([one.since().at(-1), lastOf(one).content]).toEqual(['sms queued', { type: 'text', text: TEMPLATE.text }])
  })

  it('is its words there too where no plan is followed', async () => {
    const one = await agreed({ plans: {} })
    await one.api('', { content: TEMPLATE, channel: SMS })
    expect(lastOf(one).content).toEqual({ type: 'text', text: TEMPLATE.text })
  })
})

describe('what is called off', () => {
  it('is not said once more because nobody knows of the first', async () => {
    const one = await agreed({ plans: {}, unknown: { utility: 'resend' } })
    const message = await one.api('Votre rendez-vous est à 10 h.')
    await one.sends(WHATSAPP, { type: 'unknown', cause: 'timeout' })
    await one.happens('action', { action: 'cancel', agent: 'api:shop', message, first: message })
    await one.pass(3 * MINUTE)
    expect(await one.sends(WHATSAPP)).toEqual([])
  })
})

describe('a send for later', () => {
  it('is not forgotten, however many wait: the one too many is refused', async () => {
    const one = await agreed({ plans: {} })
    const sendAt = one.now() + MINUTE
    const all: MessageId[] = []
    for (let n = 0; n <= 100; n++) all.push(await one.api(`rappel ${n}`, { sendAt }))
    expect(one.shared.messages.get(all[100] as MessageId)?.status).toBe('refused')
    await one.pass(MINUTE)
    expect(one.shared.messages.get(all[0] as MessageId)?.status).not.toBe('postponed')
  })

  it('goes on after the step it left by, not by that step again', async () => {
    const one = await agreed(PLAN)
    const message = await one.api('Votre rendez-vous.', { sendAt: one.now() + MINUTE })
    await one.pauses(WHATSAPP, true)
    await one.pass(MINUTE)
    await one.sends(SMS)
    await one.receipt(message, 'failed', refusal('30003'))
    expect(one.since()).toEqual(['sms failed', 'email queued'])
  })
})

describe('what a cut keeps for want of another way', () => {
  it.each([
    ['agree to one', (one: Reached) => one.agrees('sms')],
    ['write on one', (one: Reached) => one.writes(SMS, 'toujours là ?')],
  ])('goes that way once they %s', async (_, act) => {
    const one = await openReach(PLAN)
    await one.writes(WHATSAPP, 'bonjour')
    await one.sends(WHATSAPP)
    await one.api('Votre billet.')
    await one.turnsInto(WHATSAPP, 'cut')
    expect(one.waiting()).toEqual(['whatsapp queued'])
    await act(one)
    await one.strands()
    expect(one.waiting().filter((line) => line.startsWith('whatsapp'))).toEqual([])
  })
})

describe('a plan that takes the channel they write on before its turn', () => {
  it('comes back to the step it left out, once', async () => {
    const one = await agreed(PLAN)
    await one.api('Votre billet.')
    await one.sends(WHATSAPP)
    await one.pass(1)
    await one.writes(EMAIL, 'où est mon billet ?')
    await one.sends(EMAIL)
    await one.pass(10 * MINUTE)
    expect(one.waiting()).toEqual(['email queued'])
    await one.sends(EMAIL, { type: 'refused', refusal: refusal('550') })
    expect(one.waiting()).toEqual(['sms queued'])
    await one.sends(SMS, { type: 'refused', refusal: refusal('30003') })
    expect([one.waiting(), one.alerts().at(-1)]).toEqual([[], 'unreached'])
  })
})

describe('a held step that a person lets go', () => {
  it('stays in its plan: a cut moves it on, and asks once', async () => {
    const one = await agreed({ plans: { utility: [step(WHATSAPP), step(SMS), step(EMAIL)] } })
    const first = await one.api('Votre billet.')
    await one.sends(WHATSAPP, { type: 'refused', refusal: refusal() })
    const sms = lastOf(one)
    const [claimed] = await one.claims(SMS)
    const row = one.shared.messages.get(sms.id)
    if (!claimed || !row) throw new Error('nothing waits')
    // Held at the last moment, by a rule that dispatch alone could see.
    one.shared.outbox.delete(sms.id)
    one.shared.messages.set(sms.id, { ...row, status: 'held' })
    const intent = { message: sms.id, channel: SMS, content: row.content, category: 'utility' as const, plan: 'utility' }
    await one.happens('action', { action: 'release', agent: 'agent:a', message: sms.id, first, intent })
    expect(one.waiting()).toEqual(['sms queued'])
    await one.turnsInto(SMS, 'cut')
    expect(one.waiting()).toEqual(['email queued'])
    expect(lastOf(one).reach).toMatchObject({ first })
  })
})
