import { describe, expect, it } from 'vitest'
import { createOpenAISimulator } from '../../../simulators/openai/index.ts'
import { serve } from '../../../simulators/serve.ts'
import type { Answer, Call } from '../../../simulators/wire.ts'
import type { EngineTools } from '../../core/engine.ts'
import { asId } from '../../core/ids.ts'
import { silentLog } from '../../core/ports.ts'
import { ANSWER, engineContract, type Imitation, PROMPT, readEvents, type Scenario, SECRET, WORDS } from '../contract/index.ts'
import { openaiCompatible } from './index.ts'

const USAGE = { prompt_tokens: 210, completion_tokens: 17, total_tokens: 227 }
const wordsFor = (scenario: Scenario): string => (scenario in WORDS ? WORDS[scenario as keyof typeof WORDS] : WORDS.answers)
const REASONS: Partial<Record<Scenario, string>> = { 'too-long': 'length', filtered: 'content_filter', 'ends-strangely': 'eos_budget' }

async function* chunksOf(scenario: Scenario): AsyncIterable<string> {
  const data = (value: object) =>
    `data: ${JSON.stringify({ id: 'c1', created: 1, model: 'm', object: 'chat.completion.chunk', ...value })}\n\n`
  const words = wordsFor(scenario).match(/.{1,3}/gs) ?? []
  for (const [index, content] of words.entries()) {
    yield data({ choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] })
    if (index === 4 && scenario === 'cut') return
    if (index === 4 && scenario === 'fails-inside') {
      yield 'data: {"error":{"message":"The server had an error.","type":"server_error","code":null}}\n\n'
      return
    }
    if (index === 4 && scenario === 'garbled') yield 'data: {"half":\n\n'
    if (index === 4 && scenario === 'reset') throw new Error('the line goes dead')
  }
  yield data({ choices: [{ index: 0, delta: {}, finish_reason: REASONS[scenario] ?? 'stop' }] })
  yield data({ choices: [], usage: USAGE })
  yield 'data: [DONE]\n\n'
}

const REFUSALS: Partial<Record<Scenario, { status: number; headers?: Record<string, string> }>> = {
  unauthorised: { status: 401 },
  throttled: { status: 429, headers: { 'retry-after': '7' } },
  exhausted: { status: 429 },
  overwhelmed: { status: 503 },
  broken: { status: 500 },
  'asks-too-much': { status: 400 },
}

const CODES: Partial<Record<Scenario, string>> = { exhausted: 'insufficient_quota', 'asks-too-much': 'context_length_exceeded' }

const answerTo = (scenario: Scenario, call: Call): Answer => {
  const refusal = REFUSALS[scenario]
  // Some providers echo the request, key included, in their errors.
  const echo = JSON.stringify({
    error: { message: `No: ${call.header('authorization')} ${Buffer.from(call.body).toString()}`, type: 'x', code: CODES[scenario] ?? 'x' },
  })
  if (refusal) return { status: refusal.status, headers: { 'content-type': 'application/json', ...refusal.headers }, body: echo }
  if (scenario === 'page' || scenario === 'error-page')
    return { status: scenario === 'page' ? 200 : 502, headers: { 'content-type': 'text/html' }, body: '<html>Wait a moment</html>' }
  const asked: { stream?: boolean } = JSON.parse(Buffer.from(call.body).toString())
  if (asked.stream) return { status: 200, headers: { 'content-type': 'text/event-stream' }, stream: chunksOf(scenario) }
  const message = { role: 'assistant', content: wordsFor(scenario) }
  const body = {
    id: 'c1',
    created: 1,
    model: 'm',
    object: 'chat.completion',
    usage: USAGE,
    choices: [{ index: 0, message, finish_reason: REASONS[scenario] ?? 'stop' }],
  }
  const whole = JSON.stringify(body)
  const spoilt = scenario === 'fails-inside' || scenario === 'garbled'
  return { status: 200, headers: { 'content-type': 'application/json' }, body: spoilt ? whole.slice(0, 40) : whole }
}

const make = async (): Promise<Imitation> => {
  let scenario: Scenario = 'answers'
  let arrived = Promise.withResolvers<void>()
  const served = await serve({
    async handle(call) {
      if (scenario !== 'silent') return answerTo(scenario, call)
      arrived.resolve()
      arrived = Promise.withResolvers()
      return { broken: 'silent' }
    },
  })
  let held: Promise<void> = Promise.resolve()
  return {
    answer: ANSWER,
    open: (tools, stream) =>
      openaiCompatible.open(openaiCompatible.config.parse({ baseUrl: `${served.url}/v1`, model: 'm', apiKey: SECRET, stream }), tools),
    play: (next) => {
      scenario = next
      held = arrived.promise
    },
    held: () => held,
    close: () => served.close(),
  }
}

engineContract({
  kind: 'openai-compatible',
  tasks: openaiCompatible.tasks,
  make,
  skip: (['refuses', 'refuses-the-question'] as const).map((name) => ({
    case: name,
    reason: 'few who speak it have a sign for it: the words say so, cite nothing, and count as an abstention',
  })),
})

describe('against the simulated provider', () => {
  const tools: EngineTools = { fetch, now: () => 0, log: silentLog, engine: asId('simulated') }
  it.each(['fr', 'en'])('answers from the passages with a citation, and abstains where they do not say (%s)', async (language) => {
    const simulator = createOpenAISimulator({ clock: { now: () => 0, after: () => () => {} } })
    const served = await serve(simulator)
    const engine = openaiCompatible.open(openaiCompatible.config.parse({ baseUrl: `${served.url}/v1`, model: 'simulated-small' }), tools)
    const ask = (question: string) => readEvents(engine.perform('answer', { ...PROMPT, question, language }, new AbortController().signal))
    expect((await ask('Combien de bagages par voyageur en soute ?')).last).toMatchObject({ type: 'done', citations: ['bagages#1'] })
    expect((await ask('Quelle couleur ont les éléphants volants ?')).last?.type).toBe('abstained')
    await served.close()
  })
})
