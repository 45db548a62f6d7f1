import type { Words } from './language.ts'

/** A person's addresses. `kind` is the name space an address is unique in, not the channel that happened to use it. */
export const IDENTITY_KINDS = ['whatsapp', 'whatsapp_user', 'sms', 'email', 'web'] as const
export type IdentityKind = (typeof IDENTITY_KINDS)[number]
/** Name spaces whose addresses are phone numbers. */
export const PHONE_KINDS = ['whatsapp', 'sms'] as const satisfies readonly IdentityKind[]

/** Media, kinds of addresses, and the names that channels of them mostly have, as people call them. */
export const MEDIA: Readonly<Record<string, Words>> = {
  whatsapp: { fr: 'WhatsApp', en: 'WhatsApp' },
  sms: { fr: 'SMS', en: 'SMS' },
  email: { fr: 'e-mail', en: 'e-mail' },
  mail: { fr: 'e-mail', en: 'e-mail' },
  voice: { fr: 'rappel', en: 'call-back' },
  calls: { fr: 'rappel', en: 'call-back' },
  web: { fr: 'chat web', en: 'web chat' },
  site: { fr: 'chat web', en: 'web chat' },
  account: { fr: 'compte sur le site', en: 'account on the site' },
}

export type Address = { readonly kind: IdentityKind | (string & {}); readonly value: string }

export const addressKey = (address: Address): string => `${address.kind}:${address.value}`

const PHONES: readonly string[] = PHONE_KINDS

/** The keys under which the same phone number would be known from other channels: one number is one person's, whatever it is written by. */
export const sameNumberKeys = ({ kind, value }: Address): readonly string[] =>
  PHONES.includes(kind) ? PHONES.filter((other) => other !== kind).map((other) => addressKey({ kind: other, value })) : []
