/** @jsxImportSource preact */
/** What each provider received: its ledger as a plain table, in a drawer. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { houseNow } from '../shared/api.ts'
import { momentOf } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { Icon } from '../shared/mark.tsx'
import { Notice } from '../shared/parts.tsx'
import { OUTAGE } from './outage-words.ts'
import { office, type ProviderView, type ReceivedView } from './phones.ts'

type ReceivedProps = { readonly providers: readonly ProviderView[]; readonly version: string; readonly zone: string }

export const Received = ({ providers, version, zone }: ReceivedProps) => {
  const words = useWords(OUTAGE)
  const dialog = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  const count = providers.reduce((sum, { received }) => sum + received, 0)
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() => {
          setOpen(true)
          dialog.current?.showModal()
        }}
      >
        {words.received.open} <span class="count figures">{count}</span>
      </button>
      <dialog ref={dialog} class="drawer" aria-labelledby="received-title" onClose={() => setOpen(false)}>
        {open && <Ledger providers={providers} version={version} zone={zone} shut={() => dialog.current?.close()} />}
      </dialog>
    </>
  )
}

/** To whom stands last: where there is little room, what came of it is worth more. */
const COLUMNS = ['at', 'provider', 'kind', 'status', 'shownAt', 'to'] as const

const Ledger = ({ providers, version, zone, shut }: ReceivedProps & { readonly shut: () => void }) => {
  const outage = useWords(OUTAGE)
  const words = outage.received
  const language = useLanguage()
  const [of, setOf] = useState<string | null>(null)
  const [lines, setLines] = useState<readonly ReceivedView[]>([])
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let stale = false
    office.received().then(
      (items) => {
        if (stale) return
        setLines(items)
        setFailed(false)
      },
      () => stale || setFailed(true),
    )
    return () => {
      stale = true
    }
  }, [version])
  // What scrolls is reached by keys.
  const room = useCallback((element: HTMLElement | null) => element?.setAttribute('tabindex', '0'), [])
  const shown = lines.filter((line) => of === null || line.provider === of)
  const now = houseNow()
  return (
    <>
      <header class="drawer-head">
        <h2 id="received-title">{words.title}</h2>
        <button type="button" class="button plain icon" aria-label={words.shut} onClick={shut}>
          <Icon name="close" />
        </button>
      </header>
      <p class="small quiet">{words.lead}</p>
      <p class="views">
        {[null, ...providers.map(({ id }) => id)].map((id) => (
          <button key={id ?? ''} type="button" class="view" aria-pressed={of === id} onClick={() => setOf(id)}>
            {id === null ? words.all : (outage.names[id] ?? id)}
          </button>
        ))}
      </p>
      {failed && <Notice tone="cut">{words.failed}</Notice>}
      {shown.length === 0 ? (
        <p class="quiet">{words.none}</p>
      ) : (
        <section class="table-room" ref={room} aria-labelledby="received-title">
          <table class="small figures">
            <thead>
              <tr>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col">
                    {words.columns[column]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((line) => (
                <tr key={`${line.provider} ${line.n}`}>
                  <td>{momentOf(line.at, now, language, zone)}</td>
                  <td>{outage.names[line.provider] ?? line.provider}</td>
                  <td>{words.kinds[line.kind] ?? line.kind}</td>
                  <td class={line.code !== null || line.status === null || line.status >= 400 ? 'bad' : ''}>
                    {line.status ?? words.silent}
                    {line.code !== null && ` · ${line.code}`}
                  </td>
                  <td class={line.shownAt === null ? 'quiet' : ''}>
                    {line.shownAt === null ? words.never : momentOf(line.shownAt, now, language, zone)}
                  </td>
                  <td>{line.to}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}
