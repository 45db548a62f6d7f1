/** What both operators have in common at the wire: how a send meets faults and cuts, and what the house is answered. */
import { type Answer, pause } from '../wire.ts'
import type { SendRecord } from './ledger.ts'
import type { Tell, World } from './network.ts'

export type Send = Pick<SendRecord, 'attempt' | 'to' | 'from' | 'text'>
export type Wire = {
  readonly tooMany: (retryAfter: number) => Answer
  readonly broken: (status: number) => Answer
  /** The operator's no: `code` its own. */
  readonly no: (code: string) => Answer
  readonly yes: (record: SendRecord) => Answer & { readonly body: string | Uint8Array }
  readonly newId: () => string
  /** What it says no with while the account is closed, and while it refuses everything. */
  readonly closed: string
  readonly refusing: string
}

const HTML = '<html><body>Bad gateway</body></html>'

export const takeSend = async (world: World, wire: Wire, send: Send, tell: (record: SendRecord) => Tell): Promise<Answer> => {
  const { clock, faults, cuts, ledger } = world
  const fault = cuts.now === null || cuts.now === 'silent' ? faults.of('call') : undefined
  const record = ledger.addSend({ at: clock.now(), ...send, fault: fault?.kind ?? cuts.now })
  const answered = (answer: Answer, refused: string | null = null): Answer => {
    record.status = 'status' in answer ? answer.status : null
    record.refused = refused
    return answer
  }
  const refused = (code: string): Answer => answered(wire.no(code), code)
  if (cuts.now === 'down') return answered(wire.broken(503))
  if (cuts.now === 'banned') return refused(wire.closed)
  if (cuts.now === 'refuses') return refused(wire.refusing)
  switch (fault?.kind) {
    case 'too-many':
      return answered(wire.tooMany(fault.retryAfter ?? 2))
    case '500':
    case '503':
      return answered(wire.broken(Number(fault.kind)))
    case 'timeout':
      return answered({ broken: 'silent' })
    case 'reset':
      return answered({ broken: 'reset' })
    case 'html':
      return answered({ status: 200, headers: { 'content-type': 'text/html' }, body: HTML })
    case 'error':
      return refused(String(fault.code ?? wire.refusing))
    default:
  }
  record.id = wire.newId()
  world.carry(record, tell(record))
  const yes = wire.yes(record)
  switch (fault?.kind) {
    case 'accepted-timeout':
      return answered({ broken: 'silent' })
    case 'accepted-reset':
      return answered({ broken: 'reset' })
    case 'accepted-500':
      return answered(wire.broken(500))
    case 'truncated':
      return answered({ ...yes, body: String(yes.body).slice(0, -8) })
    case 'statuses-first':
      await pause(clock, fault.ms ?? 1_500)
      return answered(yes)
    default:
      return answered(yes)
  }
}
