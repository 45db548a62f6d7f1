/** The store and the disk: reachable, of the right version, worked on, with room. Only reads. */
import { RelaisError } from '../../core/errors.ts'
import type { Words } from '../../core/language.ts'
import type { Finding } from '../../core/ports.ts'
import type { Connection } from '../../store/connection.ts'
import { readMigrations } from '../../store/migrate.ts'
import { readPresence } from '../../store/reading/presence.ts'
import { readGauges } from '../../store/reading/state.ts'
import type { Io } from '../command.ts'
import { addressOf, type Database } from '../database.ts'
import type { Examination, Examined } from './examination.ts'
import { found, foundError } from './findings.ts'

const SUBJECT = 'store'
const OLDEST_POSTGRES = 150_000
/** The relay looks at least once a second: a due event this old means that nobody gets to it. */
const STUCK_MS = 60_000
const MB = 1024 * 1024
const DISK_LOW = 1024 * MB
const DISK_FULL = 200 * MB

const examineServer = async (connection: Connection): Promise<readonly Finding[]> => {
  const [server] = await connection.query<{ version: number; copy: boolean }>(
    "select current_setting('server_version_num')::int as version, pg_is_in_recovery() as copy",
  )
  if (!server) return []
  return [
    ...(server.version < OLDEST_POSTGRES ? [found('store-too-old', SUBJECT, `${Math.floor(server.version / 10_000)}`)] : []),
    ...(server.copy ? [found('store-read-only', SUBJECT)] : []),
  ]
}

const examineWork = async (connection: Connection, at: number): Promise<Examined> => {
  const [presence, { pending, poison }] = await Promise.all([readPresence(connection), readGauges(connection, at)])
  const seconds = Math.round(pending.oldestMs / 1000)
  const findings = [
    ...(presence.alive === 0 ? [found('worker-none', SUBJECT, pending.due ? `${pending.due}, ${seconds} s` : '')] : []),
    ...(presence.alive > 0 && pending.oldestMs > STUCK_MS ? [found('queue-stuck', SUBJECT, `${pending.due}, ${seconds} s`)] : []),
    ...(poison > 0 ? [found('events-set-aside', SUBJECT, String(poison))] : []),
  ]
  return {
    findings,
    says: {
      fr: `à jour ; processus au travail : ${presence.alive} ; en attente : ${pending.due}`,
      en: `up to date; processes at work: ${presence.alive}; waiting: ${pending.due}`,
    },
  }
}

const NOTHING = { fr: '', en: '' }

const examine = async (opening: Promise<Database | null>, at: number): Promise<Examined> => {
  const database = await opening
  if (database === null) return { findings: [found('store-none', SUBJECT)], says: NOTHING }
  const { connection } = database
  const server = await examineServer(connection)
  const { missing, newer } = await readMigrations(connection)
  // The tables of another version cannot be asked.
  if (newer.length)
    return { findings: [...server, foundError(new RelaisError('database-newer', newer.join(', ')), SUBJECT)], says: NOTHING }
  if (missing.length) return { findings: [...server, found('store-not-migrated', SUBJECT, missing.join(', '))], says: NOTHING }
  const work = await examineWork(connection, at)
  return { ...work, findings: [...server, ...work.findings] }
}

const UNREACHABLE: Words = {
  fr: 'Vérifiez que PostgreSQL tourne à cette adresse et que cette machine peut l’atteindre ; sinon, corrigez DATABASE_URL.',
  en: 'Check that PostgreSQL runs at this address and that this machine may reach it; else correct DATABASE_URL.',
}

/** `address`: the host that was asked, where it is not a server of our own. */
const faultOf = (error: unknown, address: string): Finding => {
  const own = error instanceof RelaisError
  const code = own ? error.detail : error instanceof Error && 'code' in error ? String(error.code) : ''
  const detail = [address, code].filter(Boolean).join(' ')
  if (!own) return found('store-refused', SUBJECT, detail)
  if (error.code !== 'store-unavailable' || address === '') return foundError(error, SUBJECT)
  return { ...foundError(new RelaisError(error.code, detail), SUBJECT), remedy: UNREACHABLE }
}

export const examinationOfStore = (opening: Promise<Database | null>, env: Io['env'], now: () => number): Examination => ({
  subject: SUBJECT,
  title: { fr: 'Base de données', en: 'Database' },
  examine: async () =>
    examine(opening, now()).catch((error: unknown) => ({ findings: [faultOf(error, addressOf(env.DATABASE_URL))], says: NOTHING })),
})

/** `freeBytes`: of the disk under a folder, which need not exist yet. */
export const examinationOfDisk = (folder: string, freeBytes: (folder: string) => Promise<number>): Examination => ({
  subject: 'disk',
  title: { fr: 'Disque', en: 'Disk' },
  examine: async () => {
    const free = await freeBytes(folder)
    const megabytes = Math.floor(free / MB)
    const id = free < DISK_FULL ? 'disk-full' : free < DISK_LOW ? 'disk-low' : null
    return {
      findings: id ? [found(id, 'disk', `${folder} : ${megabytes} MB`)] : [],
      says: { fr: `${Math.floor(megabytes / 1024)} Go libres`, en: `${Math.floor(megabytes / 1024)} GB free` },
    }
  },
})
