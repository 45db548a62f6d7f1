/** The file that a command writes where `--out` says. */
import { access, constants, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Words } from '../core/language.ts'
import { type Io, UsageError } from './command.ts'

const REASONS: Readonly<Record<string, Words>> = {
  ENOENT: { fr: 'ce dossier n’existe pas', en: 'there is no such folder' },
  ENOTDIR: { fr: 'ce n’est pas un dossier', en: 'that is no folder' },
  EISDIR: { fr: 'c’est un dossier', en: 'it is a folder' },
  EACCES: { fr: 'l’écriture y est refusée', en: 'writing there is refused' },
  EPERM: { fr: 'l’écriture y est refusée', en: 'writing there is refused' },
  EROFS: { fr: 'ce disque ne s’écrit pas', en: 'that disk cannot be written' },
  ENOSPC: { fr: 'le disque est plein', en: 'the disk is full' },
}

const refused = (named: string, error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = REASONS[code]
  return reason
    ? new UsageError({ fr: `${named} ne s’écrit pas\u00a0: ${reason.fr}.`, en: `${named} cannot be written: ${reason.en}.` })
    : error
}

/**
 * Sees that there is a place for it before any work is done, and gives what writes it.
 * @throws {UsageError} where it cannot be written, then or now.
 */
export const outFile = async (named: string, { cwd }: Pick<Io, 'cwd'>): Promise<(text: string | Uint8Array) => Promise<void>> => {
  const path = resolve(cwd, named)
  try {
    if (!(await stat(dirname(path))).isDirectory()) throw Object.assign(new Error(path), { code: 'ENOTDIR' })
    await access(dirname(path), constants.W_OK)
    if ((await stat(path).catch(() => null))?.isDirectory()) throw Object.assign(new Error(path), { code: 'EISDIR' })
  } catch (error) {
    throw refused(named, error)
  }
  return (text) =>
    writeFile(path, text).catch((error) => {
      throw refused(named, error)
    })
}
