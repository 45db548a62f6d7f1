/** People of a file in PostgreSQL: made, completed, never merged; what they said since counts more. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../tests/support/postgres.ts'
import type { ContactImport, ImportedAddress, ImportedContact } from '../core/importing.ts'
import { type Connection, connect } from './connection.ts'
import { countedIds } from './contract/index.ts'
import { createContactImport } from './importing.ts'

const NOW = Date.UTC(2026, 10, 20)
const [EARLY, LATE] = [NOW - 864e5, NOW - 3600e3]
let database: FreshDatabase
let connection: Connection
let people: ContactImport
beforeEach(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
  people = createContactImport(connection, countedIds())
})
afterEach(async () => {
  await connection.close()
  await database.drop()
})

const address = (kind: string, value: string, at = EARLY, category: 'service' | 'marketing' = 'service'): ImportedAddress => ({
  kind,
  value,
  consents: [{ category, at, words: 'Oui', from: 'salon' }],
})
const line = (n: number, ...addresses: ImportedAddress[]): ImportedContact => ({
  line: n,
  name: `P${n}`,
  language: 'fr',
  country: 'FR',
  addresses,
})
const write = (...lines: ImportedContact[]) => people.write(lines, 'clients.csv', NOW)
const outcomes = (told: readonly { outcome: string; addresses: number; consents: number }[]) =>
  told.map(({ outcome, addresses, consents }) => [outcome, addresses, consents])
const MAIL = address('email', 'a@example.fr')
const SMS = address('sms', '+33612345678')
const revoke = (at: number) =>
  connection.query(
    `insert into consent (contact_id, channel_kind, category, given, at, words, proof, source) select id, 'email', 'service', false, $1, 'stop', null, 'message' from contact`,
    [at],
  )

it('makes contacts whole: a thread, addresses, consents with their words and their place in the file', async () => {
  expect(outcomes(await write(line(2, MAIL, SMS)))).toEqual([['new', 2, 2]])
  const [row] = await connection.query(
    `select c.name, c.country, c.language, v.owner, v.state, v.last_at as last, (select count(*) from identity i where i.contact_id = c.id) as addresses
     from contact c join conversation v on v.contact_id = c.id`,
  )
  expect(row).toEqual({ name: 'P2', country: 'FR', language: 'fr', owner: 'journey', state: null, last: EARLY, addresses: 2 })
  const consents = await connection.query(
    'select channel_kind as kind, category, given, at, words, proof, source from consent order by seq',
  )
  expect(consents).toMatchObject([
    {
      kind: 'email',
      category: 'service',
      given: true,
      at: EARLY,
      words: 'Oui',
      source: 'import',
      proof: { file: 'clients.csv', line: 2, from: 'salon' },
    },
    { kind: 'sms' },
  ])
  const events = await connection.query<{ kind: string }>('select kind from event order by seq')
  expect(events.map(({ kind }) => kind)).toEqual(['contact.imported', 'consent.changed', 'consent.changed'])
})

it('changes nothing the second time', async () => {
  await write(line(2, MAIL), line(3, SMS))
  const before = await connection.query('select count(*) from event union all select count(*) from consent')
  expect(outcomes(await write(line(2, MAIL), line(3, SMS)))).toEqual([
    ['known', 0, 0],
    ['known', 0, 0],
  ])
  expect(await connection.query('select count(*) from event union all select count(*) from consent')).toEqual(before)
})

it('completes who is known: another address, a consent that is news', async () => {
  await write(line(2, MAIL))
  expect(outcomes(await write(line(2, MAIL, SMS)))).toEqual([['completed', 1, 1]])
  expect(outcomes(await write(line(2, address('email', 'a@example.fr', EARLY, 'marketing'))))).toEqual([['completed', 0, 1]])
  expect(await connection.query('select count(*) as contacts from contact')).toEqual([{ contacts: 1 }])
})

it('makes no one of two contacts', async () => {
  await write(line(2, MAIL), line(3, SMS))
  expect(outcomes(await write(line(4, MAIL, SMS)))).toEqual([['several', 0, 0]])
  expect(await connection.query('select count(*) as contacts from contact where merged_into is null')).toEqual([{ contacts: 2 }])
})

it('does not bring back what somebody took back since', async () => {
  await write(line(2, MAIL))
  await revoke(LATE)
  expect(outcomes(await write(line(2, MAIL)))).toEqual([['withdrawn', 0, 0]])
  expect(outcomes(await people.look([line(2, MAIL)]))).toEqual([['withdrawn', 0, 0]])
})

it('tells what would happen without doing it', async () => {
  expect(outcomes(await people.look([line(2, MAIL), line(3, SMS)]))).toEqual([
    ['new', 1, 1],
    ['new', 1, 1],
  ])
  expect(await connection.query('select count(*) as contacts from contact')).toEqual([{ contacts: 0 }])
})

it('lets two imports of the same people at once make each of them once', async () => {
  const lines = Array.from({ length: 200 }, (_, n) => line(n, address('email', `p${n}@example.fr`)))
  await Promise.all([write(...lines), write(...lines), write(...lines)])
  expect(await connection.query('select count(*) as contacts from contact union all select count(*) from consent')).toEqual([
    { contacts: 200 },
    { contacts: 200 },
  ])
})

it('knows who has that number on another phone channel, and completes them', async () => {
  const chat = address('whatsapp', SMS.value)
  await write(line(2, chat))
  expect(outcomes(await people.look([line(3, SMS)]))).toEqual([['completed', 1, 1]])
  expect(outcomes(await write(line(3, SMS)))).toEqual([['completed', 1, 1]])
  expect(await connection.query('select id from contact')).toHaveLength(1)
  await write(line(4, MAIL))
  const both = line(5, MAIL, address('sms', '+33687654321'))
  await write(line(6, address('whatsapp', '+33687654321')))
  expect(outcomes(await write(both))).toEqual([['several', 0, 0]])
})
