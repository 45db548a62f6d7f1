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
import { aboutsIn } from '../policy/index.ts'
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
  reference: null,
  reach: null,
  movedTo: null,
  lateAt: null,
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
  intent: { purpose: 'service', purposeAssumed: true, reply: true },
  situation: null,
  situationDigest: asId<Digest>('s'),
  rulebook: asId<Digest>('0123456789abcdef'),
}
const data: ExplanationData = {
  message,
  answered: { type: 'text', text: 'Et les « gros » bagages\u00a0?' },
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
const abouts = new Map([
  [
    decision.rulebook,
    aboutsIn([
      {
        source: JSON.stringify({
          rule: 'eu/ai-disclosure',
          about: { fr: 'Une personne doit savoir qu’une IA lui répond.', en: 'A person must know.' },
        }),
      },
      {
        source: JSON.stringify({
          rule: 'eu/ai-disclosure',
          about: { fr: 'Sauf à bord.', en: 'Not on board.' },
          override: { by: 'Claire' },
        }),
      },
      { source: JSON.stringify({ groups: {} }) },
    ]),
  ],
])
const inEnglish = (change: Partial<DecisionView>, ...more: DecisionView[]) =>
  explanationText(explainMessage({ ...data, decisions: [{ ...decision, ...change }, ...more] }, 'en', 'UTC', abouts))
const [disclose] = decision.rulings
/** Unbreakable spaces shown as ~. */
const shown = (text: string) => text.replace(/[\u00a0\u202f]/g, '~')

describe('an explanation', () => {
  it('says of a code nothing of what a question is about: nobody asked one', () => {
    const code = { ...data, message: { ...message, category: 'authentication' as const } }
    expect(explanationText(explainMessage(data, 'en', 'UTC', abouts))).toContain('Purpose:')
    expect(explanationText(explainMessage(code, 'en', 'UTC', abouts))).not.toContain('Purpose:')
  })

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
    expect(told).toContain('It is the business itself that asks for this; neither the platform nor the law does.')
    expect(told).toMatch(/It asks for another channel, since .* Rule business\/scope/)
  })

  it('tells in French what was asked, each rule with whose it is, since when and from where, the price and the receipts', () => {
    expect(
      shown(explanationText(explainMessage(data, 'fr', 'Europe/Paris', abouts))),
    ).toBe(`Ce message a été remis le 22~novembre 2026 à 12~h~05~min~06~s.

Ce qui était demandé
  De~: le moteur «~faq~», à 12~h~05~min~03~s.
  Canal~: WhatsApp~; pays du client~: France.
  Le client avait écrit~: «~Et les “gros” bagages~?~»
  Texte~: «~Bonjour~»
  Catégorie~: service.
  Objet~: l’activité de l’entreprise, supposé (rien ne l’a classé).
  Une IA en a écrit le texte.
  Réponse tirée de~: Bagages.

Ce qui a été décidé, à 12~h~05~min~03~s
  Il peut partir, avec la mention qu’une IA parle et le chemin vers une personne.
  C’est la loi qui le veut.
  Loi (Union européenne)~: Une personne doit savoir qu’une IA lui répond.
  Elle demande la mention qu’une IA parle, depuis le 2~août 2026. Règle eu/ai-disclosure, confiance A~: lu dans le texte même. <https://eur-lex.europa.eu/eli/reg/2024/1689/oj>
  Recueil de règles~: 0123456789ab.

Le prix
  0,0859~€ (service, tarif depuis le 1er~octobre 2026, confiance B~: plusieurs sources concordent). <https://example.com/prices>
  La plateforme annonce~: service, non facturé.

L’envoi
  Essai 1 par WhatsApp, à 12~h~05~min~03~s~: accepté à 12~h~05~min~04~s.
  Envoyé par la plateforme à 12~h~05~min~05~s.
  Remis à 12~h~05~min~06~s.
`)
  })

  it('says where the business is that its place made the law speak', () => {
    const rulings = decision.rulings.map((ruling) => ({ ...ruling, placeOf: 'business' as const }))
    expect(inEnglish({ rulings })).toContain('Law (European Union, where the business is): A person must know.')
  })

  it('tells once that a message was judged again with what was added to it', () => {
    const again: DecisionView = { ...decision, id: asId<DecisionId>('dec_2'), outcome: 'allow', amend: {}, rulings: [] }
    const told = inEnglish({}, again)
    expect(told).toContain('Changed so, it was judged again: it may leave.')
    expect(told).not.toContain('of 2')
    const later = inEnglish({}, { ...again, at: AT + 60_000 })
    expect(later).toMatch(/What was decided \(2 of 2\), at 11:06:03\n {2}It may leave as it is\.\n {2}No rule had anything to say of it\./)
  })

  it('tells what a message that waits for an agent would need', () => {
    const told = inEnglish({ intent: { ...decision.intent, became: 'hold' } })
    expect(told).toContain('It may leave only with the notice that an AI speaks and the way to a person.')
    expect(told).toContain('What to do: Say that an AI speaks.\n  Nothing here can do that: it waits for an agent.')
    expect(inEnglish({})).not.toContain('What to do')
  })

  it('tells of a rule that the business made laxer why, who answers for it and until when, in the words of the laxer one', () => {
    if (!disclose) throw new Error('no ruling')
    const override = { reason: 'They board at night.', by: 'Claire', until: '2026-12-31' }
    const lax = {
      ...disclose,
      outcome: 'allow' as const,
      by: 'business' as const,
      amend: undefined,
      source: 'rules/on-board.yaml',
      override,
    }
    const told = inEnglish({ outcome: 'allow', amend: {}, rulings: [lax] })
    expect(told).toContain(
      'The business’s own rule (European Union): Not on board.\n  It allows this, since 2 August 2026. Rule eu/ai-disclosure. <rules/',
    )
    expect(told).toContain('Made laxer by the business (Claire, until 31 December 2026): They board at night.')
  })

  it('tells who asks: several, and what is only announced', () => {
    if (!disclose) throw new Error('no ruling')
    const refusing = (by: 'law' | 'platform', rule: string) => ({
      ...disclose,
      rule,
      by,
      outcome: 'refuse' as const,
      expected: true as const,
    })
    const told = inEnglish({ outcome: 'refuse', amend: {}, rulings: [refusing('law', 'eu/x'), refusing('platform', 'post/y')] })
    expect(told).toContain('It is the law and the platform that ask for this.')
    expect(told).toContain('It forbids this, since 2 August 2026 (announced, not yet seen in force). Rule post/y')
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

  it('says that no price is declared where no price list is about the channel', () => {
    const told = inEnglish({ price: { ...decision.price, known: false, amount: null, currency: null, source: null, undeclared: true } })
    expect(told).toContain('No price declared: the rulebook knows of no platform’s price for this channel')
    expect(told).not.toContain('Unknown for')
  })

  it('tells once what was decided the same before and after it was written, and when it was first', () => {
    const allowed: DecisionView = { ...decision, outcome: 'allow', amend: {}, rulings: [] }
    const later: DecisionView = { ...allowed, id: asId<DecisionId>('dec_2'), at: AT + 60_000 }
    const told = (decisions: readonly DecisionView[]) => explanationText(explainMessage({ ...data, decisions }, 'en', 'UTC', abouts))
    expect(told([allowed, later])).toContain('What was decided, at 11:06:03')
    expect(told([allowed, later])).toContain('It was judged the same before, at 11:05:03.')
    // What the law adds was added before the first word, and judged again with it.
    const amended = { ...decision, at: later.at }
    expect(told([decision, amended, later])).toContain('What was decided, at 11:06:03')
    expect(told([{ ...allowed, outcome: 'hold' }, later])).toContain('What was decided (2 of 2)')
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

it('what engines were given of people is told by kind and number, and whose answer was withheld', () => {
  const thought = [
    { engine: 'mistral', result: 'withheld', detail: 'canary', left: { as: 'pseudonyms' as const, kinds: { name: 2, iban: 1 } } },
    { engine: 'local', result: 'answered', detail: '', left: { as: 'clear' as const, kinds: { phone: 1 } } },
    { engine: 'third', result: 'answered', detail: '', left: { as: 'pseudonyms' as const, kinds: {} } },
    { engine: 'faq', result: 'answered', detail: '' },
  ]
  const lines = (language: 'fr' | 'en') =>
    explainMessage({ ...data, thought }, language, 'UTC', abouts).parts[0]?.lines.flatMap(({ text }) =>
      /moteur|engine/.test(text) ? [shown(text)] : [],
    )
  expect(lines('fr')?.slice(1)).toEqual([
    'Le moteur «~mistral~» a reçu sous pseudonyme~: 2 noms, 1 IBAN.',
    'La réponse du moteur «~mistral~» a été écartée~: elle répétait le repère secret de ses consignes.',
    'Le moteur «~local~» a reçu en clair, comme sa fiche le permet~: 1 numéro de téléphone.',
    'Le moteur «~third~» n’a reçu aucune donnée reconnue comme personnelle.',
  ])
  expect(lines('en')?.slice(1)).toEqual([
    'The engine “mistral” was given under pseudonyms: 2 names, 1 IBAN.',
    'The answer of the engine “mistral” was withheld: it said the secret mark of its instructions.',
    'The engine “local” was given in clear, as its entry permits: 1 phone number.',
    'The engine “third” was given nothing recognised as personal.',
  ])
})

describe('the explanation of a message with a plan', () => {
  const step = {
    id: message.id,
    channel: message.channel,
    step: 0,
    at: AT,
    status: 'delivered',
    passed: [],
    why: 'not-delivered',
    lateAt: AT + 60_000,
  } as const
  const next = {
    ...step,
    id: asId<MessageId>('msg_2'),
    channel: asId<ChannelId>('email'),
    step: 2,
    at: AT + 30_000,
    why: null,
    lateAt: null,
  }
  const passed = [{ channel: asId<ChannelId>('sms'), why: 'business/second-channel' }]
  const of = { plan: 'default', step: 0, of: message.id }
  const planned = { ...data, message: { ...message, reach: of }, plan: [step, { ...next, passed }] }

  it('tells each step, why the plan went on, what it passed by, and what came late', () => {
    const english = explanationText(explainMessage(planned, 'en', 'Europe/Paris'))
    expect(english).toContain('The reach plan “default”')
    expect(english).toContain('Step 1: WhatsApp, at 12:05:03 (this message).')
    expect(english).toContain('From WhatsApp the plan went on: the wait was over before it was delivered.')
    expect(english).toContain('Delivered by WhatsApp all the same at 12:06:03: the person had it twice')
    expect(english).toContain('Step passed by: SMS, for the rule business/second-channel kept it from there.')
    expect(english).toContain('Step 3: e-mail, at 12:05:33.')
    const french = explanationText(explainMessage(planned, 'fr', 'Europe/Paris'))
    expect(french).toContain('Le plan de contact « default »')
    expect(french).toContain(
      'L’étape WhatsApp n’a pas abouti : le délai était passé sans que le message ait été remis. Le plan est passé à la suivante.',
    )
  })

  it('says of what never left that it took another channel', () => {
    const moved = { ...planned, message: { ...planned.message, status: 'cancelled' as const, movedTo: next.id } }
    expect(explainMessage(moved, 'fr').headline).toBe(
      'Un autre canal a pris le relais de ce message\u00a0: son plan est passé à l’étape suivante avant qu’il ne parte.',
    )
    expect(explainMessage(moved, 'en').headline).toBe('This message took another channel: its plan went on before it had left.')
  })

  it('says nothing of a plan with one step', () => {
    expect(explanationText(explainMessage({ ...planned, plan: [{ ...step, why: null, lateAt: null }] }, 'en'))).not.toContain('reach plan')
  })
})

it('tells of a draft that a task made who started it, and that it waits because it was asked to', () => {
  const task = { kind: 'draft', by: 'api:crm', draft: true }
  const held: ExplanationData = {
    message: { ...message, status: 'held' },
    answered: null,
    country: 'FR',
    channelKind: 'whatsapp',
    decisions: [{ ...decision, intent: { task, became: 'hold' } }],
    attempts: [],
  }
  const told = explanationText(explainMessage(held, 'fr', 'Europe/Paris'))
  expect(told).toContain('Résultat d’une tâche d’IA («\u00a0rédiger\u00a0»), lancée par')
  expect(told).toContain('Demandé comme brouillon\u00a0: un conseiller décide s’il part.')
  expect(told).not.toContain('Rien ici ne permet de le faire')
})
