/** The house's own page as a channel: visitors write at `/chat/<channel>`, and read there. Set-up for operators: README.md. */
import type { Channel, OpenChannel } from '../../core/channel.ts'
import { asId, type VendorId } from '../../core/ids.ts'
import { capabilities } from './capabilities.ts'
import { chatOf, config, type WebConfig } from './config.ts'
import { receive } from './inbound.ts'

export const web = {
  kind: 'web',
  config,
  capabilities,
  chatOf,
  open: (_config, tools): OpenChannel => ({
    receive: async (request, body) => receive(tools, request, body),
    // It lies in the store, and every open page of its visitor hears of it there. Said twice, it is the same.
    send: async ({ attempt }) => ({ type: 'accepted', vendorId: asId<VendorId>(attempt) }),
  }),
} satisfies Channel<WebConfig>
