/** Tools as a test gives them to a connector: no network, a clock that stands, a seal that anybody can make. */
import { createHmac } from 'node:crypto'
import type { Tools } from '../../core/channel.ts'
import { asId, type ChannelId } from '../../core/ids.ts'
import { silentLog } from '../../core/ports.ts'

export const NOW = 1_800_000_000_000

export const toolsWith = (some: Partial<Tools> = {}): Tools => ({
  fetch: () => Promise.reject(new Error('There is no network here.')),
  now: () => NOW,
  log: silentLog,
  channel: asId<ChannelId>('under-test'),
  webhookUrl: 'https://relais.example/webhooks/under-test',
  seal: (text) => createHmac('sha256', 'contract').update(text).digest('base64url'),
  file: () => Promise.reject(new Error('There is no such file.')),
  ...some,
})
