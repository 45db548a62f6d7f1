/** Drills in the store of a workspace, where it has one. */
import { randomUUID } from 'node:crypto'
import type { DrillReport } from '../../continuity/index.ts'
import type { LastDrill } from '../../core/drill.ts'
import { silentLog } from '../../core/ports.ts'
import { keepDrill, readDrills } from '../../store/drills.ts'
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

/** null where nobody can tell: there is no database, or it cannot be asked. */
export const lastDrills = async (io: Io): Promise<readonly LastDrill[] | null> => {
  const database = await peekDatabase(io.env, io.cwd, systemClock, silentLog).catch(() => null)
  if (!database) return null
  try {
    return await readDrills(database.connection)
  } catch {
    return null
  } finally {
    await database.close()
  }
}
