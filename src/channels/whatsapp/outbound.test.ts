/** What is said, as the platform is told it. */
import { describe, expect, it } from 'vitest'
import type { Outgoing } from '../../core/channel.ts'
import type { Content } from '../../core/content.ts'
import { type AttemptId, asId, type VendorId } from '../../core/ids.ts'
import { jsonAnswer } from '../contract/scripted-fetch.ts'
import { writeMessage } from './outbound.ts'
import { open, scripted, signal } from './sample.ts'

const message = (content: Content, more: Partial<Outgoing> = {}): Outgoing => ({
  attempt: asId<AttemptId>('att_1'),
  to: { kind: 'whatsapp', value: '+33698765432' },
  content,
  category: 'service',
  language: 'fr',
  ...more,
})
const written = (content: Content, more: Partial<Outgoing> = {}) => JSON.parse(JSON.stringify(writeMessage(message(content, more))))
const frame = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '+33698765432', biz_opaque_callback_data: 'att_1' }

describe('a message on the wire', () => {
  it('is text without a preview', () => {
    expect(written({ type: 'text', text: 'Bonjour' })).toEqual({ ...frame, type: 'text', text: { body: 'Bonjour', preview_url: false } })
  })

  it('answers a message of the customer, and goes to a user id as `recipient`', () => {
    const more = { to: { kind: 'whatsapp_user', value: 'FR.123' }, replyTo: asId<VendorId>('wamid.Q') }
    const { to, ...rest } = frame
    expect(written({ type: 'text', text: 'Oui' }, more)).toEqual({
      ...rest,
      recipient: 'FR.123',
      type: 'text',
      text: { body: 'Oui', preview_url: false },
      context: { message_id: 'wamid.Q' },
    })
  })

  it('is a template with its variables in order, flattened', () => {
    const parameters = { 2: 'Rome', 10: 'dix', 1: 'Mme\nDurand' }
    expect(written({ type: 'template', name: 'rappel', language: 'fr', parameters, text: '…' }).template).toEqual({
      name: 'rappel',
      language: { code: 'fr' },
      components: [
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'Mme Durand' },
            { type: 'text', text: 'Rome' },
            { type: 'text', text: 'dix' },
          ],
        },
      ],
    })
  })

  it('is a template whose quick replies come back with what they mean, and one with a code in its copy button too', () => {
    const buttons = [
      { id: 'keep@msg_1', label: 'Je confirme' },
      { id: 'move@msg_1', label: 'Déplacer' },
    ]
    const reminder = written({ type: 'template', name: 'rappel', language: 'fr', parameters: { 1: 'Zoé' }, text: '…', buttons })
    expect(reminder.template.components.slice(1)).toEqual([
      { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'keep@msg_1' }] },
      { type: 'button', sub_type: 'quick_reply', index: '1', parameters: [{ type: 'payload', payload: 'move@msg_1' }] },
    ])
    const code: Content = { type: 'template', name: 'code', language: 'fr', parameters: { 1: '123456' }, text: '…' }
    expect(written(code, { category: 'authentication' }).template.components).toEqual([
      { type: 'body', parameters: [{ type: 'text', text: '123456' }] },
      { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: '123456' }] },
    ])
  })

  it('is a template with named variables, or with none', () => {
    const named = written({ type: 'template', name: 't', language: 'en_US', parameters: { prenom: 'Zoé' }, text: '…' })
    expect(named.template.components[0].parameters).toEqual([{ type: 'text', parameter_name: 'prenom', text: 'Zoé' }])
    expect(written({ type: 'template', name: 't', language: 'fr', parameters: {}, text: '…' }).template).toEqual({
      name: 't',
      language: { code: 'fr' },
    })
  })

  it('is reply buttons', () => {
    expect(written({ type: 'buttons', text: 'Et ?', buttons: [{ id: 'a', label: 'Oui' }] }).interactive).toEqual({
      type: 'button',
      body: { text: 'Et ?' },
      action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'Oui' } }] },
    })
  })

  it('is a list', () => {
    const rows = [
      { id: 'r', label: 'Rome', description: 'Italie' },
      { id: 'o', label: 'Oslo' },
    ]
    expect(written({ type: 'list', text: 'Où ?', button: 'Choisir', rows }).interactive).toEqual({
      type: 'list',
      body: { text: 'Où ?' },
      action: {
        button: 'Choisir',
        sections: [
          {
            rows: [
              { id: 'r', title: 'Rome', description: 'Italie' },
              { id: 'o', title: 'Oslo' },
            ],
          },
        ],
      },
    })
  })

  it('is a link behind a button', () => {
    expect(written({ type: 'link', text: 'Payez ici', label: 'Payer', url: 'https://a.example' }).interactive).toEqual({
      type: 'cta_url',
      body: { text: 'Payez ici' },
      action: { name: 'cta_url', parameters: { display_text: 'Payer', url: 'https://a.example' } },
    })
  })

  it('is a file by its id: a document keeps its name, a voice message has no caption', () => {
    const media = { vendorId: asId<VendorId>('M1'), mime: 'application/pdf', filename: 'f.pdf' }
    expect(written({ type: 'media', kind: 'document', media, caption: 'Facture' }).document).toEqual({
      id: 'M1',
      filename: 'f.pdf',
      caption: 'Facture',
    })
    expect(written({ type: 'media', kind: 'audio', media, caption: 'x', voice: true }).audio).toEqual({ id: 'M1', voice: true })
  })

  it('is a reaction, also one taken back, without a context', () => {
    const target = asId<VendorId>('wamid.Q')
    expect(written({ type: 'reaction', target, emoji: '👍' }, { replyTo: target })).toEqual({
      ...frame,
      type: 'reaction',
      reaction: { message_id: 'wamid.Q', emoji: '👍' },
    })
    expect(written({ type: 'reaction', target, emoji: null }).reaction).toEqual({ message_id: 'wamid.Q', emoji: '' })
  })

  it('is a place, or contacts', () => {
    expect(written({ type: 'location', latitude: 1, longitude: 2, name: 'Ici' }).location).toEqual({
      latitude: 1,
      longitude: 2,
      name: 'Ici',
    })
    expect(written({ type: 'contacts', contacts: [{ name: 'Ada', phones: ['+33611111111'] }] }).contacts).toEqual([
      { name: { formatted_name: 'Ada', first_name: 'Ada' }, phones: [{ phone: '+33611111111' }] },
    ])
  })

  it('is refused before any call where it cannot be said here, or to this address', async () => {
    const channel = open(() => Promise.reject(new Error('no call expected')))
    const sent = (content: Content, more: Partial<Outgoing> = {}) => channel.send(message(content, more), signal)
    expect(await sent({ type: 'unsupported', what: 'poll' })).toMatchObject({ type: 'refused', refusal: { class: 'fix' } })
    expect(await sent({ type: 'media', kind: 'image', media: { mime: 'image/png' } })).toMatchObject({ type: 'refused' })
    expect(await sent({ type: 'text', text: 'x' }, { to: { kind: 'email', value: 'a@b.example' } })).toMatchObject({ type: 'refused' })
  })
})
it('marks as read and shows that it writes', async () => {
  const { channel, asked } = scripted({ '/messages': jsonAnswer({ success: true }) })
  expect(await channel.markRead(asId<VendorId>('wamid.Q'), true, signal)).toBe(true)
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: 'wamid.Q',
    typing_indicator: { type: 'text' },
  })
  expect(await scripted({}).channel.markRead(asId<VendorId>('wamid.Q'), false, signal)).toBe(false)
})
it('wakes somebody where the account may not write to a country: the next person there meets the same', async () => {
  const answer = jsonAnswer({ error: { code: 130497, message: 'restricted' } }, { status: 403 })
  const sent = await scripted({ '/messages': answer }).channel.send(message({ type: 'text', text: 'x' }), signal)
  expect(sent).toMatchObject({ type: 'refused', refusal: { class: 'never', alerts: true } })
})
