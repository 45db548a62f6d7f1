/** The stream of what happens: resumed where it broke off; where it does not come up, what changed is read by asking. */
import type { Frame } from './thread.ts'
import { HERE } from './wire.ts'

type Ears = {
  readonly frame: (frame: Frame) => void
  readonly line: (open: boolean) => void
  /** Nothing comes by the stream: read anew. */
  readonly ask: () => void
  readonly gone: () => void
}

/** A line that comes back sooner is nobody's trouble. */
const UNSAID_MS = 3_000
const PATIENCE_MS = 8_000
const LOOK_MS = 1_000
/** Three beats of the house's heart. */
const SILENT_MS = 45_000
const ASK_MS = { first: 5_000, most: 30_000 }
/** After a refusal: at first the house may not have seen to the visit yet. */
const AGAIN_MS = { first: 300, most: 30_000 }

const parse = (data: string): Record<string, unknown> | null => {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}

/** Listens from the journal's place `after` on. Call what it returns to stop. */
export const listen = (after: string, ears: Ears): (() => void) => {
  let place = after
  let source: EventSource
  let open = false
  let since = performance.now()
  let beats = false
  let heard = 0
  let askEvery = ASK_MS.first
  let asked = 0
  let again = AGAIN_MS.first
  let retry = 0

  const broken = (): void => {
    if (open) since = performance.now()
    open = false
  }
  const on = (kind: string, tell: (data: Record<string, unknown>) => void): void =>
    source.addEventListener(kind, (event) => {
      if (event.lastEventId) place = event.lastEventId
      heard = performance.now()
      const data = parse(event.data)
      if (data) tell(data)
    })
  const connect = (): void => {
    source = new EventSource(`${HERE}/events?after=${encodeURIComponent(place)}`)
    heard = performance.now()
    source.onopen = () => {
      heard = performance.now()
      askEvery = ASK_MS.first
      again = AGAIN_MS.first
      open = true
      ears.line(true)
    }
    source.onerror = () => {
      broken()
      // A browser comes back by itself from a broken line, not from a refusal.
      if (source.readyState !== EventSource.CLOSED) return
      clearTimeout(retry)
      retry = window.setTimeout(reconnect, again)
      again = Math.min(AGAIN_MS.most, again * 2)
    }
    on('message', (message) => ears.frame({ kind: 'message', message: message as never }))
    for (const kind of ['writing', 'withdrawn', 'owner'] as const) on(kind, (data) => ears.frame({ kind, ...data } as never))
    source.addEventListener('beat', () => {
      beats = true
      heard = performance.now()
    })
    on('gone', () => {
      stop()
      ears.gone()
    })
  }
  const reconnect = (): void => {
    source.close()
    connect()
  }
  /** A line that died without a word is opened anew; where none comes up, what changed is asked for. */
  const look = (): void => {
    const now = performance.now()
    if (open && beats && now - heard > SILENT_MS) {
      broken()
      reconnect()
    }
    if (!open && now - since > UNSAID_MS) ears.line(false)
    if (open || now - since < PATIENCE_MS || now - asked < askEvery) return
    asked = now
    askEvery = Math.min(ASK_MS.most, askEvery * 2)
    ears.ask()
  }
  const online = (): void => {
    if (!open) reconnect()
  }
  const timer = window.setInterval(look, LOOK_MS)
  addEventListener('online', online)
  const stop = (): void => {
    clearInterval(timer)
    clearTimeout(retry)
    removeEventListener('online', online)
    source.close()
  }
  connect()
  return stop
}
