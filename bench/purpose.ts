/** How long it takes to find whose matter a message is, by the demo's vocabulary. Run alone: `node bench/purpose.ts`. */
import { createPurpose } from '../src/purpose/index.ts'
import { readHalf, readMore, readTexts } from '../tests/purpose/lines.ts'

export type PurposeMeasure = { readonly median: number; readonly p99: number; readonly count: number }

/** Milliseconds for one message, over `count` of them after a warm-up; each taken on its own. One in two hundred is as long as a letter. */
export const measurePurpose = async (count = 50_000): Promise<PurposeMeasure> => {
  const purposeOf = createPurpose(await readTexts('travel'))
  const lines = [...readHalf('seen'), ...readMore()].map(({ text }) => text)
  const letter = lines.slice(0, 80).join('\n')
  const times = new Float64Array(count)
  for (let at = -5_000; at < count; at += 1) {
    const text = at % 200 === 0 ? letter : (lines[Math.abs(at) % lines.length] ?? '')
    const start = performance.now()
    purposeOf(text)
    if (at >= 0) times[at] = performance.now() - start
  }
  times.sort()
  return { median: times[count >> 1] ?? 0, p99: times[Math.floor(count * 0.99)] ?? 0, count }
}

if (import.meta.main) {
  const { median, p99, count } = await measurePurpose()
  console.log(`purpose: median ${median.toFixed(3)} ms, p99 ${p99.toFixed(3)} ms over ${count} messages (must: p99 ≤ 1 ms)`)
}
