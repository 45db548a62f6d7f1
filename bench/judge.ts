/** How long it takes to judge one situation against the whole rulebook, and against a tenth of it. Run alone: `node bench/judge.ts`. */
import { readRulebookFiles } from '../src/cli/rulebook-files.ts'
import { judge, loadRulebook, type PartialSituation, type Rulebook, situationAt } from '../src/policy/index.ts'

/** What a day brings: answers, AI turns, templates, marketing, closed windows, limits, unknown countries, other channels. */
const GIVEN: readonly PartialSituation[] = [
  {},
  { message: { ai: true, firstAiTurn: true } },
  { message: { ai: true }, account: { aiIs: 'primary' }, contact: { country: 'BR' } },
  { window: { service: 'closed', secondsLeft: 0 } },
  { message: { category: 'marketing', template: 'summer_sale' }, contact: { country: 'DE', marketing: 'given' } },
  { message: { category: 'marketing', template: 'summer_sale' }, contact: { country: 'US', marketing: 'revoked' } },
  { message: { category: 'utility', template: 'booking_confirmed' }, window: { service: 'closed' }, contact: { country: 'IT' } },
  { limits: { pairWait: 6, numberWait: 1 }, contact: { country: 'IN' } },
  { contact: { country: 'TR', humanReachable: false } },
  { channel: { kind: 'sms' }, message: { ai: true, firstAiTurn: true } },
]
const DAYS = ['2026-01-14', '2026-03-04', '2026-08-02', '2026-09-30', '2026-11-22']

export type JudgeMeasure = {
  readonly median: number
  readonly p99: number
  readonly count: number
  /** Median against every tenth rule, with the same groups and prices. */
  readonly tenth: number
  /** `median` over `tenth`. */
  readonly ratio: number
  readonly rules: number
}

/** Microseconds for one judgement, over `count` of them after a warm-up; each taken on its own. */
export const measureJudge = (count = 100_000): JudgeMeasure => {
  const files = readRulebookFiles()
  const whole = loadRulebook(files)
  const kept = new Set(whole.rules.filter((_, index) => index % 10 === 0).map(({ file }) => file))
  const small = loadRulebook(files.filter(({ path }) => kept.has(path) || path === 'places.yaml' || path.startsWith('prices/')))
  const measured = measureOne(whole, count)
  const { median: tenth } = measureOne(small, count)
  return { ...measured, count, tenth, ratio: measured.median / tenth, rules: whole.rules.length }
}

const measureOne = (rulebook: Rulebook, count: number): { readonly median: number; readonly p99: number } => {
  const cases = DAYS.flatMap((day) => GIVEN.map((given) => situationAt({ ...given, channel: { kind: 'whatsapp', ...given.channel } }, day)))
  const times = new Float64Array(count)
  const run = (rounds: number, note: (index: number, micros: number) => void) => {
    for (let index = 0; index < rounds; index++) {
      const one = cases[index % cases.length]
      if (one === undefined) continue
      const start = performance.now()
      judge(rulebook, one.situation, one.at)
      note(index, (performance.now() - start) * 1000)
    }
  }
  run(20_000, () => {})
  run(count, (index, micros) => {
    times[index] = micros
  })
  times.sort()
  return { median: times[count >> 1] ?? 0, p99: times[Math.floor(count * 0.99)] ?? 0 }
}

if (import.meta.main) {
  const { median, p99, count, tenth, ratio, rules } = measureJudge()
  console.log(`judge: median ${median.toFixed(2)} µs, p99 ${p99.toFixed(2)} µs over ${count} judgements by ${rules} rules (must ≤ 20 µs)`)
  console.log(`  against a tenth of the rules: ${tenth.toFixed(2)} µs, so ${ratio.toFixed(2)} × (must ≤ 2 ×)`)
}
