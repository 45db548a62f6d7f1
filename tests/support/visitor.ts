/** A browser on a chat page, without the page: keeps its cookie, asks as the page asks, and listens to its stream. */
import { randomUUID } from 'node:crypto'

export type Heard = { readonly event: string; readonly id: string | null; readonly data: Record<string, unknown> }
export type Ear = {
  readonly heard: Heard[]
  /** Resolves with the first of that name, from now or before, that `fits`. */
  next(event: string, fits?: (data: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>
  /** Of the last event that had one. */
  readonly lastId: () => string | null
  /** True once the house ended it. */
  readonly ended: () => boolean
  close(): void
}
export type Message = {
  readonly id: string
  readonly by: string
  readonly channel: string
  readonly status: string
  readonly content: { readonly type: string; readonly text?: string }
  readonly clientId?: string
  readonly ai: boolean
  readonly citations?: readonly { readonly n: number; readonly title: string }[]
}
export type Start = {
  readonly visitor: { readonly shows: string; readonly since: number; readonly carried: number } | null
  readonly owner: string
  readonly messages: readonly Message[]
  readonly more: string | null
  readonly last: string
  readonly disclosure: string
} & Readonly<Record<string, unknown>>

export type Browser = {
  cookie: string | null
  /** Below the page's address. */
  ask(path: string, init?: RequestInit): Promise<Response>
  start(): Promise<Start>
  post(what: object): Promise<Response>
  /** Writes; gives the id it made for it. Throws where it was not taken. */
  write(text: string, id?: string): Promise<string>
  messages(): Promise<readonly Message[]>
  listen(after?: string | null): Promise<Ear>
}

const parse = (block: string): Heard | null => {
  const lines = block.split('\n').filter((line) => line && !line.startsWith(':'))
  const field = (name: string) =>
    lines
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? null
  const event = field('event')
  return event ? { event, id: field('id'), data: JSON.parse(field('data') || '{}') } : null
}

const listenTo = (response: Response, abort: AbortController): Ear => {
  const heard: Heard[] = []
  let waiting: (() => void)[] = []
  let ended = false
  const look = () => {
    for (const tell of waiting.splice(0)) tell()
  }
  void (async () => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      rest += decoder.decode(chunk, { stream: true })
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = parse(block)
        if (event) heard.push(event)
      }
      look()
    }
  })()
    .catch(() => {})
    .finally(() => {
      ended = true
      look()
    })
  return {
    heard,
    next: async (event, fits = () => true) => {
      const until = Date.now() + 15_000
      for (;;) {
        const found = heard.find((one) => one.event === event && fits(one.data))
        if (found) return found.data
        if (Date.now() > until || ended) throw new Error(`Waited in vain for ${event}; heard ${JSON.stringify(heard)}`)
        await new Promise<void>((resolve) => {
          waiting.push(resolve)
          setTimeout(resolve, 500)
        })
      }
    },
    lastId: () => heard.findLast(({ id }) => id !== null)?.id ?? null,
    ended: () => ended,
    close: () => {
      waiting = []
      abort.abort()
    },
  }
}

/** `via`: a house that is asked without a socket. */
export const openBrowser = (url: string, channel = 'site', via: (request: Request) => Response | Promise<Response> = fetch): Browser => {
  const page = `${url}/chat/${channel}`
  const browser: Browser = {
    cookie: null,
    ask: async (path, init = {}) => {
      const headers = new Headers(init.headers)
      if (browser.cookie) headers.set('cookie', browser.cookie)
      if (!headers.has('sec-fetch-site')) headers.set('sec-fetch-site', 'same-origin')
      if (!headers.has('accept-language')) headers.set('accept-language', 'fr')
      const response = await via(new Request(`${page}${path}`, { ...init, headers }))
      const [given] = response.headers.getSetCookie()
      if (given) browser.cookie = given.includes('Max-Age=0') ? null : (given.split(';')[0] ?? null)
      return response
    },
    start: async () => (await browser.ask('/start')).json() as Promise<Start>,
    post: (what) =>
      browser.ask('/messages', { method: 'POST', body: JSON.stringify(what), headers: { 'content-type': 'application/json' } }),
    write: async (text, id = randomUUID()) => {
      const response = await browser.post({ id, text })
      if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`)
      return id
    },
    messages: async () => ((await (await browser.ask('/messages')).json()) as { messages: readonly Message[] }).messages,
    listen: async (after = null) => {
      const abort = new AbortController()
      const response = await browser.ask('/events', {
        signal: abort.signal,
        ...(after === null ? {} : { headers: { 'last-event-id': after } }),
      })
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
      return listenTo(response, abort)
    },
  }
  return browser
}
