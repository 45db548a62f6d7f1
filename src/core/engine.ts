/** The contract of an engine: a task and a prompt in, events out. It proposes; the relay judges and sends. */
import type { z } from 'zod'
import type { EngineId } from './ids.ts'
import type { Log } from './ports.ts'

export type Task = 'answer' | 'draft' | 'suggest' | 'summarise' | 'classify' | 'qualify' | 'transcribe' | 'illustrate'

/** A piece of the business's own knowledge, found for a question. `score` 0..1. */
export type Passage = {
  readonly id: string
  readonly document: string
  readonly title: string
  readonly text: string
  readonly language: string
  readonly score: number
  readonly url?: string | undefined
}

export type Prompt = {
  /** The business's own words: role, brand, what is allowed. */
  readonly system: string
  /** Earlier turns, oldest first, as data. */
  readonly history: readonly { readonly by: 'customer' | 'business'; readonly text: string }[]
  readonly question: string
  readonly language: string
  readonly passages: readonly Passage[]
}

export type Usage = { readonly inputTokens: number; readonly outputTokens: number }
export type EngineFailure = {
  /** `overloaded`, `broken` and `timeout` may be tried once more; the rest go to the next engine. */
  readonly class: 'timeout' | 'overloaded' | 'broken' | 'cut' | 'refused' | 'credentials' | 'too-long' | 'invalid'
  readonly detail: string
  readonly afterMs?: number | undefined
}
export type EngineEvent =
  | { readonly type: 'text'; readonly text: string }
  /** Only this ends an answer that may be used. `citations` are ids of passages. */
  | { readonly type: 'done'; readonly citations: readonly string[]; readonly usage: Usage | null }
  /** The engine has nothing to say that the passages support. */
  | { readonly type: 'abstained'; readonly reason: string; readonly usage: Usage | null }
  | { readonly type: 'failed'; readonly failure: EngineFailure }

export type EngineTools = {
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  readonly log: Log
  readonly engine: EngineId
}

export interface Engine<Config = unknown> {
  readonly kind: string
  readonly config: z.ZodType<Config>
  readonly tasks: readonly Task[]
  /** Nothing it is given leaves this process: it needs no permission to see personal data. */
  readonly inProcess?: true
  open(config: Config, tools: EngineTools): OpenEngine
}
export interface OpenEngine {
  /** Yields exactly one last event: done, abstained or failed. Never throws; a stream that stops without its finish is `failed` (cut). */
  perform(task: Task, prompt: Prompt, signal: AbortSignal): AsyncIterable<EngineEvent>
}
