/** A model over HTTP that says, piece by piece, what a test wants: the chat completions of an OpenAI-compatible engine, streamed. */
import { createServer, type ServerResponse } from 'node:http'

export type Script = {
  say(text: string): void
  /** The answer is whole. */
  finish(): void
  /** The connection is lost. */
  cut(): void
  /** In the place of any answer. */
  html(): void
  /** What it was asked, all of it as text. */
  readonly asked: string
}
export type EngineWire = {
  readonly url: string
  /** How calls go from now on. */
  answer: (script: Script) => void | Promise<void>
  close(): Promise<void>
}

const chunk = (delta: object, finish: string | null) =>
  `data: ${JSON.stringify({ id: 'c', model: 'demo', created: 1, object: 'chat.completion.chunk', choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] })}\n\n`

const scriptFor = (response: ServerResponse, asked: string): Script => {
  const head = () => {
    if (response.headersSent) return
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(chunk({ role: 'assistant', content: '' }, null))
  }
  return {
    asked,
    say: (text) => {
      head()
      response.write(chunk({ content: text }, null))
    },
    finish: () => {
      head()
      response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
    },
    cut: () => void response.destroy(),
    html: () => void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Gateway</title><p>Please log in.'),
  }
}

export const openEngineWire = async (): Promise<EngineWire> => {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    response.on('error', () => {})
    await wire.answer(scriptFor(response, body))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const wire: EngineWire = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    answer: (script) => script.finish(),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  return wire
}
