/**
 * How the platform rates and limits the number, asked rather than waited for: no webhook tells every change of quality.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits (read 2026-11-22)
 */
import type { Standing } from '../../core/channel.ts'
import { RelaisError } from '../../core/errors.ts'
import { qualityOf, tierOf } from './account.ts'
import { getGraph, type Line } from './graph.ts'
import { refusalOf } from './refusals.ts'
import { readText } from './wire.ts'

const QUALITY = 'quality_rating'
/** Of the business's whole portfolio, shown at each of its numbers. */
const LIMIT = 'whatsapp_business_manager_messaging_limit'

/** Throws `provider-refused` with the code. */
export const readStanding = async (line: Line, signal: AbortSignal): Promise<Standing> => {
  const ask = (fields: string) => getGraph(line, `${line.config.phoneNumberId}?fields=${fields}`, signal)
  let answer = await ask(`${QUALITY},${LIMIT}`)
  // A version that does not know one field refuses them all; the rating is the older and the more urgent one.
  if (/nonexisting field/i.test(readText(answer.error, 'message') ?? '')) answer = await ask(QUALITY)
  const { body, error, status } = answer
  if (error !== undefined || body === undefined)
    throw new RelaisError('provider-refused', error === undefined ? `http-${status}` : `code ${refusalOf(error).code}`)
  const word = readText(body, QUALITY)
  return { quality: word === undefined ? undefined : qualityOf(word), perDay: tierOf(readText(body, LIMIT)) }
}
