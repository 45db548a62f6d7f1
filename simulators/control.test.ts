import { describe, expect, it } from 'vitest'
import { type ControlOptions, createControl } from './control.ts'
import type { PersonView, SimState } from './phone-view.ts'
import { makeRandom } from './random.ts'
import { makeBench, start } from './whatsapp/fixture.ts'

const DAY = 86_400_000
const origin = 'http://localhost:3000'

const open = (house: ControlOptions['house'] = async () => Response.json({ items: [] })) => {
  const { simulator, clock } = makeBench()
  let ahead = 0
  const advance = (ms: number): void => {
    ahead += ms
  }
  const control = createControl({
    whatsapp: simulator,
    clock: { ...clock, now: () => clock.now() + ahead, advance },
    random: makeRandom(3),
    business: { name: 'Voyages Lumière', phone: '+33465711000', timezone: 'Europe/Paris' },
    house,
    key: 'rk_demo',
  })
  const get = (path: string) => control.handle(new Request(`${origin}/sim/api/${path}`))
  const post = (
    path: string,
    body: string | Uint8Array<ArrayBuffer> = '{}',
    headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
  ) => control.handle(new Request(`${origin}/sim/api/${path}`, { method: 'POST', body, headers }))
  const state = async (who = ''): Promise<SimState> => (await (await get(`state?who=${who}`)).json()) as SimState
  const join = async (person: object): Promise<PersonView> => (await (await post('people', JSON.stringify(person))).json()) as PersonView
  return { simulator, control, get, post, state, join }
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
      { vendorId: 'wamid.1', direction: 'in', at: start + 5, content: { type: 'text', text: 'Bonjour' } },
      { vendorId: null, direction: 'out', at: start, deliveredAt: null, content: { type: 'text', text: 'jamais parti' } },
    ]
    const { control, state } = open(async (request) => Response.json({ items: request.url.includes('/messages') ? messages : [contact] }))
    await control.begin()
    const { phone, now, people } = await state('FR.55')
    expect(phone?.thread.map(({ from, text }) => [from, text])).toEqual([
      ['customer', 'Bonjour'],
      ['business', 'Que voulez-vous ?'],
    ])
    expect(phone?.windowUntil).toBe(start + 5 + DAY)
    expect(now).toBeGreaterThan(start + DAY)
    expect(people.map((person) => person.name)).toEqual(['Zoé', 'Camille Laurent', 'Thomas Girard', 'Aïcha Benali', 'Emily Carter'])
  })
})
