/**
 * Google's Gemini API: `POST /v1beta/models/{model}:generateContent`, `:streamGenerateContent?alt=sse`. https://ai.google.dev/api/generate-content
 * and https://ai.google.dev/gemini-api/docs/troubleshooting (read 2026-11-22): the model stands in the address, a bad key is a 400, when to
 * come back stands in the error's details, and a question that is blocked is a 200 without candidates.
 */
import { fieldsOf, json, listOf, textOf } from '../wire.ts'
import { type Dialect, type Finish, type Frame, type Refusal, wordsOf } from './engine.ts'

const REASONS: Readonly<Record<Finish, string>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  filtered: 'SAFETY',
  refused: 'PROHIBITED_CONTENT',
  blocked: 'SAFETY',
  strange: 'EOS_BUDGET',
}
const RATINGS = [{ category: 'HARM_CATEGORY_DANGEROUS_CONTENT', probability: 'HIGH', blocked: true }]
const usageOf = ({ usage: { input, output } }: Frame) => ({
  promptTokenCount: input,
  candidatesTokenCount: output,
  totalTokenCount: input + output,
})
const candidate = (frame: Frame, text: string, finishReason?: string) => {
  const rated = finishReason === 'SAFETY' ? { safetyRatings: RATINGS } : {}
  const words = text ? { content: { parts: [{ text }], role: 'model' } } : {}
  const candidates = [{ ...words, ...(finishReason ? { finishReason } : {}), index: 0, ...rated }]
  return { candidates, usageMetadata: usageOf(frame), modelVersion: frame.model, responseId: frame.id }
}
const blocked = (frame: Frame) => ({
  promptFeedback: { blockReason: 'SAFETY', safetyRatings: RATINGS },
  usageMetadata: { promptTokenCount: frame.usage.input, totalTokenCount: frame.usage.input },
  modelVersion: frame.model,
  responseId: frame.id,
})
const data = (value: object): string => `data: ${JSON.stringify(value)}\r\n\r\n`
const errorOf = (code: number, status: string, message: string, details: readonly unknown[] = []) => ({
  error: { code, message, status, ...(details.length ? { details } : {}) },
})
const TYPE = 'type.googleapis.com/google.rpc'

const REFUSALS: Readonly<Record<Refusal, readonly [code: number, status: string, message: string]>> = {
  unauthorised: [400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.'],
  'too-many': [429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.'],
  quota: [429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota, please check your plan and billing details.'],
  failing: [500, 'INTERNAL', 'An internal error has occurred.'],
  overloaded: [503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'],
  'too-long': [400, 'INVALID_ARGUMENT', 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).'],
  'unknown-model': [404, 'NOT_FOUND', 'The model is not found for API version v1beta.'],
  invalid: [400, 'INVALID_ARGUMENT', '* GenerateContentRequest.contents: contents is not specified'],
}
const detailsOf = (kind: Refusal, retryAfter: number): readonly unknown[] => {
  if (kind === 'unauthorised') return [{ '@type': `${TYPE}.ErrorInfo`, reason: 'API_KEY_INVALID', domain: 'googleapis.com' }]
  const failure = { '@type': `${TYPE}.QuotaFailure`, violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel' }] }
  if (kind === 'too-many') return [failure, { '@type': `${TYPE}.RetryInfo`, retryDelay: `${retryAfter}s` }]
  return kind === 'quota' ? [failure] : []
}

export const google: Dialect = {
  read(call, body) {
    const [, model = '', verb] = /\/models\/([^/:]+):(generateContent|streamGenerateContent)$/.exec(call.path) ?? []
    if (verb === undefined) return null
    const parts = (one: unknown) => wordsOf(fieldsOf(one).parts)
    const messages = listOf(body.contents).map((one) => ({ role: textOf(fieldsOf(one).role) || 'user', content: parts(one) }))
    // Without `alt=sse` a stream is one JSON array, which nobody asks for here.
    if (messages.length === 0 || (verb === 'streamGenerateContent' && call.query.get('alt') !== 'sse')) return undefined
    const system = { role: 'system', content: parts(body.systemInstruction) }
    return { model: decodeURIComponent(model), stream: verb === 'streamGenerateContent', messages: [system, ...messages] }
  },
  keyOf: (call) => call.header('x-goog-api-key') ?? call.query.get('key') ?? undefined,
  refuse(kind, retryAfter) {
    const [code, status, message] = REFUSALS[kind]
    return json(code, errorOf(code, status, message, detailsOf(kind, retryAfter)))
  },
  whole: (frame) => (frame.finish === 'blocked' ? blocked(frame) : candidate(frame, frame.text, REASONS[frame.finish])),
  begin: () => [],
  piece: (frame, text) => data(candidate(frame, text)),
  end: (frame) => [data(frame.finish === 'blocked' ? blocked(frame) : candidate(frame, '', REASONS[frame.finish]))],
  failing: () => data(errorOf(503, 'UNAVAILABLE', 'The service is currently unavailable.')),
}
