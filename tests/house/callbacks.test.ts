/** Call-back requests through a whole house: asked by a customer or a business, taken by one person, closed with what came of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Business, HOUR, MINUTE, openBusiness } from './business.ts'

const CHANNEL = `
  calls:
    kind: callback
    tries: 2
    pauseMinutes: 60
`
const JOURNEY = `journey: call-back
starts:
  - keyword: [rappelez-moi]
steps:
  - ask: number
    say: "À quel numéro ?"
  - choose:
      say: "Quand ?"
      options:
        - { id: am, label: "Le matin", go: am }
        - { id: pm, label: "L’après-midi", go: pm }
  - at: am
    callback: "Rappel demandé"
    number: "{{answers.number}}"
    hours: mon-sun 09:00-12:00
    go: end
  - at: pm
    callback: "Rappel demandé"
    number: "{{answers.number}}"
    hours: mon-sun 14:00-18:00
`
let business: Business
beforeAll(async () => {
  business = await openBusiness({
    changed: {
      'relais.yaml': (text) =>
        text
          .replace('\nengines:', `${CHANNEL}\nengines:`)
          .replace('plans:\n', 'plans:\n  reach:\n    orders: [{ channel: whatsapp, wait: 10m, success: read }, { channel: calls }]\n'),
      'journeys/call-back.yaml': () => JOURNEY,
    },
  })
})
afterAll(() => business.close())

type Request = {
  id: string
  message: string
  number: string
  state: string
  takenBy: string | null
  tries: number
  callableAt: number | null
  topic: string
  outcome: string | null
  words: { content: { text: string } }[]
  windows: unknown
}
const list = async (closed = false): Promise<readonly Request[]> => {
  const { body } = await business.call('agent', 'GET', `/callbacks${closed ? '?closed=true' : ''}`)
  return body.items as Request[]
}
const requestOf = (number: string) => business.until('the request', async () => (await list()).find((one) => one.number === number))
const act = (id: string, name: string, body: object = {}, role: 'agent' | 'admin' = 'agent') =>
  business.call(role, 'POST', `/callbacks/${id}/${name}`, body)
const phoneOf = (user: User) => `+${user.person.phone}`
/** Somebody who writes here and is to be called, in the business's own hours. */
const wished = async (more: object = {}) => {
  const user = business.newcomer()
  await business.greet(user)
  const { status, body } = await business.call('agent', 'POST', '/callbacks', {
    to: { phone: phoneOf(user) },
    about: 'Dossier 42',
    hours: 'mon-sun 08:00-20:00',
    ...more,
  })
  expect(status).toBe(202)
  await business.until('it is in the list', async () => (await list()).some(({ id }) => id === body.id))
  return { user, id: body.id as string, message: body.message as string }
}
const last = (user: User) => user.received.at(-1)?.text ?? ''

describe('who wants to be called back', () => {
  it('says a number and hours, is told when, and stands in the list with their last words', async () => {
    const user = business.newcomer()
    user.sendText('rappelez-moi')
    await business.until('the first question', () => last(user).includes('numéro'))
    user.sendText('01 44 00 00 42')
    await business.until('the second', () => last(user).includes('Quand'))
    user.tapButton('L’après-midi')
    await business.until('the word', () => last(user).includes('un conseiller vous rappelle au +33144000042'))
    expect(last(user)).toContain('aujourd’hui à partir de 14')
    const request = await requestOf('+33144000042')
    expect(request).toMatchObject({ state: 'waiting', windows: [{ from: 840, to: 1080 }], topic: 'Rappel demandé' })
    expect(request.words.map(({ content }) => content.text ?? 'tap')).toEqual(['rappelez-moi', '01 44 00 00 42', 'tap'])
    // Ten in the morning: they agreed to the afternoon.
    const early = await act(request.id, 'take')
    expect([early.status, early.body.code]).toEqual([409, 'not-callable'])
    const { body } = await business.call('agent', 'GET', `/contacts/${(await business.contactOf(user)).id}`)
    expect(body.consents).toContainEqual(
      expect.objectContaining({ channelKind: 'voice', category: 'service', state: 'given', source: 'message' }),
    )
  })

  it('is taken by one person; another comes too late; a vain try comes up again after its pause, and ends after the last', async () => {
    const { user, id, message } = await wished()
    expect((await act(id, 'take')).body).toMatchObject({ state: 'taken', takenBy: 'agent:agent' })
    expect((await act(id, 'take', {}, 'admin')).body.code).toBe('no-effect')
    expect((await act(id, 'close', { outcome: 'reached' }, 'admin')).body.code).toBe('no-effect')
    const vain = await act(id, 'close', { outcome: 'no-answer', note: 'Répondeur.' })
    expect(vain.body).toMatchObject({ state: 'waiting', tries: 1, takenBy: null, note: 'Répondeur.' })
    expect((await act(id, 'take')).body.code).toBe('not-callable')
    business.stage.clock.advance(HOUR)
    expect((await act(id, 'take')).status).toBe(200)
    expect((await act(id, 'close', { outcome: 'no-answer' })).body).toMatchObject({ state: 'closed', outcome: 'no-answer', tries: 2 })
    await business.until('the word', () => last(user).includes('sans réussir à vous joindre'))
    await business.until('the failure', async () => (await business.statusOf(message)) === 'failed')
    expect((await list()).some((one) => one.id === id)).toBe(false)
    expect((await list(true)).some((one) => one.id === id)).toBe(true)
  })

  it('once reached, the message is delivered; given back, anybody may take it', async () => {
    const { id, message } = await wished()
    await act(id, 'take')
    expect((await act(id, 'release')).body.state).toBe('waiting')
    expect((await act(id, 'take', {}, 'admin')).status).toBe(200)
    expect((await act(id, 'close', { outcome: 'reached', note: 'Réglé.' }, 'admin')).body.state).toBe('closed')
    await business.until('the receipt', async () => (await business.statusOf(message)) === 'delivered')
    expect((await act(id, 'close', { outcome: 'done' })).body.code).toBe('no-effect')
  })

  it('refuses: they are told so, it is remembered, and no call follows', async () => {
    const { user, id } = await wished()
    await act(id, 'take')
    await act(id, 'close', { outcome: 'refused' })
    await business.until('the word', () => last(user).includes('nous ne vous appellerons plus'))
    const contact = (await business.contactOf(user)).id
    const { body } = await business.call('agent', 'GET', `/contacts/${contact}`)
    expect(body.consents).toContainEqual(expect.objectContaining({ channelKind: 'voice', state: 'revoked' }))
    const again = await business.call('system', 'POST', '/callbacks', { to: { contactId: contact }, category: 'marketing' })
    expect(again.body).toMatchObject({ status: 'refused', callback: null })
    const { decision } = (await business.call('agent', 'GET', `/messages/${again.body.message}/explanation`)).body as { decision?: unknown }
    expect(decision).toBeUndefined()
    expect(JSON.stringify((await business.decisionsOf(again.body.message as string))[0]?.rulings)).toContain('fr/calls-limits')
  })

  it('comes as the last step of a plan where the other channel did not reach them', async () => {
    const user = business.newcomer()
    const contact = (await business.greet(user)).id
    await business.call('system', 'POST', `/contacts/${contact}/consents`, {
      channelKind: 'voice',
      category: 'service',
      given: true,
      words: 'Appelez-moi.',
    })
    const { body } = await business.call('system', 'POST', '/messages', {
      to: { contactId: contact },
      category: 'service',
      text: 'Votre vol est avancé à 9 h.',
      plan: 'orders',
      reference: 'order-7',
    })
    await business.until('it is delivered', async () => (await business.statusOf(body.id as string)) === 'delivered')
    business.stage.clock.advance(11 * MINUTE)
    const request = await requestOf(phoneOf(user))
    expect(request.topic).toContain('Votre vol est avancé')
    const step = await business.call('agent', 'GET', `/messages/${request.message}`)
    expect(step.body).toMatchObject({ channel: 'calls', reference: 'order-7', reach: { plan: 'orders', step: 1, of: body.id } })
  })

  it('called off, it leaves the list', async () => {
    const { id, message } = await wished()
    await business.call('system', 'POST', `/messages/${message}/cancel`, {})
    expect((await list()).some((one) => one.id === id)).toBe(false)
  })
})

describe('what is asked wrongly', () => {
  it.each([
    ['hours that are none', { hours: 'demain' }, 422],
    ['a number that is none', { number: 'chez moi' }, 422],
    ['an outcome that is none', { outcome: 'maybe' }, 422],
  ])('%s', async (_, more, status) => {
    const to = { phone: '+33612345678' }
    expect((await business.call('agent', 'POST', '/callbacks', { to, ...more })).status).toBe(status)
  })

  it('nobody knows this request, and a business system may not take one', async () => {
    const id = 'cal_019a9b1c-7d2e-7f00-8a00-0123456789ab'
    expect((await act(id, 'take')).status).toBe(404)
    expect((await business.call('system', 'POST', `/callbacks/${id}/take`, {})).status).toBe(403)
  })
})
