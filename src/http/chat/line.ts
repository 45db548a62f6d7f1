/**
 * A browser's open line for server-sent events. Where the server hands over the very socket's answer, it is written to: as a web stream, two
 * thousand lines would hold twice the memory (`bench/pages.ts`). Everywhere else it is a web stream.
 */
import type { ServerResponse } from 'node:http'

/** Bytes a browser may leave unread before it is cut off: it comes back and misses nothing. */
const BUFFER = 256 * 1024

export type Line = { write(chunk: Uint8Array): void; end(): void }
type Ends = {
  /** Called at once, with the line. */
  readonly begin: (line: Line) => void
  /** Called once, whoever ended it. */
  readonly over: () => void
}

const outgoingOf = (env: unknown): ServerResponse | undefined =>
  typeof env === 'object' && env !== null && 'outgoing' in env ? (env.outgoing as ServerResponse) : undefined

export const openLine = (headers: Headers, env: unknown, ends: Ends): Response => {
  const outgoing = outgoingOf(env)
  return outgoing ? onSocket(outgoing, headers, ends) : asStream(headers, ends)
}

/** The answer that tells the server that the socket's was begun here. */
const BEGUN = { headers: { 'x-hono-already-sent': 'true' } }

const onSocket = (outgoing: ServerResponse, headers: Headers, { begin, over }: Ends): Response => {
  outgoing.on('error', () => {}).on('close', over)
  outgoing.writeHead(200, Object.fromEntries(headers))
  begin({
    write: (chunk) => {
      if (outgoing.destroyed) return
      if (outgoing.writableLength > BUFFER) outgoing.destroy()
      else outgoing.write(chunk)
    },
    end: () => void outgoing.end(),
  })
  return new Response(null, BEGUN)
}

const asStream = (headers: Headers, { begin, over }: Ends): Response => {
  let gone = false
  const leave = () => {
    if (gone) return
    gone = true
    over()
  }
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = () => {
          if (gone) return
          leave()
          controller.close()
        }
        begin({
          write: (chunk) => {
            if (gone) return
            if ((controller.desiredSize ?? 0) <= 0) end()
            else controller.enqueue(chunk)
          },
          end,
        })
      },
      cancel: leave,
    },
    { highWaterMark: BUFFER, size: (chunk) => chunk?.byteLength ?? 0 },
  )
  return new Response(body, { headers })
}
