/**
 * Measures the extractive engine on labelled questions of the demo: answered, wrong and abstained, per language.
 *   node tests/knowledge/measure.ts --set seen|unseen [--out FILE] [--list]
 * Wrong: an answer that cites another entry than the labelled one, or any answer to a near miss. The memory source ranks with
 * the same code as PostgreSQL; `src/store/passages.test.ts` holds both to the same passages.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Choice, featuresOf } from '../../src/knowledge/choice.ts'
import { readDocuments } from '../../src/knowledge/documents.ts'
import { indexPassages } from '../../src/knowledge/indexing.ts'
import { createMemorySource } from '../../src/knowledge/memory.ts'
import { rankQuestion } from '../../src/knowledge/search.ts'

const root = join(import.meta.dirname, '../..')
const cases = z.array(z.object({ ask: z.string(), entry: z.string().optional(), lang: z.enum(['fr', 'en']).optional() }))
export type Case = { readonly ask: string; readonly entry: string | null; readonly language: 'fr' | 'en' }
export type Measured = Case & { readonly found: string | null; readonly score: number; readonly choice: Choice | null }

const readCases = (file: string, language: 'fr' | 'en' | null): Case[] =>
  cases
    .parse(parse(readFileSync(join(import.meta.dirname, file), 'utf8')))
    .map(({ ask, entry, lang }) => ({ ask, entry: entry ?? null, language: language ?? lang ?? 'fr' }))

/** The answerable questions of both languages and the near misses of one set. */
export const readSet = (set: string): Case[] => [
  ...readCases(`${set}.fr.yaml`, 'fr'),
  ...readCases(`${set}.en.yaml`, 'en'),
  ...readCases(`near-misses.${set}.yaml`, null),
]

/** The demo's knowledge, indexed, and in memory; documents that `bare` names without their examples. */
export const demoIndex = (bare: (document: string) => boolean = () => false) => {
  const knowledge = join(root, 'workspaces/demo/knowledge')
  const files = readdirSync(knowledge, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const documents = readDocuments(
    files.map((file) => ({ file: file.slice(root.length + 1), source: readFileSync(file) })),
    'fr',
  )
  const index = indexPassages(
    documents.passages,
    documents.asks.filter((one) => !bare(one.document)),
  )
  return { index, memory: createMemorySource(index) }
}

export const measure = async (set: readonly Case[], bare?: (document: string) => boolean): Promise<Measured[]> => {
  const { memory: source } = demoIndex(bare)
  return Promise.all(
    set.map(async (one) => {
      const { passages, choice } = await rankQuestion(source, one.ask, one.language, 5)
      const best = passages[0]
      return { ...one, found: best ? best.document.replace(/^.*\//, '') : null, score: best?.score ?? 0, choice }
    }),
  )
}

export const LINE = 0.5
const figures = (measured: readonly Measured[]) => {
  const answered = measured.filter((one) => one.score >= LINE)
  const answerable = measured.filter((one) => one.entry !== null)
  return {
    questions: measured.length,
    answerable: answerable.length,
    right: answered.filter((one) => one.entry !== null && one.found === one.entry).length,
    wrong: answered.filter((one) => one.found !== one.entry).length,
    wrongOnNearMisses: answered.filter((one) => one.entry === null).length,
    abstained: measured.length - answered.length,
    bestWasRight: answerable.filter((one) => one.found === one.entry).length,
  }
}
const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`)

export const summarise = (measured: readonly Measured[]) => ({
  all: figures(measured),
  fr: figures(measured.filter((one) => one.language === 'fr')),
  en: figures(measured.filter((one) => one.language === 'en')),
})

const main = async () => {
  const { values } = parseArgs({
    options: { set: { type: 'string', default: 'seen' }, out: { type: 'string' }, list: { type: 'boolean', default: false } },
  })
  const measured = await measure(readSet(values.set))
  const summary = summarise(measured)
  for (const [name, one] of Object.entries(summary)) {
    process.stdout.write(
      `${name.padEnd(4)} ${one.questions} questions: answered rightly ${one.right} of ${one.answerable} answerable (${percent(one.right, one.answerable)}), wrong ${one.wrong} (${percent(one.wrong, one.questions)} of all, ${one.wrongOnNearMisses} of them near misses), abstained ${one.abstained}; best passage right in ${one.bestWasRight}\n`,
    )
  }
  if (values.list) {
    for (const one of measured.toSorted((a, b) => b.score - a.score)) {
      const verdict = one.score >= LINE ? (one.found === one.entry ? 'right' : 'WRONG') : one.found === one.entry ? 'unsure' : 'abstain'
      const best = one.choice?.rivals.find(({ document }) => document === `${one.language}/${one.found}`)
      const detail = best
        ? featuresOf(best)
            .map((value) => value.toFixed(2))
            .join(' ')
        : ''
      process.stdout.write(`${verdict.padEnd(8)}${one.score.toFixed(2)} ${one.ask} -> ${one.found} (${one.entry}) ${detail}\n`)
    }
  }
  if (values.out) writeFileSync(values.out, `${JSON.stringify({ set: values.set, ...summary }, null, 2)}\n`)
}

if (import.meta.main) await main()
