/** Who answers customers where an engine that is taken away did: the next one of its chain, else a journey that takes everything, else people. */
import type { ThoughtGroup } from '../core/reachability.ts'

/** How the set-up goes on without some engines. */
export type Thinking = {
  /** The engines that are taken away. */
  readonly gone: readonly string[]
  /** Engines that may answer on a channel, in the order in which they are asked; for `""` those of any channel without a chain of its own. */
  readonly chain: (channel: string) => readonly string[]
  /** A journey takes what no engine knows. */
  readonly takesAll: boolean
}

/** `by` as authors are named: `engine:<id>`, `journey`, `agent`; `nobody`: it is in no chain that answers, and nothing is missed. */
export type Instead = { readonly engine: string; readonly by: string; readonly conversations: number }

export const insteadOf = ({ gone, chain, takesAll }: Thinking, thought: readonly ThoughtGroup[]): readonly Instead[] => {
  const nextTo = (engine: string, channel: string): string => {
    const all = chain(channel)
    const next = all.slice(all.indexOf(engine) + 1).find((id) => !gone.includes(id))
    return next === undefined ? (takesAll ? 'journey' : 'agent') : `engine:${next}`
  }
  return gone.flatMap((engine) => {
    const own = thought.filter((group) => group.engine === engine)
    if (own.length === 0) return [{ engine, by: chain('').includes(engine) ? nextTo(engine, '') : 'nobody', conversations: 0 }]
    return [...Map.groupBy(own, ({ channel }) => nextTo(engine, channel))]
      .map(([by, groups]) => ({ engine, by, conversations: groups.reduce((sum, { conversations }) => sum + conversations, 0) }))
      .toSorted((a, b) => b.conversations - a.conversations)
  })
}
