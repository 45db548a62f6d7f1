/** `relais check`: everything that is wrong in a workspace folder, before a customer sees it. */
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { examineSetUp } from '../compliance/index.ts'
import { rehearsable } from '../continuity/index.ts'
import type { Words } from '../core/language.ts'
import type { Finding } from '../core/ports.ts'
import type { Workspace } from '../core/workspace.ts'
import { readDocuments } from '../knowledge/documents.ts'
import { instantOf } from '../policy/index.ts'
import { lineOf } from '../workspace/index.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from './command.ts'
import { timeFlag } from './date-flags.ts'
import { DEMO, onThisMachine } from './demo-beside.ts'
import { lastDrills } from './drill/kept.ts'
import { staleDrills } from './drill/stale-drills.ts'
import { CAPABILITIES, examineWorkspace, isInProcess, type Opened } from './house.ts'
import { staleRules } from './rules/stale-rules.ts'

const USAGE: Words = {
  fr: `relais check [dossier] [--at DATE] [--json]

  dossier  l’espace de travail (ou --workspace DOSSIER) ; ce dossier par défaut
  --at     juge la configuration selon les règles de ce jour (AAAA-MM-JJ) ; aujourd’hui par défaut
  --json   tout ; d’une règle datée aussi rule, ruling, firstDay (le premier jour de l’infraction), countries, confidence

Une erreur est en vigueur ce jour-là (fin par 1) ; ce qui le sera plus tard est un avertissement qui nomme son premier jour.
`,
  en: `relais check [folder] [--at DATE] [--json]

  folder   the workspace (or --workspace FOLDER); this folder where none is named
  --at     judges the set-up by the rules of that day (YYYY-MM-DD); today where unset
  --json   everything; of a dated rule also rule, ruling, firstDay (the first day of the breach), countries, confidence

An error is in force on that day (exit 1); what will be later is a warning that names its first day.
`,
}

/** What the set-up of a folder does against dated rules: rules may come into force by themselves. `time`: a day (its noon here) or an instant. */
export const judgeSetUp = ({ workspace, rulebook, place }: Omit<Opened, 'findings'>, time: string): readonly Finding[] =>
  examineSetUp({ workspace, capabilities: CAPABILITIES, isInProcess, place }, rulebook, instantOf(time, workspace.timezone))

/** What is said better by a rule at the same place. */
const withoutRepeats = (findings: readonly Finding[], rules: readonly Finding[]): readonly Finding[] => {
  const told = new Set(rules.map(({ subject }) => subject))
  return findings.filter(({ id, subject }) => id !== 'engine-never-asked' || !told.has(subject))
}

/** Files of the knowledge folder that answer nobody: a start says the same in its log. */
const unreadKnowledge = ({ knowledge, locale }: Workspace): readonly Finding[] =>
  readDocuments(knowledge, locale).notices.map(({ file, words, remedy }) => ({
    id: 'knowledge-unread',
    level: 'warning',
    subject: `${file}:1:1`,
    place: { file, line: 1, column: 1 },
    words,
    remedy,
  }))

const DEMO_SETS_THEM: Finding = {
  id: 'demo-variables',
  level: 'notice',
  subject: 'relais.yaml:1:1',
  place: { file: 'relais.yaml', line: 1, column: 1 },
  words: {
    fr: 'c’est l’espace de la démonstration\u00a0: «\u00a0npm start\u00a0» définit lui-même ses variables',
    en: 'this is the demo’s workspace: “npm start” sets its variables itself',
  },
  remedy: {
    fr: 'Il n’y a rien à définir\u00a0; «\u00a0relais init DOSSIER\u00a0» crée un espace à vous.',
    en: 'There is nothing to set; “relais init FOLDER” makes a workspace of your own.',
  },
}

/** Every finding about a folder: its files, what they say together, its own rules, the rules in force at `time`, how old those are, and what of its plan B was not rehearsed. */
const examineFolder = async (folder: string, io: Io, time: string): Promise<readonly Finding[]> => {
  const now = io.now()
  const given = await examineWorkspace(folder, io.env)
  const isStaged = folder === DEMO && given.findings.some(({ id }) => id === 'secret-missing')
  const { draft, ...examined } = isStaged ? await examineWorkspace(folder, onThisMachine(io.env)) : given
  // A secret says nothing of what the folder would come to say: whoever has none can ask what it breaks all the same.
  const isWhole = examined.findings.every(({ id, level }) => level !== 'error' || id === 'secret-missing')
  const workspace = examined.workspace ?? (isWhole ? draft?.workspace : null)
  const stale = staleRules(examined.rulebook, now)
  const staged = isStaged ? [DEMO_SETS_THEM] : []
  if (!workspace) return [...examined.findings, ...staged, ...stale]
  const against = judgeSetUp({ ...examined, workspace }, time)
  // Nobody asks a database about what no plan speaks of.
  const drills = rehearsable(workspace, isInProcess).length > 0 ? await lastDrills(io) : null
  const unproven = drills ? staleDrills(workspace, drills, now, examined.place('relais.yaml', ['plans', 'reach'])) : []
  return [...withoutRepeats(examined.findings, against), ...staged, ...stale, ...unproven, ...unreadKnowledge(workspace), ...against]
}

const GROUPS: readonly { readonly level: Finding['level']; readonly title: Words }[] = [
  { level: 'error', title: { fr: 'Erreurs', en: 'Errors' } },
  { level: 'warning', title: { fr: 'Avertissements', en: 'Warnings' } },
  { level: 'notice', title: { fr: 'À savoir', en: 'Good to know' } },
]

/** More notices than this hide what matters; `--json` has them all. */
const MOST_NOTICES = 10

const print = (findings: readonly Finding[], io: Io): void => {
  for (const { level, title } of GROUPS) {
    const group = findings.filter((finding) => finding.level === level)
    if (group.length === 0) continue
    const shown = group.slice(0, level === 'notice' ? MOST_NOTICES : group.length)
    const rest = group.length - shown.length
    const more = rest === 0 ? '' : `  ${io.language === 'fr' ? `… et ${rest} de plus (--json)` : `… and ${rest} more (--json)`}\n`
    io.stdout(`${title[io.language]} (${group.length})\n${shown.map((finding) => `  ${lineOf(finding, io.language)}\n`).join('')}${more}\n`)
  }
  const errors = findings.filter(({ level }) => level === 'error').length
  const none = io.language === 'fr' ? 'Aucune erreur.' : 'No errors.'
  const some =
    io.language === 'fr' ? `${errors} erreur${errors > 1 ? 's' : ''} à corriger.` : `${errors} error${errors > 1 ? 's' : ''} to correct.`
  io.stdout(`${errors === 0 ? none : some}\n`)
}

/** The workspace a command is asked about. Wrong use where there is no such folder. */
export const folderNamed = async (given: string | undefined, { cwd }: Io): Promise<string> => {
  const folder = resolve(cwd, given ?? '.')
  const found = await stat(folder).catch(() => null)
  if (found?.isDirectory()) return folder
  throw new UsageError({
    fr: `il n’y a pas de dossier ${folder} ; « relais init DOSSIER » en crée un.`,
    en: `there is no folder ${folder}; “relais init FOLDER” makes one.`,
  })
}

export const checkCommand: Command = defineCommand({
  name: 'check',
  summary: {
    fr: 'Vérifie chaque fichier d’un espace de travail et dit ce qui ne va pas ou enfreint une règle, fichier et ligne.',
    en: 'Checks every file of a workspace and says what is wrong or breaks a rule, with file and line.',
  },
  usage: USAGE,
  options: { at: { type: 'string' } },
  positionals: { min: 0, max: 1, workspace: true },
  run: async ({ values, positionals }, io) => {
    const folder = await folderNamed(positionals[0], io)
    const findings = await examineFolder(folder, io, timeFlag('at', values.at) ?? new Date(io.now()).toISOString())
    const ok = findings.every(({ level }) => level !== 'error')
    if (values.json)
      writeJson(io, { ok, findings: findings.map(({ place, subject: _, breach, ...finding }) => ({ ...place, ...finding, ...breach })) })
    else print(findings, io)
    return ok ? EXIT.done : EXIT.no
  },
})
