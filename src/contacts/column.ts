/** What the columns of a file mean, by the words in their heads, in French and English. */
import { IDENTITY_KINDS, PHONE_KINDS } from '../core/address.ts'
import { wordsIn } from '../core/terms.ts'

/** Kinds of address that a file may hold: what a person would know of themselves. */
export const IMPORTED_KINDS: readonly string[] = [...new Set<string>([...PHONE_KINDS, 'email'])]
export const PLAIN_FIELDS = ['name', 'first', 'last', 'language', 'country'] as const
const CONSENT_PARTS = ['', '_words', '_at', '_source'] as const
/** `name`, `email`, `sms_consent`, `sms_consent_words`, `sms_consent_at`, `sms_consent_source`…; `-` is left out. */
export type Field = string
export const FIELDS: readonly Field[] = [
  ...PLAIN_FIELDS,
  ...IMPORTED_KINDS,
  ...IMPORTED_KINDS.flatMap((kind) => CONSENT_PARTS.map((part) => `${kind}_consent${part}`)),
]

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
const CONSENT = words(
  'consent consents consentement accord optin opted accepte acceptes accepts agrees agreed autorise autorisation allowed ok',
)
/** What people agree to beside being written to: no consent of ours, and no address. */
const ELSEWHERE = words('cgv cgu conditions terms parental parentale cookies image photo photos')
const PARTS: readonly (readonly [(typeof CONSENT_PARTS)[number], ReadonlySet<string>])[] = [
  ['_words', words('words text texte mots formule mention wording')],
  ['_at', words('at date le quand when')],
  ['_source', words('source preuve proof origine provenance origin from')],
]
const KINDS: Readonly<Record<string, ReadonlySet<string>>> = {
  sms: words('sms mobile portable phone telephone tel cell cellphone gsm'),
  email: words('email emails mail courriel messagerie'),
}
/** Surely a telephone in the pocket. */
const POCKET = words('sms mobile portable cell cellphone gsm')
/** Says something about an address, or names one that nobody can write to: none of these is the address. */
const ASIDE = words(
  'label libelle type owner nom blacklisted blacklist status statut pub promo newsletter bounce fixe landline fax telecopie',
)
const PLAIN: Readonly<Record<string, string>> = {
  'nom complet': 'name',
  'full name': 'name',
  name: 'name',
  client: 'name',
  contact: 'name',
  prenom: 'first',
  'first name': 'first',
  firstname: 'first',
  nom: 'last',
  'nom de famille': 'last',
  'last name': 'last',
  lastname: 'last',
  surname: 'last',
  langue: 'language',
  language: 'language',
  lang: 'language',
  pays: 'country',
  country: 'country',
}

/** “E-mail” is two words there. */
const headWords = (head: string): readonly string[] =>
  wordsIn(head.replace(/e[\s_-]?mails?/giu, 'email').replace(/opt[\s_-]?in/giu, 'optin'))

const kindIn = (head: readonly string[]): string | undefined =>
  // What a channel is called says more than that it is a telephone.
  IDENTITY_KINDS.find((kind) => IMPORTED_KINDS.includes(kind) && kind !== 'sms' && head.includes(kind)) ??
  IMPORTED_KINDS.find((kind) => head.some((word) => KINDS[kind]?.has(word)))

const fieldOf = (head: string): Field | null => {
  if (FIELDS.includes(head.trim())) return head.trim()
  const said = headWords(head)
  if (said.some((word) => ELSEWHERE.has(word))) return null
  const kind = kindIn(said)
  if (said.some((word) => CONSENT.has(word)))
    return `${kind ?? '?'}_consent${PARTS.find(([, signs]) => said.some((word) => signs.has(word)))?.[0] ?? ''}`
  return PLAIN[said.join(' ')] ?? (said.some((word) => ASIDE.has(word)) ? null : (kind ?? null))
}

/** Which of several heads for one kind of address is meant: a mobile's before any telephone's, the first of numbered ones. */
const weightOf = (head: string): number => {
  const said = headWords(head)
  return (said.some((word) => POCKET.has(word)) ? 1_000 : 0) - Number(said.find((word) => /^\d{1,2}$/.test(word)) ?? 0)
}

export type Columns = {
  /** Where each field stands. */
  readonly of: ReadonlyMap<Field, number>
  readonly ignored: readonly string[]
  /** Fields that two heads mean. */
  readonly twice: readonly { readonly field: Field; readonly heads: readonly string[] }[]
}

/** `told`: by head, what somebody says a column is. A consent that names no address is that of the only one there is. */
export const readColumns = (heads: readonly string[], told: ReadonlyMap<string, Field> = new Map()): Columns => {
  const fields = heads.map((head) => told.get(head.trim()) ?? fieldOf(head))
  const kinds = IMPORTED_KINDS.filter((kind) => fields.includes(kind))
  const named = fields.map((field) => (field?.startsWith('?') ? (kinds.length === 1 ? field.replace('?', kinds[0] ?? '') : null) : field))
  const of = new Map<Field, number>()
  const twice: { field: Field; heads: readonly string[] }[] = []
  for (const [field, all] of Map.groupBy(heads.keys(), (index) => named[index] ?? '-')) {
    if (field === '-') continue
    const weigh = (index: number) => (told.has(heads[index]?.trim() ?? '') ? Number.POSITIVE_INFINITY : weightOf(heads[index] ?? ''))
    const [best, next] = IMPORTED_KINDS.includes(field) ? all.toSorted((one, other) => weigh(other) - weigh(one)) : all
    if (best === undefined) continue
    of.set(field, best)
    if (next !== undefined && (!IMPORTED_KINDS.includes(field) || weigh(best) === weigh(next)))
      twice.push({ field, heads: all.map((index) => heads[index] ?? '') })
  }
  return {
    of,
    ignored: heads.filter((head, index) => named[index] !== '-' && of.get(named[index] ?? '') !== index && head.trim() !== ''),
    twice,
  }
}
