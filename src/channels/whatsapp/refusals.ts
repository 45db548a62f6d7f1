/**
 * The platform's error codes -> what the relay does, and what a person does about it. The same codes come as the answer to a send and,
 * later, in a `failed` status; branch on the code, never on the title or the HTTP status.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (2026-05-15, read 2026-11-22); the class is
 * our judgement of the advice given there.
 */
import type { Refusal, RefusalClass } from '../../core/outcome.ts'
import { type Json, readFlag, readJson, readText } from './wire.ts'

const SOURCE = 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes'
const SECOND = 1000
const HOUR = 3600 * SECOND

type Entry = {
  readonly class: RefusalClass
  readonly fr: string
  readonly en: string
  readonly afterMs?: number
  /** With a 5xx it does not tell whether the message went. */
  readonly doubtful?: boolean
  readonly optedOut?: boolean
  readonly alerts?: boolean
}

const TOKEN = {
  fr: 'Le jeton d’accès est expiré ou révoqué : créez-en un nouveau pour l’utilisateur système, puis mettez accessToken à jour.',
  en: 'The access token has expired or was revoked: make a new one for the system user, then update accessToken.',
}
const PERMISSION = {
  fr: 'L’application n’a pas le droit d’agir sur ce compte : donnez à l’utilisateur système whatsapp_business_messaging, whatsapp_business_management et l’accès au compte.',
  en: 'The app may not act on this account: give the system user whatsapp_business_messaging, whatsapp_business_management and access to the account.',
}
const PASSING = {
  fr: 'Panne passagère de WhatsApp : rien à faire, l’envoi est retenté.',
  en: 'A passing fault at WhatsApp: nothing to do, the send is tried again.',
}
const REPORT = {
  fr: 'Requête refusée telle quelle : relevez le détail et signalez-le aux développeurs de Relais.',
  en: 'The request was refused as it is: note the detail and report it to Relais’s developers.',
}

const ENTRIES: Readonly<Record<string, Entry>> = {
  0: { class: 'credentials', ...TOKEN },
  190: { class: 'credentials', ...TOKEN },
  1: { class: 'retry', doubtful: true, ...PASSING },
  2: { class: 'retry', doubtful: true, ...PASSING },
  3: { class: 'stop-channel', ...PERMISSION },
  10: { class: 'stop-channel', ...PERMISSION },
  131005: { class: 'stop-channel', ...PERMISSION },
  4: {
    class: 'throttled',
    afterMs: 60 * SECOND,
    fr: 'L’application appelle l’API trop souvent : l’envoi ralentit de lui-même ; réduisez les autres programmes de cette application.',
    en: 'The app calls the API too often: sending slows down by itself; reduce the app’s other programs.',
  },
  80007: {
    class: 'throttled',
    afterMs: 60 * SECOND,
    fr: 'Le compte WhatsApp Business a atteint sa limite d’appels : l’envoi ralentit de lui-même.',
    en: 'The WhatsApp Business Account reached its call limit: sending slows down by itself.',
  },
  130429: {
    class: 'throttled',
    afterMs: SECOND,
    fr: 'Le numéro envoie plus vite que permis : l’envoi ralentit de lui-même ; si cela dure, baissez throughput à la valeur accordée.',
    en: 'The number sends faster than allowed: sending slows down by itself; if it lasts, lower throughput to what is granted.',
  },
  131056: {
    class: 'pair',
    fr: 'Trop de messages à cette personne en peu de temps : la suite attend quelques secondes.',
    en: 'Too many messages to this person in a short time: the rest waits, longer each time.',
  },
  131016: { class: 'retry', doubtful: true, ...PASSING },
  133004: { class: 'retry', doubtful: true, ...PASSING },
  131000: { class: 'retry', doubtful: true, ...PASSING },
  131057: {
    class: 'retry',
    afterMs: 60 * SECOND,
    fr: 'Le numéro est en maintenance (son débit est en cours d’augmentation) : l’envoi reprend dans quelques minutes.',
    en: 'The number is under maintenance (its throughput is being raised): sending resumes in a few minutes.',
  },
  132069: {
    class: 'retry',
    afterMs: 600 * SECOND,
    fr: 'Ce formulaire (Flow) est bridé à dix envois par heure pour sa mauvaise qualité : corrigez-le dans WhatsApp Manager.',
    en: 'This form (Flow) is held to ten sends an hour for its poor quality: repair it in WhatsApp Manager.',
  },
  131049: {
    class: 'later',
    afterMs: 24 * HOUR,
    fr: 'WhatsApp limite les messages marketing reçus par cette personne, toutes entreprises confondues : attendez au moins 24 heures ou joignez-la autrement.',
    en: 'WhatsApp limits the marketing messages this person gets from all businesses: wait at least 24 hours, or reach them another way.',
  },
  133016: {
    class: 'later',
    afterMs: 72 * HOUR,
    fr: 'Trop d’enregistrements du numéro : attendez 72 heures avant de l’enregistrer de nouveau.',
    en: 'The number was registered too often: wait 72 hours before registering it again.',
  },
  131047: {
    class: 'window',
    fr: 'Plus de 24 heures depuis le dernier message du client : seul un modèle approuvé peut partir.',
    en: 'More than 24 hours since the customer’s last message: only an approved template may go.',
  },
  131050: {
    class: 'never',
    optedOut: true,
    fr: 'Cette personne a demandé dans WhatsApp à ne plus recevoir de marketing : n’en envoyez plus ; le service reste possible.',
    en: 'This person asked in WhatsApp for no more marketing: send none; service remains possible.',
  },
  131026: {
    class: 'never',
    fr: 'Message impossible à remettre : le numéro n’est pas sur WhatsApp, l’application est trop ancienne ou les conditions ne sont pas acceptées. Vérifiez le numéro ou joignez la personne autrement.',
    en: 'The message cannot be delivered: the number is not on WhatsApp, the app is too old, or its terms were not accepted. Check the number, or reach the person another way.',
  },
  130472: {
    class: 'never',
    fr: 'WhatsApp retient le marketing vers cette personne dans le cadre d’une expérience : joignez-la autrement, ou attendez qu’elle écrive.',
    en: 'WhatsApp withholds marketing from this person as part of an experiment: reach them another way, or wait until they write.',
  },
  130497: {
    class: 'never',
    alerts: true,
    fr: 'Le compte n’a pas le droit d’écrire aux personnes de ce pays : vérifiez les secteurs et pays permis, ou joignez la personne autrement.',
    en: 'The account may not write to people in this country: check which sectors and countries are allowed, or reach the person another way.',
  },
  131021: {
    class: 'never',
    fr: 'Le destinataire est le numéro de l’entreprise lui-même : corrigez la fiche du contact.',
    en: 'The recipient is the business’s own number: correct the contact.',
  },
  131062: {
    class: 'never',
    fr: 'Ce type de message ne peut pas partir vers un identifiant d’utilisateur : il faut le numéro de téléphone de la personne.',
    en: 'This kind of message cannot go to a user id: the person’s phone number is needed.',
  },
  131048: {
    class: 'stop-channel',
    fr: 'Trop de messages de ce numéro ont été bloqués ou signalés : arrêtez les envois, revoyez vos modèles et vos consentements, puis reprenez doucement.',
    en: 'Too many of this number’s messages were blocked or reported: stop sending, review your templates and consents, then resume slowly.',
  },
  368: {
    class: 'stop-channel',
    fr: 'Le compte est bloqué pour non-respect des règles de WhatsApp : voyez « Qualité du compte » dans Meta Business et faites appel s’il y a lieu.',
    en: 'The account is blocked for breaking WhatsApp’s policies: see Account Quality in Meta Business, and appeal if there is reason to.',
  },
  131031: {
    class: 'stop-channel',
    fr: 'Le compte est verrouillé : vérifiez les données de l’entreprise et le code à six chiffres dans Meta Business, puis demandez un examen.',
    en: 'The account is locked: check the business’s data and the six-digit pin in Meta Business, then ask for a review.',
  },
  131042: {
    class: 'stop-channel',
    fr: 'Problème de paiement : ajoutez ou renouvelez le moyen de paiement du compte WhatsApp Business dans Meta Business.',
    en: 'A payment problem: add or renew the WhatsApp Business Account’s payment method in Meta Business.',
  },
  131037: {
    class: 'stop-channel',
    fr: 'Le nom affiché du numéro n’est pas encore approuvé : demandez son approbation dans WhatsApp Manager.',
    en: 'The number’s display name is not approved yet: ask for its approval in WhatsApp Manager.',
  },
  131045: {
    class: 'stop-channel',
    fr: 'L’enregistrement du numéro a échoué : enregistrez-le de nouveau avec son code à six chiffres.',
    en: 'The number’s registration failed: register it again with its six-digit pin.',
  },
  133010: {
    class: 'stop-channel',
    fr: 'Le numéro n’est pas enregistré auprès de l’API : enregistrez-le avec son code à six chiffres.',
    en: 'The number is not registered with the API: register it with its six-digit pin.',
  },
  33: {
    class: 'fix',
    fr: 'Ce numéro ou cet objet n’existe plus : vérifiez phoneNumberId et businessAccountId.',
    en: 'This number or object no longer exists: check phoneNumberId and businessAccountId.',
  },
  100: { class: 'fix', ...REPORT },
  131008: { class: 'fix', ...REPORT },
  131009: { class: 'fix', ...REPORT },
  135000: { class: 'fix', ...REPORT },
  131059: { class: 'fix', ...REPORT },
  131051: {
    class: 'fix',
    fr: 'Ce type de message n’est pas pris en charge : envoyez du texte ou un fichier permis.',
    en: 'This type of message is not supported: send text or an allowed file.',
  },
  131052: {
    class: 'fix',
    fr: 'Le fichier du client n’a pas pu être téléchargé (plus de 100 Mo, ou lien périmé) : demandez-lui de le renvoyer.',
    en: 'The customer’s file could not be downloaded (over 100 MB, or an expired link): ask them to send it again.',
  },
  131053: {
    class: 'fix',
    fr: 'Le fichier n’a pas été accepté : vérifiez son type et sa taille.',
    en: 'The file was not accepted: check its type and size.',
  },
  132000: {
    class: 'fix',
    fr: 'Le nombre de variables ne correspond pas au modèle approuvé : comparez le fichier du modèle à WhatsApp Manager.',
    en: 'The number of variables differs from the approved template: compare the template’s file with WhatsApp Manager.',
  },
  132001: {
    class: 'fix',
    fr: 'Ce modèle n’existe pas dans cette langue, ou n’est pas approuvé : vérifiez son nom, sa langue et son état dans WhatsApp Manager.',
    en: 'This template does not exist in this language, or is not approved: check its name, language and state in WhatsApp Manager.',
  },
  132005: {
    class: 'fix',
    fr: 'Le texte du modèle est trop long une fois rempli : raccourcissez les variables.',
    en: 'The template’s text is too long once filled in: shorten the variables.',
  },
  132007: {
    class: 'fix',
    fr: 'Le contenu du modèle enfreint une règle de WhatsApp : réécrivez-le et soumettez-le de nouveau.',
    en: 'The template’s content breaks a WhatsApp policy: rewrite it and submit it again.',
  },
  132012: {
    class: 'fix',
    fr: 'Une variable n’a pas la forme attendue par le modèle : vérifiez les noms et les valeurs.',
    en: 'A variable does not have the form the template expects: check the names and values.',
  },
  132015: {
    class: 'fix',
    fr: 'Le modèle est suspendu pour sa mauvaise qualité, ou ses envois ont été arrêtés : modifiez-le ou prenez-en un autre.',
    en: 'The template is paused for its poor quality, or its sends were dropped: edit it or use another.',
  },
  132016: {
    class: 'fix',
    fr: 'Le modèle est désactivé pour de bon : créez-en un nouveau avec un autre contenu.',
    en: 'The template is disabled for good: make a new one with other content.',
  },
  132018: {
    class: 'fix',
    fr: 'Les paramètres du modèle ne sont pas valables : vérifiez leur ordre, leurs noms et leur texte.',
    en: 'The template’s parameters are not valid: check their order, names and text.',
  },
  132068: {
    class: 'fix',
    fr: 'Ce formulaire (Flow) est bloqué : corrigez-le dans WhatsApp Manager.',
    en: 'This form (Flow) is blocked: repair it in WhatsApp Manager.',
  },
  138006: {
    class: 'fix',
    fr: 'La personne n’a pas autorisé les appels : demandez-lui d’abord la permission.',
    en: 'The person has not allowed calls: ask for their permission first.',
  },
}

export const CODES: readonly string[] = Object.keys(ENTRIES)

const UNKNOWN: Entry = {
  class: 'fix',
  doubtful: true,
  fr: 'Code d’erreur inconnu de Relais : lisez le détail et la documentation de WhatsApp.',
  en: 'An error code unknown to Relais: read the detail and WhatsApp’s documentation.',
}

const entryOf = (code: string): Entry => {
  if (Object.hasOwn(ENTRIES, code)) return ENTRIES[code] ?? UNKNOWN
  const number = Number(code)
  return number >= 200 && number <= 299 ? { class: 'stop-channel', ...PERMISSION } : UNKNOWN
}

/** The provider's words without what may be a phone number, a user id or a link's secret. */
const withoutPeople = (text: string): string =>
  text
    .replace(/\b[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{6,}/g, '…')
    .replace(/\+?\d[\d\s().-]{6,}\d/g, '…')
    .replace(/https?:\S+/g, '…')
    .slice(0, 300)
    .toWellFormed()

/** A refusal of a made-up code of ours, for what never reaches the platform. */
export const refuse = (code: string, refusalClass: RefusalClass, fr: string, en: string, detail = ''): Refusal => ({
  class: refusalClass,
  code,
  detail,
  remedy: { fr, en },
})

/** `error` is the object of an error answer or of `statuses[].errors`; a missing one is an unknown code. */
export const refusalOf = (error: Json | undefined): Refusal => {
  const code = readText(error, 'code') ?? 'none'
  const entry = entryOf(code)
  const said = [readText(error, 'message') ?? readText(error, 'title'), readText(readJson(error, 'error_data'), 'details')]
  return {
    class: entry === UNKNOWN && readFlag(error, 'is_transient') ? 'retry' : entry.class,
    code,
    // Often both say the same.
    detail: withoutPeople([...new Set(said.filter(Boolean))].join(' — ')),
    remedy: { fr: entry.fr, en: entry.en },
    source: SOURCE,
    afterMs: entry.afterMs,
    optedOut: entry.optedOut,
    alerts: entry.alerts,
  }
}

/**
 * True where an error answer proves that nothing was sent: any 4xx; of 5xx only a code that names a reason of its own. What merely says that
 * a service is down may come after the message went: the platform's pages promise nothing, whatever the status.
 */
export const provesUnsent = (status: number, code: string): boolean =>
  (status >= 400 && status < 500) || (status >= 500 && !entryOf(code).doubtful)
