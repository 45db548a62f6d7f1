/**
 * Whether an engine may read what a customer wrote: the one place that says so. The chain of engines asks it before every call, `relais check`
 * and `relais doctor` tell it beforehand. Where a platform's dated rule bars an engine (topic `ai-training` of the rulebook), this bars it on
 * every channel, because a conversation goes over several.
 */
import type { EngineSetup } from './workspace.ts'

export type Bar = 'personal-data' | 'trains-on-data'

/** What keeps it from reading; none: it may. An engine in our own process sends nothing anywhere. */
export const barsOf = (
  { personalData, trainsOnData }: Pick<EngineSetup, 'personalData' | 'trainsOnData'>,
  inProcess: boolean | undefined,
): readonly Bar[] =>
  inProcess
    ? []
    : [
        // Whatever a customer writes is about somebody, also where nothing in it says so. Pseudonyms are the guard's work (core/guard.ts).
        ...(personalData === 'none' ? ['personal-data' as const] : []),
        // Not known is not a no.
        ...(trainsOnData === false ? [] : ['trains-on-data' as const]),
      ]
