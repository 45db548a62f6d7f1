/** WhatsApp through Meta's Cloud API: a table of contents. Set-up for operators: README.md. */
import type { Abilities, Channel, OpenChannel, Received } from '../../core/channel.ts'
import { capabilities } from './capabilities.ts'
import { examine } from './checkup.ts'
import { config, type WhatsappConfig } from './config.ts'
import type { Line } from './graph.ts'
import { readWebhook } from './inbound.ts'
import { fetchMedia, uploadMedia } from './media.ts'
import { markRead, sendMessage } from './outbound.ts'
import { probe } from './probe.ts'
import { readStanding } from './standing.ts'
import { listTemplates } from './templates.ts'
import { answerHandshake, verifySignature } from './verify.ts'
import { parseJson } from './wire.ts'

const receive = ({ config, tools }: Line, request: Request, body: Uint8Array): Received => {
  if (!verifySignature(request.headers.get('x-hub-signature-256'), body, config.appSecret)) {
    tools.log.warn('webhook.signature-refused', { channel: tools.channel, bytes: body.length })
    return { events: [], reply: new Response(null, { status: 401 }) }
  }
  const payload = parseJson(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'))
  if (payload === undefined) return { events: [], reply: new Response(null, { status: 400 }) }
  return { events: readWebhook(payload, config, tools.now()), reply: new Response(null, { status: 200 }) }
}

export const whatsapp = {
  kind: 'whatsapp',
  config,
  capabilities,
  // Digits alone, and the text as a parameter: https://mssg.to/blog/wa-me-link-format (read 2026-11-22)
  entryOf: ({ number }) => ({ url: `https://wa.me/${number.slice(1)}`, text: 'text' }),
  open: (config, tools): OpenChannel & Required<Omit<Abilities, 'listen'>> => {
    const line: Line = { config, tools }
    return {
      receive: async (request, body) => receive(line, request, body),
      send: (message, signal) => sendMessage(line, message, signal),
      handshake: async (request) => answerHandshake(request, config.verifyToken),
      markRead: (message, typing, signal) => markRead(line, message, typing, signal),
      fetchMedia: (media, signal) => fetchMedia(line, media, signal),
      uploadMedia: (file, mime, filename, signal) => uploadMedia(line, file, mime, filename, signal),
      listTemplates: (signal) => listTemplates(line, signal),
      readStanding: (signal) => readStanding(line, signal),
      probe: (signal) => probe(line, signal),
      examine: (publicUrl, signal) => examine(line, publicUrl, signal),
    }
  },
} satisfies Channel<WhatsappConfig>
