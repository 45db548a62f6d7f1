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

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((found, failed) => {
    request.onsuccess = () => found(request.result)
    request.onerror = () => failed(request.error)
  })

const openDatabase = (name: string): Promise<IDBDatabase> => {
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' })
  return done(opening)
}

/** Opened for each act: a browser may shut a database at any time, when its site's data are cleared or a phone has slept. */
export const openShelf = (name: string): Shelf => {
  // What a browser will not keep is kept here as long as the page is open.
  const rest = inMemory()
  const act = async <T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const database = await openDatabase(name)
    try {
      return await done(run(database.transaction(STORE, mode).objectStore(STORE)))
    } finally {
      database.close()
    }
  }
  const change = (run: (store: IDBObjectStore) => IDBRequest): Promise<unknown> => act('readwrite', run)
  return {
    all: async () => {
      const kept: Kept[] = await act('readonly', (store) => store.getAll()).catch(() => [])
      return [...kept, ...(await rest.all())].sort((a, b) => a.at - b.at)
    },
    put: (post) =>
      change((store) => store.put(post)).then(
        () => {},
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
