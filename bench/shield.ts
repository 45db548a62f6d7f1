/** How long a customer's 1,000 characters take on their way to an engine, and an answer of as many on its way back. Run alone: `node bench/shield.ts`. */
import type { Prompt } from '../src/core/engine.ts'
import { createGuard } from '../src/shield/index.ts'
import { readHalf } from '../tests/purpose/lines.ts'
import { readLabelled } from '../tests/shield/measure.ts'

export type ShieldMeasure = {
  readonly out: { readonly median: number; readonly p99: number }
  readonly back: { readonly median: number; readonly p99: number }
  readonly count: number
}

/** A labelled message, and what customers say else. */
const LENGTH = 1_000

/** Milliseconds, each taken on its own after a warm-up: what is known of the contact is read anew for every prompt, as it is in the house. */
export const measureShield = (count = 5_000): ShieldMeasure => {
  const messages = (['fr', 'en'] as const).flatMap((language) => readLabelled('seen', language))
  const talk = readHalf('seen')
  const cases = messages.map(({ contact, text }, n) => {
    const more = Array.from({ length: 30 }, (_, at) => talk[(n * 30 + at) % talk.length]?.text ?? '').join(' ')
    const question = `${text} ${more}`.slice(0, LENGTH)
    const prompt: Prompt = { system: 'Vous répondez.', history: [], question, language: 'fr', passages: [] }
    return { contact, prompt }
  })
  const [out, back] = [new Float64Array(count), new Float64Array(count)]
  for (let at = -1_000; at < count; at += 1) {
    const one = cases[Math.abs(at) % cases.length]
    if (!one) continue
    let start = performance.now()
    const guard = createGuard({ known: one.contact, countries: ['FR'], seed: `${at}`, hosts: [], random: () => 0.5 })
    const guarded = guard(one.prompt, { personalData: 'pseudonyms' })
    if (at >= 0) out[at] = performance.now() - start
    if (!guarded) throw new Error('The shield gave up.')
    const tokens = guarded.prompt.question.match(/\s*\S{1,4}/gu) ?? []
    start = performance.now()
    for (const token of tokens) guarded.hearing.push(token)
    guarded.hearing.end()
    if (at >= 0) back[at] = performance.now() - start
  }
  const of = (times: Float64Array) => {
    times.sort()
    return { median: times[count >> 1] ?? 0, p99: times[Math.floor(count * 0.99)] ?? 0 }
  }
  return { out: of(out), back: of(back), count }
}

if (import.meta.main) {
  const { out, back, count } = measureShield()
  console.log(`shield, out: median ${out.median.toFixed(2)} ms, p99 ${out.p99.toFixed(2)} ms over ${count} prompts (must: median ≤ 2 ms)`)
  console.log(`shield, back: median ${back.median.toFixed(2)} ms, p99 ${back.p99.toFixed(2)} ms, token by token`)
}
