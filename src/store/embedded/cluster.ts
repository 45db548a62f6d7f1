import { execFile } from 'node:child_process'
import { existsSync, lchownSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { RelaisError } from '../../core/errors.ts'
import { isDiskFull } from './disk.ts'
import { accountForInitdb, type Place } from './place.ts'
import { stateOf } from './process-state.ts'

const run = promisify(execFile)

export const hasCluster = (data: string): boolean => existsSync(join(data, 'PG_VERSION'))

/**
 * Makes the cluster of a place: built under another name beside it, then renamed, so that a kill or a full disk half way leaves no
 * half cluster under the real name. Two that make it at once: the first wins. Throws `store-disk-full` or `store-cannot-start`.
 */
export const createCluster = async (place: Place, sync: boolean): Promise<void> => {
  dropLeftovers(place.data)
  const maker = accountForInitdb(place.account)
  let draft = ''
  try {
    draft = mkdtempSync(`${place.data}.new-${process.pid}-`)
    if (maker) lchownSync(draft, maker.uid, maker.gid)
    await run(join(place.programs.folder, 'bin', 'initdb'), initdbArguments(draft, sync), { cwd: draft, env: { LC_ALL: 'C' }, ...maker })
    if (place.account) handOver(draft, place.account)
    renameSync(draft, place.data)
  } catch (error) {
    if (draft !== '') rmSync(draft, { recursive: true, force: true })
    if (hasCluster(place.data)) return
    throw asRelaisError(error, place.data)
  }
}

/**
 * UTF-8 and the same order of words on every machine (C.UTF-8 is built into PostgreSQL). The character types still come from the
 * machine's library in PostgreSQL 18: text search asks it what a letter is, and with plain C it takes a no-break space for one.
 */
const initdbArguments = (data: string, sync: boolean): string[] => [
  `--pgdata=${data}`,
  '--username=relais',
  '--auth=trust',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  `--lc-ctype=${process.platform === 'darwin' ? 'UTF-8' : 'C.UTF-8'}`,
  '--no-instructions',
  ...(sync ? [] : ['--no-sync']),
]

/** From the top down: once the top has changed hands, the former owner is shut out of the rest. */
const handOver = (folder: string, to: NonNullable<Place['account']>): void => {
  lchownSync(folder, to.uid, to.gid)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    lchownSync(join(entry.parentPath, entry.name), to.uid, to.gid)
}

/** Drafts of processes that were killed. */
const dropLeftovers = (data: string): void => {
  for (const name of readdirSync(dirname(data))) {
    const [before, maker] = name.split('.new-')
    if (before === basename(data) && maker !== undefined && stateOf(Number.parseInt(maker, 10)) !== 'alive')
      rmSync(join(dirname(data), name), { recursive: true, force: true })
  }
}

const asRelaisError = (error: unknown, data: string): RelaisError => {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
  if (isDiskFull(said, dirname(data))) return new RelaisError('store-disk-full', `${dirname(data)}:`, error)
  return new RelaisError(
    'store-cannot-start',
    `${said.split('\n').find((line) => /error|fatal/i.test(line)) ?? said.split('\n')[0]}:`,
    error,
  )
}
