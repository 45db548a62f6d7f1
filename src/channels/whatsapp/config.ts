/** A WhatsApp number's settings: one Zod schema validates them, documents them and draws the form. */
import { z } from 'zod'
import { asks } from '../../core/form.ts'
import type { Words } from '../../core/language.ts'
import { providerUrl } from '../../core/provider-url.ts'

const shaped = (pattern: RegExp, form: Words) =>
  z
    .string()
    .refine((text) => pattern.test(text), asks(form))
    .meta({ pattern: pattern.source })
const digits = () =>
  shaped(/^\d{5,20}$/, {
    fr: 'des chiffres seulement, comme le montre le tableau de bord de l’application',
    en: 'digits only, as the app dashboard shows it',
  })
const secret = () => z.string().min(1)

/** http is for a simulator on this machine; the token would travel in clear elsewhere. */
export const config = z.strictObject({
  phoneNumberId: digits().describe('Id of the phone number in the WhatsApp Business Account (not the number itself).'),
  businessAccountId: digits().describe('Id of the WhatsApp Business Account (WABA) that owns the number.'),
  number: shaped(/^\+[1-9]\d{6,14}$/, {
    fr: 'un numéro international comme +33612345678',
    en: 'an international number such as +33612345678',
  }).describe('The phone number itself, in international form (E.164).'),
  accessToken: secret()
    .describe('Permanent token of a system user with whatsapp_business_messaging and whatsapp_business_management.')
    .meta({ secret: true }),
  appSecret: secret()
    .describe('Secret of the Meta app that receives the webhooks; their signatures are checked with it.')
    .meta({ secret: true }),
  verifyToken: secret()
    .describe('A word of your own choice, given to Meta with the webhook address; the handshake repeats it.')
    .meta({ secret: true }),
  apiUrl: providerUrl('https://graph.facebook.com').describe('Where the Graph API lives; another address only for a simulator.'),
  apiVersion: shaped(/^v\d{1,3}\.\d$/, { fr: 'une version comme v26.0', en: 'a version such as v26.0' })
    .default('v26.0')
    .describe('Version of the Graph API; v26.0 is of 2026-07-29.'),
  throughput: z
    .int()
    .min(1)
    .max(100_000)
    .default(80)
    .describe('Messages a second this number is allowed: 80, 1000 once upgraded, 20 where the Business app shares it.'),
})

export type WhatsappConfig = z.output<typeof config>

/** True where the API is a simulator on this machine: only then may media come over http. */
export const isLocal = (apiUrl: string): boolean => apiUrl.startsWith('http://')
