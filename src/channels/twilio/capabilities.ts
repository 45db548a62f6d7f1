/** What Twilio's SMS can do outside North America. https://www.twilio.com/docs/messaging/api/message-resource (read 2026-11-22) */
import type { Capabilities } from '../../core/capability.ts'
import { SMS_CAPABILITIES } from '../../core/sms.ts'

// A message takes 1,600 characters.
export const capabilities: Capabilities = {
  ...SMS_CAPABILITIES,
  echoesAttempt: true,
}
