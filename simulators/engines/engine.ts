/**
 * What the imitations of AI engines have in common: which call goes how, and what is kept of it. A `Dialect` is one vendor's own wire. Like
 * `../openai` it knows nothing but the passages of the prompt.
 */
import { countTokens } from '../openai/answers.ts'
import { type Asked, answerFrom, readPrompt } from '../openai/passages.ts'
import { createPlan, type Plan } from '../plan.ts'
import {
  type Answer,
  answerRequests,
  type Call,
  type Clock,
  type Fields,
  fieldsOf,
  type Handler,
  parseJson,
  pause,
  type Said,
} from '../wire.ts'

/** How one call goes. Everything but `answer` is a way to go wrong; `after` counts pieces of a few characters. */
export type Behaviour =
  | { kind: 'answer'; text?: string }
  | { kind: 'slow-start'; ms: number }
  | { kind: 'slow'; ms: number } // between pieces
  | { kind: 'cut'; after: number } // connection lost, mostly in the middle of a word
  | { kind: 'unfinished'; after: number } // closes in order, without its last words
  | { kind: 'length'; after: number }
  | { kind: 'filtered'; after: number } // the vendor's filter steps in
  | { kind: 'refuse' } // the vendor's own way to say that the model will not
  | { kind: 'blocked' } // the question itself is refused
  | { kind: 'strange' } // ends for a reason that nobody knows
  | { kind: 'fails-inside'; after: number } // an error in the middle of the stream
  | { kind: 'malformed'; after: number } // broken JSON inside the stream, or as the whole body
  | { kind: Refusal; retryAfter?: number }
  | { kind: 'page'; status?: number } // a proxy's HTML
  | { kind: 'silent' }
  | { kind: 'reset' }
export type Refusal = 'unauthorised' | 'too-many' | 'quota' | 'failing' | 'overloaded' | 'too-long' | 'unknown-model' | 'invalid'

export type Finish = 'stop' | 'length' | 'filtered' | 'refused' | 'blocked' | 'strange'
/** One answer, in words and figures. */
export interface Frame {
  readonly id: string
  readonly model: string
  /** Seconds since 1970. */
  readonly created: number
  readonly text: string
  readonly finish: Finish
  readonly usage: { readonly input: number; readonly output: number }
}
/** What a call wants. */
export interface Wanted {
  readonly model: string
  readonly stream: boolean
  /** In the form of chat messages, whatever the vendor's. */
  readonly messages: readonly { readonly role: string; readonly content: string }[]
}
/** One vendor's wire. */
export interface Dialect {
  /** `null`: no address of this vendor's. `undefined`: it lacks what the vendor asks for. */
  read(call: Call, body: Fields): Wanted | undefined | null
  keyOf(call: Call): string | undefined
  refuse(kind: Refusal, retryAfter: number): Said
  whole(frame: Frame): unknown
  begin(frame: Frame): readonly string[]
  piece(frame: Frame, text: string): string
  end(frame: Frame): readonly string[]
  /** An error inside a stream. */
  failing(frame: Frame): string
}

export interface EngineOptions {
  clock: Clock
  /** `undefined`: any key, or none, will do. */
  apiKey?: string | undefined
  /** `undefined`: any. */
  models?: readonly string[]
  /** Answers in place of the nearest sentence; `undefined` falls back to it. */
  answer?: (asked: Asked, body: Fields) => string | undefined
  /** Tokens it says it took; counted where unset. */
  usage?: Frame['usage']
}
/** One prompt received. */
export interface PromptRecord {
  readonly n: number
  readonly at: number
  readonly model: string
  readonly stream: boolean
  readonly messages: Wanted['messages']
  readonly body: Fields
  readonly behaviour: Behaviour['kind']
  readonly status: number | null
}
export interface EngineSimulator extends Handler, Plan<Behaviour> {
  fetch(request: Request): Promise<Response>
  readonly ledger: readonly PromptRecord[]
  reset(): void
}

/** Pieces end anywhere in a word, as tokens do. */
const piecesOf = (text: string): readonly string[] => text.match(/.{1,4}/gsu) ?? []
const upTo = (text: string, pieces: number): string => piecesOf(text).slice(0, pieces).join('')

const spoken = (behaviour: Behaviour, usual: string): Pick<Frame, 'text' | 'finish'> => {
  switch (behaviour.kind) {
    case 'answer':
      return { text: behaviour.text ?? usual, finish: 'stop' }
    case 'length':
      return { text: upTo(usual, behaviour.after), finish: 'length' }
    case 'filtered':
      return { text: upTo(usual, behaviour.after), finish: 'filtered' }
    case 'refuse':
      return { text: 'I’m sorry, but I can’t help with that.', finish: 'refused' }
    case 'blocked':
      return { text: '', finish: 'blocked' }
    case 'strange':
      return { text: usual, finish: 'strange' }
    default:
      return { text: usual, finish: 'stop' }
  }
}

const REFUSALS: ReadonlySet<string> = new Set<Refusal>([
  'unauthorised',
  'too-many',
  'quota',
  'failing',
  'overloaded',
  'too-long',
  'unknown-model',
  'invalid',
])
const isRefusal = (behaviour: Behaviour): behaviour is Extract<Behaviour, { kind: Refusal }> => REFUSALS.has(behaviour.kind)

/** Behaviours that never get to speak. */
const unspoken = (dialect: Dialect, behaviour: Behaviour): Answer | undefined => {
  if (isRefusal(behaviour)) return dialect.refuse(behaviour.kind, behaviour.retryAfter ?? 7)
  if (behaviour.kind === 'silent' || behaviour.kind === 'reset') return { broken: behaviour.kind }
  if (behaviour.kind !== 'page') return undefined
  const body = '<!doctype html><title>Gateway</title><p>Please wait a moment.'
  return { status: behaviour.status ?? 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

const speakWhole = async (dialect: Dialect, frame: Frame, behaviour: Behaviour, clock: Clock): Promise<Said> => {
  if (behaviour.kind === 'slow-start') await pause(clock, behaviour.ms)
  if (behaviour.kind === 'slow') await pause(clock, behaviour.ms * piecesOf(frame.text).length)
  const body = JSON.stringify(dialect.whole(frame))
  const spoilt = ['cut', 'unfinished', 'malformed', 'fails-inside'].includes(behaviour.kind)
  return { status: 200, headers: { 'content-type': 'application/json' }, body: spoilt ? body.slice(0, body.length / 2) : body }
}

async function* speak(dialect: Dialect, frame: Frame, behaviour: Behaviour, clock: Clock): AsyncGenerator<string> {
  if (behaviour.kind === 'slow-start') await pause(clock, behaviour.ms)
  yield* dialect.begin(frame)
  for (const [count, piece] of piecesOf(frame.text).entries()) {
    const now = 'after' in behaviour && behaviour.after === count ? behaviour.kind : null
    if (now === 'cut') throw new Error('cut')
    if (now === 'unfinished') return
    if (now === 'fails-inside') {
      yield dialect.failing(frame)
      return
    }
    if (now === 'malformed') yield 'data: {"half":\n\n'
    if (behaviour.kind === 'slow') await pause(clock, behaviour.ms)
    yield dialect.piece(frame, piece)
  }
  yield* dialect.end(frame)
}

export function createEngineSimulator(dialect: Dialect, options: EngineOptions): EngineSimulator {
  const { clock } = options
  const ledger: PromptRecord[] = []
  const { plan, take, reset } = createPlan<Behaviour>({ kind: 'answer' })

  const handle: Handler['handle'] = async (call) => {
    const body = fieldsOf(parseJson(call.body))
    const wanted = call.method === 'POST' ? dialect.read(call, body) : null
    if (wanted === null) return { status: 404, headers: { 'content-type': 'application/json' }, body: '{}' }
    if (options.apiKey !== undefined && dialect.keyOf(call) !== options.apiKey) return dialect.refuse('unauthorised', 0)
    if (wanted === undefined) return dialect.refuse('invalid', 0)
    const { model, stream, messages } = wanted
    const known = options.models?.includes(model) ?? true
    const behaviour: Behaviour = known ? take() : { kind: 'unknown-model' }
    const mute = unspoken(dialect, behaviour)
    const status = mute ? ('broken' in mute ? null : mute.status) : 200
    const n = ledger.push({ n: ledger.length + 1, at: clock.now(), model, stream, messages, body, behaviour: behaviour.kind, status })
    if (mute) return mute
    const asked = readPrompt(messages)
    const said = spoken(behaviour, options.answer?.(asked, body) ?? answerFrom(asked) ?? asked.abstention ?? 'ABSTAIN')
    const usage = options.usage ?? { input: countTokens(JSON.stringify(messages)), output: countTokens(said.text) }
    const frame: Frame = { id: String(n).padStart(8, '0'), model, created: Math.floor(clock.now() / 1000), ...said, usage }
    if (!stream) return speakWhole(dialect, frame, behaviour, clock)
    return { status: 200, headers: { 'content-type': 'text/event-stream' }, stream: speak(dialect, frame, behaviour, clock) }
  }

  return {
    handle,
    fetch: answerRequests({ handle }),
    ledger,
    ...plan,
    reset() {
      ledger.length = 0
      reset()
    },
  }
}

export const bearerOf = (call: Call): string | undefined => call.header('authorization')?.replace(/^Bearer /, '')

/** The words of a message's content: a text, or parts of which each has one. */
export const wordsOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : (Array.isArray(content) ? content : []).map((part) => String(fieldsOf(part).text ?? '')).join('\n')
