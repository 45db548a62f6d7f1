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

export const openShelf = async (name: string): Promise<Shelf> => {
  try {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' })
    const database = await done(opening)
    const store = (mode: IDBTransactionMode) => database.transaction(STORE, mode).objectStore(STORE)
    // What a full disk refuses is kept here as long as the page is open.
    const rest = inMemory()
    return {
      all: async () => [...((await done(store('readonly').getAll())) as Kept[]), ...(await rest.all())].sort((a, b) => a.at - b.at),
      put: (post) =>
        done(store('readwrite').put(post)).then(
          () => {},
          () => rest.put(post),
        ),
      drop: async (id) => {
        await rest.drop(id)
        await done(store('readwrite').delete(id))
      },
      clear: async () => {
        await rest.clear()
        await done(store('readwrite').clear())
      },
    }
  } catch {
    return inMemory()
  }
}
