/**
 * Asks one engine after the other until one answers. Promise 5: a cut or refused answer never counts as an answer, whatever was
 * shown of it on the way. Promise 6: an engine that may not see personal data, or may train on it, is passed over; every other is asked and heard
 * through the guard.
 */
import { type Bar, barsOf } from '../core/clearance.ts'
import type { Engine, EngineFailure, OpenEngine, Prompt, Task, Usage } from '../core/engine.ts'
import type { Breach, Guard, Guarded, Left } from '../core/guard.ts'
import type { EngineId } from '../core/ids.ts'
import type { Clock } from '../core/ports.ts'
import type { Withdrawal } from '../core/visitor.ts'
import type { EngineSetup } from '../core/workspace.ts'
import type { Breakers } from './breakers.ts'
import { createStage, hedge, type Run } from './hedge.ts'
import type { Paces } from './pace.ts'

/** One engine of a plan, opened. */
export type Link = { readonly setup: EngineSetup; readonly kind: Pick<Engine, 'tasks' | 'inProcess'>; readonly open: OpenEngine }

/** `budget`: the business wants to spend no more on it today. `paused`: a person stopped it. */
export type Skip = Bar | 'task' | 'breaker-open' | 'budget' | 'paused'
export type Attempt = {
  readonly engine: EngineId
  /** `withheld`: the guard stopped the answer. `language`: it was in another than asked. */
  readonly result: 'answered' | 'abstained' | 'withheld' | 'language' | 'cancelled' | EngineFailure['class'] | Skip
  /** Without question, answer or secret. */
  readonly detail: string
  readonly ms: number
  readonly tokens: Usage | null
  /** null where the engine's price or the tokens are not known. Nothing is nothing in every currency. */
  readonly cost: { readonly amount: number; readonly currency: string | null } | null
  /** Tokens and cost are reckoned, not told: the call was ended before the engine could say. */
  readonly estimated?: true | undefined
  /** What it was given of people, where that left this process. */
  readonly left?: Left | undefined
}
export type ChainResult = {
  /** `failed`: no engine answered and the last did not abstain. `cancelled`: the caller's signal ended it. */
  readonly outcome: 'answered' | 'abstained' | 'failed' | 'cancelled'
  readonly text: string
  readonly citations: readonly string[]
  readonly engine: EngineId | null
  readonly attempts: readonly Attempt[]
}
export type ChainRequest = {
  readonly engines: readonly Link[]
  readonly task: Task
  /** The prompt may differ by engine: a workspace can own a prompt per task and engine. */
  readonly prompt: (engine: EngineId) => Prompt
  /** What every engine is asked and heard through. */
  readonly guard: Guard
  readonly breakers: Breakers
  readonly clock: Clock
  /** True where a person stopped an engine. */
  readonly isPaused?: ((engine: EngineId) => boolean) | undefined
  /** True where the business's budget for an engine is spent. */
  readonly isSpent?: ((engine: EngineId) => boolean) | undefined
  /** False where an answer is in another language than asked for. Absent: nobody looks. */
  readonly fits?: ((answer: string, prompt: Prompt) => boolean) | undefined
  /** Keeps how long first words take. */
  readonly paces?: Paces | undefined
  /** The plan says so: an engine slower than its own usual pace has the next one asked as well. */
  readonly hedged?: boolean | undefined
  /** Ends everything at once: a new epoch, a shutdown. */
  readonly signal?: AbortSignal | undefined
  /** For a page where a person watches: called before the end, so what it shows is provisional until `outcome` says answered. */
  readonly onText?: ((text: string) => void) | undefined
  /** What `onText` was given so far is void: it came from an answer that did not hold. */
  readonly onWithdraw?: ((why: Withdrawal) => void) | undefined
}

/** Tried once more: overloaded, broken and timeout (engine.ts). */
const AGAIN: ReadonlySet<EngineFailure['class']> = new Set(['overloaded', 'broken', 'timeout'])
const PAUSE_MS = 200

export const runChain = async (request: ChainRequest): Promise<ChainResult> => {
  const attempts: Attempt[] = []
  const line = waitingLine(request, attempts)
  for (let link = line.next(); link; link = line.next()) {
    const won = await askOneOrTwo(link, line, request, attempts)
    if (won) return { outcome: 'answered', ...won.answer, engine: won.engine, attempts }
    if (request.signal?.aborted) return { ...NOTHING, outcome: 'cancelled', attempts }
  }
  return { ...NOTHING, outcome: attempts.at(-1)?.result === 'abstained' ? 'abstained' : 'failed', attempts }
}

type Line = {
  /** Who is asked next; the reason why others are not is added to the attempts. */
  next(): Link | null
  /** Who would be, as it looks now. */
  peek(): Link | null
}
const waitingLine = (request: ChainRequest, attempts: Attempt[]): Line => {
  const left = [...request.engines]
  return {
    next: () => {
      for (let link = left.shift(); link; link = left.shift()) {
        const skip = reasonToSkip(link, request) ?? (request.breakers.allow(link.setup.id) ? null : 'breaker-open')
        if (!skip) return link
        attempts.push({ engine: link.setup.id, result: skip, detail: '', ms: 0, tokens: null, cost: null })
      }
      return null
    },
    peek: () => left.find((link) => !reasonToSkip(link, request) && request.breakers.state(link.setup.id) !== 'open') ?? null,
  }
}

type Won = { readonly engine: EngineId; readonly answer: Answer }

/** Who needs no model answers in no time whenever asked: there is nothing to gain from asking it early. */
const askOneOrTwo = (link: Link, line: Line, request: ChainRequest, attempts: Attempt[]): Promise<Won | null> => {
  const { clock, signal, paces, hedged } = request
  const afterMs = hedged && !link.kind.inProcess ? paces?.p95(link.setup.id) : null
  if (afterMs === null || afterMs === undefined) return askEngine(link, line, request, attempts, () => {})
  const enter = createStage(request)
  const run =
    (one: Link): Run<Won> =>
    async (within, begun) => {
      const { won, ...watcher } = enter()
      const answer = await askEngine(one, line, { ...request, ...watcher, signal: within }, attempts, begun)
      if (answer) won()
      return answer
    }
  const second = () => {
    const other = line.peek()?.kind.inProcess ? null : line.next()
    return other ? run(other) : null
  }
  return hedge(run(link), second, afterMs, { clock, signal })
}

const NOTHING = { text: '', citations: [], engine: null }

const reasonToSkip = ({ kind, setup }: Link, { task, isSpent, isPaused }: ChainRequest): Skip | null => {
  if (!kind.tasks.includes(task)) return 'task'
  const [bar] = barsOf(setup, kind.inProcess)
  if (bar) return bar
  if (isPaused?.(setup.id)) return 'paused'
  return isSpent?.(setup.id) ? 'budget' : null
}

type Answer = { readonly text: string; readonly citations: readonly string[] }

/**
 * Up to two tries at one engine within its total time; within its time to first word where somebody else is left to ask, so that a failure costs
 * no more than that. Adds what came of each to `attempts`.
 */
const askEngine = async (link: Link, line: Line, request: ChainRequest, attempts: Attempt[], begun: () => void): Promise<Won | null> => {
  const { id, timeouts } = link.setup
  const { clock, breakers } = request
  const start = clock.now()
  const deadline = start + timeouts.totalMs
  const patience = line.peek() ? Math.min(deadline, start + timeouts.firstTokenMs) : deadline
  for (let tries = 1; ; tries += 1) {
    const began = clock.now()
    // Anew for every try.
    const asked = request.guard(request.prompt(id), link.setup, link.kind.inProcess === true)
    if (!asked) {
      attempts.push({ engine: id, result: 'personal-data', detail: '', ms: 0, tokens: null, cost: null })
      breakers.release(id)
      return null
    }
    const end = await tryOnce(
      link,
      request,
      asked,
      { totalMs: deadline - began, firstMs: Math.min(timeouts.firstTokenMs, patience - began) },
      begun,
    )
    attempts.push({ ...attemptOf(link, end, clock.now() - began), ...(asked.left ? { left: asked.left } : {}) })
    if (end.type === 'cancelled' || end.type === 'withheld') {
      breakers.release(id)
      return null
    }
    breakers.report(id, end.type === 'failed' ? end.failure : null)
    if (end.type === 'done') return { engine: id, answer: { text: end.text, citations: end.citations } }
    const pause = end.type === 'failed' ? (end.failure.afterMs ?? PAUSE_MS) : 0
    const again = end.type === 'failed' && tries === 1 && AGAIN.has(end.failure.class) && clock.now() + pause < patience
    if (!again) return null
    await waitFor(pause, clock, request.signal)
    if (request.signal?.aborted || !breakers.allow(id)) return null
  }
}

type End =
  | ({ readonly type: 'done'; readonly usage: Usage | null } & Answer)
  | { readonly type: 'abstained'; readonly reason: string; readonly usage: Usage | null }
  | { readonly type: 'failed'; readonly failure: EngineFailure }
  | { readonly type: 'withheld'; readonly reason: Breach }
  | { readonly type: 'language'; readonly usage: Usage | null }
  /** `usage` as reckoned. */
  | { readonly type: 'cancelled'; readonly usage: Usage | null }

type Limits = { readonly totalMs: number; readonly firstMs: number }

/** One call under two clocks: the first token's, then the total's. An engine deaf to its signal is left behind, not waited for. */
const tryOnce = async (
  link: Link,
  request: ChainRequest,
  { prompt, hearing }: Guarded,
  { totalMs, firstMs }: Limits,
  begun: () => void,
): Promise<End> => {
  const { clock, signal, onText } = request
  if (signal?.aborted) return { type: 'cancelled', usage: null }
  const start = clock.now()
  const control = new AbortController()
  let gaveUp: End | undefined
  const stopped = Promise.withResolvers<typeof STOPPED>()
  const stop = (end: End) => {
    gaveUp ??= end
    control.abort()
    stopped.resolve(STOPPED)
  }
  const late = (detail: string) => () => stop({ type: 'failed', failure: { class: 'timeout', detail } })
  const cancel = () => stop({ type: 'cancelled', usage: reckon(prompt, text) })
  const total = clock.after(totalMs, late('no whole answer in time'))
  const first = clock.after(firstMs, late('no first word in time'))
  signal?.addEventListener('abort', cancel, { once: true })
  let text = ''
  let whole = false
  let ended = false
  let heard = false
  /** It has begun, whatever it will come to. */
  const hear = () => {
    if (heard) return
    heard = true
    first()
    begun()
    request.paces?.heard(link.setup.id, clock.now() - start)
  }
  const show = (shown: string) => {
    text += shown
    if (shown) onText?.(shown)
  }
  try {
    const events = link.open.perform(request.task, prompt, control.signal)[Symbol.asyncIterator]()
    for (;;) {
      const step = await Promise.race([events.next(), stopped.promise])
      if (gaveUp) return gaveUp
      if (step === STOPPED || step.done)
        return { type: 'failed', failure: { class: 'cut', detail: 'the engine ended without a last event' } }
      const event = step.value
      if (event.type !== 'failed') hear()
      if (event.type === 'done') {
        ended = true
        show(hearing.end())
        if (hearing.breach) return { type: 'withheld', reason: hearing.breach }
        if (text.trim() === '') return { type: 'abstained', reason: 'the answer was empty', usage: event.usage }
        whole = link.kind.inProcess === true || request.fits?.(text, prompt) !== false
        return whole ? { ...event, text } : { type: 'language', usage: event.usage }
      }
      if (event.type !== 'text') return event
      show(hearing.push(event.text))
      if (hearing.breach) return { type: 'withheld', reason: hearing.breach }
      if (gaveUp) return gaveUp
    }
  } catch {
    return { type: 'failed', failure: { class: 'broken', detail: 'the engine threw' } }
  } finally {
    first()
    total()
    signal?.removeEventListener('abort', cancel)
    control.abort()
    if (!whole && text !== '') request.onWithdraw?.(hearing?.breach ? 'withheld' : ended ? 'replaced' : 'cut')
  }
}
const STOPPED = Symbol('stopped')

/** Four characters a token, as the providers themselves say of English. */
const reckon = ({ system, history, question, passages }: Prompt, said: string): Usage => {
  const given = [system, question, ...history.map(({ text }) => text), ...passages.map(({ title, text }) => title + text)]
  const tokens = (length: number): number => Math.ceil(length / 4)
  return { inputTokens: tokens(given.join('').length), outputTokens: tokens(said.length) }
}

const costOf = ({ inputTokens, outputTokens }: Usage, { input, output, currency }: NonNullable<Link['setup']['price']>) => ({
  amount: (inputTokens * input + outputTokens * output) / 1e6,
  currency,
})

const attemptOf = ({ setup, kind }: Link, end: End, ms: number): Attempt => {
  const tokens = 'usage' in end ? end.usage : null
  const cost = kind.inProcess ? { amount: 0, currency: null } : tokens && setup.price ? costOf(tokens, setup.price) : null
  const failure = end.type === 'failed' ? end.failure : null
  const result = failure ? failure.class : end.type === 'done' ? 'answered' : end.type === 'failed' ? 'broken' : end.type
  const estimated = end.type === 'cancelled' && tokens ? { estimated: true as const } : {}
  return { engine: setup.id, result, detail: failure?.detail ?? ('reason' in end ? end.reason : ''), ms, tokens, cost, ...estimated }
}

const waitFor = (ms: number, clock: Clock, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      cancel()
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.after(ms, end)
    signal?.addEventListener('abort', end, { once: true })
  })
