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

/** The next relay: where the customer wants no SMS, the one after it. */
type By = 'sms' | 'mail'
/** How much of each there was, or is: what came by a relay, and what the customer answered there. */
type Seen = { readonly sent: number; readonly phone: number } & Readonly<Record<By, { readonly came: number; readonly answers: number }>>
type Told = keyof OutageWords['story']['steps']
type Scene = {
  readonly tells: Told | Readonly<Record<By, Told>>
  /** What is worth looking at where there is room for one thing. */
  readonly tab: Tab | 'relay'
  readonly act?: (stage: Stage) => Promise<unknown>
  readonly shown: (now: Seen, before: Seen) => boolean
}
type Stage = {
  readonly who: string
  readonly pass: (ms: number) => Promise<unknown>
  readonly words: OutageWords
  readonly inboxes: SimState['inboxes']
  readonly by: By
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
/** The customer answers what came last in one of their other apps. */
const answerIn = ({ who, inboxes }: Stage, id: string, text: string): Promise<unknown> => {
  const last = inboxes.find((inbox) => inbox.id === id)?.lines.findLast(({ from }) => from === 'business')
  return inboxHandOf(id, who).write(text, last ? { line: last.id, ...(last.subject ? { subject: last.subject } : {}) } : {})
}

/**
 * Whatever was cut or stopped before: all works, Relais counts on it, nothing waits, and the customer has just written, last by WhatsApp:
 * after three messages on a channel without an answer the agency's own rule holds the next.
 */
const putInOrder = async (stage: Stage): Promise<void> => {
  const { who, pass, words, inboxes } = stage
  await office.heal()
  for (let look = 0; look < 40; look += 1) {
    const { items } = await api.channels()
    if (items.every(({ health, paused }) => health === 'healthy' && !paused)) {
      await pass(LINE_MS)
      for (const { id, lines } of inboxes) if (lines.at(-1)?.from === 'business') await answerIn(stage, id, words.story.hello)
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

const BYS: readonly By[] = ['sms', 'mail']
const RELAYED: Scene = {
  tells: { sms: 'text', mail: 'refused' },
  tab: 'relay',
  act: ({ pass }) => pass(WAIT_MS),
  shown: (now, before) => BYS.some((by) => now[by].came > before[by].came),
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
  RELAYED,
  {
    tells: { sms: 'answer', mail: 'mailed' },
    tab: 'relay',
    act: (stage) => answerIn(stage, stage.by, stage.words.story.answer),
    shown: (now, before) => BYS.some((by) => now[by].answers > before[by].answers),
  },
  { tells: 'back', tab: 'phone', act: () => office.cut('whatsapp', null), shown: (now, before) => now.phone > before.phone },
  { tells: 'late', tab: 'desk', act: showLate, shown: () => true },
]

const seenIn = (state: SimState): Seen => {
  const seenBy = (by: By) => {
    const lines = state.inboxes.find(({ id }) => id === by)?.lines ?? []
    const answers = lines.filter(({ from }) => from === 'customer').length
    return { came: lines.length - answers, answers }
  }
  return {
    sent: state.providers.find(({ id }) => id === 'whatsapp')?.received ?? 0,
    phone: state.phone?.thread.length ?? 0,
    sms: seenBy('sms'),
    mail: seenBy('mail'),
  }
}

const isStopped = ({ inboxes }: SimState): boolean => inboxes.some(({ id, stopped }) => id === 'sms' && stopped)

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
  const [by, setBy] = useState<By>('sms')
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
    if (scene === RELAYED) setBy(isStopped(latest.current) ? 'mail' : 'sms')
    Promise.resolve(scene.act?.({ who, pass, words, inboxes: latest.current.inboxes, by, mark })).then(
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
  useEffect(() => turn(scene.tab === 'relay' ? by : scene.tab), [at, round, by])
  // Who wants no more SMS without a STOP to the operator is known by what comes instead.
  const came = scene === RELAYED ? BYS.find((one) => now[one].came > before.current[one].came) : undefined
  useEffect(() => {
    if (came) setBy(came)
  }, [came])
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
        {Array.from(SCENES.keys(), (step) => (
          <li key={step} class={step < at ? 'done' : step === at ? 'here' : ''} />
        ))}
      </ol>
      <p class="outage-says" aria-live="polite">
        <span class="quiet figures">{words.story.of(at + 1, SCENES.length)}</span>{' '}
        {words.story.steps[typeof scene.tells === 'string' ? scene.tells : scene.tells[by]]}
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
