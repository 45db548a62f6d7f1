/** What Twilio's SMS can do outside North America. https://www.twilio.com/docs/messaging/api/message-resource (read 2026-11-22) */
import type { Capabilities } from '../../core/capability.ts'
import { partsOf, plainTypography } from '../../core/sms.ts'

export const capabilities: Capabilities = {
  identities: ['sms'],
  // A message takes 1,600 characters; ten parts of plain text are 1,530.
  text: 1530,
  buttons: { count: 0, label: 0, body: 0 },
  list: { rows: 0, label: 0, description: 0, button: 0, body: 0 },
  link: null,
  media: {},
  templates: false,
  standing: false,
  probes: true,
  reactions: false,
  parts: (text) => partsOf(plainTypography(text)),
  receipts: 'delivered',
  typing: false,
  echoesAttempt: true,
  idempotent: false,
  windowHours: null,
  rates: { perSecond: 10, pair: null },
}
