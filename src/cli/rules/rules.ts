/** `relais rules list|show|at`: the rulebook, as it stood or will stand, with its sources. */

import { resolve } from 'node:path'
import { zoneOfCountry } from '../../core/country.ts'
import type { Words } from '../../core/language.ts'
import { nearestName } from '../../core/nearest.ts'
import { allowanceIn, dayIn, OUTCOME_WORDS, overrideIn, placeIn, priceIn } from '../../core/telling.ts'
import { instantOf, type ListedLine, listRules, type Rulebook, rulesAt, type ShownRule } from '../../policy/index.ts'
import { defineCommand, EXIT, type Io, UsageError, writeJson } from '../command.ts'
import { dayFlag } from '../date-flags.ts'
import { countryFlag } from '../judge.ts'
import { BY_WORDS } from '../judgement-words.ts'
import { readOwnRules, readRules } from './own-rules.ts'

const USAGE: Words = {
  fr: `relais rules list
relais rules show RÈGLE
relais rules at --date DATE --country PAYS [--known DATE]
relais rules update|diff|report|sign|test : chacune a sa propre aide (relais rules update --help)

  list                 toutes les règles et listes de prix, une par ligne
  show RÈGLE           une règle avec ses dates, ses lieux et ses sources (eu/ai-disclosure)
  at                   ce qui vaut un jour donné pour un client d’un pays
  --date DATE          2026-10-01
  --country PAYS       FR, IT… ; « unknown » pour un client dont on ne sait rien
  --known DATE         tel qu’on le savait ce jour-là ; sinon, tel qu’on le sait aujourd’hui
  --workspace DOSSIER  avec les règles propres à l’entreprise, et les lois du pays où elle est
  --json               un document JSON
`,
  en: `relais rules list
relais rules show ID
relais rules at --date DATE --country CC [--known DATE]
relais rules update|diff|report|sign|test: each has its own help (relais rules update --help)

  list                 every rule and price list, one a line
  show ID              one rule with all its dates, places and sources (eu/ai-disclosure)
  at                   what holds on a day for a customer of a country
  --date DATE          2026-10-01
  --country CC         FR, IT…; "unknown" for a customer of whom nobody knows
  --known DATE         as known on that day; without it, as known today
  --workspace FOLDER   with the business's own rules, and the laws of where it is
  --json               one JSON document
`,
}

type Flags = {
  readonly date?: string | undefined
  readonly country?: string | undefined
  readonly known?: string | undefined
  readonly json?: boolean | undefined
}

/** Answered by this file, and by files of their own. */
const HERE: readonly string[] = ['list', 'show', 'at']
const ELSEWHERE: readonly string[] = ['update', 'diff', 'report', 'sign', 'test']

const noSuchAction = (action: string): UsageError => {
  const near = nearestName(action, [...HERE, ...ELSEWHERE])
  const all = [...HERE, ...ELSEWHERE].join(', ')
  return new UsageError({
    fr: `« ${action} » n’existe pas${near ? ` ; vouliez-vous dire « ${near} » ?` : ` : ${all}.`}`,
    en: `there is no “${action}”${near ? `; did you mean “${near}”?` : `: ${all}.`}`,
  })
}

export const rules = defineCommand({
  name: 'rules',
  summary: {
    fr: 'Montre les règles : toutes, une seule, ou celles qui valent un jour donné dans un pays.',
    en: 'Shows the rules: all, one, or those that hold on a day in a country.',
  },
  usage: USAGE,
  options: {
    date: { type: 'string' },
    country: { type: 'string' },
    known: { type: 'string' },
    workspace: { type: 'string' },
  },
  positionals: { min: 1, max: 2 },
  async run({ values, positionals: [action = '', id] }, io) {
    if (!HERE.includes(action)) throw noSuchAction(action)
    const ofAt = (['date', 'country', 'known'] as const).find((flag) => values[flag] !== undefined)
    if (action !== 'at' && ofAt) throw new UsageError({ fr: `--${ofAt} va avec « rules at ».`, en: `--${ofAt} goes with “rules at”.` })
    const own = values.workspace === undefined ? null : readOwnRules(io.cwd, values.workspace)
    const rulebook = readRules(own?.rules, resolve(io.cwd, values.workspace ?? '.'))
    if (action === 'show') return show(rulebook, id, values, io)
    if (id !== undefined) throw new UsageError({ fr: `« ${id} » est de trop.`, en: `“${id}” is one too many.` })
    if (action === 'list') return list(rulebook, values, io)
    return at(rulebook, values, io, own?.workspace.country)
  },
})

const byWords = (by: ShownRule['by'], io: Io): string =>
  by === null ? { fr: 'prix', en: 'prices' }[io.language] : BY_WORDS[by][io.language]

const list = (rulebook: Rulebook, { json }: Flags, io: Io): number => {
  const listed = listRules(rulebook)
  if (json) {
    const summaries = listed.map(({ says: _says, zone: _zone, when: _when, remedy: _remedy, ...rest }) => rest)
    writeJson(io, { digest: rulebook.digest, rules: summaries })
    return EXIT.done
  }
  const width = Math.max(...listed.map((rule) => rule.id.length))
  for (const { id, by, confidence, about, says } of listed) {
    // A business is its own source: nobody asks how sure it is.
    const sure = says.some(({ source }) => source !== null) ? `, ${WORDS[io.language].sure} ${confidence.join(', ')}` : ''
    io.stdout(`${id.padEnd(width)}  ${byWords(by, io)}${sure} · ${about[io.language]}\n`)
  }
  return EXIT.done
}

const show = (rulebook: Rulebook, id: string | undefined, { json }: Flags, io: Io): number => {
  if (id === undefined) throw new UsageError({ fr: 'il manque le nom d’une règle.', en: 'a rule’s name is missing.' })
  const listed = listRules(rulebook)
  const found = listed.filter((rule) => rule.id === id)
  if (found.length === 0) {
    const near = nearestName(
      id,
      listed.map((rule) => rule.id),
    )
    throw new UsageError({
      fr: `il n’y a pas de règle « ${id} »${near ? ` ; vouliez-vous dire « ${near} » ?` : '.'}`,
      en: `there is no rule “${id}”${near ? `; did you mean “${near}”?` : '.'}`,
    })
  }
  if (json) writeJson(io, found.length === 1 ? found[0] : found)
  else for (const rule of found) io.stdout(inWords(rule, rule.says, io, rule.when))
  return EXIT.done
}

const at = (rulebook: Rulebook, flags: Flags, io: Io, business = ''): number => {
  const { date, country } = flags
  if (date === undefined || country === undefined) {
    throw new UsageError({ fr: 'il faut --date et --country.', en: '--date and --country are needed.' })
  }
  const place = country === 'unknown' ? '' : (countryFlag(country) ?? '')
  const zone = zoneOfCountry(place) || 'UTC'
  const instant = instantOf(dayFlag('date', date), zone)
  const known = flags.known === undefined ? undefined : instantOf(dayFlag('known', flags.known), zone)
  const holding = rulesAt(rulebook, instant, place, known, business)
  if (flags.json) writeJson(io, { date, country: place, known: flags.known ?? null, digest: rulebook.digest, rules: holding })
  else for (const rule of holding) io.stdout(inWords(rule, rule.says, io))
  return EXIT.done
}

type Named = Pick<ShownRule, 'id' | 'by' | 'about' | 'override'>

/** `when`: what must hold for any of its lines to speak. */
const inWords = (rule: Named, says: readonly ListedLine[], io: Io, when: string | null = null): string =>
  `${rule.id} (${byWords(rule.by, io)})\n  ${rule.about[io.language]}\n${when === null ? '' : `  ${WORDS[io.language].if} ${when}\n`}${rule.override ? `  ${overrideIn(rule.override, io.language)}\n` : ''}${says.map((line) => `  ${lineInWords(line, io)}\n`).join('')}\n`

const WORDS = {
  fr: {
    since: 'depuis le',
    until: 'jusqu’au',
    known: 'connu le',
    expected: 'annoncé',
    ends: 'prend fin, la règle plus large vaut de nouveau',
    if: 'si',
    sure: 'confiance',
  },
  en: {
    since: 'since',
    until: 'until',
    known: 'known',
    expected: 'announced',
    ends: 'ends, the wider rule holds again',
    if: 'if',
    sure: 'confidence',
  },
} as const

/** A line of a rule as one line of text, its source on the next. */
export const lineInWords = (line: ListedLine, io: Io): string => {
  const words = WORDS[io.language]
  const colon = io.language === 'fr' ? '\u00a0: ' : ': '
  const day = (text: string): string => dayIn(text, io.language)
  const free = line.price ? allowanceIn(line.price, io.language) : ''
  const cost = line.price && `${priceIn(line.price, io.language)}${free === '' ? '' : ` (${free})`}`
  const says = cost ?? (line.ruling === null ? words.ends : OUTCOME_WORDS[line.ruling][io.language])
  const dates = [
    `${words.since} ${day(line.since)}`,
    ...(line.until === null ? [] : [`${words.until} ${day(line.until)}`]),
    ...(line.known === line.since ? [] : [`${words.known} ${day(line.known)}`]),
    ...(line.expected ? [words.expected] : []),
  ].join(', ')
  const condition = line.when === null ? '' : `, ${words.if} ${line.when}`
  const source = line.source === null ? '' : `\n      ${line.source} (${words.sure} ${line.confidence})`
  return `${placeIn(line.place, io.language)}, ${dates}${line.card === null ? '' : ` · ${line.card[io.language]}`}${colon}${says}${condition}${source}`
}
