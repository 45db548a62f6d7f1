/** What stands still by somebody's hand, and which outgoing webhooks are not told: as the store has it. */
import type { Finding } from '../../core/ports.ts'
import type { Switches } from '../../core/reading.ts'
import type { Examination } from './examination.ts'
import { found } from './findings.ts'

const findingsOf = ({ automation, engines, webhooks }: Switches): readonly Finding[] => [
  ...(automation.paused ? [found('automation-paused', 'automation', automation.reason ?? '')] : []),
  ...engines.filter(({ paused }) => paused).map(({ id, pausedBecause }) => found('engine-paused', id, pausedBecause ?? '')),
  ...webhooks.flatMap(({ id, offAt, failingSince, reason, tries }) => {
    if (offAt !== null) return [found('webhook-off', id, reason ?? '')]
    return failingSince === null ? [] : [found('webhook-failing', id, `${tries} ×`)]
  }),
]

/** `switches`: null where there is no database yet, or it does not answer (the store's own examination says so). */
export const examinationOfSwitches = (switches: Promise<Switches | null>): Examination => ({
  subject: 'automation',
  title: { fr: 'Automatisme et webhooks', en: 'Automation and webhooks' },
  examine: async () => {
    const now = await switches
    const told = now?.webhooks.length ?? 0
    return {
      findings: now ? findingsOf(now) : [],
      says: { fr: `rien n’est en pause\u00a0; webhooks\u00a0: ${told}`, en: `nothing is paused; webhooks: ${told}` },
    }
  },
})
