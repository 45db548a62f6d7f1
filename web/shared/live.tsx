/** @jsxImportSource preact */
/** What happens, as it happens: the event stream, and what pages read anew because of it. */
import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Trouble } from './api.ts'

/** `beat` grows whenever something happened; `poke` asks for one. */
type Live = { readonly beat: number; readonly line: 'opening' | 'open' | 'cut'; readonly poke: () => void }
const Happening = createContext<Live>({ beat: 0, line: 'opening', poke: () => {} })

const KINDS = [
  'message.received',
  'message.queued',
  'message.postponed',
  'message.accepted',
  'message.sent',
  'message.delivered',
  'message.read',
  'message.failed',
  'message.held',
  'message.moved',
  'message.late',
  'message.cancelled',
  'message.answered',
  'callback.asked',
  'callback.taken',
  'callback.unanswered',
  'callback.closed',
  'media.fetched',
  'media.failed',
  'conversation.owner-changed',
  'consent.changed',
  'channel.health-changed',
  'engine.health-changed',
  'automation.changed',
  'template.changed',
  'alert',
]
/** Several events of one turn are one beat. */
const GATHER_MS = 120
const RETRY_MS = 3_000
/** Ages and windows change without any event. */
const SLOW_MS = 30_000

export const LiveProvider = ({ children }: { readonly children: ComponentChildren }) => {
  const [beat, setBeat] = useState(0)
  const [line, setLine] = useState<Live['line']>('opening')
  const poke = useRef(() => setBeat((count) => count + 1)).current

  useEffect(() => {
    let source: EventSource
    let gathering = 0
    let retry = 0
    const happened = () => {
      gathering ||= window.setTimeout(() => {
        gathering = 0
        poke()
      }, GATHER_MS)
    }
    const open = () => {
      // The browser comes back with Last-Event-ID by itself; where it gives up (an error answer), it is opened anew.
      source = new EventSource('/api/v1/events')
      source.onopen = () => {
        setLine('open')
        poke()
      }
      source.onerror = () => {
        setLine('cut')
        if (source.readyState === EventSource.CLOSED) retry = window.setTimeout(open, RETRY_MS)
      }
      for (const kind of KINDS) source.addEventListener(kind, happened)
    }
    open()
    const slow = window.setInterval(poke, SLOW_MS)
    return () => {
      source.close()
      clearInterval(slow)
      clearTimeout(retry)
      clearTimeout(gathering)
    }
  }, [poke])

  const live = useMemo(() => ({ beat, line, poke }), [beat, line, poke])
  return <Happening.Provider value={live}>{children}</Happening.Provider>
}

export const useLive = (): Live => useContext(Happening)

export type Loaded<T> = { readonly value: T | null; readonly trouble: Trouble | null; readonly reload: () => void }

/**
 * Reads `key`'s value now, at every change of `beat`, and when asked. What was read stays in sight while it is read again; another key
 * begins empty. A null key reads nothing. `load` is told the round it is called in.
 */
export const useLoaded = <T,>(key: string | null, beat: number, load: (round: number) => Promise<T>): Loaded<T> => {
  const [held, setHeld] = useState<{ key: string | null; value: T | null; trouble: Trouble | null }>({ key, value: null, trouble: null })
  const [again, setAgain] = useState(0)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    if (key === null) return
    let stale = false
    latest.current(beat + again).then(
      (value) => stale || setHeld({ key, value, trouble: null }),
      (error) => {
        const trouble = error instanceof Trouble ? error : new Trouble('unknown', 0, String(error), '')
        if (!stale) setHeld((before) => ({ key, value: before.key === key ? before.value : null, trouble }))
      },
    )
    return () => {
      stale = true
    }
  }, [key, beat, again])
  const mine = held.key === key
  return { value: mine ? held.value : null, trouble: mine ? held.trouble : null, reload: () => setAgain((count) => count + 1) }
}

/** The house's time, looked at every `everyMs`. */
export const useNow = (now: () => number, everyMs: number): number => {
  const [at, setAt] = useState(now)
  useEffect(() => {
    setAt(now())
    const timer = window.setInterval(() => setAt(now()), everyMs)
    return () => clearInterval(timer)
  }, [now, everyMs])
  return at
}
