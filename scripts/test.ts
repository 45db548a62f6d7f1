/**
 * What `npm test` runs: every suite in order, each named with its time, then one line for each and the sum. `npm test -- unit store` runs
 * those alone. With CI=true a suite that cannot run is a failure.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'
import { findMailServers } from './mail-servers.ts'

type Result = { readonly passed: number; readonly failed: number; readonly note: string }
type Suite = { readonly name: string; run(): Result }
/** The part of Vitest's JSON report that is read. */
type Report = {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[]
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

/** A file that fails before its first test counts as one failure; so does a run that ends badly without saying why. */
const resultOf = (succeeded: boolean, report: Report | undefined): Result => {
  const unread = report?.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = (report?.numFailedTests ?? 0) + (unread?.length ?? 0)
  const skipped = report?.numPendingTests ?? 0
  const note = report?.testResults.length ? (skipped ? `${skipped} skipped` : '') : 'no tests yet'
  return { passed: report?.numPassedTests ?? 0, failed: failed || (succeeded ? 0 : 1), note: succeeded || report ? note : 'ended badly' }
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

const runAll = (asked: readonly string[]): { lines: string[]; passed: number; failed: number } => {
  const lines: string[] = []
  let [passed, failed] = [0, 0]
  for (const suite of SUITES.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    console.log(`\n━━ ${suite.name}`)
    const before = performance.now()
    const result = suite.run()
    lines.push(lineOf(suite.name, result, (performance.now() - before) / 1000))
    console.log(`━━ ${lines.at(-1)}`)
    passed += result.passed
    failed += result.failed
  }
  return { lines, passed, failed }
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !SUITES.some((suite) => suite.name === name))
if (unknown.length) {
  console.error(`No suite is called ${unknown.join(', ')}. There are: ${SUITES.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}
const { lines, passed, failed } = runAll(asked)
rmSync(reports, { recursive: true, force: true })
console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
