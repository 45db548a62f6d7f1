/**
 * A message of the house -> one POST, and what its answer proves. There is no idempotency key, and no receipt tells the attempt: what is
 * unknown stays so until somebody looks (the attempt is the send's tag in the operator's list).
 * https://docs.ovh.com/fr/sms/api_sms_cookbook/ and https://eu.api.ovh.com/console/?section=%2Fsms (read 2026-11-22)
 */
import type { Outgoing, Tools } from '../../core/channel.ts'
import { asId, type VendorId } from '../../core/ids.ts'
import { tryOnce } from '../../core/one-try.ts'
import { resultOf, type SendResult } from '../../core/outcome.ts'
import { retryAfterMs } from '../../core/retry-after.ts'
import { plainTypography, segmentsOf } from '../../core/sms.ts'
import type { OvhcloudConfig } from './config.ts'
import { codeOf, refusalOf, unreachable } from './refusals.ts'
import { signedRequest } from './verify.ts'
import { asJson, type Json, parseJson, readNumber, readWord, readWords } from './wire.ts'

export type Line = { readonly config: OvhcloudConfig; readonly tools: Tools }

/** Two days: what a network could not deliver by then is given up. */
const MINUTES_VALID = 2880

const bodyOf = ({ sender }: OvhcloudConfig, { attempt, to, category }: Outgoing, text: string): Json => {
  const message = plainTypography(text)
  return {
    charset: 'UTF-8',
    class: 'phoneDisplay',
    coding: segmentsOf(message).encoding === 'gsm-7' ? '7bit' : '8bit',
    message,
    // The operator adds how to stop, and keeps to the hours of marketing, where this is false.
    noStopClause: category !== 'marketing',
    priority: 'high',
    receivers: [to.value],
    ...(sender === undefined ? { senderForResponse: true } : { sender }),
    tag: attempt,
    validityPeriod: MINUTES_VALID,
  }
}

/** A yes names the message and whom it goes to: one that names somebody else is none. */
const judgeYes = (answer: Json, to: string): SendResult => {
  const [id] = readWords(answer, 'ids')
  const names = (key: string) => readWords(answer, key).some((number) => readNumber(number) === to)
  if (id !== undefined && names('validReceivers')) return { type: 'accepted', vendorId: asId<VendorId>(id) }
  if (id === undefined && names('invalidReceivers')) return resultOf(refusalOf('bad-receiver'))
  return { type: 'unknown', cause: id === undefined ? 'unreadable-200' : 'other-receiver' }
}

const judgeNo = (status: number, answer: Json, wait: number | undefined): SendResult => {
  const code = status >= 500 ? undefined : codeOf(status, readWord(answer, 'errorCode'), readWord(answer, 'message'))
  if (code === undefined) return { type: 'unknown', cause: `http-${status}` }
  const refusal = refusalOf(code)
  return resultOf(wait === undefined ? refusal : { ...refusal, afterMs: wait })
}

/** One try. Never throws; see `OpenChannel.send`. */
export const sendMessage = async (line: Line, message: Outgoing, signal: AbortSignal): Promise<SendResult> => {
  const { config, tools } = line
  const { content, to } = message
  if (content.type !== 'text') return resultOf(refusalOf('not-text'))
  if (to.kind !== 'sms') return resultOf(refusalOf('bad-receiver'))
  return tryOnce({
    fetch: tools.fetch,
    request: signedRequest(line, 'POST', `/sms/${config.serviceName}/jobs`, JSON.stringify(bodyOf(config, message, content.text)), signal),
    unreachable,
    judge: ({ status, headers, text }) => {
      const answer = asJson(parseJson(text))
      return status >= 200 && status < 300
        ? judgeYes(answer, to.value)
        : judgeNo(status, answer, retryAfterMs(headers.get('retry-after'), tools.now()))
    },
  })
}
