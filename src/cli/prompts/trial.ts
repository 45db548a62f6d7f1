/** Asks engines the cases of a workspace, through the chain as customers' questions go, and keeps what each said. */
import type { Passage, Prompt, Usage } from '../../core/engine.ts'
import type { Guard } from '../../core/guard.ts'
import type { PassageSource } from '../../core/knowledge.ts'
import type { Clock } from '../../core/ports.ts'
import type { PromptCase } from '../../core/prompt-case.ts'
import type { Workspace } from '../../core/workspace.ts'
import { createBreakers } from '../../engines/breakers.ts'
import { type Attempt, type Link, runChain } from '../../engines/chain.ts'
import { searchPassages } from '../../knowledge/search.ts'
import { isInLanguageAsked } from '../answer-language.ts'
import { promptWords } from '../prompt-words.ts'
import { opinionOf, opinionPrompt } from '../second-opinion.ts'
import { type Fault, faultsOf } from './judging.ts'

export type Result = {
  readonly engine: string
  readonly text: string | null
  readonly result: Attempt['result']
  /** Titles of what it rests on. */
  readonly citations: readonly string[]
  readonly ms: number
  readonly tokens: Usage | null
  readonly cost: Attempt['cost']
  readonly faults: readonly Fault[]
}
export type Tried = { readonly of: PromptCase; readonly results: readonly Result[] }

type Bench = {
  readonly workspace: Workspace
  readonly knowledge: PassageSource
  readonly guard: Guard
  readonly clock: Clock
}

/** As many as a customer's question is given. */
const PASSAGES = 5

const passageOf = (language: string, { title, text }: { readonly title: string; readonly text: string }, at: number): Passage => {
  const id = String(at + 1)
  return { id, document: id, title, text, language, score: 1 }
}

/** A summary is of what was said, like a call's. */
const passagesFor = async (one: PromptCase, knowledge: PassageSource): Promise<readonly Passage[]> => {
  const { passages, task, history, question, language } = one
  const given = passages ?? (task === 'summarise' ? history.map(({ by, text }) => ({ title: by, text })) : null)
  return given ? given.map((each, at) => passageOf(language, each, at)) : searchPassages(knowledge, question, language, PASSAGES)
}

/** Each engine by itself: what the next one would say is another result. */
export const tryCase = async (one: PromptCase, links: readonly Link[], { workspace, knowledge, guard, clock }: Bench): Promise<Tried> => {
  const { task, language, question, history } = one
  const passages = task === 'classify' ? [] : await passagesFor(one, knowledge)
  const prompt = (engine: string): Prompt =>
    task === 'classify'
      ? opinionPrompt(workspace, question, language, engine)
      : {
          system: promptWords(workspace, task, engine, language),
          history: task === 'summarise' ? [] : history,
          question,
          language,
          passages,
        }
  const ask = async (link: Link): Promise<Result> => {
    const fits = task === 'classify' ? undefined : isInLanguageAsked
    const breakers = createBreakers(clock.now)
    const came = await runChain({ engines: [link], task, prompt, guard, breakers, clock, fits })
    const last = came.attempts.at(-1)
    const { result = 'broken', detail = '', tokens = null, cost = null } = last ?? {}
    const said = came.outcome !== 'answered' ? null : task === 'classify' ? opinionOf(came.citations) : came.text
    const cited = prompt(link.setup.id).passages.filter(({ id }) => came.citations.includes(id))
    return {
      engine: link.setup.id,
      text: said,
      result,
      citations: cited.map(({ title }) => title),
      ms: came.attempts.reduce((sum, { ms }) => sum + ms, 0),
      tokens,
      cost,
      faults: faultsOf(one, { text: said, result, detail }),
    }
  }
  return { of: one, results: await Promise.all(links.filter(({ kind }) => kind.tasks.includes(task)).map(ask)) }
}
