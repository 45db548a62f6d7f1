/** How a command reaches the store of a workspace that may be running: `program` knows how, the commands only close it. */
import type { Access } from '../core/access.ts'
import type { Reading } from '../core/reading.ts'
import type { Io } from './command.ts'

export type OpenedStore = {
  readonly reading: Reading
  readonly access: Access
  close(): Promise<void>
}
/** Throws a RelaisError where the store cannot be reached. */
export type OpenStore = (io: Io) => Promise<OpenedStore>

/** Opens, works, closes. */
export const withStore = async <T>(openStore: OpenStore, io: Io, work: (store: OpenedStore) => Promise<T>): Promise<T> => {
  const store = await openStore(io)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
