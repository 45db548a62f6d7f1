/** What the demo's stage needs of any imitation provider: to be cut and healed, and to tell what it received. */
import type { CutKind, InboxLine, ReceivedView } from '../phone-view.ts'

export type StagedProvider = {
  /** The channel's or the engine's id in the demo workspace. */
  readonly id: string
  /** The ways it can be cut, the plainest first. */
  readonly cuts: readonly CutKind[]
  /** null: it works. */
  readonly cut: CutKind | null
  /** null heals it: what it held back comes late. */
  turn(cut: CutKind | null): void
  /** What came in over the wire, oldest first: no words and no secrets. */
  received(): readonly Omit<ReceivedView, 'provider'>[]
  readonly inbox?: Inbox
}

/** An app of the customer's that keeps the messages of one address, both ways. */
export type Inbox = {
  /** E.164 or a mailbox, of somebody who is called so; null where they have none. */
  addressOf(person: { readonly name: string; readonly phone: string | null }): string | null
  /** Puts back what was there before a restart, the oldest first. */
  restore(address: string, line: InboxLine): void
  /** Oldest first. */
  lines(address: string): readonly InboxLine[]
  /** Whoever holds it told the operator to deliver nothing more of this business. */
  stopped?(address: string): boolean
  /** `answers`: the line it is an answer to. */
  write(address: string, text: string, detail: { readonly subject?: string; readonly answers?: string }): void
  read(address: string): void
  /** Takes the way out that a line offers (`InboxLine.leave`). */
  leave?(address: string, line: string): Promise<void>
}
