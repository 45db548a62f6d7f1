import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Answer, Call, Handler } from './wire.ts'

export interface Served {
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  readonly url: string
  readonly port: number
  /** Ends the listener and every open connection, silent ones too. */
  close(): Promise<void>
}

/**
 * Serves a simulator on 127.0.0.1. Plain node:http: a reset must be a reset on the wire, and the benchmark needs the speed.
 * @param at port 0 (default) takes any free one
 */
export async function serve(handler: Handler, at: { port?: number } = {}): Promise<Served> {
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    // A rejected handler is a bug of the simulator: the caller sees a 500 that says so, not a hanging socket.
    exchange(handler, request, response).catch((cause: unknown) => {
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'content-type': 'text/plain' }).end(`simulator: ${String(cause)}`)
    })
  })
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((ready, failed) => {
    server.once('error', failed)
    server.listen(at.port ?? 0, '127.0.0.1', ready)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

async function exchange(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readAll(request)
  const answer = await handler.handle(callOf(request, body))
  if (response.destroyed) return
  await write(answer, request, response)
}

function callOf(request: IncomingMessage, body: Uint8Array): Call {
  const target = request.url ?? '/'
  const cut = target.indexOf('?')
  return {
    method: request.method ?? 'GET',
    origin: `http://${request.headers.host ?? '127.0.0.1'}`,
    path: cut < 0 ? target : target.slice(0, cut),
    query: new URLSearchParams(cut < 0 ? '' : target.slice(cut + 1)),
    header: (name) => {
      const value = request.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    body,
  }
}

function readAll(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((done, failed) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', failed)
  })
}

async function write(answer: Answer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if ('broken' in answer) {
    if (answer.broken === 'reset') request.socket.resetAndDestroy()
    return
  }
  if ('stream' in answer) {
    response.writeHead(answer.status, answer.headers)
    response.flushHeaders()
    try {
      for await (const chunk of answer.stream) {
        if (response.destroyed) return
        response.write(chunk)
      }
      response.end()
    } catch {
      request.socket.destroy()
    }
    return
  }
  // A string leaves in one write together with its head; bytes need two.
  answer.headers['content-length'] = String(Buffer.byteLength(answer.body))
  response.writeHead(answer.status, answer.headers).end(answer.body)
}
