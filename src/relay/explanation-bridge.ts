/** What came of a link of the bridge that a message carries: offered, and who went through it, as the journal keeps it. */
import type { Language } from '../core/language.ts'
import type { ExplanationData } from '../core/reading.ts'
import { mediumIn } from '../core/telling.ts'

const SAYS: Readonly<Record<Language, Readonly<Record<string, (when: string, to: string) => string>>>> = {
  fr: {
    offered: (_, to) => `Le message porte un lien signé vers «\u00a0${to}\u00a0», pour cette personne seule.`,
    opened: (when) => `Un premier navigateur l’a ouvert ${when}\u00a0; le fil en a été averti.`,
    'code-sent': (when) => `Un autre navigateur, ou trop tard\u00a0: un code est parti dans le fil ${when}.`,
    coded: (when) => `Ouvert par ce code ${when}\u00a0; le fil en a été averti.`,
  },
  en: {
    offered: (_, to) => `The message carries a signed link to “${to}”, for this person alone.`,
    opened: (when) => `A first browser opened it ${when}; the thread was told.`,
    'code-sent': (when) => `Another browser, or too late: a code went into the thread ${when}.`,
    coded: (when) => `Opened by that code ${when}; the thread was told.`,
  },
}
const HEADING: Readonly<Record<Language, string>> = { fr: 'La passerelle', en: 'The bridge' }

export const bridgePart = ({ crossings = [] }: ExplanationData, language: Language, when: (at: number) => string) => ({
  heading: HEADING[language],
  lines: crossings.flatMap(({ kind, at, to }) => {
    const says = SAYS[language][kind]
    return says ? [{ text: says(when(at), mediumIn(to ?? '', language)) }] : []
  }),
})
