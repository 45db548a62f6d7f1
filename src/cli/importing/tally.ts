/** What became of the lines of a file, added up while it is read. */
import type { Fault, FaultCode } from '../../contacts/index.ts'
import type { Imported, ImportedContact, ImportOutcome } from '../../core/importing.ts'

export type ImportResult = {
  readonly lines: number
  readonly new: number
  readonly completed: number
  readonly known: number
  /** Lines of which nothing was taken. */
  readonly rejected: number
  /** Addresses and consents that are new with it. */
  readonly addresses: number
  readonly consents: number
  /** In the order of the file. */
  readonly faults: readonly Fault[]
}

/** Some line tells what was not known: there is something to write. */
export const bringsNews = (told: ImportResult): boolean => told.new + told.completed + told.addresses + told.consents > 0

const FAULTY: ReadonlyMap<ImportOutcome, FaultCode> = new Map([
  ['several', 'several'],
  ['withdrawn', 'withdrawn'],
])

export const openTally = (take: (contacts: readonly ImportedContact[]) => Promise<readonly Imported[]>) => {
  let batch: ImportedContact[] = []
  const faults: Fault[] = []
  const counts = { new: 0, completed: 0, known: 0, several: 0, withdrawn: 0 }
  let [lines, addresses, consents] = [0, 0, 0]
  return {
    add: ({ contact, faults: told }: { readonly contact: ImportedContact | null; readonly faults: readonly Fault[] }): void => {
      lines += 1
      faults.push(...told)
      if (contact) batch.push(contact)
    },
    waiting: () => batch.length,
    flush: async (): Promise<void> => {
      const taken = batch
      batch = []
      for (const one of taken.length > 0 ? await take(taken) : []) {
        counts[one.outcome] += 1
        addresses += one.addresses
        consents += one.consents
        const code = FAULTY.get(one.outcome)
        if (code) faults.push({ line: one.line, column: null, code, rejected: true })
      }
    },
    close: (): ImportResult => ({
      lines,
      new: counts.new,
      completed: counts.completed,
      known: counts.known,
      rejected: faults.filter(({ rejected }) => rejected).length,
      addresses,
      consents,
      faults: faults.toSorted((a, b) => a.line - b.line),
    }),
  }
}
