/**
 * A month of 500 customers on three channels that are cut at random, alone and together, in every way a provider can fail: through the real
 * relay and connectors, in virtual time. The same seed gives the same month.
 */
import { join } from 'node:path'
import { makeRandom } from '../../simulators/random.ts'
import { CUTS } from '../../simulators/rehearsal/index.ts'
import { type Played, playScript } from '../../src/cli/drill/play.ts'
import { textsOf, waysOf } from '../../src/cli/drill/rehearse.ts'
import { openRehearsed } from '../../src/cli/drill/rehearsed.ts'
import { openStage, type Stage } from '../../src/cli/drill/stage.ts'
import { type Assessment, assess, type CutSpan, supposedShape, writeScript } from '../../src/continuity/index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Sunday 2026-11-01, midnight in Paris. */
const START = Date.UTC(2026, 9, 31, 23)
const CUTS_A_MONTH = 120
/** What has a form of its own; every other secret is stood in for. */
const ENV = { SMS_ACCOUNT: `AC${'0'.repeat(32)}` }

export type Month = { readonly stage: Stage; readonly played: Played; readonly result: Assessment; readonly cuts: readonly CutSpan[] }

/** Each lasts ten minutes to six hours; one channel heals before it is cut anew, and now and then everything is cut at once. */
const cutsOf = (ids: readonly string[], days: number, random: () => number): CutSpan[] => {
  const cuts: CutSpan[] = []
  const free = new Map(ids.map((id) => [id, 0]))
  for (let n = 0; n < (CUTS_A_MONTH * days) / 30; n++) {
    const at = Math.floor(((n + random()) * 30 * DAY) / CUTS_A_MONTH)
    const healAt = at + Math.floor(10 * MINUTE + random() ** 2 * 8 * HOUR)
    const all = random() < 0.1
    const cut = ids.filter((id) => (all || random() < 1.5 / ids.length) && (free.get(id) ?? 0) < at)
    for (const id of cut) free.set(id, healAt + HOUR)
    if (cut.length) cuts.push({ at, healAt, ids: cut, how: CUTS[Math.floor(random() * CUTS.length)] ?? 'down' })
  }
  return cuts
}

/** What just happened is followed timer by timer, idle time in strides of half a minute. */
const hurry =
  ({ timeline }: Stage) =>
  async (ms: number): Promise<void> => {
    const close = Math.min(ms, 3_000)
    await timeline.advance(close)
    if (ms > close) await timeline.leap(ms - close, Math.ceil((ms - close) / (MINUTE / 2)))
  }

export const liveMonth = async (seed: number, { contacts = 500, days = 30 } = {}): Promise<Month> => {
  const folder = join(import.meta.dirname, '..', '..', 'workspaces', 'demo')
  const { workspace, rulebook, env } = await openRehearsed(folder, { env: ENV, language: 'en' })
  const random = makeRandom(seed)
  const ways = waysOf(workspace)
  const cuts = cutsOf([...ways.map(({ id }) => id), ...workspace.engines.map(({ id }) => id)], days, random)
  const script = writeScript({
    shape: { ...supposedShape(ways, workspace), writes: 2, stops: 0.1, sends: { utility: 3, authentication: 1, marketing: 1 } },
    ways,
    contacts,
    cuts,
    endAt: days * DAY,
    deaf: ['banned'],
    texts: textsOf(workspace),
    random,
  })
  const stage = await openStage({ workspace, rulebook, env, random: makeRandom(seed + 1), start: START })
  const played = await playScript(stage, script, undefined, hurry(stage))
  await stage.close()
  return { stage, played, result: assess(played.facts), cuts }
}
