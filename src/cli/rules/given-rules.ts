/** Rule files that are named on the command line: found by what they hold, and told of by the names that were given. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import { RelaisError } from '../../core/errors.ts'
import { TOO_MANY_ALIASES, yamlFaultOf } from '../../core/yaml-words.ts'
import type { RulebookFile } from '../../policy/index.ts'
import { type Io, UsageError } from '../command.ts'

export type GivenRules = RulebookFile & { readonly given: string }

/** As they lie on the disk; a folder gives all of its YAML files. */
export const readGivenRules = ({ cwd }: Pick<Io, 'cwd'>, given: string): GivenRules[] => {
  const path = resolve(cwd, given)
  if (!existsSync(path)) throw new UsageError({ fr: `le fichier ${given} n’existe pas.`, en: `there is no file ${given}.` })
  if (!statSync(path).isDirectory()) return [placed(readFileSync(path, 'utf8'), given)]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name) && !name.endsWith('.examples.yaml'))
    .sort()
    .map((name) => placed(readFileSync(join(path, name), 'utf8'), join(given, name)))
}

const parsed = (source: string, given: string): unknown => {
  try {
    return parse(source)
  } catch (error) {
    const broken = error instanceof YAMLParseError ? error : null
    const { line = 1, col = 1 } = broken?.linePos?.[0] ?? {}
    const { fr, en } = broken ? yamlFaultOf(broken.code) : TOO_MANY_ALIASES
    throw new UsageError({
      fr: `${given}:${line}:${col} ce n’est pas du YAML : ${fr}.`,
      en: `${given}:${line}:${col} this is not YAML: ${en}.`,
    })
  }
}

/** A rulebook's file lies where its name says. */
const placed = (source: string, given: string): GivenRules => {
  const content = parsed(source, given)
  const held: Partial<Record<string, unknown>> = typeof content === 'object' && content !== null ? { ...content } : {}
  if ('groups' in held) return { path: 'places.yaml', source, given }
  if ('prices' in held) return { path: `${String(held.prices)}.yaml`, source, given }
  if (typeof held.rule === 'string')
    return { path: `${held.rule}.yaml`, source, given, ...(held.by === 'business' ? { business: true } : {}) }
  throw new UsageError({
    fr: `${given} n’est ni une règle, ni une liste de prix, ni des groupes de pays.`,
    en: `${given} is neither a rule nor a price list nor groups of countries.`,
  })
}

/** Does `work` with these files; what is wrong in one of them is told by the name it was given by. */
export const withGivenNames = <T>(files: readonly GivenRules[], work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RelaisError)) throw error
    const told = files.reduce((text, { path, given }) => text.replaceAll(`${path}:`, `${given}:`), error.detail)
    throw new RelaisError(error.code, told, error)
  }
}
