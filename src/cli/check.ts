/** `relais check`: everything that is wrong in a workspace folder, before a customer sees it. */
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Ruling } from '../core/decision.ts'
import type { Words } from '../core/language.ts'
import type { Finding, Place } from '../core/ports.ts'
import { dayIn } from '../core/telling.ts'
import type { ChannelSetup, Workspace } from '../core/workspace.ts'
import { readDocuments } from '../knowledge/documents.ts'
import { judge, situationAt } from '../policy/index.ts'
import { lineOf } from '../workspace/index.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from './command.ts'
import { timeFlag } from './date-flags.ts'
import { examineWorkspace, type Opened } from './house.ts'
import { OUTCOME_WORDS } from './judgement-words.ts'
import { staleRules } from './stale-rules.ts'

const USAGE: Words = {
  fr: `relais check [dossier] [--at DATE] [--json]

  dossier  l’espace de travail ; ce dossier par défaut
  --at     juge la configuration selon les règles de ce jour (AAAA-MM-JJ) ; aujourd’hui par défaut
`,
  en: `relais check [folder] [--at DATE] [--json]

  folder   the workspace; this folder where none is named
  --at     judges the set-up by the rules of that day (YYYY-MM-DD); today where unset
`,
}

/** May an engine with a model speak on this channel? */
const hasModel = ({ plans, engines: setups }: Workspace, channel: ChannelSetup): boolean => {
  const plan = plans.think[`answer@${channel.id}`] ?? plans.think.answer ?? plans.think.default ?? []
  return setups.some(({ id, kind }) => plan.includes(id) && kind !== 'extractive')
}

const againstRule = ({ rule, since, remedy, source, outcome }: Ruling, channel: ChannelSetup, place: Place): Finding => {
  const what: Words = {
    fr: `sur le canal « ${channel.id} », la règle ${rule}, en vigueur depuis le ${dayIn(since, 'fr')}, donne « ${OUTCOME_WORDS[outcome].fr} » aux réponses de l’IA`,
    en: `on the channel “${channel.id}”, the rule ${rule}, in force since ${dayIn(since, 'en')}, says “${OUTCOME_WORDS[outcome].en}” to answers of the AI`,
  }
  return { id: 'against-rule', level: 'error', subject: `${place.file}:${place.line}:${place.column}`, place, words: what, remedy, source }
}

const STOPPED: readonly string[] = ['reroute', 'hold', 'refuse']

/** Set-ups whose plain AI answer to a customer of the business's own country would not leave at `time`: rules may come into force by themselves. */
export const judgeSetUp = ({ workspace, rulebook, place }: Omit<Opened, 'findings'>, time: string): readonly Finding[] =>
  workspace.channels
    .filter((channel) => hasModel(workspace, channel))
    .flatMap((channel) => {
      const { assistant, country, timezone } = workspace
      const { situation, at } = situationAt(
        {
          channel: { kind: channel.kind, id: channel.id, scope: channel.scope },
          message: { ai: true, firstAiTurn: true, disclosed: true, offersHuman: true, purpose: channel.scope },
          account: { aiIs: assistant.aiIs, aiSince: assistant.since, country },
          contact: { country, timezone },
        },
        time,
      )
      const stopped = judge(rulebook, situation, at).rulings.filter(({ outcome }) => STOPPED.includes(outcome))
      return stopped.map((ruling) => againstRule(ruling, channel, place('relais.yaml', ['channels'], channel.id)))
    })

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

/** Every finding about a folder: its files, what they say together, its own rules, the rules in force at `time`, and how old those are `now`. */
const examineFolder = async (folder: string, env: Io['env'], time: string, now: number): Promise<readonly Finding[]> => {
  const { workspace, ...examined } = await examineWorkspace(folder, env)
  const known = [...examined.findings, ...staleRules(examined.rulebook, now)]
  return workspace ? [...known, ...unreadKnowledge(workspace), ...judgeSetUp({ workspace, ...examined }, time)] : known
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
    fr: 'Vérifie chaque fichier d’un espace de travail et dit ce qui ne va pas, fichier et ligne.',
    en: 'Checks every file of a workspace and says what is wrong, with file and line.',
  },
  usage: USAGE,
  options: { at: { type: 'string' } },
  positionals: { min: 0, max: 1 },
  run: async ({ values, positionals }, io) => {
    const folder = await folderNamed(positionals[0], io)
    const findings = await examineFolder(folder, io.env, timeFlag('at', values.at) ?? new Date(io.now()).toISOString(), io.now())
    const ok = findings.every(({ level }) => level !== 'error')
    if (values.json) writeJson(io, { ok, findings: findings.map(({ place, subject: _, ...finding }) => ({ ...place, ...finding })) })
    else print(findings, io)
    return ok ? EXIT.done : EXIT.no
  },
})
