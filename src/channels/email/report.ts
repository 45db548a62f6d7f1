/** What mail servers report of a mail of ours (RFC 3464): delivered, late, or failed and why. */
import type { Inbound } from '../../core/event.ts'
import { type AttemptId, asId } from '../../core/ids.ts'
import type { Mail } from './mail.ts'
import { refusalOf } from './refusals.ts'
import { asVendorId, tameLine } from './wire.ts'

const LONGEST_FIELD = 500

const field = (text: string, name: string): string | undefined =>
  tameLine(new RegExp(`^${name}\\s*:\\s*(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(text)?.[1], LONGEST_FIELD)

const ATTEMPT = /^att_[\w-]{1,64}$/

/** `att_…` of a Message-ID that we gave. */
export const attemptOf = (messageId: string, domain: string): AttemptId | undefined => {
  const attempt = messageId.endsWith(`@${domain}`) ? messageId.slice(0, -domain.length - 1) : ''
  return ATTEMPT.test(attempt) ? asId<AttemptId>(attempt) : undefined
}

/** The mail of ours that a report is about: by the envelope's id, else by the headers it brings back. */
const targetOf = (mail: Mail, domain: string): string | undefined => {
  const told = mail.report.flatMap(({ text }) => {
    const envelope = field(text, 'Original-Envelope-Id')
    const id = field(text, 'Message-ID')?.replace(/^<|>$/g, '')
    return [envelope === undefined ? undefined : `${envelope}@${domain}`, id]
  })
  return [...told, ...mail.answers].find((id) => id !== undefined && attemptOf(id, domain) !== undefined)
}

/** What a report comes to; undefined where the mail is none, or not about a mail of ours. */
export const readReport = (mail: Mail, domain: string): Inbound | undefined => {
  const status = mail.report.find(({ mime }) => mime.endsWith('delivery-status'))?.text
  const target = status === undefined ? undefined : targetOf(mail, domain)
  if (status === undefined || target === undefined) return undefined
  const receipt = {
    kind: 'receipt',
    vendorId: asVendorId(mail.id),
    at: mail.at,
    target: asVendorId(target),
    attempt: attemptOf(target, domain),
  } as const
  switch (field(status, 'Action')?.toLowerCase()) {
    case 'delivered':
      return { ...receipt, status: 'delivered' }
    // From here on nobody reports any more: it was handed on, no more is known.
    case 'relayed':
    case 'expanded':
      return { ...receipt, status: 'sent' }
    case 'failed':
      return {
        ...receipt,
        status: 'failed',
        refusal: refusalOf('report', field(status, 'Status') ?? '', field(status, 'Diagnostic-Code') ?? ''),
      }
    default:
      return { kind: 'unknown', vendorId: asVendorId(mail.id), at: mail.at, what: 'delivery-delayed' }
  }
}
