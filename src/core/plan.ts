/** Which engines a think plan asks, in order. */
import type { Task } from './engine.ts'
import type { ChannelId, EngineId } from './ids.ts'
import type { Workspace } from './workspace.ts'

/** Those of `task@channel`, else of `task`, else `default`; for an opinion nobody is asked unless a plan names them for it. */
export const enginesFor = ({ think }: Workspace['plans'], task: Task, channel: ChannelId): readonly EngineId[] =>
  think[`${task}@${channel}`] ?? think[task] ?? (task === 'classify' ? [] : (think.default ?? []))
