/**
 * One call of a chat-completions endpoint, by the provider's own doStream/doGenerate: `streamText` would add milliseconds and
 * ends a cut stream silently. Only finish reason `stop` is a whole answer.
 */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { EngineEvent, EngineFailure, EngineTools, OpenEngine, Prompt, Usage } from '../../core/engine.ts'
import type { Config } from './config.ts'
import { failureOf } from './failures.ts'
import { writeMessages } from './messages.ts'
import { createSieve, type Sieve } from './sieve.ts'

type Model = ReturnType<ReturnType<typeof createOpenAICompatible>['chatModel']>
type CallOptions = Parameters<Model['doStream']>[0]
type Finish = Extract<
  Awaited<ReturnType<Model['doStream']>>['stream'] extends ReadableStream<infer Part> ? Part : never,
  { type: 'finish' }
>

export const openEngine = (config: Config, tools: EngineTools): OpenEngine => {
  const provider = createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: config.baseUrl.replace(/\/+$/, ''),
    ...(config.apiKey === undefined ? {} : { apiKey: config.apiKey }),
    fetch: refusePages(tools.fetch),
    includeUsage: true,
  })
  const model = provider.chatModel(config.model)
  return {
    perform: (_task, prompt, signal) => {
      const call = { prompt, signal, begun: false }
      const events = config.stream ? stream(model, config, call) : generate(model, config, call)
      return guard(events, call, tools)
    },
  }
}

/** A stream that breaks drops what was read of it already: either way the answer is cut. */
const LOST = { done: true, value: undefined } as const

type Call = { readonly prompt: Prompt; readonly signal: AbortSignal; begun: boolean }

const optionsOf = (config: Config, call: Call): CallOptions => {
  const { system, user } = writeMessages(call.prompt)
  return {
    prompt: [
      { role: 'system', content: system },
      { role: 'user', content: [{ type: 'text', text: user }] },
    ],
    maxOutputTokens: config.maxOutputTokens,
    temperature: config.temperature,
    abortSignal: call.signal,
  }
}

async function* stream(model: Model, config: Config, call: Call): AsyncGenerator<EngineEvent> {
  const sieve = createSieve(call.prompt.passages)
  const { stream: parts } = await model.doStream(optionsOf(config, call))
  const reader = parts.getReader()
  // A provider's stream need not react to the signal while nothing arrives: cancelling the reader ends the wait at once.
  const abort = () => void reader.cancel().catch(() => {})
  call.signal.addEventListener('abort', abort, { once: true })
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => LOST)
      if (done) return yield failed('cut', 'the stream ended without its finish reason')
      if (value.type === 'error') return yield { type: 'failed', failure: failureOf(value.error, call.begun, 0) }
      if (value.type === 'text-delta') {
        call.begun = true
        const text = sieve.push(value.delta)
        if (text) yield { type: 'text', text }
      } else if (value.type === 'finish') {
        return yield* finish(sieve, value.finishReason.unified, usageOf(value.usage))
      }
    }
  } finally {
    call.signal.removeEventListener('abort', abort)
    await reader.cancel().catch(() => {})
  }
}

async function* generate(model: Model, config: Config, call: Call): AsyncGenerator<EngineEvent> {
  const sieve = createSieve(call.prompt.passages)
  const { content, finishReason, usage } = await model.doGenerate(optionsOf(config, call))
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const shown = sieve.push(text)
  if (shown) yield { type: 'text', text: shown }
  yield* finish(sieve, finishReason.unified, usageOf(usage))
}

function* finish(sieve: Sieve, reason: Finish['finishReason']['unified'], usage: Usage | null): Generator<EngineEvent> {
  if (reason === 'content-filter') return yield failed('refused', 'the provider’s filter stopped the answer')
  if (reason === 'length') return yield failed('cut', 'the answer was longer than allowed')
  if (reason !== 'stop') return yield failed('cut', `finish reason ${reason}`)
  const rest = sieve.end()
  if (sieve.abstained) return yield { type: 'abstained', reason: 'the model found no answer in the passages', usage }
  if (rest) yield { type: 'text', text: rest }
  if (sieve.citations.length === 0) return yield { type: 'abstained', reason: 'the answer cited no passage', usage }
  yield { type: 'done', citations: [...sieve.citations], usage }
}

/** Nothing is thrown at the caller, and nothing follows the last event. */
async function* guard(events: AsyncGenerator<EngineEvent>, call: Call, tools: EngineTools): AsyncGenerator<EngineEvent> {
  let last: EngineEvent | undefined
  try {
    for await (const event of events) {
      if (call.signal.aborted) break
      if (event.type !== 'text') last = event
      else yield event
    }
  } catch (error) {
    last = { type: 'failed', failure: failureOf(error, call.begun, tools.now()) }
  }
  if (call.signal.aborted || last === undefined) last = failed('timeout', 'ended by the caller')
  if (last.type === 'failed')
    tools.log.warn('engine.failed', { engine: tools.engine, class: last.failure.class, detail: last.failure.detail })
  yield last
}

const failed = (kind: EngineFailure['class'], detail: string): EngineEvent => ({ type: 'failed', failure: { class: kind, detail } })

const usageOf = (usage: Finish['usage']): Usage | null =>
  usage.inputTokens.total === undefined || usage.outputTokens.total === undefined
    ? null
    : { inputTokens: usage.inputTokens.total, outputTokens: usage.outputTokens.total }

/** A proxy's HTML page with status 200 is no answer; as a stream it would only look cut. */
const refusePages =
  (fetch: EngineTools['fetch']): EngineTools['fetch'] =>
  async (input, init) => {
    const response = await fetch(input, init)
    if (response.ok && response.headers.get('content-type')?.includes('text/html')) {
      await response.body?.cancel()
      return new Response(null, { status: 502 })
    }
    return response
  }
