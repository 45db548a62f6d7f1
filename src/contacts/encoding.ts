/** In which letters a file is written, told by its bytes: a spreadsheet never says. */

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
export type Nature = Encoding | 'workbook' | 'binary'

const starts = (bytes: Uint8Array, ...marks: readonly number[]): boolean => marks.every((mark, n) => bytes[n] === mark)

/** What its first bytes tell; null: a text, perhaps UTF-8. */
const bySign = (head: Uint8Array): Nature | null => {
  if (starts(head, 0xff, 0xfe)) return 'utf-16le'
  if (starts(head, 0xfe, 0xff)) return 'utf-16be'
  // A ZIP (xlsx, ods) or an old compound document (xls).
  if (starts(head, 0x50, 0x4b, 0x03, 0x04) || starts(head, 0xd0, 0xcf, 0x11, 0xe0)) return 'workbook'
  return head.subarray(0, 4_096).includes(0) ? 'binary' : null
}

/**
 * Reads a file once. Where more letters are no UTF-8 than are, it is Windows-1252: Latin-1 with the euro sign and the French œ, in which
 * spreadsheets write CSV (https://encoding.spec.whatwg.org/#names-and-labels, read 2026-11-22: "latin1" is a label of it). A few that are none
 * spoil their lines, not the file.
 */
export const natureOf = async (bytes: AsyncIterable<Uint8Array>): Promise<Nature> => {
  const decoder = new TextDecoder()
  let first = true
  let [spoilt, letters] = [0, 0]
  const count = (text: string) => {
    spoilt += text.match(/\uFFFD/gu)?.length ?? 0
    letters += text.match(/[^\0-\x7f\uFFFD]/gu)?.length ?? 0
  }
  for await (const chunk of bytes) {
    const nature = first ? bySign(chunk) : null
    if (nature) return nature
    first = false
    count(decoder.decode(chunk, { stream: true }))
  }
  count(decoder.decode())
  return spoilt > letters ? 'windows-1252' : 'utf-8'
}

/** Its text, without a byte order mark. */
export async function* textOf(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
