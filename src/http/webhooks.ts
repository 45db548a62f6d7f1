/** `/webhooks/<channel id>`, with or without a seal behind it: what providers call, by POST, or by GET where a channel has no handshake. The hottest path of the house: read, check, make durable, answer; nothing else. */
import type { Context, Hono } from 'hono'
import { RelaisError } from '../core/errors.ts'
import { asId, type ChannelId } from '../core/ids.ts'
import { readBody } from './body.ts'
import { languageOf, problemOf } from './problem.ts'
import type { Rooms } from './rooms.ts'

const TAKEN: readonly string[] = ['GET', 'HEAD', 'POST']
const NO_BODY = new Uint8Array()

export const addWebhooks = (app: Hono, rooms: Rooms): void => {
  const { webhooks, intake, log } = rooms

  const receive = async (channel: ChannelId, request: Request): Promise<Response> => {
    const open = webhooks.get(channel)
    if (!open) throw new RelaisError('not-found', channel)
    if (!TAKEN.includes(request.method)) throw new RelaisError('method-not-allowed', TAKEN.join(', '))
    if (request.method !== 'POST' && open.handshake) return open.handshake(request)
    // Nothing is told by HEAD.
    if (request.method === 'HEAD') throw new RelaisError('method-not-allowed', 'GET, POST')
    const { events, reply } = await open.receive(request, request.method === 'GET' ? NO_BODY : await readBody(request))
    // The provider repeats what got no 200: its answer waits until the events cannot be lost any more.
    if (events.length > 0) await intake.submit(channel, events)
    if (reply.status === 401) throw new RelaisError('bad-signature', channel)
    if (reply.status === 400) throw new RelaisError('bad-json', channel)
    return reply
  }

  const answer = async (context: Context) => {
    const channel = asId<ChannelId>(context.req.param('channel') ?? '')
    try {
      return await receive(channel, context.req.raw)
    } catch (error) {
      if (!(error instanceof RelaisError)) log.error('webhook.failed', { channel, error: error instanceof Error ? error.name : 'unknown' })
      else if (error.status >= 500) log.error('webhook.refused', { channel, code: error.code })
      return problemOf(error, languageOf(context.req.header('accept-language'), rooms.workspace.locale))
    }
  }
  app.all('/webhooks/:channel', answer)
  app.all('/webhooks/:channel/:seal', answer)
}
