/**
 * One operation of the API: what it takes, who may call it, what it gives. From the same value come the route, the checks at the door and
 * the line in openapi.json, so that none of them can say something else.
 */
import { createHash } from 'node:crypto'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type Key, type Reserved, ROLES, type Role, type StoredAnswer } from '../core/access.ts'
import { RelaisError } from '../core/errors.ts'
import type { Language, Words } from '../core/language.ts'
import { parseJson, readBody } from './body.ts'
import { identify } from './caller.ts'
import { ForbiddenRole, fieldErrors, InvalidRequest, languageOf } from './problem.ts'
import type { Rooms } from './rooms.ts'

export type Call<P, Q, B> = {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly caller: Key
  /** Ids of what this call makes: the same ones when a failed call is repeated with its Idempotency-Key. */
  readonly reserved: Reserved
  readonly language: Language
  readonly request: Request
}

export type Operation<P, Q, B> = {
  readonly method: 'get' | 'post' | 'delete'
  /** With `{name}` for its parameters, below /api/v1. */
  readonly path: `/${string}`
  readonly summary: string
  readonly description?: string
  readonly tag: string
  readonly roles: readonly Role[]
  readonly params?: z.ZodObject & z.ZodType<P>
  readonly query?: z.ZodObject & z.ZodType<Q>
  readonly body?: z.ZodType<B>
  /** By status. */
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema?: z.ZodType }>>
  handle(call: Call<P, Q, B>): Promise<StoredAnswer>
}

export const EVERYBODY: readonly Role[] = ROLES
/** Puts an operation at its place. */
export type Add = <P = undefined, Q = undefined, B = undefined>(op: Operation<P, Q, B>) => void

export const done = (body: unknown, status = 200): StoredAnswer => ({ status, body })

/** `add` for one app. */
export const operationsOf =
  (api: OpenAPIHono, rooms: Rooms): Add =>
  (op) =>
    addOperation(api, rooms, op)

const addOperation = <P, Q, B>(api: OpenAPIHono, rooms: Rooms, op: Operation<P, Q, B>): void => {
  document(api, op)
  api.on(op.method.toUpperCase(), op.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (context: Context) => {
    const request = context.req.raw
    const caller = await identify(request, rooms.access, rooms.secure, rooms.clock.now())
    if (!op.roles.includes(caller.role)) throw new ForbiddenRole(caller.role, op.roles)
    const language = languageOf(request.headers.get('accept-language'), rooms.workspace.locale)
    const bytes = op.method === 'post' ? await readBody(request) : new Uint8Array()
    const call = {
      params: op.params && check(op.params, context.req.param()),
      query: op.query && check(op.query, context.req.query()),
      body: op.body && check(op.body, readJson(request, bytes)),
      caller,
      language,
      request,
    }
    const act = (reserved: Reserved) => op.handle({ ...call, reserved } as Call<P, Q, B>)
    const fresh: Reserved = { event: rooms.ids('evt'), message: rooms.ids('msg') }
    return op.method === 'post' ? once(rooms, caller, request, bytes, fresh, act) : answer(await act(fresh))
  })
}

const answer = ({ status, body }: StoredAnswer, replayed = false): Response => {
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (replayed) headers.set('idempotent-replayed', 'true')
  if (status === 204) return new Response(null, { status, headers })
  headers.set('content-type', 'application/json; charset=utf-8')
  return new Response(JSON.stringify(body), { status, headers })
}

const readJson = (request: Request, bytes: Uint8Array): unknown => {
  if (bytes.length === 0) return {}
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) throw new RelaisError('not-json')
  return parseJson(bytes)
}

/** Throws `invalid-request` naming each field that does not fit. */
export const check = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const result = schema.safeParse(value, { reportInput: true })
  if (!result.success) throw new InvalidRequest(fieldErrors(result.error))
  return result.data
}

const KEY_FORM: Words = { fr: 'il faut 1 à 200 signes ASCII, sans espace', en: 'it must be 1 to 200 ASCII signs without a space' }
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/

/** With an Idempotency-Key, equal calls have one effect and one answer; a failed one may be repeated and stays the same act. */
const once = async (
  rooms: Rooms,
  caller: Key,
  request: Request,
  bytes: Uint8Array,
  fresh: Reserved,
  act: (reserved: Reserved) => Promise<StoredAnswer>,
): Promise<Response> => {
  const given = request.headers.get('idempotency-key')
  if (given === null) return answer(await act(fresh))
  if (!IDEMPOTENCY_KEY.test(given)) throw new InvalidRequest([{ field: 'Idempotency-Key', says: KEY_FORM }])
  const key = `${caller.id}:${given}`
  const { pathname, search } = new URL(request.url)
  const digest = createHash('sha256').update(`${request.method} ${pathname}${search}\n`).update(bytes).digest('hex')
  // Sealed: of a body that holds a code, its digest alone would tell which.
  const fingerprint = rooms.codes.seal(`call ${digest}`)
  const begun = await rooms.access.begin({ key, fingerprint, reserved: fresh }, rooms.clock.now())
  if (begun.type === 'busy') throw new RelaisError('call-in-progress')
  if (begun.type === 'different') throw new RelaisError('idempotency-key-reused')
  if (begun.type === 'done') return answer(begun.answer, true)
  try {
    const result = await act(begun.reserved)
    await rooms.access.finish(key, result)
    return answer(result)
  } catch (error) {
    await rooms.access.release(key).catch(() => {})
    throw error
  }
}

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

/** Writes the operation into openapi.json. */
const document = <P, Q, B>(api: OpenAPIHono, op: Operation<P, Q, B>): void => {
  const idempotency = z.object({ 'Idempotency-Key': z.string().max(200).optional() })
  api.openAPIRegistry.registerPath({
    method: op.method,
    path: `/api/v1${op.path}`,
    summary: op.summary,
    description: `${op.description ? `${op.description}\n\n` : ''}Roles: ${op.roles.join(', ')}.`,
    tags: [op.tag],
    security: [{ bearer: [] }, { session: [] }],
    request: {
      ...(op.params ? { params: op.params } : {}),
      ...(op.query ? { query: op.query } : {}),
      ...(op.method === 'post' ? { headers: idempotency } : {}),
      ...(op.body ? { body: { required: true, content: { 'application/json': { schema: op.body } } } } : {}),
    },
    responses: {
      ...Object.fromEntries(
        Object.entries(op.answers).map(([status, { description, schema }]) => [
          status,
          { description, ...(schema ? { content: { 'application/json': { schema } } } : {}) },
        ]),
      ),
      default: { description: 'What went wrong, and what to do.', content: problemContent },
    },
  })
}
