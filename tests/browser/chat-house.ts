/** A house as the chat page meets it, played by hand: the built page under its policy, and what a test wants said at its moment. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { build } from 'vite'
import type { Message, Source, Start } from '../../web/chat/shapes.ts'
import config from '../../web/vite.config.ts'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'self'"
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export type Posted = {
  readonly id: string
  readonly says: Record<string, unknown>
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: number }
}
type Failing = { readonly start?: boolean; readonly events?: boolean; readonly files?: boolean }
export type ChatHouse = {
  readonly address: string
  /** Every post that was taken, in order; a repeat of an id is none. */
  readonly posts: readonly Posted[]
  /** How many times a post came, repeats too. */
  readonly asked: () => number
  readonly receipts: readonly { delivered?: string[]; read?: string[] }[]
  readonly resumed: readonly string[]
  readonly cookies: () => number
  /** Puts a message into the thread and tells every page. */
  say(message: Partial<Message> & Pick<Message, 'content'>): Message
  tell(event: string, data: object): void
  /** What the next posts are answered: null takes them again. */
  refuse(answer: { status: number; title: string; remedy: string; retryAfter?: number } | null): void
  /** Whether `start` and the stream answer: a 503 where not. `files` are taken up and never answered. */
  fail(what: Failing): void
  /** Breaks the open streams. */
  breakLine(): void
  set(start: Partial<Start>): void
  source(answer: Source | null): void
  reset(): void
  stop(): Promise<void>
}

/** One page alone, built as all pages are. */
export const buildPages = async (page: 'chat' | 'desk' = 'chat'): Promise<{ folder: string; drop: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'relais-pages-'))
  const web = join(import.meta.dirname, '..', '..', 'web')
  const inputs = {
    chat: { chat: join(web, 'chat', 'index.html'), worker: join(web, 'chat', 'worker.ts') },
    desk: { desk: join(web, 'index.html') },
  }
  const input = inputs[page]
  const rolldownOptions = { ...config.build?.rolldownOptions, input }
  await build({ ...config, configFile: false, logLevel: 'error', build: { ...config.build, outDir: folder, rolldownOptions } })
  return { folder, drop: () => rm(folder, { recursive: true, force: true }) }
}

const START: Start = {
  channel: 'site',
  name: 'Voyages Lumière',
  assistant: 'Lumi',
  language: 'fr',
  look: { accent: '#0B5C5E', accentDark: '#6CC4BF', logo: null },
  welcome: null,
  disclosure:
    'Vous parlez à un assistant automatique (IA). Il peut se tromper\u00a0; un conseiller reprend la main quand vous le demandez.',
  scope: 'general',
  files: { bytes: 10_000_000, types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'application/pdf', 'text/plain'] },
  back: [{ channel: 'whatsapp', medium: 'whatsapp', label: 'WhatsApp' }],
  signIn: true,
  agree: null,
  visitor: null,
  owner: 'assistant',
  messages: [],
  more: null,
  last: '0',
}
const UNWELL = { code: 'store-unavailable', title: 'La base de données ne répond pas.', remedy: 'Réessayez dans un instant.' }

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}

export const startChatHouse = async (folder: string): Promise<ChatHouse> => {
  let start: Start
  let posts: Posted[]
  let receipts: { delivered?: string[]; read?: string[] }[]
  let resumed: string[]
  let journal: { seq: number; event: string; data: object }[]
  let asked: number
  let refusal: { status: number; title: string; remedy: string; retryAfter?: number } | null
  let source: Source | null
  let failing: Failing = {}
  let cookies = 0
  let clock = Date.UTC(2026, 10, 22, 13, 5)
  const lines = new Set<ServerResponse>()
  const reset = () => {
    start = START
    posts = []
    receipts = []
    resumed = []
    journal = []
    asked = 0
    refusal = null
    failing = {}
    source = null
    clock = Date.UTC(2026, 10, 22, 13, 5)
  }
  reset()

  const frame = ({ seq, event, data }: { seq: number; event: string; data: object }) =>
    `id: ${seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
  const tell = (event: string, data: object) => {
    const entry = { seq: journal.length + 1, event, data }
    journal.push(entry)
    for (const line of lines) line.write(frame(entry))
  }
  const say = (given: Partial<Message> & Pick<Message, 'content'>): Message => {
    clock += 1_000
    const message: Message = {
      id: `msg_${start.messages.length + 1}`,
      at: clock,
      by: 'assistant',
      channel: 'site',
      medium: 'web',
      status: 'sent',
      ai: (given.by ?? 'assistant') === 'assistant',
      ...given,
    }
    start = { ...start, messages: [...start.messages.filter((one) => one.id !== message.id), message] }
    tell('message', message)
    return message
  }
  const take = (post: Posted): void => {
    asked += 1
    if (posts.some(({ id }) => id === post.id)) return
    posts.push(post)
    const { says, file, id } = post
    const choice = says.choice as { id: string; label: string } | undefined
    const content = file
      ? {
          type: 'media' as const,
          kind: file.type.startsWith('image/') ? ('image' as const) : ('document' as const),
          media: { mime: file.type, bytes: file.bytes, filename: file.name, digest: 'f'.repeat(64) as never },
        }
      : choice
        ? { type: 'choice' as const, ...choice }
        : { type: 'text' as const, text: says.person ? 'Parler à quelqu’un' : String(says.text) }
    start = { ...start, visitor: start.visitor ?? { shows: 'own', since: clock, carried: 0 } }
    say({ content, by: 'me', clientId: id, status: 'received' })
    if (!says.person) return
    start = { ...start, owner: 'waiting' }
    tell('owner', { owner: 'waiting' })
  }

  const answer = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, {
      'content-type': status < 400 ? 'application/json' : 'application/problem+json',
      'cache-control': 'no-store',
      ...headers,
    })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }
  const file = async (response: ServerResponse, path: string, headers: Record<string, string> = {}) => {
    const body = await readFile(join(folder, path)).catch(() => null)
    if (!body) return answer(response, 404, { title: 'nothing here' })
    response.writeHead(200, {
      'content-type': TYPES[extname(path)] ?? 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      ...headers,
    })
    response.end(body)
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://house')
    const known = /visitor=1/.test(request.headers.cookie ?? '')
    if (url.pathname.startsWith('/assets/')) return file(response, url.pathname)
    const [, rest] = /^\/chat\/site(?:\/(.*))?$/.exec(url.pathname) ?? []
    const body = await bodyOf(request)
    const refused = () => {
      if (!refusal) return false
      const { status, title, remedy, retryAfter } = refusal
      answer(response, status, { code: 'refused', title, remedy }, retryAfter ? { 'retry-after': String(retryAfter) } : {})
      return true
    }
    const cookie = (): Record<string, string> => {
      if (known) return {}
      cookies += 1
      return { 'set-cookie': 'visitor=1; HttpOnly; SameSite=Lax; Path=/chat/site' }
    }
    switch (`${request.method} ${rest?.split('/')[0] ?? ''}`) {
      case 'GET ':
        return file(response, 'chat/index.html', { 'cache-control': 'no-cache' })
      case 'GET worker.js':
        return file(response, 'chat/worker.js', { 'service-worker-allowed': '/chat/site' })
      case 'GET manifest.webmanifest':
        return answer(
          response,
          200,
          { name: start.name, start_url: '/chat/site', display: 'standalone', icons: [] },
          { 'content-type': 'application/manifest+json' },
        )
      case 'GET start':
        if (failing.start) return answer(response, 503, UNWELL)
        return answer(response, 200, {
          ...start,
          ...(known ? {} : { visitor: null, messages: [], more: null, owner: 'assistant' }),
          last: String(journal.length),
        })
      case 'GET messages':
        return answer(response, 200, {
          messages: [
            { ...start.messages[0], id: 'msg_old', at: START_AT - 86_400_000, content: { type: 'text', text: 'Un message d’hier.' } },
          ],
          more: null,
        })
      case 'POST messages': {
        if (refused()) return
        const { id, ...says } = JSON.parse(body.toString())
        take({ id, says })
        return answer(response, 202, { id }, cookie())
      }
      case 'POST files': {
        if (refused()) return
        if (failing.files) {
          asked += 1
          return
        }
        const { id = '', name = '', ...says } = Object.fromEntries(url.searchParams)
        take({ id, says, file: { name, type: request.headers['content-type'] ?? '', bytes: body.length } })
        return answer(response, 202, { id }, cookie())
      }
      case 'GET files':
        response.writeHead(200, { 'content-type': 'image/png' })
        return response.end(PIXEL)
      case 'POST receipts':
        receipts.push(JSON.parse(body.toString()))
        return answer(response, 204, undefined)
      case 'GET sources':
        return source
          ? answer(response, 200, source)
          : answer(response, 404, { title: 'Cette source n’existe plus.', remedy: 'Posez la question à nouveau.' })
      case 'GET history':
        return answer(response, 200, { messages: start.messages }, { 'content-disposition': 'attachment; filename="conversation.json"' })
      case 'DELETE history':
        start = { ...START }
        answer(response, 204, undefined, { 'set-cookie': 'visitor=; Max-Age=0; Path=/chat/site' })
        return tell('gone', {})
      case 'POST back':
        return answer(response, 200, { url: 'https://wa.me/33612345678?text=lune%20verte%2042', word: 'lune verte 42' })
      case 'POST account':
        start = { ...start, visitor: { shows: 'own', since: clock, carried: 0, account: true } }
        return answer(response, 204, undefined, cookie())
      case 'GET events': {
        if (failing.events) return answer(response, 503, UNWELL)
        const after = String(request.headers['last-event-id'] ?? url.searchParams.get('after') ?? '0')
        resumed.push(after)
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        response.write('retry: 300\n\n')
        for (const entry of journal) if (entry.seq > Number(after)) response.write(frame(entry))
        lines.add(response)
        request.socket.once('close', () => lines.delete(response))
        return
      }
      default:
        return answer(response, 404, { title: 'nothing here' })
    }
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/chat/site`,
    get posts() {
      return posts
    },
    asked: () => asked,
    get receipts() {
      return receipts
    },
    get resumed() {
      return resumed
    },
    cookies: () => cookies,
    say,
    tell,
    refuse: (next) => {
      refusal = next
    },
    fail: (next) => {
      failing = next
    },
    breakLine: () => {
      for (const line of lines) line.destroy()
    },
    set: (next) => {
      start = { ...start, ...next }
    },
    source: (next) => {
      source = next
    },
    reset,
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections()
        server.close(() => stopped())
      }),
  }
}
const START_AT = Date.UTC(2026, 10, 22, 13, 5)
