/** Reach plans: where a message starts, when its plan goes on and when it ends, what a cut moves, and what comes late. */
import { describe, expect, it } from 'vitest'
import { MINUTE, WHATSAPP } from '../../../tests/support/deciding.ts'
import { EMAIL, openReach, refusal, SMS, step, THREE } from '../../../tests/support/reaching.ts'

const text = (line: string) => line.slice(0, line.indexOf(':'))
const agreed = async (options: Parameters<typeof openReach>[0]) => {
  const reached = await openReach(options)
  await reached.writes(WHATSAPP, 'bonjour')
  await reached.sends(WHATSAPP)
  for (const kind of ['sms', 'email']) await reached.agrees(kind)
  const before = reached.thread().length
  return Object.assign(reached, { since: () => reached.thread().slice(before).map(text) })
}
const PLAN = { plans: { utility: THREE } }

describe('a message with a plan', () => {
  it('goes on once the wait is over and nothing was delivered', async () => {
    const one = await agreed(PLAN)
    await one.api('Votre billet est prêt.')
    await one.sends(WHATSAPP)
    await one.pass(10 * MINUTE - 1)
    expect(one.since()).toEqual(['whatsapp accepted'])
    await one.pass(1)
    expect(one.since()).toEqual(['whatsapp accepted', 'sms queued'])
    await one.sends(SMS)
    await one.pass(10 * MINUTE)
    expect(one.since()).toEqual(['whatsapp accepted', 'sms accepted', 'email queued'])
  })

  it('stays where it was delivered', async () => {
    const one = await agreed(PLAN)
    const message = await one.api('Votre billet est prêt.')
    await one.sends(WHATSAPP)
    await one.receipt(message, 'delivered')
    await one.pass(60 * MINUTE)
    expect(one.since()).toEqual(['whatsapp delivered'])
  })

  it('needs to be read where its step says so', async () => {
    const one = await agreed({ plans: { utility: [step(WHATSAPP, { waitMs: MINUTE, success: 'read' }), step(SMS)] } })
    const message = await one.api('Votre code.')
    await one.sends(WHATSAPP)
    await one.receipt(message, 'delivered')
    await one.pass(MINUTE)
    expect(one.since()).toEqual(['whatsapp delivered', 'sms queued'])
  })

  it('ends when the customer writes who has had it; who has not gets it where they write', async () => {
    const read = await agreed({ plans: { utility: [step(WHATSAPP, { waitMs: MINUTE, success: 'read' }), step(SMS)] } })
    const message = await read.api('Votre billet est prêt.')
    await read.sends(WHATSAPP)
    await read.receipt(message, 'delivered')
    await read.pass(1)
    await read.writes(WHATSAPP, 'merci')
    await read.pass(60 * MINUTE)
    expect(read.since().filter((line) => line.startsWith('sms'))).toEqual([])
    const one = await agreed(PLAN)
    await one.api('Votre billet est prêt.')
    await one.sends(WHATSAPP)
    await one.pass(MINUTE)
    await one.writes(EMAIL, 'où est mon billet ?')
    await one.sends(EMAIL)
    await one.pass(10 * MINUTE)
    expect(one.since()).toEqual(['whatsapp accepted', 'email accepted', 'email queued'])
  })

  it('of an offer ends when they write anything at all; a machine that answers for them is no customer', async () => {
    const offered = async (automatic: boolean) => {
      const one = await agreed({ plans: { marketing: [step(WHATSAPP, { waitMs: 10 * MINUTE }), step(SMS)] } })
      for (const kind of ['whatsapp', 'sms']) await one.agrees(kind, 'marketing')
      const offer = {
        type: 'template',
        name: 'early_booking_offer',
        language: 'fr',
        parameters: {},
        text: 'Lisbonne dès 90 €. STOP pour ne plus en recevoir',
      } as const
      await one.api('', { category: 'marketing', content: offer })
      await one.sends(WHATSAPP)
      await one.pass(1)
      await one.writes(EMAIL, 'bonjour', { automatic })
      await one.pass(60 * MINUTE)
      return one.since().filter((line) => line.startsWith('sms'))
    }
    expect([await offered(false), await offered(true)]).toEqual([[], ['sms queued']])
  })

  it('takes the next step at once where it certainly failed, by answer or by receipt', async () => {
    const one = await agreed(PLAN)
    await one.api('Votre billet est prêt.')
    await one.sends(WHATSAPP, { type: 'refused', refusal: refusal() })
    expect(one.since()).toEqual(['whatsapp failed', 'sms queued'])
    const [sms] = await one.sends(SMS)
    await one.receipt(sms?.message as never, 'failed', refusal('30003'))
    expect(one.since()).toEqual(['whatsapp failed', 'sms failed', 'email queued'])
  })

  it('never goes on from what nobody knows of: only after its time to be reconciled, as `unknown:` says', async () => {
    const one = await agreed({ ...PLAN, unknown: { utility: 'resend' } })
    await one.api('Votre billet est prêt.')
    await one.sends(WHATSAPP, { type: 'unknown', cause: 'timeout' })
    await one.pass(2 * MINUTE - 1)
    expect(one.since()).toEqual(['whatsapp unknown'])
    await one.pass(1)
    expect(one.since()).toEqual(['whatsapp unknown', 'sms queued flagged'])
    const parked = await agreed({ ...PLAN, unknown: { utility: 'park' } })
    await parked.api('Votre billet est prêt.')
    await parked.sends(WHATSAPP, { type: 'unknown', cause: 'timeout' })
    await parked.pass(60 * MINUTE)
    expect(parked.since()).toEqual(['whatsapp unknown'])
    expect(parked.alerts()).toContain('send-unknown')
  })

  it('waits on while it is on its way', async () => {
    const one = await agreed({ plans: { utility: [step(WHATSAPP, { waitMs: MINUTE }), step(SMS)] } })
    await one.api('Votre billet est prêt.')
    const claimed = await one.claims(WHATSAPP)
    await one.pass(2 * MINUTE)
    expect(one.since()).toEqual(['whatsapp sending'])
    await one.settles(claimed, { type: 'accepted', vendorId: 'v.1' as never })
    await one.pass(MINUTE)
    expect(one.since()).toEqual(['whatsapp accepted', 'sms queued'])
  })

  it('of a machine stands still while automation is paused, and waits anew when it goes on', async () => {
    const one = await agreed({ plans: { default: [step(WHATSAPP, { waitMs: 10 * MINUTE }), step(SMS)] } })
    for (const { id, direction } of one.shared.messages.values()) if (direction === 'out') await one.receipt(id, 'delivered')
    const question = { channel: WHATSAPP, message: 'wamid' as never, text: 'Quand ?' }
    const answer = { text: 'Demain.', engine: 'main', ai: true, citations: [] }
    await one.happens('thought', { epoch: 0, question, visit: null, attempts: [], answer })
    await one.sends(WHATSAPP)
    const turnSwitch = (paused: boolean) =>
      one.store.turnSwitch({ id: `evt_ai_${paused}` as never, what: 'ai', paused, reason: 'test' }, one.now())
    await turnSwitch(true)
    await one.pass(60 * MINUTE)
    await turnSwitch(false)
    await one.pass(10 * MINUTE - 1)
    expect(one.since()).toEqual(['whatsapp accepted'])
    await one.pass(MINUTE)
    expect(one.since()).toEqual(['whatsapp accepted', 'sms queued'])
  })

  it('is called for a person where nothing is left', async () => {
    const one = await agreed({ plans: { utility: [step(WHATSAPP), step(SMS)] } })
    await one.api('Votre billet est prêt.')
    await one.sends(WHATSAPP, { type: 'refused', refusal: refusal() })
    await one.sends(SMS, { type: 'refused', refusal: refusal('30006') })
    expect(one.alerts()).toContain('unreached')
    expect([...one.shared.conversations.values()][0]?.waitingSince).not.toBeNull()
  })

  it('is said anew on each channel: what one channel made of it is not what the next one carries', async () => {
    const one = await agreed(PLAN)
    await one.pass(25 * 60 * MINUTE)
    await one.writes(SMS, 'une question sur Lisbonne')
    await one.sends(SMS)
    await one.api('Votre billet pour Lisbonne est prêt.', { channel: WHATSAPP })
    const rows = [...one.shared.messages.values()].filter((row) => row.direction === 'out' && row.channel === WHATSAPP)
    expect(rows.at(-1)?.content.type).toBe('template')
    await one.sends(WHATSAPP, { type: 'refused', refusal: refusal() })
    expect(one.thread().at(-1)).toBe('sms queued: Votre billet pour Lisbonne est prêt.')
  })
})

describe('a step', () => {
  it('is passed by where the person has no address, has not agreed, its condition is false or its channel is stopped', async () => {
    const addresses = [{ kind: 'whatsapp', value: '+33612345678' } as const, { kind: 'email', value: 'nour@example.fr' } as const]
    const bare = await openReach({ ...PLAN, addresses })
    await bare.writes(WHATSAPP, 'bonjour')
    await bare.sends(WHATSAPP)
    await bare.agrees('email')
    await bare.api('Votre billet.')
    await bare.sends(WHATSAPP, { type: 'refused', refusal: refusal() })
    expect(text(bare.thread().at(-1) ?? '')).toBe('email queued')
    const reach = [...bare.shared.messages.values()].at(-1)?.reach
    expect(reach).toMatchObject({ plan: 'utility', step: 2, relayed: true, passed: [{ channel: 'sms', why: 'no-address' }] })

    const shy = await agreed(PLAN)
    await shy.agrees('sms', 'service', false)
    await shy.api('Votre billet.')
    await shy.sends(WHATSAPP, { type: 'refused', refusal: refusal() })
    expect(shy.since()).toEqual(['whatsapp failed', 'email queued'])
    expect([...shy.shared.messages.values()].at(-1)?.reach?.passed).toEqual([{ channel: 'sms', why: 'business/second-channel' }])

    const choosy = await agreed({ plans: { utility: [step(WHATSAPP), step(SMS, { if: 'message.category == "marketing"' }), step(EMAIL)] } })
    await choosy.turnsInto(EMAIL, 'cut')
    await choosy.api('Votre billet.')
    await choosy.sends(WHATSAPP, { type: 'refused', refusal: refusal() })
    expect([choosy.since(), choosy.alerts().includes('unreached')]).toEqual([['whatsapp failed'], true])
  })

  it('onto a channel they never agreed to is never taken', async () => {
    const one = await openReach(PLAN)
    await one.writes(WHATSAPP, 'bonjour')
    await one.sends(WHATSAPP)
    await one.api('Votre billet.')
    await one.sends(WHATSAPP)
    await one.pass(60 * MINUTE)
    expect(one.thread().filter((line) => !line.startsWith('whatsapp'))).toEqual([])
  })
})

describe('a STOP between two steps', () => {
  it('ends the plan of an offer', async () => {
    const one = await agreed({ plans: { marketing: [step(WHATSAPP, { waitMs: 10 * MINUTE }), step(SMS)] } })
    for (const kind of ['whatsapp', 'sms']) await one.agrees(kind, 'marketing')
    const offer = {
      type: 'template',
      name: 'early_booking_offer',
      language: 'fr',
      parameters: {},
      text: 'Lisbonne dès 90 €. STOP pour ne plus en recevoir',
    } as const
    await one.api('', { category: 'marketing', content: offer })
    await one.sends(WHATSAPP)
    await one.pass(10 * MINUTE)
    expect(one.since()).toEqual(['whatsapp accepted', 'sms queued'])
    await one.sends(SMS)
    await one.api('', { category: 'marketing', content: offer })
    await one.sends(WHATSAPP)
    // The platform's own switch: nobody wrote.
    await one.agrees('whatsapp', 'marketing', false)
    await one.pass(60 * MINUTE)
    expect(one.since()).toEqual(['whatsapp accepted', 'sms accepted', 'whatsapp accepted'])
  })
})

describe('where a message starts', () => {
  it('is the channel they wrote on; its plan goes on after that step', async () => {
    const one = await agreed({ plans: { default: THREE } })
    await one.writes(SMS, 'bonjour')
    expect(one.since().at(-1)).toBe('sms queued')
    await one.sends(SMS, { type: 'refused', refusal: refusal('30003') })
    expect(one.since().at(-1)).toBe('email queued')
  })

  it('is the head of the plan that a call names, or the first step that can be taken', async () => {
    const one = await agreed({ plans: { code: [step(SMS, { waitMs: MINUTE }), step(EMAIL)] } })
    await one.api('Votre code', { category: 'authentication', plan: 'code' })
    expect(one.since()).toEqual(['sms queued'])
    await one.sends(SMS)
    await one.pauses(SMS, true)
    await one.api('Votre code', { category: 'authentication', plan: 'code' })
    expect(one.since()).toEqual(['sms accepted', 'email queued'])
  })

  it('is nowhere else where no plan names its channel', async () => {
    const one = await agreed({ plans: { utility: [step(SMS), step(EMAIL)] } })
    await one.api('Votre billet.', { channel: WHATSAPP })
    await one.sends(WHATSAPP, { type: 'refused', refusal: refusal() })
    expect(one.since()).toEqual(['whatsapp failed'])
  })
})

describe('a channel that is cut', () => {
  it('loses what waits there to the next step, in order, and none twice', async () => {
    const one = await agreed(PLAN)
    for (const n of [1, 2]) await one.api(`numéro ${n}`)
    await one.turnsInto(WHATSAPP, 'cut')
    await one.api('numéro 3')
    const sent = await one.sends(SMS)
    expect(sent.map(({ content }) => ('text' in content ? content.text : ''))).toEqual([1, 2, 3].map((n) => `numéro ${n}`))
    await one.turnsInto(WHATSAPP, 'healthy')
    expect(await one.sends(WHATSAPP)).toEqual([])
    expect(one.waiting()).toEqual([])
  })

  it('keeps what is on its way; what waits behind it is sent after it', async () => {
    const one = await agreed(PLAN)
    await one.api('numéro 1')
    await one.api('numéro 2')
    const claimed = await one.claims(WHATSAPP)
    await one.turnsInto(WHATSAPP, 'cut')
    expect(one.waiting()).toEqual(['whatsapp sending', 'sms queued'])
    expect(await one.sends(SMS)).toEqual([])
    await one.settles(claimed, { type: 'accepted', vendorId: 'v.1' as never })
    expect((await one.sends(SMS)).length).toBe(1)
  })

  it('keeps what has no other way, with one alert, and sends it when it heals', async () => {
    const one = await openReach(PLAN)
    await one.writes(WHATSAPP, 'bonjour')
    await one.sends(WHATSAPP)
    for (const n of [1, 2]) await one.api(`numéro ${n}`)
    await one.turnsInto(WHATSAPP, 'cut')
    await one.turnsInto(WHATSAPP, 'cut')
    expect([one.waiting(), one.alerts().filter((about) => about === 'stranded')]).toEqual([
      ['whatsapp queued', 'whatsapp queued'],
      ['stranded'],
    ])
    await one.turnsInto(WHATSAPP, 'healthy')
    expect((await one.sends(WHATSAPP)).length).toBe(2)
  })

  it('is asked again for what is stuck when another channel heals', async () => {
    const one = await agreed(PLAN)
    await one.turnsInto(SMS, 'cut')
    await one.turnsInto(EMAIL, 'cut')
    await one.api('numéro 1')
    await one.turnsInto(WHATSAPP, 'cut')
    expect(one.waiting()).toEqual(['whatsapp queued'])
    await one.pass(1)
    await one.turnsInto(EMAIL, 'healthy')
    expect(one.waiting()).toEqual(['email queued'])
  })

  it('moves nothing automatic of an owner who has the conversation no more', async () => {
    const one = await agreed({ plans: { default: THREE } })
    await one.writes(WHATSAPP, 'bonjour')
    expect(one.waiting()).toEqual(['whatsapp queued'])
    await one.happens('action', { action: 'take', agent: 'agent:lea' })
    await one.turnsInto(WHATSAPP, 'cut')
    expect(one.waiting()).toEqual([])
  })
})

describe('what is delivered after its plan went on', () => {
  it('is told, and what has not left in its stead stays', async () => {
    const one = await agreed(PLAN)
    const message = await one.api('Votre billet.')
    await one.sends(WHATSAPP)
    await one.pass(10 * MINUTE)
    await one.receipt(message, 'delivered')
    expect(one.since()).toEqual(['whatsapp delivered', 'sms cancelled'])
    expect(one.shared.events.filter(({ kind }) => kind === 'message.late').length).toBe(1)
    expect(one.shared.messages.get(message)?.lateAt).toBe(one.now())
    await one.pass(60 * MINUTE)
    expect(one.since().length).toBe(2)
  })

  it('is told where the other had left, and ends the plan', async () => {
    const one = await agreed(PLAN)
    const message = await one.api('Votre billet.')
    await one.sends(WHATSAPP)
    await one.pass(10 * MINUTE)
    await one.sends(SMS)
    await one.receipt(message, 'delivered')
    await one.receipt(message, 'read')
    await one.pass(60 * MINUTE)
    expect(one.since()).toEqual(['whatsapp read', 'sms accepted'])
    expect(one.shared.events.filter(({ kind }) => kind === 'message.late').length).toBe(1)
  })
})
