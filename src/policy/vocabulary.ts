/**
 * The words a rule may use: every fact of a situation, with its type, its meaning, and the value it has where nothing else is said (a plain
 * answer of the business to a customer who has just written). Rules are type-checked against this table; the examples and `relais judge`
 * start from its plain values. It fails to compile when it differs from `Situation`.
 */
import { createExpressionLanguage, type FieldType, type Vocabulary } from '../core/expression.ts'
import type { Words } from '../core/language.ts'
import type { Situation } from '../core/situation.ts'

/** A text that may be anything is `string`; one of a few choices is their list. */
type TypeOf<T> = [T] extends [boolean] ? 'bool' : [T] extends [string] ? (string extends T ? 'string' : readonly T[]) : 'int'
type Entry<T> = { readonly type: TypeOf<T>; readonly plain: T } & Words
type Table = { readonly [G in keyof Situation]: { readonly [F in keyof Situation[G]]: Entry<Situation[G][F]> } }

export const SITUATION: Table = {
  channel: {
    kind: { type: 'string', plain: '', fr: 'sorte de canal', en: 'kind of channel' },
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
    type: { type: 'string', plain: 'text', fr: 'forme : text, buttons, list…', en: 'shape: text, buttons, list…' },
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
    country: { type: 'string', plain: '', fr: 'pays de l’entreprise, deux lettres', en: 'the business’s country, two letters' },
  },
  contact: {
    country: {
      type: 'string',
      plain: 'FR',
      fr: 'pays du client, deux lettres ; vide : inconnu',
      en: 'the customer’s country, two letters; empty: unknown',
    },
    marketing: {
      type: ['given', 'none', 'revoked'],
      plain: 'none',
      fr: 'accord du client pour la publicité sur ce canal',
      en: 'the customer’s consent to marketing on this channel',
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
export const RULE_LANGUAGE = createExpressionLanguage(VOCABULARY)

/** What a file may say of a situation: any part of it. */
export type PartialSituation = {
  readonly [G in keyof Situation]?: { readonly [F in keyof Situation[G]]?: Situation[G][F] | undefined } | undefined
}

/** The plain situation with `given` written over it. */
export const situationOf = (given: PartialSituation): Situation =>
  mapTable((entry, group, field) => {
    const part: Partial<Record<string, unknown>> | undefined = given[group]
    return part?.[field] ?? entry.plain
  }) as Situation

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
