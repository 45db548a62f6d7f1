/** @jsxImportSource preact */
/** Who waits, the thread over all channels, and the reply. The same component is the page `/` and a pane of `/sim`. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { api, type ConversationView, type Me } from '../shared/api.ts'
import { setZone } from '../shared/format.ts'
import { remember, remembered, useWords } from '../shared/language.tsx'
import { useLive, useLoaded } from '../shared/live.tsx'
import { State } from '../shared/parts.tsx'
import { useRuleNames } from '../shared/why.tsx'
import { CALLS } from './callback-words.ts'
import { CallbackCard, CallbackList } from './callbacks.tsx'
import { Help } from './help.tsx'
import { useKeys } from './keys.ts'
import { ConversationList, type ViewName } from './list.tsx'
import { Standing } from './standing.tsx'
import { Thread } from './thread.tsx'
import { type Shown, Views } from './views.tsx'
import { DESK } from './words.ts'

export type DeskProps = {
  readonly me: Me
  /** The desk is the page: its keys hold everywhere, not only while the focus is inside. */
  readonly wide?: boolean
  /** The conversation to show when it changes: `/sim` follows the phone. */
  readonly follow?: string | null
}

const QUERIES: Readonly<Record<ViewName, (me: Me) => string>> = {
  waiting: () => '&waiting=true',
  mine: (me) => `&owner=${encodeURIComponent(`agent:${me.id}`)}`,
  all: () => '',
}
const KEYS_OFF = 'relais.keys.off'

export const Desk = ({ me, wide = false, follow = null }: DeskProps) => {
  setZone(me.timezone)
  const words = useWords(DESK)
  const callWords = useWords(CALLS)
  const { beat, line } = useLive()
  const [shown, show] = useState<Shown>('waiting')
  const view = shown === 'calls' ? 'waiting' : shown
  const [call, setCall] = useState<string | null>(null)
  const [chosen, setChosen] = useState<string | null>(follow)
  const [help, setHelp] = useState(false)
  const [keysOn, setKeysOn] = useState(() => remembered(KEYS_OFF) !== 'yes')
  const rules = useRuleNames()
  const waiting = useLoaded('waiting', beat, () => api.conversations(QUERIES.waiting(me)))
  const other = useLoaded(view === 'waiting' ? null : view, beat, () => api.conversations(QUERIES[view](me)))
  const list = view === 'waiting' ? waiting : other
  const channels = useLoaded('channels', 0, () => api.channels())
  const hasCalls = channels.value?.items.some(({ kind }) => kind === 'voice') ?? false
  const calls = useLoaded(hasCalls ? 'calls' : null, beat, () => api.callbacks())
  const onCalls = shown === 'calls'
  const request = calls.value?.items.find(({ id }) => id === call) ?? null
  const items: readonly { readonly id: string }[] = (onCalls ? calls.value?.items : list.value?.items) ?? []
  const [selected, select] = onCalls ? [call, setCall] : [chosen, setChosen]
  const root = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (follow !== null) {
      setChosen(follow)
      show('waiting')
    }
  }, [follow])

  const step = (by: number) => {
    const at = items.findIndex((item) => item.id === selected)
    const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))]
    if (next) select(next.id)
  }
  const openThread = (id: string) => {
    show('all')
    setChosen(id)
  }
  const press = (name: string) => root.current?.querySelector<HTMLButtonElement>(`[data-act=${name}]:not(:disabled)`)?.click()
  useKeys(
    root,
    { wide, on: keysOn },
    {
      j: () => step(1),
      k: () => step(-1),
      r: () => root.current?.querySelector<HTMLTextAreaElement>('[data-act=text]')?.focus(),
      t: () => press('take'),
      g: () => press('give-back'),
      e: () => press('close'),
      d: () => press('draft'),
      s: () => press('suggest'),
      m: () => press('summarise'),
      '?': () => setHelp(true),
      Escape: () => (root.current?.querySelector<HTMLElement>('[aria-current=true]') ?? root.current)?.focus(),
    },
  )
  const switchKeys = (on: boolean) => {
    remember(KEYS_OFF, on ? 'no' : 'yes')
    setKeysOn(on)
  }

  return (
    <div ref={root} tabIndex={-1} class={`desk ${selected ? 'reading' : ''}`}>
      <div class="panes">
        <section class="pane-list" aria-label={words.list}>
          <Views
            view={shown}
            setView={show}
            waiting={waiting.value?.items.length ?? 0}
            calls={hasCalls ? (calls.value?.items.length ?? 0) : null}
          />
          <Standing />
          {onCalls ? (
            <CallbackList me={me} list={calls} chosen={call} choose={setCall} />
          ) : (
            <ConversationList me={me} view={view} list={list} chosen={chosen} choose={setChosen} />
          )}
          <footer class="foot small">
            <State
              tone={line === 'open' ? 'flows' : line === 'cut' ? 'cut' : ''}
              icon={line === 'opening' ? 'waits' : line === 'open' ? 'flows' : 'cut'}
            >
              {words.line[line]}
            </State>
            <button type="button" class="button plain" onClick={() => setHelp(true)}>
              {words.keys} <kbd>?</kbd>
            </button>
          </footer>
        </section>
        <section class="pane-thread" aria-label={words.thread}>
          {onCalls ? (
            request ? (
              <CallbackCard key={request.id} item={request} me={me} back={() => setCall(null)} openThread={openThread} />
            ) : (
              <div class="nobody quiet">
                <p>{callWords.nobody}</p>
              </div>
            )
          ) : chosen ? (
            <Thread key={chosen} id={chosen} me={me} rules={rules} back={() => setChosen(null)} openThread={openThread} />
          ) : (
            <div class="nobody quiet">
              <p>{words.nobody}</p>
              {keysOn && <p class="small">{words.nobodyKeys}</p>}
            </div>
          )}
        </section>
      </div>
      <Announcer items={waiting.value?.items} />
      {help && <Help shut={() => setHelp(false)} on={keysOn} switchKeys={switchKeys} />}
    </div>
  )
}

/** Tells a screen reader who has begun to wait; says nothing of who waited before. */
const Announcer = ({ items }: { readonly items: readonly ConversationView[] | undefined }) => {
  const words = useWords(DESK)
  const known = useRef<ReadonlySet<string> | null>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (!items) return
    const fresh = known.current === null ? [] : items.filter((item) => !known.current?.has(item.id))
    known.current = new Set(items.map((item) => item.id))
    const [first] = fresh
    if (first) setSaid(words.newMessage(first.name))
  }, [items, words])
  return (
    <p class="hidden" aria-live="polite">
      {said}
    </p>
  )
}
