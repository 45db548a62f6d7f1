/**
 * What a visitor's file is, by its bytes alone. Only what is one thing and nothing else passes: a picture or a PDF that ends where it says,
 * with no archive hung on and no page inside; a text that no browser would take for a page.
 */
import { fileTypeFromBuffer } from 'file-type'

export type Sniffed = { readonly mime: string; readonly endings: readonly string[]; readonly kind: 'image' | 'document' }

const KINDS: Readonly<Record<string, Sniffed>> = Object.fromEntries(
  (
    [
      ['image/jpeg', ['jpg', 'jpeg'], 'image'],
      ['image/png', ['png'], 'image'],
      ['image/webp', ['webp'], 'image'],
      ['image/gif', ['gif'], 'image'],
      ['application/pdf', ['pdf'], 'document'],
      ['text/plain', ['txt', 'md', 'csv', 'log'], 'document'],
    ] as const
  ).map(([mime, endings, kind]) => [mime, { mime, endings, kind }]),
)
export const TYPES: readonly string[] = Object.keys(KINDS)

/** A ZIP is read from its end: anything before it may be anything. */
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1')
const ZIP_TAIL = 65_557
// With a space or an end behind it: three letters alone stand in every hundredth large photograph by chance.
const MARKUP = /<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?php)[\s/>]/i
/** What a browser may take for a page, an image or a feed although it is called a text. */
const LOOKS_LIKE_MARKUP = /^\s*<[!?/a-z]/i

const blank = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0 || byte === 9 || byte === 10 || byte === 13 || byte === 32)

const endsAs: Readonly<Record<string, (bytes: Buffer) => boolean>> = {
  'image/jpeg': (bytes) => {
    const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]))
    return end > 0 && blank(bytes.subarray(end + 2))
  },
  'image/png': (bytes) => {
    // Chunk by chunk: length, name, data, checksum.
    let at = 8
    while (at + 12 <= bytes.length) {
      const last = bytes.toString('latin1', at + 4, at + 8) === 'IEND'
      at += 12 + bytes.readUInt32BE(at)
      if (last) return at === bytes.length
    }
    return false
  },
  'image/gif': (bytes) => bytes.at(-1) === 0x3b,
  'image/webp': (bytes) => bytes.length === 8 + bytes.readUInt32LE(4) + (bytes.readUInt32LE(4) % 2),
  'application/pdf': (bytes) => {
    const end = bytes.lastIndexOf('%%EOF')
    return bytes.toString('latin1', 0, 5) === '%PDF-' && end > 0 && blank(bytes.subarray(end + 5))
  },
}

/** Tabs, ends of lines and escapes stand in texts; no other sign below the space does. */
const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)

const isText = (bytes: Buffer): boolean => {
  if (bytes.some(isControl)) return false
  try {
    return !LOOKS_LIKE_MARKUP.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return false
  }
}

/** null: nothing that is let in. */
export const sniff = async (given: Uint8Array): Promise<Sniffed | null> => {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  if (bytes.length === 0 || bytes.subarray(-ZIP_TAIL).includes(ZIP_END)) return null
  const found = await fileTypeFromBuffer(given)
  if (!found) return isText(bytes) ? (KINDS['text/plain'] ?? null) : null
  const kind = KINDS[found.mime]
  if (!kind || !endsAs[found.mime]?.(bytes) || MARKUP.test(bytes.toString('latin1'))) return null
  return kind
}

const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu
const LONGEST_NAME = 120

/** The name as it may be shown and saved: no folder, no sign that turns writing around, and an ending that is true. */
export const safeName = (given: string, { endings }: Sniffed): string => {
  const [ending = ''] = endings
  const name = given
    .toWellFormed()
    .replace(UNSEEN, '')
    .replace(/^.*[/\\]/, '')
    .replace(/[<>:"|?*]/g, '_')
    .trim()
    .replace(/^\.+/, '')
  const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 10)}…` : name
  return endings.some((one) => short.toLowerCase().endsWith(`.${one}`)) ? short : `${short || 'file'}.${ending}`
}
