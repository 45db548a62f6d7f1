import { createPlan, type Plan } from '../plan.ts'
import {
  type Answer,
  answerRequests,
  type Call,
  type Clock,
  type Fields,
  fieldsOf,
  type Handler,
  json,
  listOf,
  parseJson,
  textOf,
} from '../wire.ts'
import { type Behaviour, countTokens, failure, refusal, speak, speakWhole, spoken } from './answers.ts'
import { type Asked, answerFrom, readPrompt } from './passages.ts'

export type { Behaviour } from './answers.ts'
export { answerCarefully } from './careful.ts'
export type { Asked } from './passages.ts'

export interface OpenAIOptions {
  clock: Clock
  /** `undefined`: any key, or none, will do. */
  apiKey?: string
  models?: readonly string[]
  /** The word it abstains with. Default: the one the prompt asks for, else `ABSTAIN`. */
  abstention?: string
  /** Answers in place of the default; `undefined` falls back to it. */
  answer?: (asked: Asked, body: Fields) => string | undefined
}

/** One prompt received. */
export interface PromptRecord {
  readonly n: number
  readonly at: number
  readonly model: string
  readonly stream: boolean
  readonly messages: readonly unknown[]
  readonly body: Fields
  readonly behaviour: Behaviour['kind']
  /** What it began to say; `null`: nothing. */
  readonly said: string | null
  readonly status: number | null
}

export interface OpenAISimulator extends Handler, Plan<Behaviour> {
  fetch(request: Request): Promise<Response>
  readonly ledger: readonly PromptRecord[]
  reset(): void
}

/**
 * An OpenAI-compatible engine: `POST /v1/chat/completions` (whole or streamed), `GET /v1/models`. It knows nothing but the passages it is
 * given: it repeats the nearest sentence with its number, or abstains. Shapes: https://platform.openai.com/docs/api-reference/chat
 * (read 2026-11-22).
 */
export function createOpenAISimulator(options: OpenAIOptions): OpenAISimulator {
  const { clock } = options
  const models = options.models ?? ['simulated-small']
  const ledger: PromptRecord[] = []
  const { plan, take, reset } = createPlan<Behaviour>({ kind: 'answer' })
  let count = 0

  const complete = async (call: Call): Promise<Answer> => {
    const body = fieldsOf(parseJson(call.body))
    const messages = listOf(body.messages)
    const model = textOf(body.model)
    const behaviour = take()
    const record = (said: string | null, status: number | null) =>
      void ledger.push({
        n: ledger.length + 1,
        at: clock.now(),
        model,
        stream: body.stream === true,
        messages,
        body,
        behaviour: behaviour.kind,
        said,
        status,
      })
    const refused = refusal(behaviour) ?? invalid(messages, model, models)
    if (refused) {
      record(null, 'broken' in refused ? null : refused.status)
      return refused
    }
    const asked = readPrompt(messages)
    const said = spoken(
      behaviour,
      options.answer?.(asked, body) ?? answerFrom(asked) ?? options.abstention ?? asked.abstention ?? 'ABSTAIN',
    )
    record(said.text, 200)
    const prompt = countTokens(JSON.stringify(messages))
    const completion = countTokens(said.text)
    const frame = {
      id: `chatcmpl-${String(++count).padStart(8, '0')}`,
      model,
      created: Math.floor(clock.now() / 1000),
      usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    }
    if (body.stream !== true) return speakWhole(frame, said, behaviour, clock)
    const withUsage = fieldsOf(body.stream_options).include_usage === true
    return {
      status: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
      stream: speak(frame, said, behaviour, clock, withUsage),
    }
  }

  const handle: Handler['handle'] = async (call) => {
    const path = call.path.replace(/^\/v1/, '')
    if (options.apiKey !== undefined && call.header('authorization') !== `Bearer ${options.apiKey}`) {
      return failure(401, 'invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.')
    }
    if (call.method === 'POST' && path === '/chat/completions') return complete(call)
    if (call.method === 'GET' && path === '/models') {
      return json(200, {
        object: 'list',
        data: models.map((id) => ({ id, object: 'model', created: 1_790_000_000, owned_by: 'simulator' })),
      })
    }
    return failure(404, 'invalid_request_error', 'unknown_url', `Unknown request URL: ${call.method} ${call.path}.`)
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

function invalid(messages: readonly unknown[], model: string, models: readonly string[]): Answer | undefined {
  if (messages.length === 0) return failure(400, 'invalid_request_error', null, "Missing required parameter: 'messages'.")
  if (!models.includes(model)) return failure(404, 'invalid_request_error', 'model_not_found', `The model '${model}' does not exist.`)
  return undefined
}
