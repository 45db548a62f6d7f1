/** `relais doctor`: asks each channel, each engine and the store whether it works. Writes to nobody and changes nothing. */

import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { channelOf } from '../channels/index.ts'
import { rehearsable } from '../continuity/index.ts'
import type { Words } from '../core/language.ts'
import type { Finding } from '../core/ports.ts'
import { silentLog } from '../core/ports.ts'
import { addressBelow } from '../core/public-url.ts'
import type { ChannelView } from '../core/reading.ts'
import type { Workspace } from '../core/workspace.ts'
import { readChannels } from '../store/reading/state.ts'
import { readSwitches } from '../store/reading/switches.ts'
import type { Loaded } from '../workspace/index.ts'
import { folderNamed } from './check.ts'
import { systemClock } from './clock.ts'
import { type Command, defineCommand, EXIT, type Io, writeJson } from './command.ts'
import { hostsOf, linkOf } from './compose.ts'
import { type Database, dataFolderOf, peekDatabase } from './database.ts'
import { besideDemo, DEMO } from './demo-beside.ts'
import { examinationOfDrills } from './drill/stale-drills.ts'
import { examinationOfChannel } from './examination/channels.ts'
import { examinationOfEngine } from './examination/engines.ts'
import { type Examination, isError, runExaminations } from './examination/examination.ts'
import { found } from './examination/findings.ts'
import { tellReport } from './examination/report.ts'
import { examinationOfDisk, examinationOfStore } from './examination/store.ts'
import { examinationOfSwitches } from './examination/switches.ts'
import { type GuardedFetch, guardedFetch } from './guarded-fetch.ts'
import { isInProcess, readFolder } from './house.ts'
import { keptSecret, sealerOf } from './house-secret.ts'

const USAGE: Words = {
  fr: `relais doctor [dossier] [--json]

  dossier  l’espace de travail (ou --workspace DOSSIER) ; ce dossier par défaut
  --json   {healthy, checks: [{subject, ok}], findings: [{id, level, subject, words, remedy, …}]}

À lancer à côté d’un Relais en marche, avec le même environnement (PUBLIC_URL, DATABASE_URL ou RELAIS_DATA, les secrets).
Chaque moteur répond à une courte question ; rien n’est envoyé à un client. Code de sortie : 0 aucune erreur ; 1 une erreur a été trouvée.
`,
  en: `relais doctor [folder] [--json]

  folder   the workspace (or --workspace FOLDER); this folder where none is named
  --json   {healthy, checks: [{subject, ok}], findings: [{id, level, subject, words, remedy, …}]}

Run it beside a running Relais, with the same environment (PUBLIC_URL, DATABASE_URL or RELAIS_DATA, the secrets).
Each engine answers one short question; nothing is sent to a customer. Exit: 0 no error; 1 an error was found.
`,
}

/** Longest time of any examination; all run at once. */
const LIMIT_MS = 10_000

export type DoctorTools = {
  /** null where there is no database yet. */
  readonly openDatabase: (io: Io) => Promise<Database | null>
  /** Free on the disk under a folder, which need not exist yet. */
  readonly freeBytes: (folder: string) => Promise<number>
  readonly limitMs?: number
}

/** The machine's own. */
export const doctorTools: DoctorTools = {
  openDatabase: (io) => peekDatabase(io.env, io.cwd, systemClock, silentLog),
  freeBytes: async (folder) => {
    for (let path = folder; ; path = dirname(path)) {
      const found = await statfs(path).catch(() => null)
      if (found) return found.bavail * found.bsize
      if (path === dirname(path)) return Number.POSITIVE_INFINITY
    }
  },
}

/** undefined where it is unset, null where it is no http(s) address. */
const publicUrlOf = (env: Io['env']): URL | null | undefined => {
  if (!env.PUBLIC_URL) return undefined
  const url = URL.canParse(env.PUBLIC_URL) ? new URL(env.PUBLIC_URL) : null
  return url && /^https?:$/.test(url.protocol) ? url : null
}

/** The folder and the environment: enough to start? The rest of the files is for `relais check`. */
const examinationOfSetUp = ({ workspace, findings }: Loaded, env: Io['env'], asleep: boolean): Examination => ({
  subject: 'workspace',
  title: { fr: 'Dossier et environnement', en: 'Folder and environment' },
  examine: async () => ({
    findings: [
      ...findings.filter((finding) => isError(finding) && !(asleep && finding.id === 'secret-missing')),
      ...(asleep ? [found('demo-asleep', 'workspace')] : []),
      ...(publicUrlOf(env) === null ? [found('public-url-unusable', 'workspace')] : []),
    ],
    says: {
      fr: `lisibles, secrets présents ; canaux : ${workspace?.channels.length ?? 0}, moteurs : ${workspace?.engines.length ?? 0}`,
      en: `readable, secrets present; channels: ${workspace?.channels.length ?? 0}, engines: ${workspace?.engines.length ?? 0}`,
    },
  }),
})

type Desk = {
  readonly io: Io
  readonly loaded: Loaded
  readonly fetch: GuardedFetch
  readonly stored: Promise<readonly ChannelView[]>
  /** The house's; null where it has none yet. */
  readonly secret: string | null
}

const examinationsOf = (workspace: Workspace, { io, loaded, fetch, stored, secret }: Desk): readonly Examination[] => {
  const publicUrl = publicUrlOf(io.env) ?? undefined
  const channels = workspace.channels.flatMap((setup) => {
    const channel = channelOf(setup.kind)
    if (!channel) return []
    const open = channel.open(setup.config, {
      fetch,
      now: io.now,
      log: silentLog,
      channel: setup.id,
      webhookUrl: publicUrl && addressBelow(publicUrl.href, `webhooks/${setup.id}`),
      seal: secret === null ? () => '' : sealerOf(secret, `channel:${setup.id}`),
      file: () => Promise.reject(new Error('A check-up sends no file.')),
    })
    const place = loaded.place('relais.yaml', ['channels'], setup.id)
    return [examinationOfChannel({ setup, open, place, templates: workspace.templates, publicUrl, stored })]
  })
  const engines = workspace.engines.map((setup) =>
    examinationOfEngine(
      linkOf(setup, fetch, { ...systemClock, now: io.now }, silentLog),
      loaded.place('relais.yaml', ['engines'], setup.id),
      workspace.knowledge.length,
      io.now,
    ),
  )
  return [...channels, ...engines]
}

const hostsAllowed = (workspace: Workspace | null, io: Io): readonly string[] => {
  const publicUrl = publicUrlOf(io.env)
  return [...(workspace ? hostsOf({ workspace }) : []), ...(publicUrl ? [publicUrl.host] : [])]
}

const plain = ({ place, ...finding }: Finding): object => ({ ...place, ...finding })

export const doctorCommand = (tools: DoctorTools): Command =>
  defineCommand({
    name: 'doctor',
    summary: {
      fr: 'Demande à chaque canal, à chaque moteur et à la base s’ils fonctionnent.',
      en: 'Asks each channel, each engine and the store whether it works.',
    },
    usage: USAGE,
    options: {},
    positionals: { min: 0, max: 1, workspace: true },
    run: async ({ values, positionals }, asked) => {
      const folder = await folderNamed(positionals[0], asked)
      const demo = folder === DEMO ? await besideDemo(asked) : null
      const io = demo ?? asked
      const loaded = await readFolder(folder, io.env)
      const asleep = folder === DEMO && demo === null && loaded.findings.some(({ id }) => id === 'secret-missing')
      const { workspace } = loaded
      const opening = tools.openDatabase(io)
      const stored = opening.then((database) => (database ? readChannels(database.connection) : [])).catch(() => [])
      const switches = opening.then((database) => database && readSwitches(database.connection)).catch(() => null)
      const fetch = guardedFetch({ allowHosts: hostsAllowed(workspace, io) })
      const secret = await keptSecret(io.env, dataFolderOf(io.env, io.cwd))
      const checks = await runExaminations(
        [
          examinationOfSetUp(loaded, io.env, asleep),
          ...(workspace ? examinationsOf(workspace, { io, loaded, fetch, stored, secret }) : []),
          examinationOfSwitches(switches),
          examinationOfStore(opening, io.env, io.now),
          ...(workspace && rehearsable(workspace, isInProcess).length > 0 ? [examinationOfDrills(workspace, opening, io.now)] : []),
          examinationOfDisk(dataFolderOf(io.env, io.cwd), tools.freeBytes),
        ],
        tools.limitMs ?? LIMIT_MS,
      )
      await Promise.allSettled([fetch.close(), opening.then((database) => database?.close())])
      const healthy = checks.every(({ ok }) => ok)
      if (values.json)
        writeJson(io, {
          healthy,
          checks: checks.map(({ subject, ok }) => ({ subject, ok })),
          findings: checks.flatMap(({ findings }) => findings).map(plain),
        })
      else io.stdout(tellReport(checks, io.language))
      return healthy ? EXIT.done : EXIT.no
    },
  })
