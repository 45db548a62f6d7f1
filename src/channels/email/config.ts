/** A mailbox's settings: one Zod schema validates them, documents them and draws the form. */
import { z } from 'zod'
import { readEmail } from '../../core/contact-address.ts'
import { asks } from '../../core/form.ts'

const host = () =>
  z
    .string()
    .refine(
      (text) => /^[\w.-]+$|^\[[\da-f:]+\]$/i.test(text),
      asks({ fr: 'un nom de serveur comme smtp.example.fr', en: 'a server name such as smtp.example.fr' }),
    )
/** From the environment it comes as text. */
const port = () =>
  z
    .int()
    .or(
      z
        .string()
        .regex(/^\d{1,5}$/)
        .transform(Number),
    )
    .pipe(z.int().min(1).max(65_535))
const secret = () => z.string().min(1).meta({ secret: true })

export const config = z.strictObject({
  address: z
    .string()
    .refine((text) => readEmail(text) === text, asks({ fr: 'une adresse e-mail en minuscules', en: 'an e-mail address in small letters' }))
    .describe('The address customers write to and get their mails from.'),
  name: z.string().min(1).max(100).optional().describe('The name customers see before the address: the business’s own.'),
  smtpHost: host().describe('The server that takes outgoing mails (submission).'),
  smtpPort: port().default(587).describe('465 is TLS from the first byte; any other port must offer STARTTLS, except on this machine.'),
  imapHost: host().describe('The server that keeps incoming mails.'),
  imapPort: port().default(993).describe('993 is TLS from the first byte; any other port must offer STARTTLS, except on this machine.'),
  user: z.string().min(1).describe('Who logs in to both servers; often the address itself.'),
  password: secret().describe('The password, better an app password made for Relais alone.'),
  smtpUser: z.string().min(1).optional().describe('Who logs in to the outgoing server, where that is somebody else.'),
  smtpPassword: secret().optional().describe('The password of `smtpUser`.'),
  folders: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(10)
    .default(['INBOX'])
    .describe('Folders that are listened to, each with a connection of its own. Never the folder of sent mails, drafts or spam.'),
  plusAddressing: z
    .boolean()
    .default(true)
    .describe('The server delivers local+anything@domain to the mailbox: answers then prove which message they answer.'),
  deliveryReceipts: z.boolean().default(true).describe('Asks each server on the way to tell of delivery (DSN), where it can.'),
  connections: z.int().min(1).max(20).default(4).describe('Connections to the outgoing server at most, at once.'),
  throughput: z.int().min(1).max(1000).default(5).describe('Mails a second that the outgoing server takes from one account.'),
})

export type EmailConfig = z.output<typeof config>

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)
