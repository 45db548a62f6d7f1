/** Whether the API answers us and the service is open: the service is read, nothing is sent. https://eu.api.ovh.com/console/?section=%2Fsms (read 2026-11-22) */
import { RelaisError } from '../../core/errors.ts'
import type { Line } from './outbound.ts'
import { codeOf } from './refusals.ts'
import { signedRequest } from './verify.ts'
import { asJson, parseJson, readWord } from './wire.ts'

/** See `Probing.probe`. Keys are granted call by call: that these may not read says nothing of sends. */
export const probe = async ({ config, tools }: Line, signal: AbortSignal): Promise<void> => {
  const response = await tools.fetch(signedRequest({ config, tools }, 'GET', `/sms/${config.serviceName}`, '', signal))
  const body = asJson(parseJson(await response.text()))
  const state = readWord(body, 'status')
  if (response.status === 200 && state === 'enable') return
  const code = codeOf(response.status, readWord(body, 'errorCode'), readWord(body, 'message'))
  if (response.status < 500 && code === 'NOT_GRANTED_CALL') return
  throw new RelaisError('provider-refused', state ?? code ?? `http-${response.status}`)
}
