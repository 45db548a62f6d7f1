/** @jsxImportSource preact */
/** One conversation over all channels: who holds it, what was said, how far each message came, and why. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type Acted, api, type Conversation, type Me, type MessageView, Trouble } from '../shared/api.ts'
import { countryName, dayOf, isSameDay, plainMoment } from '../shared/format.ts'
import { Crossing, crossingsOf, Handover, passingsOf } from '../shared/handover.tsx'
import { useLanguage, useWords } from '../shared/language.tsx'
import { useLive, useLoaded } from '../shared/live.tsx'
import { Icon } from '../shared/mark.tsx'
import { Bones, Breakable, Notice, State, TroubleNotice } from '../shared/parts.tsx'
import type { RuleNames } from '../shared/why.tsx'
import { mediumName, ownerWords, SHARED } from '../shared/words.ts'
import { Bubble } from './bubble.tsx'
import { Reply } from './reply.tsx'
import { DESK } from './words.ts'

type ThreadProps = {
  readonly id: string
  readonly me: Me
  readonly rules: RuleNames
  readonly back: () => void
  readonly openThread: (id: string) => void
}

const STEP = 50
const MOST = 200

export const Thread = ({ id, me, rules, back, openThread }: ThreadProps) => {
  const words = useWords(DESK)
  const { beat, poke } = useLive()
  const [limit, setLimit] = useState(STEP)
  const detail = useLoaded(id, beat, () => api.conversation(id))
  const page = useLoaded(`${id} ${limit}`, beat, () => api.messages(id, limit))
  const shown = useRef<readonly MessageView[]>([])
  if (page.value) shown.current = [...page.value.items].reverse()
  const messages = shown.current
  const conversation = detail.value
  if (!conversation) return detail.trouble ? <TroubleNotice trouble={detail.trouble} retry={detail.reload} /> : <Bones lines={5} />
  return (
    <>
      <Head conversation={conversation} me={me} back={back} poke={poke} />
      <Taken of={conversation.taken} openThread={openThread} />
      <Scroll messages={messages}>
        {page.value?.next && limit < MOST && (
          <p class="older">
            <button type="button" class="button plain" onClick={() => setLimit(limit + STEP)}>
              {words.older}
            </button>
          </p>
        )}
        <Lines messages={messages} rules={rules} poke={poke} owner={conversation.owner} />
        {page.trouble && <TroubleNotice trouble={page.trouble} retry={page.reload} />}
      </Scroll>
      <Reply conversation={conversation} me={me} messages={messages} poke={poke} />
    </>
  )
}

type HeadProps = { readonly conversation: Conversation; readonly me: Me; readonly back: () => void; readonly poke: () => void }

const Head = ({ conversation, me, back, poke }: HeadProps) => {
  const words = useWords(DESK)
  const shared = useWords(SHARED)
  const language = useLanguage()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const owner = ownerWords(conversation.owner, me.id, shared)
  const mine = conversation.owner === `agent:${me.id}`
  const automatic = conversation.owner === 'journey' || conversation.owner === 'engine'
  const run = (act: (id: string) => Promise<Acted>) => async () => {
    setBusy(true)
    setTrouble(null)
    try {
      await act(conversation.id)
    } catch (error) {
      if (error instanceof Trouble) setTrouble(error)
    } finally {
      setBusy(false)
      poke()
    }
  }
  const address = conversation.addresses.find((one) => !one.kind.endsWith('_user'))?.value
  return (
    <header class="head">
      <button type="button" class="button plain icon back" onClick={back} aria-label={words.back}>
        <Icon name="back" />
      </button>
      <div class="head-who">
        <h2>
          <Breakable text={conversation.name ?? words.unknownName} />
        </h2>
        <p class="small quiet">
          <Breakable text={[countryName(conversation.country, language), address].filter(Boolean).join(' · ')} />
        </p>
        <Consents contact={conversation.contactId} />
      </div>
      <State tone={owner.state} icon={owner.state === '' ? 'person' : owner.state}>
        {owner.text}
      </State>
      <div class="acts">
        {!mine && (
          <button type="button" class="button main" data-act="take" title={words.takeWhat} disabled={busy} onClick={run(api.take)}>
            {words.take}
          </button>
        )}
        {!automatic && (
          <button type="button" class="button" data-act="give-back" title={words.giveBackWhat} disabled={busy} onClick={run(api.giveBack)}>
            {words.giveBack}
          </button>
        )}
        {!automatic && (
          <button type="button" class="button" data-act="close" title={words.closeWhat} disabled={busy} onClick={run(api.close)}>
            {words.close}
          </button>
        )}
      </div>
      {trouble && <TroubleNotice trouble={trouble} />}
    </header>
  )
}

/** They gave an address that is another contact's: whose, and the way there. */
const Taken = ({ of, openThread }: { readonly of: Conversation['taken']; readonly openThread: (id: string) => void }) => {
  const words = useWords(DESK)
  if (of === null) return null
  return (
    <Notice tone="waits">
      {words.taken(of.kind, of.name)}
      <p>
        <button type="button" class="button plain" onClick={() => openThread(of.conversationId)}>
          {words.openOther}
        </button>
      </p>
    </Notice>
  )
}

/** What was agreed to or withdrawn, and when: after a STOP the agent sees more than the word. */
const Consents = ({ contact }: { readonly contact: string }) => {
  const words = useWords(DESK)
  const shared = useWords(SHARED)
  const language = useLanguage()
  const { beat } = useLive()
  const { value } = useLoaded(contact, beat, () => api.contact(contact))
  if (!value?.consents.length) return null
  return (
    <ul class="consents small quiet" aria-label={words.consents}>
      {value.consents.map(({ channelKind, category, state, at }) => (
        <li key={`${channelKind}/${category}`}>
          {state !== 'none' &&
            words.consent[state](categoryName(category, words.category), mediumName(channelKind, shared), plainMoment(at, language))}
        </li>
      ))}
    </ul>
  )
}

const categoryName = (category: string, names: Readonly<Record<string, string>>): string => names[category] ?? category

/** Stays at the youngest message, unless somebody reads further up. */
const Scroll = ({ messages, children }: { readonly messages: readonly MessageView[]; readonly children: preact.ComponentChildren }) => {
  const words = useWords(DESK)
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const youngest = messages.at(-1)?.id
  useLayoutEffect(() => {
    const { current } = box
    if (current && youngest !== undefined && atEnd.current) current.scrollTop = current.scrollHeight
  }, [youngest])
  // A pane that is folded out, or a reply box that grows, keeps the youngest message in sight.
  useEffect(() => {
    const { current } = box
    if (!current) return
    const watch = new ResizeObserver(() => {
      if (atEnd.current) current.scrollTop = current.scrollHeight
    })
    watch.observe(current)
    for (const child of current.children) watch.observe(child)
    return () => watch.disconnect()
  }, [])
  const note = () => {
    const { current } = box
    if (current && current.clientHeight > 0) atEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < 80
  }
  return (
    <div ref={box} class="scroll" role="log" aria-live="polite" aria-label={words.thread} onScroll={note}>
      {children}
    </div>
  )
}

type LinesProps = {
  readonly messages: readonly MessageView[]
  readonly rules: RuleNames
  readonly poke: () => void
  readonly owner: string
}

const Lines = ({ messages, rules, poke, owner }: LinesProps) => {
  const language = useLanguage()
  const passings = passingsOf(messages, owner)
  const channels = new Set(messages.map(({ channel }) => channel)).size
  const crossings = crossingsOf(messages)
  return (
    <ol class="lines">
      {messages.map((message, at) => {
        const before = messages[at - 1]
        const newDay = !before || !isSameDay(before.at, message.at)
        const passing = passings.get(message.id)
        const crossing = crossings.get(message.id)
        return (
          <li key={message.id}>
            {newDay && <p class="day small quiet">{dayOf(message.at, language)}</p>}
            {passing && <Handover passing={passing} />}
            {crossing && <Crossing passing={crossing} />}
            <Bubble message={message} rules={rules} poke={poke} showChannel={channels > 1} />
          </li>
        )
      })}
    </ol>
  )
}
