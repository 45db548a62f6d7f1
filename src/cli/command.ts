/** What every command is, and how its arguments are read: one-line errors, exit 2 on wrong use, `--help` and `--json` everywhere. */
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { RelaisError, sentenceOf } from '../core/errors.ts'
import type { Language, Words } from '../core/language.ts'
import { nearestName } from '../core/nearest.ts'

/** All that a command may touch of the terminal and the process. `stdout` and `stderr` write as they are: end lines with `\n`. */
export type Io = {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly now: () => number
  readonly language: Language
  /** A person looks at `stderr`: a long work shows how far it is. */
  readonly watched?: boolean
}

/** Exit codes: done, the answer is no, wrong use. */
export const EXIT = { done: 0, no: 1, wrongUse: 2 } as const

export type Command = {
  readonly name: string
  readonly summary: Words
  /** How it is called, and with what; shown by `--help`. */
  readonly usage: Words
  /** `args` without the command's name. Gives the exit code; never throws on wrong use. */
  run(args: readonly string[], io: Io): Promise<number>
}

/** Wrong use: one line, exit 2. */
export class UsageError extends Error {
  readonly words: Words
  constructor(words: Words) {
    super(words.en)
    this.name = 'UsageError'
    this.words = words
  }
}

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O & typeof COMMON; allowPositionals: true; strict: true }>>

const COMMON = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } } as const satisfies Options

type Definition<O extends Options> = Omit<Command, 'run'> & {
  readonly options: O
  /** How many words stand without a flag. */
  readonly positionals?: {
    readonly min: number
    readonly max: number
    /** The last word is the workspace; `--workspace` says it as well. Where `--workspace` is an option, the word for it may stand alone. */
    readonly workspace?: true
  }
  run(parsed: Parsed<O>, io: Io): Promise<number>
}

/** Makes a command out of its flags and its work: reads the arguments, answers `--help`, and turns what goes wrong into one line. */
export const defineCommand = <const O extends Options>(definition: Definition<O>): Command => ({
  name: definition.name,
  summary: definition.summary,
  usage: definition.usage,
  async run(args, io) {
    try {
      if (args.includes('--help') || args.includes('-h')) {
        io.stdout(`${definition.summary[io.language]}\n\n${definition.usage[io.language].trimEnd()}\n`)
        return EXIT.done
      }
      return await definition.run(readArguments(definition, args, io.cwd), io)
    } catch (error) {
      return reportError(error, definition.name, args.includes('--json'), io)
    }
  },
})

/** A command some of whose first words are commands of their own: those are named `<command> <word>`. */
export const withParts = (whole: Command, parts: readonly Command[]): Command => ({
  ...whole,
  run: (args, io) => {
    const part = parts.find(({ name }) => name === `${whole.name} ${args[0]}`)
    return part ? part.run(args.slice(1), io) : whole.run(args, io)
  },
})

const readArguments = <O extends Options>(definition: Definition<O>, args: readonly string[], cwd: string): Parsed<O> => {
  const { min, max, workspace = false } = definition.positionals ?? { min: 0, max: 0 }
  const options = { ...definition.options, ...COMMON, ...(workspace ? WORKSPACE : {}) }
  const parsed = withWorkspace(parseOrExplain(options, args), { max, workspace, isOption: 'workspace' in definition.options, cwd })
  const count = parsed.positionals.length
  if (count < min) throw new UsageError({ fr: 'il manque un argument.', en: 'an argument is missing.' })
  const extra = parsed.positionals[max]
  if (extra !== undefined) throw new UsageError({ fr: `« ${extra} » est de trop.`, en: `“${extra}” is one too many.` })
  return parsed
}

const WORKSPACE = { workspace: { type: 'string' } } as const satisfies Options

type Naming = { readonly max: number; readonly workspace: boolean; readonly isOption: boolean; readonly cwd: string }

/** The workspace where the command looks for it, however it was named. */
const withWorkspace = <P extends { values: object; positionals: string[] }>(parsed: P, { max, workspace, isOption, cwd }: Naming): P => {
  const { values, positionals } = parsed
  const named = 'workspace' in values && typeof values.workspace === 'string' ? values.workspace : undefined
  const extra = positionals[max]
  if (workspace && named !== undefined) {
    if (positionals.length >= max)
      throw new UsageError({
        fr: `deux espaces de travail sont nommés\u00a0: «\u00a0${positionals.at(-1)}\u00a0» et «\u00a0${named}\u00a0».`,
        en: `two workspaces are named: “${positionals.at(-1)}” and “${named}”.`,
      })
    return { ...parsed, positionals: [...positionals, named] }
  }
  if (isOption && named === undefined && extra !== undefined && positionals.length === max + 1) {
    if (isWorkspace(resolve(cwd, extra)))
      return { ...parsed, values: { ...values, workspace: extra }, positionals: positionals.slice(0, max) }
    throw new UsageError({
      fr: `«\u00a0${extra}\u00a0» est de trop\u00a0; un espace de travail se nomme par --workspace DOSSIER.`,
      en: `“${extra}” is one too many; a workspace is named by --workspace FOLDER.`,
    })
  }
  return parsed
}

const isWorkspace = (folder: string): boolean => statSync(join(folder, 'relais.yaml'), { throwIfNoEntry: false })?.isFile() ?? false

const parseOrExplain = <O extends Options>(options: O & typeof COMMON, args: readonly string[]): Parsed<O> => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw explainParsing(error, Object.keys(options))
  }
}

const explainParsing = (error: unknown, names: readonly string[]): unknown => {
  if (!(error instanceof TypeError) || !('code' in error)) return error
  const flag = /'(-[^' ]*)/.exec(error.message)?.[1] ?? ''
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const near = nearestName(flag.replace(/^-+/, ''), names)
    return new UsageError({
      fr: `l’option ${flag} n’existe pas.${near ? ` Vouliez-vous dire --${near} ?` : ''}`,
      en: `there is no option ${flag}.${near ? ` Did you mean --${near}?` : ''}`,
    })
  }
  if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const needed = !error.message.includes('does not take')
    // `--contacts -3`: what begins with a dash is taken for an option.
    if (error.message.includes('is ambiguous'))
      return new UsageError({
        fr: `l’option ${flag} attend une valeur\u00a0; un nombre doit être positif.`,
        en: `option ${flag} needs a value; a number must be positive.`,
      })
    return needed
      ? new UsageError({ fr: `l’option ${flag} attend une valeur.`, en: `option ${flag} needs a value.` })
      : new UsageError({ fr: `l’option ${flag} ne prend pas de valeur.`, en: `option ${flag} takes no value.` })
  }
  return error
}

/**
 * One line on stderr, and for `--json` the same as a document. Wrong use and what should not have been asked: exit 2; anything else is thrown
 * on, for it is our own fault.
 */
const reportError = (error: unknown, name: string, json: boolean, io: Io): number => {
  if (!(error instanceof UsageError || error instanceof RelaisError)) throw error
  const usage = error instanceof UsageError
  const message = usage ? error.words[io.language] : sentenceOf(error, io.language)
  const hint = io.language === 'fr' ? ` Voir «\u00a0relais ${name} --help\u00a0».` : ` See “relais ${name} --help”.`
  io.stderr(`${said(name, io)} ${message}${usage ? hint : ''}\n`)
  if (json) writeJson(io, { error: usage ? 'wrong-use' : error.code, message })
  return EXIT.wrongUse
}

const said = (name: string, { language }: Io): string => `relais ${name}${language === 'fr' ? '\u00a0:' : ':'}`

/** One JSON document on stdout and nothing else. */
export const writeJson = (io: Io, value: unknown): void => io.stdout(`${JSON.stringify(value, null, 2)}\n`)
