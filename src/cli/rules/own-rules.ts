/** What judging needs of a workspace folder, and no more: its rules, its place, its channels' scopes, its word on AI. No secret is asked for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { parse, parseDocument } from 'yaml'
import { z } from 'zod'
import { mediumOfKind } from '../../channels/index.ts'
import { isZone } from '../../core/local-time.ts'
import { type Problem, type Rulebook, type RulebookFile, readRulebook, sentenceOfProblem } from '../../policy/index.ts'
import { UsageError } from '../command.ts'
import { heldRulebook } from './rulebook-files.ts'

const scope = z.enum(['service', 'general'])
const engine = z
  .object({
    kind: z.string().default(''),
    personalData: z.enum(['none', 'pseudonyms', 'all']).default('none'),
    trainsOnData: z.boolean().nullable().default(null),
  })
  .catch({ kind: '', personalData: 'none', trainsOnData: null })
/** Loose on purpose: `relais check` is who complains about the rest. */
const part = z.object({
  workspace: z
    .object({ name: z.string().default(''), country: z.string().default(''), timezone: z.string().refine(isZone).optional() })
    .default({ name: '', country: '' }),
  channels: z
    .record(
      z.string(),
      z.object({ kind: z.string(), scope: scope.default('service') }).transform((one) => ({ ...one, medium: mediumOfKind(one.kind) })),
    )
    .default({}),
  engines: z.record(z.string(), engine).default({}),
  plans: z
    .object({
      think: z.record(z.string(), z.array(z.string())).default({}),
      reach: z
        .record(z.string(), z.array(z.object({ channel: z.string() })))
        .catch({})
        .default({}),
    })
    .catch({ think: {}, reach: {} })
    .default({ think: {}, reach: {} }),
  assistant: z
    .object({ aiIs: z.enum(['incidental', 'primary']).default('incidental'), since: z.string().default('') })
    .default({ aiIs: 'incidental', since: '' }),
})

const template = z.object({ name: z.string(), category: z.enum(['marketing', 'utility', 'authentication']) })
export type OwnTemplate = z.infer<typeof template>

const always = z.object({ always: z.literal(true) })
const catchAll = z.object({ starts: z.array(z.unknown()).refine((starts) => starts.some((start) => always.safeParse(start).success)) })

export type OwnRules = z.infer<typeof part> & { readonly rules: readonly RulebookFile[]; readonly templates: readonly OwnTemplate[] }

/** @throws {UsageError} where the folder has no relais.yaml that can be read. */
export const readOwnRules = (cwd: string, folder: string): OwnRules => {
  const path = resolve(cwd, folder)
  const read = part.safeParse(settingsIn(path, folder))
  if (read.success) return { ...read.data, rules: sheetsIn(path, 'rules', true), templates: templatesIn(path) }
  const where = read.error.issues[0]?.path.join('.') ?? ''
  throw new UsageError({
    fr: `${folder}/relais.yaml : « ${where} » ne convient pas.`,
    en: `${folder}/relais.yaml: “${where}” does not fit.`,
  })
}

/** The zone that a folder's relais.yaml names, or null where it names none or there is no such file. */
export const timezoneIn = (folder: string): string | null => {
  try {
    const read = part.safeParse(parse(readFileSync(join(folder, 'relais.yaml'), 'utf8')))
    return read.data?.workspace.timezone ?? null
  } catch {
    return null
  }
}

const settingsIn = (path: string, folder: string): unknown => {
  try {
    return parse(readFileSync(join(path, 'relais.yaml'), 'utf8'))
  } catch {
    throw new UsageError({
      fr: `${folder} n’a pas de relais.yaml lisible ; donnez le dossier d’un espace de travail.`,
      en: `${folder} has no relais.yaml that can be read; name a workspace’s folder.`,
    })
  }
}

/** Those that can be read; a file holds one or a list. */
const templatesIn = (path: string): OwnTemplate[] =>
  sheetsIn(path, 'templates', false).flatMap(({ source }) =>
    [parseDocument(source).contents?.toJSON() ?? []].flat().flatMap((written) => template.safeParse(written).data ?? []),
  )

/** Whether a journey of the folder takes whatever nothing else does (`always: true`). */
export const takesAll = (cwd: string, folder: string): boolean =>
  sheetsIn(resolve(cwd, folder), 'journeys', false).some(
    ({ source }) => catchAll.safeParse(parseDocument(source).contents?.toJSON()).success,
  )

/** The YAML files of a part of the workspace, in the order of their names; none where it has no such part. */
const sheetsIn = (path: string, folder: string, recursive: boolean): RulebookFile[] => {
  if (!existsSync(join(path, folder))) return []
  return readdirSync(join(path, folder), { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(path, file).split(sep).join('/'), source: readFileSync(file, 'utf8') }))
}

/**
 * The rulebook that holds in `folder`, with the business's own rules. @throws {UsageError} naming every mistake in a file, {RelaisError} where
 * the folder's signed rulebook cannot be used; one that Relais itself has outgrown is passed over.
 */
export const readRules = (own: readonly RulebookFile[] = [], folder = ''): Rulebook => {
  const { files, refused } = heldRulebook(folder)
  if (refused && refused.code !== 'rulebook-older') throw refused
  const { rulebook, problems } = readRulebook([...files, ...own.map((file) => ({ ...file, business: true }))])
  refuseProblems(problems)
  return rulebook
}

/** @throws {UsageError} where there is one: each on its line, with file, line and column. */
export const refuseProblems = (problems: readonly Problem[]): void => {
  if (problems.length === 0) return
  const say = (language: 'fr' | 'en') => problems.map((problem) => sentenceOfProblem(problem, language)).join('\n')
  throw new UsageError({ fr: say('fr'), en: say('en') })
}
