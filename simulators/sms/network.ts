/** A mobile network behind an operator: takes messages, delivers them to phones, and has the operator say how they fared. */
import type { Clock } from '../wire.ts'
import { type Fault, makeFaults, type OpenFaults } from './faults.ts'
import { makeLedger, type OpenLedger, type SendRecord } from './ledger.ts'
import { makePhone, type OpenPhone } from './phones.ts'

/** `refuses`: no to every send. `silent`: it accepts and delivers nothing until it is healed, then late. `down`: nobody answers. */
export const SMS_CUTS = ['refuses', 'silent', 'down', 'banned'] as const
export type SmsCut = (typeof SMS_CUTS)[number]

export interface Cuts {
  readonly now: SmsCut | null
  /** null heals. */
  turn(cut: SmsCut | null): void
}

/** How a message fares, in words both operators have. */
export type Fate = 'sent' | 'delivered' | 'failed'
/** Why it failed, as the operator's own code. */
export type Why = 'unknown-number' | 'undelivered'

export interface World {
  readonly clock: Clock
  readonly random: () => number
  readonly faults: OpenFaults
  readonly ledger: OpenLedger
  readonly cuts: Cuts
  phone(number: string): OpenPhone
  known(number: string): OpenPhone | undefined
  phones(): readonly OpenPhone[]
  /** Called where a customer writes. */
  onWrite: (phone: OpenPhone, text: string) => void
  /** Delivers what was taken; `tell` says how it fares. Two statuses a message, three where it is told twice. */
  carry(record: SendRecord, tell: Tell): void
  /** Nothing more happens. */
  stop(): void
}
export type Word = Pick<Fault, 'kind'> | undefined
export type Tell = (fate: Fate, detail: { readonly why?: Why; readonly code?: string; readonly word: Word }) => void

const SENT_MS = 200
/** The phone shows it, and the network then says so. */
const SHOWN_MS = 850
const DELIVERED_MS = 900
const endingIn = (end: Fate) =>
  [
    [SENT_MS, 'sent'],
    [DELIVERED_MS, end],
  ] as const

export const makeWorld = (clock: Clock, random: () => number): World => {
  const phones = new Map<string, OpenPhone>()
  const faults = makeFaults(random)
  const ledger = makeLedger()
  let now: SmsCut | null = null
  let held: (() => void)[] = []
  let stopped = false
  const after = (ms: number, run: () => void) => void clock.after(ms, () => (stopped ? undefined : run()))
  const whenHeard = (run: () => void) => (now === 'silent' ? void held.push(run) : run())

  const tellAll = (
    tell: Tell,
    fates: readonly (readonly [number, Fate])[],
    detail: { why?: Why; code?: string },
    word: Fault | undefined,
  ) => {
    if (word?.kind === 'never') return
    const late = word?.kind === 'late' ? (word.ms ?? 60_000) : 0
    const times = word?.kind === 'twice' ? (word.times ?? 2) : 1
    const ordered = word?.kind === 'disordered' ? fates.map(([, fate], n) => [fates.at(-1 - n)?.[0] ?? 0, fate] as const) : fates
    for (const [ms, fate] of ordered)
      for (let time = 0; time < times; time += 1)
        after(ms + late + time * 50, () => tell(fate, { ...(fate === 'failed' ? detail : {}), word }))
  }

  const deliver = (record: SendRecord, tell: Tell): void => {
    const [fate, word] = [faults.of('fate'), faults.of('word')]
    const phone = phones.get(record.to)
    if (fate?.kind === 'dropped') return
    if (fate?.kind === 'claims-delivered') {
      tellAll(tell, endingIn('delivered'), {}, word)
      return
    }
    if (fate?.kind === 'undelivered' || !phone) {
      const detail =
        fate?.code === undefined ? { why: phone ? ('undelivered' as const) : ('unknown-number' as const) } : { code: String(fate.code) }
      tellAll(tell, endingIn('failed'), detail, word)
      return
    }
    phone.whenOnline(() =>
      after(SHOWN_MS, () => {
        ledger.addShown(record, clock.now())
        phone.show(record.id ?? String(record.n), record.text)
      }),
    )
    if (phone.online) {
      tellAll(tell, endingIn('delivered'), {}, word)
      return
    }
    tellAll(tell, [[SENT_MS, 'sent']], {}, word)
    phone.whenOnline(() => tellAll(tell, [[DELIVERED_MS, 'delivered']], {}, word))
  }

  const world: World = {
    clock,
    random,
    faults,
    ledger,
    cuts: {
      get now() {
        return now
      },
      turn(cut) {
        now = cut
        if (cut === 'silent') return
        const due = held
        held = []
        for (const run of due) run()
      },
    },
    phone(number) {
      const known = phones.get(number)
      if (known) return known
      const phone = makePhone(number, clock, (who, text) => world.onWrite(who, text))
      phones.set(number, phone)
      return phone
    },
    known: (number) => phones.get(number),
    phones: () => [...phones.values()],
    onWrite: () => {},
    carry: (record, tell) => whenHeard(() => deliver(record, tell)),
    stop: () => {
      stopped = true
    },
  }
  return world
}
