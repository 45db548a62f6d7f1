/** Cuts of the platform that last until they are healed, by name: for stages and rehearsals. Faults of single calls: `faults.ts`. */
import type { WhatsAppSimulator } from './simulator.ts'
import type { User } from './users.ts'

/**
 * `refuses`: it says no to every send. `silent`: it accepts and delivers nothing until it is healed, then what it held comes late. `down`:
 * every call fails. `banned`: the account is locked, and told so.
 */
export const WHATSAPP_CUTS = ['refuses', 'silent', 'down', 'banned'] as const
export type WhatsAppCut = (typeof WHATSAPP_CUTS)[number]

export interface Cuts {
  readonly now: WhatsAppCut | null
  /** null heals. */
  turn(cut: WhatsAppCut | null): void
  /** Somebody who joins while it is cut is cut off too. */
  meet(user: User): void
}

/** 131005: the permission was withdrawn. */
const ACCESS_DENIED = 131005

export const makeCuts = (simulator: Pick<WhatsAppSimulator, 'account' | 'faults' | 'users'>): Cuts => {
  let now: WhatsAppCut | null = null
  const heal = (): void => {
    if (now === 'banned') simulator.account.reinstate()
    if (now === 'silent') for (const user of simulator.users()) user.goOnline()
    simulator.faults.chance('error', 0)
    simulator.faults.chance('503', 0)
    now = null
  }
  return {
    get now() {
      return now
    },
    turn(cut) {
      heal()
      if (cut === 'banned') simulator.account.ban()
      if (cut === 'silent') for (const user of simulator.users()) user.goOffline()
      if (cut === 'refuses') simulator.faults.chance('error', 1, { code: ACCESS_DENIED })
      if (cut === 'down') simulator.faults.chance('503', 1, { on: 'any' })
      now = cut
    },
    meet(user) {
      if (now === 'silent') user.goOffline()
    },
  }
}
