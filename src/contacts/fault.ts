/** Why a line, or an address of it, is not taken. Never a value of the file: it is about a person. */
import type { Words } from '../core/language.ts'

export const FAULTS = {
  'no-address': { fr: 'aucune adresse', en: 'no address' },
  'bad-email': { fr: 'ce n’est pas une adresse e-mail', en: 'that is no e-mail address' },
  'bad-phone': {
    fr: 'ce n’est pas un numéro de mobile, avec son indicatif ou du pays de l’entreprise',
    en: 'that is no mobile number, with its country code or of the business’s country',
  },
  'spoilt-number': {
    fr: 'le tableur a changé ce numéro en nombre (6,1E+10) : mettez la colonne en texte et exportez à nouveau',
    en: 'the spreadsheet turned this into a quantity (6.1E+10): set the column to text and export again',
  },
  'no-consent': { fr: 'aucun consentement pour cette adresse', en: 'no consent for that address' },
  'unknown-consent': {
    fr: 'le consentement n’est ni oui ni non, ni service ni marketing',
    en: 'the consent is neither yes nor no, neither service nor marketing',
  },
  'no-words': { fr: 'il manque les mots auxquels la personne a consenti', en: 'the words the person agreed to are missing' },
  'no-date': { fr: 'il manque la date du consentement', en: 'the date of the consent is missing' },
  'bad-date': {
    fr: 'cette date ne se lit pas : 2026-11-20, ou 20/11/2026',
    en: 'that date cannot be read: 2026-11-20, or 20/11/2026',
  },
  'future-date': { fr: 'ce consentement serait donné dans l’avenir', en: 'that consent would be given in the future' },
  'bad-country': {
    fr: 'ce pays est inconnu : deux lettres, comme FR, ou son nom',
    en: 'that country is unknown: two letters, such as FR, or its name',
  },
  'too-long': { fr: 'cette case est trop longue', en: 'that cell is too long' },
  formula: {
    fr: 'cette case commence comme une formule de tableur (= + - @)',
    en: 'that cell begins like a spreadsheet formula (= + - @)',
  },
  control: {
    fr: 'cette case contient des caractères de commande ou illisibles',
    en: 'that cell has characters in it that control or cannot be read',
  },
  'too-few-cells': { fr: 'il y a moins de cases que de colonnes', en: 'there are fewer cells than columns' },
  'too-many-cells': { fr: 'il y a plus de cases que de colonnes', en: 'there are more cells than columns' },
  'broken-quotes': {
    fr: 'des guillemets ne se ferment pas : ce qui les suit n’est pas lu',
    en: 'quotation marks are not closed: what follows them is not read',
  },
  duplicate: { fr: 'la même adresse se trouve déjà plus haut', en: 'the same address stands further up already' },
  several: {
    fr: 'ces adresses sont celles de deux contacts : un fichier n’en fait pas un seul',
    en: 'these addresses are those of two contacts: a file does not make them one',
  },
  withdrawn: {
    fr: 'la personne a retiré ce consentement depuis : c’est sa dernière parole qui compte',
    en: 'the person has withdrawn that consent since: their last word counts',
  },
} as const satisfies Record<string, Words>
export type FaultCode = keyof typeof FAULTS

/** `rejected`: nothing of the line is taken. Else the address of that column is left out, or a consent. */
export type Fault = { readonly line: number; readonly column: string | null; readonly code: FaultCode; readonly rejected: boolean }
