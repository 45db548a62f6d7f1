/** What the picture of the rules says, in French and English. */
import type { Ruling } from '../core/decision.ts'
import type { Language } from '../core/language.ts'

export type ReportWords = {
  readonly title: string
  readonly asOf: (day: string, digest: string) => string
  readonly lead: string
  readonly figures: Readonly<Record<'rules' | 'lines' | 'stale', { readonly label: string; readonly note: string }>> & {
    readonly coming: string
  }
  readonly nextOn: (day: string) => string
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
    asOf: (day, digest) => `Au ${day}. Recueil de règles ${digest}.`,
    lead: 'Chaque règle au fil du temps, une ligne par pays ou groupe de pays, aujourd’hui marqué d’un trait. Pointez un segment, ou allez-y au clavier : il donne ses dates, sa source et sa confiance. La table de chaque règle a tout.',
    figures: {
      rules: { label: 'règles et listes de prix', note: 'de plateformes, de la loi et de l’entreprise' },
      lines: { label: 'lignes datées', note: 'chacune avec sa source' },
      coming: 'changements à venir',
      stale: { label: 'fichiers à relire', note: 'sources non relues depuis plus de 90 jours' },
    },
    nextOn: (day) => `le prochain le ${day}`,
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
    asOf: (day, digest) => `As of ${day}. Rulebook ${digest}.`,
    lead: 'Each rule through time, a lane a country or group of countries, today marked by a line. Point at a stretch, or reach it by keyboard: it gives its dates, source and confidence. Each rule’s table has everything.',
    figures: {
      rules: { label: 'rules and price lists', note: 'of platforms, of the law and of the business' },
      lines: { label: 'dated lines', note: 'each with its source' },
      coming: 'changes to come',
      stale: { label: 'files to be read again', note: 'sources not read for over 90 days' },
    },
    nextOn: (day) => `the next on ${day}`,
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
