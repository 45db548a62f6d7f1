/**
 * A message of the house -> one mail, and what became of it. Its Message-ID is the attempt's own, fixed before the first byte: whatever comes
 * back, reports and answers, names it.
 */
import MailComposer from 'nodemailer/lib/mail-composer'
import { causeOf } from '../../core/certainty.ts'
import type { Outgoing, Tools } from '../../core/channel.ts'
import type { Content } from '../../core/content.ts'
import { shortenText } from '../../core/fitting.ts'
import type { Language } from '../../core/language.ts'
import { type Refusal, resultOf, type SendResult } from '../../core/outcome.ts'
import { domainOf, type EmailConfig } from './config.ts'
import type { Post } from './post.ts'
import { refusalOf, refuse } from './refusals.ts'
import { leavingUrl, replyAddress } from './verify.ts'
import { asVendorId, escapeHtml, messageIdOf, tameLine } from './wire.ts'

export type Line = { readonly config: EmailConfig; readonly tools: Tools; readonly post: Post }

type Body = { readonly text: string; readonly html?: string | undefined; readonly file?: Extract<Content, { type: 'media' }> | undefined }

const LEAVE: Readonly<Record<Language, string>> = { fr: 'Ne plus recevoir nos offres\u00a0:', en: 'Stop receiving our offers:' }
const SUBJECT: Readonly<Record<Language, string>> = { fr: 'Votre message', en: 'Your message' }
const LONGEST_SUBJECT = 70

const paragraphs = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((part) => `<p>${escapeHtml(part).replaceAll('\n', '<br>')}</p>`)
    .join('\n')
const anchor = (url: string, label: string): string => `<p><a href="${escapeHtml(url)}">${escapeHtml(label)}</a></p>`

const notOurs = (what: string): Refusal =>
  refuse(
    what,
    'fix',
    'Un mail ne peut pas porter cela tel quel\u00a0: c’est une erreur de Relais, signalez-la.',
    'A mail cannot carry this as it is: this is Relais’s error, report it.',
  )

/** The words of a mail, or why there are none. */
const bodyOf = (content: Content): Body | Refusal => {
  switch (content.type) {
    case 'text':
    case 'template':
      return { text: content.text }
    case 'link':
      return {
        text: `${content.text}\n\n${content.label}\n${content.url}`,
        html: paragraphs(content.text) + anchor(content.url, content.label),
      }
    case 'buttons':
    case 'list': {
      const choices = content.type === 'buttons' ? content.buttons : content.rows
      return { text: [content.text, ...choices.map(({ label }, at) => `${at + 1}. ${label}`)].join('\n') }
    }
    case 'location': {
      const url = `https://www.openstreetmap.org/?mlat=${content.latitude}&mlon=${content.longitude}`
      const name = [content.name, content.address].filter(Boolean).join(', ') || `${content.latitude}, ${content.longitude}`
      return { text: `${name}\n${url}`, html: anchor(url, name) }
    }
    case 'contacts':
      return { text: content.contacts.map(({ name, phones }) => [name, ...phones].join('\n')).join('\n\n') }
    case 'media':
      return { text: content.caption ?? '', file: content }
    default:
      return notOurs(`content:${content.type}`)
  }
}

const isRefusal = (value: object): value is Refusal => 'remedy' in value

const subjectOf = ({ subject, language }: Outgoing, name: string | undefined, text: string): string => {
  const known = tameLine(subject, 200)
  if (known !== undefined) return /^(?:re|tr|fwd?|aw|sv|rv)\s?:/i.test(known) ? known : `Re: ${known}`
  const [first = ''] = text.trim().split(/\n|(?<=[.!?])\s/)
  return shortenText(tameLine(first, 200) ?? name ?? SUBJECT[language], LONGEST_SUBJECT)
}

/** RFC 3834 §3.1.7 and what keeps other machines from answering ours. */
const machineHeaders = (message: Outgoing, own: string): Record<string, string> =>
  message.automatic !== true
    ? {}
    : {
        'Auto-Submitted': message.thread === undefined ? 'auto-generated' : 'auto-replied',
        'X-Auto-Response-Suppress': 'All',
        'X-Loop': own,
      }

/** One-click unsubscribe: https://www.rfc-editor.org/rfc/rfc8058 */
const leaveHeaders = (url: string): Record<string, string> => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  Precedence: 'bulk',
})

/** The mail in bytes, or why it cannot be written. */
export const writeMail = async ({ config, tools }: Line, message: Outgoing): Promise<Uint8Array | Refusal> => {
  const { attempt, to, content, language } = message
  const body = bodyOf(content)
  if (isRefusal(body)) return body
  const leave =
    message.category === 'marketing' && tools.webhookUrl !== undefined
      ? leavingUrl(tools.webhookUrl, { address: to.value, attempt, language }, tools.seal)
      : undefined
  if (message.category === 'marketing' && leave === undefined)
    return refuse(
      'no-public-address',
      'fix',
      'Une offre par e-mail doit porter un lien de désinscription en un clic\u00a0: donnez à Relais son adresse publique (PUBLIC_URL).',
      'Marketing by e-mail needs one-click unsubscribe: tell Relais its public address (PUBLIC_URL).',
    )
  const digest = body.file?.media.digest
  if (body.file && digest === undefined) return notOurs('media-not-kept')
  const bytes = digest === undefined ? undefined : await tools.file(digest)
  const answered = [...new Set([messageIdOf(message.thread), messageIdOf(message.replyTo)].filter((id) => id !== undefined))]
  const html = (body.html ?? paragraphs(body.text)) + (leave === undefined ? '' : anchor(leave, LEAVE[language].replace(/\s?:$/, '')))
  const mail = new MailComposer({
    from: { name: config.name ?? '', address: config.address },
    to: { name: '', address: to.value },
    replyTo: (config.plusAddressing ? replyAddress(config.address, attempt, tools.seal) : undefined) ?? config.address,
    subject: subjectOf(message, config.name, body.text),
    messageId: `<${attempt}@${domainOf(config.address)}>`,
    date: new Date(tools.now()),
    ...(answered.length > 0 ? { inReplyTo: `<${answered.at(-1)}>`, references: answered.map((id) => `<${id}>`) } : {}),
    text: leave === undefined ? body.text : `${body.text}\n\n${LEAVE[language]}\n${leave}`,
    html: `<!doctype html>\n<html lang="${language}"><body>\n${html}\n</body></html>\n`,
    headers: { ...machineHeaders(message, config.address), ...(leave === undefined ? {} : leaveHeaders(leave)) },
    attachments:
      bytes && body.file
        ? [{ content: Buffer.from(bytes), filename: body.file.media.filename ?? body.file.kind, contentType: body.file.media.mime }]
        : [],
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return mail.compile().build()
}

const unreachable = (cause: string): Refusal =>
  refuse(
    cause,
    'retry',
    'Le serveur d’envoi est injoignable\u00a0: vérifiez smtpHost, smtpPort, le réseau et son certificat\u00a0; l’envoi est retenté.',
    'The outgoing server cannot be reached: check smtpHost, smtpPort, the network and its certificate; the send is tried again.',
  )

/** One try. Never throws; see `OpenChannel.send`. */
export const sendMessage = async (line: Line, message: Outgoing, signal: AbortSignal): Promise<SendResult> => {
  const { config, post } = line
  const { attempt, to } = message
  if (to.kind !== 'email') return { type: 'refused', refusal: notOurs(`address:${to.kind}`) }
  let mail: Uint8Array | Refusal
  try {
    mail = await writeMail(line, message)
  } catch (error) {
    mail = { ...notOurs('not-written'), detail: causeOf(error) }
  }
  if (isRefusal(mail)) return { type: 'refused', refusal: mail }
  if (signal.aborted) return { type: 'postponed', refusal: unreachable('aborted-before-sending') }
  const dsn = {
    ret: 'HDRS',
    envid: attempt,
    notify: ['FAILURE', 'DELAY', ...(config.deliveryReceipts ? ['SUCCESS'] : [])],
    orcpt: to.value,
  }
  const posted = await post.deliver({ from: config.address, to: [to.value], size: mail.length, dsn }, mail, signal)
  if (posted.type === 'taken') return { type: 'accepted', vendorId: asVendorId(`${attempt}@${domainOf(config.address)}`) }
  if (posted.type === 'broken')
    return posted.begun ? { type: 'unknown', cause: posted.cause } : { type: 'postponed', refusal: unreachable(posted.cause) }
  return resultOf(refusalOf(posted.step, '', posted.reply))
}
