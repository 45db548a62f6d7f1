/** What the tests of this connector share: a number's settings, and the connector over calls that follow a script. */
import type { Tools } from '../../core/channel.ts'
import { type Script, scriptFetch } from '../contract/scripted-fetch.ts'
import { toolsWith } from '../contract/tools.ts'
import { config } from './config.ts'
import { whatsapp } from './index.ts'

export const settings = config.parse({
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  number: '+33612345678',
  accessToken: 'EAAG-secret-token',
  appSecret: 'app-secret-value',
  verifyToken: 'verify-secret-word',
})

export const open = (fetch: Tools['fetch'], config = settings) => whatsapp.open(config, toolsWith({ fetch }))

export const scripted = (script: Script) => {
  const { fetch, asked } = scriptFetch(script)
  return { channel: open(fetch), asked }
}

export const signal = new AbortController().signal
