/**
 * Every error of Relais: code, what happened, what to do, HTTP status. `docs/errors.md` is this table (tested).
 * What can happen to a message is a value (`SendResult`, `Decision`); a RelaisError is what should not have been asked, or cannot be done now.
 */
import type { Words } from './language.ts'

type Entry = { readonly status: number; readonly says: Words; readonly remedy: Words }

export const CATALOGUE = {
  'bad-signature': {
    status: 401,
    says: { fr: 'La signature de la requête est absente ou fausse.', en: 'The request’s signature is missing or wrong.' },
    remedy: { fr: 'Vérifiez le secret de l’application (appSecret) du canal.', en: 'Check the channel’s app secret (appSecret).' },
  },
  'bad-json': {
    status: 400,
    says: { fr: 'Le corps de la requête n’est pas du JSON valide.', en: 'The request’s body is not valid JSON.' },
    remedy: { fr: 'Envoyez un document JSON en UTF-8.', en: 'Send one JSON document in UTF-8.' },
  },
  'body-too-large': {
    status: 413,
    says: { fr: 'Le corps de la requête dépasse 4 Mo.', en: 'The request’s body is over 4 MB.' },
    remedy: { fr: 'Envoyez moins à la fois.', en: 'Send less at a time.' },
  },
  'store-unavailable': {
    status: 503,
    says: { fr: 'La base de données ne répond pas.', en: 'The database does not answer.' },
    remedy: {
      fr: 'Rien n’est perdu : réessayez ; vérifiez la base et la place sur le disque.',
      en: 'Nothing is lost: try again; check the database and the disk’s free space.',
    },
  },
  'not-found': {
    status: 404,
    says: { fr: 'Il n’y a rien à cette adresse.', en: 'There is nothing at this address.' },
    remedy: { fr: 'Vérifiez l’identifiant.', en: 'Check the id.' },
  },
  unauthorized: {
    status: 401,
    says: { fr: 'La clé d’accès manque ou n’est pas valable.', en: 'The access key is missing or not valid.' },
    remedy: {
      fr: 'Créez une clé avec « relais key create » et envoyez-la comme Bearer.',
      en: 'Make a key with “relais key create” and send it as Bearer.',
    },
  },
  'invalid-request': {
    status: 422,
    says: { fr: 'La requête ne convient pas.', en: 'The request does not fit.' },
    remedy: { fr: 'Corrigez le champ indiqué.', en: 'Correct the field that is named.' },
  },
} as const satisfies Record<string, Entry>

export type ErrorCode = keyof typeof CATALOGUE

export class RelaisError extends Error {
  readonly code: ErrorCode
  /** What exactly: a place, a name, a number. Never a secret or a message text. */
  readonly detail: string
  readonly status: number

  constructor(code: ErrorCode, detail = '', cause?: unknown) {
    const entry: Entry = CATALOGUE[code]
    super(`${entry.says.en}${detail ? ` ${detail}` : ''} ${entry.remedy.en}`, cause === undefined ? undefined : { cause })
    this.name = 'RelaisError'
    this.code = code
    this.detail = detail
    this.status = entry.status
  }
}

/** One line in `language`: what, where, what to do. */
export const sentenceOf = (error: RelaisError, language: 'fr' | 'en'): string => {
  const entry: Entry = CATALOGUE[error.code]
  return [entry.says[language], error.detail, entry.remedy[language]].filter(Boolean).join(' ')
}
