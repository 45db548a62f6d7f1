/** `relais rules report --out FILE`: the picture of who may do what, where and when. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Words } from '../../core/language.ts'
import { dayAt } from '../../core/local-time.ts'
import { type Command, defineCommand, EXIT, UsageError, writeJson } from '../command.ts'
import { countryFlag } from '../judge.ts'
import { languageFlag } from '../language-flag.ts'
import { outFile } from '../out-file.ts'
import { readLook } from '../report-look.ts'
import { readOwnRules, readRules } from './own-rules.ts'
import { rulesPage } from './report-page.ts'

const USAGE: Words = {
  fr: `relais rules report --out FICHIER [--countries FR,DE,…] [--language fr|en] [--workspace DOSSIER] [--json]

  --out        une page HTML qui se suffit : une frise par pays, aujourd’hui marqué, sources et confiance en tables
  --countries  les pays qui ont leur propre ligne partout où le lieu compte ; celui de l’entreprise par défaut
  --language   la langue de la page ; la vôtre par défaut
  --workspace  avec les règles propres à l’entreprise
`,
  en: `relais rules report --out FILE [--countries FR,DE,…] [--language fr|en] [--workspace FOLDER] [--json]

  --out        one self-contained HTML page: a lane a country, today marked, sources and confidence in tables
  --countries  countries that have a lane of their own wherever place matters; the business's own where unset
  --language   the language of the page; yours where unset
  --workspace  with the business's own rules
`,
}

export const rulesReport: Command = defineCommand({
  name: 'rules report',
  summary: { fr: 'Dessine les règles : qui peut faire quoi, où et quand.', en: 'Draws the rules: who may do what, where and when.' },
  usage: USAGE,
  options: { out: { type: 'string' }, countries: { type: 'string' }, language: { type: 'string' }, workspace: { type: 'string' } },
  run: async ({ values }, io) => {
    if (values.out === undefined) throw new UsageError({ fr: 'il faut --out FICHIER.', en: '--out FILE is needed.' })
    const write = await outFile(values.out, io)
    const folder = resolve(io.cwd, values.workspace ?? '.')
    const own = values.workspace !== undefined || existsSync(join(folder, 'relais.yaml')) ? readOwnRules(io.cwd, folder) : null
    const rulebook = readRules(values.workspace === undefined ? [] : (own?.rules ?? []), folder)
    const given = values.countries?.split(',').filter((one) => one.trim() !== '')
    const countries = given?.map((one) => countryFlag(one.trim()) ?? '') ?? (own?.workspace.country ? [own.workspace.country] : [])
    const now = io.now()
    const today = dayAt(now, own?.workspace.timezone ?? 'UTC')
    const page = rulesPage(rulebook, { today, now, countries, language: languageFlag(values.language, io), look: readLook() })
    await write(page)
    if (values.json) writeJson(io, { out: values.out, today, countries, digest: rulebook.digest, rules: rulebook.rules.length })
    else io.stdout(`${values.out}\n`)
    return EXIT.done
  },
})
