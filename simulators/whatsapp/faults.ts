/** What can go wrong with a call of the Graph API. `accepted-…` and `truncated`: the message goes out, the answer does not arrive whole. */
export type CallFault =
  | 'too-many' // 429 with Retry-After
  | '500'
  | '502'
  | '503'
  | 'timeout'
  | 'reset'
  | 'accepted-timeout'
  | 'accepted-reset'
  | 'accepted-500'
  | 'truncated'
  | 'html'
  | 'slow'
  | 'statuses-first' // the answer comes after its own receipts
  | 'ban'
  | 'error' // any code of the catalogue, `code:`
  | 'fails-later' // accepted, then a failed status with `code:`

/** What can go wrong with a webhook. */
export type WebhookFault = 'duplicate' | 'disordered' | 'late' | 'missing' | 'unsigned' | 'mis-signed'

export type FaultKind = CallFault | WebhookFault

export interface FaultDetail {
  /** Of `error` and `fails-later`. */
  code?: number
  /** Of `slow` (3,000), `late` (60,000), `statuses-first` (500). */
  ms?: number
  /** Of `too-many`: Retry-After in seconds (2). */
  retryAfter?: number
  /** Of `duplicate`: how often in all (2). */
  times?: number
  /** Which calls or webhooks it meets. Calls: `messages` (default), `media`, `any`. Webhooks: `any` (default), `statuses`, `messages`, a field's name. */
  on?: string
}

export interface Fault extends FaultDetail {
  readonly kind: FaultKind
}

export interface Faults {
  /** The next `n` calls (or webhook items) that fit meet this fault, in the order asked. */
  next(n: number, kind: FaultKind, detail?: FaultDetail): void
  /** From now on each fitting call or item meets the fault with this probability, by the simulator's `random`. 0 ends it. */
  chance(kind: FaultKind, probability: number, detail?: FaultDetail): void
  clear(): void
}

export interface OpenFaults extends Faults {
  /** @param on `messages`, `media` or another kind of call */
  ofCall(on: string): Fault | undefined
  /** @param field of the webhook; @param part `messages` or `statuses` inside field `messages`, else the field */
  ofWebhook(field: string, part: string): Fault | undefined
}

const webhookFaults: ReadonlySet<FaultKind> = new Set(['duplicate', 'disordered', 'late', 'missing', 'unsigned', 'mis-signed'])

export function makeFaults(random: () => number): OpenFaults {
  const planned: { fault: Fault; left: number }[] = []
  const chances = new Map<FaultKind, { fault: Fault; probability: number }>()

  const pick = (fits: (fault: Fault) => boolean): Fault | undefined => {
    const at = planned.findIndex((plan) => fits(plan.fault))
    const plan = planned[at]
    if (plan) {
      plan.left -= 1
      if (plan.left <= 0) planned.splice(at, 1)
      return plan.fault
    }
    for (const { fault, probability } of chances.values()) {
      if (fits(fault) && random() < probability) return fault
    }
    return undefined
  }

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
    ofCall: (on) => pick((fault) => !webhookFaults.has(fault.kind) && ((fault.on ?? 'messages') === on || fault.on === 'any')),
    ofWebhook: (field, part) =>
      pick((fault) => webhookFaults.has(fault.kind) && [undefined, 'any', field === 'messages' ? part : field].includes(fault.on)),
  }
}
