/** AI tasks: a business system starts one over data it gives, an agent one over the thread in sight. */
import { z } from '@hono/zod-openapi'
import { RelaisError } from '../../core/errors.ts'
import { asks } from '../../core/form.ts'
import type { TaskId } from '../../core/ids.ts'
import type { Words } from '../../core/language.ts'
import { isPlanned } from '../../core/plan.ts'
import type { TaskView } from '../../core/reading.ts'
import { optionsIn, STARTED_TASKS, type StartedTaskKind, TASK_FAILURE_WORDS, TASK_FAILURES, taskOf } from '../../core/task.ts'
import type { Bodies, TaskCarrier, TaskSend } from '../../relay/event.ts'
import { type Add, done, EVERYBODY } from '../operation.ts'
import { InvalidRequest, oneOf } from '../problem.ts'
import type { Rooms } from '../rooms.ts'
import { append, contactArrival, ownArrival } from './act.ts'
import { contentOf, says } from './content.ts'
import { piecesOf } from './given-data.ts'
import * as shape from './schemas.ts'
import { checkPlan, placeOf, planName, Sent, sentOf, to } from './writing.ts'

const words = z.object({ fr: z.string(), en: z.string() })

const Task = z
  .object({
    id: z.string(),
    task: z.enum(STARTED_TASKS),
    state: z.enum(['pending', 'working', 'done', 'failed']).openapi({ description: '`pending` while its turn has not come.' }),
    why: z
      .object({ code: z.enum(TASK_FAILURES), says: words, remedy: words })
      .nullable()
      .openapi({ description: 'Why there is no result. Nothing was sent.' }),
    by: z.string(),
    contactId: z.string().nullable(),
    since: shape.time,
    endedAt: shape.time.nullable(),
    engine: z.string().nullable(),
    result: z
      .object({
        text: z.string(),
        options: z.array(z.string()).nullable().openapi({ description: 'Of `suggest`: up to three replies.' }),
        citations: z.array(z.object({ title: z.string(), passage: z.string(), url: z.string().optional() })),
      })
      .nullable(),
    message: Sent.nullable().openapi({ description: 'What the result became: a draft at the desk, or a send.' }),
    links: z.object({ task: z.string() }),
  })
  .openapi('Task')

type Started = Pick<TaskView, 'id' | 'task' | 'by' | 'since'>

const shown = async (rooms: Rooms, { id, task, by, since }: Started) => {
  const view = await rooms.reading.task(id)
  const { why = null, text = null, message = null } = view ?? {}
  return {
    id,
    task,
    state: view?.state ?? ('pending' as const),
    why: why === null ? null : { code: why, ...TASK_FAILURE_WORDS[why] },
    by,
    contactId: view?.contactId ?? null,
    since: view?.since ?? since,
    endedAt: view?.endedAt ?? null,
    engine: view?.engine ?? null,
    result: text === null ? null : { text, options: task === 'suggest' ? optionsIn(text) : null, citations: view?.citations ?? [] },
    message: message === null ? null : await sentOf(rooms, message),
    links: { task: `/api/v1/tasks/${id}` },
  }
}

const CARRIERS: Words = { fr: 'il faut template, link, ou les deux', en: 'it must be template, link, or both' }
const taskBody = z.strictObject({
  task: z.enum(['summarise', 'draft', 'answer']),
  to,
  instruction: shape
    .textOf(2_000)
    .optional()
    .openapi({ description: 'What is wanted, in your own words; the question, where the task is `answer`.' }),
  data: z
    .record(z.string().min(1).max(100), z.unknown())
    .optional()
    .openapi({ description: 'What to work on, field by field. To the engine it is data, whatever it says; it is not kept.' }),
  text: shape.textOf(20_000).optional().openapi({ description: 'What to work on, where it has no fields.' }),
  send: z.enum(['draft', 'now']).openapi({ description: '`draft` waits at the desk for a person; `now` leaves, judged like any message.' }),
  by: z
    .strictObject({
      template: z
        .strictObject({
          ...says.template.unwrap().shape,
          fill: shape.textOf(100).openapi({ description: 'The variable that the result stands for; with `link`, the link.' }),
        })
        .optional(),
      link: z
        .strictObject({ text: shape.textOf(600).optional().openapi({ description: 'Said with the link; in our words unless given.' }) })
        .optional()
        .openapi({ description: 'A signed link to a page of yours, where the result is said once the customer has come by it.' }),
    })
    .refine(({ template, link }) => template !== undefined || link !== undefined, asks(CARRIERS))
    .optional()
    .openapi({ description: 'How it goes; as a text unless given.' }),
  category: shape.category,
  purpose: z.enum(['service', 'general']).optional(),
  language: z.enum(['fr', 'en']).optional().openapi({ description: 'The customer’s own unless given.' }),
  channel: shape.channelName.optional(),
  plan: planName,
  reference: shape.textOf(200).optional(),
  until: shape.instant.optional().openapi({ description: `From then on it is of no use. ${shape.UNIT}` }),
})
type TaskBody = z.output<typeof taskBody>

const QUESTION: Words = { fr: 'pour answer, c’est la question\u00a0: il la faut', en: 'for answer, this is the question: it takes one' }
const MATTER: Words = { fr: 'il faut data ou text\u00a0: ce sur quoi travailler', en: 'it must be data or text: what to work on' }
const CODES: Words = { fr: 'aucun moteur n’écrit de code d’accès', en: 'no engine writes an access code' }

/** Throws `invalid-request`. */
const carrierOf = ({ by, category }: TaskBody, rooms: Rooms): TaskCarrier => {
  if (!by) return { type: 'text' }
  if (!by.template) return { type: 'link', text: by.link?.text ?? null }
  const { fill, ...template } = by.template
  const filled = { ...template, parameters: { ...template.parameters, [fill]: '…' } }
  const { category: own } = contentOf({ template: filled }, rooms.workspace.templates)
  if (own !== null && own !== category) throw new InvalidRequest([{ field: 'category', says: oneOf([own]) }])
  return {
    type: 'template',
    name: template.name,
    language: template.language ?? '',
    parameters: template.parameters,
    fill,
    link: by.link !== undefined,
  }
}

const sendOf = (body: TaskBody, rooms: Rooms): TaskSend => {
  checkPlan(rooms, body)
  if (body.category === 'authentication') throw new InvalidRequest([{ field: 'category', says: CODES }])
  const { channel = null, plan, reference, until, category } = body
  return {
    how: body.send,
    intent: { channel, category, plan, reference, until },
    purpose: body.purpose ?? null,
    carrier: carrierOf(body, rooms),
  }
}

const checkPlanned = (rooms: Rooms, task: StartedTaskKind): void => {
  if (!isPlanned(rooms.workspace.plans, task)) throw new RelaisError('no-engine', task)
}

export const addTasks = (add: Add, rooms: Rooms): void => {
  add({
    method: 'post',
    path: '/tasks',
    summary: 'A business system starts an AI task over data it gives',
    description:
      'Engines by plan, through the shield, within their budgets. The result waits at the desk as a draft, or goes to the contact, judged like every message. Ask the link, or hear `task.done` and `task.failed`.',
    tag: 'Tasks',
    roles: ['system', 'admin'],
    body: taskBody,
    answers: { 202: { description: 'Taken: its id.', schema: Task } },
    handle: async ({ body, caller, reserved }) => {
      const { task, instruction = null, language = null } = body
      checkPlanned(rooms, task)
      const pieces = piecesOf(body.data, body.text)
      if (task === 'answer' && instruction === null) throw new InvalidRequest([{ field: 'instruction', says: QUESTION }])
      if (task !== 'answer' && !pieces.length) throw new InvalidRequest([{ field: 'data', says: MATTER }])
      const by = `api:${caller.id}`
      const send = sendOf(body, rooms)
      const { event: id, message } = reserved
      const asked: Bodies['task.ask'] = { message, task, by, send, matter: { over: 'data', pieces }, instruction, language }
      const at = rooms.clock.now()
      const place = await placeOf(rooms, body.to, send.intent)
      const arrivals =
        place.contact === null
          ? {
              contacts: [
                contactArrival(
                  'task.ask',
                  place.planned ? asked : { ...asked, send: { ...send, intent: { ...send.intent, channel: place.channel } } },
                  { id, channel: place.channel, at, addresses: place.addresses, country: place.country },
                ),
              ],
            }
          : { own: [ownArrival('task.ask', asked, { id, contact: place.contact, channel: send.intent.channel, at })] }
      await append(rooms, arrivals, id)
      return done(await shown(rooms, { id: taskOf(message), task, by, since: at }), 202)
    },
  })
  add({
    method: 'get',
    path: '/tasks/{id}',
    summary: 'A task: its state, its result, and what the result became',
    description: 'Forgotten after 30 days; a message it became stays in the thread.',
    tag: 'Tasks',
    roles: EVERYBODY,
    params: shape.taskId,
    answers: { 200: { description: 'The task.', schema: Task } },
    handle: async ({ params }) => done(await shown(rooms, await taskNow(rooms, params.id))),
  })
}

const taskNow = async (rooms: Rooms, id: TaskId): Promise<TaskView> => {
  const view = await rooms.reading.task(id)
  if (!view) throw new RelaisError('not-found', id)
  return view
}

export const addThreadTasks = (add: Add, rooms: Rooms): void =>
  add({
    method: 'post',
    path: '/conversations/{id}/tasks',
    summary: 'An AI drafts a reply, suggests some, or sums the thread up, for an agent',
    description: 'Nothing is sent: the agent sends what they make of it. Engines by plan, through the shield, within their budgets.',
    tag: 'Desk',
    roles: ['agent', 'admin'],
    params: shape.conversationId,
    body: z.strictObject({ task: z.enum(['draft', 'suggest', 'summarise']) }),
    answers: { 202: { description: 'Taken: ask the link for its result.', schema: Task } },
    handle: async ({ params, body: { task }, caller, reserved, language }) => {
      checkPlanned(rooms, task)
      const conversation = await rooms.reading.conversation(params.id)
      if (!conversation) throw new RelaisError('not-found', params.id)
      const by = `agent:${caller.id}`
      const asked: Bodies['task.ask'] = {
        message: reserved.message,
        task,
        by,
        send: null,
        matter: { over: 'thread' },
        instruction: null,
        // A summary is read by the agent, a reply by the customer.
        language: task === 'summarise' ? language : null,
      }
      const at = rooms.clock.now()
      const place = { id: reserved.event, contact: conversation.contactId, channel: null, at }
      await append(rooms, { own: [ownArrival('task.ask', asked, place)] }, reserved.event)
      return done(await shown(rooms, { id: taskOf(reserved.message), task, by, since: at }), 202)
    },
  })
