/** What the picture of the rules says, in French and English. */
import type { Language } from '../core/language.ts'

export type ReportWords = {
  readonly title: string
  readonly asOf: (day: string, digest: string) => string
  readonly lead: string
  readonly rules: (count: number) => string
  readonly lines: (count: number) => string
  readonly coming: (count: number) => string
  readonly stale: (count: number) => string
  readonly legend: string
  readonly confidence: string
  readonly next: string
  readonly noNext: string
  readonly prices: string
  readonly today: string
  readonly elsewhere: string
  readonly rest: (group: string) => string
  readonly silent: string
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
    readonly rule: string
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
  readonly picture: (rule: string, lanes: string) => string
}

export const REPORT_WORDS: Readonly<Record<Language, ReportWords>> = {
  fr: {
    title: 'Qui peut faire quoi, où et quand',
    asOf: (day, digest) => `Au ${day}. Recueil de règles ${digest}.`,
    lead: 'Chaque règle au fil du temps, une ligne par pays ou groupe de pays. Le trait vertical marque aujourd’hui. Le survol d’un segment donne sa source ; la table sous chaque image a tout.',
    rules: (count) => `${count} règles et listes de prix`,
    lines: (count) => `${count} lignes datées, chacune avec sa source`,
    coming: (count) => `${count} changements à venir`,
    stale: (count) => `${count} fichiers dont les sources n’ont pas été relues depuis plus de 90 jours`,
    legend: 'Ce que dit une règle d’un message',
    confidence:
      'Confiance : A, un texte ou la plateforme elle-même ; B, une source sérieuse qui le rapporte ; C, à confirmer (hachuré). Pointillé : annoncé, pas encore vu en vigueur.',
    next: 'Ce qui change ensuite',
    noNext: 'Aucun changement n’est annoncé.',
    prices: 'Prix',
    today: 'aujourd’hui',
    elsewhere: 'partout ailleurs',
    rest: (group) => `${group}, les autres pays`,
    silent: 'ne dit rien',
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
      rule: 'Règle',
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
    picture: (rule, lanes) => `${rule}, aujourd’hui : ${lanes}. Tout est dans la table qui suit.`,
  },
  en: {
    title: 'Who may do what, where and when',
    asOf: (day, digest) => `As of ${day}. Rulebook ${digest}.`,
    lead: 'Each rule through time, a lane a country or group of countries. The upright line marks today. Hovering over a stretch gives its source; the table under each picture has everything.',
    rules: (count) => `${count} rules and price lists`,
    lines: (count) => `${count} dated lines, each with its source`,
    coming: (count) => `${count} changes to come`,
    stale: (count) => `${count} files whose sources were not read again for over 90 days`,
    legend: 'What a rule says of a message',
    confidence:
      'Confidence: A, a text of law or the platform itself; B, a serious source reports it; C, to be confirmed (hatched). Dashed: announced, not yet seen in force.',
    next: 'What changes next',
    noNext: 'No change is announced.',
    prices: 'Prices',
    today: 'today',
    elsewhere: 'everywhere else',
    rest: (group) => `${group}, the other countries`,
    silent: 'says nothing',
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
      rule: 'Rule',
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
    picture: (rule, lanes) => `${rule}, today: ${lanes}. All of it is in the table that follows.`,
  },
}
