/**
 * The demo's control routes, below `/sim/api`: what the hand that holds the phone does, the demo's clock, the providers' cuts. Mounted by
 * `relais start --demo` alone. Whatever changes something must come from the demo's own page.
 */
import { createHash } from 'node:crypto'
import type { BookingSimulator } from './booking/index.ts'
import { type Api, COUNTRIES, enliven, join, restore } from './customers.ts'
import type { SimState } from './phone-view.ts'
import { createTaken, personView, phoneView } from './phones.ts'
import {
  heal,
  inboxesOf,
  leaveAddresses,
  pauseAs,
  providerView,
  Refused,
  receivedBy,
  sendNotice,
  turnProvider,
  useInbox,
} from './staged/acts.ts'
import type { StagedProvider } from './staged/provider.ts'
import type { User, WhatsAppSimulator } from './whatsapp/index.ts'
import { type Clock, type Fields, fieldsOf, textOf } from './wire.ts'

export type ControlOptions = {
  readonly whatsapp: WhatsAppSimulator
  /** Of every channel and engine, with the customers' other apps. */
  readonly providers: readonly StagedProvider[]
  /** The agency's booking system: what its notices tell of. */
  readonly bookings: BookingSimulator
  /** Somebody joined. */
  readonly meet: (user: User) => void
  readonly clock: Clock & { advance(ms: number): void }
  readonly random: () => number
  readonly business: SimState['business']
  /** The house's own door, in-process. */
  readonly house: (request: Request) => Promise<Response>
  /** The demo agent's secret: it opens the desk on `/sim` without a login. */
  readonly key: string
  /** The secret of the agency's back office: its systems write, its operator pauses. */
  readonly office: string
}

export type Control = {
  handle(request: Request): Promise<Response>
  /** Fills the phones: once the house takes requests. */
  begin(): Promise<void>
}

const LONGEST_LEAP = 40 * 86_400_000
const LARGEST_PICTURE = 4 * 1024 * 1024
const MINUTE = 60_000
const RECEIVED_SHOWN = 200

const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: { ...SAFE, 'content-type': 'application/json; charset=utf-8' } })
const SAFE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' }

/** A browser says where a request comes from; only our own page may act. */
const requireOwnPage = (request: Request): void => {
  const origin = request.headers.get('origin')
  const host = request.headers.get('host') ?? new URL(request.url).host
  if (request.headers.get('sec-fetch-site') === 'same-origin') return
  if (origin === null || !URL.canParse(origin) || new URL(origin).host !== host)
    throw new Refused(403, 'The request comes from another site.')
}

export const createControl = (options: ControlOptions): Control => {
  const { whatsapp, providers, clock, house } = options
  const taken = createTaken(whatsapp)
  let leaps = 0

  const apiAs =
    (key: string): Api =>
    async (path, body) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
      const answer = await house(new Request(`http://demo/api/v1${path}`, init))
      if (!answer.ok) throw new Refused(502, `The house answers ${answer.status}.`)
      return answer.json()
    }
  const [api, office] = [apiAs(options.key), apiAs(options.office)]

  const somebody = (id: string): User => {
    const user = whatsapp.findUser(id)
    if (!user) throw new Refused(404, 'Nobody has this phone.')
    return user
  }

  const state = (query: URLSearchParams): Response => {
    const who = query.get('who')
    const holder = who === null ? undefined : whatsapp.findUser(who)
    const told = {
      business: options.business,
      countries: COUNTRIES,
      people: whatsapp.users().map(personView),
      phone: holder ? phoneView(holder, taken) : null,
      providers: providers.map(providerView),
      inboxes: inboxesOf(providers, holder),
    }
    const version = createHash('sha256')
      .update(`${leaps} ${JSON.stringify(told)}`)
      .digest('base64url')
      .slice(0, 16)
    if (query.get('seen') === version) return new Response(null, { status: 204, headers: SAFE })
    return json({ version, now: clock.now(), ...told } satisfies SimState)
  }

  const leap = (ms: unknown): Response => {
    if (typeof ms !== 'number' || !(ms > 0 && ms <= LONGEST_LEAP)) throw new Refused(400, 'ms: more than 0, at most 40 days.')
    leaps += 1
    clock.advance(ms)
    return json({ now: clock.now() })
  }

  const picture = (id: string): Response => {
    const media = whatsapp.media.find(id)
    if (!media?.mime.startsWith('image/')) throw new Refused(404, 'No such picture.')
    return new Response(new Uint8Array(media.bytes), { headers: { ...SAFE, 'content-type': media.mime } })
  }

  const newcomer = (body: Fields): Response => {
    const country = textOf(body.country)
    if (!COUNTRIES.includes(country)) throw new Refused(400, `country: ${COUNTRIES.join(', ')}`)
    const user = join(whatsapp, options.random, country, body.phone !== false, textOf(body.name).slice(0, 60))
    options.meet(user)
    return json(personView(user), 201)
  }

  const providerOf = (id: string | undefined): StagedProvider => {
    const provider = providers.find((one) => one.id === id)
    if (!provider) throw new Refused(404, 'There is no such provider.')
    return provider
  }
  const channels = new Set(providers.filter(({ id }) => id !== 'main').map(({ id }) => id))

  /** The back office acts: what it sends, and what its operator holds back. */
  const actOf = async ([what, id = '', act = '']: readonly string[], body: Fields): Promise<object | null> => {
    if (what === 'providers' && id === '') await heal(office, providers, true)
    else if (what === 'providers' && act === 'cut') await turnProvider(office, providerOf(id), body)
    else if (what === 'providers' && act === 'pause') await pauseAs(office, id, channels, body)
    else if (what === 'notices') return { id: await sendNotice(office, somebody(textOf(body.who)), id, clock.now(), options.bookings) }
    else if (what === 'people' && act === 'addresses') await leaveAddresses(office, providers, somebody(id), body)
    else if (what === 'inboxes') {
      const { inbox } = providerOf(id)
      if (!inbox) throw new Refused(404, 'There is no such app.')
      await useInbox(inbox, somebody(textOf(body.who)), act, body)
    } else return null
    return {}
  }

  const enter = (): Promise<Response> =>
    house(
      new Request('http://demo/api/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key: options.key }),
      }),
    )

  const post = async (path: readonly string[], request: Request): Promise<Response> => {
    requireOwnPage(request)
    const [what, id, act] = path
    if (what === 'session') return enter()
    if (what === 'people' && id && act === 'picture') return json({ id: await sendPicture(somebody(id), request) }, 201)
    const body = fieldsOf(await request.json().catch(() => null))
    if (what === 'clock') return leap(body.ms)
    if (what === 'people' && !id) return newcomer(body)
    const acted = await actOf(path, body)
    if (acted) return json(acted, 201)
    if (what === 'people' && id && act) return json({ id: perform(somebody(id), act, body) }, 201)
    throw new Refused(404, 'There is nothing here.')
  }

  const get = (path: readonly string[], url: URL): Response => {
    const [what, id] = path
    if (what === 'state') return state(url.searchParams)
    if (what === 'media' && id) return picture(id)
    if (what === 'received') return json({ items: receivedBy(providers, RECEIVED_SHOWN) })
    throw new Refused(404, 'There is nothing here.')
  }

  return {
    async handle(request) {
      const url = new URL(request.url)
      try {
        const path = url.pathname.split('/').slice(3).map(decodeURIComponent)
        if (request.method === 'GET') return get(path, url)
        if (request.method === 'POST') return await post(path, request)
        throw new Refused(405, 'GET or POST.')
      } catch (error) {
        const refused = error instanceof URIError ? new Refused(404, 'There is nothing here.') : error
        if (refused instanceof Refused) return json({ error: refused.message }, refused.status)
        throw error
      }
    },
    async begin() {
      const last = await restore(whatsapp, providers, api)
      // The clock was moved ahead before the restart: time does not go back.
      if (last > clock.now()) clock.advance(last - clock.now() + MINUTE)
      // Nobody waits for it: the page shows it as it comes. A house that stops meanwhile needs no liveliness.
      if (last === 0) void enliven(whatsapp, clock, api).catch(() => {})
    },
  }
}

/** One act of the hand on the phone. Returns the message it made, if any. */
const perform = (user: User, act: string, body: Fields): string | null => {
  const [text, message] = [textOf(body.text), textOf(body.message)]
  const target = message || undefined
  try {
    switch (act) {
      case 'text':
        if (!text.trim() || text.length > 4096) throw new Refused(400, 'text: 1 to 4,096 characters.')
        return user.sendText(text, target ? { answers: target } : {})
      case 'button':
        return user.tapButton(textOf(body.id), target)
      case 'row':
        return user.tapListRow(textOf(body.id), target)
      case 'place':
        return user.sendLocation({ latitude: 45.7578, longitude: 4.832, name: 'Place Bellecour', address: '69002 Lyon' })
      case 'reaction':
        return user.react(message, textOf(body.emoji).slice(0, 16))
      case 'read':
        user.read()
        return null
      default:
        throw new Refused(404, 'A phone cannot do that.')
    }
  } catch (error) {
    // The imitation says in words what the phone does not show.
    throw error instanceof Refused ? error : new Refused(409, error instanceof Error ? error.message : 'Not possible.')
  }
}

const sendPicture = async (user: User, request: Request): Promise<string> => {
  const mime = request.headers.get('content-type') ?? ''
  if (mime !== 'image/jpeg' && mime !== 'image/png') throw new Refused(415, 'A JPEG or PNG picture.')
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.length === 0 || bytes.length > LARGEST_PICTURE) throw new Refused(413, 'A picture of at most 4 MB.')
  return user.sendImage(bytes, { mime })
}
