/** @jsxImportSource preact */
/** The guided story: a phone, a day, a country, what the rules say there, and a cut. */
import '../shared/tokens.css'
import '../shared/base.css'
import '../shared/why.css'
import '../sim/phone.css'
import './demo.css'
import { render } from 'preact'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { setZone } from '../shared/format.ts'
import { LanguageProvider, LanguageSwitch, useLanguage, useWords } from '../shared/language.tsx'
import { Icon, Mark } from '../shared/mark.tsx'
import { Notice, State } from '../shared/parts.tsx'
import { Phone } from '../sim/phone.tsx'
import { handOf, usePhones } from '../sim/phones.ts'
import { Beside } from './beside.tsx'
import { Cut } from './cut.tsx'
import { Decided, Rules } from './rules.tsx'
import { type Run, useRun } from './run.ts'
import {
  type CutView,
  controlsOf,
  DAYS,
  demo,
  HOME,
  type SceneThread,
  type SceneView,
  STEPS,
  type Step,
  type StoryFacts,
  type Told,
} from './story.ts'
import { Timeline } from './timeline.tsx'
import { DEMO } from './words.ts'

const LOOK_MS = 700

/** What a step is about, where not the phone: on a narrow screen it comes first. */
const ABOUT: Readonly<Partial<Record<Step, 'panel' | 'beside'>>> = {
  link: 'beside',
  cut: 'panel',
  mail: 'beside',
  engine: 'beside',
  report: 'panel',
}

const useFacts = (): { readonly facts: StoryFacts | null; readonly lost: boolean } => {
  const [facts, setFacts] = useState<StoryFacts | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let timer = 0
    demo.facts().then(setFacts, () => {
      timer = window.setTimeout(() => setTries(tries + 1), 1_500)
    })
    return () => clearTimeout(timer)
  }, [tries])
  return { facts, lost: tries > 0 && facts === null }
}

const useRules = (date: string, country: string): Told | null => {
  const [told, setTold] = useState<Told | null>(null)
  useEffect(() => {
    let over = false
    demo.rules(date, country).then(
      (next) => over || setTold(next),
      () => {},
    )
    return () => {
      over = true
    }
  }, [date, country])
  return told
}

const useCut = (): { readonly cut: CutView; readonly look: () => void } => {
  const [cut, setCut] = useState<CutView>({ state: 'none' })
  const look = useCallback(() => void demo.cut().then(setCut, () => {}), [])
  const running = cut.state === 'running'
  useEffect(() => {
    look()
    if (!running) return
    const timer = window.setInterval(look, LOOK_MS)
    return () => clearInterval(timer)
  }, [running, look])
  return { cut, look }
}

const useThread = (scene: string | null): SceneThread | null => {
  const [thread, setThread] = useState<SceneThread | null>(null)
  useEffect(() => {
    setThread(null)
    if (scene === null) return
    let over = false
    const look = () =>
      void demo.thread(scene).then(
        (next) => over || setThread(next),
        () => {},
      )
    look()
    const timer = window.setInterval(look, LOOK_MS)
    return () => {
      over = true
      clearInterval(timer)
    }
  }, [scene])
  return thread
}

/** Keys are for whoever writes nowhere. No letters or digits: who speaks to their machine would press them (WCAG 2.1.4). */
const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches('input, select, textarea, iframe') || target.isContentEditable)

const useKeys = (run: Run): void => {
  const kept = useRef(run)
  kept.current = run
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isWriting(event.target) || event.altKey || event.ctrlKey || event.metaKey) return
      const { step, go, play, playing } = kept.current
      const at = step === null ? -1 : STEPS.indexOf(step)
      const asked = event.key === 'ArrowRight' ? STEPS[at + 1] : event.key === 'ArrowLeft' ? STEPS[at - 1] : null
      if (asked) go(asked)
      else if (event.key === ' ' && !(event.target instanceof HTMLElement && event.target.matches('button, a, [tabindex]'))) play(!playing)
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

const Page = () => {
  const words = useWords(DEMO)
  const language = useLanguage()
  const { facts, lost } = useFacts()
  const [date, setDate] = useState(DAYS.answered)
  const [country, setCountry] = useState(HOME)
  const frame = useRef<HTMLIFrameElement>(null)
  const { cut, look } = useCut()
  const run = useRun(language, frame, look)
  const { step, scene } = run
  const told = useRules(date, country)
  const thread = useThread(scene?.id ?? null)
  const rules = useMemo(() => new Map(facts?.rules.map(({ id, about }) => [id, about])), [facts])
  useKeys(run)
  useEffect(() => {
    document.title = words.title
  }, [words])
  useEffect(() => {
    if (facts) setZone(facts.zone)
  }, [facts])
  // The story goes to its days; whoever chooses a day leaves the story where it is.
  useEffect(() => {
    if (step === null) return
    setDate(DAYS[step])
    setCountry(HOME)
  }, [step])
  const choose = (day: string, place: string) => {
    run.play(false)
    setDate(day)
    setCountry(place)
  }
  const showsCut = step === null ? cut.state !== 'none' : STEPS.indexOf(step) >= STEPS.indexOf('cut')
  return (
    <div class="demo">
      <header class="demo-head">
        <span class="brand">
          <Mark size={28} />
          <h1>{words.name}</h1>
        </span>
        <p class="small quiet">{words.lead}</p>
        <nav class="demo-ways" aria-label={words.sim}>
          <a class="button" href="/sim">
            {words.sim}
          </a>
          <LanguageSwitch />
        </nav>
      </header>
      {lost && (
        <div role="alert">
          <Notice tone="cut">{words.offline}</Notice>
        </div>
      )}
      <Steps run={run} />
      {facts && <Timeline facts={facts} date={date} country={country} choose={choose} />}
      <main class="demo-main" data-about={step === null ? undefined : ABOUT[step]}>
        <Telling run={run} date={date} country={country} />
        {scene && facts ? (
          <Scene key={scene.id} scene={scene} run={run} frame={frame} zone={facts.zone} />
        ) : (
          <div class="screens">
            <div class="device">
              <p class="device-empty small">{words.noPhone}</p>
            </div>
            <p class="second second-none small quiet">{words.beside.none}</p>
          </div>
        )}
        <section class="panel" aria-labelledby="step-title">
          {showsCut && <Cut cut={cut} />}
          {(!showsCut || step === null) && <Rules told={told} rules={rules} />}
          {(!showsCut || step === null || step === 'mail' || step === 'engine') && <Decided thread={thread} rules={rules} />}
        </section>
      </main>
    </div>
  )
}

const Steps = ({ run }: { readonly run: Run }) => {
  const words = useWords(DEMO)
  const { step, playing, play, go } = run
  return (
    <div class="steps-bar">
      <button type="button" class="button main" onClick={() => play(!playing)}>
        {playing ? words.pauseIt : step === null ? words.play : step === 'report' ? words.again : words.goOn}
      </button>
      <ol class="steps" aria-label={words.stepList}>
        {STEPS.map((one, at) => (
          <li key={one}>
            <button
              type="button"
              class={`step ${one === 'cut' ? 'step-cut' : ''}`}
              aria-current={one === step ? 'step' : undefined}
              onClick={() => go(one)}
            >
              <span class="step-n figures" aria-hidden="true">
                {at + 1}
              </span>
              <span class="step-name">{words.steps[one].short}</span>
            </button>
          </li>
        ))}
      </ol>
      <button type="button" class="button red" onClick={() => go('cut')}>
        <Icon name="cut" /> {words.cutIt}
      </button>
    </div>
  )
}

const Telling = ({ run, date, country }: { readonly run: Run; readonly date: string; readonly country: string }) => {
  const words = useWords(DEMO)
  const { step, busy, trouble, go, askOn } = run
  return (
    <section class="told" aria-labelledby="step-title">
      {step === null ? (
        <>
          <h2 id="step-title">{words.freely}</h2>
          <p class="free">
            <button type="button" class="button" disabled={busy} onClick={() => askOn(date, country, 'general')}>
              {words.askGeneral}
            </button>
            <button type="button" class="button" disabled={busy} onClick={() => askOn(date, country, 'service')}>
              {words.askService}
            </button>
          </p>
          <p class="small quiet">{words.keys}</p>
        </>
      ) : (
        <StepTold step={step} />
      )}
      <p class="small quiet doing" role="status">
        {busy && words.doing}
      </p>
      {trouble && (
        <div role="alert">
          <Notice tone="waits">
            {words[trouble]}
            {step && (
              <p>
                <button type="button" class="button plain" onClick={() => go(step)}>
                  {words.retry}
                </button>
              </p>
            )}
          </Notice>
        </div>
      )}
    </section>
  )
}

const StepTold = ({ step }: { readonly step: Step }) => {
  const words = useWords(DEMO)
  return (
    <>
      <p class="small quiet">{words.stepOf(STEPS.indexOf(step) + 1, STEPS.length)}</p>
      <h2 id="step-title">{words.steps[step].title}</h2>
      <p class="look" aria-live="polite">
        <strong class="small">{words.look}</strong> {words.steps[step].look}
      </p>
    </>
  )
}

type SceneProps = {
  readonly scene: SceneView
  readonly run: Run
  readonly frame: { readonly current: HTMLIFrameElement | null }
  readonly zone: string
}
const Scene = ({ scene, run, frame, zone }: SceneProps) => {
  const words = useWords(DEMO)
  const base = controlsOf(scene.id)
  const { state, look } = usePhones(scene.who, base)
  const hand = useMemo(() => handOf(scene.who, base), [scene.who, base])
  const phone = state?.phone ?? null
  const cuts = (['whatsapp', 'main'] as const).filter((id) => state?.providers.some((one) => one.id === id && one.cut !== null))
  const mail = state?.inboxes.find(({ id }) => id === 'mail') ?? null
  /** A link of the house opens beside the phone, as it would in the phone's own browser. */
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const path = link && URL.canParse(link.href) ? new URL(link.href).pathname : ''
    if (!path.startsWith(`/demo/${scene.id}/`)) return
    event.preventDefault()
    run.open(path)
  }
  return (
    <div class="screens">
      <section class="demo-phone" aria-label={words.phone} onClickCapture={follow}>
        {cuts.length > 0 && (
          <p class="phone-cut small">
            {cuts.map((id) => (
              <State key={id} tone="cut">
                {words.isCut[id]}
              </State>
            ))}
          </p>
        )}
        {state && phone ? (
          <Phone phone={phone} business={state.business} hand={hand} look={look} picked={null} pick={() => {}} />
        ) : (
          <div class="device" />
        )}
      </section>
      <Beside
        scene={scene}
        page={run.page}
        mail={run.mail && mail && mail.lines.length > 0 ? mail : null}
        frame={frame}
        zone={zone}
        shut={run.shut}
        look={look}
      />
    </div>
  )
}

const place = document.getElementById('page')
if (place) {
  render(
    <LanguageProvider>
      <Page />
    </LanguageProvider>,
    place,
  )
}
