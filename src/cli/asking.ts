/**
 * The one way from the house to its engines: whoever asks them asks here, so that what a person stopped, what is spent and the guard come with
 * every question (`tests/architecture/asking.test.ts`).
 */
import type { Prompt, Task } from '../core/engine.ts'
import type { Guard } from '../core/guard.ts'
import type { ChannelId, ContactId } from '../core/ids.ts'
import type { Metrics } from '../core/metrics.ts'
import { enginesFor, isHedged } from '../core/plan.ts'
import type { Clock } from '../core/ports.ts'
import { AUTOMATION, type Pause } from '../core/store.ts'
import type { Workspace } from '../core/workspace.ts'
import type { Breakers } from '../engines/breakers.ts'
import { type ChainRequest, type ChainResult, type Link, runChain } from '../engines/chain.ts'
import { createPaces } from '../engines/pace.ts'
import { isInLanguageAsked } from './answer-language.ts'
import type { EngineBudgets } from './engine-budgets.ts'

export type AskingOptions = {
  readonly workspace: Pick<Workspace, 'plans'>
  readonly links: ReadonlyMap<string, Link>
  readonly breakers: Breakers
  readonly clock: Clock
  readonly metrics: Metrics
  readonly engineBudgets: EngineBudgets
  /** What stands between whoever is answered and every engine. `details`: what else is told of them now. */
  readonly guardFor: (contact: ContactId, details?: readonly string[]) => Promise<Guard>
  /** What a person has stopped, as it is at this instant. */
  readonly pauses: () => Promise<readonly Pause[]>
}
/** For a page where a person watches. */
export type Watched = Pick<ChainRequest, 'onText' | 'onWithdraw'>
export type Ask = (
  task: Task,
  engines: readonly Link[],
  prompt: (engine: string) => Prompt,
  watched?: Watched | undefined,
) => Promise<ChainResult>

export type Asker = {
  linksFor(task: Task, channel: ChannelId): readonly Link[]
  /** For one contact, on one channel; null where a person stopped all automation. */
  open(contact: ContactId, channel: ChannelId, signal: AbortSignal, details?: readonly string[]): Promise<Ask | null>
}

/** Said in the customer's language, or not at all. */
const IN_LANGUAGE: ReadonlySet<Task> = new Set<Task>(['answer', 'draft', 'suggest', 'summarise'])

export const createAsker = (options: AskingOptions): Asker => {
  const { workspace, links, breakers, clock, metrics } = options
  const paces = createPaces()
  const count = ({ attempts }: ChainResult): void => {
    for (const { engine, result, ms, left } of attempts) {
      metrics.engine(engine, result, ms)
      if (left) metrics.left(engine, left)
    }
  }
  return {
    linksFor: (task, channel) => enginesFor(workspace.plans, task, channel).flatMap((id) => links.get(id) ?? []),
    open: async (contact, channel, signal, details) => {
      const stopped = new Set<string>((await options.pauses()).map(({ what }) => what))
      if (stopped.has(AUTOMATION)) return null
      const isPaused = (engine: string) => stopped.has(engine)
      const isSpent = await options.engineBudgets.spentFor(contact)
      const guard = await options.guardFor(contact, details)
      return async (task, engines, prompt, watched) => {
        const hedged = isHedged(workspace.plans, task, channel)
        const fits = IN_LANGUAGE.has(task) ? isInLanguageAsked : undefined
        const result = await runChain({
          engines,
          task,
          prompt,
          guard,
          breakers,
          clock,
          paces,
          hedged,
          fits,
          isSpent,
          isPaused,
          signal,
          ...watched,
        })
        count(result)
        return result
      }
    },
  }
}
