/** AI tasks that somebody starts: worked on outside the line, then told, kept for a person, or sent like anything a business system writes. */

import type { ChannelId } from '../../core/ids.ts'
import { enginesFor } from '../../core/plan.ts'
import { type StartedTask, type TaskFailure, type TaskWork, taskOf } from '../../core/task.ts'
import type { Bodies, ProposedSend, TaskAsked, TaskCarrier, TaskSend } from '../event.ts'
import type { Kept } from '../state.ts'
import { SAYS } from '../words.ts'
import { send, wayOf } from './action.ts'
import { seenBy } from './bridge.ts'
import { ALWAYS } from './calling.ts'
import { type Draft, note } from './draft.ts'
import { sendByLink } from './task-link.ts'

/** As the API takes a parameter of a template. */
const LONGEST_PARAMETER = 1_024

export const startTask = (draft: Draft, body: Bodies['task.ask']): void => {
  const { matter, instruction, language, ...asked } = body
  const { ids, at, workspace } = draft.world
  const row = rowOf(asked, at)
  const channel = wayOf(draft, asked.send?.intent ?? { channel: null, category: 'service' }, asked.send === null)
  note(draft, { kind: 'task.started', channel, data: { task: row.id, kind: row.task, by: row.by } })
  const why = !channel ? 'no-channel' : enginesFor(workspace.plans, row.task, channel).length ? null : 'no-engine'
  if (!channel || why) {
    end(draft, row, channel, { why: why ?? 'no-channel' })
    return
  }
  // A summary is for the agent alone; a reply is read by who may see no more than that.
  const seen = matter.over === 'thread' && row.task !== 'summarise' ? seenBy(draft, channel) : null
  const work: TaskWork = { task: row.task, matter, instruction, language: language ?? draft.state.language, ...(seen ? { seen } : {}) }
  // Whoever has the conversation meanwhile, it goes on: nobody but who started it hears of it before it is judged.
  draft.jobs.push({ id: ids('job'), kind: 'task', channel, epoch: ALWAYS, dueAt: at, body: { work, asked, since: at } })
  draft.tasks.push(row)
}

export const finishTask = (draft: Draft, body: Bodies['task.done'], channel: ChannelId): void => {
  const { since, result, ...asked } = body
  const row = rowOf(asked, since)
  const { text, engine, attempts } = result
  if (attempts.length) note(draft, { id: draft.event, kind: 'engine.thought', channel, data: { engine, attempts } })
  if (text === null || engine === null) {
    end(draft, row, channel, { why: result.why ?? 'engines', engine })
    return
  }
  const done = { engine, text, citations: result.citations }
  const why = asked.send && sendResult(draft, body, asked.send, channel, { ...done, ai: result.ai })
  if (!asked.send || why) end(draft, row, channel, why ? { ...done, why } : done)
  else end(draft, row, channel, { ...done, message: asked.message })
}

type Result = Pick<Kept, 'text' | 'engine' | 'ai' | 'citations'>

/** Why it could not be; null where it was proposed: what the rules say of it is the message's own matter. */
const sendResult = (draft: Draft, body: Bodies['task.done'], sending: TaskSend, channel: ChannelId, result: Result): TaskFailure | null => {
  const { how, intent, purpose, carrier } = sending
  if (carrier.type === 'link' || (carrier.type === 'template' && carrier.link))
    return sendByLink(draft, body, sending, channel, result) ? null : 'no-page'
  const { text, engine, ai, citations } = result
  const content = contentOf(draft, carrier, text, citations)
  if (!content) return 'too-long'
  const task = { kind: body.task, by: body.by, draft: how === 'draft' }
  const manner = { reply: false, automatic: false, purpose, ai, citations, task }
  send(draft, { ...intent, message: body.message, content }, `engine:${engine}`, manner)
  return null
}

const rowOf = ({ message, task, by, send: sending }: TaskAsked, since: number): StartedTask => ({
  id: taskOf(message),
  task,
  by,
  send: sending?.how ?? null,
  since,
  state: 'working',
  why: null,
  endedAt: null,
  engine: null,
  text: null,
  citations: [],
  message: null,
})

const end = (
  draft: Draft,
  row: StartedTask,
  channel: ChannelId | null,
  more: Partial<StartedTask> & { readonly why?: TaskFailure },
): void => {
  const state = more.why ? 'failed' : 'done'
  draft.tasks = [...draft.tasks.filter(({ id }) => id !== row.id), { ...row, ...more, state, endedAt: draft.world.at }]
  const data = { task: row.id, kind: row.task, by: row.by, ...(more.why ? { why: more.why } : {}) }
  note(draft, { kind: `task.${state}`, channel, message: more.message ?? null, data })
}

/** null where it does not fit. */
const contentOf = (
  draft: Draft,
  carrier: Exclude<TaskCarrier, { type: 'link' }>,
  text: string,
  citations: StartedTask['citations'],
): ProposedSend['content'] | null => {
  if (carrier.type === 'text') {
    const sources = [...new Set(citations.map(({ title }) => title))]
    return { type: 'text', text: sources.length ? `${text}\n\n${SAYS.source[draft.state.language]} ${sources.join(' · ')}` : text }
  }
  const { name, language, parameters, fill } = carrier
  // No line breaks in a parameter, and no runs of spaces.
  const filled = text.replace(/\s+/gu, ' ').trim()
  return filled.length > LONGEST_PARAMETER
    ? null
    : { type: 'template', name, language, parameters: { ...parameters, [fill]: filled }, text: '' }
}
