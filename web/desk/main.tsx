/** @jsxImportSource preact */
/** The desk as a page: entered with an agent's key. */
import '../shared/tokens.css'
import '../shared/base.css'
import '../shared/why.css'
import './thread.css'
import './desk.css'
import './page.css'
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { api, type Me, onLeft, Trouble } from '../shared/api.ts'
import { LanguageProvider, LanguageSwitch, useWords } from '../shared/language.tsx'
import { LiveProvider, useLoaded } from '../shared/live.tsx'
import { Mark } from '../shared/mark.tsx'
import { Bones, Notice, TroubleNotice } from '../shared/parts.tsx'
import { Desk } from './desk.tsx'
import { DESK } from './words.ts'

const Page = () => {
  const [left, setLeft] = useState(0)
  const session = useLoaded('me', left, () => api.me())
  const [entered, setEntered] = useState<Me | null>(null)
  const over = session.trouble?.status === 401
  const me = entered ?? (over ? null : session.value)
  useEffect(
    () =>
      onLeft(() => {
        setEntered(null)
        setLeft((times) => times + 1)
      }),
    [],
  )
  const leave = async () => {
    await api.leave().catch(() => {})
    setEntered(null)
    location.reload()
  }
  if (me) {
    return (
      <LiveProvider>
        <Bar me={me} leave={() => void leave()} />
        <main>
          <Desk me={me} wide />
        </main>
      </LiveProvider>
    )
  }
  if (!session.trouble) return <main class="entrance">{<Bones lines={3} />}</main>
  if (over) return <Entrance entered={setEntered} />
  return (
    <main class="entrance">
      <TroubleNotice trouble={session.trouble} retry={() => setLeft(left + 1)} />
    </main>
  )
}

const Bar = ({ me, leave }: { readonly me: Me; readonly leave: () => void }) => {
  const words = useWords(DESK)
  return (
    <header class="bar">
      <span class="brand">
        <Mark />
        <h1>{me.workspace}</h1>
      </span>
      <span class="quiet small bar-title">{words.title}</span>
      <span class="bar-end">
        <span class="quiet small">{words.as(me.name)}</span>
        <LanguageSwitch />
        <button type="button" class="button plain" onClick={leave}>
          {words.leave}
        </button>
      </span>
    </header>
  )
}

const MAY = ['agent', 'admin']

const Entrance = ({ entered }: { readonly entered: (me: Me) => void }) => {
  const words = useWords(DESK)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const enter = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const key = String(new FormData(event.currentTarget).get('key') ?? '')
    setBusy(true)
    setTrouble(null)
    setWrong('')
    try {
      const me = await api.enter(key)
      if (MAY.includes(me.role)) return entered(me)
      await api.leave()
      setWrong(words.keyRole)
    } catch (error) {
      if (error instanceof Trouble && (error.status === 401 || error.status === 400)) setWrong(words.keyWrong)
      else setTrouble(error instanceof Trouble ? error : new Trouble('unknown', 0, '', ''))
    } finally {
      setBusy(false)
    }
  }
  return (
    <main class="entrance">
      <span class="brand large">
        <Mark size={40} />
        <h1>Relais</h1>
      </span>
      <form onSubmit={(event) => void enter(event)}>
        <label for="key">{words.key}</label>
        <input
          id="key"
          name="key"
          class="field"
          type="password"
          autocomplete="current-password"
          spellcheck={false}
          required
          aria-describedby="key-how"
          aria-invalid={wrong !== ''}
        />
        <p id="key-how" class="small quiet">
          {words.keyHow} <code>{words.keyCommand}</code>
        </p>
        {wrong && (
          <div role="alert">
            <Notice tone="cut">{wrong}</Notice>
          </div>
        )}
        {trouble && <TroubleNotice trouble={trouble} />}
        <button type="submit" class="button main" disabled={busy}>
          {words.enter}
        </button>
      </form>
      <LanguageSwitch />
    </main>
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
