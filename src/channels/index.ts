/** Every connector, one line each. */
import type { Channel } from '../core/channel.ts'
import { callback } from './callback/index.ts'
import { email } from './email/index.ts'
import { ovhcloud } from './ovhcloud/index.ts'
import { twilio } from './twilio/index.ts'
import { web } from './web/index.ts'
import { whatsapp } from './whatsapp/index.ts'

export const channels: readonly Channel[] = [callback, email, ovhcloud, twilio, web, whatsapp]

export const channelOf = (kind: string): Channel | undefined => channels.find((channel) => channel.kind === kind)

/** What rules, prices and consents call a channel of this kind. */
export const mediumOfKind = (kind: string): string => channelOf(kind)?.medium ?? kind
