/** @jsxImportSource preact */
/** One message of a thread: its words, who spoke, how far it came; a held draft with what may be done about it. */
import { useState } from 'preact/hooks'
import { type Acted, api, type MessageView, type Says, Trouble } from '../shared/api.ts'
import { timeOf } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { Icon } from '../shared/mark.tsx'
import { Notice, State, summaryOf, Ticks, TroubleNotice } from '../shared/parts.tsx'
import { type RuleNames, Why } from '../shared/why.tsx'
import { authorName, mediumName, SHARED } from '../shared/words.ts'
import { File } from './file.tsx'
import { DESK } from './words.ts'

type BubbleProps = {
  readonly message: MessageView
  readonly rules: RuleNames
  readonly poke: () => void
  readonly showChannel: boolean
}

const TROUBLED: readonly MessageView['status'][] = ['failed', 'refused', 'unknown']

export const Bubble = ({ message, rules, poke, showChannel }: BubbleProps) => {
  const words = useWords(DESK)
  const shared = useWords(SHARED)
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const out = message.direction === 'out'
  // An answer mostly names its source itself.
  const written = summaryOf(message.content, shared)
  const unnamed = (message.citations ?? []).filter((citation) => !written.includes(citation.title))
  const speaker = out ? (message.author.startsWith('agent:') ? 'person' : 'machine') : 'customer'
  return (
    <article class={`bubble ${message.direction} ${speaker} ${message.status}`} aria-label={authorName(message.author, shared)}>
      {(out || showChannel) && (
        <p class="speaker small">
          {out && authorName(message.author, shared)}
          {message.ai && <span class="tag">{words.aiTag}</span>}
          {showChannel && ` ${words.via(mediumName(message.channel, shared))}`}
        </p>
      )}
      {message.status === 'held' ? <HeldDraft message={message} poke={poke} /> : <Said message={message} />}
      {unnamed.map((citation) => (
        <p key={citation.passage} class="small quiet">
          {words.source} {citation.title}
        </p>
      ))}
      {message.refusal && (
        <Notice tone={message.status === 'held' ? 'waits' : 'cut'}>
          {message.refusal.remedy[language]} {message.refusal.detail && <span class="small quiet">({message.refusal.detail})</span>}
        </Notice>
      )}
      {message.lateAt !== null && (
        <div class="late">
          <Notice tone="waits">{shared.late(timeOf(message.lateAt, language))}</Notice>
        </div>
      )}
      <p class="meta small">
        <time class="quiet">{timeOf(message.at, language)}</time>
        {message.editedAt !== null && <span class="quiet">{shared.what.edited}</span>}
        {out &&
          (TROUBLED.includes(message.status) ? (
            <State tone={message.status === 'unknown' ? 'unknown' : 'cut'}>{shared.status[message.status]}</State>
          ) : (
            <Ticks status={message.status} moved={message.movedTo !== null} />
          ))}
        {out && (
          <button type="button" class="link small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {words.why}
          </button>
        )}
      </p>
      {open && <Why message={message.id} version={`${message.status}${message.decisionId}`} rules={rules} />}
    </article>
  )
}

const Said = ({ message }: { readonly message: MessageView }) => {
  const shared = useWords(SHARED)
  const { content } = message
  if (message.revokedAt !== null) return <p class="quiet">{shared.what.revoked}</p>
  if (content?.type === 'buttons' || content?.type === 'list') {
    const choices = content.type === 'buttons' ? content.buttons : content.rows
    return (
      <>
        <p class="text">{content.text}</p>
        <ul class="choices small">
          {choices.map((choice) => (
            <li key={choice.id}>{choice.label}</li>
          ))}
        </ul>
      </>
    )
  }
  if (content?.type === 'text' && (content.subject !== undefined || content.whole !== undefined)) return <Letter content={content} />
  if (content?.type === 'media') return <File message={message.id} content={content} />
  const plain = content !== null && ['text', 'template', 'link'].includes(content.type)
  return (
    <p class={plain ? 'text' : 'text shaped'}>
      {content?.type === 'choice' && <Icon name="list" />}
      {content?.type === 'location' && <Icon name="place" />}
      <span>{summaryOf(content, shared)}</span>
    </p>
  )
}

/** A mail: what it is headed, its own words, and behind them what was quoted or signed. */
const Letter = ({ content }: { readonly content: Extract<NonNullable<MessageView['content']>, { type: 'text' }> }) => {
  const words = useWords(DESK)
  return (
    <>
      {content.subject !== undefined && <p class="small quiet">{content.subject}</p>}
      <p class="text">{content.text}</p>
      {content.whole !== undefined && (
        <details class="small">
          <summary>{words.wholeMail}</summary>
          <p class="text">{content.whole}</p>
        </details>
      )}
    </>
  )
}

const HeldDraft = ({ message, poke }: { readonly message: MessageView; readonly poke: () => void }) => {
  const words = useWords(DESK)
  const shared = useWords(SHARED)
  const [text, setText] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [stays, setStays] = useState(false)
  const run = async (act: () => Promise<Acted>) => {
    setBusy(true)
    setTrouble(null)
    setStays(false)
    try {
      const { message: after } = await act()
      setStays(after?.status === 'held')
    } catch (error) {
      if (error instanceof Trouble) setTrouble(error)
    } finally {
      setBusy(false)
      poke()
    }
  }
  const says: Says | null = text === null ? null : { text }
  const written = summaryOf(message.content, shared)
  return (
    <>
      <p>
        <State tone="waits">{words.held}</State> <span class="small">{words.heldWhat}</span>
      </p>
      {text === null ? (
        <p class="text">{written}</p>
      ) : (
        <textarea class="field" rows={4} aria-label={words.draft} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      )}
      {trouble && <TroubleNotice trouble={trouble} />}
      {stays && (
        <p class="small" role="status">
          {words.heldStill}
        </p>
      )}
      <div class="acts">
        <button
          type="button"
          class="button main"
          disabled={busy || text === ''}
          onClick={() => void run(() => api.release(message.id, says))}
        >
          {words.release}
        </button>
        {text === null && (
          <button type="button" class="button" onClick={() => setText(written)}>
            {words.editFirst}
          </button>
        )}
        <button type="button" class="button" disabled={busy} onClick={() => void run(() => api.discard(message.id))}>
          {words.discard}
        </button>
      </div>
    </>
  )
}
