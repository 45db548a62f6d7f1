/** `relais import FILE`: data in. What a file is, is told by its content; today that is a list of contacts. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type Encoding, FIELDS, natureOf, type OpenFile, openFile, textOf } from '../../contacts/index.ts'
import { RelaisError } from '../../core/errors.ts'
import type { ContactImport } from '../../core/importing.ts'
import type { Words } from '../../core/language.ts'
import { nearestName } from '../../core/nearest.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from '../command.ts'
import { openProgress } from '../progress.ts'
import { readOwnRules } from '../rules/own-rules.ts'
import { importReport, shown } from './report.ts'
import { bringsNews, openTally } from './tally.ts'

const USAGE: Words = {
  fr: `relais import FICHIER [--yes] [--map "TÊTE=CHAMP"]… [--workspace DOSSIER] [--json]

  FICHIER       des contacts en CSV : UTF-8, UTF-16 ou Latin-1 ; virgule, point-virgule ou tabulation
  --yes         écrit ; sans elle, dit seulement ce qui se passerait
  --map         ce qu’est une colonne : --map "Gsm perso=sms" ; - pour la laisser de côté
  --workspace   l’espace de travail, dont le pays et le fuseau lisent numéros et dates ; ce dossier par défaut
  --json        un document JSON, avec chaque ligne rejetée

Chaque adresse (sms, email…) veut son consentement : sms_consent (oui, service, marketing), sms_consent_words (les mots montrés), sms_consent_at (le jour), sms_consent_source si connue. Une adresse sans lui est laissée de côté. Le même fichier deux fois ne change rien ; une interruption se reprend en relançant. Sortie 1 : au moins une ligne rejetée.
`,
  en: `relais import FILE [--yes] [--map "HEAD=FIELD"]… [--workspace FOLDER] [--json]

  FILE          contacts as CSV: UTF-8, UTF-16 or Latin-1; commas, semicolons or tabs
  --yes         writes; without it, only says what would happen
  --map         what a column is: --map "Work cell=sms"; - leaves it out
  --workspace   the workspace, in whose country and zone numbers and dates are read; this folder where none is named
  --json        one JSON document, with every rejected line

Each address (sms, email…) wants its consent: sms_consent (yes, service, marketing), sms_consent_words (the words shown), sms_consent_at (the day), sms_consent_source where known. An address without it is left out. The same file twice changes nothing; after an interruption, run it again. Exit 1: at least one line was rejected.
`,
}

export type OpenedImport = { readonly contacts: ContactImport; close(): Promise<void> }
export type OpenImport = (io: Io) => Promise<OpenedImport>

/** Contacts in one transaction. */
const BATCH = 1_000

/** The nearest of the names, and all of them. */
const meant = (wrong: string, names: readonly string[], head: Words): Words => {
  const near = nearestName(wrong, names)
  const all = names.join(', ')
  return {
    fr: `${near ? `Vouliez-vous dire «\u00a0${near}\u00a0»\u00a0? ` : ''}${head.fr}\u00a0: ${all}.`,
    en: `${near ? `Did you mean “${near}”? ` : ''}${head.en}: ${all}.`,
  }
}

const readMap = (given: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    given.map((one) => {
      const cut = one.lastIndexOf('=')
      const [head, field] = [one.slice(0, cut).trim(), one.slice(cut + 1).trim()]
      if (cut < 1 || (field !== '-' && !FIELDS.includes(field))) {
        const wrong: Words =
          cut < 1
            ? { fr: 'il faut "tête=champ".', en: 'it must be "head=field".' }
            : { fr: `«\u00a0${field}\u00a0» n’est pas un champ connu.`, en: `“${field}” is no field that is known.` }
        const which = meant(field, FIELDS, { fr: 'Champs', en: 'Fields' })
        throw new UsageError({
          fr: `--map\u00a0: «\u00a0${one}\u00a0»\u00a0: ${wrong.fr} ${which.fr}`,
          en: `--map: “${one}”: ${wrong.en} ${which.en}`,
        })
      }
      return [head, field] as const
    }),
  )

const bytesOf = (path: string) => createReadStream(path) as AsyncIterable<Uint8Array>

/** @throws {UsageError} where a column is told of that the file has not. */
const checkHeads = (told: ReadonlyMap<string, string>, heads: readonly string[]): void => {
  const names = heads.map((head) => shown(head.trim()))
  const unknown = [...told.keys()].find((head) => !heads.some((one) => one.trim() === head))
  if (unknown === undefined) return
  const which = meant(unknown, names, { fr: 'Colonnes', en: 'Columns' })
  throw new UsageError({
    fr: `--map\u00a0: le fichier n’a pas de colonne «\u00a0${shown(unknown)}\u00a0». ${which.fr}`,
    en: `--map: the file has no column “${shown(unknown)}”. ${which.en}`,
  })
}

/** @throws {UsageError} where there is no such file; {RelaisError} `import-unreadable` where it is no text. */
const encodingOf = async (path: string, named: string): Promise<Encoding> => {
  const file = await stat(path).catch(() => null)
  if (!file?.isFile()) throw new UsageError({ fr: `${named} : ce fichier n’existe pas.`, en: `${named}: there is no such file.` })
  const nature = await natureOf(bytesOf(path))
  if (nature === 'workbook' || nature === 'binary' || file.size === 0) throw new RelaisError('import-unreadable', named)
  return nature
}

/** Goes through the file once, a batch at a time. */
const goThrough = async (file: OpenFile, take: Parameters<typeof openTally>[0]) => {
  const tally = openTally(take)
  for await (const line of file.lines) {
    tally.add(line)
    if (tally.waiting() >= BATCH) await tally.flush()
  }
  await tally.flush()
  return tally.close()
}

export const importCommand = ({ openImport }: { readonly openImport: OpenImport }): Command =>
  defineCommand({
    name: 'import',
    summary: {
      fr: 'Fait entrer une liste de contacts (CSV), chaque adresse avec son consentement ; nomme chaque ligne rejetée.',
      en: 'Takes in a list of contacts (CSV), every address with its consent; names every line that is rejected.',
    },
    usage: USAGE,
    options: { yes: { type: 'boolean' }, map: { type: 'string', multiple: true }, workspace: { type: 'string' } },
    positionals: { min: 1, max: 1 },
    run: async ({ values, positionals }, io) => {
      const named = positionals[0] ?? ''
      const path = resolve(io.cwd, named)
      const told = readMap(values.map ?? [])
      const encoding = await encodingOf(path, named)
      const { country, timezone = 'Europe/Paris' } = readOwnRules(io.cwd, values.workspace ?? '.').workspace
      const open = () =>
        openFile(textOf(bytesOf(path), encoding), {
          home: { country, timezone },
          now: io.now(),
          told,
          check: (heads) => checkHeads(told, heads),
        })
      const { columns, separator } = await open()
      const { contacts, close } = await openImport(io)
      try {
        const progress = openProgress(io, countOf(path), values.json === true)
        let lines = 0
        const count = <T>(done: readonly T[]) => {
          lines += done.length
          progress.to(lines)
          return done
        }
        const result = await goThrough(await open(), async (batch) =>
          count(values.yes ? await contacts.write(batch, basename(path), io.now()) : await contacts.look(batch)),
        ).finally(progress.end)
        const about = { file: basename(path), encoding, separator, columns: Object.fromEntries(columns.of), ignored: columns.ignored }
        const asked = values.yes === true
        if (values.json) writeJson(io, { ...about, written: asked && bringsNews(result), ...result })
        else io.stdout(importReport({ ...about, asked, ...result }, io.language))
        return result.rejected > 0 ? EXIT.no : EXIT.done
      } finally {
        await close()
      }
    },
  })

/** Line ends: for whoever watches, how far it is. */
const countOf = async (path: string): Promise<number> => {
  let count = 0
  for await (const chunk of bytesOf(path)) for (const byte of chunk) if (byte === 10) count += 1
  return count
}
