/** @jsxImportSource preact */
/** Why, beside the phone: for each message that left, who spoke, what was decided by which rules, the price and the way it went. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { api, type MessageView } from '../shared/api.ts'
import { isSameDay, moneyOf, shortDayOf, timeOf } from '../shared/format.ts'
import { Crossing, crossingsOf, Handover, passingsOf } from '../shared/handover.tsx'
import { useLanguage, useWords } from '../shared/language.tsx'
import { useLive, useLoaded } from '../shared/live.tsx'
import { Arc, Icon } from '../shared/mark.tsx'
import { Bones, State, summaryOf, Ticks, TroubleNotice } from '../shared/parts.tsx'
import { OutcomeState, type RuleNames, useExplanation, useRuleNames, WhyTold } from '../shared/why.tsx'
import { authorName, SHARED } from '../shared/words.ts'
import { SIM } from './words.ts'

type StoryProps = {
  readonly conversation: string | null
  /** The provider's id of the message whose reasons are wanted, and how often that was asked. */
  readonly picked: { readonly id: string; readonly times: number } | null
  readonly zone: string
}

const SHOWN = 40

export const Story = ({ conversation, picked, zone }: StoryProps) => {
  const words = useWords(SIM)
  const { beat } = useLive()
  const language = useLanguage()
  const rules = useRuleNames()
  const page = useLoaded(conversation, beat, () => api.messages(conversation ?? '', SHOWN))
  const detail = useLoaded(conversation, beat, () => api.conversation(conversation ?? ''))
  const messages = [...(page.value?.items ?? [])].reverse()
  const lastOut = messages.findLast((message) => message.direction === 'out')?.id
  const box = useRef<HTMLDivElement>(null)
  // The newest card is seen from its head: once when it comes, once when its reasons are there.
  const grown = useCallback((card: HTMLElement) => {
    const { current } = box
    if (!current) return
    const above = card.getBoundingClientRect().top - current.getBoundingClientRect().top
    const fits = card.offsetHeight < current.clientHeight - 48
    current.scrollTop += fits ? above + card.offsetHeight - current.clientHeight + 16 : above - 48
  }, [])
  useEffect(() => {
    if (picked) box.current?.querySelector(`[data-vendor="${CSS.escape(picked.id)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [picked])

  if (conversation !== null && !page.value)
    return page.trouble ? <TroubleNotice trouble={page.trouble} retry={page.reload} /> : <Bones lines={4} />
  if (messages.length === 0) return <EmptyStory />
  const passings = passingsOf(messages, detail.value?.owner ?? '')
  const crossings = crossingsOf(messages)
  return (
    <div ref={box} class="story" role="log" aria-label={words.story} aria-live="off">
      <ol>
        {messages.map((message, at) => {
          const before = messages[at - 1]
          const passing = passings.get(message.id)
          const crossing = crossings.get(message.id)
          return (
            <li key={message.id} data-vendor={message.vendorId ?? ''}>
              {before && !isSameDay(before.at, message.at, zone) && <p class="day small quiet">{shortDayOf(message.at, language, zone)}</p>}
              {message.direction === 'in' ? (
                <Heard message={message} zone={zone} />
              ) : (
                <>
                  {passing && <Handover passing={passing} />}
                  {crossing && <Crossing passing={crossing} />}
                  <Card
                    message={message}
                    rules={rules}
                    zone={zone}
                    newest={message.id === lastOut}
                    grown={grown}
                    asked={picked?.id === message.vendorId ? picked.times : 0}
                  />
                </>
              )}
            </li>
          )
        })}
      </ol>
    </div>
  )
}

const EmptyStory = () => {
  const words = useWords(SIM)
  return (
    <div class="story-empty quiet">
      <Arc />
      <p>{words.emptyWhy}</p>
    </div>
  )
}

const Heard = ({ message, zone }: { readonly message: MessageView; readonly zone: string }) => {
  const words = useWords(SIM)
  const shared = useWords(SHARED)
  const language = useLanguage()
  return (
    <p class="heard small">
      <span class="quiet">
        {words.said} · <time>{timeOf(message.at, language, zone)}</time>
      </span>{' '}
      <span class="heard-text">{summaryOf(message.content, shared)}</span>
    </p>
  )
}

type CardProps = {
  readonly message: MessageView
  readonly rules: RuleNames
  readonly zone: string
  readonly newest: boolean
  readonly asked: number
  readonly grown: (card: HTMLElement) => void
}

/** The newest is open, and whichever was asked for; what a person opened or folded stays so. */
const Card = ({ message, rules, zone, newest, asked, grown }: CardProps) => {
  const words = useWords(SIM)
  const shared = useWords(SHARED)
  const language = useLanguage()
  const [wanted, setWanted] = useState<boolean | null>(null)
  useEffect(() => {
    if (asked > 0) setWanted(true)
  }, [asked])
  const open = wanted ?? newest
  const version = `${message.status} ${message.decisionId} ${message.readAt}`
  const { value, trouble, reload } = useExplanation(message.id, version)
  const decision = value?.data.decisions.find(({ id }) => id === message.decisionId)
  const { price } = message
  const self = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const card = self.current
    if (!newest || !card) return
    const watch = new ResizeObserver(() => grown(card))
    watch.observe(card)
    return () => watch.disconnect()
  }, [newest, grown])
  return (
    <article ref={self} class={`card ${asked > 0 ? 'picked' : ''}`}>
      <button type="button" class="card-head" aria-expanded={open} onClick={() => setWanted(!open)}>
        <span class="card-who">
          <b>{authorName(message.author, shared)}</b>
        </span>
        {decision ? (
          <OutcomeState decision={decision} />
        ) : (
          <State tone="" icon="waits">
            …
          </State>
        )}
        <span class="card-line small quiet">
          <time>{timeOf(message.at, language, zone)}</time>
          <span class="card-said">{summaryOf(message.content, shared)}</span>
          {price?.known && price.amount !== null && price.currency !== null && (
            <span class="figures">{moneyOf(price.amount, price.currency, language)}</span>
          )}
          <Ticks status={message.status} moved={message.movedTo !== null} />
          <Icon name="down" />
        </span>
        <span class="hidden">{open ? words.less : words.more}</span>
      </button>
      {open &&
        (value ? (
          <WhyTold data={value.data} rules={rules} />
        ) : trouble ? (
          <TroubleNotice trouble={trouble} retry={reload} />
        ) : (
          <Bones lines={3} />
        ))}
    </article>
  )
}
