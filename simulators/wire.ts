/**
 * One HTTP exchange, as every simulator sees it. A simulator implements `handle`; `answerRequests` makes it callable in-process
 * (virtual clock, no sockets), `serve.ts` puts it on a port. Both break a connection the way a real network does.
 */

export interface Call {
  readonly method: string
  /** Scheme, host and port the caller used, e.g. `http://127.0.0.1:4010`. */
  readonly origin: string
  readonly path: string
  readonly query: URLSearchParams
  /** Header names in lower case. */
  header(name: string): string | undefined
  readonly body: Uint8Array
}

export interface Said {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string | Uint8Array
}

/** A streamed answer. An iterator that throws cuts the connection in the middle. */
export interface Streamed {
  readonly status: number
  readonly headers: Record<string, string>
  readonly stream: AsyncIterable<string>
}

/** No answer at all: the connection is reset after the request's bytes, or stays open and silent for ever. */
export interface Broken {
  readonly broken: 'reset' | 'silent'
}

export type Answer = Said | Streamed | Broken

export interface Handler {
  handle(call: Call): Promise<Answer>
}

/** What a simulator needs of time. `after` runs `run` once, `ms` milliseconds from now, unless the returned function is called. */
export interface Clock {
  now(): number
  after(ms: number, run: () => void): () => void
}

/** The part of `fetch` a simulator uses to call webhooks; `globalThis.fetch` fits. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal?: AbortSignal },
) => Promise<Response>

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Said => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  body: JSON.stringify(value),
})

/** Waits `ms` milliseconds of the given clock. */
export const pause = (clock: Clock, ms: number): Promise<void> =>
  ms <= 0 ? Promise.resolve() : new Promise((done) => clock.after(ms, done))

/**
 * Turns a handler into `fetch(request)` for in-process use. A reset rejects as undici does (`TypeError: fetch failed`, cause
 * `ECONNRESET`); a silent connection settles only when the caller's own signal aborts.
 */
export function answerRequests(handler: Handler): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url)
    const answer = await untilAborted(
      request.signal,
      handler.handle({
        method: request.method,
        origin: url.origin,
        path: url.pathname,
        query: url.searchParams,
        header: (name) => request.headers.get(name) ?? undefined,
        body: new Uint8Array(await request.arrayBuffer()),
      }),
    )
    if ('broken' in answer) {
      if (answer.broken === 'silent') return untilAborted(request.signal, new Promise<never>(() => {}))
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
    }
    const body = 'stream' in answer ? streamOf(answer.stream, request.signal) : new Uint8Array(bytesOf(answer.body))
    return new Response(body, { status: answer.status, headers: answer.headers })
  }
}

function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason)
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

function streamOf(chunks: AsyncIterable<string>, signal: AbortSignal): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await untilAborted(signal, iterator.next())
        if (next.done) controller.close()
        else controller.enqueue(encoder.encode(next.value))
      } catch (cause) {
        controller.error(signal.aborted ? signal.reason : new TypeError('terminated', { cause }))
      }
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}

const bytesOf = (body: string | Uint8Array): Uint8Array => (typeof body === 'string' ? Buffer.from(body) : body)

/** Objects read from foreign JSON: every field is unknown until looked at. */
export type Fields = Record<string, unknown>

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Parses JSON; `undefined` when it is none. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'))
  } catch {
    return undefined
  }
}
