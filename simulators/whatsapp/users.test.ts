import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeBench } from './fixture.ts'

function open() {
  const bench = makeBench()
  const user = bench.simulator.user({ phone: '+33699000001', name: 'Camille' })
  return { ...bench, user }
}

const asked = {
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: 'Que voulez-vous ?' },
    action: { buttons: [{ type: 'reply', reply: { id: 'track', title: 'Mon dossier' } }] },
  },
}
const listed = {
  type: 'interactive',
  interactive: {
    type: 'list',
    body: { text: 'Choisissez' },
    action: { button: 'Voir', sections: [{ rows: [{ id: 'spain', title: 'Espagne', description: 'Dès 300 €' }] }] },
  },
}

describe('a person with a phone', () => {
  it('answers by a button with the context of the question', async () => {
    const { user, send, clock, messages } = open()
    user.sendText('Bonjour')
    const reply = await send(asked)
    await clock.advance(200)
    user.tapButton('Mon dossier')
    await clock.settle()
    expect(messages().at(-1)).toMatchObject({
      type: 'interactive',
      interactive: { type: 'button_reply', button_reply: { id: 'track', title: 'Mon dossier' } },
      context: { from: '33612345678', id: reply.json.messages?.[0]?.id },
    })
    expect(() => user.tapButton('Autre')).toThrow('shows no button Autre')
  })

  it('answers by a list row with its description', async () => {
    const { user, send, clock, messages } = open()
    user.sendText('Bonjour')
    await send(listed)
    await clock.advance(200)
    user.tapListRow('spain')
    await clock.settle()
    expect(messages().at(-1)).toMatchObject({
      interactive: { type: 'list_reply', list_reply: { id: 'spain', title: 'Espagne', description: 'Dès 300 €' } },
    })
  })

  it('answers a template’s button with `button`', async () => {
    const { user, send, clock, messages } = open()
    const parameters = ['Camille', '3 mai'].map((text) => ({ type: 'text', text }))
    await send({
      type: 'template',
      template: {
        name: 'trip_update',
        language: { code: 'fr' },
        components: [
          { type: 'body', parameters },
          { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'human' }] },
        ],
      },
    })
    await clock.advance(200)
    user.tapButton('human')
    await clock.settle()
    expect(messages().at(-1)).toMatchObject({ type: 'button', button: { payload: 'human', text: 'Parler à quelqu’un' } })
  })

  it('cannot answer by a button that is a link', async () => {
    const { user, send, clock, simulator } = open()
    const buttons = [{ type: 'URL' as const, text: 'Payer', url: 'https://example.fr/pay' }]
    simulator.templates.put({ name: 'pay', language: 'fr', category: 'UTILITY', components: [{ type: 'BUTTONS', buttons }] })
    await send({ type: 'template', template: { name: 'pay', language: { code: 'fr' } } })
    await clock.advance(200)
    expect(user.received[0]?.buttons).toMatchObject([{ label: 'Payer', url: 'https://example.fr/pay' }])
    expect(() => user.tapButton('Payer')).toThrow('shows no button Payer')
  })

  it.each<[string, (user: ReturnType<typeof open>['user']) => unknown, Record<string, unknown>]>([
    [
      'location',
      (user) => user.sendLocation({ latitude: 48.85, longitude: 2.35, name: 'Paris' }),
      { location: { latitude: 48.85, longitude: 2.35, name: 'Paris' } },
    ],
    ['contacts', (user) => user.sendContacts([{ name: { formatted_name: 'Léa' } }]), { contacts: [{ name: { formatted_name: 'Léa' } }] }],
    ['reaction', (user) => user.react('wamid.x', '❤️'), { reaction: { message_id: 'wamid.x', emoji: '❤️' } }],
    ['reaction', (user) => user.react('wamid.x', ''), { reaction: { message_id: 'wamid.x' } }],
    [
      'order',
      (user) => user.order({ catalogId: '7', items: [{ id: 'sku', quantity: 2, price: 12.5, currency: 'EUR' }] }),
      {
        order: {
          catalog_id: '7',
          text: '',
          product_items: [{ product_retailer_id: 'sku', quantity: 2, item_price: 12.5, currency: 'EUR' }],
        },
      },
    ],
    [
      'interactive',
      (user) => user.sendForm({ seats: 2 }),
      { interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"seats":2}' } } },
    ],
    [
      'edit',
      (user) => user.edit('wamid.x', 'mieux'),
      { edit: { original_message_id: 'wamid.x', message: { type: 'text', text: { body: 'mieux' } } } },
    ],
    ['revoke', (user) => user.revoke('wamid.x'), { revoke: { original_message_id: 'wamid.x' } }],
    ['unsupported', (user) => user.unsupported('poll'), { unsupported: { type: 'poll' }, errors: [{ code: 131051 }] }],
    ['unsupported', (user) => user.unsupported('video', 131052), { errors: [{ code: 131052 }] }],
    ['text', (user) => user.sendFromAd('Lisbonne ?'), { referral: { source_type: 'ad', ctwa_clid: expect.any(String) } }],
    ['text', (user) => user.sendText('Vu ?', { forwarded: true }), { context: { forwarded: true } }],
  ])('sends %s', async (type, act, shape) => {
    const { user, messages, clock } = open()
    act(user)
    await clock.settle()
    expect(messages()).toMatchObject([{ type, from: '33699000001', from_user_id: user.person.userId, timestamp: '1795338000', ...shape }])
  })

  it('sends files whose bytes and hash can be fetched', async () => {
    const { user, messages, clock, call } = open()
    const bytes = new TextEncoder().encode('une plage')
    user.sendImage(bytes, { caption: 'Ma plage' })
    user.sendAudio(bytes)
    user.sendDocument(bytes, { filename: 'passeport.pdf' })
    await clock.settle()
    const [image, audio, document] = messages() as { image?: { id: string; url: string }; audio?: unknown; document?: unknown }[]
    const sha256 = createHash('sha256').update(bytes).digest()
    expect(image).toMatchObject({
      type: 'image',
      image: { mime_type: 'image/jpeg', caption: 'Ma plage', sha256: sha256.toString('base64') },
    })
    expect(audio).toMatchObject({ audio: { mime_type: 'audio/ogg; codecs=opus', voice: true } })
    expect(document).toMatchObject({ document: { filename: 'passeport.pdf', mime_type: 'application/pdf' } })
    const found = await call('GET', `/v26.0/${image?.image?.id}?phone_number_id=106540352242922`)
    expect(found.json).toMatchObject({
      messaging_product: 'whatsapp',
      mime_type: 'image/jpeg',
      sha256: sha256.toString('hex'),
      file_size: 9,
    })
    expect((await call('GET', found.json.url ?? '')).text).toBe('une plage')
    expect((await call('GET', image?.image?.url ?? '')).text).toBe('une plage')
  })

  it('known by user id only never shows a number', async () => {
    const { simulator, clock, heard, messages } = makeBench()
    const user = simulator.user({ userId: 'FR.13491208655302741918', name: 'Luciole', username: 'luciole' })
    user.sendText('Bonjour')
    user.stopMarketing()
    await clock.settle()
    expect(messages()[0]).not.toHaveProperty('from')
    expect(messages()[0]).toMatchObject({ from_user_id: 'FR.13491208655302741918' })
    expect(heard[0]?.body).toContain('"contacts":[{"profile":{"name":"Luciole","username":"luciole"},"user_id":"FR.13491208655302741918"}]')
    for (const { body } of heard) expect(body).not.toContain('wa_id')
  })

  it('changes number: a system message without contacts, and a new user id', async () => {
    const { user, clock, messages, changes, simulator } = open()
    const before = user.person.userId
    user.changeNumber('+33699000002')
    await clock.settle()
    expect(changes('messages')[0]).not.toHaveProperty('contacts')
    expect(messages()).toMatchObject([
      {
        from: '33699000001',
        from_user_id: before,
        type: 'system',
        system: {
          type: 'user_changed_number',
          wa_id: '33699000002',
          user_id: user.person.userId,
          body: 'User Camille changed from 33699000001 to 33699000002',
        },
      },
    ])
    expect(changes('user_id_update')).toMatchObject([
      { user_id_update: [{ wa_id: '33699000002', user_id: { previous: before, current: user.person.userId }, timestamp: 1795338000 }] },
    ])
    expect(before).not.toBe(user.person.userId)
    expect(simulator.findUser('+33699000001')).toBeUndefined()
    expect(simulator.findUser('+33699000002')?.person).toBe(user.person)
  })

  it('changes user id only', async () => {
    const { simulator, clock, messages } = makeBench()
    const user = simulator.user({ userId: 'FR.1', name: 'Luciole' })
    user.changeNumber()
    await clock.settle()
    expect(messages()).toMatchObject([{ from_user_id: 'FR.1', system: { type: 'user_changed_user_id', user_id: user.person.userId } }])
    expect(messages()[0]?.system).not.toHaveProperty('wa_id')
  })

  it('stops and resumes marketing', async () => {
    const { user, clock, changes } = open()
    user.stopMarketing()
    user.resumeMarketing()
    await clock.settle()
    expect(changes('user_preferences').map((value) => value.user_preferences)).toMatchObject(
      ['stop', 'resume'].map((value) => [
        {
          wa_id: '33699000001',
          user_id: user.person.userId,
          category: 'marketing_messages',
          value,
          detail: `User requested to ${value} marketing messages`,
          timestamp: 1795338000,
        },
      ]),
    )
  })

  it('reads up to one message, and plays one', async () => {
    const { user, send, clock, statuses } = open()
    user.sendText('Bonjour')
    for (const body of ['a', 'b', 'c']) await send({ type: 'text', text: { body } })
    await clock.advance(200)
    user.read(user.received[1]?.id)
    await clock.settle()
    expect(user.received.map((line) => line.readAt !== null)).toEqual([true, true, false])
    user.play(user.received[2]?.id ?? '')
    await clock.settle()
    expect(statuses().slice(-2)).toMatchObject([{ status: 'read' }, { status: 'played' }])
  })
})

describe('the platform’s own agent', () => {
  it('holds a thread: messages come by standby, its words as echoes, until a service message takes it back', async () => {
    const { user, clock, simulator, changes, send, messages } = open()
    simulator.agent.take(user.person)
    user.sendText('Bonjour')
    simulator.agent.say(user.person, 'Je regarde.')
    await clock.settle()
    expect(changes('messaging_handovers')).toMatchObject([
      {
        recipient: { phone_number_id: '106540352242922' },
        sender: { phone_number: '33699000001' },
        type: 'control_taken',
        timestamp: '1795338000',
        control_taken: { new_owner_role: 'ai_agent' },
      },
    ])
    expect(changes('standby')).toMatchObject([
      { standby: { messages: [{ type: 'text', text: { body: 'Bonjour' } }] } },
      { standby: { message_echoes: [{ message: { to: '33699000001', text: { body: 'Je regarde.' } } }] } },
    ])
    expect(messages()).toEqual([])
    await send({ type: 'text', text: { body: 'Nous voilà.' } })
    user.sendText('Merci')
    await clock.settle()
    expect(messages()).toMatchObject([{ text: { body: 'Merci' } }])
  })

  it('passes a thread on', async () => {
    const { user, clock, simulator, changes } = open()
    simulator.agent.take(user.person, { silent: true })
    simulator.agent.pass(user.person)
    await clock.settle()
    expect(changes('messaging_handovers')).toMatchObject([
      { type: 'control_passed', control_passed: { previous_owner_app_role: 'meta_business_agent', new_owner_role: 'escalation' } },
    ])
  })
})
