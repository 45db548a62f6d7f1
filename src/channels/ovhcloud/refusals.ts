/**
 * What OVHcloud says no with -> what the relay does, and what a person does about it. The API names its refusals by a word (`errorCode`), by a
 * class, or only in a sentence; a message that was taken fares by a code (PTT) that is told later.
 * https://help.ovhcloud.com/csm/en-api-getting-started-ovhcloud-api?id=kb_article_view&sysparm_article=KB0042777,
 * https://github.com/ovh/docs/issues/1496, https://help.ovhcloud.com/csm/fr-sms-users?id=kb_article_view&sysparm_article=KB0051417
 * (read 2026-11-22); the class is our judgement.
 */
import type { Refusal } from '../../core/outcome.ts'
import { SMS_REMEDIES } from '../../core/sms.ts'

const API = 'https://help.ovhcloud.com/csm/en-api-getting-started-ovhcloud-api?id=kb_article_view&sysparm_article=KB0042777'
const STATUSES = 'https://help.ovhcloud.com/csm/fr-sms-users?id=kb_article_view&sysparm_article=KB0051417'

type Entry = Pick<Refusal, 'class' | 'afterMs' | 'optedOut' | 'alerts'> & { readonly fr: string; readonly en: string }

const KEYS = {
  fr: 'OVHcloud refuse les clés : vérifiez applicationKey, applicationSecret et consumerKey ; une clé expirée se recrée sur eu.api.ovh.com/createToken.',
  en: 'OVHcloud refuses the keys: check applicationKey, applicationSecret and consumerKey; one that expired is made anew at eu.api.ovh.com/createToken.',
}
const REPORT = {
  fr: 'Requête refusée telle quelle : relevez le code et signalez-le aux développeurs de Relais.',
  en: 'The request was refused as it is: note the code and report it to Relais’s developers.',
}

/** By `errorCode`, or by a word of ours for what the API says only in a sentence. */
const ANSWERS: Readonly<Record<string, Entry>> = {
  INVALID_CREDENTIAL: { class: 'credentials', ...KEYS },
  INVALID_KEY: { class: 'credentials', ...KEYS },
  INVALID_SIGNATURE: { class: 'credentials', ...KEYS },
  NOT_CREDENTIAL: { class: 'credentials', ...KEYS },
  NOT_GRANTED_CALL: {
    class: 'credentials',
    fr: 'La clé consumerKey n’a pas le droit d’envoyer : recréez-la avec POST /sms/*/jobs et GET /sms/*.',
    en: 'The key consumerKey may not send: make it anew with POST /sms/*/jobs and GET /sms/*.',
  },
  QUERY_TIME_OUT: {
    class: 'retry',
    alerts: true,
    fr: 'OVHcloud trouve l’heure de cette machine fausse : synchronisez son horloge (NTP).',
    en: 'OVHcloud finds this machine’s time wrong: synchronise its clock (NTP).',
  },
  'too-many': {
    class: 'throttled',
    afterMs: 1000,
    fr: 'Les envois dépassent ce qu’OVHcloud accorde : ils ralentissent d’eux-mêmes ; si cela dure, baissez throughput.',
    en: 'Sending is faster than OVHcloud grants: it slows down by itself; if it lasts, lower throughput.',
  },
  'no-credit': {
    class: 'stop-channel',
    fr: 'Le compte n’a plus de crédits SMS : rechargez-le, ou activez le rechargement automatique.',
    en: 'The account is out of SMS credits: recharge it, or turn automatic recharging on.',
  },
  'no-service': {
    class: 'stop-channel',
    fr: 'Ce service SMS n’existe pas, ou n’est plus actif : vérifiez serviceName et l’abonnement.',
    en: 'There is no such SMS service, or it is not active any more: check serviceName and the subscription.',
  },
  'bad-sender': {
    class: 'stop-channel',
    fr: 'OVHcloud n’a pas validé cet expéditeur : demandez sa validation, ou ôtez sender pour un numéro court.',
    en: 'OVHcloud did not validate this sender: ask for its validation, or leave sender out for a short code.',
  },
  'bad-receiver': { class: 'never', ...SMS_REMEDIES.number },
  blacklisted: {
    class: 'never',
    optedOut: true,
    fr: 'Cette personne a répondu STOP : OVHcloud ne lui envoie plus rien. Écrivez par un autre canal.',
    en: 'This person answered STOP: OVHcloud sends them nothing more. Write on another channel.',
  },
  'not-text': { class: 'fix', ...REPORT },
}

/** By PTT: the last word on a message that was taken. */
const ENDS: Readonly<Record<string, Entry>> = {
  5: { class: 'never', ...SMS_REMEDIES.undelivered },
  8: { class: 'never', ...SMS_REMEDIES.undelivered },
  20: { class: 'never', ...SMS_REMEDIES.undelivered },
  21: { class: 'never', ...SMS_REMEDIES.undelivered },
  24: { class: 'never', ...SMS_REMEDIES.undelivered },
  25: { class: 'never', ...SMS_REMEDIES.undelivered },
  26: { class: 'never', ...SMS_REMEDIES.undelivered },
  39: { class: 'never', ...SMS_REMEDIES.undelivered },
  73: { class: 'never', ...SMS_REMEDIES.undelivered },
  74: { class: 'never', ...SMS_REMEDIES.undelivered },
  23: { class: 'never', ...SMS_REMEDIES.number },
  27: { class: 'never', ...SMS_REMEDIES.number },
  28: {
    class: 'fix',
    alerts: true,
    fr: 'Un opérateur a filtré ce SMS comme indésirable : revoyez le texte, ses liens et l’expéditeur.',
    en: 'A carrier filtered this SMS as unwanted: look over its text, its links and the sender.',
  },
  29: {
    class: 'fix',
    alerts: true,
    fr: 'Un opérateur ne permet pas ce contenu : revoyez le texte.',
    en: 'A carrier does not permit this content: look over the text.',
  },
  33: { class: 'never', ...SMS_REMEDIES.undelivered },
  76: { class: 'never', alerts: true, ...SMS_REMEDIES.undelivered },
  202: { class: 'never', alerts: true, ...SMS_REMEDIES.undelivered },
}

export const ANSWER_CODES: readonly string[] = Object.keys(ANSWERS)
export const END_CODES: readonly string[] = Object.keys(ENDS)

const made = (code: string, { fr, en, ...entry }: Entry, source: string): Refusal => ({
  ...entry,
  code,
  detail: '',
  remedy: { fr, en },
  source,
})

export const refusalOf = (code: string): Refusal => made(code, ANSWERS[code] ?? { class: 'fix', ...REPORT }, API)
export const endOf = (ptt: string): Refusal => made(ptt, ENDS[ptt] ?? { class: 'never', ...SMS_REMEDIES.undelivered }, STATUSES)

/** What the API means, where it says so only in words. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/enough credit|no more credit|credits? (?:left|insuffi)|insuffi\w+ credit/i, 'no-credit'],
  [/sender/i, 'bad-sender'],
  [/black ?list|stop/i, 'blacklisted'],
  [/receiver|recipient|phone number/i, 'bad-receiver'],
  [/invalid signature/i, 'INVALID_SIGNATURE'],
  [/application key/i, 'INVALID_KEY'],
  [/credential|must login/i, 'INVALID_CREDENTIAL'],
  [/not been granted|not granted/i, 'NOT_GRANTED_CALL'],
  [/out of time|time ?out/i, 'QUERY_TIME_OUT'],
]
const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'INVALID_CREDENTIAL',
  402: 'no-credit',
  404: 'no-service',
  429: 'too-many',
  460: 'no-service',
}

/** The word for a refusal; undefined where the answer says nothing that is known. */
export const codeOf = (status: number, errorCode: string | undefined, message: string | undefined): string | undefined => {
  if (status === 429) return 'too-many'
  if (errorCode !== undefined && Object.hasOwn(ANSWERS, errorCode)) return errorCode
  const said = message === undefined ? undefined : SENTENCES.find(([pattern]) => pattern.test(message))?.[1]
  return said ?? (message === undefined && errorCode === undefined ? undefined : (BY_STATUS[status] ?? errorCode ?? `http-${status}`))
}

export const unreachable = (cause: string): Refusal => ({
  class: 'retry',
  code: cause,
  detail: '',
  remedy: {
    fr: 'L’API d’OVHcloud est injoignable : vérifiez le réseau, le DNS et apiUrl ; l’envoi est retenté.',
    en: 'OVHcloud’s API cannot be reached: check the network, DNS and apiUrl; the send is tried again.',
  },
})
