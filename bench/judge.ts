/** How long it takes to judge one situation against the whole rulebook, and against a tenth of it. Run alone: `node bench/judge.ts`. */
import { readRulebookFiles } from '../src/cli/rules/rulebook-files.ts'
import { judge, loadRulebook, type PartialSituation, type Rulebook, situationAt } from '../src/policy/index.ts'
import { median } from './median.ts'

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
const ROUNDS = 9
const DAYS = ['2026-01-14', '2026-03-04', '2026-08-02', '2026-09-30', '2026-11-22']

export type JudgeMeasure = {
  readonly median: number
  readonly p99: number
  readonly count: number
  /** Median against a tenth of the rules, with the same groups and prices: the middle one of the ten tenths. */
  readonly tenth: number
  /** `median` over `tenth` of the same round. */
  readonly ratio: number
  readonly rules: number
}

/** Microseconds for one judgement, over `count` of them, each taken on its own; whole and tenths in turns, the median of the rounds. */
export const measureJudge = (count = 180_000): JudgeMeasure => {
  const files = readRulebookFiles()
  const whole = loadRulebook(files)
  // Each rule is in one tenth: which rules a single one happens to have would decide the ratio.
  const tenths = Array.from({ length: 10 }, (_, n) => {
    const kept = new Set(whole.rules.filter((_, index) => index % 10 === n).map(({ file }) => file))
    return loadRulebook(files.filter(({ path }) => kept.has(path) || path === 'places.yaml' || path.startsWith('prices/')))
  })
  for (const rulebook of [whole, ...tenths, whole]) judgeOften(rulebook, 20_000)
  const rounds = Array.from({ length: ROUNDS }, () => {
    const times = judgeOften(whole, count / ROUNDS)
    const tenth = middle(tenths.map((rulebook) => middle(judgeOften(rulebook, count / ROUNDS / 5))).sort((a, b) => a - b))
    return { median: middle(times), p99: times[Math.floor(times.length * 0.99)] ?? 0, tenth, ratio: middle(times) / tenth }
  })
  const over = (figure: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[figure]))
  return { median: over('median'), p99: over('p99'), tenth: over('tenth'), ratio: over('ratio'), count, rules: whole.rules.length }
}

const middle = (sorted: ArrayLike<number>): number => sorted[sorted.length >> 1] ?? 0

/** Microseconds of each judgement, sorted. */
const judgeOften = (rulebook: Rulebook, count: number): Float64Array => {
  const cases = DAYS.flatMap((day) => GIVEN.map((given) => situationAt({ ...given, channel: { kind: 'whatsapp', ...given.channel } }, day)))
  const times = new Float64Array(count)
  for (let index = 0; index < count; index++) {
    const one = cases[index % cases.length]
    if (one === undefined) continue
    const start = performance.now()
    judge(rulebook, one.situation, one.at)
    times[index] = (performance.now() - start) * 1000
  }
  return times.sort()
}

if (import.meta.main) {
  const { median: middle, p99, count, tenth, ratio, rules } = measureJudge()
  console.log(`judge: median ${middle.toFixed(2)} µs, p99 ${p99.toFixed(2)} µs over ${count} judgements by ${rules} rules (must ≤ 20 µs)`)
  console.log(`  against a tenth of the rules: ${tenth.toFixed(2)} µs, so ${ratio.toFixed(2)} × (must ≤ 2 ×)`)
}
