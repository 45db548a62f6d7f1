/** A folder as a rehearsal takes it: every file as it is, no secret asked for. */
import { RelaisError } from '../../core/errors.ts'
import type { Workspace } from '../../core/workspace.ts'
import type { Rulebook } from '../../policy/index.ts'
import { lineOf } from '../../workspace/index.ts'
import type { Io } from '../command.ts'
import { errorsButSecrets, examineWorkspace, readFolder } from '../house.ts'

export type Rehearsed = {
  readonly workspace: Workspace
  readonly rulebook: Rulebook
  readonly env: Readonly<Record<string, string | undefined>>
}

/** What stands for a variable that is not set: an address where nobody lives, of which a word or a key may be made too. */
export const standIn = (name: string): string => {
  if (/PORT$/u.test(name)) return '2525'
  if (/(?:ACCOUNT|SID)$/u.test(name)) return `AC${'0'.repeat(32)}`
  if (/(?:PHONE|NUMBER|SENDER)$/u.test(name)) return '+33612345678'
  if (/(?:MAIL|ADDRESS)$/u.test(name)) return 'contact@rehearsal.example'
  return `https://rehearsal.invalid/${name.toLowerCase()}`
}

/** @throws {RelaisError} `bad-workspace`, naming everything that is wrong but secrets that are not there. */
export const openRehearsed = async (folder: string, { env, language }: Pick<Io, 'env' | 'language'>): Promise<Rehearsed> => {
  const examined = await examineWorkspace(folder, env)
  const errors = errorsButSecrets(examined.findings)
  if (errors.length > 0) throw new RelaisError('bad-workspace', errors.map((finding) => lineOf(finding, language)).join('\n'))
  const whole = new Proxy(env, { get: (given, name) => (typeof name === 'string' ? given[name] || standIn(name) : undefined) })
  const { workspace, findings } = await readFolder(folder, whole)
  if (!workspace) throw new RelaisError('bad-workspace', findings.map((finding) => lineOf(finding, language)).join('\n'))
  return { workspace, rulebook: examined.rulebook, env: whole }
}
