/**
 * One call of a language model, by its provider's own doStream/doGenerate: `streamText` would add milliseconds and ends a cut stream
 * silently. Only finish reason `stop` is a whole answer.
 */
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { EngineEvent, EngineFailure, EngineTools, OpenEngine, Prompt, Task, Usage } from '../../core/engine.ts'
import { failureOf, type ReadRefusal } from './failures.ts'
import { writeMessages } from './messages.ts'
import { createSieve, type Sieve } from './sieve.ts'

type Model = Pick<LanguageModelV4, 'doStream' | 'doGenerate'>
type CallOptions = LanguageModelV4CallOptions
type Finish = Extract<LanguageModelV4StreamPart, { type: 'finish' }>

/** What a language model can be asked for. */
export const MODEL_TASKS: readonly Task[] = ['answer', 'draft', 'suggest', 'summarise', 'classify']

/** What every model's entry in relais.yaml says. */
export type ModelSettings = {
  /** false: whole answers. */
  readonly stream: boolean
  readonly maxOutputTokens: number
  /** Absent: the provider's own. */
  readonly temperature?: number | undefined
}
/** What is a provider's own. */
export type Vendor = {
  /** The provider's model, calling by the given fetch. */
  model(fetch: EngineTools['fetch']): Model
  /** What its refusals say in its own words; absent: status and `Retry-After` say it all. */
  readonly readRefusal?: ReadRefusal
  /** Settings of each call in the provider's own names. */
  readonly options?: NonNullable<CallOptions['providerOptions']>
}

export const openModel = (settings: ModelSettings, tools: EngineTools, vendor: Vendor): OpenEngine => {
  const model = vendor.model(refusePages(tools.fetch))
  const failureFrom = (error: unknown, begun: boolean) => failureOf(error, begun, tools.now(), vendor.readRefusal)
  return {
    // One generator that throws nothing: every layer more would cost each token.
    async *perform(task, prompt, signal) {
      const sieve = createSieve(prompt.passages)
      let reading: Reading | undefined
      let last: EngineEvent | undefined
      try {
        if (!signal.aborted)
          reading = await (settings.stream ? readStream : readWhole)(
            model,
            optionsOf(settings, vendor, task, prompt, signal),
            signal,
            failureFrom,
          )
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
        last = { type: 'failed', failure: failureFrom(error, false) }
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

const optionsOf = (settings: ModelSettings, { options }: Vendor, task: Task, prompt: Prompt, signal: AbortSignal): CallOptions => {
  const { system, user } = writeMessages(task, prompt)
  return {
    prompt: [
      { role: 'system', content: system },
      { role: 'user', content: [{ type: 'text', text: user }] },
    ],
    maxOutputTokens: settings.maxOutputTokens,
    ...(settings.temperature === undefined ? {} : { temperature: settings.temperature }),
    ...(options ? { providerOptions: options } : {}),
    abortSignal: signal,
  }
}

/** A stream that breaks drops what was read of it already: either way the answer is cut. */
const LOST = { done: true, value: undefined } as const
type FailureFrom = (error: unknown, begun: boolean) => EngineFailure

const readStream = async (model: Model, options: CallOptions, signal: AbortSignal, failureFrom: FailureFrom): Promise<Reading> => {
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
      if (value.type === 'error') return { type: 'failed', failure: failureFrom(value.error, begun) }
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
