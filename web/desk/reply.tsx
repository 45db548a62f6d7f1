/** @jsxImportSource preact */
/** The reply box. It knows the window: how long free text may leave, and what leaves in its place once it may not. */
import { useRef, useState } from 'preact/hooks'
import {
  type Acted,
  api,
  type Conversation,
  houseNow,
  type Me,
  type MessageView,
  makeActKey,
  type Says,
  type Template,
  Trouble,
  type Window,
} from '../shared/api.ts'
import { spanOf } from '../shared/format.ts'
import { type Language, useLanguage, useWords } from '../shared/language.tsx'
import { useLoaded, useNow } from '../shared/live.tsx'
import { Icon } from '../shared/mark.tsx'
import { Notice, State, summaryOf, type Tone, TroubleNotice } from '../shared/parts.tsx'
import { agentName, SHARED } from '../shared/words.ts'
import { Assist } from './assist.tsx'
import { ASSIST } from './assist-words.ts'
import { TemplatePicker } from './templates.tsx'
import { DESK } from './words.ts'

type ReplyProps = {
  readonly conversation: Conversation
  readonly me: Me
  readonly messages: readonly MessageView[]
  readonly poke: () => void
}

const HOUR = 3_600_000
/** Unsent words outlive a look at another conversation. */
const drafts = new Map<string, string>()

const lastHeard = (windows: readonly Window[]): Window | null =>
  windows.reduce<Window | null>((best, one) => (best === null || (one.heardAt ?? 0) > (best.heardAt ?? 0) ? one : best), null)

type Told = { readonly tone: Tone; readonly text: string }

/** As the relay shortens what a stand-in says the customer had asked. */
const TOPIC_LENGTH = 60
const shorten = (text: string): string => (text.length > TOPIC_LENGTH ? `${text.slice(0, TOPIC_LENGTH - 1).trimEnd()}…` : text)

export const Reply = ({ conversation, me, messages, poke }: ReplyProps) => {
  const words = useWords(DESK)
  const assist = useWords(ASSIST)
  const shared = useWords(SHARED)
  const language = useLanguage()
  const now = useNow(houseNow, 1_000)
  const [text, setText] = useState(drafts.get(conversation.id) ?? '')
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<Told | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  /** The same until it worked: a second try of the same reply is the same act. */
  const actKey = useRef(makeActKey())
  const templates = useLoaded('templates', 0, () => api.templates())
  const window = lastHeard(conversation.windows)
  const open = window !== null && (window.closesAt === null ? window.service === 'open' : window.closesAt > now)
  const mine = conversation.owner === `agent:${me.id}`

  const write = (value: string) => {
    drafts.set(conversation.id, value)
    setText(value)
    setTold(null)
    actKey.current = makeActKey()
  }
  const [aided, setAided] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  /** What the agent has written stays. */
  const use = (written: string) => {
    write(text.trim() ? `${text.trimEnd()}\n${written}` : written)
    setAided(true)
    field.current?.focus()
  }
  const send = async (says: Says) => {
    setBusy(true)
    setTrouble(null)
    setTold(null)
    try {
      const acted = await api.reply(conversation.id, says, actKey.current)
      actKey.current = makeActKey()
      const outcome = whatCame(acted, language, words)
      if (!outcome.keep && 'text' in says) {
        write('')
        setAided(false)
      }
      setTold(outcome.told)
    } catch (error) {
      if (error instanceof Trouble) setTrouble(error)
    } finally {
      setBusy(false)
      poke()
    }
  }
  // The same words again would be a second template, and a second price.
  const stoodIn = !open && told?.text === words.kept
  const sendText = () => {
    if (text.trim() && !busy && !stoodIn) void send({ text: text.trim() })
  }

  const other = conversation.owner.startsWith('agent:') && !mine ? agentName(conversation.owner) : null
  const usable = (templates.value?.items ?? []).filter((template) => template.channel === null || template.channel === window?.channel)
  const standIn = open ? null : standInOf(usable, conversation.language ?? language)
  const asked = messages.findLast((message) => message.direction === 'in' && message.content?.type === 'text')
  const topic = asked ? shorten(summaryOf(asked.content, shared)) : text.trim().slice(0, TOPIC_LENGTH) || '…'
  return (
    <form
      class="reply"
      onSubmit={(event) => {
        event.preventDefault()
        sendText()
      }}
    >
      {other && (
        <Notice tone="" icon="person">
          {words.others1(other)}
        </Notice>
      )}
      {conversation.owner === 'platform' && <Notice tone="unknown">{words.platform}</Notice>}
      <p class="window">
        <WindowState window={window} open={open} now={now} />
      </p>
      {!open && (
        <div class="closed">
          <p class="small">{standIn ? words.closedWhat : words.closedHold}</p>
          {standIn && (
            <blockquote class="stand-in">
              <State tone="waits" icon="changed">
                {words.stands}
              </State>
              <p>{fill(standIn, conversation.name ?? '', topic)}</p>
            </blockquote>
          )}
        </div>
      )}
      <Assist conversation={conversation.id} use={use} />
      <textarea
        ref={field}
        class="field"
        data-act="text"
        rows={3}
        aria-label={words.reply}
        placeholder={words.reply}
        maxLength={20_000}
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) {
            event.preventDefault()
            sendText()
          }
        }}
      />
      {aided && text.trim() !== '' && <p class="small quiet">{assist.used}</p>}
      <div class="reply-end">
        <span class="small quiet hint">
          <kbd>Ctrl</kbd> <kbd>↵</kbd>
        </span>
        <button type="submit" class="button main" disabled={busy || stoodIn || !text.trim()}>
          {busy ? words.sending : open ? (mine ? words.send : words.takeAndSend) : words.sendTemplate}
          <Icon name="send" />
        </button>
      </div>
      <div aria-live="polite">{told && <Notice tone={told.tone}>{told.text}</Notice>}</div>
      {trouble &&
        (trouble.code === 'offline' ? (
          <div role="alert">
            <Notice tone="cut">{words.sendLost}</Notice>
          </div>
        ) : (
          <TroubleNotice trouble={trouble} />
        ))}
      {!open && usable.length > 0 && (
        <TemplatePicker templates={usable} language={conversation.language ?? language} busy={busy} send={(says) => void send(says)} />
      )}
    </form>
  )
}

const WindowState = ({ window, open, now }: { readonly window: Window | null; readonly open: boolean; readonly now: number }) => {
  const words = useWords(DESK)
  const language = useLanguage()
  if (window === null || (window.closesAt === null && !open)) return <State tone="waits">{words.never}</State>
  if (window.closesAt === null) return <State tone="flows">{words.openAlways}</State>
  const left = window.closesAt - now
  if (!open) return <State tone="cut">{words.closed(spanOf(-left, language))}</State>
  if (left < 2 * HOUR) return <State tone="waits">{words.closing(spanOf(left, language))}</State>
  return <State tone="flows">{words.open(spanOf(left, language))}</State>
}

const standInOf = (templates: readonly Template[], language: string): Template | null => {
  const usable = templates.filter((template) => template.replaces.includes('window-closed'))
  return usable.find((template) => template.language.startsWith(language)) ?? usable[0] ?? null
}

/** As the relay fills a stand-in: the person's name, and what they had asked. */
const fill = (template: Template, name: string, topic: string): string =>
  template.text.replace(/\{\{(\w+)\}\}/g, (_, variable: string) => (variable === 'name' ? name : topic))

/** What became of a reply, in words; `keep` where the text did not leave and is still wanted. */
const whatCame = (acted: Acted, language: Language, words: (typeof DESK)['fr']): { readonly told: Told | null; readonly keep: boolean } => {
  const { decision, message } = acted
  if (!acted.handled || !decision) return { told: { tone: '', text: words.late }, keep: false }
  const remedy = decision.rulings[0]?.remedy[language] ?? ''
  if (message?.status === 'held') return { told: { tone: 'waits', text: words.heldAfter + remedy }, keep: false }
  switch (decision.outcome) {
    case 'amend':
      return decision.amend.template ? { told: { tone: 'flows', text: words.kept }, keep: true } : { told: null, keep: false }
    case 'hold':
    case 'reroute':
      return { told: { tone: 'waits', text: words.heldAfter + remedy }, keep: false }
    case 'postpone':
      return { told: { tone: 'waits', text: words.laterAfter + remedy }, keep: false }
    case 'refuse':
      return { told: { tone: 'cut', text: words.refusedAfter + remedy }, keep: true }
    case 'allow':
      return { told: null, keep: message?.content?.type === 'template' && decision.situation?.window.service === 'closed' }
  }
}
