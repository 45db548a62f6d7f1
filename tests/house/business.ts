/** A house on a day of its own, with what a business does in it: writes by the API, works at the desk, looks at what became of a message. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { User } from '../../simulators/whatsapp/index.ts'
import type { Role } from '../../src/core/access.ts'
import type { Log } from '../../src/core/ports.ts'
import { hashSecret, makeSecret } from '../../src/http/caller.ts'
import { createAccess } from '../../src/store/access/index.ts'
import { copyDemo } from '../support/demo-folder.ts'
import { openHouse, type TestHouse } from '../support/house.ts'

export const MINUTE = 60_000
export const HOUR = 3_600_000

export type Ruling = { readonly rule: string; readonly outcome: string; readonly remedy: { readonly fr: string; readonly en: string } }
export type Sent = {
  readonly id: string
  readonly status: string
  readonly contactId: string
  readonly decision: {
    readonly outcome: string
    readonly until: number | null
    readonly rulings: readonly Ruling[]
    readonly price: { readonly known: boolean; readonly amount: number | null }
  }
}
export type Row = {
  readonly id: string
  readonly status: string
  readonly type: string
  readonly text: string | null
  readonly decision: string
}

export type Business = TestHouse & {
  /** The workspace, a copy of the demo's. */
  readonly folder: string
  call(
    role: Role,
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>
  /** `GET`, of what is no JSON. */
  get(role: Role, path: string): Promise<Response>
  /** `POST /api/v1/messages`. */
  write(to: string, what: object): Promise<Sent>
  /** Somebody nobody knows yet, with a number of their own. */
  newcomer(phone?: string): User
  /** Lets somebody say hello; resolves once they were answered. */
  greet(user: User): ReturnType<Business['contactOf']>
  /** Somebody new who wrote, was answered, and agreed to marketing. */
  customer(phone?: string): Promise<User>
  /** The demo's one marketing template. */
  offer(to: string): Promise<Sent>
  consent(contact: string, given: boolean): Promise<void>
  contactOf(
    user: User,
  ): Promise<{ readonly id: string; readonly conversation: string; readonly owner: string; readonly state: { freeEntryAt?: number } }>
  /** What was written to somebody, oldest first. */
  sentTo(user: User): Promise<readonly Row[]>
  statusOf(message: string): Promise<string | undefined>
  decisionsOf(message: string): Promise<readonly Sent['decision'][]>
  /** Calls the provider got for somebody, read marks left out. */
  callsFor(user: User): number
  alerts(about: string): Promise<number>
}

/**
 * Opens the house at ten in the morning in Paris: marketing may leave. `changed`: files of the demo's folder, written anew or left out (null).
 * Its set-up has one channel and no plans over several.
 */
export const openBusiness = async (
  options: {
    readonly log?: Log
    readonly env?: Readonly<Record<string, string>>
    readonly pages?: string
    readonly changed?: Readonly<Record<string, ((text: string) => string) | null>>
  } = {},
): Promise<Business> => {
  const folder = await copyDemo()
  // It asks for addresses that only other channels write to.
  await rm(join(folder, 'journeys', 'addresses.yaml'), { force: true })
  for (const [file, change] of Object.entries(options.changed ?? {})) {
    const place = join(folder, file)
    if (change) await writeFile(place, change(await readFile(place, 'utf8').catch(() => '')))
    else await rm(place)
  }
  const house = await openHouse({
    workspace: folder,
    ...(options.log ? { log: options.log } : {}),
    ...(options.env ? { env: options.env } : {}),
    ...(options.pages ? { pages: options.pages } : {}),
  })
  const secrets = new Map<Role, string>()
  for (const [n, role] of (['admin', 'agent', 'system'] as const).entries()) {
    const secret = makeSecret(new Uint8Array(32).fill(n + 1))
    secrets.set(role, secret)
    await createAccess(house.connection).createKey({ name: role, role, hash: hashSecret(secret) }, 0)
  }
  house.stage.clock.advance(untilTen(house.stage.clock.now()))
  let calls = 0

  const call: Business['call'] = async (role, method, path, body) => {
    calls += 1
    const response = await fetch(`${house.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${secrets.get(role)}`, 'content-type': 'application/json', 'idempotency-key': `call-${calls}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const get: Business['get'] = (role, path) =>
    fetch(`${house.url}/api/v1${path}`, { headers: { authorization: `Bearer ${secrets.get(role)}` } })
  const write: Business['write'] = async (to, what) => {
    const { status, body } = await call('system', 'POST', '/messages', { to: { phone: to }, ...what })
    if (status !== 202 || body.decision === null) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body as unknown as Sent
  }
  const { query } = house.connection
  const consent: Business['consent'] = async (contact, given) => {
    const words = { channelKind: 'whatsapp', category: 'marketing', given, words: 'Oui, envoyez-moi vos offres.' }
    const { status } = await call('system', 'POST', `/contacts/${contact}/consents`, words)
    if (status !== 200) throw new Error(`consent: ${status}`)
  }
  const contactOf: Business['contactOf'] = (user) =>
    house.until('the contact', async () => {
      const keys = [user.person.phone ? `whatsapp:+${user.person.phone}` : '', `whatsapp_user:${user.person.userId}`]
      const [row] = await query<{
        id: string
        conversation: string
        owner: string
        state: { channels?: Record<string, { freeEntryAt?: number }> } | null
      }>(
        'select c.id, v.id as conversation, v.owner, v.state from identity i join contact c on c.id = i.contact_id join conversation v on v.contact_id = c.id where i.key = any($1)',
        [keys],
      )
      return row && { ...row, state: row.state?.channels?.whatsapp ?? {} }
    })
  let people = 0
  const newcomer: Business['newcomer'] = (phone) => {
    people += 1
    return house.stage.whatsapp.user({ phone: phone ?? `+3361300${String(people).padStart(4, '0')}`, name: `Client ${people}` })
  }
  const greet: Business['greet'] = async (user) => {
    user.sendText('bonjour')
    await house.until('the greeting', () => user.received.length >= 1)
    return contactOf(user)
  }
  return {
    ...house,
    folder,
    call,
    get,
    write,
    newcomer,
    greet,
    customer: async (phone) => {
      const user = newcomer(phone)
      await consent((await greet(user)).id, true)
      return user
    },
    offer: (to) =>
      write(to, {
        category: 'marketing',
        template: { name: 'early_booking_offer', language: 'fr', parameters: { 1: 'Nour', 2: 'Lisbonne', 3: '31 mars' } },
      }),
    consent,
    contactOf,
    sentTo: async (user) =>
      query<Row>(
        `select m.id, m.status, m.content->>'type' as type, m.content->>'text' as text, m.decision_id as decision from message m join identity i on i.contact_id = m.contact_id
         where i.key = any($1) and m.direction = 'out' group by m.id order by m.id`,
        [[`whatsapp:+${user.person.phone}`, `whatsapp_user:${user.person.userId}`]],
      ),
    statusOf: async (message) => (await query<{ status: string }>('select status from message where id = $1', [message]))[0]?.status,
    decisionsOf: (message) =>
      query<Sent['decision']>('select outcome, until, rulings, price from decision where message_id = $1 order by at, id', [message]),
    callsFor: (user) =>
      house.stage.whatsapp.ledger.sends.filter(
        (send) => send.type !== 'read' && [`+${user.person.phone}`, user.person.userId].includes(send.to),
      ).length,
    alerts: async (about) => (await query("select 1 from event where kind = 'alert' and data->>'about' = $1", [about])).length,
    close: async () => {
      await house.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Milliseconds to the next ten o'clock in Paris (to the minute). */
const untilTen = (now: number): number => {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: 'Europe/Paris',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(now)
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return ((((10 - read('hour') + 24) % 24) * 60 - read('minute') + 24 * 60) % (24 * 60)) * 60_000
}
