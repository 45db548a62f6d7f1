/** What the picture of the rules says, in French and English. */
import type { Ruling } from '../../core/decision.ts'
import type { Language } from '../../core/language.ts'

export type ReportWords = {
  readonly title: string
  readonly asOf: (day: string, rules: number, lines: number, digest: string) => string
  readonly lead: string
  readonly stale: (files: number) => string
  readonly chapters: Readonly<Record<Ruling['by'], string>>
  readonly legend: string
  readonly confidence: string
  readonly unsure: string
  readonly next: string
  readonly noNext: string
  readonly prices: string
  readonly today: string
  readonly elsewhere: string
  readonly rest: (group: string) => string
  readonly since: (day: string) => string
  readonly until: (day: string) => string
  readonly open: string
  readonly sure: (confidence: string) => string
  readonly readOn: (day: string) => string
  readonly oldRead: (day: string, days: number) => string
  readonly own: string
  readonly announced: string
  readonly ends: string
  readonly table: (lines: number) => string
  readonly holdsIf: string
  readonly when: string
  readonly columns: {
    readonly place: string
    readonly from: string
    readonly to: string
    readonly known: string
    readonly says: string
    readonly when: string
    readonly source: string
    readonly confidence: string
    readonly read: string
  }
  readonly picture: (rule: string) => string
}

export const REPORT_WORDS: Readonly<Record<Language, ReportWords>> = {
  fr: {
    title: 'Qui peut faire quoi, où et quand',
    asOf: (day, rules, lines, digest) =>
      `Au ${day} : ${rules} règles et listes de prix, en ${lines} lignes datées, chacune avec sa source. Recueil ${digest}.`,
    lead: 'Chaque règle au fil du temps, une ligne par pays ou groupe de pays, aujourd’hui marqué d’un trait. Pointez un segment, ou allez-y au clavier : il donne ses dates, sa source et sa confiance. La table de chaque règle a tout.',
    stale: (files) => `À relire : les sources de ${files} fichier${files > 1 ? 's' : ''} n’ont pas été relues depuis plus de 90 jours.`,
    chapters: {
      platform: 'Règles des plateformes',
      law: 'Lois',
      industry: 'Règles de la profession',
      business: 'Règles de l’entreprise',
    },
    legend: 'Ce que dit une règle d’un message',
    confidence: 'Confiance : A, le texte lui-même, loi ou plateforme ; B, une source sérieuse qui le rapporte ; C, à confirmer.',
    unsure: 'à confirmer (C)',
    next: 'Ce qui change ensuite',
    noNext: 'Aucun changement n’est annoncé.',
    prices: 'Prix',
    today: 'aujourd’hui',
    elsewhere: 'partout ailleurs',
    rest: (group) => `${group}, le reste`,
    since: (day) => `depuis le ${day}`,
    until: (day) => `jusqu’au ${day}`,
    open: 'sans fin connue',
    sure: (confidence) => `confiance ${confidence}`,
    readOn: (day) => `source lue le ${day}`,
    oldRead: (day, days) => `À relire : source lue le ${day}, il y a ${days} jours`,
    own: 'l’entreprise elle-même',
    announced: 'annoncé',
    ends: 'prend fin ici, la règle plus large vaut de nouveau',
    table: (lines) => `La table (${lines})`,
    holdsIf: 'Vaut si',
    when: 'si',
    columns: {
      place: 'Lieu',
      from: 'Depuis',
      to: 'Jusqu’au',
      known: 'Connu le',
      says: 'Ce qu’elle dit',
      when: 'Si',
      source: 'Source',
      confidence: 'Confiance',
      read: 'Lue le',
    },
    picture: (rule) => `${rule}, au fil du temps ; tout est dans la table qui suit`,
  },
  en: {
    title: 'Who may do what, where and when',
    asOf: (day, rules, lines, digest) =>
      `As of ${day}: ${rules} rules and price lists, in ${lines} dated lines, each with its source. Rulebook ${digest}.`,
    lead: 'Each rule through time, a lane a country or group of countries, today marked by a line. Point at a stretch, or reach it by keyboard: it gives its dates, source and confidence. Each rule’s table has everything.',
    stale: (files) => `To be read again: the sources of ${files} file${files > 1 ? 's' : ''} were not read for over 90 days.`,
    chapters: {
      platform: 'Rules of the platforms',
      law: 'Laws',
      industry: 'Rules of the industry',
      business: 'The business’s own rules',
    },
    legend: 'What a rule says of a message',
    confidence: 'Confidence: A, the text itself, of the law or the platform; B, a serious source reports it; C, to be confirmed.',
    unsure: 'to be confirmed (C)',
    next: 'What changes next',
    noNext: 'No change is announced.',
    prices: 'Prices',
    today: 'today',
    elsewhere: 'everywhere else',
    rest: (group) => `${group}, the rest`,
    since: (day) => `since ${day}`,
    until: (day) => `until ${day}`,
    open: 'no end known',
    sure: (confidence) => `confidence ${confidence}`,
    readOn: (day) => `source read on ${day}`,
    oldRead: (day, days) => `To be read again: source read on ${day}, ${days} days ago`,
    own: 'the business itself',
    announced: 'announced',
    ends: 'ends here, the wider rule holds again',
    table: (lines) => `The table (${lines})`,
    holdsIf: 'Holds if',
    when: 'if',
    columns: {
      place: 'Place',
      from: 'Since',
      to: 'Until',
      known: 'Known',
      says: 'What it says',
      when: 'If',
      source: 'Source',
      confidence: 'Confidence',
      read: 'Read',
    },
    picture: (rule) => `${rule} through time; all of it is in the table that follows`,
  },
}
