/** An imitation of the far end at the wire: a server on loopback that answers, resets or stays silent, as each case wants. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string }
/** `reset` after the request came in whole; `cut` in the middle of the answer; `silent` never answers. */
export type Behaviour<A = Answer> = A | 'reset' | 'cut' | 'silent'
export type Heard = { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: string }

/** An imitation of a far end, whatever it speaks. */
export type FarEnd<A = Answer> = {
  readonly port: number
  /** What comes next; the last one stays. */
  behave(behaviour: Behaviour<A>): void
  /** Everything that was sent here so far; what is no HTTP has no headers. */
  readonly heard: readonly Heard[]
  /** Resolves at the next whole request. */
  next(): Promise<Heard>
  close(): Promise<void>
}

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

const answer = (response: ServerResponse, behaviour: Behaviour): void => {
  if (behaviour === 'silent') return
  if (behaviour === 'reset') {
    response.socket?.resetAndDestroy()
  } else if (behaviour === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' })
    response.write('{"mess', () => response.socket?.resetAndDestroy())
  } else {
    response.writeHead(behaviour.status, { 'content-type': 'application/json', ...behaviour.headers }).end(behaviour.body)
  }
}

export const openProvider = async (): Promise<FarEnd> => {
  let behaviour: Behaviour = { status: 200, body: '{}' }
  const heard: Heard[] = []
  let waiting: ((heard: Heard) => void)[] = []
  const server = createServer(async (request, response) => {
    const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: await read(request) }
    heard.push(one)
    answer(response, behaviour)
    for (const resolve of waiting) resolve(one)
    waiting = []
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    heard,
    behave: (next) => {
      behaviour = next
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A `Tools.fetch` whose every request goes to `origin`, whatever address the connector was configured with. */
export const fetchFrom =
  (origin: string) =>
  async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url)
    const body = request.body === null ? null : await request.arrayBuffer()
    const { method, headers, signal } = request
    return fetch(`${origin}${pathname}${search}`, { method, headers, body, signal, redirect: 'manual' })
  }
