/**
 * A message of the house -> one POST, and what its answer proves. There is no idempotency key: repeated after a 5xx it may go twice
 * (https://www.twilio.com/docs/api/errors/20500), so that only a certain answer is called accepted or refused. The attempt comes back with
 * each status, in the address that this message's statuses are told to.
 * https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource (read 2026-11-22)
 */
import type { Outgoing, Tools } from '../../core/channel.ts'
import { asId, type VendorId } from '../../core/ids.ts'
import { tryOnce } from '../../core/one-try.ts'
import { resultOf, type SendResult } from '../../core/outcome.ts'
import { retryAfterMs } from '../../core/retry-after.ts'
import { plainTypography } from '../../core/sms.ts'
import type { TwilioConfig } from './config.ts'
import { refusalOf, unreachable } from './refusals.ts'
import { readObject, readWord } from './wire.ts'

export type Line = { readonly config: TwilioConfig; readonly tools: Tools }

/** Whom a status must be about: the seal of the attempt and its receiver, short. */
export const sealOf = ({ tools }: Line, attempt: string, to: string): string => tools.seal(`${attempt} ${to}`).slice(0, 16)

/** Where this attempt's statuses are told to; the operator's own address where there is no public one. */
export const statusUrl = (line: Line, attempt: string, to: string): string | undefined => {
  const { webhookUrl } = line.tools
  return webhookUrl && `${webhookUrl}?${new URLSearchParams({ attempt, to: sealOf(line, attempt, to) })}`
}

export const authorization = ({ accountSid, authToken }: TwilioConfig): string =>
  `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`

/** Reads something of the account. */
export const getAccount = ({ config, tools }: Line, path: string, signal: AbortSignal): Promise<Response> =>
  tools.fetch(
    new Request(`${config.apiUrl}/2010-04-01/Accounts/${config.accountSid}${path}`, {
      headers: { authorization: authorization(config) },
      signal,
    }),
  )

const requestOf = (line: Line, { attempt, to, content }: Outgoing & { content: { type: 'text' } }, signal: AbortSignal): Request => {
  const { config } = line
  const callback = statusUrl(line, attempt, to.value)
  const form = new URLSearchParams({ To: to.value, Body: plainTypography(content.text) })
  if (config.from !== undefined) form.set('From', config.from)
  if (config.messagingServiceSid !== undefined) form.set('MessagingServiceSid', config.messagingServiceSid)
  if (callback !== undefined) form.set('StatusCallback', callback)
  return new Request(`${config.apiUrl}/2010-04-01/Accounts/${config.accountSid}/Messages.json`, {
    method: 'POST',
    headers: { authorization: authorization(config), 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    signal,
  })
}

/** What an answer proves: a 5xx nothing, whatever it says. */
const judgeAnswer = (status: number, headers: Headers, text: string, now: number): SendResult => {
  const answer = readObject(text)
  const [sid, code] = [readWord(answer, 'sid'), readWord(answer, 'code')]
  if (status >= 200 && status < 300)
    return sid === undefined ? { type: 'unknown', cause: `unreadable-${status}` } : { type: 'accepted', vendorId: asId<VendorId>(sid) }
  const wait = retryAfterMs(headers.get('retry-after'), now)
  if (status === 429) return resultOf({ ...refusalOf(code ?? '20429'), class: 'throttled', afterMs: wait ?? 1000 })
  if (status >= 500 || code === undefined) return { type: 'unknown', cause: `http-${status}` }
  const refusal = refusalOf(code)
  return resultOf(wait === undefined ? refusal : { ...refusal, afterMs: wait })
}

/** One try. Never throws; see `OpenChannel.send`. */
export const sendMessage = async (line: Line, message: Outgoing, signal: AbortSignal): Promise<SendResult> => {
  const { content, to } = message
  if (content.type !== 'text') return resultOf({ ...refusalOf('21602'), code: `content:${content.type}` })
  if (to.kind !== 'sms') return resultOf({ ...refusalOf('21604'), code: `address:${to.kind}` })
  return tryOnce({
    fetch: line.tools.fetch,
    request: requestOf(line, { ...message, content }, signal),
    unreachable,
    judge: ({ status, headers, text }) => judgeAnswer(status, headers, text, line.tools.now()),
  })
}
