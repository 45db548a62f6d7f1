/** `/api/v1/session`: a person enters the desk with a key, and gets a cookie that no script can read. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Key } from '../core/access.ts'
import { RelaisError } from '../core/errors.ts'
import { KeyView } from './api/schemas.ts'
import { parseJson, readBody } from './body.ts'
import { cookieOf, findTyped, hashSecret, identify, readCookie, requireOwnOrigin, SESSION_MS } from './caller.ts'
import { fieldErrors, InvalidRequest } from './problem.ts'
import type { Rooms } from './rooms.ts'

const Entry = z.strictObject({ key: z.string().max(200).openapi({ example: 'rk_…' }) })
const noStore = { 'cache-control': 'no-store' }

/** Who has simply not entered is no error: a browser writes every 401 in its console. */
const nobody = (error: unknown): null => {
  if (error instanceof RelaisError && error.code === 'unauthorized') return null
  throw error
}

export const addSession = (api: OpenAPIHono, rooms: Rooms): void => {
  const { access, clock, secure, randomBytes } = rooms
  const { name: workspace, timezone } = rooms.workspace
  const view = (key: Key) => ({ id: key.id, name: key.name, role: key.role, workspace, timezone })

  api.get('/session', async (context: Context) => {
    const caller = identify(context.req.raw, access, secure, clock.now())
    const known = context.req.query('quiet') === 'true' ? await caller.catch(nobody) : await caller
    return known ? Response.json(view(known), { headers: noStore }) : new Response(null, { status: 204, headers: noStore })
  })

  api.post('/session', async (context: Context) => {
    const request = context.req.raw
    // A browser always says where it comes from; another site must not enter anybody here.
    if (request.headers.has('sec-fetch-site') || request.headers.has('origin')) requireOwnOrigin(request)
    const parsed = Entry.safeParse(parseJson(await readBody(request)))
    if (!parsed.success) throw new InvalidRequest(fieldErrors(parsed.error))
    const key = await findTyped(parsed.data.key.trim(), access)
    if (!key) throw new RelaisError('unauthorized')
    const value = Buffer.from(randomBytes(32)).toString('base64url')
    await access.openSession({ hash: hashSecret(value), key: key.id, expiresAt: clock.now() + SESSION_MS }, clock.now())
    return Response.json(view(key), { status: 201, headers: { ...noStore, 'set-cookie': cookieOf(value, secure, SESSION_MS / 1000) } })
  })

  api.delete('/session', async (context: Context) => {
    const request = context.req.raw
    requireOwnOrigin(request)
    const value = readCookie(request, secure)
    if (value !== null) await access.closeSession(hashSecret(value))
    return new Response(null, { status: 204, headers: { ...noStore, 'set-cookie': cookieOf('', secure, 0) } })
  })

  const me = { 'application/json': { schema: KeyView } }
  const register = api.openAPIRegistry.registerPath.bind(api.openAPIRegistry)
  const common = { path: '/api/v1/session', tags: ['Desk'] }
  register({
    ...common,
    method: 'get',
    summary: 'Who the caller is',
    request: {
      query: z.object({ quiet: z.enum(['true']).optional().openapi({ description: '204 instead of 401 where nobody has entered.' }) }),
    },
    responses: { 200: { description: 'The key.', content: me }, 204: { description: 'Nobody has entered (`quiet=true`).' } },
  })
  register({
    ...common,
    method: 'post',
    summary: 'Enters the desk with a key: sets an HttpOnly cookie for twelve hours',
    request: { body: { required: true, content: { 'application/json': { schema: Entry } } } },
    responses: { 201: { description: 'Entered.', content: me } },
  })
  register({ ...common, method: 'delete', summary: 'Leaves', responses: { 204: { description: 'Left.' } } })
}
