/**
 * What the chain adds to an engine's answer: the same question by plain fetch and by the chain, whole and streamed, one after the
 * other on one connection. The imitated provider answers at once from a thread of its own. Run alone: `node bench/engines.ts`.
 */
import { once } from 'node:events'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { serve } from '../simulators/serve.ts'
import type { Answer } from '../simulators/wire.ts'
import { systemClock } from '../src/cli/clock.ts'
import type { Prompt } from '../src/core/engine.ts'
import { asId, type EngineId } from '../src/core/ids.ts'
import { silentLog } from '../src/core/ports.ts'
import type { EngineSetup } from '../src/core/workspace.ts'
import { createBreakers } from '../src/engines/breakers.ts'
import { type Link, runChain } from '../src/engines/chain.ts'
import { engines } from '../src/engines/index.ts'
import { writeMessages } from '../src/engines/model/messages.ts'
import { createGuard } from '../src/shield/index.ts'
import { median } from './median.ts'

export type EngineFigures = Record<'whole' | 'streamed', { readonly direct: number; readonly chain: number; readonly overhead: number }> & {
  /** Ms from the end of a silent engine's own time-out until the next one is asked, at the worst of all rounds. */
  readonly failover: number
  /** How late a timer of the same length was beside it, at the worst: what the machine takes. */
  readonly timer: number
}

const ANSWER = `${'Chaque voyageur emporte un bagage de vingt kilos en soute et un bagage de huit kilos en cabine. '.repeat(3)}[1]`
const WORDS = ANSWER.match(/\S+\s*/g) ?? []
const PROMPT: Prompt = {
  system: 'Vous répondez pour Voyages Lumière.',
  history: [],
  question: 'Combien de bagages puis-je emporter ?',
  language: 'fr',
  passages: Array.from({ length: 5 }, (_, at) => ({
    id: `p${at}`,
    document: `d${at}`,
    title: 'Bagages',
    text: 'Chaque voyageur emporte un bagage de vingt kilos en soute et un bagage de huit kilos en cabine, mesures comprises. '.repeat(5),
    language: 'fr',
    score: 0.9,
  })),
}

const data = (value: object) =>
  `data: ${JSON.stringify({ id: 'c', created: 1, model: 'm', object: 'chat.completion.chunk', ...value })}\n\n`
const usage = { prompt_tokens: 900, completion_tokens: 60, total_tokens: 960 }
const STREAM = [
  ...WORDS.map((content) => data({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })),
  data({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  data({ choices: [], usage }),
  'data: [DONE]\n\n',
]
const WHOLE = JSON.stringify({
  id: 'c',
  created: 1,
  model: 'm',
  usage,
  choices: [{ index: 0, message: { role: 'assistant', content: ANSWER }, finish_reason: 'stop' }],
})

async function* stream(): AsyncIterable<string> {
  yield* STREAM
}
const answer = (body: Uint8Array): Answer => {
  const asked: { stream?: boolean } = JSON.parse(Buffer.from(body).toString())
  return asked.stream
    ? { status: 200, headers: { 'content-type': 'text/event-stream' }, stream: stream() }
    : { status: 200, headers: { 'content-type': 'application/json' }, body: WHOLE }
}

/** The least a program could do: send the same messages, read the answer, join its words. */
const askDirectly = async (url: string, streamed: boolean): Promise<string> => {
  const { system, user } = writeMessages('answer', PROMPT)
  const messages = [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ]
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', max_tokens: 500, temperature: 0, messages, ...(streamed ? { stream: true } : {}) }),
  })
  const body = await response.text()
  type Chunk = { choices: { delta?: { content?: string }; message?: { content: string } }[] }
  const read = (text: string): string => {
    const chunk: Chunk = JSON.parse(text)
    return chunk.choices[0]?.message?.content ?? chunk.choices[0]?.delta?.content ?? ''
  }
  if (!streamed) return read(body)
  return body
    .split('\n\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => read(line.slice(6)))
    .join('')
}

/** As in the house: of nobody in particular, so that it looks for what proves itself. */
const guard = createGuard({
  known: { names: [], numbers: [], emails: [], addresses: [], references: [], country: 'FR' },
  countries: ['FR'],
  seed: '',
  hosts: [],
  random: Math.random,
})

const linkTo = (url: string, stream: boolean): Link => {
  const setup: EngineSetup = {
    id: asId('bench'),
    kind: 'openai-compatible',
    region: 'self',
    trainsOnData: false,
    personalData: 'all',
    price: { input: 1, output: 1, currency: 'EUR' },
    timeouts: { firstTokenMs: 5000, totalMs: 20_000 },
    config: {},
  }
  const kind = engines['openai-compatible']
  const open = kind.open(kind.config.parse({ baseUrl: `${url}/v1`, model: 'm', stream }), {
    fetch: (input, init) => fetch(input, init),
    now: systemClock.now,
    log: silentLog,
    engine: setup.id,
  })
  return { setup, kind, open }
}

/** Never says a word. */
const silentLink = (): Link => {
  const link = linkTo('http://127.0.0.1:9', true)
  const setup = { ...link.setup, id: asId<EngineId>('silent'), timeouts: { firstTokenMs: 100, totalMs: 20_000 } }
  const hold = (signal: AbortSignal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  return {
    ...link,
    setup,
    open: {
      // biome-ignore lint/correctness/useYield: it says nothing, that is the point.
      async *perform(_task, _prompt, signal) {
        await hold(signal)
      },
    },
  }
}

/** Milliseconds at the median of `count` calls each way, taken in turns so that both see the same machine. */
export const measureEngines = async (count = 400): Promise<EngineFigures> => {
  const worker = new Worker(new URL(import.meta.url))
  const [url]: string[] = await once(worker, 'message')
  if (!url) throw new Error('The imitated provider did not start.')
  const compare = async (streamed: boolean) => {
    const link = linkTo(url, streamed)
    const breakers = createBreakers(systemClock.now)
    const chain = () => runChain({ engines: [link], task: 'answer', prompt: () => PROMPT, guard, breakers, clock: systemClock })
    const times = { direct: [] as number[], chain: [] as number[] }
    for (let round = -100; round < count; round++) {
      let start = performance.now()
      await askDirectly(url, streamed)
      const direct = performance.now() - start
      start = performance.now()
      const { outcome } = await chain()
      const whole = performance.now() - start
      if (outcome !== 'answered') throw new Error(`The chain ${outcome}.`)
      if (round < 0) continue
      times.direct.push(direct)
      times.chain.push(whole)
    }
    const [direct, over] = [median(times.direct), median(times.chain)]
    return { direct, chain: over, overhead: over - direct }
  }
  const failOver = async (rounds: number) => {
    const [silent, answering] = [silentLink(), linkTo(url, true)]
    const breakers = { ...createBreakers(systemClock.now), allow: () => true }
    const [beyond, late]: [number[], number[]] = [[], []]
    const { firstTokenMs } = silent.setup.timeouts
    for (let round = 0; round < rounds; round++) {
      const start = performance.now()
      systemClock.after(firstTokenMs, () => late.push(performance.now() - start - firstTokenMs))
      const next: Link = {
        ...answering,
        open: {
          perform: (...asked) => {
            beyond.push(performance.now() - start - firstTokenMs)
            return answering.open.perform(...asked)
          },
        },
      }
      const { outcome } = await runChain({
        engines: [silent, next],
        task: 'answer',
        prompt: () => PROMPT,
        guard,
        breakers,
        clock: systemClock,
      })
      if (outcome !== 'answered') throw new Error(`The chain ${outcome}.`)
    }
    return { failover: Math.max(...beyond), timer: Math.max(...late) }
  }
  try {
    const [whole, streamed] = [await compare(false), await compare(true)]
    return { whole, streamed, ...(await failOver(Math.ceil(count / 10))) }
  } finally {
    await worker.terminate()
  }
}

if (!isMainThread && parentPort) {
  const served = await serve({ handle: async ({ body }) => answer(body) })
  parentPort.postMessage(served.url)
} else if (import.meta.main) {
  const figures = await measureEngines()
  for (const name of ['whole', 'streamed'] as const) {
    const { direct, chain, overhead } = figures[name]
    const limit = name === 'whole' ? 'must ≤ 1.5 ms, aim ≤ 0.5 ms' : 'must ≤ 3 ms, aim ≤ 1.5 ms'
    console.log(
      `engines, ${name}: direct ${direct.toFixed(2)} ms, chain ${chain.toFixed(2)} ms, overhead ${overhead.toFixed(2)} ms at the median (${limit})`,
    )
  }
  console.log(
    `engines, failover: ${figures.failover.toFixed(1)} ms from the end of a silent engine’s time-out until the next is asked, at the worst (a timer of that length alone: ${figures.timer.toFixed(1)} ms; must ≤ 20 ms, aim ≤ 5 ms)`,
  )
}
