/** Reading foreign mails: every string that enters the house is tamed and bounded; nothing here throws. */
import { createHash } from 'node:crypto'
import { asId, type VendorId } from '../../core/ids.ts'

/** What PostgreSQL and UTF-8 cannot hold (NUL, lone surrogates) becomes U+FFFD, other control characters but line breaks and tabs go. */
export const tameText = (text: string, longest: number): string =>
  text
    .slice(0, longest)
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\uFFFD')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .trim()

/** One line of text: a subject, a name; nothing in it turns its order around. Empty becomes undefined. */
export const tameLine = (text: string | undefined, longest: number): string | undefined =>
  tameText((text ?? '').replace(/\s+/g, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, ''), longest) || undefined

const LONGEST_ID = 250

/** A Message-ID without its brackets; undefined where it is none that can be told apart. RFC 5322 §3.6.4 */
export const readMessageId = (text: string | undefined): string | undefined => {
  const id = text?.trim().replace(/^<|>$/g, '') ?? ''
  return /^[\x21-\x7e]+$/.test(id) && id.length > 2 && id.length <= LONGEST_ID ? id : undefined
}

/** All of them in a header, in order; at most the newest twenty. */
export const readMessageIds = (text: string): readonly string[] =>
  [...text.matchAll(/<([^<>\s]+)>/g)].flatMap(([, id]) => readMessageId(id) ?? []).slice(-20)

const HASHED = 'hash:'

/** Stands in where a mail has no id of its own: the same for the same bytes. */
export const hashedId = (source: Uint8Array): string => HASHED + createHash('sha256').update(source).digest('base64url')

export const asVendorId = (text: string): VendorId => asId<VendorId>(text)

/** The Message-ID that an event's id stands for, to answer it by; undefined where the mail had none. */
export const messageIdOf = (id: VendorId | undefined): string | undefined => {
  const [mail = ''] = (id ?? '').split('#file-')
  return mail === '' || mail.startsWith(HASHED) ? undefined : mail
}
/** The id of a file of a mail. */
export const fileId = (mail: string, part: string): VendorId => asVendorId(`${mail}#file-${part}`)

export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
