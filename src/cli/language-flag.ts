/** The language that `--language` asks for. */
import type { Language } from '../core/language.ts'
import { type Io, UsageError } from './command.ts'

/** Where it is not there, the language of whoever asks. */
export const languageFlag = (given: string | undefined, io: Pick<Io, 'language'>): Language => {
  if (given === undefined) return io.language
  if (given === 'fr' || given === 'en') return given
  throw new UsageError({ fr: `--language : fr ou en, pas « ${given} ».`, en: `--language: fr or en, not “${given}”.` })
}
