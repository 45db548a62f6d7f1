import { statfsSync } from 'node:fs'

/** A server can do nothing with less: its write-ahead log grows by files of 16 MB. */
const LEAST_ROOM = 16 * 1024 * 1024

/** Whether words of an error say that the disk is full (ENOSPC) or the quota used up (EDQUOT). */
const saysDiskFull = (words: string): boolean => /no space left on device|ENOSPC|disk quota exceeded|EDQUOT/i.test(words)

/** The same, and where nothing was said (the log lies on the same full disk) the disk itself is asked. */
export const isDiskFull = (words: string, folder: string): boolean => {
  if (saysDiskFull(words)) return true
  if (words !== '') return false
  const disk = statfsSync(folder)
  return disk.bavail * disk.bsize < LEAST_ROOM
}
