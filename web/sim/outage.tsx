/** @jsxImportSource preact */
/** The story of an outage, played by itself: each scene acts, waits until it is seen, and leaves time to read. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { api } from '../shared/api.ts'
import { useWords } from '../shared/language.tsx'
import { Arc, Icon } from '../shared/mark.tsx'
import { Notice } from '../shared/parts.tsx'
import { OUTAGE, type OutageWords } from './outage-words.ts'
import { handOf, inboxHandOf, office, type SimState } from './phones.ts'

export type Tab = 'phone' | 'sms' | 'mail' | 'why' | 'desk'

/** How much of each there was, or is. */
type Seen = { readonly sent: number; readonly texts: number; readonly answers: number; readonly phone: number }
type Scene = {
  readonly tells: keyof OutageWords['story']['steps']
  /** What is worth looking at where there is room for one thing. */
  readonly tab: Tab
  readonly act?: (stage: Stage) => Promise<unknown>
  readonly shown: (now: Seen, before: Seen) => boolean
}
type Stage = {
  readonly who: string
  readonly pass: (ms: number) => Promise<unknown>
  readonly words: OutageWords
  readonly lastText: string | undefined
  /** From here on what comes counts. */
  readonly mark: () => void
}

const READING_MS = 4_500
const LONGEST_MS = 40_000
/** A little more than the plan's first wait. */
const WAIT_MS = 10 * 60_000 + 5_000

/** What was refused is tried again within a minute, and keeps its customer's line until then. */
const LINE_MS = 65_000
const DRAIN_MS = 3_000
const rest = (ms: number) => new Promise<void>((done) => window.setTimeout(done, ms))
/**
 * Whatever was cut or stopped before: all works, Relais counts on it, nothing waits, and the customer has just written, last by WhatsApp:
 * after three messages on a channel without an answer the agency's own rule holds the next.
 */
const putInOrder = async ({ who, pass, words, lastText }: Stage): Promise<void> => {
  await office.heal()
  for (let look = 0; look < 40; look += 1) {
    const { items } = await api.channels()
    if (items.every(({ health, paused }) => health === 'healthy' && !paused)) {
      await pass(LINE_MS)
      if (lastText) await inboxHandOf('sms', who).write(words.story.hello, { line: lastText })
      await handOf(who).text(words.story.hello)
      return rest(DRAIN_MS)
    }
    await rest(250)
  }
  throw new Error('A channel is not well.')
}

const NEAR_PX = 8
/** The desk stands at its newest line; what is told of is further up. */
const showLate = async (): Promise<void> => {
  for (let look = 0; look < 20; look += 1) {
    await new Promise((done) => window.setTimeout(done, 250))
    const late = [...document.querySelectorAll('.column-desk .late')].at(-1)
    if (!late) continue
    const thread = late.closest('[role=log]')
    // The thread alone: the page itself stays where it is.
    if (thread) thread.scrollTop += late.getBoundingClientRect().top - thread.getBoundingClientRect().top - NEAR_PX
    return
  }
}

const SCENES: readonly Scene[] = [
  {
    tells: 'notice',
    tab: 'phone',
    act: async (stage) => {
      const { who } = stage
      await putInOrder(stage)
      stage.mark()
      await office.cut('whatsapp', 'silent')
      await office.notice('order', who)
      await office.leaveAddresses(who)
    },
    shown: (now, before) => now.sent > before.sent,
  },
  { tells: 'waits', tab: 'phone', shown: () => true },
  { tells: 'text', tab: 'sms', act: ({ pass }) => pass(WAIT_MS), shown: (now, before) => now.texts > before.texts },
  {
    tells: 'answer',
    tab: 'sms',
    act: ({ who, words, lastText }) => inboxHandOf('sms', who).write(words.story.answer, lastText ? { line: lastText } : {}),
    shown: (now, before) => now.answers > before.answers,
  },
  { tells: 'back', tab: 'phone', act: () => office.cut('whatsapp', null), shown: (now, before) => now.phone > before.phone },
  { tells: 'late', tab: 'desk', act: showLate, shown: () => true },
]

const seenIn = (state: SimState): Seen => {
  const texts = state.inboxes.find(({ id }) => id === 'sms')?.lines ?? []
  return {
    sent: state.providers.find(({ id }) => id === 'whatsapp')?.received ?? 0,
    texts: texts.filter(({ from }) => from === 'business').length,
    answers: texts.filter(({ from }) => from === 'customer').length,
    phone: state.phone?.thread.length ?? 0,
  }
}

type OutageProps = {
  readonly state: SimState
  readonly who: string
  readonly pass: (ms: number) => Promise<unknown>
  readonly look: () => void
  readonly turn: (tab: Tab) => void
  readonly shut: () => void
}

export const Outage = ({ state, who, pass, look, turn, shut }: OutageProps) => {
  const words = useWords(OUTAGE)
  const [at, setAt] = useState(0)
  const [round, setRound] = useState(0)
  /** Which scene acted, and which was there long enough to be read: none of another scene's. */
  const [acted, setActed] = useState('')
  const [read, setRead] = useState('')
  const playing = `${round}/${at}`
  const [stuck, setStuck] = useState(false)
  const now = seenIn(state)
  const before = useRef(now)
  const latest = useRef(state)
  latest.current = state
  const scene = SCENES[at] as Scene
  const last = at === SCENES.length - 1

  useEffect(() => {
    let over = false
    const mark = () => {
      before.current = seenIn(latest.current)
    }
    mark()
    setStuck(false)
    turn(scene.tab)
    const lastText = latest.current.inboxes.find(({ id }) => id === 'sms')?.lines.findLast(({ from }) => from === 'business')?.id
    Promise.resolve(scene.act?.({ who, pass, words, lastText, mark })).then(
      () => over || setActed(playing),
      () => over || setStuck(true),
    )
    look()
    const timers = [window.setTimeout(() => setRead(playing), READING_MS), window.setTimeout(() => setStuck(true), LONGEST_MS)]
    return () => {
      over = true
      timers.forEach(clearTimeout)
    }
  }, [at, round])
  const shown = acted === playing && scene.shown(now, before.current)
  const gaveUp = stuck && !shown
  useEffect(() => {
    if (shown && read === playing && !last) setAt(at + 1)
  }, [shown, read, last, at])
  // Given up, at its end, or shut: nothing stays cut.
  useEffect(() => {
    if (gaveUp || last) office.heal().catch(() => {})
  }, [gaveUp, last])
  useEffect(() => () => void office.heal().catch(() => {}), [])
  const again = () => {
    setAt(0)
    setRound(round + 1)
  }

  return (
    <section class="outage" aria-label={words.story.title}>
      <Arc />
      <ol class="outage-steps" aria-hidden="true">
        {SCENES.map((one, step) => (
          <li key={one.tells} class={step < at ? 'done' : step === at ? 'here' : ''} />
        ))}
      </ol>
      <p class="outage-says" aria-live="polite">
        <span class="quiet figures">{words.story.of(at + 1, SCENES.length)}</span> {words.story.steps[scene.tells]}
      </p>
      {gaveUp && <Notice tone="waits">{words.story.stuck}</Notice>}
      <div class="acts">
        {(last || gaveUp) && (
          <button type="button" class="button" onClick={again}>
            {words.story.again}
          </button>
        )}
        <button type="button" class="button" onClick={shut}>
          {last ? <Icon name="flows" /> : <Icon name="close" />} {last ? words.story.end : words.story.stop}
        </button>
      </div>
    </section>
  )
}
