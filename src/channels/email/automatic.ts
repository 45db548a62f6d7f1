/**
 * Whether a machine wrote a mail: then nothing answers it by itself. RFC 3834 §2 and §5, RFC 2369 and 2919 for lists, and what mail programs
 * say beside them (https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcmail, read 2026-11-22).
 */
import { allOf, firstOf, type Headers } from './mail.ts'

/** Servers a mail may pass; what comes by more goes in circles. RFC 5321 §6.3 counts up to a hundred. */
const MOST_SERVERS = 50
const MACHINES =
  /^(?:mailer-daemon|postmaster|no[-_.]?reply|do[-_.]?not[-_.]?reply|ne[-_.]?pas[-_.]?repondre|bounces?|nepasrepondre)(?:[+@-]|$)/i

/** What some write in front of the subject they answer, and nothing else that tells. “Re:” before it is a person's answer to that. */
const ANSWERING =
  /^(?:réponse automatique|absence du bureau|message d['’]absence|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office(?: reply)?|abwesenheitsnotiz|risposta automatica|respuesta automática)\s*:/iu

export const isAutomatic = (headers: Headers, sender: string, own: string, subject = ''): boolean => {
  if (ANSWERING.test(subject)) return true
  const submitted = firstOf(headers, 'auto-submitted')
  if (submitted !== undefined && !/^no\b/i.test(submitted)) return true
  if (/^(?:bulk|junk|list|auto_reply)\b/i.test(firstOf(headers, 'precedence') ?? '')) return true
  if (['list-id', 'list-unsubscribe', 'list-post', 'x-autoreply', 'x-autorespond'].some((name) => firstOf(headers, name) !== undefined))
    return true
  if (/\b(?:all|oof|autoreply)\b/i.test(firstOf(headers, 'x-auto-response-suppress') ?? '')) return true
  if (/^\s*<>/.test(firstOf(headers, 'return-path') ?? '') || MACHINES.test(sender)) return true
  // Ours, sent back by a mailbox that forwards to us.
  if (allOf(headers, 'x-loop').some((told) => told.trim().toLowerCase() === own)) return true
  return allOf(headers, 'received').length > MOST_SERVERS
}

/** Of one sender within an hour: a person does not write so often, a machine that does not say so does. */
const MOST_AN_HOUR = 20
const HOUR = 3_600_000
const MOST_SENDERS = 10_000

/** Counts mails of each sender by the time they came; true where it goes on and on. */
export const watchLoops = (): ((sender: string, at: number) => boolean) => {
  const times = new Map<string, number[]>()
  return (sender, at) => {
    if (times.size > MOST_SENDERS) times.clear()
    const recent = [...(times.get(sender) ?? []).filter((then) => Math.abs(at - then) < HOUR), at].slice(-MOST_AN_HOUR - 1)
    times.set(sender, recent)
    return recent.length > MOST_AN_HOUR
  }
}
