/** `relais rules diff A B`: what two rulebooks say differently. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Words } from '../../core/language.ts'
import { differenceOf, type Rulebook, type RulebookFile, readRulebook } from '../../policy/index.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from '../command.ts'
import { differenceInWords } from './difference-words.ts'
import { refuseProblems } from './own-rules.ts'
import { heldRulebook, readNamedFiles, readRulebookFiles } from './rulebook-files.ts'

const USAGE: Words = {
  fr: `relais rules diff A B [--json]

  A, B    « shipped » (les règles livrées avec Relais), « held » (celles en usage dans ce dossier),
          un dossier de règles, ou un recueil signé (.json ; sa signature n’est pas vérifiée ici)
  --json  un document JSON
`,
  en: `relais rules diff A B [--json]

  A, B    “shipped” (the rules that come with Relais), “held” (those in use in this folder),
          a folder of rules, or a signed rulebook (.json; its signature is not checked here)
  --json  one JSON document
`,
}

const bundle = z.object({ files: z.array(z.object({ path: z.string(), source: z.string() })) })

/** @throws {UsageError} where nothing there is a rulebook. */
const filesOf = (named: string, cwd: string): readonly RulebookFile[] => {
  if (named === 'shipped') return readRulebookFiles()
  if (named === 'held') return heldRulebook(cwd).files
  if (!named.endsWith('.json')) return readNamedFiles(cwd, named)
  try {
    return bundle.parse(JSON.parse(readFileSync(resolve(cwd, named), 'utf8'))).files
  } catch {
    throw new UsageError({
      fr: `« ${named} » n’est pas un recueil signé qui se lit.`,
      en: `“${named}” is no signed rulebook that can be read.`,
    })
  }
}

const rulebookOf = (named: string, io: Io): Rulebook => {
  const { rulebook, problems } = readRulebook(filesOf(named, io.cwd))
  refuseProblems(problems.map((problem) => ({ ...problem, file: `${named}: ${problem.file}` })))
  return rulebook
}

export const rulesDiff: Command = defineCommand({
  name: 'rules diff',
  summary: { fr: 'Compare deux recueils de règles.', en: 'Compares two rulebooks.' },
  usage: USAGE,
  options: {},
  positionals: { min: 2, max: 2 },
  run: async ({ values, positionals: [a = '', b = ''] }, io) => {
    const [before, after] = [rulebookOf(a, io), rulebookOf(b, io)]
    const difference = differenceOf(before, after)
    if (values.json) writeJson(io, { before: before.digest, after: after.digest, ...difference })
    else io.stdout(differenceInWords(difference, io))
    return EXIT.done
  },
})
