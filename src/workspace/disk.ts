/** The folder on a disk. */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Shelf } from './load.ts'

/** Not the owner's: what Relais, git and npm keep there. */
const isForeign = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

const list = async (folder: string, below = folder): Promise<readonly string[]> => {
  const entries = await readdir(below, { withFileTypes: true })
  const found = await Promise.all(
    entries
      .filter(({ name }) => !isForeign(name))
      .map(async (entry) => {
        const path = join(below, entry.name)
        if (entry.isDirectory()) return list(folder, path)
        // A link could lead out of the folder the owner handed over.
        return entry.isFile() ? [relative(folder, path).split(sep).join('/')] : []
      }),
  )
  return found.flat().toSorted()
}

/** Reads a workspace's folder from the disk. Errors of the disk are thrown as they are. */
export const disk: Shelf = {
  list: (folder) => list(folder),
  read: (folder, file) => readFile(join(folder, file)),
}
