/** Call-backs: the business's own call centre as a channel. Nothing leaves the house; a person dials. Set-up for operators: README.md. */
import type { Channel, OpenChannel } from '../../core/channel.ts'
import { asId, type VendorId } from '../../core/ids.ts'
import { capabilities } from './capabilities.ts'
import { type CallbackConfig, config } from './config.ts'

export const callback = {
  kind: 'callback',
  medium: 'voice',
  config,
  capabilities,
  callsOf: ({ tries, pauseMinutes }) => ({ tries, pauseMs: pauseMinutes * 60_000 }),
  open: (): OpenChannel => ({
    // Nobody calls this channel from outside: what became of a request is told by people, in the API.
    receive: async () => ({ events: [], reply: new Response(null, { status: 404 }) }),
    // The request stands in the queue since the turn that asked for it; from here on people may take it. Said twice, it is the same.
    send: async ({ attempt }) => ({ type: 'accepted', vendorId: asId<VendorId>(`call:${attempt}`) }),
  }),
} satisfies Channel<CallbackConfig>
