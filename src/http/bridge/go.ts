/** `/go/<name>`: a short address of the business, for posters, cards and mails, leads to a channel. */
import type { Hono } from 'hono'
import { targetOf } from '../../core/entry.ts'
import { RelaisError } from '../../core/errors.ts'
import { secureHeaders } from '../headers.ts'
import { languageOf } from '../problem.ts'
import type { Rooms } from '../rooms.ts'

export const addEntryLinks = (app: Hono, rooms: Rooms): void => {
  app.get('/go/:name', (context) => {
    const { links = [], channels, locale } = rooms.workspace
    const link = links.find(({ name }) => name === context.req.param('name'))
    const target = link && targetOf(link, channels, languageOf(context.req.header('accept-language'), locale), '..')
    if (!target) throw new RelaisError('not-found', context.req.path)
    const response = new Response(null, {
      status: 302,
      headers: { location: target, 'cache-control': 'no-store', vary: 'accept-language' },
    })
    secureHeaders(response, rooms.secure)
    return response
  })
}
