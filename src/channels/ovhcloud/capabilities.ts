/** What OVHcloud's SMS can do. https://help.ovhcloud.com/csm/en-ie-sms-faq?id=kb_article_view&sysparm_article=KB0075339 (read 2026-11-22) */
import type { Capabilities } from '../../core/capability.ts'
import { SMS_CAPABILITIES } from '../../core/sms.ts'

export const capabilities: Capabilities = {
  ...SMS_CAPABILITIES,
  // The tag of a send comes back with the customer's answer, not with a receipt.
  echoesAttempt: false,
}
