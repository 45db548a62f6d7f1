import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tests/support/postgres.ts'
import { asId, type ChannelId, type LinkId } from '../../core/ids.ts'
import { CROSSING, type Links } from '../../core/link.ts'
import { type Connection, connect } from '../connection.ts'
import { createLinks } from './index.ts'

const NOON = Date.UTC(2026, 10, 22, 11)
const SITE = asId<ChannelId>('whatsapp')
let database: FreshDatabase
let connection: Connection
let links: Links

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString }, size: 6 })
  links = createLinks(connection)
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

/** Who visits the page since noon. */
const visits = (id: string) =>
  connection.query(
    "insert into visitor (id, hash, channel, shows, since, created_at, seen_at, expires_at) values ($1, $1, 'site', 'own', $2, $2, $2, $3)",
    [id, NOON, NOON + 1000],
  )

const made = async (name: string): Promise<LinkId> => {
  await connection.query(
    "insert into link (id, contact_id, message_id, from_channel, to_channel, at, expires_at) values ($1, 'con_1', 'msg_1', 'whatsapp', 'site', $2, $3)",
    [name, NOON, NOON + CROSSING.expiresMs],
  )
  return asId<LinkId>(name)
}

it('finds a link, and none where there is none', async () => {
  const id = await made('lnk_found')
  expect(await links.find(id)).toMatchObject({ id, contact: 'con_1', from: 'whatsapp', to: 'site', at: NOON, openedAt: null, codes: 0 })
  expect(await links.find(asId('lnk_none'))).toBeNull()
})

it('is opened first by one of ten who come at once', async () => {
  const id = await made('lnk_race')
  const opened = await Promise.all(Array.from({ length: 10 }, (_, n) => links.open(id, `vis_${n}`, NOON)))
  expect(opened.filter(Boolean)).toHaveLength(1)
  expect(await links.find(id)).toMatchObject({ openedAt: NOON, visitor: `vis_${opened.indexOf(true)}` })
})

it('has a few codes sent for it, and no more', async () => {
  const id = await made('lnk_codes')
  const counted = await Promise.all(Array.from({ length: 10 }, () => links.countCode(id)))
  expect(counted.filter(Boolean)).toHaveLength(CROSSING.codes)
})

it('takes a word once, in time, and on the channel it was given for; the same message again finds it again', async () => {
  const word = { seal: 'seal', visitor: 'vis_1', channel: SITE, expiresAt: NOON + 1000 }
  await visits('vis_1')
  await links.keepWord(word, NOON)
  expect(await links.useWord('other', SITE, 'evt_1', NOON)).toBeNull()
  expect(await links.useWord('seal', asId('sms'), 'evt_1', NOON)).toBeNull()
  expect(await links.useWord('seal', SITE, 'evt_1', NOON + 1000)).toBeNull()
  expect(await links.useWord('seal', SITE, 'evt_1', NOON)).toEqual({ visitor: 'vis_1', from: 'site', since: NOON })
  expect(await links.useWord('seal', SITE, 'evt_1', NOON)).toEqual({ visitor: 'vis_1', from: 'site', since: NOON })
  expect(await links.useWord('seal', SITE, 'evt_2', NOON)).toBeNull()
})

it('forgets the word before, once there is a new one', async () => {
  await visits('vis_2')
  await links.keepWord({ seal: 'first', visitor: 'vis_2', channel: SITE, expiresAt: NOON + 1000 }, NOON)
  await links.keepWord({ seal: 'second', visitor: 'vis_2', channel: SITE, expiresAt: NOON + 1000 }, NOON)
  expect(await links.useWord('first', SITE, 'evt_3', NOON)).toBeNull()
  expect(await links.useWord('second', SITE, 'evt_3', NOON)).toEqual({ visitor: 'vis_2', from: 'site', since: NOON })
})

it('gives one word to one visitor at a time', async () => {
  const word = { seal: 'same', visitor: 'vis_3', channel: SITE, expiresAt: NOON + 1000 }
  expect(await links.keepWord(word, NOON)).toBe(true)
  expect(await links.keepWord({ ...word, visitor: 'vis_4' }, NOON)).toBe(false)
  expect(await links.keepWord({ ...word, visitor: 'vis_4', expiresAt: NOON + 2000 }, NOON + 1000)).toBe(true)
})

it('counts a token of a site once', async () => {
  const used = await Promise.all(Array.from({ length: 5 }, () => links.useOnce('jti', NOON + 1000)))
  expect(used.filter(Boolean)).toHaveLength(1)
})

it('forgets what is over', async () => {
  await made('lnk_old')
  await links.prune(NOON + CROSSING.expiresMs + 1)
  expect(await links.find(asId('lnk_old'))).toBeNull()
  expect(await links.useOnce('jti', NOON)).toBe(true)
})
