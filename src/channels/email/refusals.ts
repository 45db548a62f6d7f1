/**
 * What a mail server's no means: reply codes (RFC 5321 §4.2) and enhanced status codes (RFC 3463, registry of IANA:
 * https://www.iana.org/assignments/smtp-enhanced-status-codes, read 2026-11-22). 4 passes by itself, 5 does not.
 */
import type { Refusal, RefusalClass } from '../../core/outcome.ts'
import { tameLine } from './wire.ts'

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc3463'
const MINUTE = 60_000

type Entry = Pick<Refusal, 'class' | 'afterMs' | 'alerts'> & { readonly fr: string; readonly en: string }
const entry = (refusalClass: RefusalClass, fr: string, en: string, more: Pick<Refusal, 'afterMs' | 'alerts'> = {}): Entry => ({
  class: refusalClass,
  fr,
  en,
  ...more,
})

const NOBODY = entry(
  'never',
  'Cette adresse n’existe pas ou ne reçoit plus : demandez-en une autre à la personne.',
  'This address does not exist or takes no more mail: ask the person for another.',
)
const POLICY = entry(
  'fix',
  'Le serveur refuse les mails de votre domaine : vérifiez SPF, DKIM et DMARC, et la réputation de l’expéditeur.',
  'The server refuses mails of your domain: check SPF, DKIM and DMARC, and the sender’s reputation.',
  { alerts: true },
)
const SENDER = entry(
  'fix',
  'Le serveur d’envoi n’accepte pas cette adresse d’expéditeur : vérifiez `address` et les droits du compte.',
  'The outgoing server does not accept this sender’s address: check `address` and what the account may do.',
  { alerts: true },
)
const LARGE = entry(
  'fix',
  'Le message est trop lourd pour ce serveur : envoyez un lien au lieu du fichier.',
  'The message is too large for this server: send a link instead of the file.',
)
const CONTENT = entry(
  'fix',
  'Le serveur refuse ce contenu : reformulez le message ou retirez le fichier.',
  'The server refuses this content: word the message differently or remove the file.',
)
const FULL = entry(
  'retry',
  'La boîte de cette personne est pleine : rien à faire, l’envoi est retenté.',
  'This person’s mailbox is full: nothing to do, the send is tried again.',
  { afterMs: 30 * MINUTE },
)
const CREDENTIALS = entry(
  'credentials',
  'Le serveur d’envoi refuse l’identifiant ou le mot de passe : créez un mot de passe d’application, puis mettez `password` à jour.',
  'The outgoing server refuses the user or the password: make an app password, then update `password`.',
)
const PASSING = entry(
  'retry',
  'Le serveur remet à plus tard : rien à faire, l’envoi est retenté.',
  'The server puts it off: nothing to do, the send is tried again.',
  { afterMs: MINUTE },
)
const SLOWLY = entry(
  'throttled',
  'Trop de mails à la suite pour ce serveur : l’envoi ralentit de lui-même ; baissez `throughput` si cela dure.',
  'Too many mails in a row for this server: sending slows down by itself; lower `throughput` if it goes on.',
  { afterMs: MINUTE },
)
const REFUSED = entry('fix', 'Le serveur a refusé le message : lisez le détail.', 'The server has refused the message: read the detail.')

/** By enhanced code, the most exact first; `x` is any number. */
const ENTRIES: readonly (readonly [RegExp, Entry])[] = [
  [/^5\.1\.[78]$/, SENDER],
  [/^5\.1\.|^5\.2\.1$|^5\.4\.[14]$|^5\.2\.0$/, NOBODY],
  [/^[45]\.2\.2$/, FULL],
  [/^[45]\.[23]\.[34]$/, LARGE],
  [/^5\.6\./, CONTENT],
  [/^5\.7\.(?:8|57|139)$/, CREDENTIALS],
  [/^5\.7\./, POLICY],
  [/^4\.7\.|^4\.3\.2$/, SLOWLY],
  [/^4\./, PASSING],
]
/** Where the server gives no enhanced code: by what it answered to. RFC 5321 §4.2.3 */
const PLAIN: Readonly<Record<string, Entry>> = {
  530: CREDENTIALS,
  534: CREDENTIALS,
  535: CREDENTIALS,
  538: CREDENTIALS,
  550: NOBODY,
  551: NOBODY,
  552: LARGE,
  553: NOBODY,
}

/** Where the server said no. */
export type Step = 'greeting' | 'login' | 'sender' | 'recipient' | 'content' | 'report'

const entryOf = (step: Step, enhanced: string, reply: string): Entry => {
  const passes = (enhanced || reply).startsWith('4')
  if (step === 'login') return passes ? PASSING : CREDENTIALS
  const found = ENTRIES.find(([pattern]) => pattern.test(enhanced))?.[1]
  if (found) return found
  if (passes) return PASSING
  if (step === 'recipient' || step === 'report') return PLAIN[reply] ?? NOBODY
  const plain = PLAIN[reply]
  return plain === undefined || plain === NOBODY ? (step === 'sender' ? SENDER : REFUSED) : plain
}

/** The server's words without addresses, links and long numbers. */
const withoutPeople = (text: string): string =>
  text
    .replace(/\S+@\S+/g, '…')
    .replace(/https?:\S+/g, '…')
    .replace(/\d{6,}/g, '…')
    .slice(0, 300)

const LONGEST_REASON = 1_000

/** `reason`: a reply of a server, or the diagnosis in a report; `status`: its enhanced code, where that is told apart. */
export const refusalOf = (step: Step, status: string, reason: string): Refusal => {
  const told = tameLine(reason, LONGEST_REASON) ?? ''
  const reply = /\b([245]\d\d)\b/.exec(told)?.[1] ?? ''
  const enhanced = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(status)?.[0] ?? /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(told)?.[0] ?? ''
  const { class: refusalClass, fr, en, ...more } = entryOf(step, enhanced, reply)
  return {
    class: refusalClass,
    code: enhanced || reply || 'none',
    detail: withoutPeople(told),
    remedy: { fr, en },
    source: SOURCE,
    ...more,
  }
}

/** A refusal of a made-up code of ours, for what never reaches a server. */
export const refuse = (code: string, refusalClass: RefusalClass, fr: string, en: string, detail = ''): Refusal => ({
  class: refusalClass,
  code,
  detail,
  remedy: { fr, en },
})
