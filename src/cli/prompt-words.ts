/** What an engine is told for a task: the business's own words where `prompts/` has some, else ours; and always how the business speaks. */
import type { Task } from '../core/engine.ts'
import type { Language } from '../core/language.ts'
import type { Workspace } from '../core/workspace.ts'

type Said = Readonly<Record<Language, (name: string) => string>>
const ANSWER: Said = {
  fr: (name) => `Vous êtes l’assistant de ${name}. Vous répondez aux clients avec clarté, courtoisie et brièveté.`,
  en: (name) => `You are the assistant of ${name}. You answer customers clearly, courteously and briefly.`,
}
const OURS: Readonly<Partial<Record<Task, Said>>> = {
  draft: {
    fr: (name) => `Vous préparez les messages de ${name} à ses clients ; un conseiller les relit avant l’envoi.`,
    en: (name) => `You prepare the messages of ${name} to its customers; an agent reads them over before they leave.`,
  },
  suggest: {
    fr: (name) => `Vous proposez à un conseiller de ${name} de courtes réponses possibles à un client.`,
    en: (name) => `You suggest to an agent of ${name} short possible replies to a customer.`,
  },
  summarise: {
    fr: (name) => `Vous résumez pour les conseillers de ${name} ce qui s’est dit avec un client.`,
    en: (name) => `You sum up for the agents of ${name} what was said with a customer.`,
  },
}

type Own = Pick<Workspace, 'name' | 'prompts'>
const ownFor = ({ prompts }: Own, key: string, engine: string): string | undefined => prompts[`${key}.${engine}`] ?? prompts[key]

/** `otherwise`: said where the business has no words of its own for the task. */
export const promptWords = (workspace: Own, task: Task, engine: string, language: Language, otherwise?: string): string => {
  const said = ownFor(workspace, task, engine) ?? otherwise ?? (OURS[task] ?? ANSWER)[language](workspace.name)
  return [said, ownFor(workspace, 'voice', engine) ?? ''].filter(Boolean).join('\n\n')
}
