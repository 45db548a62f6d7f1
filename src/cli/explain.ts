/** `relais explain <message-id>`: why a message was sent, changed, held or refused. */
import { RelaisError } from '../core/errors.ts'
import { asId, type MessageId } from '../core/ids.ts'
import type { Words } from '../core/language.ts'
import { aboutsFor, explainMessage, explanationText } from '../relay/explanation.ts'
import { type Command, defineCommand, EXIT, type Io, writeJson } from './command.ts'
import { languageFlag } from './language-flag.ts'
import { type OpenStore, withStore } from './opened-store.ts'
import { readOwnRules, timezoneIn } from './rules/own-rules.ts'

const USAGE: Words = {
  fr: `relais explain <identifiant> [--language fr|en] [--workspace DOSSIER] [--json]

  --language    la langue de l’explication ; la vôtre par défaut
  --workspace   l’espace de travail, dont le fuseau donne les heures ; ce dossier par défaut
  --json        tout ce qui est connu, en un document JSON
`,
  en: `relais explain <message-id> [--language fr|en] [--workspace FOLDER] [--json]

  --language    the language of the explanation; yours unless given
  --workspace   the workspace, in whose zone times are told; this folder where none is named
  --json        everything that is known, as one JSON document
`,
}

/** Times are told as the business's clocks show them; where nobody says which those are, it is said whose they are. */
const zoneFor = (given: string | undefined, machine: string, io: Io): string => {
  const zone = given === undefined ? timezoneIn(io.cwd) : readOwnRules(io.cwd, given).workspace.timezone
  if (zone) return zone
  const words: Words = {
    fr: `Heures de ${machine}, le fuseau de cette machine : --workspace nomme l’espace dont le fuseau doit servir.`,
    en: `Times are of ${machine}, this machine’s zone: --workspace names the workspace whose zone should serve.`,
  }
  io.stderr(`${words[io.language]}\n`)
  return machine
}

/** `timezone`: the machine's own (IANA). */
export const explainCommand = ({ openStore, timezone }: { readonly openStore: OpenStore; readonly timezone: string }): Command =>
  defineCommand({
    name: 'explain',
    summary: {
      fr: 'Dit pourquoi un message est parti, a été changé, retenu ou refusé : chaque règle, depuis quand, sa source, le prix.',
      en: 'Says why a message was sent, changed, held or refused: each rule, since when, its source, the cost.',
    },
    usage: USAGE,
    options: { language: { type: 'string' }, workspace: { type: 'string' } },
    positionals: { min: 1, max: 1 },
    run: async ({ values, positionals }, io) => {
      const language = languageFlag(values.language, io)
      const id = positionals[0] ?? ''
      return withStore(openStore, io, async ({ reading }) => {
        const data = await reading.explanation(asId<MessageId>(id))
        if (!data) throw new RelaisError('no-message', id)
        const zone = zoneFor(values.workspace, timezone, io)
        const words = explainMessage(data, language, zone, await aboutsFor(reading, data))
        if (values.json) writeJson(io, { words, ...data })
        else io.stdout(explanationText(words))
        return EXIT.done
      })
    },
  })
