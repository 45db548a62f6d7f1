/** The sentences of an explanation, in French and English. */
import type { Amendment, Outcome, Price, Ruling } from '../core/decision.ts'
import type { PriceSeen } from '../core/event.ts'
import type { Language } from '../core/language.ts'
import type { SendResult, Status } from '../core/outcome.ts'

/** "22 novembre 2026 à 14 h 05 min 03 s" or "22 November 2026, 14:05:03", in `timezone`. */
export const momentIn = (at: number, language: Language, timezone: string): string => {
  const options = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
  const format = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { ...options, hourCycle: 'h23', timeZone: timezone })
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const { day, month, year, hour, minute, second } = part
  if (language === 'en') return `${day} ${month} ${year}, ${hour}:${minute}:${second}`
  return `${day} ${month} ${year} à ${Number(hour)} h ${minute} min ${second} s`
}

/** As part of a sentence: the hour alone on the day of `day`, else with its date. */
export const whenIn = (at: number, day: number, language: Language, timezone: string): string => {
  const [moment, other] = [at, day].map((one) => momentIn(one, language, timezone).split(language === 'fr' ? ' à ' : ', '))
  const [date, hour] = moment ?? []
  if (date === other?.[0]) return language === 'fr' ? `à ${hour}` : `at ${hour}`
  return language === 'fr' ? `le ${date} à ${hour}` : `on ${date}, ${hour}`
}

const AUTHORS: Record<Language, (name: string) => Readonly<Record<string, string>>> = {
  fr: (name) => ({
    customer: 'le client',
    journey: `le parcours « ${name} »`,
    engine: `le moteur « ${name} »`,
    agent: `le conseiller « ${name} »`,
    api: `le programme qui a la clé « ${name} »`,
    system: 'Relais lui-même',
    platform: 'l’agent de la plateforme',
  }),
  en: (name) => ({
    customer: 'the customer',
    journey: `the journey “${name}”`,
    engine: `the engine “${name}”`,
    agent: `the agent “${name}”`,
    api: `the program that has the key “${name}”`,
    system: 'Relais itself',
    platform: 'the platform’s own agent',
  }),
}
/** `agent:claire` → "the agent “claire”". */
export const authorIn = (author: string, language: Language): string => {
  const [kind = '', ...name] = author.split(':')
  return AUTHORS[language](name.join(':'))[kind] ?? author
}

const AMENDMENTS = {
  fr: { disclose: 'la mention qu’une IA parle', human: 'le chemin vers une personne', template: 'un modèle à la place du texte libre' },
  en: { disclose: 'the notice that an AI speaks', human: 'the way to a person', template: 'a template instead of free text' },
} as const
const joined = (list: readonly string[], language: Language): string =>
  new Intl.ListFormat(language, { style: 'long', type: 'conjunction' }).format(list)

export const amendmentIn = (amend: Amendment, language: Language): string =>
  joined(
    (['disclose', 'human', 'template'] as const).filter((key) => amend[key]).map((key) => AMENDMENTS[language][key]),
    language,
  )

type StatusWords = Record<Status | 'received', (when: string) => string>
export const STATUS_WORDS: Record<Language, StatusWords> = {
  fr: {
    received: (when) => `Ce message a été reçu le ${when}.`,
    queued: () => 'Ce message attend son tour pour partir.',
    postponed: () => 'Ce message est remis à plus tard ; il sera jugé de nouveau à ce moment-là.',
    held: () => 'Ce message est retenu : un conseiller doit décider.',
    sending: () => 'Ce message est en train de partir.',
    unknown: () => 'Nul ne sait encore si ce message est arrivé : la plateforme n’a pas répondu clairement.',
    accepted: (when) => `La plateforme a accepté ce message${when ? ` le ${when}` : ''}.`,
    sent: (when) => `Ce message a été envoyé le ${when}.`,
    delivered: (when) => `Ce message a été remis le ${when}.`,
    read: (when) => `Ce message a été lu le ${when}.`,
    failed: (when) => `Ce message n’a pas pu être remis${when ? ` (${when})` : ''}.`,
    refused: () => 'Ce message a été refusé : il n’est pas parti.',
    cancelled: () => 'Ce message a été annulé avant de partir : la conversation a changé de mains, ou le brouillon a été écarté.',
  },
  en: {
    received: (when) => `This message was received on ${when}.`,
    queued: () => 'This message waits for its turn to leave.',
    postponed: () => 'This message is put off; it will be judged anew then.',
    held: () => 'This message is held: an agent has to decide.',
    sending: () => 'This message is on its way.',
    unknown: () => 'Nobody knows yet whether this message arrived: the platform gave no clear answer.',
    accepted: (when) => `The platform accepted this message${when ? ` on ${when}` : ''}.`,
    sent: (when) => `This message was sent on ${when}.`,
    delivered: (when) => `This message was delivered on ${when}.`,
    read: (when) => `This message was read on ${when}.`,
    failed: (when) => `This message could not be delivered${when ? ` (${when})` : ''}.`,
    refused: () => 'This message was refused: it did not leave.',
    cancelled: () => 'This message was cancelled before it left: the conversation changed hands, or the draft was dropped.',
  },
}

/** What stands behind a letter. */
const SURE = {
  fr: { A: 'lu dans le texte même', B: 'plusieurs sources concordent', C: 'une seule source, ou une conclusion' },
  en: { A: 'read in the text itself', B: 'several sources agree', C: 'one source, or a conclusion' },
} as const

/** `what`: until when it has to wait, or what has to be changed. */
type Verdicts = Record<Outcome, (what: string) => string>
type Phrases = {
  readonly asked: string
  readonly received: string
  readonly price: string
  readonly delivery: string
  readonly ai: string
  readonly noRule: string
  readonly duplicate: string
  readonly moved: string
  readonly open: string
  readonly decided: (n: number, of: number, when: string) => string
  readonly inbound: (when: string) => string
  readonly author: (author: string, when: string) => string
  readonly place: (channel: string, kind: string, country: string) => string
  readonly category: (category: string) => string
  readonly purpose: (purpose: string, assumed: boolean) => string
  readonly citations: (titles: readonly string[]) => string
  readonly edited: (when: string) => string
  readonly revoked: (when: string) => string
  readonly outcome: Verdicts
  readonly instead: string
  readonly again: string
  readonly before: (when: string) => string
  readonly became: string
  readonly text: (words: string) => string
  readonly answered: (words: string) => string
  readonly needs: (changes: string) => string
  readonly verdict: Verdicts
  readonly whose: Record<Ruling['by'], string>
  /** Who wants it: one or several. */
  readonly asks: (by: readonly Ruling['by'][]) => string
  readonly ruling: (whose: string, place: string, about: string) => string
  /** `confidence`: null where the business is its own source. */
  readonly basis: (verdict: string, ruling: Ruling, confidence: Price['confidence']) => string
  readonly remedy: (words: string) => string
  readonly rulebook: (digest: string) => string
  readonly priceKnown: (amount: string, category: string, since: string | null, confidence: Price['confidence']) => string
  readonly priceUnknown: (category: string) => string
  readonly priceUndeclared: string
  readonly allowance: (free: number) => string
  readonly priceSeen: (price: PriceSeen) => string
  readonly attempt: (n: number, channel: string, when: string, result: string) => string
  readonly result: Record<SendResult['type'], (when: string, code: string) => string>
  readonly sent: (when: string) => string
  readonly deliveredAt: (when: string) => string
  readonly readAt: (when: string) => string
  readonly failedAt: (when: string) => string
  readonly refusal: (code: string, detail: string) => string
}

const FR: Phrases = {
  asked: 'Ce qui était demandé',
  received: 'Ce qui est arrivé',
  price: 'Le prix',
  delivery: 'L’envoi',
  ai: 'Une IA en a écrit le texte.',
  noRule: 'Aucune règle n’avait rien à en dire.',
  moved: 'Un autre canal a pris le relais de ce message : son plan est passé à l’étape suivante avant qu’il ne parte.',
  duplicate: 'Il a peut-être été reçu deux fois : la première fois, la plateforme n’avait pas répondu clairement.',
  open: 'sans réponse pour l’instant',
  decided: (n, of, when) => `Ce qui a été décidé${of > 1 ? ` (${n + 1} sur ${of})` : ''}, ${when}`,
  inbound: (when) => `Message du client, reçu le ${when}. Les règles ne jugent que ce qui part.`,
  author: (author, when) => `De : ${author}, ${when}.`,
  place: (channel, kind, country) =>
    `Canal : ${channel}${kind && kind !== channel ? ` (${kind})` : ''} ; pays du client : ${country || 'inconnu'}.`,
  category: (category) => `Catégorie : ${category}.`,
  purpose: (purpose, assumed) => `Objet : ${purpose}${assumed ? ', supposé (rien ne l’a classé)' : ''}.`,
  citations: (titles) => `Réponse tirée de : ${joined(titles, 'fr')}.`,
  edited: (when) => `Modifié par son auteur le ${when}.`,
  revoked: (when) => `Effacé le ${when}.`,
  outcome: {
    allow: () => 'Il peut partir tel quel.',
    amend: (changes) => `Il peut partir, avec ${changes}.`,
    postpone: (until) => `Il partira plus tard${until ? `, au plus tôt le ${until}` : ''}.`,
    reroute: () => 'Il doit prendre un autre canal.',
    hold: () => 'Il est retenu pour un conseiller.',
    refuse: () => 'Il est refusé.',
  },
  again: 'Ainsi changé, il a été jugé de nouveau : il peut partir.',
  before: (when) => `Il avait été jugé de même auparavant, ${when}.`,
  became: 'Rien ici ne permet de le faire : il attend un conseiller.',
  text: (words) => `Texte : « ${words} »`,
  answered: (words) => `Le client avait écrit : « ${words} »`,
  instead: 'Aucune réponse à cette question ne part d’ici : cette phrase en tient lieu.',
  needs: (changes) => `Il ne peut partir qu’avec ${changes}.`,
  verdict: {
    allow: () => 'Elle le permet',
    amend: (changes) => `Elle demande ${changes}`,
    postpone: (until) => `Elle demande d’attendre${until ? ` jusqu’au ${until}` : ''}`,
    reroute: () => 'Elle demande un autre canal',
    hold: () => 'Elle demande l’avis d’un conseiller',
    refuse: () => 'Elle l’interdit',
  },
  whose: { platform: 'Règle de la plateforme', law: 'Loi', industry: 'Règle de la profession', business: 'Règle de l’entreprise' },
  asks: (by) => {
    const names = { platform: 'la plateforme', law: 'la loi', industry: 'la profession', business: 'l’entreprise elle-même' } as const
    if (by.length > 1)
      return `Ce sont ${joined(
        by.map((one) => names[one]),
        'fr',
      )} qui le veulent.`
    const [only = 'business'] = by
    return `C’est ${names[only]} qui le veut${only === 'business' ? ' ; ni la plateforme ni la loi ne l’exigent' : ''}.`
  },
  ruling: (whose, place, about) => `${whose} (${place}) : ${about}`,
  basis: (verdict, { rule, since, to, expected }, confidence) =>
    `${verdict}, depuis le ${since}${to ? ` et jusqu’au ${to}` : ''}${expected ? ' (annoncé, pas encore constaté)' : ''}. Règle ${rule}${confidence ? `, confiance ${confidence} : ${SURE.fr[confidence]}` : ''}.`,
  remedy: (words) => `Que faire : ${words}`,
  rulebook: (digest) => `Recueil de règles : ${digest}.`,
  priceKnown: (amount, category, since, confidence) =>
    `${amount} (${category}${since ? `, tarif depuis le ${since}` : ''}${confidence ? `, confiance ${confidence} : ${SURE.fr[confidence]}` : ''}).`,
  priceUnknown: (category) => `Inconnu pour cette catégorie (${category}) et ce pays : aucun tarif n’est enregistré.`,
  priceUndeclared:
    'Aucun tarif déclaré : le recueil ne connaît aucun tarif de plateforme pour ce canal, et l’entreprise n’en a écrit aucun (rules/prices/).',
  allowance: (free) => `${free.toLocaleString('fr')} messages par mois sont gratuits et ne sont pas déduits ici.`,
  priceSeen: ({ category, billable }) => `La plateforme annonce : ${category}, ${billable ? 'facturé' : 'non facturé'}.`,
  attempt: (n, channel, when, result) => `Essai ${n} par ${channel}, ${when} : ${result}.`,
  result: {
    accepted: (when) => `accepté${when ? ` ${when}` : ''}`,
    refused: (_, code) => `refusé${code ? ` (${code})` : ''}`,
    postponed: (_, code) => `pas pris pour l’instant${code ? ` (${code})` : ''}`,
    unknown: (_, code) => `sans réponse certaine${code ? ` (${code})` : ''}`,
  },
  sent: (when) => `Envoyé par la plateforme ${when}.`,
  deliveredAt: (when) => `Remis ${when}.`,
  readAt: (when) => `Lu ${when}.`,
  failedAt: (when) => `Échec annoncé ${when}.`,
  refusal: (code, detail) => `Motif : ${code}${detail ? ` (${detail})` : ''}.`,
}

const EN: Phrases = {
  asked: 'What was asked',
  received: 'What came',
  price: 'The price',
  delivery: 'The sending',
  ai: 'An AI wrote its text.',
  noRule: 'No rule had anything to say of it.',
  moved: 'This message took another channel: its plan went on before it had left.',
  duplicate: 'It may have arrived twice: the first time the platform gave no clear answer.',
  open: 'no answer yet',
  decided: (n, of, when) => `What was decided${of > 1 ? ` (${n + 1} of ${of})` : ''}, ${when}`,
  inbound: (when) => `The customer’s message, received on ${when}. Rules judge only what leaves.`,
  author: (author, when) => `From: ${author}, ${when}.`,
  place: (channel, kind, country) =>
    `Channel: ${channel}${kind && kind !== channel ? ` (${kind})` : ''}; the customer’s country: ${country || 'unknown'}.`,
  category: (category) => `Category: ${category}.`,
  purpose: (purpose, assumed) => `Purpose: ${purpose}${assumed ? ', assumed (nothing classified it)' : ''}.`,
  citations: (titles) => `Answered from: ${joined(titles, 'en')}.`,
  edited: (when) => `Edited by its author on ${when}.`,
  revoked: (when) => `Erased on ${when}.`,
  outcome: {
    allow: () => 'It may leave as it is.',
    amend: (changes) => `It may leave, with ${changes}.`,
    postpone: (until) => `It leaves later${until ? `, not before ${until}` : ''}.`,
    reroute: () => 'It has to take another channel.',
    hold: () => 'It is held for an agent.',
    refuse: () => 'It is refused.',
  },
  again: 'Changed so, it was judged again: it may leave.',
  before: (when) => `It was judged the same before, ${when}.`,
  became: 'Nothing here can do that: it waits for an agent.',
  text: (words) => `Text: “${words}”`,
  answered: (words) => `The customer had written: “${words}”`,
  instead: 'No answer to this question leaves from here: this sentence stands in its place.',
  needs: (changes) => `It may leave only with ${changes}.`,
  verdict: {
    allow: () => 'It allows this',
    amend: (changes) => `It asks for ${changes}`,
    postpone: (until) => `It asks to wait${until ? ` until ${until}` : ''}`,
    reroute: () => 'It asks for another channel',
    hold: () => 'It asks for an agent’s decision',
    refuse: () => 'It forbids this',
  },
  whose: { platform: 'The platform’s rule', law: 'Law', industry: 'An industry rule', business: 'The business’s own rule' },
  asks: (by) => {
    const names = { platform: 'the platform', law: 'the law', industry: 'the industry', business: 'the business itself' } as const
    const all = joined(
      by.map((one) => names[one]),
      'en',
    )
    if (by.length > 1) return `It is ${all} that ask for this.`
    return `It is ${all} that asks for this${by[0] === 'business' ? '; neither the platform nor the law does' : ''}.`
  },
  ruling: (whose, place, about) => `${whose} (${place}): ${about}`,
  basis: (verdict, { rule, since, to, expected }, confidence) =>
    `${verdict}, since ${since}${to ? ` and until ${to}` : ''}${expected ? ' (announced, not yet seen in force)' : ''}. Rule ${rule}${confidence ? `, confidence ${confidence}: ${SURE.en[confidence]}` : ''}.`,
  remedy: (words) => `What to do: ${words}`,
  rulebook: (digest) => `Rulebook: ${digest}.`,
  priceKnown: (amount, category, since, confidence) =>
    `${amount} (${category}${since ? `, rate since ${since}` : ''}${confidence ? `, confidence ${confidence}: ${SURE.en[confidence]}` : ''}).`,
  priceUnknown: (category) => `Unknown for this category (${category}) and country: no rate is on record.`,
  priceUndeclared:
    'No price declared: the rulebook knows of no platform’s price for this channel, and the business wrote none (rules/prices/).',
  allowance: (free) => `${free.toLocaleString('en')} messages a month are free and not deducted here.`,
  priceSeen: ({ category, billable }) => `The platform tells: ${category}, ${billable ? 'billed' : 'not billed'}.`,
  attempt: (n, channel, when, result) => `Try ${n} on ${channel}, ${when}: ${result}.`,
  result: {
    accepted: (when) => `accepted${when ? ` ${when}` : ''}`,
    refused: (_, code) => `refused${code ? ` (${code})` : ''}`,
    postponed: (_, code) => `not taken for now${code ? ` (${code})` : ''}`,
    unknown: (_, code) => `no certain answer${code ? ` (${code})` : ''}`,
  },
  sent: (when) => `Sent by the platform ${when}.`,
  deliveredAt: (when) => `Delivered ${when}.`,
  readAt: (when) => `Read ${when}.`,
  failedAt: (when) => `Failure told ${when}.`,
  refusal: (code, detail) => `Reason: ${code}${detail ? ` (${detail})` : ''}.`,
}

export const EXPLAINS: Record<Language, Phrases> = { fr: FR, en: EN }
