/** @jsxImportSource preact */
/** Who wants to be called back: the list, and one request with what a person needs to call and to say what came of it. */
import './callbacks.css'
import { useState } from 'preact/hooks'
import type { CallOutcome } from '../../src/core/callback.ts'
import { api, type Callback, houseNow, type Me, Trouble } from '../shared/api.ts'
import { cityOf, clockOf, momentOf, spanOf, timeOf } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { type Loaded, useLive, useNow } from '../shared/live.tsx'
import { Icon } from '../shared/mark.tsx'
import { Bones, Notice, State, summaryOf, TroubleNotice } from '../shared/parts.tsx'
import { SHARED } from '../shared/words.ts'
import { CALLS } from './callback-words.ts'

const EVERY_MS = 10_000
/** At least as late as what was just read: who may be called "now" was so at that instant. */
const useMoment = (): number => Math.max(useNow(houseNow, EVERY_MS), houseNow())

type ListProps = {
  readonly me: Me
  readonly list: Loaded<{ readonly items: readonly Callback[] }>
  readonly chosen: string | null
  readonly choose: (id: string) => void
}

export const CallbackList = ({ me, list, chosen, choose }: ListProps) => {
  const words = useWords(CALLS)
  const now = useMoment()
  const items = list.value?.items
  return (
    <>
      {list.trouble && <TroubleNotice trouble={list.trouble} retry={list.reload} />}
      {!items && !list.trouble && <Bones lines={6} />}
      {items?.length === 0 && <p class="empty quiet">{words.empty}</p>}
      <ul class="rows">
        {items?.map((item) => (
          <li key={item.id}>
            <button type="button" class="row-button" aria-current={item.id === chosen} onClick={() => choose(item.id)}>
              <span class="row-name">{item.name ?? item.number}</span>
              <Since item={item} now={now} />
              <span class="row-last small quiet">{item.summary ?? item.topic}</span>
              <span class="row-state">
                <When item={item} me={me} now={now} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

type Timed = { readonly item: Callback; readonly now: number }

const Since = ({ item, now }: Timed) => {
  const words = useWords(CALLS)
  const language = useLanguage()
  return <span class="small quiet">{words.asked(spanOf(now - item.since, language))}</span>
}

/** Who has it, or how long until they may be called. */
const When = ({ item, me, now }: Timed & { readonly me: Me }) => {
  const words = useWords(CALLS)
  const language = useLanguage()
  if (item.takenBy !== null) {
    const mine = item.takenBy === `agent:${me.id}`
    return <State tone={mine ? 'flows' : ''}>{mine ? words.mine : words.by(item.takenBy.replace(/^agent:/, ''))}</State>
  }
  const { callableAt, callableUntil } = item
  if (callableAt === null) return <State tone="cut">{words.never}</State>
  if (callableAt > now) {
    return <State tone="waits">{words.in(spanOf(callableAt - now, language), momentOf(callableAt, now, language))}</State>
  }
  const until = callableUntil === null ? '' : `, ${words.until(timeOf(callableUntil, language))}`
  return (
    <State tone="flows">
      {words.now}
      {until}
    </State>
  )
}

type CardProps = { readonly item: Callback; readonly me: Me; readonly back: () => void; readonly openThread: (id: string) => void }

export const CallbackCard = ({ item, me, back, openThread }: CardProps) => {
  const words = useWords(CALLS)
  const shared = useWords(SHARED)
  const now = useMoment()
  return (
    <article class="call-card" aria-label={words.card}>
      <header class="call-head">
        <button type="button" class="button plain only-narrow" onClick={back}>
          <Icon name="back" />
          {words.back}
        </button>
        <h2>{item.name ?? words.unknownName}</h2>
        <p class="call-number figures">{item.number}</p>
        <When item={item} me={me} now={now} />
      </header>
      {item.category === 'marketing' && <Notice tone="waits">{words.selling}</Notice>}
      <dl class="call-facts">
        {item.summary && <Fact name={words.summary}>{item.summary}</Fact>}
        {item.topic && <Fact name={words.about}>{item.topic}</Fact>}
        {item.words.length > 0 && (
          <Fact name={words.words}>
            {item.words.map(({ at, content }) => (
              <span key={at} class="call-said">
                {summaryOf(content, shared)}
              </span>
            ))}
          </Fact>
        )}
        {item.step && <Fact name={words.step}>{item.step}</Fact>}
        <Fact name={words.hours}>
          <Hours item={item} />
        </Fact>
        {item.tries > 0 && <Fact name={words.tries(item.tries, item.mostTries)}>{item.note ?? <Since item={item} now={now} />}</Fact>}
      </dl>
      <Acts key={`${item.state} ${item.takenBy}`} item={item} me={me} now={now} />
      <button type="button" class="button plain" onClick={() => openThread(item.conversationId)}>
        {words.thread}
      </button>
    </article>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: preact.ComponentChildren }) => (
  <div>
    <dt class="small quiet">{name}</dt>
    <dd>{children}</dd>
  </div>
)

const Hours = ({ item }: { readonly item: Callback }) => {
  const words = useWords(CALLS)
  const language = useLanguage()
  const named: Readonly<Record<number, string>> = words.days
  const daysOf = (days: readonly number[]) =>
    days.length > 2 ? `${named[days[0] ?? 1]} – ${named[days.at(-1) ?? 1]}` : days.map((day) => named[day]).join(', ')
  return (
    <>
      {item.windows.map(({ days, from, to }, n) => (
        <span key={`${days} ${from}`} class="call-said figures">
          {daysOf(days)} {words.span(clockOf(from, language), clockOf(to, language))}
          {n === item.windows.length - 1 && `, ${words.zone(cityOf(item.timezone, language))}`}
        </span>
      ))}
    </>
  )
}

/** Why nobody can take it yet. */
const WHY_NOT = 'call-why-not'
const OUTCOMES: readonly CallOutcome[] = ['reached', 'no-answer', 'wrong-number', 'refused', 'done']

const Acts = ({ item, me, now }: Timed & { readonly me: Me }) => {
  const words = useWords(CALLS)
  const language = useLanguage()
  const { poke } = useLive()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setTrouble(null)
    try {
      await work()
      poke()
    } catch (error) {
      setTrouble(error instanceof Trouble ? error : new Trouble('unknown', 0, '', ''))
    } finally {
      setBusy(false)
    }
  }
  const close = (outcome: CallOutcome) => void act(() => api.closeCall(item.id, outcome, note))
  const mine = item.takenBy === `agent:${me.id}`
  const early = item.callableAt === null || item.callableAt > now
  return (
    <div class="call-acts">
      {trouble && <TroubleNotice trouble={trouble} />}
      {item.takenBy === null && (
        <button
          type="button"
          class="button main"
          data-act="take"
          title={words.takeWhat}
          aria-describedby={early ? WHY_NOT : undefined}
          disabled={busy || early}
          onClick={() => void act(() => api.takeCall(item.id))}
        >
          {words.take}
        </button>
      )}
      {item.takenBy === null && early && (
        <p id={WHY_NOT} class="small" role="status">
          {item.callableAt === null ? words.noHours : words.early(momentOf(item.callableAt, now, language), item.tries > 0)}
        </p>
      )}
      {mine && (
        <>
          <a class="button main" href={`tel:${item.number}`}>
            {words.dial(item.number)}
          </a>
          <label class="call-note">
            <span class="small quiet">{words.note}</span>
            <textarea
              class="field"
              rows={2}
              data-act="text"
              value={note}
              maxLength={2_000}
              onInput={(event) => setNote(event.currentTarget.value)}
            />
          </label>
          <fieldset class="call-outcomes">
            <legend class="small quiet">{words.whatCame}</legend>
            {OUTCOMES.map((outcome) => (
              <button key={outcome} type="button" class="button" disabled={busy} onClick={() => close(outcome)}>
                {words.outcomes[outcome]}
              </button>
            ))}
          </fieldset>
          <p class="small quiet">{words.told}</p>
          <button
            type="button"
            class="button plain"
            data-act="give-back"
            disabled={busy}
            onClick={() => void act(() => api.releaseCall(item.id))}
          >
            {words.release}
          </button>
        </>
      )}
    </div>
  )
}
