/**
 * Twilio's error codes -> what the relay does, and what a person does about it. The same codes come as the answer to a send and, later, with
 * a `failed` or `undelivered` status. https://www.twilio.com/docs/api/errors (read 2026-11-22); the class is our judgement.
 */
import type { Refusal, RefusalClass } from '../../core/outcome.ts'
import { SMS_REMEDIES } from '../../core/sms.ts'

type Entry = {
  readonly class: RefusalClass
  readonly fr: string
  readonly en: string
  readonly afterMs?: number
  readonly optedOut?: boolean
  readonly alerts?: boolean
}
const SECOND = 1000
const HOUR = 3600 * SECOND

const ACCOUNT = {
  fr: 'Le compte Twilio est suspendu ou fermé : voyez la console de Twilio et son assistance.',
  en: 'The Twilio account is suspended or closed: see Twilio’s console and its support.',
}
const SENDER = {
  fr: 'Cet expéditeur ne peut pas envoyer de SMS : vérifiez from, ou le Messaging Service, dans la console de Twilio.',
  en: 'This sender cannot send SMS: check from, or the Messaging Service, in the console of Twilio.',
}
const REGISTER = {
  fr: 'Cet expéditeur n’est pas enregistré auprès des opérateurs : enregistrez-le dans la console de Twilio.',
  en: 'This sender is not registered with the carriers: register it in the console of Twilio.',
}
const FAST = {
  fr: 'Les envois dépassent ce que Twilio accorde : ils ralentissent d’eux-mêmes ; si cela dure, baissez throughput.',
  en: 'Sending is faster than Twilio grants: it slows down by itself; if it lasts, lower throughput.',
}
const REPORT = {
  fr: 'Requête refusée telle quelle : relevez le code et signalez-le aux développeurs de Relais.',
  en: 'The request was refused as it is: note the code and report it to Relais’s developers.',
}
const LOGIN = {
  fr: 'accountSid ou authToken est faux, ou le jeton a été remplacé : reprenez-les dans la console de Twilio.',
  en: 'accountSid or authToken is wrong, or the token was replaced: take them from the console of Twilio.',
}

const ENTRIES: Readonly<Record<string, Entry>> = {
  20003: { class: 'credentials', ...LOGIN },
  20404: { class: 'credentials', ...LOGIN },
  20005: { class: 'stop-channel', ...ACCOUNT },
  20403: { class: 'stop-channel', ...ACCOUNT },
  30002: { class: 'stop-channel', ...ACCOUNT },
  20429: { class: 'throttled', afterMs: SECOND, ...FAST },
  14107: { class: 'throttled', afterMs: SECOND, ...FAST },
  21611: { class: 'throttled', afterMs: 60 * SECOND, ...FAST },
  30001: { class: 'throttled', afterMs: 60 * SECOND, ...FAST },
  30022: { class: 'throttled', afterMs: 60 * SECOND, ...FAST },
  63038: {
    class: 'later',
    afterMs: HOUR,
    alerts: true,
    fr: 'Le compte a atteint son nombre de messages du jour : demandez à Twilio de le relever.',
    en: 'The account has reached its number of messages for the day: ask Twilio to raise it.',
  },
  30023: {
    class: 'later',
    afterMs: HOUR,
    alerts: true,
    fr: 'Le quota du jour auprès d’un opérateur est atteint : la suite part le lendemain.',
    en: 'The daily quota with a carrier is used up: the rest leaves the day after.',
  },
  30017: {
    class: 'retry',
    fr: 'Le réseau d’un opérateur est encombré : l’envoi est retenté.',
    en: 'A carrier’s network is congested: the send is tried again.',
  },
  21730: {
    class: 'retry',
    afterMs: 300 * SECOND,
    fr: 'Twilio est en maintenance : l’envoi est retenté.',
    en: 'Twilio is under maintenance: the send is tried again.',
  },
  21610: {
    class: 'never',
    optedOut: true,
    fr: 'Cette personne a répondu STOP à ce numéro : Twilio n’y envoie plus rien. Écrivez par un autre canal.',
    en: 'This person answered STOP to this number: Twilio sends nothing more there. Write on another channel.',
  },
  21211: { class: 'never', ...SMS_REMEDIES.number },
  21214: { class: 'never', ...SMS_REMEDIES.number },
  21265: { class: 'never', ...SMS_REMEDIES.number },
  21614: { class: 'never', ...SMS_REMEDIES.number },
  30005: { class: 'never', ...SMS_REMEDIES.number },
  30006: { class: 'never', ...SMS_REMEDIES.number },
  21612: {
    class: 'never',
    alerts: true,
    fr: 'Aucune route de cet expéditeur vers ce numéro : choisissez un expéditeur permis dans ce pays.',
    en: 'There is no route from this sender to this number: choose a sender that the country permits.',
  },
  30003: { class: 'never', ...SMS_REMEDIES.undelivered },
  30008: { class: 'never', ...SMS_REMEDIES.undelivered },
  30036: { class: 'never', ...SMS_REMEDIES.undelivered },
  30004: {
    class: 'never',
    fr: 'Cette personne, ou son opérateur, bloque ces SMS : écrivez par un autre canal.',
    en: 'This person or their carrier blocks these SMS: write on another channel.',
  },
  30007: {
    class: 'fix',
    alerts: true,
    fr: 'Un opérateur a filtré ce SMS comme indésirable : revoyez le texte, ses liens et l’enregistrement de l’expéditeur.',
    en: 'A carrier filtered this SMS as unwanted: look over its text, its links and the sender’s registration.',
  },
  21408: {
    class: 'fix',
    alerts: true,
    fr: 'Les SMS vers ce pays ne sont pas permis au compte : ouvrez-le dans Messaging > Geo permissions.',
    en: 'The account may not send SMS to this country: open it in Messaging > Geo permissions.',
  },
  21608: {
    class: 'fix',
    alerts: true,
    fr: 'Un compte d’essai n’écrit qu’aux numéros vérifiés : passez à un compte payant.',
    en: 'A trial account writes to verified numbers only: upgrade the account.',
  },
  21609: {
    class: 'fix',
    alerts: true,
    fr: 'Twilio ne peut pas appeler l’adresse publique : donnez dans PUBLIC_URL une adresse https visible d’Internet.',
    en: 'Twilio cannot call the public address: set PUBLIC_URL to an https address that the internet sees.',
  },
  30010: {
    class: 'fix',
    alerts: true,
    fr: 'Ce message coûte plus que le prix maximal fixé : relevez-le, ou raccourcissez le texte.',
    en: 'This message costs more than the price limit that was set: raise it, or shorten the text.',
  },
  21602: { class: 'fix', ...REPORT },
  21604: { class: 'fix', ...REPORT },
  21617: { class: 'fix', ...REPORT },
  21212: { class: 'stop-channel', ...SENDER },
  21603: { class: 'stop-channel', ...SENDER },
  21606: { class: 'stop-channel', ...SENDER },
  21659: { class: 'stop-channel', ...SENDER },
  21660: { class: 'stop-channel', ...SENDER },
  21703: { class: 'stop-channel', ...SENDER },
  21705: { class: 'stop-channel', ...SENDER },
  30024: { class: 'stop-channel', ...REGISTER },
  30032: { class: 'stop-channel', ...REGISTER },
  30034: { class: 'stop-channel', ...REGISTER },
}

export const CODES: readonly string[] = Object.keys(ENTRIES)

export const sourceOf = (code: string): string => `https://www.twilio.com/docs/api/errors/${code}`

export const refusalOf = (code: string): Refusal => {
  const known = Object.hasOwn(ENTRIES, code) ? ENTRIES[code] : undefined
  const { fr, en, ...entry } = known ?? { class: 'fix' as const, ...REPORT }
  return { ...entry, code, detail: '', remedy: { fr, en }, source: /^\d+$/.test(code) ? sourceOf(code) : undefined }
}

export const unreachable = (cause: string): Refusal => ({
  class: 'retry',
  code: cause,
  detail: '',
  remedy: {
    fr: 'L’API de Twilio est injoignable : vérifiez le réseau, le DNS et apiUrl ; l’envoi est retenté.',
    en: 'Twilio’s API cannot be reached: check the network, DNS and apiUrl; the send is tried again.',
  },
})
