/** Drills that the worker rehearses by itself, when relais.yaml says: each in a process of its own that gives way to the work. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { LastDrill } from '../../core/drill.ts'
import { localTime } from '../../core/local-time.ts'
import type { Clock, Log } from '../../core/ports.ts'
import type { DrillSetup } from '../../core/workspace.ts'
import { EXIT } from '../command.ts'
import { giveWay } from '../give-way.ts'

const LOOK_MS = 60_000
/** A clock that was asleep at the moment itself still rehearses within the hour. */
const LATE_MINUTES = 60

/** Whether it is time: the wall says so, and the last one is old enough. Less than a day is forgiven: a drill ends after it began. */
export const isDue = ({ everyMs, at, cut }: DrillSetup, drills: readonly LastDrill[], zone: string, now: number): boolean => {
  const { hour, minute, weekday } = localTime(now, zone)
  const past = hour * 60 + minute - at.minute
  if (past < 0 || past >= LATE_MINUTES || (at.weekday !== null && at.weekday !== weekday)) return false
  const last = Math.min(...cut.map((id) => drills.find(({ thing }) => thing === id)?.at ?? 0))
  return now - last > Math.max(everyMs - 86_400_000 / 2, LATE_MINUTES * 60_000)
}

export type ScheduleOptions = {
  readonly drills: readonly DrillSetup[]
  readonly timezone: string
  readonly clock: Clock
  readonly log: Log
  /** Of several workers one rehearses. */
  readonly leads: () => boolean
  readonly last: () => Promise<readonly LastDrill[]>
  /** Ends with the drill. @throws where it came to no result. */
  readonly run: (cut: readonly string[]) => Promise<void>
}

/** Gives what ends it. */
export const scheduleDrills = ({ drills, timezone, clock, log, leads, last, run }: ScheduleOptions): (() => void) => {
  let cancel = () => {}
  let ended = false
  const look = async (): Promise<void> => {
    if (!leads()) return
    const known = await last()
    for (const drill of drills)
      if (isDue(drill, known, timezone, clock.now())) {
        const cut = drill.cut.join(',')
        log.info('drill.begins', { cut })
        await run(drill.cut).catch((error) => log.warn('drill.failed', { cut, error: error instanceof Error ? error.message : 'unknown' }))
      }
  }
  const plan = () => {
    cancel = clock.after(LOOK_MS, () => {
      void look()
        .catch((error) => log.warn('drill.failed', { error: error instanceof Error ? error.name : 'unknown' }))
        .finally(() => {
          if (!ended) plan()
        })
    })
  }
  if (drills.length > 0) plan()
  return () => {
    ended = true
    cancel()
  }
}

const MAIN = join(import.meta.dirname, '..', 'main.ts')
/** Longer than the longest plan takes to rehearse. */
const LONGEST_MS = 15 * 60_000

/** `relais drill` as a process of low priority; it keeps its own result. */
export const drillApart =
  (folder: string, env: Readonly<Record<string, string | undefined>>) =>
  (cut: readonly string[]): Promise<void> =>
    new Promise((done, fail) => {
      const child = spawn(process.execPath, [MAIN, 'drill', '--cut', cut.join(','), '--workspace', folder, '--json'], {
        env: { ...env },
        stdio: 'ignore',
        timeout: LONGEST_MS,
      })
      child.once('spawn', () => giveWay(child.pid))
      child.once('error', fail)
      child.once('exit', (code) => (code === EXIT.done || code === EXIT.no ? done() : fail(new Error(`exit ${code}`))))
    })
