/** Customers' phones as SMS knows them: a thread with the business, a hand that reads and writes, coverage that comes and goes. */
import type { Clock } from '../wire.ts'

export interface SmsLine {
  readonly id: string
  readonly from: 'business' | 'customer'
  readonly at: number
  readonly text: string
  read: boolean
}

export interface SmsPhone {
  readonly number: string
  /** Both ways, oldest first. */
  readonly thread: readonly SmsLine[]
  /** What the business wrote and this phone showed. */
  received(): readonly SmsLine[]
  unread(): number
  /** Answers the business by SMS. */
  write(text: string): void
  /** The operator hears a STOP, or takes one back; nobody else is told. So it holds after a restart too. */
  recall(text: string): void
  /** Opens the thread. SMS tells nobody. */
  read(): void
  /** Out of coverage: what is sent waits in the network. */
  goOffline(): void
  goOnline(): void
  readonly online: boolean
  /** The operator was told STOP by this phone. */
  readonly stopped: boolean
}

export interface OpenPhone extends SmsPhone {
  stopped: boolean
  online: boolean
  show(id: string, text: string): void
  /** Called once the phone is in coverage, at once where it is. */
  whenOnline(run: () => void): void
}

const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'ARRET', 'ARRETT', 'ARRETE'])
const START = new Set(['START', 'YES', 'UNSTOP'])

/** What the operator itself understands of a message, as the whole of it. */
export const switchIn = (text: string): 'STOP' | 'START' | null => {
  const word = text.trim().toUpperCase()
  return STOP.has(word) ? 'STOP' : START.has(word) ? 'START' : null
}

export const makePhone = (number: string, clock: Clock, wrote: (phone: OpenPhone, text: string) => void): OpenPhone => {
  const thread: SmsLine[] = []
  let waiting: (() => void)[] = []
  let count = 0
  const phone: OpenPhone = {
    number,
    thread,
    stopped: false,
    online: true,
    received: () => thread.filter(({ from }) => from === 'business'),
    unread: () => thread.filter(({ read }) => !read).length,
    show(id, text) {
      thread.push({ id, from: 'business', at: clock.now(), text, read: false })
    },
    write(text) {
      phone.read()
      count += 1
      thread.push({ id: `own-${count}`, from: 'customer', at: clock.now(), text, read: true })
      wrote(phone, text)
    },
    recall(text) {
      const asked = switchIn(text)
      if (asked) phone.stopped = asked === 'STOP'
    },
    read() {
      for (const line of thread) line.read = true
    },
    goOffline() {
      phone.online = false
    },
    goOnline() {
      phone.online = true
      const due = waiting
      waiting = []
      for (const run of due) run()
    },
    whenOnline(run) {
      if (phone.online) run()
      else waiting.push(run)
    },
  }
  return phone
}
