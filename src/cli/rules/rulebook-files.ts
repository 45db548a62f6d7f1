/** The rulebook of a workspace: the signed one it took (`rulebook.json`), else the one that comes with Relais. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { RelaisError } from '../../core/errors.ts'
import { loadRulebook, newestRead, openBundle, type RulebookFile } from '../../policy/index.ts'
import { UsageError } from '../command.ts'

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'rulebook')
/** Beside relais.yaml. */
export const TAKEN = 'rulebook.json'

/** Every YAML file of a rulebook's folder; its examples only where asked. Paths are relative to the folder, with forward slashes. */
export const readRulebookFiles = (folder = FOLDER, examples = false): RulebookFile[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml') && (examples || !entry.name.endsWith('.examples.yaml')))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path).split(sep).join('/'), source: readFileSync(path, 'utf8') }))

/**
 * Those of a folder that somebody named. @throws {UsageError} where it is none, or has no rules.
 */
export const readNamedFiles = (cwd: string, folder: string, examples = false): RulebookFile[] => {
  const path = resolve(cwd, folder)
  const files = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? readRulebookFiles(path, examples) : []
  if (files.length > 0) return files
  throw new UsageError({
    fr: `${folder} n’est pas un dossier de règles (des fichiers .yaml, rangés comme dans rulebook/).`,
    en: `${folder} is no folder of rules (.yaml files, laid out as in rulebook/).`,
  })
}

export type HeldRulebook = {
  readonly files: readonly RulebookFile[]
  /** The taken bundle these files are of; null where they came with Relais. */
  readonly taken: { readonly date: string; readonly publisher: string } | null
  /** Why a `rulebook.json` that is there is not used. */
  readonly refused: RelaisError | null
}

/** The publishers that a folder's relais.yaml trusts. */
export const trustIn = (folder: string): readonly string[] => {
  const part = z.object({ rulebook: z.object({ trust: z.array(z.string()).default([]) }).default({ trust: [] }) })
  try {
    return part.safeParse(parse(readFileSync(join(folder, 'relais.yaml'), 'utf8'))).data?.rulebook.trust ?? []
  } catch {
    return []
  }
}

/**
 * What holds in a workspace folder. A taken bundle is checked anew each time: signature, trust, rules; its examples were run when it was taken. One from before the newest source
 * that the shipped rulebook has read is passed over as `rulebook-older`: Relais itself was brought up to date since.
 */
export const heldRulebook = (folder: string): HeldRulebook => {
  const shipped = { files: readRulebookFiles(), taken: null, refused: null }
  const text = textOf(join(folder, TAKEN))
  if (text === null) return shipped
  try {
    const { files, date, publisher } = openBundle(text, trustIn(folder), Number.POSITIVE_INFINITY, true)
    if (isBefore(date, shipped.files)) return { ...shipped, refused: new RelaisError('rulebook-older', `${TAKEN}, ${date}`) }
    return { files, taken: { date, publisher }, refused: null }
  } catch (error) {
    if (error instanceof RelaisError) return { ...shipped, refused: error }
    throw error
  }
}

/** Was a bundle made before the newest day on which a source of these files was read? */
export const isBefore = (date: string, files: readonly RulebookFile[]): boolean => date.slice(0, 10) < newestRead(loadRulebook(files))

const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
