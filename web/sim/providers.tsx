/** @jsxImportSource preact */
/** The imitated providers: how each works now, what Relais has seen of it, and the switches to cut and to heal it. */
import { useEffect, useRef } from 'preact/hooks'
import { api, houseNow } from '../shared/api.ts'
import { useWords } from '../shared/language.tsx'
import { useLive, useLoaded, useNow } from '../shared/live.tsx'
import { Icon } from '../shared/mark.tsx'
import { Notice, State } from '../shared/parts.tsx'
import { Menu } from './menu.tsx'
import { OUTAGE } from './outage-words.ts'
import { type CutKind, office, type ProviderView } from './phones.ts'

type ProvidersProps = { readonly providers: readonly ProviderView[]; readonly look: () => void }
/** What the house knows of a channel or an engine. */
type Known = { readonly paused: boolean; readonly health: string; readonly changedAt: number | null }

/** The first ask after the page opens may come before the house has looked. */
const UNKNOWN: Known = { paused: false, health: 'healthy', changedAt: null }
/** At least so long Relais leaves a channel, or an engine, as it found it. */
const REST_MS = { channel: 60_000, engine: 30_000 } as const

const useKnown = (): { readonly of: (id: string) => Known; readonly aiPaused: boolean } => {
  const { beat } = useLive()
  const channels = useLoaded('channels', beat, api.channels)
  const engines = useLoaded('engines', beat, api.engines)
  const automation = useLoaded('automation', beat, api.automation)
  const all = [...(channels.value?.items ?? []), ...(engines.value?.items ?? [])]
  return { of: (id) => all.find((one) => one.id === id) ?? UNKNOWN, aiPaused: automation.value?.paused ?? false }
}

/** All automation stands still: to be seen, and ended, from everywhere on the page. */
export const Standstill = ({ look }: { readonly look: () => void }) => {
  const words = useWords(OUTAGE)
  const { poke } = useLive()
  const { aiPaused } = useKnown()
  const resume = () =>
    void office
      .pause('ai', false)
      .catch(() => {})
      .finally(() => {
        look()
        poke()
      })
  // The region is there before its words: what appears together with them is not read out.
  return (
    <div role="status" class={aiPaused ? 'cut-notice standstill' : 'hidden'}>
      {aiPaused && (
        <Notice tone="waits">
          {words.standstill}
          <button type="button" class="button" onClick={resume}>
            {words.resumeAi}
          </button>
        </Notice>
      )}
    </div>
  )
}

export const Providers = ({ providers, look }: ProvidersProps) => {
  const words = useWords(OUTAGE)
  const { poke } = useLive()
  const known = useKnown()
  const act = (doing: Promise<unknown>) =>
    void doing
      .catch(() => {})
      .finally(() => {
        look()
        poke()
      })
  return (
    <ul class="providers" aria-label={words.providers}>
      {providers.map((provider) => (
        <Provider key={provider.id} provider={provider} known={known.of(provider.id)} aiPaused={known.aiPaused} act={act} />
      ))}
    </ul>
  )
}

type ProviderProps = {
  readonly provider: ProviderView
  readonly known: Known
  readonly aiPaused: boolean
  readonly act: (doing: Promise<unknown>) => void
}

const Provider = ({ provider, known, aiPaused, act: perform }: ProviderProps) => {
  const words = useWords(OUTAGE)
  const { id, cut } = provider
  const engine = id === 'main'
  const name = words.names[id] ?? id
  const cutName = (kind: CutKind) => (engine ? words.engineCuts[kind] : undefined) ?? words.cuts[kind]
  const stopped = known.paused || (engine && aiPaused)
  const now = useNow(houseNow, 1_000)
  const left = Math.ceil(((known.changedAt ?? 0) + REST_MS[engine ? 'engine' : 'channel'] - now) / 1_000)
  const seen = known.health === 'healthy' ? undefined : left > 0 ? words.checks(left) : words.still
  const note = cut ? (stopped ? words.paused : words.seen[known.health]) : stopped ? undefined : seen
  const self = useRef<HTMLLIElement>(null)
  const touched = useRef(false)
  const act = (doing: Promise<unknown>) => {
    touched.current = true
    perform(doing)
  }
  // The button that was pressed gives way to another: the focus stays here.
  useEffect(() => {
    if (document.activeElement === document.body && touched.current) self.current?.querySelector('button')?.focus()
  }, [cut, known.paused])
  return (
    <li ref={self} class={`provider ${cut ? 'is-cut' : ''}`}>
      <span class="provider-name">{name}</span>
      <span class="provider-state small" role="status">
        {cut ? (
          <State tone="cut">{cutName(cut)}</State>
        ) : stopped ? (
          <State tone="waits">{words.paused}</State>
        ) : (
          <State tone="flows">{words.works}</State>
        )}
      </span>
      {note && <span class="provider-note small quiet">{note}</span>}
      {cut ? (
        <button type="button" class="button main switch-button" aria-label={words.healWhat(name)} onClick={() => act(office.cut(id, null))}>
          {words.heal}
        </button>
      ) : known.paused ? (
        <button
          type="button"
          class="button main switch-button"
          aria-label={words.resumeWhat(name)}
          onClick={() => act(office.pause(id, false))}
        >
          {words.resume}
        </button>
      ) : (
        <Menu
          class="button switch-button"
          name={words.cutWhat(name)}
          label={
            <>
              {words.cut} <Icon name="down" />
            </>
          }
        >
          {(shut) => {
            const run = (doing: () => Promise<unknown>) => () => {
              shut()
              act(doing())
            }
            return (
              <>
                <p class="small quiet">{words.how}</p>
                {provider.cuts.map((kind) => (
                  <button key={kind} type="button" class="menu-row" onClick={run(() => office.cut(id, kind))}>
                    <Icon name="cut" /> {cutName(kind)}
                  </button>
                ))}
                <p class="small quiet">{words.operator}</p>
                <button type="button" class="menu-row" onClick={run(() => office.pause(id, true))}>
                  <Icon name="waits" /> {words.pause}
                </button>
                {engine && (
                  <button type="button" class="menu-row" onClick={run(() => office.pause('ai', !aiPaused))}>
                    <Icon name={aiPaused ? 'flows' : 'waits'} /> {aiPaused ? words.resumeAi : words.pauseAi}
                  </button>
                )}
              </>
            )
          }}
        </Menu>
      )}
    </li>
  )
}
