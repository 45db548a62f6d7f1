/** `relais cost`: what a month cost, what it will, and what receipts say of it. */
import type { Words } from '../../core/language.ts'
import { addDays, dayAt, dayStart, isDay } from '../../core/local-time.ts'
import { addUpMonth, printSummary, renderReport, summariseCost } from '../../foresight/index.ts'
import { type Command, defineCommand, EXIT, UsageError, writeJson } from '../command.ts'
import { outFile } from '../out-file.ts'
import { readLook } from '../report-look.ts'
import { readOwnRules, timezoneIn } from '../rules/own-rules.ts'
import { type OpenRecords, withRecords } from './opened-records.ts'

const USAGE: Words = {
  fr: `relais cost [--month MOIS] [--workspace DOSSIER] [--out FICHIER] [--json]

  --month MOIS         2026-11 ; le mois en cours par défaut
  --workspace DOSSIER  l’espace de travail, dont le fuseau fait les jours ; ce dossier par défaut
  --out FICHIER        la même chose en une page HTML
  --json               un document JSON

Prévision : les 28 derniers jours entiers, leur moyenne et leur dispersion. Un prix inconnu n’entre dans aucune somme ; il est compté à part.
`,
  en: `relais cost [--month MONTH] [--workspace FOLDER] [--out FILE] [--json]

  --month MONTH       2026-11; the current month unless given
  --workspace FOLDER  the workspace, in whose zone days begin; this folder where none is named
  --out FILE          the same as one HTML page
  --json              one JSON document

Forecast: the last 28 whole days, their mean and how far they vary. An unknown price is in no sum; it is counted apart.
`,
}

/** History for the forecast. */
const WEEKS_BEFORE = 28

const monthFlag = (given: string | undefined, today: string): string => {
  if (given === undefined) return today.slice(0, 7)
  if (/^\d{4}-\d{2}$/.test(given) && isDay(`${given}-01`)) return given
  throw new UsageError({ fr: `--month : « ${given} » n’est pas un mois (2026-11).`, en: `--month: “${given}” is not a month (2026-11).` })
}

const nextMonth = (month: string): string => addDays(`${month}-28`, 4).slice(0, 7)

/** `timezone`: the machine's own (IANA), where no workspace names one. */
export const costCommand = ({ openRecords, timezone }: { readonly openRecords: OpenRecords; readonly timezone: string }): Command =>
  defineCommand({
    name: 'cost',
    summary: {
      fr: 'Dit ce qu’un mois a coûté et coûtera : par catégorie, pays, canal, parcours et moteur ; ce que disent les accusés.',
      en: 'Says what a month cost and will cost: by category, country, channel, journey and engine; what receipts say of it.',
    },
    usage: USAGE,
    options: { month: { type: 'string' }, workspace: { type: 'string' }, out: { type: 'string' } },
    run: async ({ values }, io) => {
      const write = values.out === undefined ? null : await outFile(values.out, io)
      const zone =
        (values.workspace === undefined ? timezoneIn(io.cwd) : readOwnRules(io.cwd, values.workspace).workspace.timezone) ?? timezone
      const today = dayAt(io.now(), zone)
      const month = monthFlag(values.month, today)
      const range = { since: dayStart(addDays(`${month}-01`, -WEEKS_BEFORE), zone), until: dayStart(`${nextMonth(month)}-01`, zone) }
      return withRecords(openRecords, io, async (recorded) => {
        const [charged, thoughts] = await Promise.all([recorded.charged(range, zone), recorded.thoughts(range, zone)])
        const report = addUpMonth({ month, charged, thoughts, today })
        const summary = summariseCost(report, io.language)
        if (write) {
          const footer = [`relais cost --month ${month} · ${new Date(io.now()).toISOString()} · ${zone}`]
          await write(renderReport(summary, io.language, footer, readLook()))
        }
        if (values.json) writeJson(io, { zone, today, ...report })
        else io.stdout(printSummary(summary, io.language))
        return EXIT.done
      })
    },
  })
