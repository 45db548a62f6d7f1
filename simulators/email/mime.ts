/** A mail as an IMAP server sees it: its parts by number (RFC 9051 §6.4.5), and BODYSTRUCTURE (§7.5.2), written from the RFC. */

export type Part = {
  /** Empty for the mail itself. */
  readonly number: string
  readonly head: string
  readonly body: string
  readonly type: string
  readonly parts: readonly Part[]
}

/** One character a byte, throughout. */
export const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

export const headerOf = (head: string, name: string): string | undefined =>
  new RegExp(`^${name}:[ \\t]*(.*(?:\\r\\n[ \\t].*)*)`, 'im')
    .exec(head)?.[1]
    ?.replace(/\r\n\s+/g, ' ')
    .trim()

const parameter = (header: string, name: string): string | undefined => {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header)
  return found?.[1] ?? found?.[2]
}

const DEEPEST = 10

export const readParts = (raw: string, number = '', depth = 0): Part => {
  const end = raw.indexOf('\r\n\r\n')
  const [head, body] = end < 0 ? [raw, ''] : [raw.slice(0, end + 2), raw.slice(end + 4)]
  const header = headerOf(head, 'Content-Type') ?? 'text/plain'
  const type = (header.split(';')[0] ?? '').trim().toLowerCase() || 'text/plain'
  const boundary = type.startsWith('multipart/') ? parameter(header, 'boundary') : undefined
  if (boundary === undefined || depth === DEEPEST) return { number: number || '1', head, body, type, parts: [] }
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1)
  const inner = pieces.filter((piece) => !piece.startsWith('--')).map((piece) => piece.replace(/^[ \t]*\r\n/, ''))
  const parts = inner.map((piece, at) => readParts(piece, number === '' ? String(at + 1) : `${number}.${at + 1}`, depth + 1))
  return { number, head, body, type, parts }
}

export const findPart = (part: Part, number: string): Part | undefined =>
  part.parts.length === 0 ? (part.number === number ? part : undefined) : part.parts.map((one) => findPart(one, number)).find(Boolean)

const quoted = (text: string | undefined): string => (text === undefined ? 'NIL' : `"${text.replace(/["\\\r\n]/g, '')}"`)

/** As an IMAP server tells it. */
export const structureOf = (part: Part): string => {
  const [family = 'text', sort = 'plain'] = part.type.split('/')
  if (part.parts.length > 0) return `(${part.parts.map(structureOf).join('')} ${quoted(sort)})`
  const header = headerOf(part.head, 'Content-Type') ?? ''
  const given = ['charset', 'name'].flatMap((name) =>
    parameter(header, name) === undefined ? [] : [quoted(name), quoted(parameter(header, name))],
  )
  const disposition = headerOf(part.head, 'Content-Disposition')
  const filename = disposition === undefined ? undefined : parameter(disposition, 'filename')
  const shown =
    disposition === undefined
      ? 'NIL'
      : `(${quoted(disposition.split(';')[0])} ${filename === undefined ? 'NIL' : `("filename" ${quoted(filename)})`})`
  const fields = [
    quoted(family),
    quoted(sort),
    given.length > 0 ? `(${given.join(' ')})` : 'NIL',
    quoted(headerOf(part.head, 'Content-Id')),
    'NIL',
    quoted(headerOf(part.head, 'Content-Transfer-Encoding') ?? '7bit'),
    String(part.body.length),
    ...(family === 'text' ? [String(part.body.split('\r\n').length)] : []),
    'NIL',
    shown,
  ]
  return `(${fields.join(' ')})`
}
