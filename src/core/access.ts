/** Who may call the API, and what a repeated call is answered. Secrets come in as SHA-256 digests: the store never sees one. */
import type { EventId, MessageId } from './ids.ts'

/** `admin` may all; `agent` acts on conversations; `system` sends and records consents; `read` only reads. All read. */
export const ROLES = ['admin', 'agent', 'system', 'read'] as const
export type Role = (typeof ROLES)[number]

/** `id` is made of the name, so that `agent:claire` in a thread says who it was. */
export type Key = {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly createdAt: number
  readonly revokedAt: number | null
}

export type StoredAnswer = { readonly status: number; readonly body: unknown }
/** Ids given to a call before it does anything, so that its repeat after a crash is the same act. */
export type Reserved = { readonly event: EventId; readonly message: MessageId }

export type Begun =
  | { readonly type: 'fresh'; readonly reserved: Reserved }
  /** The same call is being handled at this instant. */
  | { readonly type: 'busy' }
  /** The same key came with another request. */
  | { readonly type: 'different' }
  | { readonly type: 'done'; readonly answer: StoredAnswer }

export interface Access {
  /** A key that was not revoked, by the digest of its secret. */
  findKey(hash: string): Promise<Key | null>
  listKeys(): Promise<readonly Key[]>
  /** Gives the key with its id: the wished one, or one beside it where that is taken. */
  createKey(key: { readonly name: string; readonly role: Role; readonly hash: string }, at: number): Promise<Key>
  /** False where there is no such key in force. Its sessions end with it. */
  revokeKey(id: string, at: number): Promise<boolean>

  /** A person's browser, entered with a key. */
  openSession(session: { readonly hash: string; readonly key: string; readonly expiresAt: number }, at: number): Promise<void>
  findSession(hash: string, at: number): Promise<Key | null>
  closeSession(hash: string): Promise<void>

  /** One of many equal calls wins; one that died half-way is taken over after a minute, with the ids it was given. */
  begin(call: { readonly key: string; readonly fingerprint: string; readonly reserved: Reserved }, at: number): Promise<Begun>
  finish(key: string, answer: StoredAnswer): Promise<void>
  /** The call failed: its repeat may take over at once, with the ids it was given. */
  release(key: string): Promise<void>
  /** Drops answers kept since before `before`, and sessions that are over. */
  prune(before: number, at: number): Promise<void>
}
