/** `relais init <folder>`: a workspace that starts at once, to be made one's own. */

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import type { Language, Words } from '../core/language.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from './command.ts'

const WORKSPACES = join(import.meta.dirname, '..', '..', 'workspaces')
/** What an owner reads is in their language: the French files stand in for those of the same name. */
const STARTERS: Readonly<Record<Language, readonly string[]>> = { en: ['starter'], fr: ['starter', 'starter-fr'] }
const USAGE: Words = {
  fr: `relais init <dossier>

  dossier  où le créer : nouveau, ou vide
`,
  en: `relais init <folder>

  folder   where to make it: new, or empty
`,
}

/** npm leaves a file of this name out of what it packs, so the starter's has another one. */
const RENAMED: Readonly<Record<string, string>> = { 'dot-gitignore': '.gitignore' }

/** Stands in the starter where a secret of this workspace alone goes: nobody else may sign its webhooks. */
const SECRET = /MADE-BY-INIT/gu

const entriesOf = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT') return []
    throw new UsageError({ fr: `${folder} n’est pas un dossier accessible.`, en: `${folder} is not a folder that can be read.` })
  }
}

/** Each file's path by its name in the new folder. */
const sourcesIn = async (language: Language): Promise<ReadonlyMap<string, string>> => {
  const sources = new Map<string, string>()
  for (const starter of STARTERS[language]) {
    const root = join(WORKSPACES, starter)
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      const source = join(entry.parentPath, entry.name)
      if (entry.isFile()) sources.set(relative(root, source), source)
    }
  }
  return sources
}

const copyStarter = async (folder: string, language: Language, randomBytes: (count: number) => Buffer): Promise<readonly string[]> => {
  const made = [...(await sourcesIn(language))].map(async ([name, source]) => {
    const target = join(folder, RENAMED[name] ?? name)
    const text = await readFile(source, 'utf8')
    await mkdir(dirname(target), { recursive: true })
    await writeFile(
      target,
      text.replace(SECRET, () => randomBytes(24).toString('base64url')),
      { flag: 'wx' },
    )
    return relative(folder, target)
  })
  return (await Promise.all(made)).toSorted()
}

const tell = (folder: string, files: readonly string[], { language, cwd, stdout }: Io): void => {
  const shown = relative(cwd, folder) || '.'
  const typed = /^[\w./-]+$/.test(shown) ? shown : `"${shown}"`
  const lines = files.map((file) => `  ${file}\n`).join('')
  stdout(
    language === 'fr'
      ? `Créé dans ${shown} :\n${lines}\nEnsuite : relais check ${typed}, puis relais start ${typed}. Pour essayer sans téléphone\u00a0: http://localhost:3000/chat/site.\n`
      : `Made in ${shown}:\n${lines}\nNext: relais check ${typed}, then relais start ${typed}. To try it without a phone: http://localhost:3000/chat/site.\n`,
  )
}

/** `randomBytes` makes the secrets of the new workspace. */
export const initCommand = ({ randomBytes }: { readonly randomBytes: (count: number) => Buffer }): Command =>
  defineCommand({
    name: 'init',
    summary: { fr: 'Crée un espace de travail qui démarre tout de suite.', en: 'Makes a workspace folder that starts at once.' },
    usage: USAGE,
    options: {},
    positionals: { min: 1, max: 1, workspace: true },
    run: async ({ values, positionals }, io) => {
      const folder = resolve(io.cwd, positionals[0] ?? '')
      if ((await entriesOf(folder)).length > 0) {
        throw new UsageError({
          fr: `${folder} n’est pas vide : nommez un nouveau dossier.`,
          en: `${folder} is not empty: name a new folder.`,
        })
      }
      await mkdir(folder, { recursive: true })
      const files = await copyStarter(folder, io.language, randomBytes)
      if (values.json) writeJson(io, { folder, files })
      else tell(folder, files, io)
      return EXIT.done
    },
  })
