import { type Answer, type Clock, json, pause, type Said } from '../wire.ts'

/** How one call goes. Everything but `answer` is a way to go wrong. */
export type Behaviour =
  | { kind: 'answer'; text?: string }
  | { kind: 'slow-start'; ms: number }
  | { kind: 'slow'; ms: number } // between tokens
  | { kind: 'cut'; after: number } // connection lost after so many tokens
  | { kind: 'unfinished'; after: number } // stream ends in order, without finish_reason
  | { kind: 'refuse' }
  | { kind: 'ramble' } // long, cites nothing
  | { kind: 'miscite' } // cites a passage that was not given
  | { kind: 'empty' }
  | { kind: 'length'; after: number }
  | { kind: 'content-filter' }
  | { kind: 'unauthorised' } // 401
  | { kind: 'too-many'; retryAfter: number } // 429
  | { kind: 'quota' } // 429 that no retry mends
  | { kind: 'failing' } // 500
  | { kind: 'overloaded' } // 503
  | { kind: 'too-long' } // 400 context_length_exceeded
  | { kind: 'html' }
  | { kind: 'malformed' } // broken JSON inside the stream, or as the whole body
  | { kind: 'silent' }
  | { kind: 'reset' }

export interface Spoken {
  readonly text: string
  readonly finish: 'stop' | 'length' | 'content_filter' | null
}

export const failure = (status: number, type: string, code: string | null, message: string, headers: Record<string, string> = {}): Said =>
  json(status, { error: { message, type, param: null, code } }, headers)

/** Behaviours that never get to speak. */
export function refusal(behaviour: Behaviour): Answer | undefined {
  switch (behaviour.kind) {
    case 'unauthorised':
      return failure(401, 'invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.')
    case 'too-many':
      return failure(429, 'requests', 'rate_limit_exceeded', 'Rate limit reached.', { 'retry-after': String(behaviour.retryAfter) })
    case 'quota':
      return failure(429, 'insufficient_quota', 'insufficient_quota', 'You exceeded your current quota.')
    case 'failing':
      return failure(500, 'server_error', null, 'The server had an error while processing your request.')
    case 'overloaded':
      return failure(503, 'server_error', null, 'The engine is currently overloaded.', { 'retry-after': '1' })
    case 'too-long':
      return failure(400, 'invalid_request_error', 'context_length_exceeded', 'The prompt is too long for this model.')
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Gateway</title><p>Please log in.' }
    case 'silent':
      return { broken: 'silent' }
    case 'reset':
      return { broken: 'reset' }
    default:
      return undefined
  }
}

const ramblings = 'Voyager, c’est avant tout partir, et partir, c’est déjà revenir un peu. '

/** @param usual what the model says when nothing is wrong */
export function spoken(behaviour: Behaviour, usual: string): Spoken {
  switch (behaviour.kind) {
    case 'answer':
      return { text: behaviour.text ?? usual, finish: 'stop' }
    case 'refuse':
      return { text: 'I’m sorry, but I can’t help with that.', finish: 'stop' }
    case 'ramble':
      return { text: ramblings.repeat(60), finish: 'stop' }
    case 'miscite':
      return { text: 'Le remboursement est intégral jusqu’au jour du départ [97].', finish: 'stop' }
    case 'empty':
      return { text: '', finish: 'stop' }
    case 'length':
      return { text: tokensOf(usual).slice(0, behaviour.after).join(''), finish: 'length' }
    case 'content-filter':
      return { text: '', finish: 'content_filter' }
    case 'unfinished':
      return { text: tokensOf(usual).slice(0, behaviour.after).join(''), finish: null }
    default:
      return { text: usual, finish: 'stop' }
  }
}

export const tokensOf = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? []

/** About four characters a token, as the vendors say of English. */
export const countTokens = (text: string): number => Math.ceil(text.length / 4)

export interface Frame {
  readonly id: string
  readonly model: string
  readonly created: number
  readonly usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number }
}

/** The whole answer. A cut one is a body that ends too early. */
export async function speakWhole(frame: Frame, said: Spoken, behaviour: Behaviour, clock: Clock): Promise<Said> {
  if (behaviour.kind === 'slow-start') await pause(clock, behaviour.ms)
  if (behaviour.kind === 'slow') await pause(clock, behaviour.ms * tokensOf(said.text).length)
  const { usage, ...head } = frame
  const message = { role: 'assistant', content: said.text, refusal: null }
  const whole = json(200, {
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: said.finish }],
    usage,
  })
  const spoilt = behaviour.kind === 'cut' || behaviour.kind === 'malformed'
  return spoilt ? { ...whole, body: whole.body.slice(0, whole.body.length / 2) } : whole
}

/** Server-sent events as `chat.completion.chunk`, usage last when asked for, then `[DONE]`. A cut throws, which drops the connection. */
export async function* speak(frame: Frame, said: Spoken, behaviour: Behaviour, clock: Clock, withUsage: boolean): AsyncGenerator<string> {
  const { usage, ...head } = frame
  const chunk = (delta: object, finish: string | null, rest: object = {}) =>
    event({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], ...rest })
  if (behaviour.kind === 'slow-start') await pause(clock, behaviour.ms)
  yield chunk({ role: 'assistant', content: '' }, null)
  let count = 0
  for (const token of tokensOf(said.text)) {
    if (behaviour.kind === 'cut' && count === behaviour.after) throw new Error('cut')
    if (behaviour.kind === 'malformed' && count === 2) yield 'data: {"id":"chatcmpl\n\n'
    if (behaviour.kind === 'slow') await pause(clock, behaviour.ms)
    yield chunk({ content: token }, null)
    count += 1
  }
  if (behaviour.kind === 'cut') throw new Error('cut')
  if (said.finish === null) return
  yield chunk({}, said.finish)
  if (withUsage) yield event({ ...head, object: 'chat.completion.chunk', choices: [], usage })
  yield 'data: [DONE]\n\n'
}

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`
