/** `relais links`: the entry links of a workspace, their short addresses, and their QR codes. Nothing need run for it. */

import { shortUrl, targetOf } from '../../core/entry.ts'
import { RelaisError } from '../../core/errors.ts'
import type { Words } from '../../core/language.ts'
import { nearestName } from '../../core/nearest.ts'
import { publicUrlOf } from '../../core/public-url.ts'
import type { EntryLink, Workspace } from '../../core/workspace.ts'
import { lineOf } from '../../workspace/index.ts'
import { folderNamed } from '../check.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from '../command.ts'
import { readFolder } from '../house.ts'
import { languageFlag } from '../language-flag.ts'
import { outFile } from '../out-file.ts'
import { pngOf, qrOf, svgOf, terminalOf } from './qr.ts'

const USAGE: Words = {
  fr: `relais links [NOM] [--out FICHIER.svg|.png] [--language fr|en] [--workspace DOSSIER] [--json]

  NOM          un lien d’entrée de relais.yaml (links) ; sans lui, tous sont listés
  --out        écrit le code QR ; sans lui, il se montre ici
  --language   la langue des premiers mots du client ; la vôtre par défaut
  --workspace  l’espace de travail ; ce dossier par défaut

Le code QR porte l’adresse courte (PUBLIC_URL/go/NOM), qui peut changer de canal sans être réimprimée ; sans PUBLIC_URL, celle du canal s’il en a une.
`,
  en: `relais links [NAME] [--out FILE.svg|.png] [--language fr|en] [--workspace FOLDER] [--json]

  NAME         an entry link of relais.yaml (links); without it all are listed
  --out        writes the QR code; without it, it is shown here
  --language   the language of the customer’s first words; yours where unset
  --workspace  the workspace; this folder where none is named

The QR code carries the short address (PUBLIC_URL/go/NAME), which may change its channel without being printed again; without PUBLIC_URL, the channel’s own where it has one.
`,
}

type Told = {
  readonly name: string
  readonly channel: string
  readonly source: string
  /** null where PUBLIC_URL is not set. */
  readonly short: string | null
  /** null where the channel has no address of that kind, or it is not known where the business's own page is. */
  readonly target: string | null
}
const isPage = ({ channel }: Pick<Told, 'channel'>, { channels }: Workspace): boolean =>
  channels.some(({ id, chat }) => id === channel && chat !== undefined)

const tell = (link: EntryLink, workspace: Workspace, publicUrl: string | undefined, language: Io['language']): Told => ({
  name: link.name,
  channel: link.channel,
  source: link.source,
  short: publicUrl === undefined ? null : shortUrl(link, publicUrl),
  target:
    publicUrl === undefined && isPage(link, workspace)
      ? null
      : targetOf(link, workspace.channels, language, publicUrl?.replace(/\/+$/u, '') ?? ''),
})

const NONE: Words = {
  fr: 'Il n’y a pas de lien d’entrée : ajoutez « links » à relais.yaml (docs/bridge.md).\n',
  en: 'There are no entry links: add “links” to relais.yaml (docs/bridge.md).\n',
}
const UNSET: Words = { fr: 'définissez PUBLIC_URL', en: 'set PUBLIC_URL' }
const rowOf = ({ name, channel, source, short, target }: Told, otherwise: string): string =>
  `${[name.padEnd(20), channel.padEnd(12), source.padEnd(20), short ?? target ?? otherwise].join('  ')}\n`

const findIn = (links: readonly EntryLink[], name: string): EntryLink => {
  const found = links.find((link) => link.name === name)
  if (found) return found
  const near = nearestName(
    name,
    links.map((link) => link.name),
  )
  throw new UsageError({
    fr: `il n’y a pas de lien « ${name} » dans relais.yaml${near ? ` ; vouliez-vous dire « ${near} » ?` : '.'}`,
    en: `there is no link “${name}” in relais.yaml${near ? `; did you mean “${near}”?` : '.'}`,
  })
}

const DRAWN = { svg: svgOf, png: pngOf } as const

const draw = async (out: string, address: string, io: Io): Promise<void> => {
  const kind = /\.(svg|png)$/i.exec(out)?.[1]?.toLowerCase() as keyof typeof DRAWN | undefined
  if (!kind) throw new UsageError({ fr: '--out : un fichier .svg ou .png.', en: '--out: a file that ends with .svg or .png.' })
  await (await outFile(out, io))(DRAWN[kind](qrOf(address)))
}

export const linksCommand: Command = defineCommand({
  name: 'links',
  summary: {
    fr: 'Les liens d’entrée : adresses courtes et codes QR, chacun avec sa source.',
    en: 'Entry links: short addresses and QR codes, each with its source.',
  },
  usage: USAGE,
  options: { out: { type: 'string' }, language: { type: 'string' }, workspace: { type: 'string' } },
  positionals: { min: 0, max: 1 },
  run: async ({ values, positionals: [name] }, io) => {
    const { draft, findings } = await readFolder(await folderNamed(values.workspace, io), io.env)
    if (!draft) throw new RelaisError('bad-workspace', findings.map((finding) => lineOf(finding, io.language)).join('\n'))
    const { workspace } = draft
    const links = workspace.links ?? []
    const language = languageFlag(values.language, io)
    const publicUrl = publicUrlOf(io.env)
    const told = (link: EntryLink) => tell(link, workspace, publicUrl, language)
    if (name === undefined) {
      if (values.json) writeJson(io, { links: links.map(told) })
      else
        io.stdout(
          links.length
            ? links.map((link) => rowOf(told(link), isPage(link, workspace) ? UNSET[io.language] : '—')).join('')
            : NONE[io.language],
        )
      return EXIT.done
    }
    const one = told(findIn(links, name))
    const address = one.short ?? one.target
    if (address === null && isPage(one, workspace))
      throw new UsageError({
        fr: `« ${one.name} » mène à votre propre page : définissez PUBLIC_URL, l’adresse où Relais est joint.`,
        en: `“${one.name}” leads to your own page: set PUBLIC_URL to the address Relais is reached at.`,
      })
    if (address === null)
      throw new UsageError({
        fr: `le canal « ${one.channel} » n’a pas d’adresse où l’on commence : choisissez-en un autre pour ce lien.`,
        en: `the channel “${one.channel}” has no address to begin at: choose another one for this link.`,
      })
    if (values.out !== undefined) await draw(values.out, address, io)
    if (values.json) writeJson(io, { ...one, out: values.out ?? null })
    else io.stdout(`${address}\n${values.out === undefined ? `\n${terminalOf(qrOf(address))}` : `${values.out}\n`}`)
    return EXIT.done
  },
})
