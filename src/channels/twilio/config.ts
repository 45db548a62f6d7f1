/** A sender's settings at Twilio: one Zod schema validates them, documents them and draws the form. */
import { z } from 'zod'
import { readMobile } from '../../core/contact-address.ts'
import { asks } from '../../core/form.ts'
import { providerUrl } from '../../core/provider-url.ts'
import type { Situation } from '../../core/situation.ts'

const shaped = (pattern: RegExp, fr: string, en: string) =>
  z
    .string()
    .refine((text) => pattern.test(text), asks({ fr, en }))
    .meta({ pattern: pattern.source })

/** A number, a short code, or a name of up to 11 letters and digits. https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id (read 2026-11-22) */
const NUMBER = /^\+[1-9]\d{6,14}$/
const SHORT = /^\d{3,8}$/
const FROM = /^(?:\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/

export const config = z
  .strictObject({
    accountSid: shaped(/^AC[0-9a-f]{32}$/, 'AC suivi de 32 chiffres hexadécimaux', 'AC and 32 hexadecimal digits').describe(
      'Id of the Twilio account.',
    ),
    authToken: z
      .string()
      .min(1)
      .describe('The account’s auth token: sends with it, and checks the signatures of its calls.')
      .meta({ secret: true }),
    from: shaped(
      FROM,
      'un numéro international, un numéro court, ou un nom de 11 caractères au plus',
      'an international number, a short code, or a name of at most 11 characters',
    )
      .optional()
      .describe('What messages come from: a number (E.164), a short code, or a name. Leave it out where a Messaging Service chooses.'),
    messagingServiceSid: shaped(/^MG[0-9a-f]{32}$/, 'MG suivi de 32 chiffres hexadécimaux', 'MG and 32 hexadecimal digits')
      .optional()
      .describe('Id of a Messaging Service that chooses what messages come from, in the place of `from`.'),
    apiUrl: providerUrl('https://api.twilio.com').describe('Where the API lives; another address only for a simulator.'),
    throughput: z
      .number()
      .positive()
      .max(1000)
      .default(10)
      .describe('Messages a second this sender is allowed: 10 for a long code or a name outside North America, 100 for a short code.'),
  })
  .refine(
    ({ from, messagingServiceSid }) => (from === undefined) !== (messagingServiceSid === undefined),
    asks({ fr: 'soit from, soit messagingServiceSid', en: 'either from or messagingServiceSid' }),
  )

export type TwilioConfig = z.output<typeof config>

/** What kind of number messages come from; a Messaging Service may take any. */
export const senderOf = ({ from }: TwilioConfig): Situation['channel']['sender'] => {
  if (from === undefined) return 'unknown'
  if (SHORT.test(from)) return 'shortcode'
  if (!NUMBER.test(from)) return 'alphanumeric'
  return readMobile(from, '') === null ? 'landline' : 'mobile'
}
