/** @jsxImportSource preact */
/** The demo's page: a phone to hold, why beside it, and the agent's desk. */
import '../shared/tokens.css'
import '../shared/base.css'
import '../shared/why.css'
import '../desk/thread.css'
import '../desk/desk.css'
import '../desk/page.css'
import './phone.css'
import './story.css'
import './outage.css'
import './sim.css'
import { render } from 'preact'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { Desk } from '../desk/desk.tsx'
import { api, type Me, onLeft, Trouble } from '../shared/api.ts'
import { LanguageProvider, LanguageSwitch, useLanguage, useWords } from '../shared/language.tsx'
import { LiveProvider, useLive, useLoaded } from '../shared/live.tsx'
import { Arc, Icon, Mark } from '../shared/mark.tsx'
import { Bones, Notice } from '../shared/parts.tsx'
import { Agency } from './agency.tsx'
import { Inboxes } from './inboxes.tsx'
import { Outage, type Tab } from './outage.tsx'
import { OUTAGE } from './outage-words.ts'
import { Phone } from './phone.tsx'
import { enterDesk, handOf, passTime, type SimState, usePhones } from './phones.ts'
import { Providers, Standstill } from './providers.tsx'
import { Received } from './received.tsx'
import { Story } from './story.tsx'
import { Tries } from './tries.tsx'
import { Who } from './who.tsx'
import { SIM } from './words.ts'

/** The desk of the demo needs no login: its agent is let in, and again after a restart. */
const enter = async (): Promise<Me> => {
  try {
    return await api.me()
  } catch (error) {
    if (!(error instanceof Trouble) || error.status !== 401) throw error
    await enterDesk()
    return api.me()
  }
}

const Page = () => {
  const words = useWords(SIM)
  const [tries, setTries] = useState(0)
  const session = useLoaded('me', tries, enter)
  const again = useCallback(() => setTries((times) => times + 1), [])
  const lost = session.value === null && session.trouble !== null
  useEffect(() => {
    document.title = words.title
  }, [words])
  useEffect(() => {
    if (!lost) return
    const timer = window.setTimeout(() => setTries(tries + 1), 1_500)
    return () => clearTimeout(timer)
  }, [lost, tries])
  if (session.value) {
    return (
      <LiveProvider>
        <Stage me={session.value} again={again} />
      </LiveProvider>
    )
  }
  return (
    <main class="entrance">
      {lost ? (
        <div role="alert">
          <Notice tone="cut">{words.offline}</Notice>
        </div>
      ) : (
        <Bones lines={3} />
      )}
    </main>
  )
}

const TABS: readonly Tab[] = ['phone', 'sms', 'mail', 'why', 'desk']

const Stage = ({ me, again }: { readonly me: Me; readonly again: () => void }) => {
  const words = useWords(SIM)
  const outage = useWords(OUTAGE)
  const [playing, setPlaying] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const [tab, setTab] = useState<Tab>(() => (innerWidth < 720 ? 'phone' : 'why'))
  const [picked, setPicked] = useState<{ id: string; times: number } | null>(null)
  const [adding, setAdding] = useState(false)
  const { state, cut, look } = usePhones(chosen)
  const { poke } = useLive()
  const describe = (on: boolean) => {
    setAdding(on)
    if (on) setPlaying(false)
  }
  // Nothing goes to whoever held the phone before.
  const who = adding ? null : chosen
  const language = useLanguage()
  useEffect(() => {
    if (chosen === null && state) setChosen(firstOf(state, language))
  }, [chosen, state, language])
  // A restart forgets the demo's session: its agent is let in again.
  useEffect(() => onLeft(again), [again])
  const conversation = useConversation(state?.phone ?? null)
  const { known, agreed, withPeople } = useThread(conversation)
  const hand = useMemo(() => handOf(who ?? ''), [who])
  const say = useCallback(
    (text: string) =>
      void hand
        .text(text)
        .catch(() => {})
        .finally(look),
    [hand, look],
  )
  const pass = useCallback(
    (ms: number) =>
      passTime(ms)
        .catch(() => {})
        .finally(() => {
          look()
          poke()
        }),
    [look, poke],
  )
  const pick = (id: string) => {
    setPicked((before) => ({ id, times: (before?.times ?? 0) + 1 }))
    setTab('why')
  }
  const phone = state?.phone && state.phone.id === who ? state.phone : null
  const unread = (tab: Tab): number => state?.inboxes.find(({ id }) => id === tab)?.unread ?? 0
  return (
    <div class={`stage show-${tab}`}>
      <header class="lead">
        <span class="brand">
          <Mark size={28} />
          <h1>Relais</h1>
        </span>
        <p>{words.lead}</p>
        <LanguageSwitch />
      </header>
      {cut && (
        <div role="alert" class="cut-notice">
          <Notice tone="cut">{words.offline}</Notice>
        </div>
      )}
      <Standstill look={look} />
      {playing && state && who !== null ? (
        <Outage state={state} who={who} pass={pass} look={look} turn={setTab} shut={() => setPlaying(false)} />
      ) : (
        <Tries
          phone={phone}
          say={say}
          pass={pass}
          play={!adding && state?.inboxes.some(({ id }) => id === 'sms') ? () => setPlaying(true) : null}
        />
      )}
      <section class="providers-bar" aria-label={outage.providers}>
        {state && <Providers providers={state.providers} look={look} />}
        <Agency who={who} look={look} />
        {state && <Received providers={state.providers} version={state.version} zone={state.business.timezone} />}
      </section>
      <main class="columns">
        <section class="column column-phone" aria-labelledby="phone-title">
          <h2 id="phone-title" class="hidden">
            {words.phone}
          </h2>
          <div class="column-head">
            {state ? <Who state={state} who={chosen} choose={setChosen} adding={adding} setAdding={describe} /> : <Bones lines={1} />}
          </div>
          {state && phone ? (
            <Phone
              phone={phone}
              business={state.business}
              hand={hand}
              look={look}
              picked={picked?.id ?? null}
              pick={(one) => pick(one.id)}
            />
          ) : (
            <div class="device">{adding ? <p class="device-empty small">{words.nobodyPhone}</p> : <Bones lines={4} />}</div>
          )}
          <Clock pass={pass} />
        </section>
        <section class="column column-inboxes" aria-label={outage.inboxes}>
          {state && phone ? (
            <Inboxes inboxes={state.inboxes} who={phone.id} zone={state.business.timezone} known={known} agreed={agreed} look={look} />
          ) : (
            !adding && <Bones lines={3} />
          )}
        </section>
        <section class="column column-why" aria-labelledby="why-title">
          <div class="column-head">
            <h2 id="why-title">{words.why}</h2>
            <Arc />
          </div>
          <div role="status" class="with-people">
            {withPeople && state?.providers.some(({ cut }) => cut !== null) && <Notice tone="waits">{outage.withPeople}</Notice>}
          </div>
          <Story conversation={conversation} picked={picked} zone={state?.business.timezone ?? 'Europe/Paris'} />
        </section>
        <section class="column column-desk" aria-labelledby="desk-title">
          <div class="column-head">
            <h2 id="desk-title">{words.desk}</h2>
            <a class="small" href="/" target="_blank" rel="noreferrer">
              {words.deskPage} <Icon name="source" />
            </a>
          </div>
          <Desk me={me} follow={conversation} />
        </section>
      </main>
      <nav class="tabs" aria-label={words.choose}>
        {TABS.map((name) => (
          <button key={name} type="button" aria-pressed={tab === name} onClick={() => setTab(name)}>
            {outage.tabs[name]}
            {unread(name) > 0 && (
              <>
                <span class="count figures" aria-hidden="true">
                  {unread(name)}
                </span>
                <span class="hidden">{outage.inbox.unread(unread(name))}</span>
              </>
            )}
          </button>
        ))}
      </nav>
    </div>
  )
}

/** The French-speaking visitor holds a French customer's phone, the other one a British customer's. */
const firstOf = (state: SimState, language: 'fr' | 'en'): string | null => {
  const name = language === 'fr' ? 'Camille Laurent' : 'Emily Carter'
  return (state.people.find((person) => person.name === name) ?? state.people[0])?.id ?? null
}

/** The conversation behind a phone, once there is one. */
const useConversation = (phone: SimState['phone']): string | null => {
  const { beat } = useLive()
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map())
  const wanted = phone && phone.thread.length > 0 && !known.has(phone.id) ? phone : null
  const found = useLoaded(wanted?.id ?? null, beat, () => api.contactOf(wanted?.phone ?? wanted?.id ?? ''))
  const id = found.value?.items[0]?.conversationId
  useEffect(() => {
    if (wanted && id) setKnown((before) => new Map(before).set(wanted.id, id))
  }, [wanted, id])
  return phone ? (known.get(phone.id) ?? id ?? null) : null
}

type ThreadKnown = {
  /** Kinds of address that the agency knows of the customer; null where it does not know them. */
  readonly known: readonly string[] | null
  /** By kind of address: the words they agreed in. */
  readonly agreed: Readonly<Record<string, string>>
  /** Agents hold it: nothing answers by itself. */
  readonly withPeople: boolean
}

const useThread = (conversation: string | null): ThreadKnown => {
  const { beat } = useLive()
  const { value } = useLoaded(conversation, beat, () => api.conversation(conversation ?? ''))
  const contact = useLoaded(value?.contactId ?? null, beat, () => api.contact(value?.contactId ?? '')).value
  const given = contact?.consents.filter(({ state, category }) => state === 'given' && category === 'service') ?? []
  return {
    withPeople: value !== null && value.owner !== 'journey' && value.owner !== 'engine',
    known: value?.addresses.map(({ kind }) => kind) ?? null,
    agreed: Object.fromEntries(given.flatMap(({ channelKind, words }) => (words ? [[channelKind, words]] : []))),
  }
}

const HOUR = 3_600_000

const Clock = ({ pass }: { readonly pass: (ms: number) => void }) => {
  const words = useWords(SIM)
  return (
    <fieldset class="clock small">
      <legend class="hidden">{words.time}</legend>
      <span class="quiet">{words.pass}</span>
      <button type="button" class="button" onClick={() => pass(HOUR)}>
        {words.steps.hour}
      </button>
      <button type="button" class="button" onClick={() => pass(24 * HOUR)}>
        {words.steps.day}
      </button>
      <button type="button" class="button" onClick={() => pass(72 * HOUR)}>
        {words.steps.days}
      </button>
    </fieldset>
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
