/** `relais prompts test`: runs the cases of a workspace over its engines and shows where their answers differ, or do not hold. */

import type { Task } from '../../core/engine.ts'
import type { Guard } from '../../core/guard.ts'
import type { Words } from '../../core/language.ts'
import { nearestName } from '../../core/nearest.ts'
import { enginesFor } from '../../core/plan.ts'
import { type Clock, silentLog } from '../../core/ports.ts'
import type { PromptCase } from '../../core/prompt-case.ts'
import type { Workspace } from '../../core/workspace.ts'
import type { Link } from '../../engines/chain.ts'
import { readDocuments } from '../../knowledge/documents.ts'
import { indexPassages } from '../../knowledge/indexing.ts'
import { createMemorySource } from '../../knowledge/memory.ts'
import { folderNamed } from '../check.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, withParts, writeJson } from '../command.ts'
import { hostsOf, linkOf } from '../compose.ts'
import { besideDemo, DEMO } from '../demo-beside.ts'
import { errorsButSecrets, examineWorkspace, openWorkspace } from '../house.ts'
import { languageFlag } from '../language-flag.ts'
import { outFile } from '../out-file.ts'
import { openProgress } from '../progress.ts'
import { readLook } from '../report-look.ts'
import { trialPage } from './page.ts'
import { caseIn, sumIn, sumOf } from './telling.ts'
import { type Tried, tryCase } from './trial.ts'

const USAGE: Words = {
  fr: `relais prompts test [dossier] [--engines a,b] [--task TÂCHE] [--out FICHIER] [--language fr|en] [--json]

  dossier     l’espace de travail (ou --workspace DOSSIER) ; ce dossier par défaut
  --engines   ces moteurs seulement ; par défaut ceux du plan de chaque tâche
  --task      les cas de cette tâche seulement : answer, draft, suggest, summarise, classify
  --out       une page HTML qui se suffit, les réponses côte à côte
  --language  la langue du compte rendu ; la vôtre par défaut
  --json      un document JSON

Les cas sont dans prompts/cases.yaml : une question, ce qui fut dit avant, ce qui doit et ne doit pas être dans la réponse. Chaque moteur est
interrogé pour de bon, avec vos consignes, et se paie ; un moteur dont la fiche ne le permet pas ne l’est pas.

Code de sortie : 0 tous les cas tiennent ; 1 l’un d’eux ne tient pas.
`,
  en: `relais prompts test [folder] [--engines a,b] [--task TASK] [--out FILE] [--language fr|en] [--json]

  folder      the workspace (or --workspace FOLDER); this folder where none is named
  --engines   these engines alone; otherwise those of each task’s plan
  --task      cases of this task alone: answer, draft, suggest, summarise, classify
  --out       one self-contained HTML page, the answers side by side
  --language  the language of the account; yours where unset
  --json      one JSON document

Cases stand in prompts/cases.yaml: a question, what was said before, what must and must not be in the answer. Each engine is really asked, with
your prompts, and costs what it costs; one whose entry does not permit it is not asked.

Exit: 0 every case holds; 1 one does not.
`,
}

export type PromptsTools = {
  readonly clock: Clock
  /** Calls the hosts named, and the public internet. */
  readonly openFetch: (hosts: readonly string[]) => { (request: Request): Promise<Response>; close(): Promise<void> }
  /** What stands between cases and engines. */
  readonly guard: (workspace: Workspace) => Guard
}

const ASLEEP: Words = {
  fr: 'la démonstration ne tourne pas\u00a0: lancez d’abord «\u00a0npm start\u00a0», qui définit les variables de cet espace.',
  en: 'the demo does not run: run “npm start” first, it sets the variables of this workspace.',
}

const WIDTH = 100
/** Of the terminal; none where nobody looks. */
const widthOf = ({ env }: Io): number => Math.max(40, Number(env.COLUMNS) || WIDTH)

const enginesNamed = (given: string | undefined, { engines }: Workspace): readonly string[] | null => {
  if (given === undefined) return null
  const known: readonly string[] = engines.map(({ id }) => id)
  const named = given.split(',').map((one) => one.trim())
  const wrong = named.find((one) => !known.includes(one))
  if (wrong === undefined) return named
  const near = nearestName(wrong, known)
  throw new UsageError({
    fr: `il n’y a pas de moteur «\u00a0${wrong}\u00a0»\u00a0; ${near ? `vouliez-vous dire ${near}\u00a0?` : `il y a ${known.join(', ')}.`}`,
    en: `there is no engine “${wrong}”; ${near ? `did you mean ${near}?` : `there are ${known.join(', ')}.`}`,
  })
}

const casesFor = (task: string | undefined, { cases = [] }: Workspace): readonly PromptCase[] => {
  const chosen = cases.filter((one) => task === undefined || one.task === task)
  if (chosen.length > 0) return chosen
  const of = task === undefined ? '' : ` (${task})`
  throw new UsageError({
    fr: `prompts/cases.yaml n’a pas de cas${of}\u00a0; écrivez-en un\u00a0: - { case: bagages, question: …, must: […] }.`,
    en: `prompts/cases.yaml has no case${of}; write one: - { case: luggage, question: …, must: […] }.`,
  })
}

/** Where no plan names any for the task, all are tried that do it. */
const idsFor = (workspace: Workspace, task: Task): readonly string[] => {
  const planned = enginesFor(workspace.plans, task, null)
  return planned.length ? planned : workspace.engines.map(({ id }) => id)
}

const test = (tools: PromptsTools): Command =>
  defineCommand({
    name: 'prompts test',
    summary: {
      fr: 'Essaie les consignes de prompts/ sur une table de cas, moteur par moteur.',
      en: 'Tries the prompts of prompts/ on a table of cases, engine by engine.',
    },
    usage: USAGE,
    options: { engines: { type: 'string' }, task: { type: 'string' }, out: { type: 'string' }, language: { type: 'string' } },
    positionals: { min: 0, max: 1, workspace: true },
    run: async ({ values, positionals: [named] }, io) => {
      const language = languageFlag(values.language, io)
      const folder = await folderNamed(named, io)
      const demo = folder === DEMO ? await besideDemo(io) : null
      const opened = await openWorkspace(folder, (demo ?? io).env, io.language).catch(async (fault: unknown) => {
        const asleep = folder === DEMO && demo === null && errorsButSecrets((await examineWorkspace(folder, io.env)).findings).length === 0
        throw asleep ? new UsageError(ASLEEP) : fault
      })
      const { workspace } = opened
      const only = enginesNamed(values.engines, workspace)
      const cases = casesFor(values.task, workspace)
      const write = values.out === undefined ? null : await outFile(values.out, io)
      const fetch = tools.openFetch(hostsOf(opened))
      const links = new Map<string, Link>(workspace.engines.map((setup) => [setup.id, linkOf(setup, fetch, tools.clock, silentLog)]))
      const { passages, asks } = readDocuments(workspace.knowledge, workspace.locale)
      const knowledge = createMemorySource(indexPassages(passages, asks))
      const bench = { workspace, knowledge, guard: tools.guard(workspace), clock: tools.clock }
      const progress = openProgress(io, cases.length, values.json === true)
      const tried: Tried[] = []
      try {
        for (const one of cases) {
          const asked = (only ?? idsFor(workspace, one.task)).flatMap((id) => links.get(id) ?? [])
          tried.push(await tryCase(one, asked, bench))
          progress.to(tried.length)
        }
      } finally {
        progress.end()
        await fetch.close()
      }
      const sum = sumOf(tried)
      const footer = `relais prompts test · ${new Date(io.now()).toISOString()} · ${workspace.name}`
      await write?.(trialPage(tried, sum, language, { look: readLook(), footer }))
      if (values.json) writeJson(io, { ...sum, results: tried.flatMap(jsonOf) })
      else io.stdout(`${tried.map((one) => caseIn(one, language, widthOf(io))).join('\n')}\n${sumIn(sum, language)}\n`)
      return sum.failing > 0 ? EXIT.no : EXIT.done
    },
  })

const jsonOf = ({ of: { name, task, language, line }, results }: Tried) =>
  results.map((one) => ({ case: name, task, language, line, ...one }))

export const promptsCommand = (tools: PromptsTools): Command =>
  withParts(
    defineCommand({
      name: 'prompts',
      summary: { fr: 'Essaie les consignes données aux moteurs\u00a0: prompts test.', en: 'Tries what engines are told: prompts test.' },
      usage: USAGE,
      options: {},
      positionals: { min: 0, max: 1 },
      run: async () => {
        throw new UsageError({ fr: 'il faut «\u00a0relais prompts test\u00a0».', en: 'it must be “relais prompts test”.' })
      },
    }),
    [test(tools)],
  )
