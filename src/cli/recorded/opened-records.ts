/** How a command reads whole stretches of what a workspace recorded: `program` knows how, the commands only close it. */
import type { Recorded } from '../../core/recorded.ts'
import type { Io } from '../command.ts'

export type OpenedRecords = { readonly recorded: Recorded; close(): Promise<void> }
/** Throws a RelaisError where the store cannot be reached. */
export type OpenRecords = (io: Io) => Promise<OpenedRecords>

export const withRecords = async <T>(open: OpenRecords, io: Io, work: (recorded: Recorded) => Promise<T>): Promise<T> => {
  const { recorded, close } = await open(io)
  try {
    return await work(recorded)
  } finally {
    await close()
  }
}
