/**
 * What the visitor posted and the house has not taken yet. Posts leave one after the other, in order, from one tab at a time; each has its
 * own id, so that one sent twice is one. What the house will not have stands aside with the reason and holds up nobody.
 */
import type { Says } from './shapes.ts'
import type { Kept, Shelf } from './shelf.ts'
import { makeId, Trouble } from './wire.ts'

export type Post = Kept & {
  /** `sent`: taken by the house, and not yet heard of in the thread. */
  readonly state: 'waiting' | 'sending' | 'sent' | 'refused'
  /** How much of a file is gone, 0 to 1. */
  readonly part?: number
}
type Tools = {
  readonly shelf: Shelf
  readonly deliver: (post: Kept, told: (part: number) => void) => Promise<void>
  readonly changed: (posts: readonly Post[]) => void
  /** The house took one. */
  readonly taken: (post: Kept) => void
  /** Says it to the other tabs. */
  readonly tell: () => void
  readonly now: () => number
}
export type Queue = {
  say(says: Says): Promise<void>
  send(blob: Blob, name: string): Promise<void>
  retry(id: string): Promise<void>
  drop(id: string): Promise<void>
  /** Gives whether anything was still here. */
  clear(): Promise<boolean>
  /** The thread holds these. */
  heard(ids: readonly string[]): void
  /** Reads the shelf anew, and sends what is on it. */
  look(): Promise<void>
}

const SLOWEST_MS = 30_000

/** Runs alone among this browser's tabs, where the browser can see to that; repeats are one event at the house anyway. */
const alone = (name: string, run: () => Promise<void>): Promise<void> =>
  'locks' in navigator ? navigator.locks.request(name, run).then(() => undefined) : run()

export const createQueue = (name: string, { shelf, deliver, changed, taken, tell, now }: Tools): Queue => {
  let kept: readonly Kept[] = []
  let sent: readonly Kept[] = []
  let leaving: { readonly id: string; readonly part?: number } | null = null
  let draining = false
  let again = 0
  let failures = 0
  let last = 0

  const unsent = (): readonly Kept[] => kept.filter(({ id }) => !sent.some((one) => one.id === id))
  /** Not cleared away while it was on its way. */
  const isKept = (post: Kept): boolean => kept.some(({ id }) => id === post.id)
  const show = (): void => {
    const stateOf = (post: Kept): Post => {
      if (leaving?.id === post.id) return { ...post, state: 'sending', ...(leaving.part === undefined ? {} : { part: leaving.part }) }
      return { ...post, state: post.refused === undefined ? 'waiting' : 'refused' }
    }
    changed([...sent.map((post): Post => ({ ...post, state: 'sent' })), ...unsent().map(stateOf)])
  }
  const read = async (): Promise<void> => {
    kept = await shelf.all()
    show()
  }
  const keep = async (post: Kept): Promise<void> => {
    await shelf.put(post)
    await read()
    tell()
  }
  const drop = async (id: string): Promise<void> => {
    await shelf.drop(id)
    await read()
    tell()
  }

  const attempt = async (post: Kept): Promise<boolean> => {
    leaving = { id: post.id }
    show()
    try {
      await deliver(post, (part) => {
        leaving = { id: post.id, part }
        show()
      })
      failures = 0
      if (!isKept(post)) return true
      sent = [...sent, post]
      await drop(post.id)
      taken(post)
      return true
    } catch (error) {
      if (!(error instanceof Trouble)) throw error
      if (error.again === null) {
        if (isKept(post)) await keep({ ...post, refused: [error.message, error.remedy].filter(Boolean).join(' ') })
        return true
      }
      failures += 1
      clearTimeout(again)
      again = window.setTimeout(() => void drain(), Math.max(error.again, Math.min(SLOWEST_MS, error.again * 2 ** (failures - 1))))
      return false
    } finally {
      leaving = null
      show()
    }
  }
  const drain = async (): Promise<void> => {
    if (draining) return
    draining = true
    clearTimeout(again)
    await alone(name, async () => {
      await read()
      for (let next = first(); next; next = first()) if (!(await attempt(next))) return
    }).finally(() => {
      draining = false
    })
    // Whatever came between the last look and here.
    if (first() && failures === 0) await drain()
  }
  const first = (): Kept | undefined => unsent().find(({ refused }) => refused === undefined)
  const add = async (post: Pick<Kept, 'says' | 'file'>): Promise<void> => {
    last = Math.max(last + 1, now())
    await keep({ id: makeId(), at: last, ...post })
    void drain()
  }

  return {
    say: (says) => add({ says }),
    send: (blob, fileName) => add({ file: { blob, name: fileName } }),
    async retry(id) {
      const post = kept.find((one) => one.id === id)
      if (!post) return
      const { refused: _, ...clean } = post
      await keep(clean)
      void drain()
    },
    drop,
    async clear() {
      const some = unsent().length > 0
      sent = []
      await shelf.clear()
      await read()
      tell()
      return some
    },
    heard(ids) {
      if (!sent.some(({ id }) => ids.includes(id))) return
      sent = sent.filter(({ id }) => !ids.includes(id))
      show()
    },
    async look() {
      await read()
      failures = 0
      void drain()
    },
  }
}
