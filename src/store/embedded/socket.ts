import { chmodSync, lchownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Account, hash, type Place } from './place.ts'

/** A socket's path may have 107 bytes at most: the folder is short whatever the data folder's name. Not TMPDIR, which may be long or private. */
const SOCKETS = '/tmp/relais-'

/**
 * Makes the folder of the server's socket: entered by the server's own account (and root) alone, since whoever reaches the socket is a
 * superuser of the database. A folder of that name that is not ours in every respect is left alone and another one made.
 */
export const makeSocketFolder = ({ data, account }: Place, folder = `${SOCKETS}${hash(data)}`): string => {
  try {
    mkdirSync(folder, { mode: 0o700 })
    handTo(account, folder)
    return folder
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    return isPrivateTo(account, folder) ? folder : handTo(account, mkdtempSync(`${SOCKETS}`))
  }
}

/** Takes away what a server that was killed left of its socket: the lock beside it names a pid, too, that may be somebody else's by now. */
export const dropSocket = (folder: string): void => {
  if (!isOurs(folder)) return
  for (const name of readdirSync(folder).filter((one) => one.startsWith('.s.PGSQL.'))) rmSync(join(folder, name), { force: true })
}

/** Takes the folder away after the server has gone, if it is one that we made and is empty. */
export const dropSocketFolder = (folder: string): void => {
  if (!isOurs(folder)) return
  try {
    if (readdirSync(folder).length === 0) rmdirSync(folder)
  } catch {
    // Gone already, or not ours: nothing depends on it.
  }
}

const isOurs = (folder: string): boolean => folder.startsWith(SOCKETS) && dirname(folder) === dirname(SOCKETS)

const handTo = (account: Account, folder: string): string => {
  chmodSync(folder, 0o700)
  if (account) lchownSync(folder, account.uid, account.gid)
  return folder
}

const isPrivateTo = (account: Account, folder: string): boolean => {
  const stat = lstatSync(folder)
  return stat.isDirectory() && stat.uid === (account?.uid ?? process.getuid?.()) && (stat.mode & 0o777) === 0o700
}
