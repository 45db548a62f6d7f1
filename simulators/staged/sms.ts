import type { InboxLine } from '../phone-view.ts'
import { SMS_CUTS, type SmsSimulator } from '../sms/index.ts'
import type { Inbox, StagedProvider } from './provider.ts'

/** The operator behind the channel `sms`, and the customers' text messages: the same numbers as their phones'. */
export const stageSms = (simulator: SmsSimulator): StagedProvider => {
  const earlier = new Map<string, InboxLine[]>()
  const inbox: Inbox = {
    addressOf: ({ phone }) => phone,
    restore: (address, line) => {
      earlier.set(address, [...(earlier.get(address) ?? []), line])
      if (line.from === 'customer') simulator.phone(address).recall(line.text)
    },
    lines: (address) => [...(earlier.get(address) ?? []), ...simulator.phone(address).thread],
    write: (address, text) => simulator.phone(address).write(text),
    read: (address) => simulator.phone(address).read(),
    stopped: (address) => simulator.phone(address).stopped,
  }
  return {
    id: 'sms',
    cuts: SMS_CUTS,
    get cut() {
      return simulator.cuts.now
    },
    turn: (cut) => simulator.cuts.turn(cut),
    received: () =>
      simulator.ledger.sends.map(({ n, at, to, status, refused, failed, shownAt }) => ({
        n,
        at,
        to,
        kind: 'sms',
        status,
        code: refused ?? failed,
        shownAt,
      })),
    inbox,
  }
}
