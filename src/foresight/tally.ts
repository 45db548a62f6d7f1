/** Counts what a question touches, message by message and customer by customer. Keeps counts, never messages: memory does not grow with them. */
import type { Outcome, Price } from '../core/decision.ts'
import type { ContactId, MessageId } from '../core/ids.ts'
import type { Words } from '../core/language.ts'
import type { RecordedMessage } from '../core/recorded.ts'
import { type CostChange, openBill } from './bill.ts'
import { isBlocked, isTouched, leaves, type Verdict } from './verdict.ts'

/** A message, to be counted with what it would come to. */
export type Counted = Omit<RecordedMessage, 'marks'>

export type Count = { readonly name: string; readonly messages: number; readonly touched: number }
/** What of the touched messages changes; each is counted once under what becomes of it, prices besides. */
export type Effects = {
  readonly refused: number
  readonly rerouted: number
  readonly held: number
  readonly postponed: number
  readonly changed: number
  /** Leaves, where it did not before. */
  readonly freed: number
  readonly dearer: number
  readonly cheaper: number
  /** Its price would no longer be known, or be known at last. */
  readonly repriced: number
}
export type Example = {
  readonly message: MessageId
  readonly contact: ContactId
  readonly at: number
  readonly channel: string
  readonly country: string
  readonly journey: string
  readonly template: string
  readonly before: Outcome
  readonly after: Outcome
  readonly priceBefore: Price
  readonly priceAfter: Price
  readonly rule: string | null
  readonly remedy: Words | null
}
export type Tallied = {
  readonly messages: number
  readonly conversations: number
  readonly touched: { readonly messages: number; readonly conversations: number }
  readonly effects: Effects
  readonly conversationEffects: Effects
  readonly cost: CostChange
  readonly journeys: readonly Count[]
  readonly templates: readonly Count[]
  readonly countries: readonly Count[]
  readonly channels: readonly Count[]
  /** Of the touched: the rule that speaks on the other side. */
  readonly rules: readonly { readonly rule: string; readonly remedy: Words; readonly messages: number }[]
  readonly examples: readonly Example[]
}

const EFFECTS = ['refused', 'rerouted', 'held', 'postponed', 'changed', 'freed', 'dearer', 'cheaper', 'repriced'] as const
type Effect = (typeof EFFECTS)[number]
const BECOMES: Partial<Record<Outcome, Effect>> = {
  refuse: 'refused',
  reroute: 'rerouted',
  hold: 'held',
  postpone: 'postponed',
  amend: 'changed',
}

const effectsOf = ({ before, after }: Verdict): readonly Effect[] => {
  const effects: Effect[] = []
  if (before.outcome !== after.outcome || before.amend !== after.amend) {
    const becomes = BECOMES[after.outcome]
    if (!leaves(before) && leaves(after)) effects.push('freed')
    else if (becomes) effects.push(becomes)
    else effects.push('changed')
  }
  const [a, b] = [before.price, after.price]
  if (leaves(before) && leaves(after) && (a.amount !== b.amount || (a.currency !== b.currency && a.amount !== 0))) {
    const comparable = a.amount !== null && b.amount !== null && (a.currency === b.currency || a.amount === 0 || b.amount === 0)
    effects.push(comparable ? ((b.amount ?? 0) > (a.amount ?? 0) ? 'dearer' : 'cheaper') : 'repriced')
  }
  return effects
}

/** `journey:menu` → menu; engines, business systems and people by what they are. */
export const journeyOf = (author: string): string => {
  const end = author.indexOf(':')
  const kind = end < 0 ? author : author.slice(0, end)
  return kind === 'journey' ? author.slice(end + 1) : kind
}

/** What one customer loses: all that could reach them here, or some of it. */
export type Loss = {
  readonly contact: ContactId
  /** Ids of the channels they are lost on. */
  readonly channels: ReadonlySet<string>
  /** All of it was marketing: another way needs their consent. */
  readonly marketing: boolean
}

const MONTHS = new Map<number, string>()
const DAY_MS = 86_400_000
/** YYYY-MM in UTC; kept by day, for a date is dear to make. */
const monthOf = (at: number): string => {
  const day = Math.floor(at / DAY_MS)
  const known = MONTHS.get(day)
  if (known) return known
  const month = new Date(at).toISOString().slice(0, 7)
  MONTHS.set(day, month)
  return month
}

class Counts {
  readonly #all = new Map<string, { messages: number; touched: number }>()
  add(name: string, touched: boolean): void {
    const count = this.#all.get(name)
    if (count) {
      count.messages += 1
      if (touched) count.touched += 1
    } else this.#all.set(name, { messages: 1, touched: touched ? 1 : 0 })
  }
  list(): Count[] {
    return [...this.#all]
      .map(([name, count]) => ({ name, ...count }))
      .sort((a, b) => b.touched - a.touched || b.messages - a.messages || (a.name < b.name ? -1 : 1))
  }
}

const EXAMPLES = 10

/** Ten conversations, one message of each: of every kind first (rule, what becomes of it, journey or template, country), then more of them. */
class Examples {
  readonly #first = new Map<string, Example>()
  readonly #more: Example[] = []
  readonly #contacts = new Set<string>()
  /** Verdicts, by author, that would add nothing. */
  readonly #known = new Map<Verdict, Set<string>>()
  add({ contact, message, at, author }: Counted, verdict: Verdict): void {
    if (this.#first.size >= EXAMPLES || this.#known.get(verdict)?.has(author) || this.#contacts.has(contact)) return
    const { before, after, channel, country, template } = verdict
    const journey = journeyOf(author)
    const key = `${before.outcome} ${after.outcome} ${after.ruling?.rule} ${template || journey} ${country}`
    const again = this.#first.has(key)
    if (again && this.#more.length >= EXAMPLES) {
      this.#known.set(verdict, (this.#known.get(verdict) ?? new Set()).add(author))
      return
    }
    this.#contacts.add(contact)
    const example: Example = {
      message,
      contact,
      at,
      channel,
      country,
      journey,
      template,
      before: before.outcome,
      after: after.outcome,
      priceBefore: before.price,
      priceAfter: after.price,
      rule: after.ruling?.rule ?? null,
      remedy: after.ruling?.remedy ?? null,
    }
    if (again) this.#more.push(example)
    else this.#first.set(key, example)
  }
  list(): Example[] {
    return [...this.#first.values(), ...this.#more].slice(0, EXAMPLES)
  }
}

type Customer = {
  contact: ContactId
  touched: boolean
  effects: Set<Effect>
  could: number
  lost: number
  marketing: boolean
  channels: Set<string>
}
const newCustomer = (contact: ContactId): Customer => ({
  contact,
  touched: false,
  effects: new Set(),
  could: 0,
  lost: 0,
  marketing: true,
  channels: new Set(),
})

export type Tally = {
  /** Messages of one customer come side by side. Gives what the customer before loses, if anything. */
  readonly add: (message: Counted, verdict: Verdict) => Loss | null
  /** The last customer's loss too. */
  readonly close: () => { readonly tallied: Tallied; readonly loss: Loss | null }
}

export const openTally = (): Tally => {
  const bill = openBill()
  const [journeys, templates, countries, channels] = [new Counts(), new Counts(), new Counts(), new Counts()]
  const rules = new Map<string, { remedy: Words; messages: number }>()
  const examples = new Examples()
  const count = (): Record<Effect, number> => Object.fromEntries(EFFECTS.map((name) => [name, 0])) as Record<Effect, number>
  const effects = count()
  const conversationEffects = count()
  const touched = { messages: 0, conversations: 0 }
  let messages = 0
  let conversations = 0
  let customer: Customer | null = null

  const leave = (): Loss | null => {
    if (!customer) return null
    const { contact, could, lost, marketing, channels: gone } = customer
    conversations += 1
    if (customer.touched) touched.conversations += 1
    for (const effect of customer.effects) conversationEffects[effect] += 1
    customer = null
    return could > 0 && lost === could ? { contact, channels: gone, marketing } : null
  }

  const note = (message: Counted, verdict: Verdict, here: Customer): void => {
    const { author, at } = message
    const isTouchedNow = isTouched(verdict)
    messages += 1
    bill.add(verdict, monthOf(at))
    journeys.add(journeyOf(author), isTouchedNow)
    if (verdict.template) templates.add(verdict.template, isTouchedNow)
    countries.add(verdict.country, isTouchedNow)
    channels.add(verdict.channel, isTouchedNow)
    if (leaves(verdict.before)) here.could += 1
    if (isBlocked(verdict)) {
      here.lost += 1
      here.channels.add(verdict.channel)
      if (verdict.category !== 'marketing') here.marketing = false
    }
    if (!isTouchedNow) return
    touched.messages += 1
    here.touched = true
    for (const effect of effectsOf(verdict)) {
      effects[effect] += 1
      here.effects.add(effect)
    }
    const { ruling } = verdict.after
    if (ruling && verdict.before.outcome !== verdict.after.outcome)
      rules.set(ruling.rule, { remedy: ruling.remedy, messages: (rules.get(ruling.rule)?.messages ?? 0) + 1 })
    examples.add(message, verdict)
  }

  return {
    add: (message, verdict) => {
      const fresh = customer?.contact !== message.contact
      const loss = fresh ? leave() : null
      const here = fresh || !customer ? newCustomer(message.contact) : customer
      customer = here
      note(message, verdict, here)
      return loss
    },
    close: () => {
      const loss = leave()
      const tallied: Tallied = {
        messages,
        conversations,
        touched,
        effects,
        conversationEffects,
        cost: bill.close(),
        journeys: journeys.list(),
        templates: templates.list(),
        countries: countries.list(),
        channels: channels.list(),
        rules: [...rules].map(([rule, one]) => ({ rule, ...one })).sort((a, b) => b.messages - a.messages || (a.rule < b.rule ? -1 : 1)),
        examples: examples.list(),
      }
      return { tallied, loss }
    },
  }
}
