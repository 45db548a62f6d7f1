/**
 * OpenAI's Responses API: `POST /v1/responses`. Events, statuses, refusal parts, error bodies and limits as in
 * https://developers.openai.com/api/reference/resources/responses and https://developers.openai.com/api/docs/guides/error-codes
 * (read 2026-11-22).
 */
import { fieldsOf, json, listOf, textOf } from '../wire.ts'
import { bearerOf, type Dialect, type Finish, type Frame, type Refusal, wordsOf } from './engine.ts'

const REASONS: Partial<Record<Finish, string>> = { length: 'max_output_tokens', filtered: 'content_filter', strange: 'eos_budget' }
const isRefused = ({ finish }: Frame): boolean => finish === 'refused' || finish === 'blocked'

const partOf = (frame: Frame) =>
  isRefused(frame) ? { type: 'refusal', refusal: frame.text } : { type: 'output_text', text: frame.text, annotations: [], logprobs: [] }

const itemOf = (frame: Frame, content: readonly unknown[], status: string) => ({
  id: `msg_${frame.id}`,
  type: 'message',
  status,
  role: 'assistant',
  content,
})

const responseOf = (frame: Frame, status: string, output: readonly unknown[], more: object = {}) => ({
  id: `resp_${frame.id}`,
  object: 'response',
  created_at: frame.created,
  status,
  error: null,
  incomplete_details: null,
  instructions: null,
  model: frame.model,
  output,
  parallel_tool_calls: true,
  store: false,
  usage: null,
  ...more,
})

const ended = (frame: Frame) => {
  const reason = REASONS[frame.finish]
  const status = reason ? 'incomplete' : 'completed'
  const { input, output } = frame.usage
  return responseOf(frame, status, [itemOf(frame, [partOf(frame)], status)], {
    incomplete_details: reason ? { reason } : null,
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + output,
    },
  })
}

const event = (type: string, value: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: 0, ...value })}\n\n`
const at = (frame: Frame) => ({ item_id: `msg_${frame.id}`, output_index: 0, content_index: 0 })

const REFUSALS: Readonly<Record<Refusal, readonly [status: number, type: string, code: string | null, message: string]>> = {
  unauthorised: [401, 'invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'],
  'too-many': [429, 'requests', 'rate_limit_exceeded', 'Rate limit reached for requests.'],
  quota: [429, 'insufficient_quota', 'insufficient_quota', 'You exceeded your current quota.'],
  failing: [500, 'server_error', null, 'The server had an error while processing your request.'],
  overloaded: [503, 'server_error', null, 'The engine is currently overloaded.'],
  'too-long': [400, 'invalid_request_error', 'context_length_exceeded', 'Your input exceeds the context window of this model.'],
  'unknown-model': [404, 'invalid_request_error', 'model_not_found', 'The requested model does not exist.'],
  invalid: [400, 'invalid_request_error', 'missing_required_parameter', "Missing required parameter: 'input'."],
}

export const openai: Dialect = {
  read(call, body) {
    if (!/\/responses$/.test(call.path)) return null
    const messages = listOf(body.input).map((one) => ({ role: textOf(fieldsOf(one).role), content: wordsOf(fieldsOf(one).content) }))
    return messages.length > 0 ? { model: textOf(body.model), stream: body.stream === true, messages } : undefined
  },
  keyOf: bearerOf,
  refuse(kind, retryAfter) {
    const [status, type, code, message] = REFUSALS[kind]
    const hints =
      kind === 'too-many'
        ? {
            'retry-after-ms': String(retryAfter * 1000),
            'x-ratelimit-remaining-requests': '0',
            'x-ratelimit-reset-requests': `${retryAfter}s`,
          }
        : {}
    return json(status, { error: { message, type, param: null, code } }, hints)
  },
  whole: ended,
  begin(frame) {
    const part = isRefused(frame) ? { type: 'refusal', refusal: '' } : { type: 'output_text', text: '', annotations: [], logprobs: [] }
    return [
      event('response.created', { response: responseOf(frame, 'in_progress', []) }),
      event('response.in_progress', { response: responseOf(frame, 'in_progress', []) }),
      event('response.output_item.added', { output_index: 0, item: itemOf(frame, [], 'in_progress') }),
      event('response.content_part.added', { ...at(frame), part }),
    ]
  },
  piece: (frame, delta) =>
    event(isRefused(frame) ? 'response.refusal.delta' : 'response.output_text.delta', { ...at(frame), delta, logprobs: [] }),
  end(frame) {
    const response = ended(frame)
    return [
      isRefused(frame)
        ? event('response.refusal.done', { ...at(frame), refusal: frame.text })
        : event('response.output_text.done', { ...at(frame), text: frame.text, logprobs: [] }),
      event('response.content_part.done', { ...at(frame), part: partOf(frame) }),
      event('response.output_item.done', { output_index: 0, item: response.output[0] }),
      event(`response.${response.status}`, { response }),
    ]
  },
  failing: (frame) =>
    event('response.failed', {
      response: responseOf(frame, 'failed', [], { error: { code: 'server_error', message: 'The model failed to generate a response.' } }),
    }),
}
