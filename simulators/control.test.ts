import { describe, expect, it } from 'vitest'
import type { shown } from './booking/bookings.ts'
import { createBookingSimulator } from './booking/index.ts'
import { type ControlOptions, createControl } from './control.ts'
import type { PersonView, SimState } from './phone-view.ts'
import { makeRandom } from './random.ts'
import type { Inbox, StagedProvider } from './staged/provider.ts'
import { stageWhatsApp } from './staged/whatsapp.ts'
import { makeBench, start } from './whatsapp/fixture.ts'

const DAY = 86_400_000
const origin = 'http://localhost:3000'

const open = (house: ControlOptions['house'] = async () => Response.json({ items: [] })) => {
  const { simulator, clock } = makeBench()
  let ahead = 0
  const advance = (ms: number): void => {
    ahead += ms
  }
  const messenger = stageWhatsApp(simulator)
  const { texts, written } = makeTexts()
  const bookings = createBookingSimulator({ clock })
  const control = createControl({
    whatsapp: simulator,
    bookings,
    providers: [messenger, texts],
    meet: messenger.meet,
    clock: { ...clock, now: () => clock.now() + ahead, advance },
    random: makeRandom(3),
    business: { name: 'Voyages Lumière', phone: '+33465711000', timezone: 'Europe/Paris' },
    house,
    key: 'rk_demo',
    office: 'rk_office',
  })
  const get = (path: string) => control.handle(new Request(`${origin}/sim/api/${path}`))
  const post = (
    path: string,
    body: string | Uint8Array<ArrayBuffer> = '{}',
    headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
  ) => control.handle(new Request(`${origin}/sim/api/${path}`, { method: 'POST', body, headers }))
  const state = async (who = ''): Promise<SimState> => (await (await get(`state?who=${who}`)).json()) as SimState
  const join = async (person: object): Promise<PersonView> => (await (await post('people', JSON.stringify(person))).json()) as PersonView
  return { simulator, bookings, control, get, post, state, join, written }
}

/** What a journey reads of it. */
const booked = async (bookings: ReturnType<typeof createBookingSimulator>, reference: string) =>
  (await (await bookings.fetch(new Request(`http://bookings.test/bookings/${reference}`))).json()) as ReturnType<typeof shown>

/** An app for short messages, with one that came and is not read. */
const makeTexts = (): { readonly texts: StagedProvider; readonly written: string[] } => {
  const written: string[] = []
  let read = false
  const inbox: Inbox = {
    addressOf: ({ phone }) => phone,
    lines: () => [{ id: 'sms_1', from: 'business', at: start, text: 'Votre code', read, leave: true }],
    write: (address, text, { answers }) => void written.push(`${address} ${text} ${answers ?? ''}`.trim()),
    read: () => {
      read = true
    },
    restore: (address, { text }) => void written.push(`${address} ${text}`),
  }
  const received = () => [{ n: 1, at: start, to: '+33639980018', kind: 'sms', status: 201, code: null, shownAt: start }]
  return { texts: { id: 'sms', cuts: ['down'], cut: null, turn: () => {}, received, inbox }, written }
}

describe('the hand that holds the phone', () => {
  it('adds somebody of a country, with a number of that country or none', async () => {
    const { join } = open()
    expect(await join({ country: 'IT' })).toMatchObject({ name: 'Giulia Ferrari', country: 'IT', phone: expect.stringMatching(/^\+39/) })
    expect(await join({ country: 'BR', phone: false, name: 'Ana' })).toMatchObject({ name: 'Ana', country: 'BR', phone: null })
  })

  it('gives no number twice, and a user id alone once a country has none left', async () => {
    const { join } = open()
    const phones: (string | null)[] = []
    for (let n = 0; n < 101; n += 1) phones.push((await join({ country: 'DE' })).phone)
    expect([new Set(phones).size, phones.indexOf(null)]).toEqual([101, 100])
  })

  it('writes, taps what is there, sends a picture and a place, and is told when something is not there', async () => {
    const { join, post, state, get } = open()
    const { id } = await join({ country: 'FR' })
    expect((await post(`people/${id}/text`, '{"text":"Bonjour"}')).status).toBe(201)
    expect((await post(`people/${id}/text`, '{"text":"  "}')).status).toBe(400)
    expect((await post(`people/${id}/button`, '{"id":"booking"}')).status).toBe(409)
    expect((await post(`people/${id}/place`)).status).toBe(201)
    const picture = await post(`people/${id}/picture`, new Uint8Array([1, 2, 3]), {
      'sec-fetch-site': 'same-origin',
      'content-type': 'image/png',
    })
    expect(picture.status).toBe(201)
    expect((await post('people/nobody/text', '{"text":"Bonjour"}')).status).toBe(404)
    const { phone } = await state(id)
    expect(phone?.thread.map((line) => line.type)).toEqual(['text', 'location', 'image'])
    expect(new Uint8Array(await (await get(`media/${phone?.thread[2]?.media?.id}`)).arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]))
  })

  it('tells the phones only when they changed', async () => {
    const { join, post, state, get } = open()
    const { id } = await join({ country: 'FR' })
    const { version } = await state(id)
    expect((await get(`state?who=${id}&seen=${version}`)).status).toBe(204)
    await post(`people/${id}/text`, '{"text":"Bonjour"}')
    expect((await get(`state?who=${id}&seen=${version}`)).status).toBe(200)
  })

  it('moves the clock on, and never back', async () => {
    const { post, state } = open()
    expect(await (await post('clock', JSON.stringify({ ms: DAY }))).json()).toEqual({ now: start + DAY })
    expect((await state()).now).toBe(start + DAY)
    for (const ms of [0, -1, 41 * DAY, '1', null]) expect((await post('clock', JSON.stringify({ ms }))).status).toBe(400)
  })
})

describe('the stage', () => {
  it('cuts a provider, tells so, and heals it', async () => {
    const { join, post, state, simulator } = open()
    expect((await post('providers/whatsapp/cut', '{"kind":"silent"}')).status).toBe(201)
    const { id } = await join({ country: 'FR' })
    expect(simulator.findUser(id)?.person.online).toBe(false)
    expect((await state()).providers).toEqual([
      { id: 'whatsapp', cuts: ['refuses', 'silent', 'down', 'banned'], cut: 'silent', received: 0 },
      { id: 'sms', cuts: ['down'], cut: null, received: 1 },
    ])
    await post('providers/whatsapp/cut', '{"kind":null}')
    expect(simulator.findUser(id)?.person.online).toBe(true)
    expect((await post('providers/sms/cut', '{"kind":"banned"}')).status).toBe(400)
    expect((await post('providers/fax/cut', '{"kind":"down"}')).status).toBe(404)
  })

  it('pauses as the operator: a channel, an engine, all automation', async () => {
    const asked: string[] = []
    const { post } = open(async (request) => {
      asked.push(`${request.headers.get('authorization')} ${new URL(request.url).pathname}`)
      return Response.json({})
    })
    await post('providers/whatsapp/pause', '{"paused":true}')
    await post('providers/main/pause', '{"paused":false}')
    await post('providers/ai/pause', '{"paused":true}')
    expect(asked).toEqual([
      'Bearer rk_office /api/v1/channels/whatsapp/pause',
      'Bearer rk_office /api/v1/engines/main/resume',
      'Bearer rk_office /api/v1/automation/pause',
    ])
  })

  it('heals as the operator would too: what Relais cannot find out by itself is resumed, and for the story everything', async () => {
    const asked: string[] = []
    const { post, state } = open(async (request) => {
      const { pathname } = new URL(request.url)
      if (request.method === 'POST') asked.push(pathname)
      if (pathname.endsWith('/automation')) return Response.json({ paused: true })
      const channels = [
        { id: 'whatsapp', health: 'cut', reason: '131005', paused: false },
        { id: 'sms', health: 'degraded', reason: 'provider-down', paused: false },
        { id: 'fax', health: 'cut', reason: 'account-banned', paused: false },
      ]
      return Response.json({ items: pathname.endsWith('/channels') ? channels : [] })
    })
    await post('providers/whatsapp/cut', '{"kind":"refuses"}')
    await post('providers/whatsapp/cut', '{"kind":null}')
    expect(asked.splice(0)).toEqual(['/api/v1/channels/whatsapp/resume'])
    await post('providers/sms/cut', '{"kind":"down"}')
    await post('providers/sms/cut', '{"kind":null}')
    expect(asked.splice(0)).toEqual([])
    await post('providers/whatsapp/cut', '{"kind":"refuses"}')
    expect((await post('providers')).status).toBe(201)
    expect((await state()).providers.map(({ cut }) => cut)).toEqual([null, null])
    expect(asked).toEqual(['/api/v1/channels/whatsapp/resume', '/api/v1/channels/sms/resume', '/api/v1/automation/resume'])
  })

  it('shows the holder’s other apps, and writes and reads there', async () => {
    const { join, post, state, written } = open()
    const { id, phone } = await join({ country: 'FR' })
    expect((await state(id)).inboxes).toEqual([
      {
        id: 'sms',
        address: phone,
        unread: 1,
        stopped: false,
        agrees: expect.stringContaining('par SMS'),
        lines: [expect.objectContaining({ id: 'sms_1', text: 'Votre code', leave: true })],
      },
    ])
    await post('inboxes/sms/write', JSON.stringify({ who: id, text: 'STOP', line: 'sms_1' }))
    await post('inboxes/sms/read', JSON.stringify({ who: id }))
    expect(written).toEqual([`${phone} STOP sms_1`])
    expect((await state(id)).inboxes[0]?.unread).toBe(0)
    expect((await post('inboxes/sms/write', JSON.stringify({ who: id, text: ' ' }))).status).toBe(400)
    expect((await post('inboxes/sms/sing', JSON.stringify({ who: id }))).status).toBe(404)
    expect((await post('inboxes/whatsapp/read', JSON.stringify({ who: id }))).status).toBe(404)
    const hidden = await join({ country: 'IT', phone: false })
    expect((await state(hidden.id)).inboxes).toEqual([])
    expect((await post('inboxes/sms/write', JSON.stringify({ who: hidden.id, text: 'Ciao' }))).status).toBe(409)
  })

  it('sends what the agency’s systems send, to a contact or to a number it knows, with every variable of the template', async () => {
    const sent: unknown[] = []
    const { join, post, bookings } = open(async (request) => {
      if (request.method === 'GET') return Response.json({ items: [] })
      sent.push(await request.json())
      return Response.json({ id: 'msg_1' })
    })
    const { id, phone } = await join({ country: 'FR', name: 'Zoé Martin' })
    expect(await (await post('notices/order', JSON.stringify({ who: id }))).json()).toEqual({ id: 'msg_1' })
    // What the journey will say of it, and of whom.
    const { reference, destination, departureLabel, traveller } = await booked(bookings, bookings.confirm('Zoé Martin').reference)
    expect(traveller).toBe('Zoé Martin')
    const due = 'jeudi 24 décembre 2026'
    expect(sent).toEqual([
      {
        to: { phone },
        category: 'utility',
        template: {
          name: 'booking_confirmation',
          language: 'fr',
          parameters: { 1: 'Zoé', 2: reference, 3: destination, 4: departureLabel.fr, 5: due },
        },
        reference,
        channel: 'whatsapp',
        plan: 'default',
      },
    ])
    const camille = await join({ country: 'FR', name: 'Camille Laurent' })
    await post('notices/order', JSON.stringify({ who: camille.id }))
    expect(sent.at(-1)).toMatchObject({
      template: { parameters: { 1: 'Camille', 2: 'VL204518', 3: 'Lisbonne', 4: 'samedi 8 mai 2027', 5: 'jeudi 8 avril 2027' } },
    })
    expect(await booked(bookings, 'VL204518')).toMatchObject({ traveller: 'Camille Laurent', departure: '2027-05-08', balanceDue: 780 })
    expect((await post('notices/gossip', JSON.stringify({ who: id }))).status).toBe(404)
    const hidden = await join({ country: 'IT', phone: false })
    expect((await post('notices/order', JSON.stringify({ who: hidden.id }))).status).toBe(409)
  })

  it('writes to a contact in the language that they write, wherever they live, and to others in their country’s', async () => {
    const sent: unknown[] = []
    const contact: { id: string; language: string | null } = { id: 'con_1', language: 'en' }
    const { join, post } = open(async (request) => {
      if (request.method === 'GET') return Response.json({ items: [contact] })
      sent.push(await request.json())
      return Response.json({ id: 'msg_1' })
    })
    const { id } = await join({ country: 'FR', name: 'Zoé Martin' })
    for (const language of ['en', 'fr', null]) {
      contact.language = language
      for (const kind of ['order', 'code']) await post(`notices/${kind}`, JSON.stringify({ who: id }))
    }
    const template = (language: string, due: string) => ({ template: { language, parameters: { 5: due } } })
    expect(sent).toMatchObject([
      template('en', 'Thursday 24 December 2026'),
      { language: 'en' },
      template('fr', 'jeudi 24 décembre 2026'),
      { language: 'fr' },
      template('fr', 'jeudi 24 décembre 2026'),
      { language: 'fr' },
    ])
  })

  it('leaves the addresses not known yet at the agency, in writing', async () => {
    const told: unknown[] = []
    const contact = { id: 'con_1', addresses: [{ kind: 'whatsapp', value: '+33639980018' }] }
    const { join, post } = open(async (request) => {
      if (request.method === 'POST') told.push([new URL(request.url).pathname, await request.json()])
      return Response.json({ items: [contact] })
    })
    const { id, phone } = await join({ country: 'FR' })
    expect((await post(`people/${id}/addresses`)).status).toBe(201)
    expect(told).toEqual([
      [
        '/api/v1/contacts/con_1/addresses',
        { kind: 'sms', value: phone, consent: { for: ['service'], words: expect.stringContaining('SMS'), proof: { where: 'demo' } } },
      ],
    ])
    contact.addresses.push({ kind: 'sms', value: phone ?? '' })
    await post(`people/${id}/addresses`)
    expect(told.length).toBe(1)
  })

  it('leaves one address alone where one is asked for, in the words that its app shows', async () => {
    const told: unknown[] = []
    const { join, post, state } = open(async (request) => {
      if (request.method === 'POST') told.push(await request.json())
      return Response.json({ items: [{ id: 'con_1', addresses: [] }] })
    })
    const { id } = await join({ country: 'FR' })
    await post(`people/${id}/addresses`, '{"inbox":"mail"}')
    expect(told).toEqual([])
    await post(`people/${id}/addresses`, '{"inbox":"sms"}')
    const { inboxes } = await state(id)
    expect(told).toEqual([expect.objectContaining({ kind: 'sms', consent: expect.objectContaining({ words: inboxes[0]?.agrees }) })])
  })

  it('tells what the providers received, the youngest first, without words or secrets', async () => {
    const { get, join, post } = open()
    await post(`people/${(await join({ country: 'FR' })).id}/text`, '{"text":"Bonjour"}')
    expect(await (await get('received')).json()).toEqual({
      items: [{ provider: 'sms', n: 1, at: start, to: '+33639980018', kind: 'sms', status: 201, code: null, shownAt: start }],
    })
  })
})

describe('the door of the control routes', () => {
  it('lets nobody act from another site', async () => {
    const { post } = open()
    expect((await post('clock', '{"ms":1}', {})).status).toBe(403)
    expect((await post('clock', '{"ms":1}', { origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await post('clock', '{"ms":1}', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post('clock', '{"ms":1}', { origin })).status).toBe(200)
  })

  it('enters the desk with the demo agent’s key, which the page never sees', async () => {
    let asked: unknown
    const { post } = open(async (request) => {
      asked = await request.json()
      return new Response('{"id":"claire"}', { status: 201, headers: { 'set-cookie': 'relais=x' } })
    })
    const answer = await post('session')
    expect(asked).toEqual({ key: 'rk_demo' })
    expect([answer.headers.get('set-cookie'), await answer.text()]).toEqual(['relais=x', '{"id":"claire"}'])
  })

  it('knows no other path or method', async () => {
    const { get, post, control } = open()
    expect((await get('elsewhere')).status).toBe(404)
    expect((await post('people/x')).status).toBe(404)
    expect((await get('media/%zz')).status).toBe(404)
    expect((await control.handle(new Request(`${origin}/sim/api/state`, { method: 'DELETE' }))).status).toBe(405)
  })
})

describe('after a restart', () => {
  it('people come back with the thread the business kept, and time does not go back', async () => {
    const contact = {
      name: 'Zoé',
      conversationId: 'cnv_1',
      addresses: [
        { kind: 'whatsapp', value: '+33639980055' },
        { kind: 'whatsapp_user', value: 'FR.55' },
      ],
    }
    const messages = [
      {
        vendorId: 'wamid.2',
        direction: 'out',
        at: start + DAY,
        deliveredAt: start + DAY,
        readAt: null,
        content: { type: 'buttons', text: 'Que voulez-vous ?', buttons: [{ id: 'a', label: 'A' }] },
      },
      {
        vendorId: 'SM2',
        channel: 'sms',
        direction: 'out',
        at: start + 9,
        deliveredAt: start + 9,
        content: { type: 'text', text: 'par SMS' },
      },
      { vendorId: 'wamid.1', channel: 'whatsapp', direction: 'in', at: start + 5, content: { type: 'text', text: 'Bonjour' } },
      { vendorId: null, direction: 'out', at: start, deliveredAt: null, content: { type: 'text', text: 'jamais parti' } },
    ]
    const { control, state, written } = open(async (request) =>
      Response.json({ items: request.url.includes('/messages') ? messages : [contact] }),
    )
    await control.begin()
    const { phone, now, people } = await state('FR.55')
    expect(phone?.thread.map(({ from, text }) => [from, text])).toEqual([
      ['customer', 'Bonjour'],
      ['business', 'Que voulez-vous ?'],
    ])
    expect(written).toEqual(['+33639980055 par SMS'])
    expect(phone?.windowUntil).toBe(start + 5 + DAY)
    expect(now).toBeGreaterThan(start + DAY)
    expect(people.map((person) => person.name)).toEqual(['Zoé', 'Camille Laurent', 'Thomas Girard', 'Aïcha Benali', 'Emily Carter'])
  })
})
