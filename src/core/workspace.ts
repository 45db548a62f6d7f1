/** A business's set-up as one checked value: what `src/workspace` makes of the folder. */
import type { Entry } from './channel.ts'
import type { Choice } from './content.ts'
import type { ChannelId, Digest, EngineId } from './ids.ts'
import type { Journey } from './journey.ts'
import type { Language, Localized, Words } from './language.ts'
import type { AskCode } from './link.ts'
import type { PromptCase } from './prompt-case.ts'
import type { Category, Situation } from './situation.ts'
import type { ChatSetup } from './visitor.ts'

export type ChannelSetup = {
  readonly id: ChannelId
  readonly kind: string
  /** What carries its messages, whoever operates it; absent: its kind. */
  readonly medium?: string | undefined
  readonly scope: 'service' | 'general'
  /** Where customers open it, to be told to those who ask elsewhere what only this channel answers. */
  readonly url?: string | undefined
  readonly throughput: number | null
  /** What kind of number messages come from; absent: unknown. */
  readonly sender?: Situation['channel']['sender'] | undefined
  /** How often people try to call somebody, and the pause between two tries; absent: nobody calls here. */
  readonly calls?: { readonly tries: number; readonly pauseMs: number } | undefined
  /** The page that visitors write on; absent: it has none of the house's own. */
  readonly chat?: ChatSetup | undefined
  /** Where customers begin to write here; absent: nowhere that an address can say. */
  readonly entry?: Entry | undefined
  readonly config: unknown
}
/** What rules, prices and consents call this channel: `sms` for every operator of SMS. The store and situations carry it as `kind`. */
export const mediumOf = ({ kind, medium = kind }: Pick<ChannelSetup, 'kind' | 'medium'>): string => medium

/** `trainsOnData: null` is unknown, and barred for platform data. */
export type EngineSetup = {
  readonly id: EngineId
  readonly kind: string
  readonly region: string | null
  readonly trainsOnData: boolean | null
  readonly personalData: 'none' | 'pseudonyms' | 'all'
  /** Per million tokens, in `currency`; null where not told. */
  readonly price: { readonly input: number; readonly output: number; readonly currency: string } | null
  readonly timeouts: { readonly firstTokenMs: number; readonly totalMs: number }
  readonly config: unknown
}

/** One language of a message template. `parameters` are its variables in order. */
export type Template = {
  readonly name: string
  readonly language: string
  readonly category: Category
  readonly text: string
  readonly parameters: readonly string[]
  /** Quick replies below it, in the platform's order. */
  readonly buttons?: readonly Choice[] | undefined
  /** Where it may stand in for free text. */
  readonly replaces: readonly 'window-closed'[]
  readonly channel: string | null
  readonly file: string
  /** Where its words stand in that file. */
  readonly path?: readonly PropertyKey[] | undefined
}

/** One channel to try for a contact, and what comes before the next. */
export type ReachStep = {
  readonly channel: ChannelId
  /** How long success is waited for, ms; null: until a send certainly failed. */
  readonly waitMs: number | null
  readonly success: 'accepted' | 'delivered' | 'read'
  /** CEL; the step is passed by where it is false. */
  readonly if: string | null
}

/** The most to spend, in units of a currency; null = no limit. */
export type Budget = {
  readonly day: { readonly amount: number; readonly currency: string } | null
  /** A contact and day. */
  readonly contact: { readonly amount: number; readonly currency: string } | null
}

export type UnknownPolicy = 'park' | 'resend'

/** Minutes since midnight, local; an absent day is closed. Days 1 (Monday) to 7. */
export type Hours = {
  readonly days: Readonly<Record<number, { readonly from: number; readonly to: number }>>
  readonly holidays: string | null
  /** Days of the calendar, first and last: closed (null), with hours of their own, or `usual` though they are holidays. */
  readonly dates: readonly {
    readonly from: string
    readonly to: string
    readonly span: { readonly from: number; readonly to: number } | 'usual' | null
  }[]
  /** The business's own words for when nobody is there; `{{back}}` stands for when somebody is. */
  readonly closed: Words | null
}

/** An address that is told what happens. */
export type WebhookSetup = {
  readonly id: string
  readonly url: string
  readonly secrets: readonly string[]
  /** Names of the stream; null: all. */
  readonly events: readonly string[] | null
  readonly texts: boolean
}
/** Who is woken. */
export type AlertSetup = {
  readonly email: readonly string[]
  readonly via: ChannelId | null
  readonly webhook: string | null
  readonly language: Language
}

/** A cut that the worker rehearses by itself, as a shadow drill. `at`: minutes since midnight, local; `weekday` 1 (Monday) to 7, null: any day. */
export type DrillSetup = {
  readonly cut: readonly string[]
  readonly everyMs: number
  readonly at: { readonly weekday: number | null; readonly minute: number }
}

/** So many codes an hour leave at all, and so many of them abroad: whoever asks by thousands earns by them, or is a machine that went wild. */
export type CodeLimits = { readonly hour: number; readonly abroad: number }

/** `/go/<name>`: where customers begin, and what is recorded of where they came from. */
export type EntryLink = { readonly name: string; readonly channel: ChannelId; readonly source: string; readonly say: Localized | null }

export type Workspace = {
  readonly folder: string
  readonly name: string
  readonly country: string
  readonly locale: Language
  readonly timezone: string
  readonly sector: string | null
  readonly channels: readonly ChannelSetup[]
  readonly engines: readonly EngineSetup[]
  /** `think` by `task` or `task@channel id`, with `default`. */
  readonly plans: {
    readonly think: Readonly<Record<string, readonly EngineId[]>>
    /** Names of those in which a slow engine has the next one asked as well. */
    readonly hedged?: readonly string[] | undefined
    /** By `default`, by category, or by a name of the business's own. */
    readonly reach: Readonly<Record<string, readonly ReachStep[]>>
  }
  readonly assistant: {
    readonly aiIs: 'incidental' | 'primary'
    readonly since: string
    readonly disclosure: Words
    /** Nobody wrote a disclosure: it is what Relais says of itself. */
    readonly disclosureUnset?: boolean | undefined
    /** Whose links answers may say, beside the house's own address and its channels'. */
    readonly hosts?: readonly string[] | undefined
    readonly name: Words
  }
  readonly unknown: Readonly<Record<Category, UnknownPolicy>>
  /** By id of a channel or engine. */
  readonly budgets: Readonly<Record<string, Budget>>
  readonly codes: CodeLimits
  /** Links from a channel to a page of the house; absent: as `core/link.ts` has it. */
  readonly bridge?: { readonly code: AskCode; readonly expiresMs: number } | undefined
  readonly links?: readonly EntryLink[] | undefined
  readonly callHosts: readonly string[]
  readonly webhooks: readonly WebhookSetup[]
  readonly alerts: AlertSetup | null
  readonly drills?: readonly DrillSetup[] | undefined
  readonly hours: Hours | null
  readonly retention: Readonly<Record<string, string>>
  readonly journeys: readonly Journey[]
  readonly templates: readonly Template[]
  /** The business's own words for engines, by `task` or `task.engine`; `voice` is how it speaks in all of them. */
  readonly prompts: Readonly<Record<string, string>>
  /** What they are tried on. */
  readonly cases?: readonly PromptCase[] | undefined
  /** Parsed YAML of rules/*.yaml with its file, handed to the policy room. */
  readonly rules: readonly { readonly file: string; readonly source: string }[]
  /** Raw knowledge files, handed to the knowledge room. */
  readonly knowledge: readonly { readonly file: string; readonly source: Uint8Array }[]
  /** Of everything above but secrets. */
  readonly digest: Digest
}
