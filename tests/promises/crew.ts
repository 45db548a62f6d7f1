/** Relais processes around one database, the imitation of their provider, and customers who write: what the promises are tried on. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { makeRandom } from '../../simulators/random.ts'
import { serve } from '../../simulators/serve.ts'
import { createWhatsAppSimulator, type User, type WhatsAppSimulator } from '../../simulators/whatsapp/index.ts'
import { type Connection, connect } from '../../src/store/connection.ts'
import { findEmbedded } from '../../src/store/embedded/index.ts'
import { realClock } from '../support/real-clock.ts'

const SECRET = 'app-secret'
const TOKEN = 'access-token'
const NUMBER = '+33465711000'
/** Below the pair limit's burst: nobody has to wait for it. */
const PER_PERSON = 40
const MOST_WAITING = 150

export type Member = {
  readonly url: string
  readonly process: ChildProcess
  /** Lines of its log so far. */
  readonly lines: readonly string[]
  kill(): Promise<void>
}

export type Crew = {
  readonly whatsapp: WhatsAppSimulator
  readonly connection: Connection
  databaseUrl(): string
  /** All that all of them logged. */
  log(): string
  readonly members: readonly Member[]
  /** For a program started otherwise: its workspace, its environment, and where webhooks go from now on. */
  readonly workspace: string
  readonly env: Readonly<Record<string, string>>
  aim(url: string): void
  /** Answers to webhooks, in order. */
  readonly answers: readonly { readonly status: number; readonly ms: number }[]
  start(env?: Record<string, string>): Promise<Member>
  /** A new customer. */
  customer(): User
  /** Twenty people at a time write, each now and then, until stopped. */
  write(random: () => number, perSecond: number): { sent(): number; stop(): void }
  until<T>(what: string, check: () => T | undefined | false | null | Promise<T | undefined | false | null>, ms?: number): Promise<T>
  /** Until every message that came in has its end: nothing waits, nothing is in flight. */
  rest(ms?: number): Promise<void>
  close(): Promise<void>
}

export type CrewOptions = {
  readonly databaseUrl?: string
  /** Own server in this folder instead. */
  readonly dataFolder?: string
  readonly seed?: number
  /** Messages a second: of the workspace, and of the provider. */
  readonly throughput?: number
  readonly allowed?: number
  readonly unknown?: 'park' | 'resend'
  readonly journeys?: Readonly<Record<string, object>>
  readonly reconcileMs?: number
  /** Of the provider. */
  readonly webhooksAtOnce?: number
}

const ECHO = { journey: 'echo', starts: [{ always: true }], steps: [{ say: 'Reçu : {{message.text}}' }] }

/** What has not come to its end. */
const LEFT = `
select 'outbox' as noun, state, message_id as id, due_at as due, wait_rule as rule from outbox
union all select 'pending', kind, id, due_at, null from pending
union all select 'message', status, id, at, author from message where direction = 'out' and status in ('sending', 'accepted', 'sent')`

const writeWorkspace = async (folder: string, { throughput = 5000, unknown = 'resend', journeys = { echo: ECHO } }: CrewOptions) => {
  const whatsapp = {
    kind: 'whatsapp',
    phoneNumberId: '106540352242922',
    businessAccountId: '102290129340398',
    number: NUMBER,
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: Relais fills these in.
    accessToken: '${WHATSAPP_TOKEN}',
    appSecret: '${WHATSAPP_APP_SECRET}',
    verifyToken: 'verify',
    apiUrl: '${WHATSAPP_API_URL}',
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: —
    throughput,
    // It answers anything: what is promised here holds for every message, whosever matter it is.
    scope: 'general',
  }
  await mkdir(join(folder, 'journeys'))
  const relais = {
    workspace: { name: 'Promesses', country: 'FR', locale: 'fr', timezone: 'Europe/Paris' },
    channels: { whatsapp },
    assistant: { aiIs: 'incidental', since: '2024-05-01', disclosure: { fr: 'Assistant IA.', en: 'AI assistant.' } },
    unknown: { marketing: 'park', authentication: 'park', service: unknown },
  }
  await writeFile(join(folder, 'relais.yaml'), stringify(relais))
  for (const [name, journey] of Object.entries(journeys)) await writeFile(join(folder, 'journeys', `${name}.yaml`), stringify(journey))
}

export const until: Crew['until'] = async (what, check, ms = 30_000) => {
  const end = Date.now() + ms
  for (;;) {
    const found = await check()
    if (found) return found
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain: ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export const openCrew = async (options: CrewOptions): Promise<Crew> => {
  const folder = await mkdtemp(join(tmpdir(), 'relais-crew-'))
  const workspace = join(folder, 'workspace')
  await mkdir(workspace)
  await writeWorkspace(workspace, options)
  const members: Member[] = []
  const answers: { status: number; ms: number }[] = []
  const said: string[] = []
  let closed = false
  let turn = 0
  let aimed = ''

  const agent = new Agent({ keepAlive: true })
  /** Half of what `fetch` costs: the machine is there for those who are tried. */
  const post = (url: string, { method, headers, body }: RequestInit) =>
    new Promise<Response>((resolve, reject) => {
      const call = request(url, { agent, method, headers: headers as Record<string, string> }, (answer) =>
        answer.resume().once('end', () => resolve(new Response(null, { status: answer.statusCode ?? 500 }))),
      )
      call.once('error', reject).end(body)
    })

  /** A provider that does not wait long before it comes again; any living process takes it. */
  const deliver = async (url: string, init: RequestInit): Promise<Response> => {
    for (;;) {
      if (closed) throw new Error('closed')
      const takers = aimed ? [aimed] : members.flatMap((member) => (member.process.exitCode === null && member.url ? [member.url] : []))
      const taker = takers[turn++ % takers.length]
      const began = performance.now()
      const response = taker ? await post(url.replace('http://relais.test', taker), init).catch(() => null) : null
      if (response) answers.push({ status: response.status, ms: performance.now() - began })
      if (response?.status === 200) return response
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const whatsapp = createWhatsAppSimulator({
    clock: realClock,
    random: makeRandom(options.seed ?? 1),
    fetch: (url, init) => deliver(url, init),
    appSecret: SECRET,
    accessToken: TOKEN,
    verifyToken: 'verify',
    businessAccountId: '102290129340398',
    phoneNumberId: '106540352242922',
    displayNumber: NUMBER,
    webhookUrl: 'http://relais.test/webhooks/whatsapp',
    throughput: options.allowed ?? 5000,
    webhookTimeoutMs: 3_600_000,
    webhooksAtOnce: options.webhooksAtOnce ?? 64,
    delays: { sent: 5, delivered: 15, failed: 5 },
  })
  const graph = await serve(whatsapp)
  let joined: Connection | null = null
  const databaseUrl = () => options.databaseUrl ?? findEmbedded(options.dataFolder ?? '')?.connectionString ?? ''
  const joinDatabase = () => {
    joined ??= connect({ config: { connectionString: databaseUrl() }, size: 2 })
    return joined
  }
  let people = 0
  const customer = () => {
    people += 1
    return whatsapp.user({ phone: `+336${String(10_000_000 + people)}`, name: `Client ${people}` })
  }

  const env = {
    NODE_COMPILE_CACHE: join(tmpdir(), 'relais-compile-cache'),
    WORKSPACE: workspace,
    RELAIS_DATA: options.dataFolder ?? folder,
    WHATSAPP_API_URL: graph.url,
    WHATSAPP_TOKEN: TOKEN,
    WHATSAPP_APP_SECRET: SECRET,
    RECONCILE_MS: String(options.reconcileMs ?? 1_000),
    ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
  }
  const start = async (more: Record<string, string> = {}): Promise<Member> => {
    const child = fork(join(import.meta.dirname, 'process.ts'), {
      env: {
        ...process.env,
        ...env,
        ...more,
      },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    })
    const lines: string[] = []
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const told = text.split('\n').filter(Boolean)
      lines.push(...told)
      said.push(...told.map((line) => `${child.pid} ${line}`))
    })
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`Relais ended with ${code}: ${lines.slice(-5).join('\n')}`)
    })
    ended.catch(() => {})
    const [{ port }] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number }]
    const member: Member = {
      url: more.ROLE === 'worker' ? '' : `http://127.0.0.1:${port}`,
      process: child,
      lines,
      kill: async () => {
        if (child.exitCode !== null || child.signalCode !== null) return
        members.splice(members.indexOf(member), 1)
        const gone = once(child, 'exit')
        child.kill('SIGKILL')
        await gone
      },
    }
    child.once('exit', () => members.includes(member) && members.splice(members.indexOf(member), 1))
    members.push(member)
    return member
  }

  return {
    whatsapp,
    get connection() {
      return joinDatabase()
    },
    workspace,
    env,
    aim: (url) => {
      aimed = url
    },
    databaseUrl,
    log: () => said.join('\n'),
    members,
    answers,
    start,
    until,
    customer,
    write: (random, perSecond) => {
      const writers: { user: User; wrote: number }[] = []
      let sent = 0
      const timer = setInterval(() => {
        while (writers.length < 20) writers.push({ user: customer(), wrote: 0 })
        const writer = writers[Math.floor(random() * writers.length)]
        // Patient people: a busy machine makes them fewer, not the pile higher.
        if (!writer || whatsapp.webhooks.waiting() > MOST_WAITING) return
        sent += 1
        writer.wrote += 1
        writer.user.sendText(`message ${sent}`)
        if (writer.wrote >= PER_PERSON) writers.splice(writers.indexOf(writer), 1)
      }, 1000 / perSecond)
      return { sent: () => sent, stop: () => clearInterval(timer) }
    },
    rest: async (ms = 60_000) => {
      let left: readonly object[] = []
      const atRest = async () => {
        left = [
          { webhooks: whatsapp.webhooks.waiting() },
          ...(await joinDatabase()
            .query(LEFT)
            .catch(() => [{ database: 'away' }])),
        ]
        return left.length === 1 && whatsapp.webhooks.waiting() === 0
      }
      await until('everything told, decided, sent and settled', atRest, ms).catch((error) => {
        throw new Error(`${error.message} ${JSON.stringify(left.slice(0, 10))}`)
      })
    },
    close: async () => {
      closed = true
      await Promise.all(members.map((member) => member.kill()))
      whatsapp.stop()
      await graph.close()
      agent.destroy()
      await joined?.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
