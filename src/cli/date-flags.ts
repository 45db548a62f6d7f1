/** Days and instants as flags tell them. Each gives back what it was given, where that is one; undefined where the flag is not there. */
import { isDay, isInstant } from '../core/local-time.ts'
import { UsageError } from './command.ts'

export const dayFlag = <T extends string | undefined>(flag: string, given: T): T => {
  if (given === undefined || isDay(given)) return given
  throw new UsageError({
    fr: `--${flag} : « ${given} » n’est pas un jour (2026-10-01).`,
    en: `--${flag}: “${given}” is not a day (2026-10-01).`,
  })
}

/** A day, or an instant that says its zone. */
export const timeFlag = (flag: string, given: string | undefined): string | undefined => {
  if (given === undefined || isDay(given) || isInstant(given)) return given
  throw new UsageError({
    fr: `--${flag} : « ${given} » n’est ni un jour (2026-10-01) ni un instant (2026-10-01T08:00:00Z).`,
    en: `--${flag}: “${given}” is neither a day (2026-10-01) nor an instant (2026-10-01T08:00:00Z).`,
  })
}
