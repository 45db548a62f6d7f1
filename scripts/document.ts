/** Writes what is made from the code: docs/configuration.md, docs/errors.md, docs/situation.md, schema/*.json. `--check` only says what is stale. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { KINDS } from '../src/cli/house.ts'
import { CATALOGUE } from '../src/core/errors.ts'
import { describeSituation } from '../src/policy/index.ts'
import { editorSchemas, referenceOf } from '../src/workspace/reference.ts'

const ROOT = join(import.meta.dirname, '..')

/** `docs/errors.md`: the whole catalogue. */
const errorsPage = (): string => {
  const rows = Object.entries(CATALOGUE)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, says, remedy }]) => `| \`${code}\` | ${status} | ${says.en}<br>${says.fr} | ${remedy.en}<br>${remedy.fr} |`)
  const head = [
    '# Errors',
    'Made by `node scripts/document.ts` from `src/core/errors*.ts`; do not edit. A test fails where it is stale.',
    'The API tells an error as problem+json with its code; a command tells it in one line. What `relais check` finds in a folder has its own sentences.',
  ]
  return `${head.join('\n\n')}\n\n| code | HTTP | what happened | what to do |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
}

/** `docs/situation.md`: every word that a rule's condition may use. */
const situationPage = (): string => {
  const head = [
    '# The words of a rule’s condition',
    'Made by `node scripts/document.ts` from `src/policy/vocabulary.ts`; do not edit. A test fails where it is stale.',
    'They are the facts of one message that is about to leave, at one instant. In an example and in `relais judge --situation`, what is not said has its plain value: a plain answer of the business to a customer in France who has just written. How a rule is written stands in [write-a-rule.md](write-a-rule.md).',
  ]
  const groups = Map.groupBy(describeSituation(), ({ name }) => name.split('.')[0] ?? '')
  const tables = [...groups].map(([group, fields]) => {
    const rows = fields.map(({ name, type, plain, says }) => {
      const kind = type.includes('|')
        ? type
            .split(' | ')
            .map((choice) => `\`${choice}\``)
            .join(', ')
        : (KINDS_OF_FACT[type] ?? type)
      return `| \`${name}\` | ${kind} | \`${plain}\` | ${says.en}<br>${says.fr} |`
    })
    return `## ${group}\n\n| word | what it may be | plain | meaning |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
  })
  return `${head.join('\n\n')}\n\n${tables.join('\n')}`
}
const KINDS_OF_FACT: Readonly<Record<string, string>> = { string: 'text', bool: '`true`, `false`', int: 'whole number' }

/** Every made file by its path from the root. */
export const madeFiles = (): Readonly<Record<string, string>> => ({
  'docs/configuration.md': referenceOf(KINDS),
  'docs/errors.md': errorsPage(),
  'docs/situation.md': situationPage(),
  ...Object.fromEntries(Object.entries(editorSchemas(KINDS)).map(([name, text]) => [`schema/${name}.json`, text])),
})

const read = (path: string): string | null => {
  try {
    return readFileSync(join(ROOT, path), 'utf8')
  } catch {
    return null
  }
}

/** Paths whose file differs from what the code says. */
export const staleFiles = (): readonly string[] =>
  Object.entries(madeFiles())
    .filter(([path, text]) => read(path) !== text)
    .map(([path]) => path)

if (import.meta.main) {
  const stale = staleFiles()
  const check = process.argv.includes('--check')
  const made = madeFiles()
  for (const path of check ? [] : stale) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true })
    writeFileSync(join(ROOT, path), made[path] ?? '')
  }
  process.stdout.write(stale.length === 0 ? 'Nothing is stale.\n' : `${check ? 'Stale' : 'Written'}: ${stale.join(', ')}\n`)
  if (check && stale.length > 0) process.exitCode = 1
}
