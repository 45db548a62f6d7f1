/** Goes through the story step by step, each in the house of its day. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Language } from '../shared/language.tsx'
import {
  ASKS,
  ask,
  askOnPage,
  askWithoutModel,
  confirmBooking,
  cutWhatsApp,
  DAYS,
  demo,
  HOME,
  linkIn,
  type Played,
  pressOpen,
  type SceneView,
  STEPS,
  type Step,
} from './story.ts'

/** How long what came of a step stands before the next, ms: long enough to read its sentence. */
const STAY_MS: Readonly<Record<Step, number>> = {
  answered: 5_000,
  barred: 6_000,
  link: 6_500,
  kept: 6_500,
  price: 5_000,
  cut: 7_000,
  mail: 6_500,
  engine: 6_500,
  report: 0,
}

export type Run = {
  readonly step: Step | null
  readonly scene: SceneView | null
  /** What the second screen shows: an address below the scene, or the mailbox. */
  readonly page: string | null
  readonly mail: boolean
  readonly busy: boolean
  readonly trouble: 'late' | 'offline' | null
  readonly playing: boolean
  go(step: Step): void
  play(on: boolean): void
  /** On a day and in a country of the visitor's own choice. */
  askOn(date: string, country: string, what: 'general' | 'service'): void
  open(path: string): void
  shut(): void
}

/** `hold`: gives the frame of the second screen. `begun`: a drill was started. */
export const useRun = (language: Language, hold: { readonly current: HTMLIFrameElement | null }, begun: () => void): Run => {
  const scenes = useRef(new Map<string, Promise<Played>>())
  const turn = useRef(0)
  const [step, setStep] = useState<Step | null>(null)
  const [scene, setScene] = useState<SceneView | null>(null)
  const [page, setPage] = useState<string | null>(null)
  const [mail, setMail] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Run['trouble']>(null)
  const [playing, setPlaying] = useState(false)

  /** A fresh customer for each day, country and language; another one where the demo has closed that scene meanwhile. */
  const sceneOf = useCallback(
    async (date: string, country: string): Promise<Played> => {
      const key = `${date} ${country} ${language}`
      const made = () => {
        const opening = demo.open(date, country).then((view): Played => ({ view, done: new Set() }))
        scenes.current.set(key, opening)
        opening.catch(() => scenes.current.delete(key))
        return opening
      }
      const known = await scenes.current.get(key)
      if (!known) return made()
      return demo.thread(known.view.id).then(
        () => known,
        () => made(),
      )
    },
    [language],
  )

  const during = useCallback(async (work: (mine: () => boolean) => Promise<boolean>) => {
    turn.current += 1
    const own = turn.current
    const mine = () => own === turn.current
    setBusy(true)
    setTrouble(null)
    const came = await work(mine).catch(() => null)
    if (!mine()) return
    setBusy(false)
    if (came !== true) setTrouble(came === null ? 'offline' : 'late')
  }, [])

  const perform = useCallback(
    async (asked: Step, mine: () => boolean): Promise<boolean> => {
      const asks = ASKS[language]
      const at = STEPS.indexOf(asked)
      const played = await sceneOf(DAYS[asked], HOME)
      if (!mine()) return true
      const { id } = played.view
      setScene(played.view)
      setMail(at >= STEPS.indexOf('cut'))
      if (asked !== 'link') setPage(null)
      await ask(played, at < STEPS.indexOf('price') ? asks.general : asks.service)
      if (asked === 'link') {
        const link = linkIn(await demo.thread(id))
        if (link === null || !mine()) return link !== null
        // Once open, the page itself is shown again.
        setPage(played.done.has('page') ? `/demo/${id}/chat/site` : link)
        await new Promise((done) => setTimeout(done, 400))
        if (!hold.current || played.done.has('page')) return true
        if (!(await pressOpen(hold.current)) || !mine()) return false
        await askOnPage(played, asks.general)
      }
      if (at >= STEPS.indexOf('cut')) {
        await cutWhatsApp(played)
        const cut = await demo.cut()
        if (asked === 'cut' || cut.state === 'none' || cut.state === 'failed') await demo.begin(DAYS.cut, language)
        begun()
      }
      if (at >= STEPS.indexOf('mail')) await confirmBooking(played)
      if (at >= STEPS.indexOf('engine')) await askWithoutModel(played, asks.reply)
      if (asked === 'report') while (mine() && (await demo.cut()).state === 'running') await new Promise((done) => setTimeout(done, 500))
      const next = STEPS[at + 1]
      // The house of the next day is made while this one is looked at.
      if (next && DAYS[next] !== DAYS[asked]) void sceneOf(DAYS[next], HOME).catch(() => {})
      return true
    },
    [language, sceneOf, hold, begun],
  )

  const go = useCallback(
    (asked: Step) => {
      setStep(asked)
      void during((mine) => perform(asked, mine))
    },
    [during, perform],
  )

  useEffect(() => {
    if (!playing || busy || trouble || step === null) return
    const next = STEPS[STEPS.indexOf(step) + 1]
    if (!next) {
      setPlaying(false)
      return
    }
    const timer = window.setTimeout(() => go(next), STAY_MS[step])
    return () => clearTimeout(timer)
  }, [playing, busy, trouble, step, go])

  return {
    step,
    scene,
    page: scene && page?.startsWith(`/demo/${scene.id}/`) ? page : null,
    mail,
    busy,
    trouble,
    playing,
    go,
    play: (on) => {
      setPlaying(on)
      if (on && (step === null || step === 'report')) go('answered')
    },
    askOn: (date, country, what) => {
      setPlaying(false)
      setStep(null)
      void during(async (mine) => {
        const played = await sceneOf(date, country)
        if (!mine()) return true
        setScene(played.view)
        setPage(null)
        setMail(false)
        await ask(played, ASKS[language][what])
        return true
      })
    },
    open: setPage,
    shut: () => setPage(null),
  }
}
