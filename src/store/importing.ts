/** People of a file, batch by batch: each batch whole or not at all, and the same file again changes nothing. */
import { addressKey, sameNumberKeys } from '../core/address.ts'
import type { ContactId, ConversationId, Ids } from '../core/ids.ts'
import type { ContactImport, Imported, ImportedConsent, ImportedContact, ImportOutcome } from '../core/importing.ts'
import { type Connection, rows, type Sql, type Transaction } from './connection.ts'

const KNOWN = 'select key, contact_id as contact from identity where key = any($1)'
const LOCK = 'select id from contact where id = any($1) order by id for no key update'
const LATEST = `
select distinct on (contact_id, channel_kind, category) contact_id as contact, channel_kind || '/' || category as key, given, at
from consent where contact_id = any($1) order by contact_id, channel_kind, category, seq desc`

const NEW_CONTACTS = `
with r as (select * from json_to_recordset($1) as r(id text, conversation text, name text, country text, language text, last bigint)),
  made as (insert into contact (id, name, country, language, created_at) select id, name, country, language, $2 from r)
insert into conversation (id, contact_id, owner, epoch, state, last_at) select conversation, id, 'journey', 0, 'null', last from r`
const NEW_IDENTITIES = `
insert into identity (key, contact_id, kind, value, created_at)
select key, contact, kind, value, $2 from json_to_recordset($1) as r(key text, contact text, kind text, value text) order by key
on conflict (key) do nothing returning key`
const NEW_CONSENTS = `
insert into consent (contact_id, channel_kind, category, given, at, words, proof, source)
select contact, kind, category, true, at, words, proof, 'import'
from json_to_recordset($1) as r(contact text, kind text, category text, at bigint, words text, proof jsonb)`
const NAMES = `
update contact c set name = coalesce(c.name, r.name), country = coalesce(nullif(c.country, ''), r.country), language = coalesce(c.language, r.language)
from json_to_recordset($1) as r(id text, name text, country text, language text) where c.id = r.id`
const EVENTS = `
insert into event (id, kind, contact_id, at, received, data)
select id, kind, contact, $2, $2, data from json_to_recordset($1) as r(id text, kind text, contact text, data jsonb)`

type Known = ReadonlyMap<string, ContactId>
type Consents = ReadonlyMap<string, { readonly given: boolean; readonly at: number }>

/** A number known from another phone channel is the same person's. */
const keysOf = (contacts: readonly ImportedContact[]): readonly string[] =>
  contacts.flatMap(({ addresses }) => addresses.flatMap((address) => [addressKey(address), ...sameNumberKeys(address)]))

const readKnown = async (sql: Sql, contacts: readonly ImportedContact[]): Promise<Known> =>
  new Map((await sql.query<{ key: string; contact: ContactId }>(KNOWN, [keysOf(contacts)])).map(({ key, contact }) => [key, contact]))

/** By contact, kind and category. */
const readConsents = async (sql: Sql, known: Known): Promise<Consents> => {
  const found = await sql.query<{ contact: string; key: string; given: boolean; at: number }>(LATEST, [[...new Set(known.values())]])
  return new Map(found.map(({ contact, key, given, at }) => [`${contact} ${key}`, { given, at }]))
}

type Plan = {
  readonly contact: ContactId | null
  readonly outcome: ImportOutcome
  readonly fresh: ImportedContact['addresses']
  readonly consents: readonly (ImportedConsent & { readonly kind: string; readonly address: string })[]
}

/** A consent of the file is news where nobody said anything since its day; the same day is the same consent. */
const planOf = ({ addresses }: ImportedContact, known: Known, latest: Consents): Plan => {
  const ownerOf = (address: ImportedContact['addresses'][number]) =>
    known.get(addressKey(address)) ?? sameNumberKeys(address).flatMap((key) => known.get(key) ?? [])
  const owners = new Set(addresses.flatMap(ownerOf))
  const [contact = null] = owners
  if (owners.size > 1) return { contact: null, outcome: 'several', fresh: [], consents: [] }
  const all = addresses.flatMap(({ kind, value, consents }) => consents.map((consent) => ({ ...consent, kind, address: value })))
  const before = ({ kind, category }: (typeof all)[number]) => (contact ? latest.get(`${contact} ${kind}/${category}`) : undefined)
  const consents = all.filter((consent) => (before(consent)?.at ?? Number.NEGATIVE_INFINITY) < consent.at)
  const withdrawn = all.some((consent) => before(consent)?.given === false && !consents.includes(consent))
  const fresh = withdrawn && consents.length === 0 ? [] : addresses.filter((address) => !known.has(addressKey(address)))
  const news = fresh.length + consents.length > 0
  const outcome = contact === null ? 'new' : news ? 'completed' : withdrawn ? 'withdrawn' : 'known'
  return { contact, outcome, fresh, consents }
}

const toldOf = ({ line }: ImportedContact, { outcome, fresh, consents }: Plan): Imported => ({
  line,
  outcome,
  addresses: fresh.length,
  consents: consents.length,
})

/** Somebody else made one of these addresses known at this very moment. */
class Overtaken extends Error {}

const writeBatch = async (sql: Transaction, contacts: readonly ImportedContact[], file: string, ids: Ids, at: number) => {
  const seen = await readKnown(sql, contacts)
  // What a turn is deciding just now is waited for, and then seen.
  if (seen.size) await sql.query(LOCK, [[...new Set(seen.values())].sort()])
  const known = seen.size ? await readKnown(sql, contacts) : seen
  const latest = await readConsents(sql, known)
  const plans = contacts.map((contact) => ({ contact, plan: planOf(contact, known, latest), id: ids('con') }))
  const news = plans.filter(({ plan }) => plan.outcome === 'new' || plan.outcome === 'completed')
  const made = news.filter(({ plan }) => plan.contact === null)
  if (made.length)
    sql.send(NEW_CONTACTS, [
      rows(
        made.map(({ id, contact: { name, country, language }, plan }) => ({
          id,
          conversation: ids('cnv') as ConversationId,
          name,
          country,
          language,
          // Nobody spoke: they stand where they agreed last, not before all who wrote today.
          last: Math.max(0, ...plan.consents.map((consent) => consent.at)),
        })),
      ),
      at,
    ])
  const identities = news.flatMap(({ plan, id }) =>
    plan.fresh.map(({ kind, value }) => ({ key: addressKey({ kind, value }), contact: plan.contact ?? id, kind, value })),
  )
  if (identities.length) {
    const won = await sql.query<{ key: string }>(NEW_IDENTITIES, [rows(identities), at])
    if (won.length < identities.length) throw new Overtaken()
  }
  const consents = news.flatMap(({ plan, id, contact: { line } }) =>
    plan.consents.map(({ kind, category, at: when, words, address, from }) => ({
      contact: plan.contact ?? id,
      kind,
      category,
      at: when,
      words,
      proof: { file, line, address, ...(from === null ? {} : { from }) },
    })),
  )
  if (consents.length) sql.send(NEW_CONSENTS, [rows(consents)])
  const completed = news.flatMap(({ plan, contact: { name, country, language } }) =>
    plan.contact === null ? [] : [{ id: plan.contact, name, country, language }],
  )
  if (completed.length) sql.send(NAMES, [rows(completed)])
  const event = (kind: string, contact: string, data: object) => ({ id: ids('evt'), kind, contact, data })
  const events = [
    ...news.map(({ plan, id }) => event('contact.imported', plan.contact ?? id, { outcome: plan.outcome })),
    ...consents.map(({ contact, kind, category }) => event('consent.changed', contact, { channelKind: kind, category, given: true })),
  ]
  if (events.length) sql.send(EVENTS, [rows(events), at])
  return plans.map(({ contact, plan }) => toldOf(contact, plan))
}

export const createContactImport = (connection: Connection, ids: Ids): ContactImport => ({
  look: async (contacts) => {
    const known = await readKnown(connection, contacts)
    const latest = await readConsents(connection, known)
    return contacts.map((contact) => toldOf(contact, planOf(contact, known, latest)))
  },
  write: async (contacts, file, at) => {
    for (let tries = 1; ; tries++) {
      try {
        return await connection.transaction((sql) => writeBatch(sql, contacts, file, ids, at))
      } catch (error) {
        if (!(error instanceof Overtaken) || tries >= 5) throw error
      }
    }
  },
})
