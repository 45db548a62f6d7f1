/** A case that prompts are tried on: what is asked, and what must and must not stand in the answer. */
import type { Prompt, Task } from './engine.ts'
import type { Language } from './language.ts'

export type PromptCase = {
  readonly name: string
  readonly task: Task
  readonly language: Language
  readonly question: string
  readonly history: Prompt['history']
  /** What may be answered from; null: what the workspace's knowledge finds for the question. */
  readonly passages: readonly { readonly title: string; readonly text: string }[] | null
  /** Each: one of these words or phrases. */
  readonly must: readonly (readonly string[])[]
  readonly mustNot: readonly string[]
  /** Nothing may be answered. */
  readonly abstains: boolean
  readonly line: number
}
