/** SMS by Twilio's Programmable Messaging: a table of contents. Set-up for operators: README.md. */
import type { Channel, Checkup, OpenChannel, Probing, Received } from '../../core/channel.ts'
import { readForm } from '../../core/foreign-form.ts'
import { capabilities } from './capabilities.ts'
import { examine } from './checkup.ts'
import { config, senderOf, type TwilioConfig } from './config.ts'
import { readCall } from './inbound.ts'
import { type Line, sendMessage } from './outbound.ts'
import { probe } from './probe.ts'
import { calledUrl, verifySignature } from './verify.ts'

/** Says that nothing is to be answered from here. https://www.twilio.com/docs/messaging/twiml (read 2026-11-22) */
const NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

const receive = (line: Line, request: Request, body: Uint8Array): Received => {
  const { config, tools } = line
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  if (!verifySignature(request.headers.get('x-twilio-signature'), calledUrl(request, tools.webhookUrl), text, config.authToken)) {
    tools.log.warn('webhook.signature-refused', { channel: tools.channel, bytes: body.length })
    return { events: [], reply: new Response(null, { status: 401 }) }
  }
  const query = readForm(new URL(request.url).searchParams)
  // A number may be set to call by GET: then all stands in the address.
  const events = readCall(line, request.method === 'POST' ? readForm(text) : query, query)
  return { events, reply: new Response(NOTHING_TO_SAY, { headers: { 'content-type': 'text/xml; charset=utf-8' } }) }
}

export const twilio = {
  kind: 'twilio',
  medium: 'sms',
  config,
  capabilities,
  senderOf,
  entryOf: ({ from }) => (from !== undefined && /^\+?\d+$/.test(from) ? { url: `sms:${from}`, text: 'body' } : null),
  open: (config, tools): OpenChannel & Probing & Checkup => {
    const line: Line = { config, tools }
    return {
      receive: async (request, body) => receive(line, request, body),
      send: (message, signal) => sendMessage(line, message, signal),
      probe: (signal) => probe(line, signal),
      examine: (publicUrl, signal) => examine(line, publicUrl, signal),
    }
  },
} satisfies Channel<TwilioConfig>
