import { describe, expect, it } from 'vitest'
import {
  type AttemptId,
  asId,
  type ChannelId,
  type ContactId,
  type ConversationId,
  type DecisionId,
  type Digest,
  type MessageId,
} from '../core/ids.ts'
import type { DecisionView, ExplanationData, MessageView } from '../core/reading.ts'
import { explainMessage, explanationText } from './explanation.ts'

// 22 November 2026, 12:05:03 in Paris.
const AT = Date.UTC(2026, 10, 22, 11, 5, 3)
const message: MessageView = {
  id: asId<MessageId>('msg_1'),
  contactId: asId<ContactId>('con_1'),
  conversationId: asId<ConversationId>('cnv_1'),
  channel: asId<ChannelId>('whatsapp'),
  direction: 'out',
  at: AT,
  author: 'engine:faq',
  content: { type: 'text', text: 'Bonjour' },
  category: 'service',
  ai: true,
  citations: [{ title: 'Bagages', passage: '23 kg' }],
  replyTo: null,
  vendorId: null,
  status: 'delivered',
  decisionId: asId<DecisionId>('dec_1'),
  refusal: null,
  price: null,
  priceSeen: { category: 'service', type: 'regular', billable: false },
  duplicateRisk: false,
  editedAt: null,
  revokedAt: null,
  acceptedAt: AT + 1_000,
  sentAt: AT + 2_000,
  deliveredAt: AT + 3_000,
  readAt: null,
  failedAt: null,
}
const decision: DecisionView = {
  id: asId<DecisionId>('dec_1'),
  messageId: message.id,
  contactId: message.contactId,
  at: AT,
  outcome: 'amend',
  amend: { disclose: true, human: true },
  until: null,
  rulings: [
    {
      rule: 'eu/ai-disclosure',
      by: 'law',
      outcome: 'amend',
      amend: { disclose: true },
      since: '2026-08-02',
      to: null,
      known: '2024-07-12',
      place: 'EU',
      source: 'https://eur-lex.europa.eu/eli/reg/2024/1689/oj',
      confidence: 'A',
      remedy: { fr: 'Dites qu’une IA parle.', en: 'Say that an AI speaks.' },
    },
  ],
  price: {
    known: true,
    amount: 0.0859,
    currency: 'EUR',
    category: 'service',
    since: '2026-10-01',
    source: 'https://example.com/prices',
    confidence: 'B',
  },
  intent: { purpose: 'service', purposeAssumed: true },
  situation: null,
  situationDigest: asId<Digest>('s'),
  rulebook: asId<Digest>('0123456789abcdef'),
}
const data: ExplanationData = {
  message,
  country: 'FR',
  channelKind: 'whatsapp',
  decisions: [decision],
  attempts: [
    {
      id: asId<AttemptId>('att_1'),
      channel: message.channel,
      decisionId: decision.id,
      at: AT + 500,
      result: 'accepted',
      code: null,
      vendorId: null,
      settledAt: AT + 1_000,
    },
  ],
}
/** Unbreakable spaces shown as ~. */
const shown = (text: string) => text.replace(/[\u00a0\u202f]/g, '~')

describe('an explanation', () => {
  it('tells of a sentence that stands in an answer’s place what was asked, and whose rule kept the answer away', () => {
    const [ruling] = decision.rulings
    if (!ruling) throw new Error('no ruling')
    const instead: DecisionView = {
      ...decision,
      outcome: 'reroute',
      amend: {},
      intent: { purpose: 'none', purposeAssumed: false, insteadOf: 'general' },
      rulings: [{ ...ruling, rule: 'business/scope', by: 'business', outcome: 'reroute' }],
    }
    const told = explanationText(explainMessage({ ...data, decisions: [instead] }, 'en', 'Europe/Paris'))
    expect(told).toContain('Purpose: a general matter.')
    expect(told).toContain('No answer to this question leaves from here: this sentence stands in its place.')
    expect(told).toMatch(/business\/scope \(the business’s own rule, .*\) asks for another channel/)
  })

  it('tells in French what was asked, each rule with whose it is, since when and from where, the price and the receipts', () => {
    expect(
      shown(explanationText(explainMessage(data, 'fr', 'Europe/Paris'))),
    ).toBe(`Ce message a été remis le 22~novembre 2026 à 12~h~05~min~06~s.

Ce qui était demandé
  De~: le moteur «~faq~», le 22~novembre 2026 à 12~h~05~min~03~s.
  Canal~: whatsapp~; pays du client~: France.
  Catégorie~: service.
  Objet~: l’activité de l’entreprise, supposé (rien ne l’a classé).
  Une IA en a écrit le texte.
  Réponse tirée de~: Bagages.

Ce qui a été décidé, le 22~novembre 2026 à 12~h~05~min~03~s
  Il peut partir, complété. Ajouté~: la mention qu’une IA parle et le chemin vers une personne.
  eu/ai-disclosure (loi, Union européenne) demande de le compléter~; en vigueur depuis le 2~août 2026~; confiance A. <https://eur-lex.europa.eu/eli/reg/2024/1689/oj>
  Que faire~: Dites qu’une IA parle.
  Recueil de règles~: 0123456789ab.

Le prix
  0,0859~€ (service, tarif depuis le 1er~octobre 2026, confiance B). <https://example.com/prices>
  La plateforme annonce~: service, non facturé.

L’envoi
  Essai 1 par whatsapp, le 22~novembre 2026 à 12~h~05~min~03~s~: accepté le 22~novembre 2026 à 12~h~05~min~04~s.
  Envoyé par la plateforme le 22~novembre 2026 à 12~h~05~min~05~s.
  Remis le 22~novembre 2026 à 12~h~05~min~06~s.
`)
  })

  it('tells a refusal with its reason and what to do, in English', () => {
    const refused: ExplanationData = {
      ...data,
      message: {
        ...message,
        status: 'refused',
        deliveredAt: null,
        sentAt: null,
        priceSeen: null,
        refusal: { class: 'never', code: 'whatsapp/opt-in', detail: '', remedy: { fr: '', en: 'Ask for consent first.' } },
      },
      decisions: [{ ...decision, outcome: 'refuse', amend: {}, rulings: [], price: { ...decision.price, known: false, amount: null } }],
      attempts: [],
    }
    const text = explanationText(explainMessage(refused, 'en', 'UTC'))
    expect(text).toContain('This message was refused: it did not leave.')
    expect(text).toContain('Unknown for this category (service) and country: no rate is on record.')
    expect(text).toContain('Reason: whatsapp/opt-in.\n  What to do: Ask for consent first.')
    expect(text).not.toContain('Try 1')
  })

  it('of a customer’s message says that rules judge only what leaves', () => {
    const inbound = {
      ...data,
      message: {
        ...message,
        direction: 'in' as const,
        author: 'customer',
        status: 'received' as const,
        ai: false,
        sentAt: null,
        deliveredAt: null,
      },
      decisions: [],
      attempts: [],
    }
    const explanation = explainMessage(inbound, 'en', 'UTC')
    expect(explanation.headline).toBe('The customer’s message, received on 22 November 2026, 11:05:03. Rules judge only what leaves.')
    expect(explanation.parts.map((part) => part.heading)).toEqual(['What came'])
  })
})
