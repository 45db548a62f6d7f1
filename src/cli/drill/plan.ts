/** `relais plan`: the written plan B, made of the set-up as it is, in one signed page. */
import { channelOf } from '../../channels/index.ts'
import { type PlanB, planB, planPage } from '../../continuity/index.ts'
import type { Words } from '../../core/language.ts'
import { publicKeyOf } from '../../core/signing.ts'
import type { Workspace } from '../../core/workspace.ts'
import { sealPage } from '../../evidence/index.ts'
import { folderNamed } from '../check.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from '../command.ts'
import { dataFolderOf } from '../database.ts'
import { isInProcess } from '../house.ts'
import { languageFlag } from '../language-flag.ts'
import { outFile } from '../out-file.ts'
import { readLook } from '../report-look.ts'
import { signingKey } from '../signing-keys.ts'
import type { StoredState } from './kept.ts'
import { openRehearsed } from './rehearsed.ts'

const USAGE: Words = {
  fr: `relais plan --out FICHIER [--language fr|en] [--workspace DOSSIER] [--json]

  --out        une page HTML qui se suffit, signée à sa dernière ligne ; imprimez-la
  --language   la langue du plan ; la vôtre par défaut
  --workspace  l’espace de travail ; ce dossier par défaut

Pour chaque canal et chaque moteur : ce qui se passe s’il est coupé, qui reste joignable, qui est prévenu, ce que voient les clients, ce qu’il faut
faire à la main, et depuis quand la coupure n’a pas été répétée. Là où tourne Relais, avec ce que sa base en sait.
`,
  en: `relais plan --out FILE [--language fr|en] [--workspace FOLDER] [--json]

  --out        one self-contained HTML page, signed in its last line; print it
  --language   the language of the plan; yours where unset
  --workspace  the workspace; this folder where none is named

For each channel and engine: what happens if it is cut, who stays reachable, who is told, what customers see, what to do by hand, and when the
cut was last rehearsed. Where Relais runs, with what its database knows.
`,
}

export type PlanTools = { readonly stored: (io: Io, workspace: Workspace) => Promise<StoredState | null> }

export const planCommand = (tools: PlanTools): Command =>
  defineCommand({
    name: 'plan',
    summary: {
      fr: 'Écrit le plan B : ce qui se passe si un canal ou un moteur est coupé, et que faire.',
      en: 'Writes the plan B: what happens if a channel or an engine is cut, and what to do.',
    },
    usage: USAGE,
    options: { out: { type: 'string' }, language: { type: 'string' }, workspace: { type: 'string' } },
    run: async ({ values }, io) => {
      const { out } = values
      if (out === undefined) throw new UsageError({ fr: 'il faut --out FICHIER.', en: '--out FILE is needed.' })
      const { workspace, rulebook } = await openRehearsed(await folderNamed(values.workspace, io), io)
      const write = await outFile(out, io)
      const privateKey = await signingKey(dataFolderOf(io.env, io.cwd), 'evidence')
      const plan = planB({
        workspace,
        capabilities: (kind) => channelOf(kind)?.capabilities,
        isInProcess,
        rulebook,
        now: io.now(),
        store: await tools.stored(io, workspace),
        language: languageFlag(values.language, io),
        key: publicKeyOf(privateKey),
      })
      await write(sealPage(planPage(plan, readLook()), privateKey))
      if (values.json) writeJson(io, { out, ...plan })
      else io.stdout(toldIn(plan, out))
      return EXIT.done
    },
  })

const toldIn = ({ language, channels, engines, singles }: PlanB, out: string): string =>
  ({
    fr: `${out} (canaux\u00a0: ${channels.length}, moteurs\u00a0: ${engines.length}, points de défaillance uniques\u00a0: ${singles.length})\n`,
    en: `${out} (channels: ${channels.length}, engines: ${engines.length}, single points of failure: ${singles.length})\n`,
  })[language]
