/** `relais reach report`: who stays reachable by what, who does not and why, and on whom the business depends. */
import { channelOf } from '../../channels/index.ts'
import type { Words } from '../../core/language.ts'
import { nearestName } from '../../core/nearest.ts'
import type { Reachability } from '../../core/reachability.ts'
import { printSummary, renderReport, reportReach, summariseReach } from '../../foresight/index.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, withParts, writeJson } from '../command.ts'
import { outFile } from '../out-file.ts'
import { openProgress } from '../progress.ts'
import { readLook } from '../report-look.ts'
import { readOwnRules } from '../rules/own-rules.ts'

const USAGE: Words = {
  fr: `relais reach report [--without NOM[,NOM]] [--workspace DOSSIER] [--out FICHIER] [--json]

  --without    des canaux et des moteurs de relais.yaml, comme s’ils n’étaient plus là
  --workspace  l’espace de travail ; ce dossier par défaut
  --out        la même chose en une page HTML
  --json       un document JSON

Joignable : une adresse sur un canal qui marche, où la personne a écrit elle-même ou accepté qu’on lui écrive, sans l’avoir retiré depuis.
`,
  en: `relais reach report [--without ID[,ID]] [--workspace FOLDER] [--out FILE] [--json]

  --without    channels and engines of relais.yaml, as if they were gone
  --workspace  the workspace; this folder where none is named
  --out        the same as one HTML page
  --json       one JSON document

Reachable: an address on a channel that works, where the person wrote themselves or agreed to be written to, and did not take that back since.
`,
}
const SUMMARY: Words = {
  fr: 'Dit qui reste joignable et par quoi, qui ne l’est pas et pourquoi, et de quelles plateformes et quels moteurs on dépend.',
  en: 'Says who stays reachable and by what, who does not and why, and on which platforms and engines one depends.',
}

export type OpenReachability = (io: Io) => Promise<{ readonly reachability: Reachability; close(): Promise<void> }>

const withoutFlag = (given: string | undefined, known: readonly string[]): readonly string[] => {
  const names = [...new Set((given ?? '').split(',').map((name) => name.trim()))].filter((name) => name !== '')
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return names
  const near = nearestName(unknown, known)
  throw new UsageError({
    fr: `--without : « ${unknown} » n’est ni un canal ni un moteur de relais.yaml.${near ? ` Vouliez-vous dire ${near} ?` : ` Il y a : ${known.join(', ')}.`}`,
    en: `--without: “${unknown}” is neither a channel nor an engine of relais.yaml.${near ? ` Did you mean ${near}?` : ` There are: ${known.join(', ')}.`}`,
  })
}

const report = ({ openReachability }: { readonly openReachability: OpenReachability }): Command =>
  defineCommand({
    name: 'reach report',
    summary: SUMMARY,
    usage: USAGE,
    options: { without: { type: 'string' }, workspace: { type: 'string' }, out: { type: 'string' } },
    run: async ({ values }, io) => {
      const own = readOwnRules(io.cwd, values.workspace ?? '.')
      const without = withoutFlag(values.without, [...Object.keys(own.channels), ...Object.keys(own.engines)])
      const write = values.out === undefined ? null : await outFile(values.out, io)
      const channels = Object.entries(own.channels).map(([id, { kind, medium }]) => ({
        id,
        kind,
        medium,
        identities: channelOf(kind)?.capabilities.identities ?? [],
      }))
      const { reachability, close } = await openReachability(io)
      const progress = openProgress(io, 1, values.json === true)
      try {
        const at = io.now()
        const [groups, carried, answered, now] = await Promise.all([
          reachability.groups(at),
          reachability.carried(at),
          reachability.answered(at),
          reachability.channels(),
        ]).finally(progress.end)
        const reached = reportReach({ groups, carried, answered, now, channels, without })
        const summary = summariseReach(reached, io.language)
        if (write) {
          const command = `relais reach report${without.length ? ` --without ${without.join(',')}` : ''}`
          await write(
            renderReport(summary, io.language, [`${command} · ${new Date(at).toISOString()} · ${own.workspace.name}`], readLook()),
          )
        }
        if (values.json) writeJson(io, { at, ...reached })
        else io.stdout(printSummary(summary, io.language))
        return EXIT.done
      } finally {
        await close()
      }
    },
  })

export const reachCommand = (tools: { readonly openReachability: OpenReachability }): Command =>
  withParts(
    defineCommand({
      name: 'reach',
      summary: SUMMARY,
      usage: USAGE,
      options: {},
      positionals: { min: 0, max: 1 },
      run: async () => {
        throw new UsageError({ fr: 'il faut « relais reach report ».', en: 'it must be “relais reach report”.' })
      },
    }),
    [report(tools)],
  )
