/**
 * Who answers one inbound message, first that applies: STOP, the disclosure where they ask who answers, the step that asked for an address and
 * got one, a wish for a person, the running step, a journey's start, the engines, `always`, a kind word to who asks nothing, people.
 */
import { type Address, addressKey } from '../../core/address.ts'
import { addressIn } from '../../core/contact-address.ts'
import { type Content, wordsOf } from '../../core/content.ts'
import { sourceIn, withoutFirstWords } from '../../core/entry.ts'
import { shortenText } from '../../core/fitting.ts'
import type { ChannelId } from '../../core/ids.ts'
import { isAsking, type Journey, type JourneyState } from '../../core/journey.ts'
import { type Language, textIn } from '../../core/language.ts'
import { withoutBackLine } from '../../core/link.ts'
import { withdrawalIn } from '../../core/opt-out.ts'
import type { Purpose } from '../../core/situation.ts'
import { wordsIn } from '../../core/terms.ts'
import { alwaysFor, isMenu, startByAnswer, startFor } from '../../journeys/index.ts'
import { isStopped, STOPPED } from '../automation.ts'
import type { Bodies, Thought } from '../event.ts'
import { channelState, isAutomatic } from '../state.ts'
import { SAYS, turnedAway } from '../words.ts'
import { comesBack, disconnect, isDisconnect } from './bridge.ts'
import { linkTo, offered, pageBeside } from './bridge-link.ts'
import { askToBeCalled } from './callback.ts'
import { stop, withdraw } from './consent.ts'
import { type Draft, note, setChannelState, setOwner, setState } from './draft.ts'
import { handOver, holdForPerson } from './hand.ts'
import { type Asked, continueJourney, startJourney, think } from './journey.ts'
import { answeredOffer, noteAnswer } from './offer.ts'
import { propose, proposeInstead } from './propose.ts'
import { tryCode } from './proving.ts'
import { takeBack } from './streaming.ts'

const TOPIC_LENGTH = 60
/** A file is fetched whoever owns the conversation. */
const FILES = 2_000_000_000

type Message = Bodies['message']

/** Keeps what the customer wrote, and what it means for windows, names and languages. */
const receive = (draft: Draft, channel: ChannelId, message: Message): NonNullable<Asked> => {
  const { world } = draft
  const id = world.ids('msg')
  const text = wordsOf(message.content).trim()
  const referral = message.referral?.source ?? sourceIn(text, channel, world.workspace.links)
  draft.messages.push({
    id,
    channel,
    direction: 'in',
    at: message.at,
    author: 'customer',
    content: message.content,
    category: null,
    ai: false,
    citations: null,
    replyTo: message.replyTo ?? null,
    vendorId: message.vendorId,
    status: 'received',
    decision: null,
    refusal: null,
    price: null,
  })
  note(draft, {
    id: draft.event,
    kind: 'message.received',
    at: message.at,
    channel,
    message: id,
    ...(referral ? { data: { referral } } : {}),
  })
  const known = draft.state.heardAt !== undefined
  // A late webhook neither shortens a window nor opens one again.
  const before = channelState(draft.state, channel)
  const [address] = message.from.addresses as [Address]
  // Who answers what was forwarded to them joins the thread; it stays the customer's, and answers go to the customer.
  const theirs = message.proves === undefined || draft.facts.addresses.some((one) => addressKey(one) === addressKey(address))
  setChannelState(draft, channel, {
    inboundAt: Math.max(message.at, before.inboundAt ?? 0),
    inbound: message.vendorId,
    ...(theirs ? { address } : {}),
    ...(message.automatic ? {} : { unanswered: 0 }),
    ...(message.subject === undefined ? {} : { subject: message.subject }),
    ...(message.referral?.opensFreeEntry ? { referralAt: message.at } : {}),
  })
  setState(draft, {
    channel,
    ...(message.automatic ? {} : { heardAt: world.at }),
    topic: text ? shortenText(text, TOPIC_LENGTH) : draft.state.topic,
    episode: draft.state.episode ?? { openedAt: message.at },
  })
  draft.lastAt = Math.max(draft.lastAt, message.at)
  if (theirs && message.from.name && message.from.name !== draft.facts.name) draft.name = message.from.name
  // What a page or a link wrote for them is in their browser's language: of whom nothing was heard yet, a link's is all there is to go by.
  const own = withoutBackLine(text)
  const told = world.languageOf(known ? withoutFirstWords(own, channel, world.workspace.links) : own)
  speak(draft, told ?? (known || draft.facts.language ? null : (message.language ?? null)))
  const { content } = message
  if (content.type === 'media' && content.media.vendorId)
    draft.jobs.push({
      id: world.ids('job'),
      kind: 'fetch',
      channel,
      epoch: FILES,
      dueAt: world.at,
      body: { message: id, content },
    })
  const forgeable = world.capabilities.get(channel)?.forgeable === true
  const unproven = !theirs || (forgeable && message.proves === undefined) || undefined
  return { channel, vendorId: message.vendorId, text, content, unproven }
}

/** What is said goes on in a language once it is surely theirs. */
const speak = (draft: Draft, language: Language | null): void => {
  if (!language || language === draft.state.language) return
  setState(draft, { language })
  draft.language = language
}

export const converse = (draft: Draft, channel: ChannelId, given: Message): void => {
  const answered = answeredOffer(draft, given.content)
  // A tap is kept without our mark, words as they were written.
  const message = answered && given.content.type === 'choice' ? { ...given, content: answered.choice } : given
  const received = receive(draft, channel, message)
  const asked = answered ? { ...received, content: answered.choice } : received
  // What a machine wrote is shown and never answered; a file of a mail is answered with the mail.
  if (message.automatic || message.partOf !== undefined) return
  if (answered) noteAnswer(draft, answered)
  const { content } = asked
  const said = spoken(content)
  const named = said.find((words) => withdrawalIn(words))
  const kind = named === undefined ? null : withdrawalIn(named)
  if (named !== undefined && kind) withdraw(draft, channel, kind, named, message.at, !message.standby)
  const optOut = kind ? undefined : said.find((words) => draft.world.isOptOut(words))
  if (optOut !== undefined) stop(draft, channel, optOut, message.at, !message.standby)
  // Who has the conversation keeps it: only from the machine does the platform's agent take it.
  if (message.standby && isAutomatic(draft.owner)) setOwner(draft, 'platform', 'standby')
  if (optOut !== undefined || kind) return
  if (isDisconnect(draft, content)) {
    disconnect(draft, channel)
    return
  }
  if (comesBack(draft, content, channel)) return
  const proof = tryCode(draft, content, channel, message.vendorId, message.at)
  if (proof === 'unconfirmed') continueJourney(draft, { type: 'unconfirmed' }, channel, asked)
  if (proof !== 'no') return
  if (!isAutomatic(draft.owner)) {
    if (draft.owner !== 'platform') draft.waitingSince ??= draft.world.at
    // No journey speaks now, but people can be asked to call as well as to write; by a mail that may be anybody's, people alone see to it.
    const heard = draft.owner === 'agents' && !asked.unproven && !message.standby && !isStopped(draft.world.channels)
    if (heard && callBackBy(draft, content)) askToBeCalled(draft, asked.text)
    return
  }
  if (content.type === 'reaction') return
  if (isStopped(draft.world.channels)) {
    handOver(draft, channel, STOPPED.code, SAYS.received[draft.state.language])
    return
  }
  const language = content.type === 'text' ? draft.world.asksWhoAnswers(content.text) : null
  if (language) {
    speak(draft, language)
    tellWhoAnswers(draft, channel, asked)
    return
  }
  const back = callBackBy(draft, content)
  if (back) {
    startJourney(draft, back, channel, asked)
    return
  }
  if (!givesAddress(draft, content) && said.some((words) => draft.world.asksForHuman(words))) {
    const called = content.type === 'text' ? callBackWithin(draft, content) : null
    if (called) startJourney(draft, called, channel, asked)
    else handOver(draft, channel, 'asked')
    return
  }
  answer(draft, channel, asked)
}

/** Who wants to be called back wants a person, and a journey that asks people to call is how they get one. */
const callBackBy = (draft: Draft, content: Content): Journey | null => {
  const found = startFor(draft.world.workspace.journeys, content)
  if (!found?.short || found.journey.name === draft.state.journey?.journey) return null
  return asksToCall(found.journey) ? found.journey : null
}
const asksToCall = ({ steps }: Journey): boolean => steps.some(({ kind }) => kind === 'callback')

/** The same in a longer sentence that wishes for a person, unless it says what is not wanted. While that journey runs, people take over. */
const callBackWithin = ({ world, state }: Draft, content: Extract<Content, { type: 'text' }>): Journey | null => {
  if (wordsIn(content.text).some((word) => NOT.has(word))) return null
  const found = startFor(world.workspace.journeys.filter(asksToCall), content)?.journey ?? null
  return found?.name === state.journey?.journey ? null : found
}
const NOT: ReadonlySet<string> = new Set('pas jamais sans plutot not never don dont without rather'.split(' '))

/** A step asked for an address and here is one: it answers that, whatever words it is made of. */
const givesAddress = ({ state: { journey }, world }: Draft, content: Content): boolean => {
  if (content.type !== 'text' || (journey?.awaits !== 'address' && journey?.awaits !== 'code')) return false
  const step = world.journey(journey.version)?.steps[journey.step]
  return step?.kind === 'collect' && addressIn(content.text, step.collect, world.workspace.country) !== null
}

/** What a person says themselves: a text, or the button they tap. Its id too, for the label may be in any words. */
const spoken = (content: Content): readonly string[] =>
  content.type === 'text' ? [content.text] : content.type === 'choice' ? [content.label, content.id] : []

/** A sentence of Relais's own, with the way to a person in it. */
const sayOwn = (draft: Draft, channel: ChannelId, text: string): void => {
  const content = { type: 'text', text } as const
  propose(draft, { channel, content, author: 'system', automatic: true, reply: true, purpose: 'none', offersHuman: true })
}

/** A step that asked something asks again; for any other, it is a message like the next. */
const tellWhoAnswers = (draft: Draft, channel: ChannelId, asked: NonNullable<Asked>): void => {
  const { language, journey } = draft.state
  draft.purpose = 'none'
  sayOwn(draft, channel, `${textIn(draft.world.workspace.assistant.disclosure, language)}\n\n${SAYS.person[language]}`)
  const asks = journey !== null && isAsking(journey)
  continueJourney(draft, asks ? { type: 'repeat' } : { type: 'message', content: asked.content }, channel, asked)
}

const answer = (draft: Draft, channel: ChannelId, asked: NonNullable<Asked>): void => {
  const found = startFor(draft.world.workspace.journeys, asked.content)
  // A keyword in a longer message may stand there by chance: the engines try first.
  const next = found?.short ? found.journey : byAnswer(draft, asked.content)
  draft.purpose = purposeIn(draft, asked)
  if (draft.state.journey) {
    if (continueJourney(draft, { type: 'message', content: asked.content }, channel, asked, next !== null || isKindWord(draft)) === 'taken')
      return
    const running: JourneyState | null = draft.state.journey
    if (!next && running) {
      if (isTurnedAway(draft, channel, running)) return
      if (mayAsk(asked.content) && think(draft, asked, running.visit)) return
      // Most likely an answer that the step does not understand: it is not turned away.
      if (draft.purpose === 'general') draft.purpose = 'unsure'
      askAgain(draft, channel, asked)
      return
    }
  }
  if (next) {
    startJourney(draft, next, channel, asked)
    return
  }
  // The business knows by the event; no journey has words for it.
  if (asked.content.type === 'choice' && asked.content.reference !== undefined) {
    sayOwn(draft, channel, SAYS.noted[draft.state.language])
    return
  }
  if (asked.content.type === 'unsupported') {
    sayOwn(draft, channel, SAYS.unreadable[draft.state.language])
    return
  }
  if (isTurnedAway(draft, channel, null)) return
  if (mayAsk(asked.content) && think(draft, asked, null)) {
    setOwner(draft, 'engine', 'question')
    return
  }
  unanswered(draft, channel, asked)
}

/** A reference alone asks for what is known of it, but where a step waits for an answer in any words: then it is one. */
const byAnswer = ({ state, world }: Draft, content: Content): Journey | null =>
  FREE_ANSWERS.has(state.journey?.awaits ?? null) ? null : startByAnswer(world.workspace.journeys, content)

/** Thanks, a nod or a goodbye beside a menu, which may be long past: it chooses nothing and is not told all of it again. */
const isKindWord = ({ purpose, state: { journey: running }, world }: Draft): boolean => {
  const journey = running && world.journey(running.version)
  return purpose === 'none' && !!journey && running.awaits === 'choice' && isMenu(journey, running)
}

/** Nobody had an answer to what a step does not take. */
const askAgain = (draft: Draft, channel: ChannelId, asked: Asked): void => {
  if (isKindWord(draft)) sayOwn(draft, channel, SAYS.courtesy[draft.state.language])
  else continueJourney(draft, { type: 'otherwise' }, channel, asked)
}

/** Found in what a person writes. What they tap is the business's own. */
export const purposeIn = (draft: Draft, { content, text }: NonNullable<Asked>): Purpose | null =>
  text !== '' && mayAsk(content) && content.type !== 'choice' ? draft.world.purposeOf(text) : null

/** One kind sentence, and the address of a channel that answers anything, where there is one. False where no rule keeps an answer from here. */
const turnAway = (draft: Draft, channel: ChannelId): boolean => {
  const { workspace } = draft.world
  const language = draft.state.language
  const message = draft.world.ids('msg')
  const page = pageBeside(draft, channel, ({ scope }) => scope === 'general')
  const link = page && linkTo(draft, message, channel, page)
  const url = link?.url ?? workspace.channels.find(({ id, scope, url }) => id !== channel && scope === 'general' && url)?.url
  const text = turnedAway(workspace.name, language, url !== undefined)
  const content: Content = url ? { type: 'link', text, label: SAYS.goThere[language], url } : { type: 'text', text }
  const instead = { channel, content, message, author: 'system', automatic: true, reply: true, offersHuman: true }
  if (!proposeInstead(draft, instead, 'general')) return false
  if (link) offered(draft, link)
  return true
}

const FREE_ANSWERS: ReadonlySet<JourneyState['awaits']> = new Set(['answer', 'address', 'code'])

/** A general question is, but where a step waits for an answer in any words: most likely it is one. */
const isTurnedAway = (draft: Draft, channel: ChannelId, running: JourneyState | null): boolean =>
  draft.purpose === 'general' && !FREE_ANSWERS.has(running?.awaits ?? null) && turnAway(draft, channel)

/** A place's or a card's name asks nothing. */
const mayAsk = (content: Content): boolean => content.type !== 'location' && content.type !== 'contacts'
const isQuestion = ({ content, text }: NonNullable<Asked>): boolean => text !== '' && mayAsk(content)

/** No engine knows: a journey whose keyword stands somewhere in the message, one that takes everything, else people. */
const unanswered = (draft: Draft, channel: ChannelId, asked: Asked, byJourney = false): void => {
  const journeys = byJourney ? [] : draft.world.workspace.journeys
  const always = (asked && startFor(journeys, asked.content))?.journey ?? alwaysFor(journeys)
  if (always) startJourney(draft, always, channel, asked)
  // Thanks, a nod or a goodbye asks nothing: it needs no person.
  else if (draft.purpose === 'none') sayOwn(draft, channel, SAYS.courtesy[draft.state.language])
  else handOver(draft, channel, 'unanswered', SAYS[asked && isQuestion(asked) ? 'unanswered' : 'received'][draft.state.language])
}

/** An engine chain came back. Its answer is a proposal like any other. */
export const conclude = (draft: Draft, channel: ChannelId, thought: Thought): void => {
  note(draft, {
    id: draft.event,
    kind: 'engine.thought',
    channel,
    data: { engine: thought.answer?.engine ?? null, attempts: thought.attempts },
  })
  if (thought.epoch !== draft.epoch || !isAutomatic(draft.owner)) {
    takeBack(draft, channel, thought.stream)
    return
  }
  const { question, answer: given } = thought
  // The step it was asked in still waits: not another one since.
  const inStep = thought.visit !== null && draft.state.journey?.visit === thought.visit
  const asked: Asked = { channel, vendorId: question.message, text: question.text, content: { type: 'text', text: question.text } }
  draft.purpose = thought.purpose ?? null
  if (!given) {
    takeBack(draft, channel, thought.stream)
    if (isTurnedAway(draft, channel, inStep ? draft.state.journey : null)) return
    if (inStep) askAgain(draft, channel, asked)
    else unanswered(draft, channel, asked, thought.byJourney)
    return
  }
  const language = draft.state.language
  const beside = draft.world.capabilities.get(channel)?.cites === true
  const sources = beside ? [] : [...new Set(given.citations.map((citation) => citation.title))]
  const text = sources.length ? `${given.text}\n\n${SAYS.source[language]} ${sources.join(' · ')}` : given.text
  const outcome = propose(draft, {
    channel,
    content: { type: 'text', text },
    author: `engine:${given.engine}`,
    automatic: true,
    reply: true,
    ai: given.ai,
    citations: given.citations,
    purpose: draft.purpose,
    ...(thought.stream ? { message: thought.stream.message } : {}),
  })
  if (outcome === 'refuse') handOver(draft, channel, 'refused', SAYS.unanswered[language])
  else if (outcome === 'hold' || outcome === 'reroute') holdForPerson(draft, 'hold')
  if (inStep) continueJourney(draft, { type: 'repeat' }, channel, null)
}
