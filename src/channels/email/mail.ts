/** The bytes of a mail -> its parts, with bounds: what is broken is read as far as it goes, and nothing is ever fetched. */
import { type EmailAddress, type ParsedMail, simpleParser } from 'mailparser'
import type { Address } from '../../core/address.ts'
import { readEmail } from '../../core/contact-address.ts'
import type { MediaKind } from '../../core/content.ts'
import { textOfHtml } from './text.ts'
import { hashedId, readMessageId, readMessageIds, tameLine, tameText } from './wire.ts'

/** A part of a mail that is a file. `part`: its number as IMAP counts (RFC 9051 §6.4.5). */
export type FilePart = {
  readonly part: string
  readonly mime: string
  readonly bytes: number
  readonly filename?: string | undefined
}

/** A mail as the server keeps it. */
export type Source = {
  /** From its first byte; perhaps not to its last. */
  readonly bytes: Uint8Array
  /** When it came in, by the server's clock; ms. */
  readonly at: number
  /** Its files and its words, told by the server where the bytes were cut short. */
  readonly files?: readonly FilePart[] | undefined
  readonly words?: { readonly text: string; readonly html: boolean } | undefined
}

/** In their order, by names in small letters. */
export type Headers = readonly (readonly [name: string, value: string])[]
export const allOf = (headers: Headers, name: string): readonly string[] => headers.flatMap(([key, value]) => (key === name ? [value] : []))
export const firstOf = (headers: Headers, name: string): string | undefined => headers.find(([key]) => key === name)?.[1]

export type Mail = {
  readonly id: string
  readonly at: number
  readonly headers: Headers
  /** null where nobody says who wrote it. */
  readonly from: Address | null
  readonly name: string | undefined
  readonly to: readonly string[]
  readonly answers: readonly string[]
  readonly subject: string | undefined
  /** Its body cannot be taken apart. */
  readonly broken: boolean
  /** All of its words as plain text. */
  readonly words: string
  readonly files: readonly FilePart[]
  /** The parts of a report by a mail server, as text; empty where it is none. */
  readonly report: readonly { readonly mime: string; readonly text: string }[]
}

/** One part is read by these bounds; the whole is bounded by whoever fetches it. */
const OPTIONS = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepCidLinks: true,
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  checksumAlgo: false,
  maxHeadSize: 256 * 1024,
  maxChildNodes: 200,
} as const
const LONGEST_WORDS = 60_000
const MOST_ADDRESSES = 100

/** No file of anybody's: keys, signatures and the parts of a report. */
const BESIDE =
  /^(?:application\/(?:pgp-(?:signature|keys|encrypted)|(?:x-)?pkcs7-signature|ms-tnef)|message\/(?:delivery-status|disposition-notification)|text\/rfc822-headers)$/
const REPORT = /^(?:message\/(?:delivery-status|rfc822|global|global-delivery-status)|text\/rfc822-headers)$/

export const isFile = (mime: string): boolean => !BESIDE.test(mime)

export const kindOf = (mime: string): MediaKind => {
  const [family] = mime.split('/')
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'document'
}

const readHeaders = (mail: ParsedMail): Headers =>
  mail.headerLines.map(({ key, line }) => [
    key,
    line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n\s+/g, ' ')
      .trim(),
  ])

const flat = (addresses: readonly EmailAddress[]): readonly EmailAddress[] =>
  addresses.flatMap((one) => (one.group ? flat(one.group) : [one])).slice(0, MOST_ADDRESSES)

const recipients = (headers: Headers): readonly string[] =>
  ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to']
    .flatMap((name) => allOf(headers, name))
    .flatMap((line) => line.split(/[\s<>,;:"()]+/).filter((word) => word.includes('@')))
    .slice(0, MOST_ADDRESSES)

/** A picture that stands in the HTML is part of how it looks, most often a logo. */
const isShownInside = ({ related, contentType, contentDisposition }: ParsedMail['attachments'][number]): boolean =>
  contentType.startsWith('image/') && (related === true || (contentDisposition === 'inline' && related !== undefined))

const filesOf = ({ attachments }: ParsedMail): readonly FilePart[] =>
  attachments
    .filter((one) => isFile(one.contentType) && !isShownInside(one))
    // A mail that is nothing but a file has no parts: its body is part 1.
    .map((one) => ({ part: one.partId ?? '1', mime: one.contentType, bytes: one.size, filename: tameLine(one.filename, 200) }))

/** `beyond`: those behind what was read. */
const wordsOf = (mail: ParsedMail, beyond: Source['words']): string => {
  const plain = tameText(mail.text ?? '', LONGEST_WORDS)
  const words = plain === '' && mail.html ? tameText(textOfHtml(mail.html), LONGEST_WORDS) : plain
  return words === '' && beyond ? tameText(beyond.html ? textOfHtml(beyond.text) : beyond.text, LONGEST_WORDS) : words
}

const parse = (bytes: Uint8Array): Promise<ParsedMail | null> => simpleParser(Buffer.from(bytes), OPTIONS).catch(() => null)

const headOf = (bytes: Uint8Array): Uint8Array => {
  const end = /\r?\n\r?\n/.exec(Buffer.from(bytes).toString('latin1'))?.index
  return bytes.subarray(0, end)
}

/** What mail programs write where nobody told them a name: the mailbox's. In small letters, as they do: “Camille” may be a name. */
const nameOf = ({ name, address = '' }: EmailAddress): string | undefined =>
  [address, address.toLowerCase()].some((own) => name === own || name === own.split('@')[0]) ? undefined : tameLine(name, 100)

/** Never throws: what is no mail at all is one without sender and words. */
export const readSource = async (source: Source): Promise<Mail> => {
  const { bytes, at } = source
  const whole = await parse(bytes)
  // A head without a body still tells who wrote, and of what.
  const mail = whole ?? (await parse(headOf(bytes)))
  const id = readMessageId(mail?.messageId) ?? hashedId(bytes)
  if (!mail) {
    return {
      id,
      at,
      headers: [],
      from: null,
      name: undefined,
      to: [],
      answers: [],
      subject: undefined,
      broken: true,
      words: '',
      files: [],
      report: [],
    }
  }
  const headers = readHeaders(mail)
  const [sender] = flat(mail.from?.value ?? [])
  const address = readEmail(sender?.address ?? '')
  const isReport = /multipart\/report/i.test(firstOf(headers, 'content-type') ?? '')
  return {
    id,
    at,
    headers,
    from: address === null ? null : { kind: 'email', value: address },
    name: sender && nameOf(sender),
    to: recipients(headers),
    // Newest last: what it answers, before what that answered.
    answers: [...readMessageIds(firstOf(headers, 'references') ?? ''), ...readMessageIds(firstOf(headers, 'in-reply-to') ?? '')],
    subject: tameLine(mail.subject, 200),
    broken: whole === null,
    words: wordsOf(mail, source.words),
    files: source.files ?? filesOf(mail),
    report: isReport
      ? mail.attachments
          .filter(({ contentType }) => REPORT.test(contentType))
          .map(({ contentType, content }) => ({ mime: contentType, text: content.subarray(0, 64 * 1024).toString('utf8') }))
      : [],
  }
}
