/**
 * The words a rule may use: every fact of a situation, with its type, its meaning, and the value it has where nothing else is said (a plain
 * answer of the business to a customer who has just written). Rules are type-checked against this table; the examples and `relais judge`
 * start from its plain values. It fails to compile when it differs from `Situation`.
 */
import { createExpressionLanguage, type FieldType, type Vocabulary } from '../core/expression.ts'
import type { Words } from '../core/language.ts'
import type { Situation } from '../core/situation.ts'
import { READERS } from './readers.ts'

/** A text that may be anything is `string` or `country`; one of a few choices is their list. */
type TypeOf<T> = [T] extends [boolean] ? 'bool' : [T] extends [string] ? (string extends T ? 'string' | 'country' : readonly T[]) : 'int'
type Entry<T> = { readonly type: TypeOf<T>; readonly plain: T } & Words
type Table = { readonly [G in keyof Situation]: { readonly [F in keyof Situation[G]]: Entry<Situation[G][F]> } }

export const SITUATION: Table = {
  channel: {
    kind: {
      type: 'string',
      plain: '',
      fr: 'ce qui porte le message, quel que soit l’opérateur : sms, email, web, une plateforme…',
      en: 'what carries the message, whoever operates it: sms, email, web, a platform…',
    },
    operator: { type: 'string', plain: '', fr: 'qui exploite le canal : son connecteur', en: 'who operates the channel: its connector' },
    id: { type: 'string', plain: '', fr: 'nom du canal dans relais.yaml', en: 'the channel’s name in relais.yaml' },
    scope: {
      type: ['service', 'general'],
      plain: 'general',
      fr: 'ce à quoi le canal répond : aux affaires de l’entreprise, ou à tout',
      en: 'what the channel answers: the business’s own matters, or anything',
    },
    health: { type: ['healthy', 'degraded', 'cut'], plain: 'healthy', fr: 'état du canal', en: 'the channel’s state' },
    quality: {
      type: ['green', 'yellow', 'red', 'unknown'],
      plain: 'green',
      fr: 'note de qualité que la plateforme donne au numéro',
      en: 'the quality rating the platform gives the number',
    },
    windowHours: {
      type: 'int',
      plain: 24,
      fr: 'heures pendant lesquelles on peut répondre librement ; 0 : toujours',
      en: 'hours within which one may answer freely; 0: always',
    },
    sender: {
      type: ['shortcode', 'alphanumeric', 'mobile', 'landline', 'unknown'],
      plain: 'unknown',
      fr: 'sorte de numéro d’où partent les messages ; unknown : le connecteur ne la dit pas',
      en: 'kind of number that messages come from; unknown: the connector does not tell',
    },
  },
  message: {
    category: {
      type: ['marketing', 'utility', 'authentication', 'service'],
      plain: 'service',
      fr: 'catégorie tarifaire de la plateforme',
      en: 'the platform’s price class',
    },
    purpose: {
      type: ['service', 'general', 'none', 'unsure'],
      plain: 'service',
      fr: 'objet de la question : l’entreprise, tout autre sujet, aucun (salutation), incertain',
      en: 'what the question is about: the business, anything else, nothing (a greeting), unsure',
    },
    purposeAssumed: { type: 'bool', plain: true, fr: 'l’objet est supposé, non constaté', en: 'the purpose is assumed, not found' },
    ai: { type: 'bool', plain: false, fr: 'le texte vient d’une IA', en: 'its text was made by an AI' },
    firstAiTurn: {
      type: 'bool',
      plain: false,
      fr: 'premier message d’une IA à cette personne, ou premier depuis qu’un humain a parlé',
      en: 'the first AI message to this person, ever or since a human spoke',
    },
    disclosed: { type: 'bool', plain: false, fr: 'le message dit déjà qu’une IA parle', en: 'it already says that an AI speaks' },
    offersHuman: {
      type: 'bool',
      plain: false,
      fr: 'le message montre déjà comment joindre un humain',
      en: 'it already shows the way to a human',
    },
    automatic: { type: 'bool', plain: true, fr: 'aucun humain ne l’a écrit ni relu', en: 'no human wrote or released it' },
    template: { type: 'string', plain: '', fr: 'nom du modèle ; vide : texte libre', en: 'template name; empty: free text' },
    templateState: {
      type: ['approved', 'pending', 'rejected', 'paused', 'disabled', 'missing', 'unknown'],
      plain: 'approved',
      fr: 'état du modèle auprès de la plateforme',
      en: 'the template’s state with the platform',
    },
    reply: { type: 'bool', plain: true, fr: 'répond à un message du client', en: 'answers something the customer wrote' },
    relayed: {
      type: 'bool',
      plain: false,
      fr: 'un plan de contact l’a amené sur ce canal à la place d’un autre',
      en: 'a reach plan brought it to this channel in the place of another',
    },
    type: { type: 'string', plain: 'text', fr: 'forme : text, buttons, list…', en: 'shape: text, buttons, list…' },
    offersStop: {
      type: 'bool',
      plain: true,
      fr: 'le message dit comment ne plus en recevoir (STOP, désinscription)',
      en: 'it says how to receive no more of them (STOP, unsubscribe)',
    },
    parts: { type: 'int', plain: 1, fr: 'nombre de parties envoyées et facturées', en: 'parts it is sent and charged in' },
    unsubscribe: {
      type: ['one-click', 'link', 'none'],
      plain: 'one-click',
      fr: 'comment une messagerie peut désinscrire ; les offres par e-mail ne partent qu’avec la désinscription en un clic',
      en: 'how a mail program can unsubscribe; marketing by e-mail leaves only with one-click unsubscribe',
    },
    tag: {
      type: ['none', 'human-agent', 'event', 'purchase', 'account'],
      plain: 'none',
      fr: 'étiquette sous laquelle une plateforme prend un message hors de sa fenêtre ; la maison n’en pose pas encore ; seulement dans les exemples et « judge »',
      en: 'the word under which a platform takes a message outside its window; the house sets none yet; in examples and `judge` only',
    },
    templateQuality: {
      type: ['green', 'yellow', 'red', 'unknown'],
      plain: 'unknown',
      fr: 'note que la plateforme donne au modèle ; la maison ne la reçoit pas encore ; seulement dans les exemples et « judge »',
      en: 'the rating the platform gives the template; the house is not told it yet; in examples and `judge` only',
    },
    marked: {
      type: 'bool',
      plain: true,
      fr: 'une machine peut voir qu’une IA l’a fait ; vrai par construction dans la maison ; seulement dans les exemples et « judge »',
      en: 'a machine can see that an AI made it; true by construction in the house; in examples and `judge` only',
    },
    decides: {
      type: 'bool',
      plain: false,
      fr: 'il annonce une décision qui pèse sur la personne et qu’aucun humain n’a prise ; la maison n’en prend pas ; seulement dans les exemples et « judge »',
      en: 'it tells a decision that weighs on the person and that no human took; the house takes none; in examples and `judge` only',
    },
  },
  account: {
    aiIs: {
      type: ['incidental', 'primary'],
      plain: 'incidental',
      fr: 'l’IA est un accessoire du service, ou le service même',
      en: 'AI is incidental to the service, or is the service',
    },
    aiSince: {
      type: 'string',
      plain: '',
      fr: 'jour (AAAA-MM-JJ) où l’entreprise est devenue fournisseur d’IA ; vide : avant le 2025-10-15',
      en: 'the day (YYYY-MM-DD) the business became an AI provider; empty: before 2025-10-15',
    },
    country: { type: 'country', plain: '', fr: 'pays de l’entreprise, deux lettres', en: 'the business’s country, two letters' },
    restriction: {
      type: ['none', 'templates', 'all', 'locked'],
      plain: 'none',
      fr: 'ce que la plateforme interdit au compte : rien, les modèles, tout, tout et pour de bon ; la maison ne les distingue pas encore ; seulement dans les exemples et « judge »',
      en: 'what the platform forbids the account: nothing, templates, all, all for good; the house cannot tell them apart yet; in examples and `judge` only',
    },
  },
  contact: {
    country: {
      type: 'country',
      plain: 'FR',
      fr: 'pays du client, deux lettres ; vide : inconnu',
      en: 'the customer’s country, two letters; empty: unknown',
    },
    numberCountry: {
      type: 'country',
      plain: 'FR',
      fr: 'pays du numéro ou de l’identifiant auquel on écrit ; sans autre mention, celui du client',
      en: 'country of the number or user id written to; where nothing else is said, the customer’s',
    },
    address: {
      type: ['phone', 'user', 'email', 'web', 'other'],
      plain: 'phone',
      fr: 'sorte d’adresse à laquelle on écrit',
      en: 'kind of address written to',
    },
    boughtSimilar: {
      type: 'bool',
      plain: false,
      fr: 'a acheté à l’entreprise, lui a donné alors cette adresse, et le message porte sur des produits semblables ; la maison ne le sait pas encore ; seulement dans les exemples et « judge »',
      en: 'bought from the business, gave it this address then, and the message is about similar goods; the house cannot know it yet; in examples and `judge` only',
    },
    runningContract: {
      type: 'bool',
      plain: false,
      fr: 'a un contrat en cours avec l’entreprise, et l’appel le concerne ; la maison n’appelle pas encore ; seulement dans les exemples et « judge »',
      en: 'has a running contract with the business, and the call is about it; the house does not call yet; in examples and `judge` only',
    },
    doNotCall: {
      type: 'bool',
      plain: false,
      fr: 'inscrit sur la liste du pays de ceux qui ne veulent pas d’appels ; seulement dans les exemples et « judge »',
      en: 'on the country’s list of those who want no calls; in examples and `judge` only',
    },
    callPermission: {
      type: ['given', 'none'],
      plain: 'none',
      fr: 'a permis à l’entreprise de l’appeler sur la plateforme ; seulement dans les exemples et « judge »',
      en: 'permitted the business to call on the platform; in examples and `judge` only',
    },
    callsRecently: {
      type: 'int',
      plain: 0,
      fr: 'appels publicitaires tentés en 30 jours ; seulement dans les exemples et « judge »',
      en: 'marketing calls tried in 30 days; in examples and `judge` only',
    },
    callRefusedAgo: {
      type: 'int',
      plain: -1,
      fr: 'secondes depuis que la personne a refusé ces appels ; -1 : jamais ; seulement dans les exemples et « judge »',
      en: 'seconds since the person refused such calls; -1: never; in examples and `judge` only',
    },
    heldByPlatform: {
      type: 'bool',
      plain: false,
      fr: 'l’assistant de la plateforme tient le fil',
      en: 'the platform’s own agent has the thread',
    },
    marketing: {
      type: ['given', 'none', 'revoked'],
      plain: 'none',
      fr: 'accord du client pour la publicité sur ce canal',
      en: 'the customer’s consent to marketing on this channel',
    },
    service: {
      type: ['given', 'none', 'revoked'],
      plain: 'none',
      fr: 'accord du client pour qu’on lui écrive sur ce canal',
      en: 'the customer’s consent to be written to on this channel at all',
    },
    wroteHere: {
      type: 'bool',
      plain: true,
      fr: 'le client a déjà écrit lui-même sur un canal de cette sorte',
      en: 'the customer has written on a channel of this kind themselves',
    },
    unanswered: {
      type: 'int',
      plain: 0,
      fr: 'messages de suite restés sans réponse du client',
      en: 'messages in a row that the customer did not answer',
    },
    marketingRefusedAgo: {
      type: 'int',
      plain: -1,
      fr: 'secondes depuis que la plateforme a refusé une publicité à cette personne ; -1 : jamais',
      en: 'seconds since the platform refused a marketing message to this person; -1: never',
    },
    humanReachable: {
      type: 'bool',
      plain: true,
      fr: 'le client peut joindre un humain depuis ce fil',
      en: 'the customer can reach a human from this thread',
    },
    timezone: { type: 'string', plain: 'Europe/Paris', fr: 'fuseau horaire du client', en: 'the customer’s time zone' },
  },
  window: {
    service: {
      type: ['open', 'closed'],
      plain: 'open',
      fr: 'fenêtre pendant laquelle un texte libre peut répondre',
      en: 'the window in which free text may answer',
    },
    secondsLeft: { type: 'int', plain: 86_000, fr: 'secondes avant qu’elle se ferme', en: 'seconds until it closes' },
    freeEntry: {
      type: ['open', 'closed'],
      plain: 'closed',
      fr: 'fenêtre gratuite ouverte par une publicité ou un bouton de page',
      en: 'the free window opened by an advertisement or a page button',
    },
    inboundAgo: {
      type: 'int',
      plain: 0,
      fr: 'secondes depuis que le client a écrit ici, en heures entières, 8 jours au plus ; -1 : jamais',
      en: 'seconds since the customer last wrote here, in whole hours, 8 days at most; -1: never',
    },
  },
  limits: {
    pairWait: {
      type: 'int',
      plain: 0,
      fr: 'secondes avant de pouvoir écrire de nouveau à cette personne',
      en: 'seconds until this person may be written to again',
    },
    numberWait: { type: 'int', plain: 0, fr: 'secondes avant que le numéro puisse envoyer', en: 'seconds until the number may send' },
    portfolioUsed: {
      type: 'int',
      plain: 0,
      fr: 'personnes contactées hors fenêtre en 24 h',
      en: 'people written to outside their window in 24 h',
    },
    portfolioLimit: { type: 'int', plain: -1, fr: 'combien sont permises ; -1 : sans limite', en: 'how many are allowed; -1: no limit' },
    portfolioWait: { type: 'int', plain: 0, fr: 'secondes avant qu’une place se libère', en: 'seconds until a place becomes free' },
    budgetWait: {
      type: 'int',
      plain: 0,
      fr: 'secondes avant que le budget du jour le permette de nouveau ; 0 : il le permet',
      en: 'seconds until the day’s budget permits it again; 0: it does',
    },
    templatesYear: {
      type: 'int',
      plain: -1,
      fr: 'modèles envoyés en 365 jours ; -1 : personne ne les compte, comme la maison aujourd’hui ; seulement dans les exemples et « judge »',
      en: 'templates sent in 365 days; -1: nobody counts them, as the house today; in examples and `judge` only',
    },
    callsConnected: {
      type: 'int',
      plain: 0,
      fr: 'appels aboutis en 24 h avec cette personne ; seulement dans les exemples et « judge »',
      en: 'calls connected with this person in 24 h; in examples and `judge` only',
    },
  },
  engine: {
    asked: {
      type: 'bool',
      plain: false,
      fr: 'on demande si une IA peut lire ce qui s’écrit sur ce canal',
      en: 'it is asked whether an engine may read what is written on this channel',
    },
    trainsOnData: {
      type: ['no', 'yes', 'unknown'],
      plain: 'no',
      fr: 'son fournisseur apprend de ce qu’elle lit',
      en: 'its provider learns from what it reads',
    },
    contract: {
      type: ['yes', 'no', 'unknown'],
      plain: 'yes',
      fr: 'un contrat écrit lie son fournisseur aux consignes de l’entreprise ; relais.yaml ne le dit pas encore ; seulement dans les exemples et « judge »',
      en: 'a written contract binds its provider to the business’s instructions; relais.yaml does not tell yet; in examples and `judge` only',
    },
    since: {
      type: 'string',
      plain: '',
      fr: 'jour (AAAA-MM-JJ) de sa mise sur le marché ; vide : avant le 2026-08-02 ; seulement dans les exemples et « judge »',
      en: 'the day (YYYY-MM-DD) it came on the market; empty: before 2026-08-02; in examples and `judge` only',
    },
  },
  local: {
    hour: { type: 'int', plain: 12, fr: 'heure chez le client', en: 'hour at the customer’s place' },
    minute: { type: 'int', plain: 0, fr: 'minute', en: 'minute' },
    weekday: { type: 'int', plain: 3, fr: 'jour, 1 = lundi', en: 'weekday, 1 = Monday' },
    date: { type: 'string', plain: '', fr: 'date chez le client, AAAA-MM-JJ', en: 'date at the customer’s place, YYYY-MM-DD' },
    holiday: { type: 'bool', plain: false, fr: 'jour férié chez le client', en: 'a public holiday at the customer’s place' },
  },
}

type Group = keyof Situation
const groups = Object.keys(SITUATION) as Group[]

/** Builds one value per field of the table. */
const mapTable = <T>(give: (entry: Entry<never>, group: Group, field: string) => T): Record<string, Record<string, T>> =>
  Object.fromEntries(
    groups.map((group) => [
      group,
      Object.fromEntries(Object.entries(SITUATION[group]).map(([field, entry]) => [field, give(entry as Entry<never>, group, field)])),
    ]),
  )

const VOCABULARY: Vocabulary = mapTable((entry): FieldType => entry.type)

/** The language of `when`. */
export const RULE_LANGUAGE = createExpressionLanguage(VOCABULARY, READERS)

/** What a file may say of a situation: any part of it. */
export type PartialSituation = {
  readonly [G in keyof Situation]?: { readonly [F in keyof Situation[G]]?: Situation[G][F] | undefined } | undefined
}

/** The plain situation with `given` written over it. A country that is given is the number's too, where nothing else is said of that. */
export const situationOf = (given: PartialSituation): Situation => {
  const { country, numberCountry = country } = given.contact ?? {}
  const whole: PartialSituation = { ...given, contact: { ...given.contact, numberCountry } }
  return mapTable((entry, group, field) => {
    const part: Partial<Record<string, unknown>> | undefined = whole[group]
    return part?.[field] ?? entry.plain
  }) as Situation
}

/** The table as rows, for documents. */
export const describeSituation = (): { name: string; type: string; plain: string; says: Words }[] =>
  groups.flatMap((group) =>
    Object.entries(SITUATION[group]).map(([field, entry]: [string, Entry<never>]) => ({
      name: `${group}.${field}`,
      type: typeof entry.type === 'string' ? entry.type : (entry.type as readonly string[]).join(' | '),
      plain: JSON.stringify(entry.plain),
      says: { fr: entry.fr, en: entry.en },
    })),
  )
