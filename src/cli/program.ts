/** The program: finds the command, gives it the terminal and the process, and ends with its exit code. */
import { randomBytes, randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import { asId, createIds } from '../core/ids.ts'
import { nearestName } from '../core/nearest.ts'
import type { OwnArrival } from '../core/store.ts'
import { createAccess } from '../store/access/index.ts'
import { createContactImport } from '../store/importing.ts'
import { append } from '../store/postgres/append.ts'
import { turnSwitch } from '../store/postgres/switches.ts'
import { createEvidenceSource } from '../store/reading/evidence.ts'
import { createReading } from '../store/reading/index.ts'
import { createReachability } from '../store/reading/reachability.ts'
import { createRecorded } from '../store/reading/recorded.ts'
import { readChannels } from '../store/reading/state.ts'
import { readSwitches } from '../store/reading/switches.ts'
import { checkCommand } from './check.ts'
import { systemClock } from './clock.ts'
import { type Command, EXIT, type Io, withParts } from './command.ts'
import { askDatabase, hasDatabase, joinDatabase, peekDatabase } from './database.ts'
import { doctorCommand, doctorTools } from './doctor.ts'
import { drillCommand } from './drill/drill.ts'
import { keepReport, storedShape, storedState } from './drill/kept.ts'
import { planCommand } from './drill/plan.ts'
import { explainCommand } from './explain.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { guardOfNobody } from './guarding.ts'
import { importCommand, type OpenImport } from './importing/import.ts'
import { initCommand } from './init.ts'
import { judge } from './judge.ts'
import { keyCommand } from './key.ts'
import { linksCommand } from './links/links.ts'
import { createLog } from './log.ts'
import type { OpenStore } from './opened-store.ts'
import { type OpenSwitches, pauseCommand, resumeCommand } from './pause.ts'
import { promptsCommand } from './prompts/prompts.ts'
import { createRandom } from './random.ts'
import { costCommand } from './recorded/cost.ts'
import { evidenceCommand, evidenceVerify, type OpenEvidence } from './recorded/evidence.ts'
import type { OpenRecords } from './recorded/opened-records.ts'
import { type OpenReachability, reachCommand } from './recorded/reach.ts'
import { whatifCommand } from './recorded/whatif.ts'
import { rulesDiff } from './rules/diff.ts'
import { rulesTest } from './rules/examples.ts'
import { rulesReport } from './rules/report.ts'
import { rules } from './rules/rules.ts'
import { rulesSign } from './rules/sign.ts'
import { rulesUpdate } from './rules/update.ts'
import { judgeRecent } from './rules/whatif.ts'
import { simulate } from './simulate.ts'
import { start } from './start.ts'
import { readVersion } from './version.ts'

/** Works beside a running Relais too. */
const storeBy =
  (open: typeof askDatabase): OpenStore =>
  async (io) => {
    const { connection, close } = await open(io.env, io.cwd, systemClock, createLog('error'))
    return { reading: createReading(connection), access: createAccess(connection), close }
  }
const openStore = storeBy(askDatabase)
const makeStore = storeBy(joinDatabase)

/** Nothing but the public internet and the hosts named; closed when the program ends. */
const publicFetch = (request: Request, allowHosts: readonly string[]): Promise<Response> => {
  const fetch = guardedFetch({ allowHosts })
  return fetch(request).finally(() => void fetch.close())
}

/** Yes or no, of whoever sits there; no where nobody does. */
const ask = async (question: string): Promise<boolean> => {
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^(?:o|oui|y|yes)$/iu.test((await terminal.question(question)).trim())
  } finally {
    terminal.close()
  }
}

const openRecords: OpenRecords = async (io) => {
  const { connection, close } = await askDatabase(io.env, io.cwd, systemClock, createLog('error'))
  return { recorded: createRecorded(connection), close }
}
/** Makes no database where there is none. */
const peekRecords = async (io: Io) => {
  const database = await peekDatabase(io.env, io.cwd, systemClock, createLog('error'))
  return database && { recorded: createRecorded(database.connection), close: database.close }
}
const openEvidence: OpenEvidence = async (io) => {
  const { connection, close } = await askDatabase(io.env, io.cwd, systemClock, createLog('error'))
  return { source: createEvidenceSource(connection), close }
}
/** Nothing was ever started where there is no database: none is made for it. */
const openSwitches: OpenSwitches = async (io) => {
  if (!hasDatabase(io.env, io.cwd)) return null
  const { connection, close } = await joinDatabase(io.env, io.cwd, systemClock, createLog('error'))
  return {
    turn: (change) => turnSwitch(connection, { ...change, id: asId(`evt_${randomUUID()}`) }, systemClock.now()),
    read: async () => ({ switches: await readSwitches(connection), channels: await readChannels(connection) }),
    close,
  }
}
const openLive = async (io: Io) => {
  const { connection, close } = await askDatabase(io.env, io.cwd, systemClock, createLog('error'))
  const ids = createIds(systemClock.now, createRandom())
  return {
    reading: createReading(connection),
    append: async (own: readonly OwnArrival[]) => {
      await append(connection, { contacts: [], own, receipts: [], channels: [] }, ids, systemClock.now())
      await connection.query('notify relais')
    },
    ids,
    now: systemClock.now,
    pause: (ms: number) => new Promise<void>((done) => systemClock.after(ms, done)),
    close,
  }
}
const openReachability: OpenReachability = async (io) => {
  const { connection, close } = await askDatabase(io.env, io.cwd, systemClock, createLog('error'))
  return { reachability: createReachability(connection), close }
}
const openImport: OpenImport = async (io) => {
  const { connection, close } = await joinDatabase(io.env, io.cwd, systemClock, createLog('error'))
  return { contacts: createContactImport(connection, createIds(systemClock.now, createRandom())), close }
}
const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone

const COMMANDS: readonly Command[] = [
  start,
  initCommand({ randomBytes: (count) => randomBytes(count) }),
  checkCommand,
  doctorCommand(doctorTools),
  judge,
  importCommand({ openImport }),
  explainCommand({ openStore, timezone }),
  whatifCommand({ openRecords, timezone }),
  reachCommand({ openReachability }),
  costCommand({ openRecords, timezone }),
  withParts(rules, [
    rulesUpdate({ fetch: publicFetch, whatIf: judgeRecent(peekRecords), ask }),
    rulesDiff,
    rulesReport,
    rulesSign,
    rulesTest,
  ]),
  withParts(evidenceCommand({ openEvidence, timezone }), [evidenceVerify]),
  promptsCommand({
    clock: systemClock,
    openFetch: (hosts) => guardedFetch({ allowHosts: hosts }),
    guard: (workspace) => guardOfNobody(workspace, createRandom()),
  }),
  pauseCommand(openSwitches),
  resumeCommand(openSwitches),
  drillCommand({ keep: keepReport, recorded: storedShape, openLive, ask }),
  planCommand({ stored: storedState }),
  simulate,
  linksCommand,
  keyCommand({ openStore, makeStore, randomBytes: (count) => randomBytes(count) }),
]

const languageOf = (env: Io['env']): Io['language'] => ((env.LC_ALL || env.LC_MESSAGES || env.LANG || '').startsWith('fr') ? 'fr' : 'en')

const VERSIONS = ['version', '--version', '-v', '-V']

const list = (io: Io): string => {
  const width = Math.max(...COMMANDS.map((command) => command.name.length))
  const lines = COMMANDS.map((command) => `  ${command.name.padEnd(width)}  ${command.summary[io.language]}`)
  return `relais ${io.language === 'fr' ? '<commande>' : '<command>'}\n\n${lines.join('\n')}\n`
}

const run = (args: readonly string[], io: Io): Promise<number> | number => {
  const [name, ...rest] = args
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (command) return command.run(rest, io)
  if (name !== undefined && VERSIONS.includes(name)) {
    io.stdout(`Relais ${readVersion()}\n`)
    return EXIT.done
  }
  const near = nearestName(
    name ?? '',
    COMMANDS.map((one) => one.name),
  )
  const meant =
    near === null ? { fr: '', en: '' } : { fr: ` Vouliez-vous dire «\u00a0${near}\u00a0»\u00a0?`, en: ` Did you mean “${near}”?` }
  const asked = name === undefined || name === 'help' || name === '--help' || name === '-h'
  ;(asked ? io.stdout : io.stderr)(
    asked
      ? list(io)
      : io.language === 'fr'
        ? `relais : la commande « ${name} » n’existe pas.${meant.fr} Voir « relais help ».\n`
        : `relais: there is no command “${name}”.${meant.en} See “relais help”.\n`,
  )
  return asked ? EXIT.done : EXIT.wrongUse
}

// Whoever reads may stop reading (`| head`): that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await run(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  env: process.env,
  cwd: process.env.RELAIS_CWD ?? process.cwd(),
  now: systemClock.now,
  watched: process.stderr.isTTY === true,
  language: languageOf(process.env),
})
