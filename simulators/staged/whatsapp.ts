import { makeCuts, WHATSAPP_CUTS } from '../whatsapp/cut.ts'
import type { User, WhatsAppSimulator } from '../whatsapp/index.ts'
import type { StagedProvider } from './provider.ts'

const codeOf = (code: number | null): string | null => (code === null ? null : String(code))

/** `meet`: somebody joined. */
export const stageWhatsApp = (simulator: WhatsAppSimulator): StagedProvider & { meet(user: User): void } => {
  const cuts = makeCuts(simulator)
  return {
    id: 'whatsapp',
    cuts: WHATSAPP_CUTS,
    get cut() {
      return cuts.now
    },
    turn: (cut) => cuts.turn(WHATSAPP_CUTS.find((one) => one === cut) ?? null),
    meet: cuts.meet,
    received: () =>
      simulator.ledger.sends
        .filter(({ type }) => type !== 'read')
        .map(({ n, at, to, type, status, refused, failed, shownAt }) => ({
          n,
          at,
          to,
          kind: type,
          status,
          code: codeOf(refused ?? failed),
          shownAt,
        })),
  }
}
