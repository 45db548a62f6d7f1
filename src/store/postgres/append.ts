/** Intake: dedupe, find or make the contact, and keep the event until its turn. Receipts raise messages in bulk, without any contact's lock. */
import { addressKey, sameNumberKeys } from '../../core/address.ts'
import type { ContactId, Ids } from '../../core/ids.ts'
import type { Arrivals, ContactArrival, OwnArrival } from '../../core/store.ts'
import { nameAside } from '../aside.ts'
import { type Connection, isUnavailable, rows, type Transaction } from '../connection.ts'
import { applyChannels } from './channels.ts'
import { raiseReceipts } from './receipts.ts'

const KNOWN = 'select key, contact_id as contact from identity where key = any($1)'

/** Whose our messages are that senders prove to answer whom nobody knows. */
const PROVEN = `
select r.id, m.contact_id as contact from json_to_recordset($1) as r(id text, channel text, vendor text, keys json)
join message m on m.channel = r.channel and m.vendor_id = r.vendor and m.direction = 'out'
where not exists (select from identity i where i.key in (select json_array_elements_text(r.keys)))`

const NEW_IDENTITIES = `
insert into identity (key, contact_id, kind, value, created_at)
select key, contact, kind, value, $2 from json_to_recordset($1) as r(key text, contact text, kind text, value text)
order by key
on conflict (key) do nothing
returning key, contact_id as contact`

const NEW_CONTACTS = `
with r as (select * from json_to_recordset($1) as r(id text, conversation text, name text, country text)),
  made as (insert into contact (id, name, country, created_at) select id, name, coalesce(country, ''), $2 from r)
insert into conversation (id, contact_id, owner, epoch, state, last_at) select conversation, id, 'journey', 0, 'null', $2 from r`

const PENDING = `
with r as (select distinct on (id) * from json_to_recordset($1) as r(n int, id text, contact text, channel text, kind text, at bigint, due bigint, body jsonb) order by id, n),
  fresh as (insert into seen (id, at) select id, $2 from r order by id on conflict (id) do nothing returning id)
insert into pending (id, contact_id, channel, kind, at, received, due_at, body)
select r.id, coalesce(c.merged_into, c.id), r.channel, r.kind, r.at, $2, r.due, r.body
from r join fresh using (id) join contact c on c.id = r.contact
order by r.n`

const POISON = `
with aside as (
  insert into poison (id, contact_id, channel, kind, at, set_aside_at, error, body)
  values ($1, '', $2, $3, $4, $4, $5, $6) on conflict (id) do nothing returning id, channel, kind)
insert into event (id, kind, channel, at, received, data)
select id || ':poison', 'alert', channel, $4, $4, jsonb_build_object('about', 'poison', 'kind', kind) from aside`

type Known = { readonly key: string; readonly contact: ContactId }

/** Contacts of all addresses in `arrivals`, made where they are new: a number known from another phone channel is not. */
const findContacts = async (
  sql: Transaction,
  arrivals: readonly ContactArrival[],
  ids: Ids,
  at: number,
): Promise<Map<string, ContactId>> => {
  const found = new Map<string, ContactId>()
  const keep = (list: readonly Known[]) => {
    for (const row of list) found.set(row.key, row.contact)
  }
  keep(await sql.query(KNOWN, [[...new Set(arrivals.flatMap((arrival) => arrival.addresses.map(addressKey)))]]))

  const isNew = ({ addresses }: ContactArrival) => addresses.every((address) => !found.has(addressKey(address)))
  const kin = [...new Set(arrivals.filter(isNew).flatMap(({ addresses }) => addresses.flatMap(sameNumberKeys)))]
  const elsewhere = new Map((kin.length ? await sql.query<Known>(KNOWN, [kin]) : []).map(({ key, contact }) => [key, contact]))

  const identities: { key: string; contact: ContactId; kind: string; value: string }[] = []
  const made = new Map<ContactId, ContactArrival>()
  const claimed = new Map<string, ContactId>()
  for (const arrival of arrivals) {
    const keys = arrival.addresses.map(addressKey)
    const numbers = arrival.addresses.flatMap(sameNumberKeys)
    let contact =
      keys.map((key) => found.get(key) ?? claimed.get(key)).find((known) => known !== undefined) ??
      numbers.map((key) => elsewhere.get(key) ?? claimed.get(key)).find((known) => known !== undefined)
    if (!contact) {
      contact = ids('con')
      made.set(contact, arrival)
    }
    for (const address of arrival.addresses) {
      const key = addressKey(address)
      if (found.has(key) || claimed.has(key)) continue
      claimed.set(key, contact)
      identities.push({ key, contact, kind: address.kind, value: address.value })
    }
  }
  if (!identities.length) return found

  const won = await sql.query<Known>(NEW_IDENTITIES, [rows(identities), at])
  keep(won)
  const lost = identities.filter((identity) => !found.has(identity.key))
  // Another process was quicker; it has committed, or this statement would still wait.
  if (lost.length) keep(await sql.query(KNOWN, [lost.map((identity) => identity.key)]))
  const kept = new Set(won.map((row) => row.contact))
  const contacts = [...made]
    .filter(([id]) => kept.has(id))
    .map(([id, arrival]) => ({ id, conversation: ids('cnv'), name: arrival.name ?? null, country: arrival.country ?? '' }))
  if (contacts.length) sql.send(NEW_CONTACTS, [rows(contacts), at])
  return found
}

const findProven = async (sql: Transaction, arrivals: readonly ContactArrival[]): Promise<ReadonlyMap<string, ContactId>> => {
  const proving = arrivals.filter(({ proves }) => proves !== undefined)
  if (!proving.length) return new Map()
  const asked = proving.map(({ id, channel, proves, addresses }) => ({ id, channel, vendor: proves, keys: addresses.map(addressKey) }))
  return new Map((await sql.query<{ id: string; contact: ContactId }>(PROVEN, [rows(asked)])).map(({ id, contact }) => [id, contact]))
}

/** One arrival whose addresses belong to two contacts is the news that they are one person. */
const merges = (arrival: ContactArrival, found: ReadonlyMap<string, ContactId>): OwnArrival[] => {
  const contacts = [
    ...new Set(arrival.addresses.map((address) => found.get(addressKey(address))).filter((contact) => contact !== undefined)),
  ]
  const [into, ...others] = contacts
  if (!into) return []
  return others.map((other) => ({
    id: `${arrival.id}:${other}` as typeof arrival.id,
    contact: into,
    channel: arrival.channel,
    kind: 'merge',
    at: arrival.at,
    dueAt: 0,
    body: { other },
  }))
}

const appendAll = async (sql: Transaction, arrivals: Arrivals, ids: Ids, at: number) => {
  const pending: object[] = []
  const add = (id: string, contact: string, channel: string | null, kind: string, when: number, due: number, body: object) =>
    pending.push({ n: pending.length, id, contact, channel, kind, at: when, due, body })
  if (arrivals.contacts.length) {
    const proven = await findProven(sql, arrivals.contacts)
    const known = arrivals.contacts.filter(({ id }) => !proven.has(id))
    const found = await findContacts(sql, known, ids, at)
    for (const arrival of arrivals.contacts) {
      const contact = proven.get(arrival.id) ?? (found.get(addressKey(arrival.addresses[0] as ContactArrival['addresses'][0])) as ContactId)
      for (const merge of merges(arrival, found)) add(merge.id, merge.contact, merge.channel, merge.kind, merge.at, at, merge.body)
      add(arrival.id, contact, arrival.channel, arrival.kind, arrival.at, at, arrival.body)
    }
  }
  for (const own of arrivals.own) add(own.id, own.contact, own.channel, own.kind, own.at, Math.max(own.dueAt, at), own.body)
  if (pending.length) sql.send(PENDING, [rows(pending), at])
  if (arrivals.receipts.length) raiseReceipts(sql, arrivals.receipts, at)
  if (arrivals.channels.length) await applyChannels(sql, arrivals.channels, at)
}

const EMPTY: Arrivals = { contacts: [], own: [], receipts: [], channels: [] }
const split = <T>(list: readonly T[]): [readonly T[], readonly T[]] => [list.slice(0, list.length >> 1), list.slice(list.length >> 1)]

/** All in one transaction; where PostgreSQL refuses a row, by halves, until the rotten one stands alone and is set aside. */
export const append = async (connection: Connection, arrivals: Arrivals, ids: Ids, at: number): Promise<void> => {
  try {
    await connection.transaction((sql) => appendAll(sql, arrivals, ids, at))
  } catch (error) {
    if (isUnavailable(error)) throw error
    await appendHalves(connection, arrivals, ids, at, error)
  }
}

const appendHalves = async (connection: Connection, arrivals: Arrivals, ids: Ids, at: number, error: unknown): Promise<void> => {
  for (const noun of ['contacts', 'own', 'receipts', 'channels'] as const) {
    const list = arrivals[noun]
    if (list.length === 0) continue
    const alone = arrivals.contacts.length + arrivals.own.length + arrivals.receipts.length + arrivals.channels.length === list.length
    if (!alone) await append(connection, { ...EMPTY, [noun]: list }, ids, at)
    else if (list.length === 1) await setAside(connection, noun, list[0] as object, at, error)
    else for (const half of split<unknown>(list)) await append(connection, { ...EMPTY, [noun]: half } as Arrivals, ids, at)
  }
}

/** The arrival may be what PostgreSQL refuses: it is kept as a JSON string of its own JSON, where what is not text stands escaped. */
const setAside = async (connection: Connection, noun: string, arrival: object, at: number, error: unknown) => {
  const { id, channel, kind } = nameAside(noun, arrival)
  const body = JSON.stringify(JSON.stringify(arrival))
  const words = error instanceof Error ? error.message.slice(0, 500) : 'refused'
  await connection.query(POISON, [id, channel, kind, at, words, body])
}
