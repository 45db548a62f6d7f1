/** `relais explain <message-id>`: why a message was sent, changed, held or refused. */
import { RelaisError } from '../core/errors.ts'
import { asId, type MessageId } from '../core/ids.ts'
import type { Language } from '../core/language.ts'
import { explainMessage, explanationText } from '../relay/explanation.ts'
import { type Command, defineCommand, EXIT, UsageError, writeJson } from './command.ts'
import { type OpenStore, withStore } from './opened-store.ts'

const USAGE = `relais explain <message-id> [--language fr|en] [--json]

  --language   the language of the explanation; yours unless given
  --json       everything that is known, as one JSON document
`

const languageOf = (given: string | undefined, otherwise: Language): Language => {
  if (given === undefined) return otherwise
  if (given === 'fr' || given === 'en') return given
  throw new UsageError({ fr: `--language : fr ou en, pas « ${given} ».`, en: `--language: fr or en, not “${given}”.` })
}

export const explainCommand = ({ openStore }: { readonly openStore: OpenStore }): Command =>
  defineCommand({
    name: 'explain',
    summary: {
      fr: 'Dit pourquoi un message est parti, a été changé, retenu ou refusé : chaque règle, depuis quand, sa source, le prix.',
      en: 'Says why a message was sent, changed, held or refused: each rule, since when, its source, the cost.',
    },
    usage: USAGE,
    options: { language: { type: 'string' } },
    positionals: { min: 1, max: 1 },
    run: async ({ values, positionals }, io) => {
      const language = languageOf(values.language, io.language)
      const id = positionals[0] ?? ''
      return withStore(openStore, io, async ({ reading, timezone }) => {
        const data = await reading.explanation(asId<MessageId>(id))
        if (!data) throw new RelaisError('not-found', id)
        const words = explainMessage(data, language, timezone)
        if (values.json) writeJson(io, { words, ...data })
        else io.stdout(explanationText(words))
        return EXIT.done
      })
    },
  })
