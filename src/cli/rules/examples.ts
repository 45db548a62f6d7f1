/** `relais rules test [folder]`: runs every example, those beside the shipped rules and those beside a workspace's own. */
import { resolve } from 'node:path'
import type { Words } from '../../core/language.ts'
import { readRulebook, sentenceOfProblem, testExamples } from '../../policy/index.ts'
import { type Command, defineCommand, EXIT, writeJson } from '../command.ts'
import { readOwnRules } from './own-rules.ts'
import { heldRulebook, readRulebookFiles } from './rulebook-files.ts'

const USAGE: Words = {
  fr: `relais rules test [dossier] [--json]

  dossier  un espace de travail : les exemples de ses propres règles aussi (rules/*.examples.yaml)
  --json   un document JSON

Code de sortie : 0 tous les exemples tiennent ; 1 l’un d’eux ne tient pas, ou une règle ne convient pas.
`,
  en: `relais rules test [folder] [--json]

  folder  a workspace: the examples of its own rules too (rules/*.examples.yaml)
  --json  one JSON document

Exit: 0 every example holds; 1 one does not, or a rule does not fit.
`,
}

export const rulesTest: Command = defineCommand({
  name: 'rules test',
  summary: { fr: 'Exécute les exemples des règles.', en: 'Runs the examples of the rules.' },
  usage: USAGE,
  options: {},
  positionals: { min: 0, max: 1, workspace: true },
  run: async ({ values, positionals: [folder] }, io) => {
    const own = folder === undefined ? [] : readOwnRules(io.cwd, folder).rules.map((file) => ({ ...file, business: true }))
    const held = heldRulebook(resolve(io.cwd, folder ?? '.'))
    // A taken rulebook brought its examples run; they are not kept with it.
    const files = held.taken === null ? readRulebookFiles(undefined, true) : held.files
    const { rulebook, problems } = readRulebook([...files, ...own])
    const { count, problems: failures } = testExamples(rulebook, [...files, ...own])
    // A file of examples that reads ill is found by both.
    const sentences = [...new Set([...problems, ...failures].map((problem) => sentenceOfProblem(problem, io.language)))]
    if (values.json) writeJson(io, { digest: rulebook.digest, examples: count, problems: [...problems, ...failures] })
    else for (const sentence of sentences) io.stdout(`${sentence}\n`)
    if (sentences.length > 0) return EXIT.no
    const rules = rulebook.rules.length
    const words: Words = { fr: `${count} exemples de ${rules} règles tiennent.`, en: `${count} examples of ${rules} rules hold.` }
    if (!values.json) io.stdout(`${words[io.language]}\n`)
    return EXIT.done
  },
})
