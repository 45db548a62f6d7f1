/** SMS operators and the phones of those who are written to: an imitation at the wire, written from the operators' public pages. */
import { answerRequests, type Clock, type Fetch, type Handler } from '../wire.ts'
import type { Faults } from './faults.ts'
import type { Ledger } from './ledger.ts'
import { type Cuts, makeWorld } from './network.ts'
import { makeOvhcloud, type OvhcloudOptions } from './ovhcloud.ts'
import type { SmsPhone } from './phones.ts'
import { makeTwilio, type TwilioOptions } from './twilio.ts'

export type { Fault, FaultDetail, FaultKind } from './faults.ts'
export type { Ledger, SendRecord, ToldRecord } from './ledger.ts'
export { type Cuts, SMS_CUTS, type SmsCut } from './network.ts'
export type { SmsLine, SmsPhone } from './phones.ts'

export type SmsOptions = (TwilioOptions | OvhcloudOptions) & {
  readonly clock: Clock
  readonly random: () => number
  /** Calls the house. */
  readonly fetch: Fetch
}

export interface SmsSimulator extends Handler {
  fetch(request: Request): Promise<Response>
  /** The phone with this number (E.164), made where it is new. A number without a phone is one that does not exist. */
  phone(number: string): SmsPhone
  phones(): readonly SmsPhone[]
  /** Of single sends. */
  readonly faults: Faults
  /** That last until they are healed. */
  readonly cuts: Cuts
  readonly ledger: Ledger
  /** Calls of the house not answered yet, nor given up. */
  waiting(): number
  stop(): void
}

export const createSmsSimulator = (options: SmsOptions): SmsSimulator => {
  const { clock, random, fetch } = options
  const world = makeWorld(clock, random)
  const operator = options.operator === 'twilio' ? makeTwilio(world, options, fetch) : makeOvhcloud(world, options, fetch)
  return {
    handle: operator.handle,
    fetch: answerRequests(operator),
    phone: world.phone,
    phones: world.phones,
    faults: world.faults,
    cuts: world.cuts,
    ledger: world.ledger,
    waiting: operator.waiting,
    stop() {
      world.stop()
      operator.stop()
    },
  }
}
