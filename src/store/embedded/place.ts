import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, readFileSync, readlinkSync, realpathSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { RelaisError } from '../../core/errors.ts'
import { copyPrograms, findPrograms, type Programs } from './programs.ts'

/** As whom a program runs; undefined = as ourselves. */
export type Account = { readonly uid: number; readonly gid: number } | undefined

/** Where a server of one data folder lies, and as whom it runs. */
export type Place = {
  /** Real path of the cluster; it may not exist yet. */
  readonly data: string
  readonly programs: Programs
  readonly account: Account
  readonly logFile: string
}

/** Where root keeps what PostgreSQL's account could not reach in root's own folders. */
const SHELF = '/var/lib/relais'
/** Numeric ids from here on are left free by Debian and systemd (60706-61183, https://systemd.io/UIDS-GIDS/, read 2026-11-22). */
const FIRST_OWN_ID = 61_032

/**
 * Decides where the cluster of `dataFolder` lies and makes the folder. An ordinary user's server runs as that user, inside the folder.
 * PostgreSQL refuses root: root's server runs under an id of its own, and where that id may not enter the folder, its data lie under
 * /var/lib/relais by a hash of the folder's real path (`<dataFolder>/postgres` then links there). Throws `store-no-right`.
 */
export const findPlace = (dataFolder: string): Place => {
  mkdirSync(dataFolder, { recursive: true })
  const folder = realpathSync(dataFolder)
  const logFile = join(folder, 'postgres.log')
  const programs = findPrograms()
  if (process.getuid?.() !== 0) return { data: ownData(folder), programs, account: undefined, logFile }
  const data = dataOfRoot(folder)
  const account = accountFor(data)
  if (!mayEnter(account, dirname(data))) throw new RelaisError('store-no-right', `uid ${account?.uid}, ${dirname(data)}:`)
  const usable = mayEnter(account, join(programs.folder, 'bin', 'postgres')) ? programs : shelve(programs)
  return { data, programs: usable, account, logFile }
}

/** The cluster's real path where it exists already, without making anything. */
export const findData = (dataFolder: string): string | undefined => realpathOf(join(dataFolder, 'postgres'))

const ownData = (folder: string): string => {
  const data = realpathOf(join(folder, 'postgres')) ?? join(folder, 'postgres')
  const owner = ownerOf(data)
  if (owner && owner.uid !== process.getuid?.()) throw new RelaisError('store-no-right', `uid ${owner.uid}, ${data}:`)
  return data
}

const dataOfRoot = (folder: string): string => {
  const inside = join(folder, 'postgres')
  const existing = realpathOf(inside)
  if (existing) return existing
  if (!isLink(inside) && mayEnter(accountFor(inside), folder)) return inside
  // A link that leads nowhere keeps its target: what it named may come back with a volume or a backup.
  const data = isLink(inside) ? resolve(folder, readlinkSync(inside)) : join(SHELF, 'data', hash(folder), 'postgres')
  makeEnterable(dirname(data))
  if (!isLink(inside)) symlinkSync(data, inside)
  return data
}

/** The account that owns the cluster already, else one of its own that no user of this machine has. */
const accountFor = (data: string): Account => {
  const owner = ownerOf(data)
  if (owner && owner.uid !== 0) return owner
  const taken = new Set(['/etc/passwd', '/etc/group'].flatMap((file) => linesOf(file).map((line) => Number(line.split(':')[2]))))
  let id = FIRST_OWN_ID
  while (taken.has(id)) id++
  return { uid: id, gid: id }
}

/**
 * The account initdb runs as: unlike the server it insists on a name (getpwuid), so root lends it one from /etc/passwd and hands the
 * finished cluster over.
 */
export const accountForInitdb = (account: Account): Account => {
  if (!account) return undefined
  const users = linesOf('/etc/passwd').map((line) => line.split(':'))
  const lent =
    users.find((user) => Number(user[2]) === account.uid) ??
    users.find((user) => user[0] === 'nobody') ??
    users.find((user) => Number(user[2]) > 0)
  return lent ? { uid: Number(lent[2]), gid: Number(lent[3]) } : account
}

const shelve = (programs: Programs): Programs => {
  makeEnterable(join(SHELF, 'programs'))
  return copyPrograms(programs, join(SHELF, 'programs'))
}

/** Asked of the machine itself, so that access lists and odd mounts count too. */
const mayEnter = (account: Account, path: string): boolean =>
  spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { cwd: '/', stdio: 'ignore', ...account }).status === 0

/** Makes what is missing of a folder's path, for everybody to pass through whatever our umask. */
const makeEnterable = (folder: string): void => {
  if (statSync(folder, { throwIfNoEntry: false })) return
  makeEnterable(dirname(folder))
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
}

/** 16 hex digits of SHA-256: short enough for a socket's path, long enough never to meet another. */
export const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

const ownerOf = (path: string): NonNullable<Account> | undefined => {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat && { uid: stat.uid, gid: stat.gid }
}

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false

const realpathOf = (path: string): string | undefined => (statSync(path, { throwIfNoEntry: false }) ? realpathSync(path) : undefined)

const linesOf = (file: string): string[] => {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}
