/** A mail -> events: what a server reports, or the words and then each file of what somebody wrote. At least one event a mail. */

import type { MediaRef } from '../../core/content.ts'
import type { Inbound } from '../../core/event.ts'
import { isAutomatic } from './automatic.ts'
import { LARGEST_FILE } from './capabilities.ts'
import { domainOf } from './config.ts'
import { type FilePart, kindOf, type Mail } from './mail.ts'
import { attemptOf, readReport } from './report.ts'
import { foldText } from './text.ts'
import { provenBy } from './verify.ts'
import { asVendorId, fileId } from './wire.ts'

export type Reader = {
  readonly address: string
  readonly seal: (text: string) => string
  /** True where this sender writes without end. */
  readonly loops: (sender: string, at: number) => boolean
}

const MOST_FILES = 20

type Message = Extract<Inbound, { kind: 'message' }>

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`

const fileContent = (file: FilePart, refOf: (part: string) => string): Message['content'] => {
  if (file.bytes > LARGEST_FILE)
    return { type: 'unsupported', what: `attachment too large: ${file.filename ?? file.mime}, ${megabytes(file.bytes)}` }
  const media: MediaRef = { vendorId: asVendorId(refOf(file.part)), mime: file.mime, bytes: file.bytes, filename: file.filename }
  return { type: 'media', kind: kindOf(file.mime), media }
}

/** The words of a mail; one that is all subject ("STOP") says that. */
const wordContent = ({ words, subject, files, broken }: Mail): Message['content'] | null => {
  const { text, whole, signed } = foldText(words)
  if (text !== '' && !(signed && files.length > 0)) return { type: 'text', text, whole, subject }
  if (files.length > 0) return null
  if (broken) return { type: 'unsupported', what: 'unreadable mail' }
  return subject === undefined ? { type: 'unsupported', what: 'empty mail' } : { type: 'text', text: subject, subject }
}

const unknown = (mail: Mail, what: string): Inbound => ({ kind: 'unknown', vendorId: asVendorId(mail.id), at: mail.at, what })

/** `refOf` names a part for whoever fetches it later. */
export const eventsOf = (mail: Mail, reader: Reader, refOf: (part: string, messageId: string) => string): readonly Inbound[] => {
  const domain = domainOf(reader.address)
  // Our own, come back by a forwarder or a copy.
  if (attemptOf(mail.id, domain) !== undefined || mail.from?.value === reader.address) return [unknown(mail, 'own-mail')]
  const report = readReport(mail, domain)
  if (report) return [report]
  if (!mail.from) return [unknown(mail, 'mail-without-sender')]

  const proofs = mail.to.map((address) => provenBy(address, reader.address, reader.seal))
  const attempt = proofs.find((proof) => proof !== null && proof !== 'forged')
  const answered = mail.answers.findLast((id) => attemptOf(id, domain) !== undefined)
  const automatic =
    isAutomatic(mail.headers, mail.from.value, reader.address, mail.subject) || reader.loops(mail.from.value, mail.at) || undefined
  const message = {
    kind: 'message',
    at: mail.at,
    from: { addresses: [mail.from], name: mail.name },
    subject: mail.subject,
    automatic,
    replyTo: answered === undefined ? undefined : asVendorId(answered),
    proves: attempt ? asVendorId(`${attempt}@${domain}`) : undefined,
  } as const
  const words = wordContent(mail)
  const events: Inbound[] = words ? [{ ...message, vendorId: asVendorId(mail.id), content: words }] : []
  for (const file of mail.files.slice(0, MOST_FILES)) {
    const content = fileContent(file, (part) => refOf(part, mail.id))
    // The first of them speaks for a mail without words.
    const own =
      events.length === 0 ? { vendorId: asVendorId(mail.id) } : { vendorId: fileId(mail.id, file.part), partOf: asVendorId(mail.id) }
    events.push({ ...message, ...own, content })
  }
  if (mail.files.length > MOST_FILES) {
    const content = { type: 'unsupported', what: `${mail.files.length - MOST_FILES} more attachments` } as const
    events.push({ ...message, vendorId: fileId(mail.id, 'more'), partOf: asVendorId(mail.id), content })
  }
  if (!attempt && proofs.includes('forged')) events.push(unknown(mail, 'forged-reply-address'))
  return events
}
