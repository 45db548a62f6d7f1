/** Where posts wait in this browser until they are taken: IndexedDB, which keeps files too; this page's memory where there is none. */
import type { Says } from './shapes.ts'

export type Kept = {
  readonly id: string
  /** They leave in this order. */
  readonly at: number
  readonly says?: Says
  readonly file?: { readonly blob: Blob; readonly name: string }
  /** Why the house would not take it. */
  readonly refused?: string
}
export type Shelf = {
  all(): Promise<readonly Kept[]>
  put(post: Kept): Promise<void>
  drop(id: string): Promise<void>
  clear(): Promise<void>
}

const STORE = 'posts'

const inMemory = (): Shelf => {
  const posts = new Map<string, Kept>()
  return {
    all: async () => [...posts.values()],
    put: async (post) => void posts.set(post.id, post),
    drop: async (id) => void posts.delete(id),
    clear: async () => posts.clear(),
  }
}

/** A full disk undoes requests that went well. */
const kept = (transaction: IDBTransaction): Promise<void> =>
  new Promise((done, failed) => {
    transaction.oncomplete = () => done()
    transaction.onabort = () => failed(transaction.error)
  })

const openDatabase = (name: string): Promise<IDBDatabase> =>
  new Promise((opened, failed) => {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' })
    opening.onsuccess = () => opened(opening.result)
    opening.onerror = () => failed(opening.error)
  })

/** Opened for each act: a browser may shut a database at any time, when its site's data are cleared or a phone has slept. */
export const openShelf = (name: string): Shelf => {
  // What a browser will not keep is kept here as long as the page is open.
  const rest = inMemory()
  const act = async <T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const database = await openDatabase(name)
    try {
      const transaction = database.transaction(STORE, mode)
      const request = run(transaction.objectStore(STORE))
      await kept(transaction)
      return request.result
    } finally {
      database.close()
    }
  }
  const change = (run: (store: IDBObjectStore) => IDBRequest): Promise<unknown> => act('readwrite', run)
  return {
    all: async () => {
      const stored: Kept[] = await act('readonly', (store) => store.getAll()).catch(() => [])
      // What could not be stored is newer than what was.
      const byId = new Map([...stored, ...(await rest.all())].map((post) => [post.id, post]))
      return [...byId.values()].sort((a, b) => a.at - b.at)
    },
    put: (post) =>
      change((store) => store.put(post)).then(
        () => rest.drop(post.id),
        () => rest.put(post),
      ),
    drop: async (id) => {
      await rest.drop(id)
      await change((store) => store.delete(id)).catch(() => {})
    },
    clear: async () => {
      await rest.clear()
      await change((store) => store.clear()).catch(() => {})
    },
  }
}
