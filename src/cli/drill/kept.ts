/** Drills in the store of a workspace, where it has one. */
import { randomUUID } from 'node:crypto'
import { channelOf } from '../../channels/index.ts'
import { type DrillReport, recordedShape, type TrafficShape, type Way } from '../../continuity/index.ts'
import type { LastDrill } from '../../core/drill.ts'
import { silentLog } from '../../core/ports.ts'
import { mediumOf, type Workspace } from '../../core/workspace.ts'
import { reportReach } from '../../foresight/index.ts'
import type { Connection } from '../../store/connection.ts'
import { keepDrill, readDrills } from '../../store/drills.ts'
import { createReachability } from '../../store/reading/reachability.ts'
import { readChannels } from '../../store/reading/state.ts'
import { systemClock } from '../clock.ts'
import type { Io } from '../command.ts'
import { peekDatabase } from '../database.ts'

/** Of a database that an earlier version started. */
const NO_TABLE = '42P01'

/** False where the workspace has no database yet, or one of an earlier version: nobody started it with this one. */
export const keepReport = async (io: Io, report: DrillReport): Promise<boolean> => {
  const database = await peekDatabase(io.env, io.cwd, systemClock, silentLog)
  if (!database) return false
  try {
    const { key, result, ...head } = report
    const cut = report.cut.map(({ id }) => id)
    const kept = { id: `drl_${randomUUID()}`, at: Date.parse(report.made), mode: report.mode, cut, ok: report.ok }
    await keepDrill(database.connection, kept, { ...head, result })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NO_TABLE) return false
    throw error
  } finally {
    await database.close()
  }
}

/** What a database knows of how things stand. */
export type StoredState = {
  readonly drills: readonly LastDrill[]
  readonly health: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, { readonly all: number; readonly still: number }>
}

/** None where nobody started the workspace yet; null where its database cannot be asked. */
export const lastDrills = async (io: Io): Promise<readonly LastDrill[] | null> => {
  try {
    const database = await peekDatabase(io.env, io.cwd, systemClock, silentLog)
    if (!database) return []
    return await readDrills(database.connection).finally(() => database.close())
  } catch {
    return null
  }
}

/** Whom a channel reaches now, and of them whom another one reaches too. */
const peopleOf = async (connection: Connection, { channels }: Workspace, at: number): Promise<StoredState['people']> => {
  const reachability = createReachability(connection)
  const [groups, now] = await Promise.all([reachability.groups(at), reachability.channels()])
  const known = channels.map((setup) => ({
    id: setup.id,
    kind: setup.kind,
    medium: mediumOf(setup),
    identities: channelOf(setup.kind)?.capabilities.identities ?? [],
  }))
  const report = reportReach({ groups, now, channels: known, carried: [], answered: [], without: [], thinking: null })
  return new Map(report.channels.map(({ id, reached, only }) => [id, { all: reached, still: reached - only }]))
}

/** null where nobody can tell: there is no database, or it cannot be asked. */
export const storedState = async (io: Io, workspace: Workspace): Promise<StoredState | null> => {
  const database = await peekDatabase(io.env, io.cwd, systemClock, silentLog).catch(() => null)
  if (!database) return null
  const { connection } = database
  try {
    const [drills, channels, people] = await Promise.all([
      readDrills(connection),
      readChannels(connection),
      peopleOf(connection, workspace, io.now()),
    ])
    const health = new Map<string, string>(channels.map(({ id, health: state, paused }) => [id, paused ? 'paused' : state]))
    return { drills, health, people }
  } catch {
    return null
  } finally {
    await database.close()
  }
}

/** Customers as the workspace's own database counts them; null where it knows of none. */
export const storedShape = async (io: Io, workspace: Workspace, ways: readonly Way[]): Promise<TrafficShape | null> => {
  const database = await peekDatabase(io.env, io.cwd, systemClock, silentLog)
  if (!database) return null
  const reachability = createReachability(database.connection)
  try {
    const [groups, carried] = await Promise.all([reachability.groups(io.now()), reachability.carried(io.now())])
    return recordedShape(groups, carried, ways, workspace)
  } finally {
    await database.close()
  }
}
