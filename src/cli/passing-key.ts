/** A key that lives as long as this process: the demo's agent needs no login, and leaves nothing behind in the store. */
import type { Access, Key } from '../core/access.ts'

/** `hash` is the SHA-256 digest of its secret. Its sessions last as long: the demo's clock leaps over days. */
export const withPassingKey = (access: Access, key: Key, hash: string): Access => {
  const sessions = new Set<string>()
  return {
    ...access,
    findKey: async (asked) => (asked === hash ? key : access.findKey(asked)),
    openSession: async (session, at) => {
      if (session.key === key.id) sessions.add(session.hash)
      else await access.openSession(session, at)
    },
    findSession: async (asked, at) => (sessions.has(asked) ? key : access.findSession(asked, at)),
    closeSession: async (asked) => {
      if (!sessions.delete(asked)) await access.closeSession(asked)
    },
  }
}
