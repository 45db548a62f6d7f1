/** Virtual time, in whole milliseconds as clocks tell it: moves only when told. What is due at one instant runs in the order it was asked for. */
import type { Clock } from '../../core/ports.ts'

export type Timeline = Clock & {
  /** Moves on timer by timer. */
  advance(ms: number): Promise<void>
  /** Moves on in a few strides: what falls due within one runs at its end, as after a sleep of the whole world. */
  leap(ms: number, strides: number): Promise<void>
  /** Work that takes turns of the event loop is under way: bodies are read through streams. */
  busy: number
}

type Timer = { readonly id: number; readonly at: number; readonly call: () => void }

const turn = () => new Promise<void>((done) => setImmediate(done))
const STRIDE_ROUNDS = 200
/** What answers over a socket of this machine does so well within this many ms of computing. By the clock a busy machine may take far longer. */
const PATIENCE_MS = 2_000
/** Of this process, in all of its threads. */
const computingMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** `isTalking`: sockets carry something that virtual time must not overtake. `spentMs`: what this process has computed so far. */
export const createTimeline = (start: number, isTalking: () => boolean = () => false, spentMs = computingMs): Timeline => {
  let now = start
  let count = 0
  let deaf = false
  const timers = new Map<number, Timer>()

  const settle = async () => {
    await turn()
    for (let rounds = 0; timeline.busy > 0 && rounds < 4; rounds++) await turn()
    if (!isTalking()) {
      deaf = false
      return
    }
    // What stayed silent for so long once is not waited for again before it spoke.
    for (const began = spentMs(); !deaf && isTalking(); deaf = spentMs() - began > PATIENCE_MS) await turn()
    await turn()
  }
  const dueBy = (until: number): Timer[] => {
    let at = Number.POSITIVE_INFINITY
    let due: Timer[] = []
    for (const timer of timers.values()) {
      if (timer.at > until || timer.at > at) continue
      if (timer.at < at) due = []
      at = timer.at
      due.push(timer)
    }
    return due
  }
  const fire = async (due: readonly Timer[]) => {
    for (const timer of due) if (timers.delete(timer.id)) timer.call()
    await settle()
  }

  const timeline: Timeline = {
    busy: 0,
    now: () => now,
    after: (ms, call) => {
      const id = ++count
      timers.set(id, { id, at: now + Math.max(0, Math.ceil(ms)), call })
      return () => void timers.delete(id)
    },
    advance: async (ms) => {
      const until = now + ms
      await settle()
      for (let due = dueBy(until); due.length; due = dueBy(until)) {
        now = Math.max(now, due[0]?.at ?? now)
        await fire(due)
      }
      now = until
    },
    leap: async (ms, strides) => {
      const stride = Math.ceil(ms / strides)
      for (let n = 0; n < strides; n++) {
        now += stride
        for (let rounds = 0; rounds < STRIDE_ROUNDS; rounds++) {
          const due = dueBy(now)
          if (!due.length) break
          await fire(due)
        }
      }
    },
  }
  return timeline
}
