/** `relais reach report`: its numbers against a count of every person one by one, and what it says. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reachCommand } from '../../src/cli/recorded/reach.ts'
import { type ReachReport, reportReach } from '../../src/foresight/index.ts'
import { type Connection, connect, rows } from '../../src/store/connection.ts'
import { createReachability } from '../../src/store/reading/reachability.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { runCommand } from '../support/terminal.ts'

const NOW = Date.UTC(2026, 10, 20, 9)
const DAY = 86_400_000
const CHANNELS = [
  { id: 'whatsapp', kind: 'whatsapp', medium: 'whatsapp', identities: ['whatsapp', 'whatsapp_user'] },
  { id: 'second', kind: 'whatsapp', medium: 'whatsapp', identities: ['whatsapp', 'whatsapp_user'] },
  { id: 'texts', kind: 'twilio', medium: 'sms', identities: ['sms'] },
  { id: 'mail', kind: 'email', medium: 'email', identities: ['email'] },
]
const MEDIA = ['whatsapp', 'sms', 'email']

type Somebody = {
  readonly id: string
  readonly country: string
  readonly kinds: readonly string[]
  /** In the order in which they were said. */
  readonly words: readonly { readonly medium: string; readonly category: string; readonly given: boolean }[]
  readonly wrote: readonly { readonly channel: string; readonly at: number }[]
}
/** The same people in every run: a small generator of numbers (mulberry32). */
const chance = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}
const crowd = (count: number, seed: number): Somebody[] => {
  const next = chance(seed)
  const some = <T>(all: readonly T[], likely: number) => all.filter(() => next() < likely)
  return Array.from({ length: count }, (_, n) => ({
    id: `con_${seed}_${n}`,
    country: ['FR', 'FR', 'FR', 'DE', 'BR', ''][Math.floor(next() * 6)] ?? '',
    kinds: some(['whatsapp', 'whatsapp_user', 'sms', 'email', 'web'], 0.45),
    words: [...some(MEDIA, 0.5), ...some(MEDIA, 0.4)].flatMap((medium) =>
      some(['service', 'marketing'], 0.8).map((category) => ({ medium, category, given: next() < 0.7 })),
    ),
    wrote: some(['whatsapp', 'second', 'texts', 'mail', 'former'], 0.3).map((channel) => ({
      channel,
      at: NOW - Math.floor(next() * 200) * DAY - 1,
    })),
  }))
}

/** Each person for themselves, as one would count on paper. */
const onPaper = (people: readonly Somebody[], without: readonly string[], stopped: readonly string[]) => {
  const counts = { reached: 0, byOneOnly: 0, only: {} as Record<string, number>, reasons: {} as Record<string, number>, month: 0, FR: 0 }
  for (const { kinds, words, wrote, country } of people) {
    const last = new Map<string, boolean>()
    for (const { medium, category, given } of words) if (category === 'service') last.set(medium, given)
    const mediaWritten = wrote.map(
      ({ channel }) => CHANNELS.find(({ id }) => id === channel)?.medium ?? (channel === 'former' ? 'sms' : ''),
    )
    const may = (id: string): boolean => {
      const channel = CHANNELS.find((one) => one.id === id)
      if (!channel?.identities.some((kind) => kinds.includes(kind))) return false
      const said = last.get(channel.medium)
      return said === false ? false : said === true || mediaWritten.includes(channel.medium)
    }
    const left = CHANNELS.map(({ id }) => id).filter((id) => !without.includes(id))
    const ways = left.filter((id) => !stopped.includes(id) && may(id))
    if (ways.length > 0) {
      counts.reached += 1
      if (wrote.some(({ at }) => at >= NOW - 30 * DAY)) counts.month += 1
      if (country === 'FR') counts.FR += 1
      if (ways.length === 1) {
        counts.byOneOnly += 1
        counts.only[ways[0] ?? ''] = (counts.only[ways[0] ?? ''] ?? 0) + 1
      }
      continue
    }
    const address = (id: string, loose: boolean) => {
      const wanted = CHANNELS.find((one) => one.id === id)?.identities ?? []
      const phone = loose && (kinds.includes('whatsapp') || kinds.includes('sms'))
      return wanted.some((kind) => kinds.includes(kind) || (phone && (kind === 'whatsapp' || kind === 'sms')))
    }
    const mediumOf = (id: string) => CHANNELS.find((one) => one.id === id)?.medium ?? ''
    const reason = left.some((id) => stopped.includes(id) && may(id))
      ? 'stopped'
      : left.some((id) => address(id, false) && last.get(mediumOf(id)) === false)
        ? 'revoked'
        : left.some((id) => !stopped.includes(id) && address(id, true))
          ? 'no-consent'
          : 'no-address'
    counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1
  }
  return counts
}
const asPaper = (report: ReachReport) => ({
  reached: report.reached,
  byOneOnly: report.byOneOnly,
  only: Object.fromEntries(report.channels.filter(({ only }) => only > 0).map(({ id, only }) => [id, only])),
  reasons: Object.fromEntries(report.reasons.filter(({ people }) => people > 0).map(({ reason, people }) => [reason, people])),
  month: report.activities.find(({ activity }) => activity === 'month')?.reached,
  FR: report.countries.find(({ country }) => country === 'FR')?.reached,
})

const PEOPLE = crowd(3_000, 7)
let database: FreshDatabase
let connection: Connection
let folder: string
const SQL = {
  contact: `insert into contact (id, country, created_at) select id, country, 0 from json_to_recordset($1) as r(id text, country text)`,
  conversation: `insert into conversation (id, contact_id, owner, epoch, state, last_at) select 'cnv_' || id, id, 'journey', 0, coalesce(state, 'null'), 0 from json_to_recordset($1) as r(id text, state jsonb)`,
  identity: `insert into identity (key, contact_id, kind, value, created_at) select kind || ':' || id, id, kind, id, 0 from json_to_recordset($1) as r(id text, kind text)`,
  consent: `insert into consent (contact_id, channel_kind, category, given, at, source) select id, medium, category, given, 0, 'test' from json_to_recordset($1) as r(id text, medium text, category text, given boolean)`,
  message: `insert into message (id, contact_id, conversation_id, channel, direction, at, author, status) select id, contact, 'cnv_' || contact, channel, direction, at, author, 'sent' from json_to_recordset($1) as r(id text, contact text, channel text, direction text, at bigint, author text)`,
}
const MESSAGES = PEOPLE.slice(0, 400).flatMap(({ id }, n) => [
  { id: `m${n}a`, contact: id, channel: 'whatsapp', direction: 'in', at: NOW - DAY, author: 'customer' },
  { id: `m${n}b`, contact: id, channel: 'whatsapp', direction: 'out', at: NOW - DAY, author: n % 4 === 0 ? 'agent:claire' : 'engine:main' },
  {
    id: `m${n}c`,
    contact: id,
    channel: n % 2 ? 'mail' : 'whatsapp',
    direction: 'out',
    at: NOW - DAY,
    author: n % 10 === 0 ? 'engine:faq' : 'engine:main',
  },
  { id: `m${n}d`, contact: id, channel: 'texts', direction: 'out', at: NOW - 100 * DAY, author: 'engine:old' },
])
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-reach-'))
  await mkdir(join(folder, 'journeys'))
  await writeFile(
    join(folder, 'relais.yaml'),
    'workspace: { name: Voyages, country: FR }\nchannels:\n  whatsapp: { kind: whatsapp }\n  second: { kind: whatsapp }\nengines:\n  main: { kind: extractive }\n  barred: { kind: openai-compatible, personalData: none }\n  faq: { kind: extractive }\n  old: { kind: extractive }\nplans:\n  think: { default: [main, barred, faq], answer@mail: [main] }\n',
  )
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
  const put = (statement: string, list: readonly object[]) => connection.query(statement, [rows(list)])
  await put(SQL.contact, PEOPLE)
  await put(
    SQL.identity,
    PEOPLE.flatMap(({ id, kinds }) => kinds.map((kind) => ({ id, kind }))),
  )
  await put(
    SQL.consent,
    PEOPLE.flatMap(({ id, words }) => words.map((word) => ({ id, ...word }))),
  )
  await put(
    SQL.conversation,
    PEOPLE.map(({ id, wrote }, n) => ({
      id,
      state:
        n % 9 === 0 && wrote.length === 0
          ? null
          : { channels: Object.fromEntries(wrote.map(({ channel, at }) => [channel, { inboundAt: at }])) },
    })),
  )
  await put(SQL.message, MESSAGES)
  // Somebody who became another: counted with them, not beside them.
  await connection.query("insert into contact (id, country, created_at, merged_into) values ('con_gone', 'FR', 0, 'con_7_0')")
  await connection.query(
    "insert into channel (id, kind, health, changed_at) values ('whatsapp', 'whatsapp', 'healthy', 0), ('second', 'whatsapp', 'healthy', 0), ('texts', 'sms', 'healthy', 0), ('mail', 'email', 'healthy', 0), ('former', 'sms', 'cut', 0)",
  )
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const reportOf = async (without: readonly string[]) => {
  const reachability = createReachability(connection)
  const [groups, carried, answered, now] = await Promise.all([
    reachability.groups(NOW),
    reachability.carried(NOW),
    reachability.answered(NOW),
    reachability.channels(),
  ])
  return reportReach({ groups, carried, answered, now, channels: CHANNELS, without, thinking: null })
}

describe('the numbers are those of a count on paper', () => {
  for (const without of [[], ['whatsapp'], ['whatsapp', 'second'], ['whatsapp', 'second', 'mail']])
    it(`without ${without.join(' and ') || 'anything gone'}`, async () => {
      const report = await reportOf(without)
      expect(report.people).toBe(PEOPLE.length)
      expect(asPaper(report)).toEqual(onPaper(PEOPLE, without, []))
      expect(report.reasons.reduce((sum, { people }) => sum + people, 0)).toBe(report.people - report.reached)
    })

  it('with a channel that is cut and one that is paused', async () => {
    await connection.query("update channel set health = 'cut' where id = 'texts'")
    await connection.query("update channel set paused = true where id = 'mail'")
    try {
      expect(asPaper(await reportOf([]))).toEqual(onPaper(PEOPLE, [], ['texts', 'mail']))
    } finally {
      await connection.query("update channel set health = 'healthy', paused = false")
    }
  })

  it('before the house was ever started: no channel is known yet', async () => {
    const empty = await freshDatabase()
    const fresh = connect({ config: { connectionString: empty.connectionString } })
    expect(await createReachability(fresh).groups(NOW)).toEqual([])
    await fresh.close()
    await empty.drop()
  })

  it('of traffic and of who answers, within 90 days', async () => {
    const { platforms, messages, answers, conversations } = await reportOf(['main'])
    expect([messages, conversations]).toEqual([1_200, 400])
    expect(Object.fromEntries(platforms.map(({ kind, messages: n }) => [kind, n]))).toEqual({ whatsapp: 1_000, twilio: 0, email: 200 })
    expect(answers).toEqual([
      { author: 'engine:main', conversations: 380, gone: true },
      { author: 'agent', conversations: 100, gone: false },
      { author: 'engine:faq', conversations: 40, gone: false },
    ])
  })
})

describe('the command', () => {
  const command = reachCommand({ openReachability: async () => ({ reachability: createReachability(connection), close: async () => {} }) })
  const run = (...args: string[]) => runCommand(command, ['report', ...args], { cwd: folder, now: () => NOW, language: 'fr' })

  it('says it in words, with the next step', async () => {
    const { code, out } = await run('--without', 'whatsapp')
    expect(code).toBe(0)
    expect(out).toContain('Sans whatsapp, qui reste joignable')
    expect(out).toMatch(/À faire[\s\S]*collect/)
    expect(out).toMatch(/second +[\d\s\u202f]+/)
  })

  it('says who answers instead of an engine: the next that may, by channel, else people', async () => {
    const { instead } = JSON.parse((await run('--without', 'main', '--json')).out)
    // It answered last by mail in 200 conversations, where no engine comes after it, and on WhatsApp in 180.
    expect(instead).toEqual([
      { engine: 'main', by: 'agent', conversations: 200 },
      { engine: 'main', by: 'engine:faq', conversations: 180 },
    ])
    const { out } = await run('--without', 'main')
    expect(out).toContain('Sans main, qui répond\u00a0?')
    expect(out).toMatch(/À la place de main[^\n]*380 conversations[^\n]*des conseillers \(52,6\s%\), moteur faq \(47,4\s%\)/)
    expect(out).toMatch(/Ajoutez un moteur à la fin de la chaîne[^\n]*200 conversations/)
    expect(JSON.parse((await run('--without', 'main,faq', '--json')).out).instead).toContainEqual({
      engine: 'main',
      by: 'agent',
      conversations: 380,
    })
  })

  it('says of an engine that answered nobody who would, and of one that answers nobody that nothing is missed', async () => {
    expect(JSON.parse((await run('--without', 'faq,old', '--json')).out).instead).toEqual([
      { engine: 'faq', by: 'agent', conversations: 40 },
      { engine: 'old', by: 'nobody', conversations: 0 },
    ])
    await writeFile(join(folder, 'journeys', 'all.yaml'), 'journey: all\nstarts: [{ always: true }]\nsteps: [{ say: Bonjour }]\n')
    expect(JSON.parse((await run('--without', 'faq', '--json')).out).instead).toEqual([{ engine: 'faq', by: 'journey', conversations: 40 }])
    await rm(join(folder, 'journeys', 'all.yaml'))
  })

  it('writes one page that asks for nothing from elsewhere', async () => {
    await run('--out', 'reach.html')
    const page = await readFile(join(folder, 'reach.html'), 'utf8')
    expect(page).toContain('<table>')
    expect(page).not.toMatch(/<script|src="http/)
  })

  it('gives programs one document', async () => {
    expect(JSON.parse((await run('--json')).out)).toMatchObject({ people: 3_000, without: [] })
  })

  it('knows no channel that is not there, and says which it may have meant', async () => {
    expect(await run('--without', 'whatsap')).toMatchObject({ code: 2, err: expect.stringMatching(/Vouliez-vous dire whatsapp/) })
    expect((await runCommand(command, [], { cwd: folder, now: () => NOW })).code).toBe(2)
  })
})
