/** A judgement as people read it, and as programs do. */
import type { Amendment, Judgement, Price, Ruling } from '../core/decision.ts'
import type { Language, Words } from '../core/language.ts'
import { localTime } from '../core/local-time.ts'
import type { Situation } from '../core/situation.ts'
import { allowanceIn, categoryIn, dayIn, endIn, groundIn, OUTCOME_WORDS, overrideIn, placeIn, priceIn } from '../core/telling.ts'
import type { Rulebook } from '../policy/index.ts'

const iso = (at: number): string => new Date(at).toISOString()

/** The fixed shape of `relais judge --json`; `until` of a ruling is its last day, of the whole the instant it is postponed to. */
export const judgementAsJson = (judgement: Judgement, situation: Situation, at: number, rulebook: Rulebook) => ({
  outcome: judgement.outcome,
  ...(judgement.outcome === 'amend' ? { amend: judgement.amend } : {}),
  ...(judgement.until === null ? {} : { until: iso(judgement.until) }),
  rulings: judgement.rulings.map((ruling) => ({
    rule: ruling.rule,
    by: ruling.by,
    ruling: ruling.outcome,
    ...(ruling.amend ? { amend: ruling.amend } : {}),
    ...(ruling.until === undefined ? {} : { postponedUntil: iso(ruling.until) }),
    since: ruling.since,
    until: ruling.to,
    known: ruling.known,
    place: ruling.place,
    ...(ruling.placeOf ? { placeOf: ruling.placeOf } : {}),
    source: ruling.source,
    confidence: ruling.confidence,
    ...(ruling.ended ? { ended: ruling.ended } : {}),
    ...(ruling.expected ? { expected: true } : {}),
    ...(ruling.override ? { override: ruling.override } : {}),
    remedy: ruling.remedy,
  })),
  price: judgement.price,
  at: iso(at),
  rulebook: rulebook.digest,
  situation,
})

export const BY_WORDS: Readonly<Record<Ruling['by'], Words>> = {
  platform: { fr: 'règle de la plateforme', en: 'the platform’s rule' },
  law: { fr: 'loi', en: 'law' },
  industry: { fr: 'règle de la profession', en: 'the industry’s rule' },
  business: { fr: 'règle de l’entreprise', en: 'the business’s own rule' },
}

const AMENDMENT_WORDS: Readonly<Record<keyof Amendment, Words>> = {
  disclose: { fr: 'dire qu’une IA répond', en: 'say that an AI answers' },
  human: { fr: 'montrer comment joindre une personne', en: 'show how to reach a person' },
  template: { fr: 'envoyer un modèle à la place', en: 'send a template instead' },
}

export const judgementInWords = (judgement: Judgement, situation: Situation, at: number, language: Language): string => {
  const say = (words: Words) => words[language]
  const colon = language === 'fr' ? '\u00a0: ' : ': '
  const zone = situation.contact.timezone
  const when = (instant: number): string => {
    const { date, hour, minute } = localTime(instant, zone)
    const day = dayIn(date, language)
    const minutes = String(minute).padStart(2, '0')
    return language === 'fr' ? `${day}, ${hour}\u00a0h\u00a0${minutes}` : `${day}, ${String(hour).padStart(2, '0')}:${minutes}`
  }
  const amendments = (Object.keys(judgement.amend) as (keyof Amendment)[]).map((key) => say(AMENDMENT_WORDS[key]))
  const later = judgement.until === null ? [] : [`${when(judgement.until)} (${zone})`]
  const details = [...amendments, ...later]
  const country = placeIn(situation.contact.country, language) || say({ fr: 'pays inconnu', en: 'unknown country' })
  const head = `${say({ fr: 'Le message', en: 'The message' })} ${say(OUTCOME_WORDS[judgement.outcome])}${details.length > 0 ? `${colon}${details.join(', ')}` : ''}.`
  const place = `${situation.channel.kind}, ${country}, ${when(at)} (${zone})`
  const rulings = judgement.rulings.map((ruling) => rulingInWords(ruling, language))
  const silent = say({ fr: 'Aucune règle n’a à redire.', en: 'No rule has anything to say.' })
  return `${[head, place, '', ...(rulings.length > 0 ? rulings : [silent]), '', priceInWords(judgement.price, language)].join('\n')}\n`
}

const rulingInWords = (ruling: Ruling, language: Language): string => {
  const colon = language === 'fr' ? '\u00a0: ' : ': '
  const words = {
    since: { fr: 'depuis le', en: 'since' },
    until: { fr: 'jusqu’au', en: 'until' },
    source: { fr: 'Source', en: 'Source' },
    sure: { fr: 'confiance', en: 'confidence' },
    expected: { fr: 'annoncé', en: 'announced' },
  } as const
  const say = (key: keyof typeof words) => words[key][language]
  const dates = `${say('since')} ${dayIn(ruling.since, language)}${ruling.to === null ? '' : `, ${say('until')} ${dayIn(ruling.to, language)}`}${ruling.expected ? `, ${say('expected')}` : ''}`
  // A business is its own source: nobody asks how sure it is.
  const sure = URL.canParse(ruling.source) ? ` (${say('sure')} ${ruling.confidence})` : ''
  const lines = [
    `• ${ruling.rule} (${BY_WORDS[ruling.by][language]})${colon}${OUTCOME_WORDS[ruling.outcome][language]} · ${groundIn(ruling, language)}, ${dates}`,
    `  ${ruling.remedy[language]}`,
    `  ${say('source')}${colon}${ruling.source}${sure}`,
  ]
  const { ended, override } = ruling
  return [
    ...lines,
    ...(ended ? [`  ${endIn(ended, language)}, ${ended.source}`] : []),
    ...(override ? [`  ${overrideIn(override, language)}`] : []),
  ].join('\n')
}

const UNDECLARED = {
  fr: 'Prix : aucun tarif déclaré (le recueil ne connaît aucun tarif de plateforme pour ce canal ; le vôtre s’écrit dans rules/prices/).',
  en: 'Price: none declared (the rulebook knows of no platform’s price for this channel; yours is written in rules/prices/).',
}
const priceInWords = (price: Price, language: Language): string => {
  if (price.undeclared) return UNDECLARED[language]
  const french = language === 'fr'
  const [colon, semicolon] = french ? ['\u00a0: ', '\u202f; '] : [': ', '; ']
  const since = price.since === null ? null : `${french ? 'depuis le' : 'since'} ${dayIn(price.since, language)}`
  const sure = price.confidence === null ? null : `${french ? 'confiance' : 'confidence'} ${price.confidence}`
  const known = price.known && price.amount !== null
  const amount = known ? priceIn(price, language) : french ? 'inconnu' : 'unknown'
  const about = known ? categoryIn(price.category, language) : french ? 'pas public, ce qui n’est pas nul' : 'not public, which is not zero'
  const details = [about, since, sure].filter((one) => one !== null).join(', ')
  const free = allowanceIn(price, language)
  return [
    `${french ? 'Prix' : 'Price'}${colon}${amount} (${details})${free === '' ? '' : `${semicolon}${free}`}.`,
    ...(price.source === null ? [] : [`  Source${colon}${price.source}`]),
  ].join('\n')
}
