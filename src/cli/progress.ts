/** A bar for whoever watches a long command; nothing for programs, and nothing within the first two seconds. */
import type { Io } from './command.ts'

const PATIENCE_MS = 2_000
const EVERY_MS = 200
const WIDTH = 24

export type Progress = { readonly to: (done: number) => void; readonly end: () => void }

/** `total` may be a guess: the bar never goes beyond it. */
export const openProgress = (io: Io, total: number, quiet: boolean): Progress => {
  const began = io.now()
  let shownAt = began
  let shown = false
  return {
    to: (done) => {
      const now = io.now()
      if (quiet || !io.watched || now - began < PATIENCE_MS || now - shownAt < EVERY_MS) return
      shownAt = now
      shown = true
      const share = Math.min(1, total > 0 ? done / total : 0)
      const full = Math.round(share * WIDTH)
      const left = share > 0 ? Math.ceil((((now - began) / share) * (1 - share)) / 1000) : 0
      io.stderr(`\r${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${Math.floor(share * 100)} % · ${left} s  `)
    },
    end: () => {
      if (shown) io.stderr(`\r${' '.repeat(WIDTH + 20)}\r`)
    },
  }
}
