/**
 * Mistral's chat completions: `POST /v1/chat/completions`. https://docs.mistral.ai/api and https://docs.mistral.ai/resources/error-glossary
 * (read 2026-11-22): errors are flat objects, the last chunk carries finish reason and usage together, and there is no sign of a refusal.
 */
import { fieldsOf, json, listOf, textOf } from '../wire.ts'
import { bearerOf, type Dialect, type Finish, type Frame, type Refusal, wordsOf } from './engine.ts'

const REASONS: Readonly<Record<Finish, string>> = {
  stop: 'stop',
  length: 'length',
  filtered: 'error',
  refused: 'stop',
  blocked: 'stop',
  strange: 'eos_budget',
}
const usageOf = ({ usage: { input, output } }: Frame) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
})
const chunk = (frame: Frame, delta: object, finish: string | null, more: object = {}): string => {
  const { id, created, model } = frame
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, model, choices, ...more })}\n\n`
}

const REFUSALS: Readonly<Record<Refusal, readonly [status: number, type: string, code: string | null, message: string]>> = {
  unauthorised: [401, 'authentication_error', null, 'Unauthorized'],
  'too-many': [429, 'rate_limit_error', '1300', 'Rate limit exceeded'],
  quota: [402, 'payment_required', null, 'The workspace has no active payment method.'],
  failing: [500, 'server_error', '3000', 'Internal server error'],
  overloaded: [503, 'server_error', null, 'Service unavailable'],
  'too-long': [400, 'invalid_request_error', '3051', 'Prompt contains 66385 tokens, too large for model with 32768 maximum context length'],
  'unknown-model': [400, 'invalid_request_error', 'unknown_model', 'Invalid model'],
  invalid: [422, 'invalid_request_error', null, 'Field required'],
}

export const mistral: Dialect = {
  read(call, body) {
    if (!/\/chat\/completions$/.test(call.path)) return null
    const messages = listOf(body.messages).map((one) => ({ role: textOf(fieldsOf(one).role), content: wordsOf(fieldsOf(one).content) }))
    return messages.length > 0 ? { model: textOf(body.model), stream: body.stream === true, messages } : undefined
  },
  keyOf: bearerOf,
  refuse(kind, retryAfter) {
    const [status, type, code, message] = REFUSALS[kind]
    if (kind === 'invalid') return json(status, { detail: [{ type: 'missing', loc: ['body', 'messages'], msg: message, input: {} }] })
    const hints = kind === 'too-many' ? { 'retry-after': String(retryAfter), 'x-ratelimit-remaining-req-minute': '0' } : {}
    return json(status, { object: 'error', message, type, param: null, code }, hints)
  },
  whole: (frame) => ({
    id: frame.id,
    object: 'chat.completion',
    created: frame.created,
    model: frame.model,
    choices: [{ index: 0, message: { role: 'assistant', content: frame.text, tool_calls: null }, finish_reason: REASONS[frame.finish] }],
    usage: usageOf(frame),
  }),
  begin: (frame) => [chunk(frame, { role: 'assistant', content: '' }, null)],
  piece: (frame, content) => chunk(frame, { content }, null),
  end: (frame) => [chunk(frame, { content: '' }, REASONS[frame.finish], { usage: usageOf(frame) }), 'data: [DONE]\n\n'],
  failing: (frame) => chunk(frame, { content: '' }, 'error', { usage: usageOf(frame) }),
}
