/** What can go wrong with a send. `accepted-…` and `truncated`: the message goes out, the answer does not arrive whole. */
export type CallFault =
  | 'too-many' // 429 with Retry-After
  | '500'
  | '503'
  | 'timeout'
  | 'reset'
  | 'accepted-timeout'
  | 'accepted-reset'
  | 'accepted-500'
  | 'truncated'
  | 'html'
  | 'error' // any code of the operator, `code:`
  | 'statuses-first' // the answer comes after its own statuses

/** What can go wrong after a yes: with the message itself, or with what is said of it. */
export type FateFault =
  | 'undelivered' // accepted, then failed with `code:`
  | 'dropped' // accepted, never delivered, and nothing is said
  | 'claims-delivered' // never delivered, and said to be

export type WordFault =
  | 'never' // delivered, and never said
  | 'twice' // every status told `times:`
  | 'disordered' // delivered before sent
  | 'late' // by `ms:`
  | 'other-number' // tells of a number nobody wrote to
  | 'unsigned'
  | 'mis-signed'

export type FaultKind = CallFault | FateFault | WordFault

export interface FaultDetail {
  readonly code?: number | string
  /** Of `late` (60,000) and `statuses-first` (500). */
  readonly ms?: number
  /** Of `too-many`: seconds (2). */
  readonly retryAfter?: number
  /** Of `twice` (2). */
  readonly times?: number
}
export interface Fault extends FaultDetail {
  readonly kind: FaultKind
}

export interface Faults {
  /** The next `n` sends meet this fault, in the order asked. */
  next(n: number, kind: FaultKind, detail?: FaultDetail): void
  /** From now on each send meets it with this probability, by the simulator's `random`. 0 ends it. */
  chance(kind: FaultKind, probability: number, detail?: FaultDetail): void
  clear(): void
}

const CALLS: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'too-many',
  '500',
  '503',
  'timeout',
  'reset',
  'accepted-timeout',
  'accepted-reset',
  'accepted-500',
  'truncated',
  'html',
  'error',
  'statuses-first',
])
const FATES: ReadonlySet<FaultKind> = new Set<FaultKind>(['undelivered', 'dropped', 'claims-delivered'])

/** Where a send is when it meets a fault: on the wire, in the network, or in what is told of it. */
export type Stage = 'call' | 'fate' | 'word'
const stageOf = (kind: FaultKind): Stage => (CALLS.has(kind) ? 'call' : FATES.has(kind) ? 'fate' : 'word')

export interface OpenFaults extends Faults {
  of(stage: Stage): Fault | undefined
}

export const makeFaults = (random: () => number): OpenFaults => {
  const planned: { fault: Fault; left: number }[] = []
  const chances = new Map<FaultKind, { fault: Fault; probability: number }>()
  return {
    next(n, kind, detail = {}) {
      if (n > 0) planned.push({ fault: { kind, ...detail }, left: n })
    },
    chance(kind, probability, detail = {}) {
      if (probability <= 0) chances.delete(kind)
      else chances.set(kind, { fault: { kind, ...detail }, probability })
    },
    clear() {
      planned.length = 0
      chances.clear()
    },
    of(stage) {
      const at = planned.findIndex(({ fault }) => stageOf(fault.kind) === stage)
      const plan = planned[at]
      if (plan) {
        plan.left -= 1
        if (plan.left <= 0) planned.splice(at, 1)
        return plan.fault
      }
      for (const { fault, probability } of chances.values()) if (stageOf(fault.kind) === stage && random() < probability) return fault
      return undefined
    },
  }
}
