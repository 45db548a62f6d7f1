/** That a message is what came of an AI task: which, who started it, and that it was to wait for a person. */
import type { Language } from '../core/language.ts'
import type { StartedTaskKind } from '../core/task.ts'
import { authorIn } from './explanation-words.ts'

const KINDS: Readonly<Record<Language, Readonly<Record<StartedTaskKind, string>>>> = {
  fr: { summarise: 'résumer', draft: 'rédiger', answer: 'répondre', suggest: 'proposer des réponses' },
  en: { summarise: 'sum up', draft: 'draft', answer: 'answer', suggest: 'suggest replies' },
}
const SAYS = {
  fr: {
    task: (kind: string, by: string) =>
      `Résultat d’une tâche d’IA («\u00a0${kind}\u00a0»), lancée par ${by} sur des données données avec elle\u00a0; elles ne sont pas gardées.`,
    draft: 'Demandé comme brouillon\u00a0: un conseiller décide s’il part.',
  },
  en: {
    task: (kind: string, by: string) => `Result of an AI task (“${kind}”), started by ${by} over data given with it, which is not kept.`,
    draft: 'Asked for as a draft: an agent decides whether it leaves.',
  },
} as const

type Started = { readonly kind: StartedTaskKind; readonly by: string; readonly draft: boolean }
const taskIn = (intent: Readonly<Record<string, unknown>> | null): Started | null => {
  const task = intent?.task
  return typeof task === 'object' && task !== null && 'kind' in task ? (task as Started) : null
}

export const taskLines = (intent: Readonly<Record<string, unknown>> | null, language: Language): readonly string[] => {
  const task = taskIn(intent)
  return task ? [SAYS[language].task(KINDS[language][task.kind] ?? task.kind, authorIn(task.by, language))] : []
}
/** Why it waits for a person, whatever the rules say; null where that is the rules' doing. */
export const draftLine = (intent: Readonly<Record<string, unknown>> | null, language: Language): string | null =>
  taskIn(intent)?.draft ? SAYS[language].draft : null
