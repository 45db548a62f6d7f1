/** A story played to its end on the stage, and judged. The same seed gives the same run, to the last line of its trace. */
import { play, turnChannel } from './acts.ts'
import { houseOf } from './house.ts'
import { judgeRun } from './oracles.ts'
import { openStage, type Stage } from './stage.ts'
import { type Story, storyOf } from './story.ts'
import type { Plant } from './worker.ts'

export type Report = {
  readonly seed: number
  /** Empty where the run kept every promise. */
  readonly faults: readonly string[]
  readonly trace: string
  /** The end of the trace, to be read. */
  readonly lines: readonly string[]
  /** How often what happened: kinds of the journal, final statuses, and what the provider saw. */
  readonly counts: Readonly<Record<string, number>>
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** All is well again, and nothing new happens: until everything is at rest, or it is clear that it never will be. */
const comeToRest = async (stage: Stage): Promise<void> => {
  const { simulator, workers, users, world, timeline, shared } = stage
  world.weather.store = 0
  simulator.faults.clear()
  // The platform tells whole seconds: of a ban and its end within one nobody knows which was first.
  await timeline.advance(2_500)
  simulator.account.reinstate()
  simulator.account.setQuality('GREEN')
  for (const user of users) user.goOnline()
  for (const worker of workers) if (!worker.alive()) await worker.start()
  if (world.second) {
    world.second.mood = 'well'
    for (const second of [false, true]) turnChannel(stage, 'resume', second)
  }
  for (let rounds = 0; rounds < 12; rounds++) {
    await timeline.advance(4_000)
    await timeline.leap(rounds < 6 ? 10 * MINUTE : 8 * HOUR, 10)
    const now = timeline.now()
    const waits = [...shared.pending.values()].some(
      (row) => row.kind.startsWith('send.') || row.kind.startsWith('reach.') || row.dueAt <= now,
    )
    if (!waits && !shared.outbox.size && !shared.jobs.size && !simulator.webhooks.waiting()) break
  }
  await timeline.advance(3_000)
}

const honest: Plant = (store) => store

export const runStory = async (seed: number, story: Story, plant: Plant = honest): Promise<Report> => {
  const stage = await openStage(seed, story, plant)
  const { timeline, simulator, shared, world } = stage
  await timeline.advance(100)
  for (const { after, what } of story.steps) {
    await timeline.advance(after)
    await play(stage, what)
  }
  await comeToRest(stage)
  for (const worker of stage.workers) worker.kill()
  simulator.stop()
  const { ledger } = simulator
  for (const send of ledger.sends)
    world.trace.add(send.at, 'ledger', send.attempt, send.to, send.type, send.status, send.wamid, send.shownAt)
  for (const { id, status, contact } of shared.messages.values()) world.trace.add(0, 'message', id, contact, status)
  for (const { id, health, reason, quality } of shared.channels.values()) world.trace.add(0, 'channel', id, health, reason, quality)
  for (const hook of ledger.webhooks) world.trace.add(hook.at, 'webhook', hook.field, hook.items.join(','), hook.signature, hook.answer)
  return {
    seed,
    faults: judgeRun(
      {
        simulator,
        shared,
        witness: world.witness,
        judge: houseOf(story.engines, story.plans).judge,
        inLine: !story.engines,
        second: world.second,
      },
      timeline.now(),
    ),
    trace: world.trace.digest(),
    lines: world.trace.lines(),
    counts: countsOf(stage),
  }
}

const countsOf = ({ shared, simulator: { ledger } }: Stage): Record<string, number> => {
  const counts: Record<string, number> = { sends: ledger.sends.length, shown: ledger.shown().length }
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  for (const { kind, data } of shared.events) count(kind === 'message.moved' && data && 'why' in data ? `moved: ${data.why}` : kind)
  for (const { status, duplicateRisk, content, lateAt } of shared.messages.values()) {
    count(`is ${status}`)
    if (duplicateRisk) count('flagged')
    if (lateAt !== null) count('late')
    if (content.type === 'template') count(`${content.name} ${status}`)
  }
  for (const { intent } of shared.decisions.values()) if ('insteadOf' in intent) count('turned away')
  for (const { fault } of ledger.sends) if (fault) count(`met ${fault}`)
  return counts
}

export const runSeed = (seed: number, plant?: Plant): Promise<Report> => runStory(seed, storyOf(seed), plant)

/** The shortest story found that fails in the same way: parts are left out as long as it does. */
export const shrink = async (seed: number, kind: string, tries = 200): Promise<Story> => {
  let story = storyOf(seed)
  let left = tries
  for (let size = story.steps.length >> 1; size >= 1 && left > 0; size = size > 1 ? size >> 1 : 0)
    for (let from = 0; from < story.steps.length && left > 0; ) {
      left -= 1
      const shorter = { ...story, steps: story.steps.toSpliced(from, size) }
      const { faults } = await runStory(seed, shorter)
      if (faults.some((fault) => kindOf(fault) === kind)) story = shorter
      else from += size
    }
  return story
}

export const kindOf = (fault: string): string => fault.split(':')[0] ?? ''
