/** The rulebook that comes with Relais, from its folder. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { RulebookFile } from '../policy/index.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'rulebook')

/** Every file of a rulebook's folder, without its examples. Paths are relative to the folder, with forward slashes. */
export const readRulebookFiles = (folder = FOLDER): RulebookFile[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml') && !entry.name.endsWith('.examples.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path).split(sep).join('/'), source: readFileSync(path, 'utf8') }))
