/** `relais start`: runs a workspace until it is told to stop. */

import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { RelaisError } from '../core/errors.ts'
import type { Words } from '../core/language.ts'
import type { Clock } from '../core/ports.ts'
import { publicUrlOf } from '../core/public-url.ts'
import { readDrills } from '../store/drills.ts'
import { lineOf } from '../workspace/index.ts'
import { folderNamed, judgeSetUp } from './check.ts'
import { systemClock } from './clock.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError } from './command.ts'
import { composeHouse, type Role } from './compose.ts'
import { dataFolderOf, openDatabase } from './database.ts'
import { clockFileIn, DEMO, demoGround, ROOT, tellStage } from './demo-beside.ts'
import { drillApart, scheduleDrills } from './drill/schedule.ts'
import { type Opened, openWorkspace } from './house.ts'
import { createLog } from './log.ts'
import { listenForReload, reload } from './reload.ts'
import { staleRules } from './rules/stale-rules.ts'
import type { openStory } from './story/index.ts'
import { readVersion } from './version.ts'

const USAGE: Words = {
  fr: `relais start [dossier] [--role all|web|worker] [--port N] [--demo]

  dossier  l’espace de travail (ou --workspace DOSSIER) ; ce dossier par défaut
  --role   web reçoit, worker décide et envoie ; all (par défaut) fait les deux
  --port   3000 si ni lui ni PORT ne disent autre chose ; RELAIS_HOST dit sur quelle adresse (toutes ; la démonstration : 127.0.0.1)
  --demo   l’espace de démonstration, avec des fournisseurs imités et un téléphone à tenir en main
`,
  en: `relais start [folder] [--role all|web|worker] [--port N] [--demo]

  folder   the workspace (or --workspace FOLDER); this folder where none is named
  --role   web takes in, worker decides and sends; all (the default) does both
  --port   3000 where neither this nor PORT says otherwise; RELAIS_HOST says on which address (all; the demo: 127.0.0.1)
  --demo   the demo workspace, with imitation providers and a phone to hold
`,
}
const READY: Words = {
  fr: 'Relais tourne : ouvrez cette adresse dans un navigateur. Ctrl+C l’arrête.',
  en: 'Relais is running: open this address in a browser. Ctrl+C stops it.',
}
const ROLES: readonly Role[] = ['all', 'web', 'worker']
/** Open requests get this long to end by themselves. */
const DRAIN_MS = 10_000

const roleOf = (given: string | undefined): Role => {
  const role = ROLES.find((one) => one === (given ?? 'all'))
  if (role) return role
  throw new UsageError({ fr: '--role : all, web ou worker.', en: '--role: all, web or worker.' })
}

const portOf = (given: string | undefined): number => {
  const port = Number(given ?? 3000)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new UsageError({ fr: '--port : un nombre de 0 à 65535.', en: '--port: a number from 0 to 65535.' })
}

/** Listens before anything else is started: a busy port is told at once. */
const listen = (server: Server, port: number, host: string | undefined): Promise<AddressInfo> =>
  new Promise((done, failed) => {
    server.once('error', (error) => {
      const code = 'code' in error ? String(error.code) : ''
      if (code === 'EADDRINUSE') return failed(new RelaisError('port-in-use', `${port}.`))
      failed(NO_ADDRESS.has(code) ? new RelaisError('cannot-listen', `${host ?? '0.0.0.0'}:${port} (${code}).`) : error)
    })
    server.listen(port, host, () => done(server.address() as AddressInfo))
  })
/** This machine does not have the address, nobody knows its name, or only root may. */
const NO_ADDRESS = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL', 'EACCES'])
const EVERYWHERE = new Set(['0.0.0.0', '::'])

/** As this machine reaches it. */
export const originOf = ({ address, family, port }: AddressInfo): string =>
  `http://${EVERYWHERE.has(address) ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address}:${port}`

/** Resolves at the first SIGTERM or SIGINT; the second ends the process at once. */
const stopAsked = (): { readonly asked: Promise<void>; ask: () => void } => {
  const { promise, resolve: ask } = Promise.withResolvers<void>()
  let times = 0
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      times += 1
      if (times > 1) process.exit(1)
      ask()
    })
  }
  return { asked: promise, ask }
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((done) => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
    server.close(() => {
      clearTimeout(cut)
      done()
    })
    server.closeIdleConnections()
  })

const openStoryOf = async (
  { workspace, rulebook }: Opened,
  ground: Omit<Parameters<typeof openStory>[0], 'rulebook' | 'business' | 'zone'>,
) => (await import('./story/index.ts')).openStory({ ...ground, rulebook, business: workspace.name, zone: workspace.timezone })

type Options = { readonly folder: string; readonly role: Role; readonly port: number; readonly demo: boolean }

const run = async ({ folder, role, port, demo }: Options, io: Io): Promise<number> => {
  // Whoever looks on wants the address, not the log of a start that went well.
  const log = createLog(io.env.LOG_LEVEL ?? (process.stderr.isTTY ? 'warn' : 'info'))
  const dataFolder = dataFolderOf(io.env, io.cwd)
  // Our PostgreSQL runs as another user where we are root: it must be able to pass through.
  await mkdir(dataFolder, { recursive: true, mode: 0o711 })
  let handler = (_request: Request, _env: object): Response | Promise<Response> => new Response('Relais is starting.', { status: 503 })
  const server = createServer(getRequestListener((request, env) => handler(request, env), { overrideGlobalObjects: false }))
  const listening = await listen(server, port, io.env.RELAIS_HOST || (demo ? '127.0.0.1' : undefined))
  const origin = originOf(listening)
  const stop = stopAsked()
  const closing: (() => Promise<void>)[] = [() => closeServer(server)]
  let failed = false
  try {
    const stage = demo ? await (await import('./demo.ts')).openStage({ origin, clockFile: clockFileIn(dataFolder) }) : null
    if (stage) closing.push(stage.close, await tellStage(dataFolder, stage.env))
    const env = { ...io.env, ...stage?.env }
    const publicUrl = publicUrlOf(env)
    const clock: Clock = stage?.clock ?? systemClock
    const opened = await openWorkspace(folder, env, io.language)
    const against = judgeSetUp(opened, new Date(clock.now()).toISOString())
    for (const finding of [...opened.findings, ...staleRules(opened.rulebook, clock.now()), ...against])
      io.stderr(`${lineOf(finding, io.language)}\n`)
    const database = await openDatabase({
      env,
      dataFolder,
      clock: systemClock,
      log,
      onTaken: (error) => {
        log.error('store.taken', { code: error.code })
        failed = true
        stop.ask()
      },
    })
    closing.push(database.close)
    const house = await composeHouse({
      opened,
      connection: database.connection,
      env,
      dataFolder,
      clock,
      log,
      role,
      version: readVersion(),
      demo,
      access: stage?.access,
      worker: `wrk_${process.pid}_${randomUUID()}`,
      secure: publicUrl !== undefined && new URL(publicUrl).protocol === 'https:',
      pagesFolder: join(ROOT, 'dist', 'web'),
    })
    closing.push(house.close)
    const toHouse = async (request: Request, env?: object) => house.app.fetch(request, env)
    const control = stage?.control(toHouse)
    const story = stage ? await openStoryOf(opened, { origin, env: io.env, dataFolder, config: database.config, log }) : null
    if (story) closing.push(story.close)
    handler = (request, env) => {
      if (control && new URL(request.url).pathname.startsWith('/sim/api/')) return control.handle(request)
      return story?.handle(request) ?? toHouse(request, env)
    }
    if (control) await control.begin()
    let judging: string = opened.rulebook.digest
    const stopListening = listenForReload(process.stdin.isTTY, async () => {
      judging = await reload(house, judging, { folder, env, io, log })
    })
    closing.push(async () => stopListening())
    const [first] = opened.workspace.channels
    const stopDrills = scheduleDrills({
      drills: role === 'web' ? [] : (opened.workspace.drills ?? []),
      timezone: opened.workspace.timezone,
      clock: systemClock,
      log,
      leads: () => first !== undefined && house.relay.leads().includes(first.id),
      last: () => readDrills(database.connection),
      run: drillApart(folder, { ...env, RELAIS_DATA: dataFolder }),
    })
    closing.push(async () => stopDrills())
    log.info('relais.ready', { port: listening.port, role })
    io.stdout(`\nRelais: ${origin.replace('//127.0.0.1:', '//localhost:')}/${demo ? 'demo' : ''}\n${READY[io.language]}\n\n`)
    await stop.asked
    log.info('relais.stopping')
  } finally {
    for (const close of closing.reverse())
      await close().catch((error) => log.error('relais.close', { error: error instanceof Error ? error.name : 'unknown' }))
  }
  return failed ? EXIT.no : EXIT.done
}

export const start: Command = defineCommand({
  name: 'start',
  summary: { fr: 'Fait tourner un espace de travail.', en: 'Runs a workspace.' },
  usage: USAGE,
  options: { role: { type: 'string' }, port: { type: 'string' }, demo: { type: 'boolean' } },
  positionals: { min: 0, max: 1, workspace: true },
  run: async ({ values, positionals }, io) => {
    const demo = values.demo ?? false
    const folder = demo ? DEMO : await folderNamed(positionals[0], io)
    return run(
      { folder, role: roleOf(values.role), port: portOf(values.port ?? io.env.PORT), demo },
      demo ? { ...io, env: demoGround(io.env) } : io,
    )
  },
})
