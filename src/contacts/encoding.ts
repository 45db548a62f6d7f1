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
 * Reads a file once. What is no UTF-8 anywhere is Windows-1252: Latin-1 with the euro sign and the French œ, in which spreadsheets write CSV
 * (https://encoding.spec.whatwg.org/#names-and-labels, read 2026-11-22: "latin1" is a label of it).
 */
export const natureOf = async (bytes: AsyncIterable<Uint8Array>): Promise<Nature> => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let first = true
  try {
    for await (const chunk of bytes) {
      const nature = first ? bySign(chunk) : null
      if (nature) return nature
      first = false
      decoder.decode(chunk, { stream: true })
    }
    decoder.decode()
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** Its text, without a byte order mark. */
export async function* textOf(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
