/** AI tasks that somebody starts: a business system over data it gives, an agent over the thread in sight. */
import type { ChannelId, ContactId, MessageId, TaskId } from './ids.ts'
import type { Language, Words } from './language.ts'

export const STARTED_TASKS = ['summarise', 'draft', 'answer', 'suggest'] as const
export type StartedTaskKind = (typeof STARTED_TASKS)[number]

const TASK_STATES = ['working', 'done', 'failed'] as const
/**
 * Why there is no result. `nothing`: an engine was asked and found nothing that what it was given supports. `engines`: none answered. `budget`:
 * what may be spent on engines is spent. `paused`: a person stopped them. `no-engine`: no plan names one. `no-channel`: no address of this person
 * belongs to a channel. `no-page`: there is no page of ours that a link could lead to. `too-long`: the result does not fit the template.
 */
export const TASK_FAILURES = ['nothing', 'engines', 'budget', 'paused', 'no-engine', 'no-channel', 'no-page', 'too-long'] as const
export type TaskFailure = (typeof TASK_FAILURES)[number]

type Citations = readonly { readonly title: string; readonly passage: string; readonly url?: string | undefined }[]

/** What a message is that came of a task: who started that, and whether the result was to wait for a person. */
export type TaskOrigin = { readonly kind: StartedTaskKind; readonly by: string; readonly draft: boolean }

/** As it is kept. What it was given is not: that goes with the work itself. */
export type StartedTask = {
  readonly id: TaskId
  readonly task: StartedTaskKind
  /** api:<key> | agent:<id> */
  readonly by: string
  /** What becomes of the result: a message that waits for a person, one that leaves; null: it is only told. */
  readonly send: 'draft' | 'now' | null
  readonly since: number
  readonly state: (typeof TASK_STATES)[number]
  readonly why: TaskFailure | null
  readonly endedAt: number | null
  readonly engine: string | null
  readonly text: string | null
  /** Of the business's own knowledge, where the result rests on it. */
  readonly citations: Citations
  /** The message it became. */
  readonly message: MessageId | null
}

/** What an engine is to work on: given data, each piece with its name, or the thread so far. */
export type Matter =
  | { readonly over: 'data'; readonly pieces: readonly { readonly title: string; readonly text: string }[] }
  | { readonly over: 'thread' }

export type TaskWork = {
  readonly task: StartedTaskKind
  readonly matter: Matter
  /** What the business wants of it, in its own words. */
  readonly instruction: string | null
  readonly language: Language
  /** What whoever is to read the result may see of the thread; absent: all of it. */
  readonly seen?: { readonly channel: ChannelId; readonly since: number } | undefined
}
export type TaskRequest = TaskWork & { readonly contact: ContactId; readonly channel: ChannelId }

export type TaskResult = {
  readonly text: string | null
  readonly why: TaskFailure | null
  readonly engine: string | null
  /** A model wrote it. */
  readonly ai: boolean
  readonly citations: Citations
  /** What each engine did, and what it cost. */
  readonly attempts: readonly object[]
}

type Failing = { readonly says: Words; readonly remedy: Words }
export const TASK_FAILURE_WORDS: Readonly<Record<TaskFailure, Failing>> = {
  nothing: {
    says: {
      fr: 'Le moteur n’a rien trouvé à dire que ces éléments confirment.',
      en: 'The engine found nothing to say that is borne out by what it was given.',
    },
    remedy: { fr: 'Donnez-lui davantage d’éléments, ou écrivez vous-même.', en: 'Give it more to go by, or write it yourself.' },
  },
  engines: {
    says: { fr: 'Aucun moteur n’a répondu.', en: 'No engine answered.' },
    remedy: {
      fr: 'Recommencez dans un instant\u00a0; «\u00a0relais doctor\u00a0» dit ce qui leur manque.',
      en: 'Try again in a moment; “relais doctor” says what they lack.',
    },
  },
  budget: {
    says: { fr: 'Le budget des moteurs est épuisé pour aujourd’hui.', en: 'Today’s budget for engines is spent.' },
    remedy: { fr: 'Attendez demain, ou relevez budgets dans relais.yaml.', en: 'Wait for tomorrow, or raise budgets in relais.yaml.' },
  },
  paused: {
    says: { fr: 'Les moteurs sont en pause.', en: 'The engines are paused.' },
    remedy: { fr: '«\u00a0relais resume\u00a0» les remet en marche.', en: '“relais resume” starts them again.' },
  },
  'no-engine': {
    says: { fr: 'Aucun moteur prévu ne peut faire cette tâche.', en: 'No engine that is planned can do this task.' },
    remedy: {
      fr: 'Nommez-en un sous plans.think dans relais.yaml, par exemple summarise: [main].',
      en: 'Name one under plans.think in relais.yaml, such as summarise: [main].',
    },
  },
  'no-channel': {
    says: { fr: 'Aucun canal ne joint cette personne.', en: 'No channel reaches this person.' },
    remedy: { fr: 'Donnez une adresse d’un canal de relais.yaml.', en: 'Give an address of a channel of relais.yaml.' },
  },
  'no-page': {
    says: { fr: 'Aucune page ne peut recevoir le résultat.', en: 'There is no page that could hold the result.' },
    remedy: {
      fr: 'Ajoutez un canal de genre web à relais.yaml et donnez PUBLIC_URL, ou envoyez un texte.',
      en: 'Add a channel of kind web to relais.yaml and set PUBLIC_URL, or send a text.',
    },
  },
  'too-long': {
    says: {
      fr: 'Le résultat est trop long pour le modèle\u00a0: rien n’est parti.',
      en: 'The result is too long for the template: nothing left.',
    },
    remedy: { fr: 'Demandez plus court dans instruction, ou envoyez un texte.', en: 'Ask for less in instruction, or send a text.' },
  },
}

const MOST_OPTIONS = 3
/** Replies that were suggested, one on each line, without what some engines put before them. */
export const optionsIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-•*–]|\d+[.)])\s*/u, '').trim())
    .filter(Boolean)
    .slice(0, MOST_OPTIONS)

/** A task and the message it may become have one number. */
export const taskOf = (message: MessageId): TaskId => `tsk_${message.slice(4)}` as TaskId
