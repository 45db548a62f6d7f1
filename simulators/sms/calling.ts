/** Calls the house, and again where it gave no yes: the pauses are the simulator's own, the operators publish none. */
import type { Clock, Fetch } from '../wire.ts'
import type { OpenLedger, ToldRecord } from './ledger.ts'

const PAUSES_MS = [0, 15_000, 60_000, 300_000, 1_800_000]

export type Calling = {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Record<string, string>
  readonly body: string
  readonly told: Omit<ToldRecord, 'at' | 'answer'>
}

export const makeCalls = (clock: Clock, fetch: Fetch, ledger: OpenLedger) => {
  let waiting = 0
  let over = false
  const attempt = async (calling: Calling, times: number): Promise<void> => {
    if (over) return
    const record: ToldRecord = { at: clock.now(), ...calling.told, answer: null }
    ledger.told.push(record)
    const { url, method, headers, body } = calling
    const status = await fetch(url, { method, headers, ...(method === 'POST' ? { body } : {}) }).then(
      (response) => response.status,
      () => 0,
    )
    record.answer = status
    const pause = PAUSES_MS[times + 1]
    // What is refused is not told again: the house said no, and heard.
    if (status === 0 || status >= 500) {
      if (pause !== undefined) clock.after(pause, () => void attempt(calling, times + 1))
      else waiting -= 1
    } else waiting -= 1
  }
  return {
    call(calling: Calling): void {
      waiting += 1
      clock.after(0, () => void attempt(calling, 0))
    },
    /** Calls not answered yet, nor given up. */
    waiting: () => waiting,
    stop: () => {
      over = true
    },
  }
}
