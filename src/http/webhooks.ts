/** `/webhooks/<channel id>`: what providers call. The hottest path of the house: read, check, make durable, answer; nothing else. */
import type { Context, Hono } from 'hono'
import { RelaisError } from '../core/errors.ts'
import { asId, type ChannelId } from '../core/ids.ts'
import { readBody } from './body.ts'
import { languageOf, problemOf } from './problem.ts'
import type { Rooms } from './rooms.ts'

const TAKEN = 'GET, HEAD, POST'

export const addWebhooks = (app: Hono, rooms: Rooms): void => {
  const { webhooks, intake, log } = rooms

  const receive = async (channel: ChannelId, request: Request): Promise<Response> => {
    const open = webhooks.get(channel)
    if (!open) throw new RelaisError('not-found', channel)
    if (request.method !== 'POST') {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw new RelaisError('method-not-allowed', TAKEN)
      if (!open.handshake) throw new RelaisError('method-not-allowed', 'POST')
      return open.handshake(request)
    }
    const { events, reply } = await open.receive(request, await readBody(request))
    // The provider repeats what got no 200: its answer waits until the events cannot be lost any more.
    if (events.length > 0) await intake.submit(channel, events)
    if (reply.status === 401) throw new RelaisError('bad-signature', channel)
    if (reply.status === 400) throw new RelaisError('bad-json', channel)
    return reply
  }

  app.all('/webhooks/:channel', async (context: Context) => {
    const channel = asId<ChannelId>(context.req.param('channel') ?? '')
    try {
      return await receive(channel, context.req.raw)
    } catch (error) {
      if (!(error instanceof RelaisError)) log.error('webhook.failed', { channel, error: error instanceof Error ? error.name : 'unknown' })
      else if (error.status >= 500) log.error('webhook.refused', { channel, code: error.code })
      return problemOf(error, languageOf(context.req.header('accept-language'), rooms.workspace.locale))
    }
  })
}
