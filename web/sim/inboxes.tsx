/** @jsxImportSource preact */
/** The same customer's other apps: text messages and a mailbox. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { isSameDay, shortDayOf, timeOf } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { Icon } from '../shared/mark.tsx'
import { Breakable } from '../shared/parts.tsx'
import { OUTAGE } from './outage-words.ts'
import { type InboxHand, type InboxLine, type InboxView, inboxHandOf, office } from './phones.ts'

type InboxesProps = {
  readonly inboxes: readonly InboxView[]
  readonly who: string
  readonly zone: string
  /** Kinds of address that the agency knows of them; null: it does not know the person. */
  readonly known: readonly string[] | null
  /** By kind of address: the words in which they agreed to be written to there. */
  readonly agreed: Readonly<Record<string, string>>
  readonly look: () => void
}

export const Inboxes = ({ inboxes, who, zone, known, agreed, look }: InboxesProps) => {
  const words = useWords(OUTAGE).inbox
  if (inboxes.length === 0) return <p class="inbox-none small quiet">{words.none}</p>
  return (
    <>
      {inboxes.map((inbox) => (
        <Inbox key={`${inbox.id} ${who}`} inbox={inbox} who={who} zone={zone} known={known} agreed={agreed} look={look} />
      ))}
    </>
  )
}

/** Somebody who looks at the app has read what is there a moment later. */
const READ_AFTER_MS = 1_200
const KIND: Readonly<Record<string, string>> = { sms: 'sms', mail: 'email' }

const Inbox = ({ inbox, who, zone, known, agreed, look }: Omit<InboxesProps, 'inboxes'> & { readonly inbox: InboxView }) => {
  const words = useWords(OUTAGE).inbox
  const { id, lines, unread } = inbox
  const hand = useMemo(() => inboxHandOf(id, who), [id, who])
  const box = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  const youngest = lines.at(-1)?.id
  const act = (doing: Promise<unknown>) =>
    void doing
      .then(
        () => setFailed(false),
        () => setFailed(true),
      )
      .finally(look)
  useEffect(() => {
    if (unread === 0) return
    const timer = window.setInterval(() => {
      if (!document.hidden && box.current?.offsetParent) act(hand.read())
    }, READ_AFTER_MS)
    return () => clearInterval(timer)
  }, [unread, youngest, hand])
  useLayoutEffect(() => {
    const { current } = box
    if (current && youngest !== undefined) current.scrollTop = current.scrollHeight
  }, [youngest])
  // What scrolls is reached by keys.
  useEffect(() => box.current?.setAttribute('tabindex', '0'), [])
  const kind = KIND[id] ?? id
  const unknown = known !== null && !known.includes(kind)
  return (
    <section class={`inbox inbox-${id}`} aria-label={words.title[id]}>
      <header class="inbox-head">
        <Icon name={id === 'mail' ? 'mail' : 'text'} />
        <h3 title={id === 'sms' ? words.plain : undefined}>{id === 'mail' ? words.mail : words.sms}</h3>
        <span class="small quiet inbox-address">
          <Breakable text={inbox.address} />
        </span>
        {unread > 0 && <span class="count figures">{words.unread(unread)}</span>}
      </header>
      {inbox.stopped && <p class="small quiet inbox-stopped">{words.stopped}</p>}
      <div ref={box} class="inbox-thread" role="log" aria-label={words.title[id]} aria-live="polite">
        {lines.length === 0 && <p class="small quiet inbox-empty">{words.empty[id]}</p>}
        {agreed[kind] && (
          <p class="small quiet inbox-empty">
            {words.agreed} {words.quoted(agreed[kind])}
          </p>
        )}
        {lines.length === 0 && known === null && <p class="small quiet inbox-empty">{words.first}</p>}
        {unknown && (
          <div class="inbox-unknown small">
            <p>{words.unknown}</p>
            <p class="quiet">{words.quoted(inbox.agrees)}</p>
            <button type="button" class="button" onClick={() => act(office.leaveAddresses(who, id))}>
              {words.give}
            </button>
          </div>
        )}
        <ol>
          {lines.map((line, at) => (
            <Line key={line.id} line={line} before={lines[at - 1]} zone={zone} hand={hand} act={act} mail={id === 'mail'} />
          ))}
        </ol>
      </div>
      {failed && (
        <p class="small inbox-failed" role="alert">
          {words.failed}
        </p>
      )}
      <Write id={id} hand={hand} act={act} last={lines.findLast((line) => line.from === 'business')} />
    </section>
  )
}

type LineProps = {
  readonly line: InboxLine
  readonly before: InboxLine | undefined
  readonly zone: string
  readonly hand: InboxHand
  readonly act: (doing: Promise<unknown>) => void
  readonly mail: boolean
}

const Line = ({ line, before, zone, hand, act, mail }: LineProps) => {
  const words = useWords(OUTAGE).inbox
  const language = useLanguage()
  const [left, setLeft] = useState(false)
  const own = line.from === 'customer'
  const newDay = before && !isSameDay(before.at, line.at, zone)
  return (
    <li>
      {newDay && <p class="day small">{shortDayOf(line.at, language, zone)}</p>}
      <div class={`line ${own ? 'own' : 'theirs'} ${mail ? 'mail' : ''}`}>
        <div class="line-body">
          {line.subject && <p class="line-header">{line.subject}</p>}
          <p class="line-text">{line.text}</p>
          {line.leave && (
            <p>
              {left ? (
                <span class="small quiet" role="status">
                  {words.left}
                </span>
              ) : (
                <button
                  type="button"
                  class="link small"
                  onClick={() => {
                    setLeft(true)
                    act(hand.leave(line.id))
                  }}
                >
                  {words.leave}
                </button>
              )}
            </p>
          )}
          <p class="line-meta">
            <time>{timeOf(line.at, language, zone)}</time>
          </p>
        </div>
      </div>
    </li>
  )
}

type WriteProps = {
  readonly id: string
  readonly hand: InboxHand
  readonly act: (doing: Promise<unknown>) => void
  /** What is answered. */
  readonly last: InboxLine | undefined
}

const Write = ({ id, hand, act, last }: WriteProps) => {
  const words = useWords(OUTAGE).inbox
  const [text, setText] = useState('')
  const send = () => {
    if (!text.trim()) return
    setText('')
    const sending = hand.write(text.trim(), last ? { line: last.id, ...(last.subject ? { subject: last.subject } : {}) } : {})
    act(
      sending.catch((error) => {
        // What did not leave can be sent again.
        setText((now) => now || text)
        throw error
      }),
    )
  }
  return (
    <form
      class="device-write"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <input
        class="field"
        aria-label={words.write[id]}
        placeholder={words.write[id]}
        autocomplete="off"
        maxLength={4096}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="button main icon" aria-label={words.send[id]} disabled={!text.trim()}>
        <Icon name="send" />
      </button>
    </form>
  )
}
