/** Cuts that nobody rehearsed of late: told by `check` and `doctor`. */
import { type Rehearsed, unrehearsed } from '../../continuity/index.ts'
import type { LastDrill } from '../../core/drill.ts'
import type { Words } from '../../core/language.ts'
import type { Finding, Place } from '../../core/ports.ts'
import { dayIn } from '../../core/telling.ts'
import type { Workspace } from '../../core/workspace.ts'
import { readDrills } from '../../store/drills.ts'
import type { Database } from '../database.ts'
import type { Examination } from '../examination/examination.ts'
import { isInProcess } from '../house.ts'

const wordsOf = (id: string, rehearsed: Rehearsed): Words => {
  if (rehearsed.state === 'never') return { fr: `la coupure de ${id} n’a jamais été répétée`, en: `the cut of ${id} was never rehearsed` }
  const [fr, en] = [dayIn(rehearsed.day, 'fr'), dayIn(rehearsed.day, 'en')]
  if (rehearsed.state === 'failed')
    return {
      fr: `la coupure de ${id}, répétée le ${fr}, a montré que le plan B ne tient pas`,
      en: `the cut of ${id}, rehearsed on ${en}, showed that the plan B does not hold`,
    }
  return { fr: `la coupure de ${id} a été répétée pour la dernière fois le ${fr}`, en: `the cut of ${id} was last rehearsed on ${en}` }
}

/** One finding for each channel and engine with a stand-in. `place`: of the plans in relais.yaml. Nothing where no plan says what stands in. */
export const staleDrills = (workspace: Workspace, drills: readonly LastDrill[], now: number, place?: Place): readonly Finding[] =>
  unrehearsed(workspace, drills, now, isInProcess).map(
    ({ id, rehearsed }): Finding => ({
      id: rehearsed.state === 'failed' ? 'drill-failed' : 'drill-stale',
      level: 'warning',
      subject: id,
      ...(place ? { place } : {}),
      words: wordsOf(id, rehearsed),
      remedy: {
        fr: `Répétez-la à blanc\u00a0: relais drill --cut ${id}`,
        en: `Rehearse it dry: relais drill --cut ${id}`,
      },
    }),
  )

/** For `doctor`: a database that cannot be asked is told of elsewhere. */
export const examinationOfDrills = (workspace: Workspace, opening: Promise<Database | null>, now: () => number): Examination => ({
  subject: 'drills',
  title: { fr: 'Plan B', en: 'Plan B' },
  examine: async () => {
    const database = await opening.catch(() => null)
    const drills = database ? await readDrills(database.connection).catch(() => null) : []
    const findings = drills === null ? [] : staleDrills(workspace, drills, now())
    return { findings, says: { fr: 'répété depuis moins de 30 jours', en: 'rehearsed in the last 30 days' } }
  },
})
