/** What OVHcloud's SMS can do. https://help.ovhcloud.com/csm/en-ie-sms-faq?id=kb_article_view&sysparm_article=KB0075339 (read 2026-11-22) */
import type { Capabilities } from '../../core/capability.ts'
import { partsOf, plainTypography } from '../../core/sms.ts'

export const capabilities: Capabilities = {
  identities: ['sms'],
  // Ten parts of plain text.
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
  // The tag of a send comes back with the customer's answer, not with a receipt.
  echoesAttempt: false,
  idempotent: false,
  windowHours: null,
  rates: { perSecond: 10, pair: null },
}
