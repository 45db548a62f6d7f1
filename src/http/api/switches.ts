/** What an operator stops and starts: a channel, an engine, an outgoing webhook, or all automation at once; and how these are. */
import { z } from '@hono/zod-openapi'
import { RelaisError } from '../../core/errors.ts'
import { AUTOMATION, type SwitchKind } from '../../core/store.ts'
import { type Add, done, EVERYBODY } from '../operation.ts'
import type { Rooms } from '../rooms.ts'
import * as shape from './schemas.ts'

const REASON = z.strictObject({ reason: shape.textOf(500).optional() })
const ID = z.strictObject({ id: shape.textOf(100) })

const HEALTH = z.enum(['healthy', 'degraded', 'cut'])
const time = z.number().nullable().openapi({ description: 'Milliseconds since 1970.' })
export const Automation = z.object({ paused: z.boolean(), reason: z.string().nullable(), since: time }).openapi('Automation')
export const Engine = z
  .object({
    id: z.string(),
    health: HEALTH,
    breaker: z.enum(['closed', 'open', 'half-open']),
    reason: z.string().nullable(),
    paused: z.boolean(),
    pausedBecause: z.string().nullable(),
    pausedSince: time,
    changedAt: z.number(),
  })
  .openapi('Engine')
export const Webhook = z
  .object({ id: z.string(), failingSince: time, offAt: time, reason: z.string().nullable(), tries: z.number(), dueAt: z.number() })
  .openapi('Webhook')

/** One kind of what can be stopped. */
type Turned = {
  readonly kind: SwitchKind
  /** Under which path; with `{id}` where there are several. */
  readonly path: `/${string}`
  readonly pauses: string
  readonly resumes: string
  readonly shape: z.ZodType
  /** As it is now. */
  readonly read: (what: string) => Promise<unknown>
}

const kindsOf = ({ reading }: Rooms): readonly Turned[] => [
  {
    kind: 'channel',
    path: '/channels/{id}',
    pauses: 'Nothing leaves by this channel until it is resumed; what waits keeps its place',
    resumes: 'The channel sends again',
    shape: shape.Channel,
    read: async (what) => (await reading.channels()).find(({ id }) => id === what),
  },
  {
    kind: 'engine',
    path: '/engines/{id}',
    pauses: 'This engine is asked no more until it is resumed; the next of its plan is',
    resumes: 'The engine is asked again',
    shape: Engine,
    read: async (what) => (await reading.switches()).engines.find(({ id }) => id === what),
  },
  {
    kind: 'webhook',
    path: '/webhooks/{id}',
    pauses: 'Nothing is told to this webhook until it is resumed',
    resumes: 'The webhook is told again, from where it stopped',
    shape: Webhook,
    read: async (what) => (await reading.switches()).webhooks.find(({ id }) => id === what),
  },
  {
    kind: 'automation',
    path: '/automation',
    pauses: 'All automation stops at once, on every channel: people answer, and what people send goes on',
    resumes: 'Automation goes on; what it had to say leaves if it still makes sense',
    shape: Automation,
    read: async () => (await reading.switches()).automation,
  },
]

export const addSwitches = (add: Add, rooms: Rooms): void => {
  for (const { kind, path, pauses, resumes, shape: answer, read } of kindsOf(rooms))
    for (const name of ['pause', 'resume'] as const)
      add({
        method: 'post',
        path: `${path}/${name}`,
        summary: name === 'pause' ? pauses : resumes,
        tag: 'Operations',
        roles: ['admin'],
        ...(kind === 'automation' ? {} : { params: ID }),
        body: REASON,
        answers: { 200: { description: 'As it is now.', schema: answer } },
        handle: async ({ params, body, caller, reserved }) => {
          const what = kind === 'automation' ? AUTOMATION : ((params as { id?: string } | undefined)?.id ?? '')
          const change = { id: reserved.event, what, kind, paused: name === 'pause', reason: body.reason ?? `key:${caller.id}` }
          if (!(await rooms.store.turnSwitch(change, rooms.clock.now()))) throw new RelaisError('nothing-to-stop', what)
          rooms.wake()
          return done((await read(what)) ?? null)
        },
      })
}

export const addSwitchReading = (add: Add, { reading }: Rooms): void => {
  const get = (path: `/${string}`, summary: string, schema: z.ZodType, read: () => Promise<unknown>): void =>
    add({
      method: 'get',
      path,
      summary,
      tag: 'Operations',
      roles: EVERYBODY,
      answers: { 200: { description: 'As it is now.', schema } },
      handle: async () => done(await read()),
    })
  get(
    '/automation',
    'Whether all automation stands still, since when and why',
    Automation,
    async () => (await reading.switches()).automation,
  )
  get('/engines', 'Engines: health, and whether somebody stopped them', z.object({ items: z.array(Engine) }), async () => ({
    items: (await reading.switches()).engines,
  }))
  get(
    '/webhooks',
    'Outgoing webhooks: whether they are told, fail, or are switched off',
    z.object({ items: z.array(Webhook) }),
    async () => ({
      items: (await reading.switches()).webhooks,
    }),
  )
}
