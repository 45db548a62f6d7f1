/** A key that lives as long as this process: the demo's agent needs no login, and leaves nothing behind in the store. */
import type { Access, Key } from '../core/access.ts'

/** `hash` is the SHA-256 digest of its secret. */
export const withPassingKey = (access: Access, key: Key, hash: string): Access => {
  const sessions = new Map<string, number>()
  return {
    ...access,
    findKey: async (asked) => (asked === hash ? key : access.findKey(asked)),
    openSession: async (session, at) => {
      if (session.key === key.id) sessions.set(session.hash, session.expiresAt)
      else await access.openSession(session, at)
    },
    findSession: async (asked, at) => ((sessions.get(asked) ?? 0) > at ? key : access.findSession(asked, at)),
    closeSession: async (asked) => {
      if (!sessions.delete(asked)) await access.closeSession(asked)
    },
  }
}
