/** The page's one state: what the house says at the start, the thread, what waits to leave, and the line. */
import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks'
import { type Language, remember, remembered } from '../shared/language.tsx'
import { listen } from './line.ts'
import { tokensOf } from './look.ts'
import { createQueue, type Post, type Queue } from './queue.ts'
import type { Look, Start } from './shapes.ts'
import { openShelf } from './shelf.ts'
import { EMPTY, type Thread, told } from './thread.ts'
import { HERE, sendFile, Trouble, wire } from './wire.ts'

export type Chat = {
  /** What the house says; before it answers, how it looked last time; null on a first visit. */
  readonly start: Start | null
  /** The house has answered. */
  readonly answered: boolean
  readonly trouble: Trouble | null
  readonly thread: Thread
  readonly posts: readonly Post[]
  /** `idle` until there is something to listen to. */
  readonly line: 'idle' | 'open' | 'cut'
  /** The visit was ended: erased here, or by another tab or the house. */
  readonly gone: 'erased' | 'ended' | null
  /** Something had not left when its visit ended, and was removed. */
  readonly lost: boolean
  /** An answer is awaited since (performance.now); null where none is. */
  readonly awaited: number | null
  readonly queue: Queue
  readonly reload: () => void
  readonly earlier: () => Promise<void>
  readonly forget: () => Promise<void>
}

const NAME = `relais.chat${HERE}`
const RETRY_MS = 3_000
const TELL_MS = 500

/** One by one: the page's policy lets no style stand in the document. */
const wear = (look: Look | null): void => {
  for (const [name, value] of Object.entries(tokensOf(look))) document.documentElement.style.setProperty(name, value)
}
/** The name of the page's script carries its content's hash: what another page kept may be of another shape. */
const OF = import.meta.url
/** The look of the page alone: no word of a conversation stays behind in the browser. */
const keepLook = (start: Start): void =>
  remember(NAME, JSON.stringify({ of: OF, start: { ...start, visitor: null, messages: [], more: null } }))
const keptLook = (): Start | null => {
  try {
    const kept = JSON.parse(remembered(NAME) ?? 'null')
    if (kept?.of !== OF) return null
    wear(kept.start.look)
    return kept.start
  } catch {
    return null
  }
}

export const useChat = (language: Language): Chat => {
  const [start, setStart] = useState<Start | null>(keptLook)
  const [answered, setAnswered] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [posts, setPosts] = useState<readonly Post[]>([])
  const [line, setLine] = useState<Chat['line']>('idle')
  const [gone, setGone] = useState<Chat['gone']>(null)
  const [lost, setLost] = useState(false)
  const [awaited, setAwaited] = useState<number | null>(null)
  const [thread, tell] = useReducer(told, EMPTY)
  const [round, setRound] = useState(0)
  /** The journal's place up to which this page knows: that of the first look, so that nothing falls between it and the stream. */
  const place = useRef<string | null>(null)
  const reload = useRef(() => setRound((count) => count + 1)).current
  /** How many visits ended here: what was asked in one of them says nothing of the next. */
  const ends = useRef(0)

  const others = useMemo(() => new BroadcastChannel(NAME), [])
  const queue = useMemo(
    () =>
      createQueue(NAME, {
        shelf: openShelf(NAME),
        deliver: async (post, part) => {
          if (post.file) await sendFile(post.id, post.file.blob, post.file.name, part)
          else if (post.says) await wire.say(post.id, post.says)
        },
        changed: setPosts,
        taken: () => {
          setLost(false)
          setAwaited(performance.now())
          reload()
          others.postMessage('visitor')
        },
        tell: () => others.postMessage('queue'),
        now: Date.now,
      }),
    [],
  )

  useEffect(() => {
    others.onmessage = ({ data }) => (data === 'queue' ? void queue.look() : reload())
    const back = () => {
      void queue.look()
      reload()
    }
    back()
    addEventListener('online', back)
    return () => removeEventListener('online', back)
  }, [])

  useEffect(() => {
    let stale = false
    let timer = 0
    const visit = ends.current
    wire.start().then(
      (said) => {
        if (stale || visit !== ends.current) return
        const next = { ...said, assistant: said.assistant.charAt(0).toUpperCase() + said.assistant.slice(1) }
        place.current ??= next.last
        wear(next.look)
        keepLook(next)
        document.title = next.name
        setTrouble(null)
        setStart(next)
        if (next.visitor) setGone(null)
        setAnswered(true)
        tell({ kind: 'start', start: next })
      },
      (error) => {
        if (stale || !(error instanceof Trouble)) return
        setTrouble(error)
        if (error.again !== null) timer = window.setTimeout(reload, RETRY_MS)
      },
    )
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [round, language])

  // Between two visits there is nothing to listen to: the next has a line of its own.
  const here = start !== null && start.visitor !== null && gone === null
  useEffect(() => {
    if (!here) return setLine('idle')
    setLine('open')
    return listen(place.current ?? '', {
      frame: (frame) => {
        if (frame.kind === 'writing' || (frame.kind === 'message' && frame.message.by !== 'me')) setAwaited(null)
        tell(frame)
      },
      line: (open) => setLine(open ? 'open' : 'cut'),
      ask: reload,
      gone: () => ended('ended'),
    })
  }, [here])

  const ended = (how: 'erased' | 'ended'): void => {
    ends.current += 1
    place.current = null
    setGone((before) => (before === 'erased' ? before : how))
    setAwaited(null)
    // Who reads here next may be somebody else (decision 095): nothing of this one's is shown to them, nor sent as theirs.
    void queue.clear().then((some) => setLost(some && how === 'ended'))
    tell({ kind: 'ended' })
    reload()
  }

  useReceipts(thread, start?.channel)
  useEffect(() => queue.heard(thread.messages.flatMap(({ clientId }) => clientId ?? [])), [thread, posts])

  return {
    start,
    answered,
    trouble,
    thread,
    posts: posts.filter(({ id }) => !thread.messages.some(({ clientId }) => clientId === id)),
    line,
    gone,
    lost,
    awaited,
    queue,
    reload,
    earlier: async () => {
      if (thread.more === null) return
      const page = await wire.before(thread.more)
      tell({ kind: 'earlier', messages: page.messages, more: page.more })
    },
    forget: async () => {
      await wire.forget()
      ended('erased')
      others.postMessage('visitor')
    },
  }
}

const TOLD_AT_ONCE = 50
/** Tells the house what came, and what somebody looked at: each once, several together. */
const useReceipts = ({ messages }: Thread, channel: string | undefined): void => {
  const toldOf = useRef({ delivered: new Set<string>(), read: new Set<string>() }).current
  const [looks, setLooks] = useState(!document.hidden)
  useEffect(() => {
    const looked = () => setLooks(!document.hidden)
    document.addEventListener('visibilitychange', looked)
    return () => document.removeEventListener('visibilitychange', looked)
  }, [])
  useEffect(() => {
    const timer = window.setTimeout(() => {
      const known = looks ? ['read'] : ['read', 'delivered']
      const told = looks ? toldOf.read : toldOf.delivered
      const news = messages.filter((one) => one.by !== 'me' && one.channel === channel && !known.includes(one.status) && !told.has(one.id))
      if (news.length === 0) return
      // The house takes no more at once; what it says of these brings the next.
      const ids = news.slice(0, TOLD_AT_ONCE).map(({ id }) => id)
      for (const id of ids) told.add(id)
      wire.receipts(looks ? { read: ids } : { delivered: ids }).catch(() => {
        for (const id of ids) told.delete(id)
      })
    }, TELL_MS)
    return () => clearTimeout(timer)
  }, [messages, looks, channel])
}
