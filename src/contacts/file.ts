/** A file of contacts, line by line: never held whole. */
import { Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import { RelaisError } from '../core/errors.ts'
import type { ImportedContact } from '../core/importing.ts'
import { type Columns, type Field, IMPORTED_KINDS, readColumns } from './column.ts'
import type { Fault } from './fault.ts'
import { type Home, openLines } from './line.ts'

const SEPARATORS = [';', ',', '\t'] as const
export type Separator = (typeof SEPARATORS)[number]

/** The one that stands most often in the head, quoted cells left out; a comma where none does. */
const separatorIn = (head: string): Separator => {
  const bare = head.replace(/"[^"]*"/gu, '')
  const count = (sign: string) => bare.split(sign).length - 1
  const best = SEPARATORS.toSorted((a, b) => count(b) - count(a))[0] ?? ','
  return count(best) > 0 ? best : ','
}

/** More than any line of people: beyond it somebody forgot to close a quotation mark. */
const LONGEST_RECORD = 100_000
const LONGEST_HEAD = 20_000

export type OpenFile = {
  readonly separator: Separator
  readonly heads: readonly string[]
  readonly columns: Columns
  /** Every line after the head: a contact, or why not. */
  readonly lines: AsyncIterable<{ readonly contact: ImportedContact | null; readonly faults: readonly Fault[] }>
}

/** Some text until the first line end, and everything again. */
const peek = async (text: AsyncIterable<string>): Promise<{ readonly head: string; readonly whole: AsyncIterable<string> }> => {
  const rest = text[Symbol.asyncIterator]()
  let head = ''
  while (!/[\r\n]/u.test(head.trimStart()) && head.length < LONGEST_HEAD) {
    const next = await rest.next()
    if (next.done) break
    head += next.value
  }
  const first = head
  return {
    head: first.trimStart().split(/[\r\n]/u)[0] ?? '',
    whole: (async function* () {
      yield first
      yield* { [Symbol.asyncIterator]: () => rest }
    })(),
  }
}

/** “sep=;” is a word to a spreadsheet, not a head. */
const HINT = /^sep=(.)$/iu

/** What to type for one of the columns to count: the one that bears the field's own name, else the first. */
const leavingOut = ({ field, heads }: Columns['twice'][number]): string => {
  const names = heads.map((head) => head.trim())
  const kept = names.find((name) => name === field) ?? names[0]
  const others = names.filter((name) => name !== kept)
  return others.length === names.length - 1 ? ` → ${others.map((name) => `--map "${name}=-"`).join(' ')}` : ''
}

/**
 * `told`: what somebody says that columns are, by their heads; `check` sees the heads before they are read. Errors of one line stay with it.
 * @throws {RelaisError} `import-columns` where no column holds an address, or two hold the same field.
 */
export const openFile = async (
  text: AsyncIterable<string>,
  {
    home,
    now,
    told,
    check,
  }: {
    readonly home: Home
    readonly now: number
    readonly told?: ReadonlyMap<string, Field>
    readonly check?: (heads: readonly string[]) => void
  },
): Promise<OpenFile> => {
  const { head, whole } = await peek(text)
  const hint = HINT.exec(head)?.[1]
  const separator = SEPARATORS.find((one) => one === hint) ?? separatorIn(head)
  const skipped: Fault[] = []
  /** Where the last record ended. */
  let last = 0
  /** Where a record began that does not end. */
  let over = Number.POSITIVE_INFINITY
  const parser = parse({
    delimiter: separator,
    bom: true,
    info: true,
    from: hint === undefined ? 1 : 2,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_RECORD,
    on_record: (record: string[], { lines }: { lines: number }) => {
      last = lines
      return record
    },
    on_skip: (error: CsvError | undefined) => {
      const endless = error?.code === 'CSV_MAX_RECORD_SIZE'
      if (over < Number.POSITIVE_INFINITY) return undefined
      const line = last + 1
      last = Math.max(line, Number(error?.lines ?? 0))
      skipped.push({ line, column: null, code: endless ? 'too-long' : 'broken-quotes', rejected: true })
      // What follows is a part of that record: it would only fail anew, letter by letter.
      if (endless) {
        over = line
        queueMicrotask(() => {
          source.unpipe(parser)
          source.destroy()
          parser.end()
        })
      }
      return undefined
    },
  })
  const source = Readable.from(whole)
  source.on('error', (error) => parser.destroy(error))
  const records = source.pipe(parser)[Symbol.asyncIterator]() as AsyncIterator<{ record: string[]; info: { lines: number } }>
  const first = await records.next()
  const heads: readonly string[] = first.done ? [] : first.value.record
  check?.(heads)
  const columns = readColumns(heads, told)
  const [again] = columns.twice
  if (again) throw new RelaisError('import-columns', `${again.field}: ${again.heads.join(' / ')}${leavingOut(again)}`)
  if (!IMPORTED_KINDS.some((kind) => columns.of.has(kind)))
    throw new RelaisError('import-columns', heads.slice(0, 20).join(' | ').slice(0, 300))
  const read = openLines(columns, home, now)
  return {
    separator,
    heads,
    columns,
    lines: (async function* () {
      for (;;) {
        const next = await records.next()
        for (const fault of skipped.splice(0)) yield { contact: null, faults: [fault] }
        if (next.done || next.value.info.lines >= over) return
        const { record, info } = next.value
        // A cell may hold line ends: the line is where its record begins.
        const line = info.lines - (record.join('').match(/\r\n|\r|\n/gu)?.length ?? 0)
        if (record.every((cell) => cell.trim() === '')) continue
        yield read(record, line, heads.length)
      }
    })(),
  }
}
