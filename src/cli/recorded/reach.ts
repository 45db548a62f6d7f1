/** `relais reach report`: who stays reachable by what, who does not and why, and on whom the business depends. */
import { channelOf } from '../../channels/index.ts'
import { barsOf } from '../../core/clearance.ts'
import type { Engine } from '../../core/engine.ts'
import type { ChannelId } from '../../core/ids.ts'
import type { Words } from '../../core/language.ts'
import { nearestName } from '../../core/nearest.ts'
import { enginesFor } from '../../core/plan.ts'
import type { Reachability } from '../../core/reachability.ts'
import type { Workspace } from '../../core/workspace.ts'
import { engines } from '../../engines/index.ts'
import { printSummary, renderReport, reportReach, summariseReach, type Thinking } from '../../foresight/index.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, withParts, writeJson } from '../command.ts'
import { outFile } from '../out-file.ts'
import { openProgress } from '../progress.ts'
import { readLook } from '../report-look.ts'
import { type OwnRules, readOwnRules, takesAll } from '../rules/own-rules.ts'

const USAGE: Words = {
  fr: `relais reach report [--without NOM[,NOM]] [--workspace DOSSIER] [--out FICHIER] [--json]

  --without    des canaux et des moteurs de relais.yaml, comme s’ils n’étaient plus là
  --workspace  l’espace de travail ; ce dossier par défaut
  --out        la même chose en une page HTML
  --json       un document JSON

Sans un moteur : qui répond à sa place, le suivant de la chaîne, un parcours ou des conseillers.
Joignable : une adresse sur un canal qui marche, où la personne a écrit elle-même ou accepté qu’on lui écrive, sans l’avoir retiré depuis.
`,
  en: `relais reach report [--without ID[,ID]] [--workspace FOLDER] [--out FILE] [--json]

  --without    channels and engines of relais.yaml, as if they were gone
  --workspace  the workspace; this folder where none is named
  --out        the same as one HTML page
  --json       one JSON document

Without an engine: who answers in its place, the next of the chain, a journey or people.
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

/** Engines that may answer a customer, in the order in which the set-up asks them. */
const thinkingOf = ({ engines: setups, plans }: OwnRules, gone: readonly string[], all: boolean): Thinking => {
  const think = { default: Object.keys(setups), ...plans.think } as Record<string, readonly string[]> as Workspace['plans']['think']
  const mayAnswer = (id: string): boolean => {
    const setup = setups[id]
    const kind = Object.values<Engine>(engines).find((one) => one.kind === setup?.kind)
    return setup !== undefined && kind?.tasks.includes('answer') === true && barsOf(setup, kind.inProcess).length === 0
  }
  const chain = (channel: string) => enginesFor({ think, reach: {} }, 'answer', channel as ChannelId).filter(mayAnswer)
  return { gone, chain, takesAll: all }
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
      const gone = Object.keys(own.engines).filter((id) => without.includes(id))
      const thinking = gone.length === 0 ? null : thinkingOf(own, gone, takesAll(io.cwd, values.workspace ?? '.'))
      const { reachability, close } = await openReachability(io)
      const progress = openProgress(io, 1, values.json === true)
      try {
        const at = io.now()
        const [groups, carried, answered, now, thought] = await Promise.all([
          reachability.groups(at),
          reachability.carried(at),
          reachability.answered(at),
          reachability.channels(),
          gone.length === 0 ? [] : reachability.thought(at, gone),
        ]).finally(progress.end)
        const facts = { groups, carried, answered, now, channels, without }
        const reached = reportReach({ ...facts, thinking: thinking && { ...thinking, thought } })
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
