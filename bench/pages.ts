/**
 * Open chat pages: what 2,000 of them cost one process in memory; whether all are back after it was killed and started again, with what was
 * said meanwhile; and how long a first word takes from the engine to a page. Run alone: `node bench/pages.ts`.
 */
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

import { asId, type ChannelId, type ContactId, createIds } from '../src/core/ids.ts'
import { hashSecret } from '../src/http/caller.ts'
import type { Connection } from '../src/store/connection.ts'
import { createVisitors } from '../src/store/visitors/index.ts'
import { openBench, startSubject } from './server.ts'

export type PageFigures = {
  readonly pages: number
  /** Of resident memory, for each open page. */
  readonly kilobytes: number
  /** From the house's being there again until the last page had what was said meanwhile. */
  readonly backMs: number
  readonly missed: number
  readonly firstWord: { readonly p50: number; readonly p99: number; readonly rounds: number }
}

const SITE = asId<ChannelId>('site')
const DAY = 86_400_000
/** As a browser does, and as the stream asks it to. */
const RETRY_MS = 2_000

/** In kB, once the process has given back what it no longer needs. */
const residentOf = async (house: ChildProcess): Promise<number> => {
  house.send('rest')
  await once(house, 'message')
  return Number(/^Rss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${house.pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
}

type Visitor = { readonly contact: ContactId; readonly cookie: string }

/** People with a conversation, each in a browser of their own. */
const makeVisitors = async (connection: Connection, count: number): Promise<readonly Visitor[]> => {
  const ids = createIds(Date.now, Math.random)
  const visitors = createVisitors(connection)
  const now = Date.now()
  const made: Visitor[] = []
  for (let n = 0; n < count; n += 1) {
    const value = randomBytes(32).toString('base64url')
    const contact = ids('con')
    await connection.query('insert into contact (id, created_at) values ($1, $2)', [contact, now])
    await connection.query(
      "insert into conversation (id, contact_id, owner, epoch, state, last_at) values ($1, $2, 'engine', 0, 'null', $3)",
      [`cnv_${contact}`, contact, now],
    )
    await visitors.make(
      { id: ids('vis'), channel: SITE, hash: hashSecret(value), since: now, shows: 'own', expiresAt: now + DAY, contact },
      now,
    )
    made.push({ contact, cookie: `visit-site=${value}` })
  }
  return made
}

const SAID = `
with said as (
  insert into message (id, contact_id, conversation_id, channel, direction, at, author, content, status)
  select 'msg_said' || substr(c.id, 4), c.id, 'cnv_' || c.id, 'site', 'out', $1, 'agent:bench', '{"type":"text","text":"Nous revoici."}', 'accepted' from contact c
  returning id, contact_id, conversation_id)
insert into event (id, kind, contact_id, conversation_id, channel, message_id, at, received)
select 'evt_' || id, 'message.accepted', contact_id, conversation_id, 'site', id, $1, $1 from said`

type Page = { readonly events: string[]; readonly close: () => void; readonly until: (what: string) => Promise<void> }

/** A page that comes back, two seconds after its line was lost, with the number of the last event it had. */
const openPage = (port: number, { cookie }: Visitor, after: string): Page => {
  const events: string[] = []
  let last = after
  let closed = false
  let waiting: (() => void)[] = []
  let request: ReturnType<typeof get> | null = null
  const listen = () => {
    if (closed) return
    let over = false
    const again = () => {
      if (over || closed) return
      over = true
      setTimeout(listen, RETRY_MS)
    }
    request = get(
      { host: '127.0.0.1', port, path: '/chat/site/events', headers: { cookie, 'last-event-id': last }, agent: false },
      (response) => take(response, again),
    )
    request.on('error', again)
  }
  const take = (response: IncomingMessage, again: () => void) => {
    response.setEncoding('utf8')
    events.push(`open ${response.statusCode}`)
    response.on('data', (text: string) => {
      events.push(text)
      last = [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? last
      for (const tell of waiting.splice(0)) tell()
    })
    response.on('error', again)
    response.on('close', again)
  }
  listen()
  return {
    events,
    close: () => {
      closed = true
      waiting = []
      request?.destroy()
    },
    until: async (what) => {
      while (!events.some((text) => text.includes(what))) await new Promise<void>((tell) => waiting.push(tell))
    },
  }
}

const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', created: 1, model: 'demo', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
const WORDS = 'La valise de cabine mesure au plus 55 sur 40 sur 20 cm, et chaque voyageur en emporte une [1].'.match(/\S+\s*/g) ?? []

/** An engine that says a word every five milliseconds, and notes when it began. */
const openEngine = async () => {
  const began: number[] = []
  const server = createServer(async (request, response: ServerResponse) => {
    for await (const _ of request);
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    began.push(performance.now())
    for (const content of WORDS) {
      response.write(chunk({ content }))
      await pause(5)
    }
    response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, began, close: () => server.close() }
}

const post = async (port: number, { cookie }: Visitor, n: number): Promise<void> => {
  const response = await fetch(`http://127.0.0.1:${port}/chat/site/messages`, {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    body: JSON.stringify({ id: `bench-${String(n).padStart(6, '0')}`, text: 'Quelle est la taille de la valise de cabine ?' }),
  })
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`)
}

const firstWords = async (port: number, visitors: readonly Visitor[], began: number[]): Promise<PageFigures['firstWord']> => {
  const times: number[] = []
  for (const [n, visitor] of visitors.entries()) {
    const page = openPage(port, visitor, '')
    await page.until('retry')
    began.length = 0
    await post(port, visitor, n)
    await page.until('event: writing')
    times.push(performance.now() - (began[0] ?? Number.NaN))
    await page.until('"by":"assistant"')
    page.close()
  }
  // The first ones meet code that has never run.
  const sorted = times.slice(10).sort((a, b) => a - b)
  return {
    p50: sorted[sorted.length >> 1] ?? Number.NaN,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    rounds: sorted.length,
  }
}

export const measurePages = async ({ pages = 2_000, rounds = 210 } = {}): Promise<PageFigures> => {
  const bench = await openBench()
  const engine = await openEngine()
  const database = await bench.database()
  const env = { BENCH_WORKSPACE: 'workspace-page', ENGINE_URL: engine.url, RELAIS_SECRET: 'a secret of the benchmark, long enough for it' }
  const options = { databaseUrl: database.url, apiUrl: 'http://127.0.0.1:9' }
  let house = await startSubject('house', { ...options, env })
  const port = Number(new URL(house.url).port)
  const open: Page[] = []
  try {
    const visitors = await makeVisitors(database.connection, pages + rounds + 300)
    const firstWord = await firstWords(port, visitors.slice(0, rounds), engine.began)
    // Code, buffers and connections to the store are there before anything is counted.
    const warm = visitors.slice(rounds, rounds + 300).map((visitor) => openPage(port, visitor, '0'))
    await Promise.all(warm.map((page) => page.until('retry')))
    const watchers = visitors.slice(rounds + 300)
    await pause(2_000)
    const before = await residentOf(house.process)
    for (let at = 0; at < watchers.length; at += 100) {
      const some = watchers.slice(at, at + 100).map((visitor) => openPage(port, visitor, '0'))
      await Promise.all(some.map((page) => page.until('retry')))
      open.push(...some)
    }
    await pause(2_000)
    const kilobytes = ((await residentOf(house.process)) - before) / pages
    for (const page of warm) page.close()

    house.process.kill('SIGKILL')
    await once(house.process, 'exit')
    await database.connection.query(SAID, [Date.now()])
    house = await startSubject('house', { ...options, env: { ...env, BENCH_PORT: String(port) } })
    const back = performance.now()
    await Promise.race([Promise.all(open.map((page) => page.until('Nous revoici'))), pause(60_000)])
    const backMs = performance.now() - back
    const missed = open.filter(({ events }) => !events.some((text) => text.includes('Nous revoici'))).length
    return { pages, kilobytes, backMs, missed, firstWord }
  } finally {
    for (const page of open) page.close()
    await house.stop()
    await database.drop()
    engine.close()
    await bench.close()
  }
}

if (process.argv[1] === import.meta.filename) {
  const figures = await measurePages()
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
}
