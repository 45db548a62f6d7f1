/**
 * A message of the house -> one POST, and what its answer proves. There is no idempotency key: only a certain answer is called accepted or
 * refused. https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages (read 2026-11-22)
 */
import { causeOf, isSurelyUnsent } from '../../core/certainty.ts'
import type { Outgoing } from '../../core/channel.ts'
import type { Content } from '../../core/content.ts'
import { asId, type VendorId } from '../../core/ids.ts'
import { type Refusal, resultOf, type SendResult } from '../../core/outcome.ts'
import { retryAfterMs } from '../../core/retry-after.ts'
import type { Category } from '../../core/situation.ts'
import { type Answer, graphRequest, jsonInit, type Line, readAnswer } from './graph.ts'
import { provesUnsent, refusalOf, refuse } from './refusals.ts'
import { type Json, readFlag, readList, readText } from './wire.ts'

type Choices = Extract<Content, { type: 'buttons' | 'list' }>
type Template = Extract<Content, { type: 'template' }>
type Media = Extract<Content, { type: 'media' }>

const interactive = (body: Json): Json => ({ type: 'interactive', interactive: body })

const writeChoices = (content: Choices): Json => {
  if (content.type === 'buttons') {
    const buttons = content.buttons.map(({ id, label }) => ({ type: 'reply', reply: { id, title: label } }))
    return interactive({ type: 'button', body: { text: content.text }, action: { buttons } })
  }
  const rows = content.rows.map(({ id, label, description }) => ({ id, title: label, description }))
  return interactive({ type: 'list', body: { text: content.text }, action: { button: content.button, sections: [{ rows }] } })
}

/** The platform refuses line breaks, tabs and long runs of spaces inside a variable (error 132018). */
const flatten = (text: string): string => text.replace(/[\r\n\t]+/g, ' ').replace(/ {4,}/g, '   ')

/**
 * A tapped quick reply comes back as its payload. Of an authentication template the copy button carries the code once more:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/authentication-templates (read 2026-11-22)
 */
const buttonsOf = ({ buttons = [], parameters }: Template, category: Category): readonly Json[] => {
  const payloads = buttons.map(({ id }, index) => ({
    type: 'button',
    sub_type: 'quick_reply',
    index: String(index),
    parameters: [{ type: 'payload', payload: id }],
  }))
  const [code] = Object.values(parameters)
  if (category !== 'authentication' || code === undefined) return payloads
  return [...payloads, { type: 'button', sub_type: 'url', index: String(buttons.length), parameters: [{ type: 'text', text: code }] }]
}

const writeTemplate = (content: Template, category: Category): Json => {
  const { name, language, parameters } = content
  const names = Object.keys(parameters)
  const positional = names.every((key) => /^\d+$/.test(key))
  const ordered = positional ? names.toSorted((a, b) => Number(a) - Number(b)) : names
  const values = ordered.map((key) => {
    const text = flatten(parameters[key] ?? '')
    return positional ? { type: 'text', text } : { type: 'text', parameter_name: key, text }
  })
  const body = values.length > 0 ? [{ type: 'body', parameters: values }] : []
  const all = [...body, ...buttonsOf(content, category)]
  const components = all.length > 0 ? all : undefined
  return { type: 'template', template: { name, language: { code: language }, components } }
}

const writeMedia = ({ kind, media, caption, voice }: Media): Json => ({
  type: kind,
  [kind]: {
    id: media.vendorId,
    caption: kind === 'audio' || kind === 'sticker' ? undefined : caption,
    filename: kind === 'document' ? media.filename : undefined,
    voice: kind === 'audio' && voice === true ? true : undefined,
  },
})

const notOurs = (what: string): Refusal =>
  refuse(
    what,
    'fix',
    'WhatsApp ne peut pas envoyer cela tel quel : c’est une erreur de Relais, signalez-la.',
    'WhatsApp cannot send this as it is: this is Relais’s error, report it.',
  )

/** The part of the body that depends on what is said, or why it can't be said. */
const writeContent = (content: Content, category: Category): Json | Refusal => {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: { body: content.text, preview_url: false } }
    case 'buttons':
    case 'list':
      return writeChoices(content)
    case 'link': {
      const parameters = { display_text: content.label, url: content.url }
      return interactive({ type: 'cta_url', body: { text: content.text }, action: { name: 'cta_url', parameters } })
    }
    case 'template':
      return writeTemplate(content, category)
    case 'media':
      return content.media.vendorId === undefined ? notOurs('media-not-uploaded') : writeMedia(content)
    case 'location': {
      const { latitude, longitude, name, address } = content
      return { type: 'location', location: { latitude, longitude, name, address } }
    }
    case 'contacts':
      return {
        type: 'contacts',
        contacts: content.contacts.map(({ name, phones }) => ({
          name: { formatted_name: name, first_name: name },
          phones: phones.map((phone) => ({ phone })),
        })),
      }
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: content.target, emoji: content.emoji ?? '' } }
    case 'call':
    case 'choice':
    case 'form':
    case 'order':
    case 'unsupported':
      return notOurs(`inbound-only:${content.type}`)
  }
}

const isRefusal = (written: Json | Refusal): written is Refusal => 'remedy' in written

/** `to` takes a phone with its +, without which the business's own country code would be put before it; `recipient` takes a user id. */
export const writeMessage = ({ attempt, to, content, replyTo, category }: Outgoing): Json | Refusal => {
  const address = to.kind === 'whatsapp' ? { to: to.value } : to.kind === 'whatsapp_user' ? { recipient: to.value } : undefined
  const written = writeContent(content, category)
  if (isRefusal(written)) return written
  if (address === undefined) return notOurs(`address:${to.kind}`)
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...address,
    ...written,
    context: replyTo === undefined || content.type === 'reaction' ? undefined : { message_id: replyTo },
    biz_opaque_callback_data: attempt,
  }
}

const unreachable = (cause: string): Refusal =>
  refuse(
    cause,
    'retry',
    'L’API de WhatsApp est injoignable : vérifiez le réseau, le DNS et apiUrl ; l’envoi est retenté.',
    'WhatsApp’s API cannot be reached: check the network, DNS and apiUrl; the send is tried again.',
  )

/** What an answer proves. */
export const judgeAnswer = (answer: Answer, now: number): SendResult => {
  const { status, headers, body, error } = answer
  const wait = retryAfterMs(headers.get('retry-after'), now)
  if (status >= 200 && status < 300) {
    const id = readText(readList(body, 'messages')[0], 'id')
    return id === undefined ? { type: 'unknown', cause: `unreadable-${status}` } : { type: 'accepted', vendorId: asId<VendorId>(id) }
  }
  if (error !== undefined && readText(error, 'code') !== undefined) {
    const refusal = refusalOf(error)
    if (!provesUnsent(status, refusal.code)) return { type: 'unknown', cause: `http-${status}-${refusal.code}` }
    return resultOf(wait === undefined ? refusal : { ...refusal, afterMs: wait })
  }
  if (status !== 429) return { type: 'unknown', cause: `http-${status}` }
  const refusal = { ...refusalOf({ code: 4 }), code: 'http-429', afterMs: wait ?? 1000 }
  return { type: 'postponed', refusal }
}

/** One try. Never throws; see `OpenChannel.send`. */
export const sendMessage = async (line: Line, message: Outgoing, signal: AbortSignal): Promise<SendResult> => {
  const written = writeMessage(message)
  if (isRefusal(written)) return { type: 'refused', refusal: written }
  if (signal.aborted) return { type: 'postponed', refusal: unreachable('aborted-before-sending') }
  let response: Response
  try {
    response = await line.tools.fetch(graphRequest(line, `${line.config.phoneNumberId}/messages`, jsonInit(written, signal)))
  } catch (error) {
    const cause = causeOf(error)
    return isSurelyUnsent(error) ? { type: 'postponed', refusal: unreachable(cause) } : { type: 'unknown', cause }
  }
  try {
    return judgeAnswer(await readAnswer(response), line.tools.now())
  } catch (error) {
    return { type: 'unknown', cause: causeOf(error) }
  }
}

/** Also marks what came before it. https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators (read 2026-11-22) */
export const markRead = async (line: Line, message: VendorId, typing: boolean, signal: AbortSignal): Promise<boolean> => {
  const body = {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: message,
    typing_indicator: typing ? { type: 'text' } : undefined,
  }
  try {
    const answer = await readAnswer(
      await line.tools.fetch(graphRequest(line, `${line.config.phoneNumberId}/messages`, jsonInit(body, signal))),
    )
    return answer.status === 200 && readFlag(answer.body, 'success')
  } catch {
    return false // a courtesy: nothing depends on it
  }
}
