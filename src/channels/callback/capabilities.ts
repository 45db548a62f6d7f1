/** What a call centre can take: a request in words, on a telephone number. People carry it out, so nothing here is a provider's number. */
import { type Capabilities, WITHOUT_CHOICES } from '../../core/capability.ts'

export const capabilities: Capabilities = {
  identities: ['sms', 'whatsapp'],
  calls: true,
  text: 2_000,
  ...WITHOUT_CHOICES,
  link: null,
  media: {},
  templates: false,
  standing: false,
  reactions: false,
  // Told by whoever closes the request: delivered is reached.
  receipts: 'delivered',
  typing: false,
  echoesAttempt: true,
  idempotent: true,
  windowHours: null,
  rates: { perSecond: 100, pair: null },
}
