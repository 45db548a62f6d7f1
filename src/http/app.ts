/** All of HTTP as one Hono app over Web Requests: it needs no socket, and knows no store. */
import { OpenAPIHono } from '@hono/zod-openapi'
import { type Context, Hono } from 'hono'
import { CATALOGUE, RelaisError } from '../core/errors.ts'
import type { Language, Words } from '../core/language.ts'
import { addAddressWriting } from './api/addresses.ts'
import { addCallbacks } from './api/callbacks.ts'
import { addCallingOff } from './api/calling-off.ts'
import { addCodes } from './api/codes.ts'
import { addConversationActs, addHeldActs } from './api/desk.ts'
import { addMedia } from './api/media.ts'
import { addContacts, addConversations, addMessages, addState, addTexts } from './api/reading.ts'
import { Problem } from './api/schemas.ts'
import { addSwitches, addSwitchReading } from './api/switches.ts'
import { addTasks, addThreadTasks } from './api/tasks.ts'
import { addConsentWriting, addMessageWriting } from './api/writing.ts'
import { addEntryLinks } from './bridge/go.ts'
import { addLinks } from './bridge/links.ts'
import { identify } from './caller.ts'
import { addChat, type Chat } from './chat/index.ts'
import { addConfirm } from './confirm.ts'
import { renderDocs } from './docs.ts'
import { secureHeaders } from './headers.ts'
import { addHealth } from './health.ts'
import { operationsOf } from './operation.ts'
import { pageResponse } from './pages.ts'
import { languageOf, problemOf } from './problem.ts'
import type { Rooms } from './rooms.ts'
import { addSession } from './session.ts'
import { html, sheetResponse } from './sheet.ts'
import { createStream, type EventStream, type StreamOptions, TOLD } from './stream.ts'
import { addWebhooks } from './webhooks.ts'

const DESCRIPTION =
  'Relais keeps a business’s conversations with its customers running. Times are milliseconds since 1970; lists give `next`, the cursor of the page after; every POST but /session takes an Idempotency-Key; errors are problem+json (RFC 9457) in the language of Accept-Language.'

export type App = { readonly app: Hono; readonly stream: EventStream; readonly chat: Chat }

/** `stream.close()` ends the open event streams when the process stops. */
export const createApp = (rooms: Rooms, options: { readonly stream?: StreamOptions } = {}): App => {
  const app = new Hono()
  const stream = createStream(rooms.reading, rooms.clock, rooms.log, options.stream)
  const language = (context: Context) => languageOf(context.req.header('accept-language'), rooms.workspace.locale)

  // First and bare: nothing stands between a provider and the store.
  addWebhooks(app, rooms)
  addHealth(app, rooms)

  const fail = (error: unknown, context: Context): Response => {
    if (!(error instanceof RelaisError)) {
      // Never the message: a database puts values of the row into it.
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      rooms.log.error('http.failed', { route: context.req.routePath, error: error instanceof Error ? error.name : 'unknown', code })
    }
    return problemOf(error, language(context))
  }
  app.onError(fail)

  // Set on the way out of everything below /api, errors too.
  app.use('/api/*', async (context, next) => {
    await next()
    secureHeaders(context.res, rooms.secure)
    // By which ages and windows are counted: a browser's clock may be wrong, and the demo's is moved.
    context.res.headers.set('relais-time', String(rooms.clock.now()))
  })
  addConfirm(app, rooms)
  addLinks(app, rooms)
  addEntryLinks(app, rooms)
  const chat = addChat(app, rooms)
  app.route('/api/v1', createApi(rooms, stream, language))

  app.notFound((context) => {
    const looks = context.req.method === 'GET' || context.req.method === 'HEAD'
    const page = looks ? rooms.pages?.get(context.req.path) : undefined
    const response = page ? pageResponse(page, context.req.raw) : nothingHere(context.req.raw, language(context))
    secureHeaders(response, rooms.secure)
    return response
  })
  return { app, stream, chat }
}

const WAYS: Words = { fr: 'Aller au poste des conseillers', en: 'Go to the agents’ desk' }

/** Who comes with a browser reads a page, a program reads a problem. */
const nothingHere = (request: Request, language: Language): Response => {
  const { pathname } = new URL(request.url)
  const browses = request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html')
  if (!browses) return problemOf(new RelaisError('not-found', pathname), language)
  const says = CATALOGUE['not-found'].says[language]
  return sheetResponse(
    says,
    `<h1>${html(says)}</h1><p><code>${html(pathname)}</code></p><p><a href="/">${html(WAYS[language])}</a></p>`,
    language,
    404,
  )
}

const createApi = (rooms: Rooms, stream: EventStream, language: (context: Context) => 'fr' | 'en'): OpenAPIHono => {
  const api = new OpenAPIHono()
  const add = operationsOf(api, rooms)
  addMessages(add, rooms)
  addMessageWriting(add, rooms)
  addCallingOff(add, rooms)
  addCodes(add, rooms)
  addTasks(add, rooms)
  addCallbacks(add, rooms)
  addContacts(add, rooms)
  addConsentWriting(add, rooms)
  addAddressWriting(add, rooms)
  addConversations(add, rooms)
  addConversationActs(add, rooms)
  addHeldActs(add, rooms)
  addThreadTasks(add, rooms)
  addState(add, rooms)
  addTexts(add, rooms)
  addSwitches(add, rooms)
  addSwitchReading(add, rooms)
  addMedia(api, rooms)
  addSession(api, rooms)
  addEvents(api, rooms, stream)
  refuseOtherMethods(api)

  api.openAPIRegistry.register('Problem', Problem)
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: rooms.secure ? '__Host-relais' : 'relais',
  })
  let written: string | null = null
  const document = (): string => {
    const info = { title: 'Relais', version: rooms.version, description: DESCRIPTION }
    // Written when first asked for: a start does not wait for it.
    written ??= JSON.stringify(api.getOpenAPI31Document({ openapi: '3.1.0', info, servers: [{ url: '/' }] }))
    return written
  }
  api.get('/openapi.json', () => new Response(document(), { headers: { 'content-type': 'application/json; charset=utf-8' } }))
  api.get('/docs', (context) => renderDocs(JSON.parse(document()), language(context)))
  return api
}

/** Paths that are there, asked in a way they do not take. Comes last: what was added before answers first. */
const refuseOtherMethods = (api: OpenAPIHono): void => {
  for (const [path, routes] of Map.groupBy(api.routes, (route) => route.path)) {
    const methods = [...new Set(routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))]
    // Routes tell their whole path; a new one is told from the base on.
    api.all(path.replace(/^\/api\/v1/, ''), () => {
      throw new RelaisError('method-not-allowed', methods.join(', '))
    })
  }
}

const addEvents = (api: OpenAPIHono, rooms: Rooms, stream: EventStream): void => {
  api.get('/events', async (context) => {
    await identify(context.req.raw, rooms.access, rooms.secure, rooms.clock.now())
    // Who only asks whether it is there reads nothing, and would never leave.
    const body = context.req.raw.method === 'HEAD' ? null : await stream.open(context.req.header('last-event-id') ?? null)
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    })
  })
  api.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/v1/events',
    summary: 'What happens, as it happens (server-sent events)',
    description: `Events: ${[...TOLD, 'decision.made'].join(', ')}. The data is JSON with ids and facts, never a text. Resumes after \`Last-Event-ID\` and misses nothing; an event may come twice.`,
    tags: ['Events'],
    security: [{ bearer: [] }, { session: [] }],
    responses: { 200: { description: 'The stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } } },
  })
}
