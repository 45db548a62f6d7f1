/** A journey as it stands in its file, and the pure state of one that runs. `src/journeys` steps it; `src/workspace` reads and checks it. */
import type { Address } from './address.ts'
import type { Collected } from './contact-address.ts'
import type { Content } from './content.ts'
import type { Digest } from './ids.ts'
import type { Localized } from './language.ts'
import type { Category, Purpose } from './situation.ts'

/** Where to go: a label of a step, or `end`. Absent = the next step. */
export type Go = string

export type JourneyStart = { readonly keyword: readonly string[] } | { readonly button: string } | { readonly always: true }

/** Text, and how it may be sent if not as a plain service message. */
type Saying = { readonly say: Localized; readonly category?: Category | undefined; readonly purpose?: Purpose | undefined }
/** `at` labels a step; `line` is its place in the file, for errors. */
type Labelled = { readonly at?: string | undefined; readonly line?: number | undefined }

/** What somebody may agree to be written: the business's answers and news of their own matter, or its offers. */
export type Agreed = Extract<Category, 'service' | 'marketing'>

export type Step = Labelled &
  (
    | (Saying & { readonly kind: 'say'; readonly go?: Go | undefined })
    | {
        readonly kind: 'ask'
        /** The answer is kept as `answers.<ask>`. */
        readonly ask: string
        readonly say: Localized
        /** RE2 pattern over the trimmed text; absent = any text. */
        readonly accept?: string | undefined
        readonly otherwise?: Localized | undefined
        /** Milliseconds; 24 h where unset. */
        readonly expires: number
        readonly go?: Go | undefined
      }
    | {
        readonly kind: 'collect'
        /** An address of this kind; once it is confirmed, kept as `answers.<collect>`. */
        readonly collect: Collected
        readonly say: Localized
        /** Said with it: what is agreed to by confirming. */
        readonly words: Localized
        /** What may be written there then. */
        readonly for: readonly Agreed[]
        readonly otherwise?: Localized | undefined
        readonly expires: number
        readonly go?: Go | undefined
        /** For whoever declines, or confirms nothing; as `go` where unset. */
        readonly else?: Go | undefined
      }
    | {
        readonly kind: 'call'
        /** What came back is kept as `<call>.*`. */
        readonly call: string
        readonly method: 'GET' | 'POST'
        /** With `{{…}}` and `${NAME}` to fill in; its host must be in `calls.hosts`. */
        readonly url: string
        readonly body?: Readonly<Record<string, string>> | undefined
        readonly failed?: { readonly hand: string } | { readonly go: Go } | undefined
        readonly go?: Go | undefined
      }
    | {
        readonly kind: 'choose'
        readonly say: Localized
        readonly button?: Localized | undefined
        readonly options: readonly {
          readonly id: string
          readonly label: Localized
          readonly description?: Localized | undefined
          readonly go?: Go | undefined
        }[]
        readonly expires: number
      }
    | { readonly kind: 'hand'; readonly hand: 'agents'; readonly say?: Localized | undefined }
    | { readonly kind: 'engine'; readonly engine: 'answer' }
    | { readonly kind: 'wait'; readonly wait: number; readonly unless?: 'replied' | undefined; readonly go?: Go | undefined }
    | {
        readonly kind: 'remind'
        readonly after: number
        readonly say: Localized
        readonly times: number
        readonly category?: Category | undefined
        readonly template?: string | undefined
      }
    | { readonly kind: 'if'; readonly if: string; readonly go: Go; readonly else?: Go | undefined }
    | {
        readonly kind: 'template'
        readonly template: string
        readonly parameters: Readonly<Record<string, Localized>>
        readonly go?: Go | undefined
      }
    | {
        readonly kind: 'callback'
        /** What the call is about. */
        readonly callback: Localized
        /** Where to call, if not where they write from. */
        readonly number?: Localized | undefined
        /** Hours they agreed to, as `core/callback.ts` reads them; the business's own where unset. */
        readonly hours?: string | undefined
        readonly go?: Go | undefined
      }
    | {
        readonly kind: 'link'
        /** Id of a channel whose page it leads to. */
        readonly link: string
        readonly say?: Localized | undefined
        readonly label?: Localized | undefined
        readonly go?: Go | undefined
      }
    | { readonly kind: 'end'; readonly end: string }
  )

export type Journey = {
  readonly name: string
  readonly starts: readonly JourneyStart[]
  readonly steps: readonly Step[]
  /** Of its content: running ones stay with the version they began. */
  readonly version: Digest
  readonly file: string
}

/** One running journey. Serialisable; `run` counts starts of this conversation, so that a timer of an ended run is known as stale. */
export type JourneyState = {
  readonly journey: string
  readonly version: Digest
  readonly run: number
  /** Index of the step that waits, or that runs next. */
  readonly step: number
  /** What is awaited: a message, an address and then its code, a call's result, a timer, an engine's turn; null while it runs. */
  readonly awaits: 'answer' | 'choice' | 'address' | 'code' | 'call' | 'wait' | null
  readonly tries: number
  readonly answers: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, unknown>>
  /** The customer wrote since the last `wait` or `remind` began. */
  readonly replied: boolean
  /** How often this run began to wait: a timer of an earlier visit to the same step is known as stale. */
  readonly visit: number
  /** Reminders said at the step that waits. */
  readonly reminded: number
}

export type JourneyInput =
  /** `content` is the message that started it, for `{{message.text}}`. */
  | { readonly type: 'start'; readonly content?: Content | undefined }
  | { readonly type: 'message'; readonly content: Content }
  | { readonly type: 'called'; readonly call: string; readonly ok: boolean; readonly value: unknown }
  | {
      readonly type: 'timer'
      readonly run: number
      readonly step: number
      readonly timer: 'wait' | 'expire' | 'remind'
      /** The `visit` of the state that set it. */
      readonly count: number
    }
  /** Says the waiting step once more, after a question in the middle of it was answered; a menu only waits on. */
  | { readonly type: 'repeat' }
  /** An address that was asked for is proven to be theirs, and what they agreed to is recorded. */
  | { readonly type: 'confirmed'; readonly address: Address }
  /** It will not be: no code could be sent, or none was right. */
  | { readonly type: 'unconfirmed' }
  /** Nobody could answer what did not fit the waiting step: its `otherwise`, and a hand after the second. */
  | { readonly type: 'otherwise' }

export type JourneyAction =
  | { readonly type: 'say'; readonly content: Content; readonly category: Category; readonly purpose: Purpose | null }
  | {
      readonly type: 'call'
      readonly call: string
      readonly method: 'GET' | 'POST'
      /** `${NAME}`s are left for the caller (`fillSecrets`), so that no secret is stored. Values of the customer are percent-encoded. */
      readonly url: string
      readonly body: Readonly<Record<string, string>> | null
    }
  | {
      readonly type: 'timer'
      readonly timer: 'wait' | 'expire' | 'remind'
      readonly run: number
      readonly step: number
      readonly count: number
      readonly afterMs: number
    }
  /** A code goes to the address, and comes back by the thread; `address` null: once more to the one before. `words`: as they were shown. */
  | {
      readonly type: 'verify'
      readonly kind: Collected
      readonly address: Address | null
      readonly words: string
      readonly for: readonly Agreed[]
    }
  | { readonly type: 'hand'; readonly say: string | null; readonly reason: 'journey' | 'otherwise' | 'call-failed' | 'loop' }
  | { readonly type: 'engine' }
  /** They want to be called back. */
  | { readonly type: 'callback'; readonly about: string; readonly number: string | null; readonly hours: string | null }
  /** A link of the bridge goes to them. */
  | { readonly type: 'link'; readonly to: string; readonly text: string; readonly label: string | null }
  /** The message does not fit the waiting step; the relay lets knowledge try, then sends `repeat` or `otherwise`. */
  | { readonly type: 'unmatched' }

/** `state: null` = the run is over. `missing` names the `{{…}}` that had no value and were left empty. */
export type JourneyOutcome = {
  readonly state: JourneyState | null
  readonly actions: readonly JourneyAction[]
  readonly missing: readonly string[]
}

/** A question of the journey is open: the next message most likely answers it. */
export const isAsking = ({ awaits }: Pick<JourneyState, 'awaits'>): boolean =>
  awaits === 'answer' || awaits === 'choice' || awaits === 'address' || awaits === 'code'
