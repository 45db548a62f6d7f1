/** Two engines at once: when the second is asked, which answer counts, and what of either a person who watches is shown. */
import type { Clock } from '../core/ports.ts'
import type { Withdrawal } from '../core/visitor.ts'

/** Asks an engine under a signal, and tells when it begins to answer. null: it has no answer. */
export type Run<T> = (signal: AbortSignal, begun: () => void) => Promise<T | null>

/**
 * Runs `first`; where it has not begun after `afterMs`, `second` as well, if there is one. The first result wins and the other is ended and waited
 * for, so that it is counted. null: neither has one.
 */
export const hedge = async <T>(
  first: Run<T>,
  second: () => Run<T> | null,
  afterMs: number,
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal | undefined },
): Promise<T | null> => {
  const ends: Promise<void>[] = []
  const control = new AbortController()
  const within = signal ? AbortSignal.any([signal, control.signal]) : control.signal
  const won = Promise.withResolvers<T | null>()
  let running = 0
  const start = (run: Run<T>, begun: () => void): void => {
    running += 1
    const end = run(within, begun).then((result) => {
      running -= 1
      if (result !== null || running === 0) won.resolve(result)
    }, won.reject)
    ends.push(end)
  }
  const cancel = clock.after(afterMs, () => {
    const run = running > 0 ? second() : null
    if (run) start(run, () => {})
  })
  start(first, cancel)
  try {
    return await won.promise
  } finally {
    cancel()
    control.abort()
    await Promise.all(ends)
  }
}

type Watcher = { readonly onText?: ((text: string) => void) | undefined; readonly onWithdraw?: ((why: Withdrawal) => void) | undefined }

/**
 * One speaks at a time: whoever began first is shown as it comes, the other is kept back. `won` shows whose answer counts, in the place of what
 * somebody else had said.
 */
export const createStage = ({ onText, onWithdraw }: Watcher): (() => Required<Watcher> & { won(): void }) => {
  let speaker: object | null = null
  return () => {
    const me = {}
    let mine = ''
    const enter = () => {
      if (speaker) onWithdraw?.('replaced')
      speaker = me
      if (mine) onText?.(mine)
    }
    return {
      onText: (text) => {
        mine += text
        if (speaker === me) onText?.(text)
        else if (speaker === null) enter()
      },
      onWithdraw: (why) => {
        mine = ''
        if (speaker !== me) return
        speaker = null
        onWithdraw?.(why)
      },
      won: () => {
        if (speaker !== me) enter()
      },
    }
  }
}
