import { describe, expect, it } from 'vitest'
import { accountId, makeBench, numberId, templates, token } from './fixture.ts'

const text = (body: string) => ({ type: 'text', text: { body } })
const button = (id: string, title = id) => ({ type: 'reply', reply: { id, title } })
const buttons = (...given: unknown[]) => ({
  type: 'interactive',
  interactive: { type: 'button', body: { text: 'Que voulez-vous ?' }, action: { buttons: given } },
})
const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `r${n}`, title: `Ligne ${n}` }))
const list = (...sections: unknown[]) => ({
  type: 'interactive',
  interactive: { type: 'list', body: { text: 'Choisissez' }, action: { button: 'Voir', sections } },
})
const template = (name: string, parameters: unknown[] = [], language = 'fr') => ({
  type: 'template',
  template: { name, language: { code: language }, ...(parameters.length > 0 ? { components: [{ type: 'body', parameters }] } : {}) },
})
const value = (given: string) => ({ type: 'text', text: given })

/** A bench on which one customer has just written. */
function open(options = {}) {
  const bench = makeBench(options)
  const user = bench.simulator.user({ phone: '+33699000001', name: 'Camille' })
  user.sendText('Bonjour')
  return { ...bench, user }
}

describe('an accepted message', () => {
  it('answers with a wamid, shows on the phone, and tells sent, delivered and read', async () => {
    const { send, user, clock, statuses, simulator } = open()
    const reply = await send({ ...text('Bonjour Camille'), biz_opaque_callback_data: 'att_1' })
    expect(reply.status).toBe(200)
    expect(reply.json).toMatchObject({
      messaging_product: 'whatsapp',
      contacts: [{ input: '+33699000001', wa_id: '33699000001' }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    })
    expect(user.received).toEqual([])
    await clock.advance(150)
    expect(user.received.map((line) => line.text)).toEqual(['Bonjour Camille'])
    user.read()
    await clock.settle()
    expect(statuses().map((one) => [one.status, one.recipient_id, one.recipient_user_id, one.biz_opaque_callback_data])).toEqual(
      ['sent', 'delivered', 'read'].map((status) => [status, '33699000001', user.person.userId, 'att_1']),
    )
    expect(statuses().map((one) => typeof one.timestamp)).toEqual(['string', 'string', 'string'])
    expect(statuses().map((one) => 'pricing' in one)).toEqual([true, true, false])
    expect(simulator.ledger.attempt('att_1')).toMatchObject([{ status: 200, shownAt: clock.now(), failed: null, refused: null }])
  })

  it('skips delivered, and prices read, when the phone reads at once', async () => {
    const { send, user, clock, statuses } = open()
    user.readAtOnce()
    await send(text('a'))
    await clock.advance(200)
    expect(statuses().map((one) => [one.status, 'pricing' in one])).toEqual([
      ['sent', true],
      ['read', true],
    ])
  })

  it('waits for a phone that is off', async () => {
    const { send, user, clock, statuses } = open()
    user.goOffline()
    await send(text('a'))
    await clock.advance(10_000)
    expect(statuses().map((one) => one.status)).toEqual(['sent'])
    user.goOnline()
    await clock.settle()
    expect(statuses().map((one) => one.status)).toEqual(['sent', 'delivered'])
  })

  it.each([
    ['buttons', buttons(button('a'), button('b'), button('c'))],
    [
      'a list of ten rows',
      list({ title: 'Un', rows: rows(5) }, { title: 'Deux', rows: rows(5).map((row) => ({ ...row, id: `x${row.id}` })) }),
    ],
    [
      'a link',
      {
        type: 'interactive',
        interactive: {
          type: 'cta_url',
          body: { text: 'Voir' },
          action: { name: 'cta_url', parameters: { display_text: 'Ouvrir', url: 'https://example.fr' } },
        },
      },
    ],
    ['an image by link', { type: 'image', image: { link: 'https://example.fr/a.jpg', caption: 'Plage' } }],
    ['a location', { type: 'location', location: { latitude: 48.85, longitude: 2.35, name: 'Agence' } }],
    ['contacts', { type: 'contacts', contacts: [{ name: { formatted_name: 'Agence', first_name: 'Agence' }, phones: [] }] }],
    ['a template', template('trip_update', [value('Camille'), value('3 mai')])],
    ['a template with named values', template('named', [{ ...value('Camille'), parameter_name: 'prenom' }])],
  ])('may be %s', async (_, body) => {
    const { send, user, clock } = open()
    const reply = await send(body)
    expect(reply.json.error).toBeUndefined()
    expect(reply.status).toBe(200)
    await clock.advance(200)
    expect(user.received).toHaveLength(1)
  })

  it('fills a template in as the phone shows it', async () => {
    const { send, user, clock } = open()
    await send({ ...template('trip_update', [value('Camille'), value('3 mai')]) })
    await clock.advance(200)
    expect(user.received[0]).toMatchObject({ text: 'Votre voyage\n\nBonjour Camille, votre départ est le 3 mai.\n\nVoyages Lumière' })
    expect(user.received[0]?.buttons).toMatchObject([{ label: 'Parler à quelqu’un' }])
  })

  it('goes to a user id by `recipient`, and then names no number', async () => {
    const { simulator, send, clock, statuses } = makeBench()
    const user = simulator.user({ userId: 'FR.13491208655302741918', name: 'Inconnue', username: 'luciole' })
    user.sendText('Bonjour')
    const reply = await send({ to: undefined, recipient: user.person.userId, ...text('Bonjour') })
    expect(reply.json).toMatchObject({ contacts: [{ input: user.person.userId, user_id: user.person.userId }] })
    expect(reply.text).not.toContain('wa_id')
    await clock.advance(200)
    for (const status of statuses()) {
      expect(status).not.toHaveProperty('recipient_id')
      expect(status).toMatchObject({ recipient_user_id: user.person.userId })
    }
  })

  it('puts the business’s own calling code before a number without plus', async () => {
    const { send, clock, user, simulator } = open()
    await send({ to: '0699000001', ...text('a') })
    await clock.advance(200)
    expect(user.received).toHaveLength(1)
    const abroad = simulator.user({ phone: '+4915112345678', name: 'Jonas' })
    abroad.sendText('Hallo')
    await send({ to: '4915112345678', ...text('a') })
    await clock.advance(200)
    expect(abroad.received).toEqual([])
    expect(simulator.ledger.sends.at(-1)).toMatchObject({ failed: 131026 })
  })

  it('reacts to a message, and takes the reaction back', async () => {
    const { send, user, clock } = open()
    const [question] = user.thread
    await send({ type: 'reaction', reaction: { message_id: question?.id, emoji: '👍' } })
    await clock.advance(200)
    expect(user.thread[0]?.reactions).toEqual([{ by: 'business', emoji: '👍' }])
    await send({ type: 'reaction', reaction: { message_id: question?.id, emoji: '' } })
    await clock.advance(200)
    expect(user.thread[0]?.reactions).toEqual([])
  })
})

describe('a read mark', () => {
  it('marks this and the earlier messages, and shows typing for 25 s', async () => {
    const { send, user, clock } = open()
    const id = user.sendText('Il y a quelqu’un ?')
    const reply = await send({ to: undefined, status: 'read', message_id: id, typing_indicator: { type: 'text' } })
    expect(reply.json).toEqual({ success: true })
    expect(user.thread.map((line) => line.readAt)).toEqual([clock.now(), clock.now()])
    expect(user.isTyping).toBe(true)
    await clock.advance(25_000)
    expect(user.isTyping).toBe(false)
  })

  it('knows its messages', async () => {
    const { send } = open()
    expect((await send({ to: undefined, status: 'read', message_id: 'wamid.none' })).json.error?.code).toBe(131009)
    expect((await send({ to: undefined, status: 'read' })).json.error?.code).toBe(131008)
  })
})

describe('a refusal at once', () => {
  const many = 'é'.repeat(4097)
  it.each<[string, number, number, Record<string, unknown>]>([
    ['no product', 100, 400, { messaging_product: undefined, ...text('a') }],
    ['no recipient', 100, 400, { to: undefined, ...text('a') }],
    ['no content', 131008, 400, { type: 'text' }],
    ['no text', 131008, 400, { type: 'text', text: {} }],
    ['empty text', 100, 400, text('')],
    ['text over 4,096', 100, 400, text(many)],
    ['an unknown type', 131051, 400, { type: 'poll', poll: {} }],
    ['four buttons', 131009, 400, buttons(button('a'), button('b'), button('c'), button('d'))],
    ['no button', 131009, 400, buttons()],
    ['a button label over 20', 131009, 400, buttons(button('a', 'x'.repeat(21)))],
    ['two equal button ids', 131009, 400, buttons(button('a', 'Un'), button('a', 'Deux'))],
    ['two equal button labels', 131009, 400, buttons(button('a', 'Un'), button('b', 'Un'))],
    ['eleven rows', 131009, 400, list({ title: 'Un', rows: rows(11) })],
    ['a row title over 24', 131009, 400, list({ rows: [{ id: 'a', title: 'x'.repeat(25) }] })],
    ['a section without title among several', 131008, 400, list({ rows: rows(1) }, { rows: rows(1) })],
    ['no rows', 131008, 400, list({ rows: [] })],
    ['an unknown interactive type', 131009, 400, { type: 'interactive', interactive: { type: 'carousel' } }],
    ['an unknown media id', 131009, 400, { type: 'image', image: { id: '1' } }],
    ['media without id', 131008, 400, { type: 'image', image: {} }],
    ['a caption over 1,024', 100, 400, { type: 'image', image: { link: 'https://example.fr/a.jpg', caption: 'x'.repeat(1025) } }],
    ['a place off the globe', 131009, 400, { type: 'location', location: { latitude: 95, longitude: 0 } }],
    ['callback data over 512', 100, 400, { ...text('a'), biz_opaque_callback_data: 'x'.repeat(513) }],
    ['an unknown template', 132001, 404, template('nothing')],
    ['a template in another language', 132001, 404, template('offers', [], 'en')],
    ['too few values', 132000, 400, template('trip_update', [value('Camille')])],
    ['too many values', 132000, 400, template('offers', [value('Camille')])],
    ['a value with a new line', 132012, 400, template('trip_update', [value('Cam\nille'), value('x')])],
    ['named values without names', 100, 400, template('named', [value('Camille')])],
    ['the sender itself', 131021, 400, { to: '+33612345678', ...text('a') }],
    ['a malformed user id', 131009, 400, { to: undefined, recipient: '33699000001', ...text('a') }],
  ])('of %s is %i with status %i', async (_, code, status, body) => {
    const { send, clock, user, simulator } = open()
    const reply = await send(body)
    expect(reply.status).toBe(status)
    expect(reply.json.error).toMatchObject({ code, type: 'OAuthException', message: expect.stringContaining(`(#${code})`) })
    expect(reply.json.error).toHaveProperty('fbtrace_id')
    await clock.advance(1000)
    expect(user.received).toEqual([])
    expect(simulator.ledger.sends).toMatchObject([{ status, refused: code, wamid: null, shownAt: null }])
  })

  it('says in `error_data` which product and what is wrong', async () => {
    const { send } = open()
    const reply = await send(buttons(button('a'), button('b'), button('c'), button('d')))
    expect(reply.json.error).toEqual({
      message: '(#131009) Parameter value is not valid',
      type: 'OAuthException',
      code: 131009,
      error_data: { messaging_product: 'whatsapp', details: 'Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3' },
      fbtrace_id: expect.any(String),
    })
  })

  it('of a body that is no JSON object is 100', async () => {
    const { call, simulator } = open()
    const reply = await call('POST', `/v26.0/${numberId}/messages`, { body: '{"to":' })
    expect([reply.status, reply.json.error?.code]).toEqual([400, 100])
    expect(simulator.ledger.sends).toMatchObject([{ type: '?', status: 400, refused: 100 }])
  })

  it.each([
    ['PAUSED', 132015],
    ['DISABLED', 132016],
    ['REJECTED', 132001],
    ['PENDING', 132001],
  ] as const)('of a template that is %s is %i', async (status, code) => {
    const { send } = open({ templates: templates.map((one) => ({ ...one, status })) })
    expect((await send(template('offers'))).json.error?.code).toBe(code)
  })

  it('of an authentication template to a user id is 131062', async () => {
    const { send, user } = open()
    const reply = await send({ to: undefined, recipient: user.person.userId, ...template('code', [value('1234')]) })
    expect(reply.json.error?.code).toBe(131062)
  })

  it.each<[string, number, number, (bench: ReturnType<typeof open>) => void]>([
    ['banned', 131031, 403, ({ simulator }) => simulator.account.ban()],
    ['banned for policy', 368, 403, ({ simulator }) => simulator.account.ban({ code: 368 })],
    ['restricted in answers', 368, 403, ({ simulator }) => simulator.account.restrict(['RESTRICTED_CUSTOMER_INITIATED_MESSAGING'])],
    [
      'not registered',
      133010,
      400,
      ({ simulator }) => {
        simulator.account.registered = false
      },
    ],
    [
      'in maintenance',
      131057,
      500,
      ({ simulator }) => {
        simulator.account.maintenance = true
      },
    ],
    [
      'of a dead token',
      190,
      401,
      ({ simulator }) => {
        simulator.account.tokenValid = false
      },
    ],
  ])('of an account %s is %i with status %i', async (_, code, status, spoil) => {
    const bench = open()
    spoil(bench)
    const reply = await bench.send(text('a'))
    expect([reply.status, reply.json.error?.code]).toEqual([status, code])
  })

  it('of a wrong or missing token is 190', async () => {
    const { call } = open()
    const path = `/v26.0/${numberId}/messages`
    for (const authorization of ['Bearer wrong', '', token]) {
      const reply = await call('POST', path, { body: '{}', headers: { authorization } })
      expect([reply.status, reply.json.error?.code]).toEqual([401, 190])
    }
  })

  it('of an unknown object, edge or version is 100', async () => {
    const { call } = open()
    for (const path of ['/v26.0/1/messages', `/v26.0/${numberId}/nothing`, '/messages', `/v26.0/${accountId}/a/b`]) {
      expect((await call('POST', path, { body: '{}' })).json.error?.code).toBe(100)
    }
  })
})

describe('a failure told later', () => {
  it.each<[string, number, (bench: ReturnType<typeof open>) => Record<string, unknown>]>([
    ['a number not on WhatsApp', 131026, () => ({ to: '+33600000000', ...text('a') })],
    [
      'a person who stopped marketing',
      131050,
      ({ user }) => {
        user.stopMarketing()
        return template('offers')
      },
    ],
    [
      'marketing to the United States',
      131049,
      ({ simulator }) => {
        simulator.user({ phone: '+12125550123', name: 'Ann' }).sendText('Hi')
        return { to: '+12125550123', ...template('offers') }
      },
    ],
  ])('is accepted first: %s ends in %i', async (_, code, prepare) => {
    const bench = open()
    const reply = await bench.send(prepare(bench))
    expect(reply.status).toBe(200)
    await bench.clock.advance(1000)
    expect(bench.statuses()).toMatchObject([{ status: 'failed', errors: [{ code, error_data: { details: expect.any(String) } }] }])
    expect(bench.statuses()[0]).not.toHaveProperty('pricing')
    expect(bench.simulator.ledger.sends.at(-1)).toMatchObject({ status: 200, failed: code, shownAt: null })
  })

  it('lets marketing through to Canada, which shares the code +1', async () => {
    const { simulator, send, clock } = open()
    simulator.user({ phone: '+15145550123', name: 'Luc' }).sendText('Allô')
    await send({ to: '+15145550123', ...template('offers') })
    await clock.advance(1000)
    expect(simulator.ledger.sends.at(-1)?.shownAt).not.toBeNull()
  })

  it('holds marketing back beyond the daily number, except in an open window', async () => {
    const { simulator, send, clock } = makeBench({ marketingPerDay: 1 })
    const user = simulator.user({ phone: '+33699000001', name: 'Camille' })
    for (let n = 0; n < 2; n += 1) await send(template('offers'))
    await clock.advance(1000)
    expect(simulator.ledger.sends.map((one) => one.failed)).toEqual([null, 131049])
    user.sendText('Bonjour')
    await send(template('offers'))
    await clock.advance(1000)
    expect(simulator.ledger.sends.at(-1)?.failed).toBeNull()
  })
})
