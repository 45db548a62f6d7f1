/** Whether the platform answers us and lets the number write: the number is read, nothing is sent. https://developers.facebook.com/documentation/business-messaging/whatsapp/support/health-status (read 2026-11-22) */
import { RelaisError } from '../../core/errors.ts'
import { getGraph, type Line } from './graph.ts'
import { refusalOf } from './refusals.ts'
import { readJson, readText } from './wire.ts'

/** What sends would meet too; a right that only reading needs, or a field that a version does not know, is an answer. */
const WITHHELD = new Set(['credentials', 'retry'])

/** See `Probing.probe`. */
export const probe = async (line: Line, signal: AbortSignal): Promise<void> => {
  const { status, body, error } = await getGraph(line, `${line.config.phoneNumberId}?fields=health_status`, signal)
  if (body === undefined || status >= 500) throw new RelaisError('provider-refused', `http-${status}`)
  const refusal = error && refusalOf(error)
  if (refusal && WITHHELD.has(refusal.class)) throw new RelaisError('provider-refused', `code ${refusal.code}`)
  if (readText(readJson(body, 'health_status'), 'can_send_message') === 'BLOCKED') throw new RelaisError('provider-refused', 'blocked')
}
