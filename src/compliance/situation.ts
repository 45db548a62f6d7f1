/** One kind of message as rules ask for it. */
import { mediumOf } from '../core/workspace.ts'
import type { PartialSituation } from '../policy/index.ts'
import type { SetUp, Speech } from './speech.ts'

/** To a customer of `country`, who has agreed to marketing where nothing else is said. */
export const situationIn = (
  { assistant, country: home, timezone }: SetUp['workspace'],
  { channel, given }: Speech,
  country: string,
  marketing: 'given' | 'none' = 'given',
): PartialSituation => ({
  ...given,
  channel: { kind: mediumOf(channel), id: channel.id, scope: channel.scope, sender: channel.sender },
  account: { aiIs: assistant.aiIs, aiSince: assistant.since, country: home },
  contact: { country, marketing, ...(country === home ? { timezone } : {}) },
})
