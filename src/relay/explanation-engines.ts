/** What engines were given of people for an answer, and whose answer was withheld: by kind and number, as the journal keeps it. */
import type { Breach, Left, PersonalKind } from '../core/guard.ts'
import type { Language } from '../core/language.ts'
import type { ExplanationData } from '../core/reading.ts'

const KINDS: Readonly<Record<PersonalKind, Readonly<Record<Language, readonly [string, string]>>>> = {
  name: { fr: ['nom', 'noms'], en: ['name', 'names'] },
  phone: { fr: ['numéro de téléphone', 'numéros de téléphone'], en: ['phone number', 'phone numbers'] },
  email: { fr: ['adresse e-mail', 'adresses e-mail'], en: ['e-mail address', 'e-mail addresses'] },
  address: { fr: ['adresse', 'adresses'], en: ['address', 'addresses'] },
  reference: { fr: ['référence', 'références'], en: ['reference', 'references'] },
  iban: { fr: ['IBAN', 'IBAN'], en: ['IBAN', 'IBANs'] },
  card: { fr: ['numéro de carte', 'numéros de carte'], en: ['card number', 'card numbers'] },
  nir: { fr: ['numéro de sécurité sociale', 'numéros de sécurité sociale'], en: ['social security number', 'social security numbers'] },
  siren: { fr: ['SIREN ou SIRET', 'SIREN ou SIRET'], en: ['SIREN or SIRET', 'SIRENs or SIRETs'] },
}

const SAYS = {
  fr: {
    nothing: (engine: string) => `Le moteur «\u00a0${engine}\u00a0» n’a reçu aucune donnée reconnue comme personnelle.`,
    pseudonyms: (engine: string, kinds: string) => `Le moteur «\u00a0${engine}\u00a0» a reçu sous pseudonyme\u00a0: ${kinds}.`,
    clear: (engine: string, kinds: string) =>
      `Le moteur «\u00a0${engine}\u00a0» a reçu en clair, comme sa fiche le permet\u00a0: ${kinds}.`,
    withheld: {
      canary: (engine: string) =>
        `La réponse du moteur «\u00a0${engine}\u00a0» a été écartée\u00a0: elle répétait le repère secret de ses consignes.`,
      pseudonym: (engine: string) =>
        `La réponse du moteur «\u00a0${engine}\u00a0» a été écartée\u00a0: elle nommait quelqu’un que personne n’avait nommé.`,
    },
  },
  en: {
    nothing: (engine: string) => `The engine “${engine}” was given nothing recognised as personal.`,
    pseudonyms: (engine: string, kinds: string) => `The engine “${engine}” was given under pseudonyms: ${kinds}.`,
    clear: (engine: string, kinds: string) => `The engine “${engine}” was given in clear, as its entry permits: ${kinds}.`,
    withheld: {
      canary: (engine: string) => `The answer of the engine “${engine}” was withheld: it said the secret mark of its instructions.`,
      pseudonym: (engine: string) => `The answer of the engine “${engine}” was withheld: it named somebody whom nobody had named.`,
    },
  },
} as const

const kindsIn = (kinds: Left['kinds'], language: Language): string =>
  Object.entries(kinds)
    .map(([kind, many]) => `${many} ${KINDS[kind as PersonalKind]?.[language][many === 1 ? 0 : 1] ?? kind}`)
    .join(', ')

export const engineLines = ({ thought }: ExplanationData, language: Language): string[] =>
  (thought ?? []).flatMap(({ engine, result, detail, left }) => {
    const says = SAYS[language]
    const kinds = left ? kindsIn(left.kinds, language) : ''
    const given = left ? [kinds ? says[left.as](engine, kinds) : says.nothing(engine)] : []
    return result === 'withheld' ? [...given, says.withheld[detail as Breach](engine)] : given
  })
