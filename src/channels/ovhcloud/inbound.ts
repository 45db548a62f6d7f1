/**
 * A call -> events. Statuses come with id and PTT behind the question mark; answers as a form with id, message, senderid, shortcode and tag.
 * Both are told of in https://github.com/ovh/docs/issues/1496 and
 * https://help.ovhcloud.com/csm/fr-sms-users?id=kb_article_view&sysparm_article=KB0051417 (read 2026-11-22). Their times have no zone, so that
 * they count from their arrival.
 */
import { createHash } from 'node:crypto'
import type { Inbound, ReceiptStatus } from '../../core/event.ts'
import type { Form } from '../../core/foreign-form.ts'
import { asId, type VendorId } from '../../core/ids.ts'
import { END_CODES, endOf } from './refusals.ts'
import type { Door } from './verify.ts'
import { readNumber } from './wire.ts'

const hashOf = (values: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(values)).digest('base64url')

const unknownEvent = (form: Form, what: string, at: number): Inbound => ({
  kind: 'unknown',
  vendorId: asId<VendorId>(`unknown:${hashOf([what, ...[...form].sort()])}`),
  at,
  what,
})

/** 1 and 2: not delivered yet, and tried again in the network; 3: the network has it; 6: nobody will ever know. */
const UNDER_WAY: readonly string[] = ['1', '2', '3', '6']
const statusOf = (ptt: string): ReceiptStatus | undefined => {
  if (ptt === '4') return 'delivered'
  if (UNDER_WAY.includes(ptt)) return 'sent'
  return END_CODES.includes(ptt) ? 'failed' : undefined
}

/** `description`, the receipt's own number: 1 it arrived, 2 and 16 it did not. One that says the contrary of the PTT is not believed. */
const CONTRARY: Readonly<Record<ReceiptStatus, readonly string[]>> = { delivered: ['2', '16'], failed: ['1'], sent: [], read: [] }

const readReceipt = (form: Form, id: string, ptt: string, at: number): Inbound => {
  const status = statusOf(ptt)
  if (status === undefined) return unknownEvent(form, `ptt:${ptt.slice(0, 16).toWellFormed()}`, at)
  if (CONTRARY[status].includes(form.get('description') ?? '')) return unknownEvent(form, `ptt:${ptt}:contrary`, at)
  const refusal = status === 'failed' ? endOf(ptt) : undefined
  return { kind: 'receipt', vendorId: asId<VendorId>(`${id}:${ptt}`), at, status, target: asId<VendorId>(id), refusal }
}

/** Whether the id is of the answer or of what it answers is nowhere said: with its words it is the answer's in both cases. */
const readAnswer = (form: Form, at: number): Inbound => {
  const from = readNumber(form.get('senderid'))
  if (from === undefined) return unknownEvent(form, 'message:without-number', at)
  const text = form.get('message')
  const id = `${form.get('id') ?? ''}:${hashOf([from, text, form.get('shortcode')])}`
  const content = text === undefined ? ({ type: 'unsupported', what: 'empty' } as const) : ({ type: 'text', text } as const)
  return { kind: 'message', vendorId: asId<VendorId>(id), at, from: { addresses: [{ kind: 'sms', value: from }] }, content }
}

/** The operator does not document what this call holds: the only number in it that is not our own is whose STOP it is. */
const readStop = (form: Form, at: number, own: string | undefined): Inbound => {
  const numbers = new Set(
    [...form].flatMap(([name, value]) => (/send|receiv|number|phone|msisdn|from/i.test(name) ? (readNumber(value) ?? []) : [])),
  )
  numbers.delete(own ?? '')
  const [number] = numbers
  if (number === undefined || numbers.size > 1) return unknownEvent(form, 'stop:without-number', at)
  const from = { addresses: [{ kind: 'sms', value: number }] }
  return {
    kind: 'preference',
    vendorId: asId<VendorId>(`stop:${hashOf([...form].sort())}`),
    at,
    from,
    category: 'marketing',
    value: 'stop',
    words: 'STOP',
  }
}

/** Total: never throws. An empty form is nobody's word: `doctor` calls so. `own`: what our messages come from. */
export const readCall = (door: Door, form: Form, at: number, own?: string): readonly Inbound[] => {
  if (form.size === 0) return []
  if (door === 'stop') return [readStop(form, at, own)]
  const [id, ptt] = [form.get('id'), form.get('ptt')]
  if (ptt !== undefined) return [id === undefined ? unknownEvent(form, 'status:without-id', at) : readReceipt(form, id, ptt, at)]
  return [form.has('senderid') || form.has('message') ? readAnswer(form, at) : unknownEvent(form, 'call', at)]
}
