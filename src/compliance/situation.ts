/** One kind of message as rules ask for it. */
import type { PartialSituation } from '../policy/index.ts'
import type { SetUp, Speech } from './speech.ts'

/** To a customer of `country`, who has agreed to marketing where nothing else is said. */
export const situationIn = (
  { assistant, country: home, timezone }: SetUp['workspace'],
  { channel: { kind, id, scope }, given }: Speech,
  country: string,
  marketing: 'given' | 'none' = 'given',
): PartialSituation => ({
  ...given,
  channel: { kind, id, scope },
  account: { aiIs: assistant.aiIs, aiSince: assistant.since, country: home },
  contact: { country, marketing, ...(country === home ? { timezone } : {}) },
})
