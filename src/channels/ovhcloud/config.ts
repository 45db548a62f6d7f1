/** An OVHcloud SMS service's settings: one Zod schema validates them, documents them and draws the form. */
import { z } from 'zod'
import { readMobile } from '../../core/contact-address.ts'
import { asks } from '../../core/form.ts'
import { providerUrl } from '../../core/provider-url.ts'
import type { Situation } from '../../core/situation.ts'

const secret = () => z.string().min(1)

const NUMBER = /^\+[1-9]\d{6,14}$/
/** A virtual number, or a name of up to 11 letters and digits. https://www.ovhtelecom.fr/sms/api-sms.xml (read 2026-11-22) */
const SENDER = /^(?:\+[1-9]\d{6,14}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/

export const config = z.strictObject({
  serviceName: z
    .string()
    .refine((text) => /^sms-[a-z0-9]+-\d+$/i.test(text), asks({ fr: 'un nom comme sms-ab12345-1', en: 'a name such as sms-ab12345-1' }))
    .describe('Name of the SMS account, as the control panel shows it.'),
  applicationKey: secret().describe('Key of the application that was made for Relais.').meta({ secret: true }),
  applicationSecret: secret().describe('Secret of that application; requests are signed with it.').meta({ secret: true }),
  consumerKey: secret().describe('Key that lets this application act on the account: rights on /sms and below.').meta({ secret: true }),
  sender: z
    .string()
    .refine(
      (text) => SENDER.test(text),
      asks({
        fr: 'un numéro international, ou un nom de 11 caractères au plus',
        en: 'an international number, or a name of at most 11 characters',
      }),
    )
    .optional()
    .describe('A virtual number or a name that OVHcloud validated. Left out: a short code, which customers can answer.'),
  apiUrl: providerUrl('https://eu.api.ovh.com/1.0').describe('Where the API lives; another address only for a simulator.'),
  throughput: z.number().positive().max(1000).default(10).describe('Messages a second; OVHcloud publishes no rate.'),
})

export type OvhcloudConfig = z.output<typeof config>

/** What kind of number messages come from. */
export const senderOf = ({ sender }: OvhcloudConfig): Situation['channel']['sender'] => {
  if (sender === undefined) return 'shortcode'
  if (!NUMBER.test(sender)) return 'alphanumeric'
  return readMobile(sender, '') === null ? 'landline' : 'mobile'
}
