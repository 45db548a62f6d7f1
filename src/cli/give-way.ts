import { constants, setPriority } from 'node:os'

/** A process that gives way to the work: on a busy machine about a tenth of a core is left to it, so that it ends there too. */
export const giveWay = (pid: number | undefined): void => {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Where the system forbids it, it runs as anybody.
  }
}
