/**
 * Anthropic's Messages API: `POST /v1/messages`. https://platform.claude.com/docs/en/build-with-claude/streaming,
 * …/handling-stop-reasons and https://platform.claude.com/docs/en/api/errors (read 2026-11-22): named events, a stop reason in
 * `message_delta`, 529 when all are busy, and errors inside a stream that began with 200.
 */
import { fieldsOf, json, listOf, textOf } from '../wire.ts'
import { type Dialect, type Finish, type Frame, type Refusal, wordsOf } from './engine.ts'

const REASONS: Readonly<Record<Finish, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  filtered: 'refusal',
  refused: 'refusal',
  blocked: 'refusal',
  strange: 'eos_budget',
}
const event = (type: string, value: object = {}): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...value })}\n\n`
const messageOf = (frame: Frame, content: readonly unknown[], stop: string | null, output: number) => ({
  id: `msg_${frame.id}`,
  type: 'message',
  role: 'assistant',
  model: frame.model,
  content,
  stop_reason: stop,
  stop_sequence: null,
  usage: { input_tokens: frame.usage.input, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: output },
})
const errorOf = (type: string, message: string) => ({ type: 'error', error: { type, message }, request_id: 'req_imitated' })

const REFUSALS: Readonly<Record<Refusal, readonly [status: number, type: string, message: string]>> = {
  unauthorised: [401, 'authentication_error', 'invalid x-api-key'],
  'too-many': [429, 'rate_limit_error', 'This request would exceed your rate limit.'],
  quota: [400, 'invalid_request_error', 'Your credit balance is too low to access the API.'],
  failing: [500, 'api_error', 'Internal server error'],
  overloaded: [529, 'overloaded_error', 'Overloaded'],
  'too-long': [400, 'invalid_request_error', 'prompt is too long: 208310 tokens > 200000 maximum'],
  'unknown-model': [404, 'not_found_error', 'model: unknown'],
  invalid: [400, 'invalid_request_error', 'messages: field required'],
}

export const anthropic: Dialect = {
  read(call, body) {
    if (!/\/messages$/.test(call.path)) return null
    const messages = listOf(body.messages).map((one) => ({ role: textOf(fieldsOf(one).role), content: wordsOf(fieldsOf(one).content) }))
    if (messages.length === 0 || typeof body.max_tokens !== 'number' || call.header('anthropic-version') === undefined) return undefined
    return {
      model: textOf(body.model),
      stream: body.stream === true,
      messages: [{ role: 'system', content: wordsOf(body.system) }, ...messages],
    }
  },
  keyOf: (call) => call.header('x-api-key'),
  refuse(kind, retryAfter) {
    const [status, type, message] = REFUSALS[kind]
    const hints = kind === 'too-many' ? { 'retry-after': String(retryAfter), 'anthropic-ratelimit-requests-remaining': '0' } : {}
    return json(status, errorOf(type, message), hints)
  },
  whole: (frame) => messageOf(frame, frame.text ? [{ type: 'text', text: frame.text }] : [], REASONS[frame.finish], frame.usage.output),
  begin: (frame) => [
    event('message_start', { message: messageOf(frame, [], null, 1) }),
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    event('ping'),
  ],
  piece: (_frame, text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
  end: (frame) => [
    event('content_block_stop', { index: 0 }),
    event('message_delta', {
      delta: { stop_reason: REASONS[frame.finish], stop_sequence: null },
      usage: { output_tokens: frame.usage.output },
    }),
    event('message_stop'),
  ],
  failing: () => `event: error\ndata: ${JSON.stringify(errorOf('overloaded_error', 'Overloaded'))}\n\n`,
}
