/** @jsxImportSource preact */
/** What opens over the thread: a source at its passage, one's own data, the way back to another channel, the account. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useWords } from '../shared/language.tsx'
import { Icon } from '../shared/mark.tsx'
import { Bones, Failed, Panel, WebLink } from './parts.tsx'
import { visible, webAddress } from './plain.ts'
import type { Back, Citation, Source } from './shapes.ts'
import { historyAddress, Trouble, wire } from './wire.ts'
import { CHAT } from './words.ts'

/** Runs an act of a panel: busy meanwhile, and what went wrong in words. */
const useAct = () => {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const run = async (act: () => Promise<void>) => {
    setBusy(true)
    setTrouble(null)
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Trouble)) throw error
      setTrouble(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, trouble, run }
}

type DoProps = {
  readonly acts: ReturnType<typeof useAct>
  readonly does: () => Promise<void>
  readonly shut: () => void
  readonly main?: boolean
  readonly children: string
}

/** Shuts the panel once it is done. */
const Do = ({ acts, does, shut, main, children }: DoProps) => (
  <button type="button" class={main ? 'button main' : 'button'} disabled={acts.busy} onClick={() => void acts.run(() => does().then(shut))}>
    {children}
  </button>
)

export const SourcePanel = ({ citation, shut }: { readonly citation: Citation; readonly shut: () => void }) => {
  const words = useWords(CHAT)
  const [source, setSource] = useState<Source | null>(null)
  const { trouble, run } = useAct()
  const load = () => void run(async () => setSource(await wire.source(citation.passage)))
  const passage = useRef<HTMLElement>(null)
  useEffect(load, [citation.passage])
  useEffect(() => passage.current?.scrollIntoView({ block: 'center' }), [source])
  const address = webAddress(source?.url ?? citation.url ?? '')
  return (
    <Panel title={words.sourceOf(citation.n, visible(citation.title))} shut={shut}>
      {trouble && <Failed trouble={trouble} retry={load} />}
      {!source && !trouble && <Bones />}
      {source && (
        <div class="document">
          <p>{source.before}</p>
          <mark ref={passage}>{source.passage}</mark>
          <p>{source.after}</p>
        </div>
      )}
      {address && (
        <WebLink href={address} class="button">
          {words.wholePage}
          <Icon name="source" />
          <span class="hidden"> {words.newTab}</span>
        </WebLink>
      )}
    </Panel>
  )
}

/** Takes the place of the button that was pressed. */
const takeKeys = (button: HTMLButtonElement | null): void => button?.focus()

type DataProps = {
  readonly account: boolean
  readonly forget: () => Promise<void>
  readonly unlinked: () => void
  readonly shut: () => void
}

export const DataPanel = ({ account, forget, unlinked, shut }: DataProps) => {
  const words = useWords(CHAT)
  const [sure, setSure] = useState(false)
  const acts = useAct()
  return (
    <Panel title={words.data} shut={shut}>
      <p>{words.dataWhat}</p>
      {acts.trouble && <Failed trouble={acts.trouble} />}
      {sure ? (
        <div class="notice waits">
          <Icon name="waits" />
          <div>
            <p>{words.eraseSure}</p>
            <p class="acts">
              <Do acts={acts} does={forget} shut={shut}>
                {words.eraseYes}
              </Do>
              <button ref={takeKeys} type="button" class="button plain" onClick={() => setSure(false)}>
                {words.keep}
              </button>
            </p>
          </div>
        </div>
      ) : (
        <p class="acts">
          <a class="button" href={historyAddress} download="">
            <Icon name="down" />
            {words.download}
          </a>
          <button ref={takeKeys} type="button" class="button" onClick={() => setSure(true)}>
            {words.erase}
          </button>
        </p>
      )}
      {account && (
        <>
          <p>{words.linked}</p>
          <p class="acts">
            <Do acts={acts} does={() => wire.unlink().then(unlinked)} shut={shut}>
              {words.unlink}
            </Do>
          </p>
        </>
      )}
    </Panel>
  )
}

/** The house's own address of the way back: an app's where it is no page. */
const doorOf = (url: string): string | null => (/^(?:sms|mailto):/.test(url) ? url : webAddress(url))

type BackProps = { readonly back: Back; readonly opened: () => void; readonly shut: () => void }

export const BackPanel = ({ back, opened, shut }: BackProps) => {
  const words = useWords(CHAT)
  const [way, setWay] = useState<{ readonly url: string; readonly word: string } | null>(null)
  const [copied, setCopied] = useState(false)
  const { trouble, run } = useAct()
  const load = () =>
    void run(async () => {
      setWay(await wire.back(back.channel))
      // A word belongs to a visitor: there is one from now on.
      opened()
    })
  useEffect(load, [back.channel])
  const href = doorOf(way?.url ?? '')
  return (
    <Panel title={words.continueOn(back)} shut={shut}>
      {trouble && <Failed trouble={trouble} retry={load} />}
      {!way && !trouble && <Bones />}
      {way && (
        <>
          <p>{words.backHow(back)}</p>
          <p class="word">
            <strong>{way.word}</strong>
            <button
              type="button"
              class="button"
              onClick={() =>
                void navigator.clipboard?.writeText(way.word).then(
                  () => setCopied(true),
                  () => {},
                )
              }
            >
              <span aria-live="polite">{copied ? words.copied : words.copy}</span>
            </button>
          </p>
          {href && (
            <WebLink href={href} class="button main">
              {words.open(back)}
              <span class="hidden"> {words.newTab}</span>
            </WebLink>
          )}
        </>
      )}
    </Panel>
  )
}

/** `#account=…` of the address, taken out of it at once: it must not stay in the history, nor be sent on with the address. */
export const takeAccount = (): string | null => {
  const token = /^#account=([\w.-]{1,4000})$/.exec(location.hash)?.[1] ?? null
  if (location.hash.startsWith('#account=')) history.replaceState(null, '', location.pathname + location.search)
  return token
}

export const AccountPanel = ({
  token,
  name,
  agree,
  linked,
  shut,
}: {
  readonly token: string
  readonly name: string
  readonly agree: string | null
  readonly linked: () => void
  readonly shut: () => void
}) => {
  const words = useWords(CHAT)
  const acts = useAct()
  return (
    <Panel title={words.account} shut={shut}>
      <p>{words.accountAsk(name)}</p>
      <p class="quiet">{agree ?? words.accountWhat}</p>
      {acts.trouble && <Failed trouble={acts.trouble} />}
      <p class="acts">
        <Do acts={acts} does={() => wire.link(token).then(linked)} shut={shut} main>
          {words.link}
        </Do>
        <button type="button" class="button" onClick={shut}>
          {words.notNow}
        </button>
      </p>
    </Panel>
  )
}
