/** `/chat/<channel>` and all below it: the brand's own page, and what it asks. The page asks by relative addresses, wherever the house is mounted. */
import type { Context, Hono } from 'hono'
import { RelaisError } from '../../core/errors.ts'
import type { Language } from '../../core/language.ts'
import type { ChannelSetup } from '../../core/workspace.ts'
import { link, unlink } from '../bridge/account.ts'
import { goBack } from '../bridge/back.ts'
import { secureHeaders } from '../headers.ts'
import { languageOf } from '../problem.ts'
import type { Rooms } from '../rooms.ts'
import { createEvents } from './events.ts'
import { giveFile, openFileDoor } from './files.ts'
import { createFollower } from './follow.ts'
import { eraseHistory, giveHistory } from './history.ts'
import { createLimits } from './limits.ts'
import { listMessages, takeMessage, takeReceipts } from './messages.ts'
import { createNewcomers } from './newcomers.ts'
import { chatIcon, chatLogo, chatManifest, chatPage, chatWorker } from './page.ts'
import { giveSource } from './sources.ts'
import { start } from './start.ts'

export type Chat = {
  /** Something may have happened: looks at once. */
  wake(): void
  close(): void
  readonly pages: () => number
}

/** `named`: what the last part of the path names; empty where it names nothing. */
type Answer = (rooms: Rooms, setup: ChannelSetup, request: Request, language: Language, named: string) => Response | Promise<Response>

export const addChat = (app: Hono, rooms: Rooms): Chat => {
  const limits = createLimits()
  const doors = { limits, newcomers: createNewcomers() }
  const takeFile = openFileDoor()
  const follower = createFollower(rooms.reading, rooms.clock, rooms.log)
  const events = createEvents(rooms, follower)
  const setups = new Map<string, ChannelSetup>(rooms.workspace.channels.filter(({ chat }) => chat).map((setup) => [setup.id, setup]))

  const said = (context: Context): Language => {
    const asked = context.req.query('language')
    return asked === 'fr' || asked === 'en' ? asked : languageOf(context.req.header('accept-language'), rooms.workspace.locale)
  }
  const on = (method: 'get' | 'post' | 'delete', path: string, answer: Answer) =>
    app[method](`/chat/:channel${path}`, async (context: Context) => {
      const setup = setups.get(context.req.param('channel') ?? '')
      if (!setup) throw new RelaisError('not-found', context.req.path)
      return answer(rooms, setup, context.req.raw, said(context), context.req.param('named') ?? '')
    })

  app.use('/chat/*', async (context, next) => {
    await next()
    secureHeaders(context.res, rooms.secure)
    if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store')
  })
  // The built page has no channel of its own.
  app.get('/chat', () => {
    throw new RelaisError('not-found', '/chat')
  })
  on('get', '', chatPage)
  on('get', '/worker.js', chatWorker)
  on('get', '/manifest.webmanifest', chatManifest)
  on('get', '/logo', chatLogo)
  on('get', '/icon.png', chatIcon)
  on('get', '/start', start)
  on('get', '/messages', (_, { id }, request) => listMessages(rooms, id, request))
  on('post', '/messages', (_, { id }, request, language) => takeMessage(rooms, doors, id, request, language))
  on('post', '/back', (_, setup, request, language) => goBack(rooms, limits, setup, request, language))
  on('post', '/account', (_, setup, request, language) => link(rooms, limits, setup, request, language))
  on('delete', '/account', (_, setup, request, language) => unlink(rooms, setup, request, language))
  on('post', '/receipts', (_, { id }, request) => takeReceipts(rooms, limits, id, request))
  on('post', '/files', (_, { id }, request, language) => takeFile(rooms, doors, id, request, language))
  on('get', '/files/:named', (_, { id }, request, __, named) => giveFile(rooms, id, request, named))
  on('get', '/sources/:named', (_, { id }, request, __, named) => giveSource(rooms, id, request, named))
  on('get', '/history', (_, { id }, request) => giveHistory(rooms, id, request))
  on('delete', '/history', (_, { id }, request) => eraseHistory(rooms, id, request))
  app.get('/chat/:channel/events', (context) => {
    const setup = setups.get(context.req.param('channel'))
    if (!setup) throw new RelaisError('not-found', context.req.path)
    return events.open(setup.id, context.req.raw, context.env)
  })

  return {
    wake: follower.wake,
    close: () => {
      events.close()
      follower.close()
    },
    pages: events.pages,
  }
}
