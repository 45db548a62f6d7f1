/**
 * A call -> events: what a customer wrote, or how a message of ours fared. Statuses come in any order and some never; nothing in them tells
 * the time, so that they count from their arrival.
 * https://www.twilio.com/docs/messaging/guides/webhook-request, …/track-outbound-message-status (read 2026-11-22)
 */
import { createHash } from 'node:crypto'
import type { Address } from '../../core/address.ts'
import type { Inbound, ReceiptStatus } from '../../core/event.ts'
import type { Form } from '../../core/foreign-form.ts'
import { type AttemptId, asId, type VendorId } from '../../core/ids.ts'
import { type Line, sealOf } from './outbound.ts'
import { refusalOf } from './refusals.ts'

const STATUSES: Readonly<Record<string, ReceiptStatus>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
}

/** Who can be answered: a number. Short codes and names write too, and nobody can write back to them. */
const phoneAddress = (text: string | undefined): Address | undefined =>
  text !== undefined && /^\+[1-9]\d{6,14}$/.test(text) ? { kind: 'sms', value: text } : undefined

const hashOf = (form: Form): string =>
  createHash('sha256')
    .update(JSON.stringify([...form].sort()))
    .digest('base64url')

const unknownEvent = (form: Form, what: string, at: number): Inbound => ({
  kind: 'unknown',
  vendorId: asId<VendorId>(`unknown:${hashOf(form)}`),
  at,
  what,
})

/** Ours, and of whom it speaks: statuses that were told to an address of ours about somebody else are not taken. */
const attemptIn = (line: Line, query: Form, to: string): AttemptId | 'other-number' | undefined => {
  const attempt = query.get('attempt')
  if (attempt === undefined || !attempt.startsWith('att_')) return undefined
  return query.get('to') === sealOf(line, attempt, to) ? asId<AttemptId>(attempt) : 'other-number'
}

const readStatus = (line: Line, form: Form, query: Form, id: string, word: string): Inbound => {
  const at = line.tools.now()
  const status = Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined
  const to = form.get('To')
  const attempt = attemptIn(line, query, to ?? '')
  if (attempt === 'other-number') return unknownEvent(form, 'status:other-number', at)
  if (status === undefined) return unknownEvent(form, `status:${word.slice(0, 32).toWellFormed()}`, at)
  const code = form.get('ErrorCode')
  const refusal = status === 'failed' ? refusalOf(code !== undefined && /^\d{3,6}$/.test(code) ? code : word) : undefined
  return {
    kind: 'receipt',
    vendorId: asId<VendorId>(`${id}:${word}${refusal ? `:${refusal.code}` : ''}`),
    at,
    status,
    target: asId<VendorId>(id),
    attempt,
    refusal,
    to: phoneAddress(to),
  }
}

const SWITCH: Readonly<Record<string, 'stop' | 'resume'>> = { STOP: 'stop', START: 'resume' }

/** Twilio answers STOP and START itself where Advanced Opt-Out is on, and says so: then nobody else answers. */
const readMessage = ({ config, tools }: Line, form: Form, id: string): Inbound => {
  const at = tools.now()
  const from = phoneAddress(form.get('From'))
  if (from === undefined) return unknownEvent(form, 'message:without-number', at)
  if (config.from !== undefined && form.get('To') !== config.from) return unknownEvent(form, 'message:foreign-number', at)
  const vendorId = asId<VendorId>(id)
  const text = form.get('Body')
  const sender = { addresses: [from] }
  const asked = form.get('OptOutType') ?? ''
  const value = Object.hasOwn(SWITCH, asked) ? SWITCH[asked] : undefined
  if (value !== undefined) return { kind: 'preference', vendorId, at, from: sender, category: 'marketing', value, words: text ?? asked }
  const content = text === undefined ? ({ type: 'unsupported', what: 'mms' } as const) : ({ type: 'text', text } as const)
  return { kind: 'message', vendorId, at, from: sender, content }
}

/** Total: never throws. An empty form is nobody's word: `doctor` calls so. */
export const readCall = (line: Line, form: Form, query: Form): readonly Inbound[] => {
  if (form.size === 0) return []
  const id = form.get('MessageSid') ?? form.get('SmsSid')
  const word = form.get('MessageStatus') ?? form.get('SmsStatus')
  const at = line.tools.now()
  if (form.get('AccountSid') !== line.config.accountSid) return [unknownEvent(form, 'foreign-account', at)]
  if (id === undefined || !/^[A-Z]{2}[0-9a-f]{32}$/.test(id)) return [unknownEvent(form, 'without-id', at)]
  return [word === undefined || word === 'received' ? readMessage(line, form, id) : readStatus(line, form, query, id, word)]
}
