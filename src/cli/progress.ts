/** A bar for whoever watches a long command; nothing for programs, and nothing within the first two seconds. */
import type { Io } from './command.ts'

const PATIENCE_MS = 2_000
const EVERY_MS = 200
const WIDTH = 24

export type Progress = { readonly to: (done: number) => void; readonly end: () => void }

/**
 * `total` may be a guess, and may come later: the bar never goes beyond it. Until anything is done it tells how long that has taken: a
 * database may sort for a while before it gives its first row.
 */
export const openProgress = (io: Pick<Io, 'now' | 'watched' | 'stderr'>, total: number | Promise<number>, quiet: boolean): Progress => {
  if (quiet || !io.watched) return { to: () => {}, end: () => {} }
  const began = io.now()
  let of = 0
  let reached = 0
  let shown = false
  void Promise.resolve(total).then(
    (count) => {
      of = count
    },
    () => {},
  )
  const draw = () => {
    const spent = io.now() - began
    if (spent < PATIENCE_MS) return
    shown = true
    const share = Math.min(1, of > 0 ? reached / of : 0)
    const full = Math.round(share * WIDTH)
    const told =
      share > 0 ? `${Math.floor(share * 100)} % · ${Math.ceil(((spent / share) * (1 - share)) / 1000)} s` : `${Math.floor(spent / 1000)} s`
    io.stderr(`\r${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${told}     `)
  }
  const ticking = setInterval(draw, EVERY_MS).unref()
  return {
    to: (done) => {
      reached = done
    },
    end: () => {
      clearInterval(ticking)
      if (shown) io.stderr(`\r${' '.repeat(WIDTH + 20)}\r`)
    },
  }
}
