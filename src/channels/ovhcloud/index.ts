/** SMS by OVHcloud: a table of contents. Set-up for operators: README.md. */
import type { Channel, Checkup, OpenChannel, Probing, Received } from '../../core/channel.ts'
import { readForm } from '../../core/foreign-form.ts'
import { capabilities } from './capabilities.ts'
import { examine } from './checkup.ts'
import { config, type OvhcloudConfig, senderOf } from './config.ts'
import { readCall } from './inbound.ts'
import { type Line, sendMessage } from './outbound.ts'
import { probe } from './probe.ts'
import { doorOf } from './verify.ts'

const receive = ({ config, tools }: Line, request: Request, body: Uint8Array): Received => {
  const door = doorOf(request, tools)
  if (door === undefined) {
    tools.log.warn('webhook.seal-refused', { channel: tools.channel, bytes: body.length })
    return { events: [], reply: new Response(null, { status: 401 }) }
  }
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  // Some calls carry their words in the address, some in the body, and nothing says which: both are read.
  const form = new Map([...readForm(new URL(request.url).searchParams), ...readForm(text)])
  return { events: readCall(door, form, tools.now(), config.sender), reply: new Response('ok') }
}

export const ovhcloud = {
  kind: 'ovhcloud',
  medium: 'sms',
  config,
  capabilities,
  senderOf,
  open: (config, tools): OpenChannel & Probing & Checkup => {
    const line: Line = { config, tools }
    return {
      receive: async (request, body) => receive(line, request, body),
      send: (message, signal) => sendMessage(line, message, signal),
      probe: (signal) => probe(line, signal),
      examine: (publicUrl, signal) => examine(line, publicUrl, signal),
    }
  },
} satisfies Channel<OvhcloudConfig>
