/** What really happened, kept by the operator's side: the oracle of all fault tests. */

/** One send as it came in, whatever became of it. */
export interface SendRecord {
  readonly n: number
  readonly at: number
  /** The sender's own id of this try, where it gave one. */
  readonly attempt: string | null
  readonly to: string
  readonly from: string
  readonly text: string
  /** The fault that met it on the wire. */
  readonly fault: string | null
  /** HTTP status that was answered; null: no answer left. */
  status: number | null
  /** Error code answered at once. */
  refused: string | null
  /** Set when the operator took it, also when the answer was lost. */
  id: string | null
  /** Error code told later. */
  failed: string | null
  /** When the phone showed it; null: never. This, and nothing else, is "it took effect". */
  shownAt: number | null
}

/** One call of the house, or one that was due and not made. */
export interface ToldRecord {
  readonly at: number
  readonly what: 'status' | 'message' | 'stop'
  /** `<id>:<status>` or the message's id. */
  readonly item: string
  readonly signature: 'good' | 'none' | 'bad'
  /** HTTP status; 0: no answer; null: still waiting, or never told. */
  answer: number | null
}

export interface Ledger {
  readonly sends: readonly SendRecord[]
  readonly told: readonly ToldRecord[]
  /** Sends that a phone showed, in the order shown. */
  shown(): readonly SendRecord[]
  /** Attempt ids shown more than once. */
  doubled(): readonly string[]
}

export interface OpenLedger extends Ledger {
  readonly sends: SendRecord[]
  readonly told: ToldRecord[]
  addSend(record: Pick<SendRecord, 'at' | 'attempt' | 'to' | 'from' | 'text' | 'fault'>): SendRecord
  addShown(record: SendRecord, at: number): void
}

export const makeLedger = (): OpenLedger => {
  const sends: SendRecord[] = []
  const shown: SendRecord[] = []
  return {
    sends,
    told: [],
    addSend(record) {
      const whole: SendRecord = { n: sends.length + 1, ...record, status: null, refused: null, id: null, failed: null, shownAt: null }
      sends.push(whole)
      return whole
    },
    addShown(record, at) {
      record.shownAt = at
      shown.push(record)
    },
    shown: () => shown,
    doubled() {
      const attempts = shown.flatMap(({ attempt }) => attempt ?? [])
      return [...new Set(attempts.filter((one, at) => attempts.indexOf(one) !== at))]
    },
  }
}
