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
    // One generator that throws nothing: every layer more would cost each token.
    async *perform(_task, prompt, signal) {
      const sieve = createSieve(prompt.passages)
      let reading: Reading | undefined
      let last: EngineEvent | undefined
      try {
        if (!signal.aborted)
          reading = await (config.stream ? readStream : readWhole)(model, optionsOf(config, prompt, signal), signal, tools.now)
        while (reading && last === undefined) {
          const part = await reading.next()
          if (signal.aborted) break
          if (part.type === 'text') {
            const text = sieve.push(part.text)
            if (text) yield { type: 'text', text }
          } else if (part.type === 'finish') {
            const rest = part.reason === 'stop' ? sieve.end() : ''
            last = lastOf(sieve, part)
            if (rest && last.type === 'done') yield { type: 'text', text: rest }
          } else last = part
        }
      } catch (error) {
        last = { type: 'failed', failure: failureOf(error, false, tools.now()) }
      } finally {
        reading?.close()
      }
      if (signal.aborted || last === undefined) last = failed('timeout', 'ended by the caller')
      if (last.type === 'failed') {
        tools.log.warn('engine.failed', { engine: tools.engine, class: last.failure.class, detail: last.failure.detail })
      }
      yield last
    },
  }
}

type Finished = { readonly type: 'finish'; readonly reason: Finish['finishReason']['unified']; readonly usage: Usage | null }
type Failed = Extract<EngineEvent, { type: 'failed' }>
type Reading = { next(): Promise<{ readonly type: 'text'; readonly text: string } | Finished | Failed>; close(): void }

const optionsOf = (config: Config, prompt: Prompt, signal: AbortSignal): CallOptions => {
  const { system, user } = writeMessages(prompt)
  return {
    prompt: [
      { role: 'system', content: system },
      { role: 'user', content: [{ type: 'text', text: user }] },
    ],
    maxOutputTokens: config.maxOutputTokens,
    temperature: config.temperature,
    abortSignal: signal,
  }
}

/** A stream that breaks drops what was read of it already: either way the answer is cut. */
const LOST = { done: true, value: undefined } as const

const readStream = async (model: Model, options: CallOptions, signal: AbortSignal, now: () => number): Promise<Reading> => {
  const { stream } = await model.doStream(options)
  const reader = stream.getReader()
  // A provider's stream need not react to the signal while nothing arrives: cancelling the reader ends the wait at once.
  const close = () => {
    signal.removeEventListener('abort', close)
    reader.cancel().catch(() => {})
  }
  signal.addEventListener('abort', close)
  let begun = false
  const next: Reading['next'] = async () => {
    for (;;) {
      const { done, value } = await reader.read().catch(() => LOST)
      if (done) return failed('cut', 'the stream ended without its finish reason')
      if (value.type === 'text-delta') {
        begun = true
        return { type: 'text', text: value.delta }
      }
      if (value.type === 'error') return { type: 'failed', failure: failureOf(value.error, begun, now()) }
      if (value.type === 'finish') return { type: 'finish', reason: value.finishReason.unified, usage: usageOf(value.usage) }
    }
  }
  return { next, close }
}

const readWhole = async (model: Model, options: CallOptions): Promise<Reading> => {
  const { content, finishReason, usage } = await model.doGenerate(options)
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('')
  let told = false
  const next: Reading['next'] = async () => {
    if (told) return { type: 'finish', reason: finishReason.unified, usage: usageOf(usage) }
    told = true
    return { type: 'text', text }
  }
  return { next, close: () => {} }
}

/** What a provider's finish means once every word is through the sieve. */
const lastOf = (sieve: Sieve, { reason, usage }: Finished): EngineEvent => {
  if (reason === 'content-filter') return failed('refused', 'the provider’s filter stopped the answer')
  if (reason === 'length') return failed('cut', 'the answer was longer than allowed')
  if (reason !== 'stop') return failed('cut', `finish reason ${reason}`)
  if (sieve.abstained) return { type: 'abstained', reason: 'the model found no answer in the passages', usage }
  if (sieve.citations.length === 0) return { type: 'abstained', reason: 'the answer cited no passage', usage }
  return { type: 'done', citations: [...sieve.citations], usage }
}

const failed = (kind: EngineFailure['class'], detail: string): Failed => ({ type: 'failed', failure: { class: kind, detail } })

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
