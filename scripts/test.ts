/**
 * What `npm test` runs: every suite in order, each named with its time, then what failed, one line for each with its longest file, and the
 * sum. `npm test -- unit store` runs those alone. With CI=true a suite that cannot run is a failure.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { findChromium } from './chromium.ts'
import { findMailServers } from './mail-servers.ts'

type Result = { readonly passed: number; readonly failed: number; readonly note: string; readonly told?: readonly string[] }
type Suite = { readonly name: string; run(): Result }
/** The part of Vitest's JSON report that is read. */
type Report = {
  readonly numPassedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly FileReport[]
}
type FileReport = {
  readonly name: string
  readonly status: string
  readonly message: string
  readonly startTime: number
  readonly endTime: number
  readonly assertionResults: readonly {
    readonly status: string
    readonly fullName: string
    readonly failureMessages: readonly string[] | null
  }[]
}

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules', '.bin', name)
const environment: Record<string, string | undefined> = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
}
const reports = mkdtempSync(join(tmpdir(), 'relais-reports-'))

const succeeds = (program: string, words: string[]): boolean => {
  const { status, error } = spawnSync(program, words, { cwd: root, stdio: 'inherit', env: environment })
  if (error) console.error(error.message)
  return status === 0
}

/** A check has no tests to count: it says nothing, or it is one failure. */
const check = (name: string, program: string, words: string[]): Suite => ({
  name,
  run: () => (succeeds(bin(program), words) ? { passed: 0, failed: 0, note: 'clean' } : { passed: 0, failed: 1, note: 'errors' }),
})

const vitest = (name: string, prepare: () => string | undefined = () => undefined): Suite => ({
  name,
  run: () => {
    const missing = prepare()
    if (missing) return { passed: 0, failed: environment.CI === 'true' ? 1 : 0, note: `skipped: ${missing}` }
    const file = join(reports, `${name}.json`)
    const words = ['run', '--project', name, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const succeeded = succeeds(bin('vitest'), words)
    return resultOf(succeeded, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
  },
})

/** What failed and why, in a few lines each: whoever has only the end of a long log must be able to find it. */
const failuresOf = (file: FileReport): string[] => {
  const path = relative(root, file.name)
  const failed = file.assertionResults.filter(({ status }) => status === 'failed')
  if (failed.length) return failed.map((test) => `${path} › ${test.fullName}\n${briefly(test.failureMessages?.[0] ?? '')}`)
  return file.status === 'failed' ? [`${path}\n${briefly(file.message)}`] : []
}

const briefly = (message: string): string =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !/node_modules|<anonymous>/.test(line))
    .slice(0, 12)
    .map((line) => `    ${line.slice(0, 200)}`)
    .join('\n')

/** Where most of the time went. */
const longestOf = ({ testResults }: Report): string => {
  const seconds = ({ startTime, endTime }: FileReport) => Math.round((endTime - startTime) / 1000)
  const [longest] = testResults.toSorted((a, b) => seconds(b) - seconds(a))
  return longest ? `${relative(root, longest.name)} ${seconds(longest)} s` : 'no tests yet'
}

/** A file that fails before its first test counts as one failure; so does a run that ends badly without saying why. */
const resultOf = (succeeded: boolean, report: Report | undefined): Result => {
  const told = report?.testResults.flatMap(failuresOf) ?? []
  const skipped = report?.numPendingTests ?? 0
  const note = report ? [...(skipped ? [`${skipped} skipped`] : []), longestOf(report)].join(', ') : 'ended badly'
  return { passed: report?.numPassedTests ?? 0, failed: told.length || (succeeded ? 0 : 1), note, told }
}

const prepareBrowser = (): string | undefined => {
  if (!existsSync(join(root, 'tests', 'browser'))) return undefined
  const found = findChromium(environment)
  if ('missing' in found) return found.missing
  environment.CHROMIUM = found.path
  return undefined
}

const SUITES: readonly Suite[] = [
  check('types', 'tsc', ['--noEmit']),
  check('pages', 'tsc', ['--noEmit', '-p', 'web']),
  check('lint', 'biome', ['check', '.']),
  vitest('unit'),
  vitest('store'),
  vitest('simulation'),
  vitest('house'),
  vitest('promises'),
  vitest('mail', () => findMailServers()?.missing),
  vitest('browser', prepareBrowser),
  vitest('story', prepareBrowser),
]

const lineOf = (name: string, { passed, failed, note }: Result, seconds: number): string =>
  [name.padEnd(10), `${seconds.toFixed(1)} s`.padStart(8), `${passed} passed`.padStart(12), `${failed} failed`.padStart(10), note]
    .join('  ')
    .trimEnd()

const runAll = (asked: readonly string[]): { told: string[]; lines: string[]; passed: number; failed: number } => {
  const told: string[] = []
  const lines: string[] = []
  let [passed, failed] = [0, 0]
  for (const suite of SUITES.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    console.log(`\n━━ ${suite.name}`)
    const before = performance.now()
    const result = suite.run()
    lines.push(lineOf(suite.name, result, (performance.now() - before) / 1000))
    console.log(`━━ ${lines.at(-1)}`)
    told.push(...(result.told ?? []).map((one) => `${suite.name}: ${one}`))
    passed += result.passed
    failed += result.failed
  }
  return { told, lines, passed, failed }
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !SUITES.some((suite) => suite.name === name))
if (unknown.length) {
  console.error(`No suite is called ${unknown.join(', ')}. There are: ${SUITES.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}
const { told, lines, passed, failed } = runAll(asked)
rmSync(reports, { recursive: true, force: true })
if (told.length) console.log(`\n━━ what failed\n\n${told.join('\n\n')}`)
console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
