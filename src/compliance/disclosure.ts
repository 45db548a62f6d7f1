/** Whether customers are told that an AI answers, where a rule wants it. */
import type { Words } from '../core/language.ts'
import type { Finding } from '../core/ports.ts'
import type { Rulebook } from '../policy/index.ts'
import { breachesOf } from './breach.ts'
import { findingOf } from './finding.ts'
import { situationIn } from './situation.ts'
import { type SetUp, speechesOf } from './speech.ts'

/** What a sentence calls a machine by, in French and English. */
const NAMES_AI =
  /(?<!\p{L})(?:ia|ai|intelligence artificielle|artificial intelligence|(?:chat)?bots?|robots?|automat\p{L}+|machine|virtuel(?:le)?|virtual)(?!\p{L})/iu

const REMEDY: Words = {
  fr: 'Écrivez sous assistant, disclosure, une phrase par langue qui dit qu’une IA répond ; Relais la place au début.',
  en: 'Write under assistant, disclosure, a sentence in each language that says an AI answers; Relais puts it first.',
}

/** What is wrong with the sentence that Relais puts before the first answer of an AI; null: nothing. */
const faultOf = ({ assistant: { disclosure, disclosureUnset } }: SetUp['workspace']): Words | null => {
  const { fr, en } = disclosure
  if (disclosureUnset)
    return { fr: `et vous n’avez pas écrit votre phrase (Relais dit « ${fr} »)`, en: `and you wrote no sentence (Relais says “${en}”)` }
  const unclear = [fr, en].find((sentence) => !NAMES_AI.test(sentence))
  return unclear === undefined
    ? null
    : { fr: `et votre phrase ne parle pas d’IA (« ${unclear} »)`, en: `and your sentence names no AI (“${unclear}”)` }
}

/** One finding a rule, where an AI answers and customers are not told so in clear words of the business's own. */
export const examineDisclosure = (setUp: SetUp, rulebook: Rulebook, at: number): readonly Finding[] => {
  const { workspace, place } = setUp
  const fault = faultOf(workspace)
  if (fault === null) return []
  const asked = speechesOf(setUp)
    .filter(({ given }) => given.message?.ai)
    .flatMap((speech) =>
      speech.countries.flatMap((country) =>
        breachesOf(rulebook, situationIn(workspace, speech, country), at, ({ amend }) => amend?.disclose === true).map((breach) => ({
          breach,
          country,
          channel: speech.channel.id,
        })),
      ),
    )
  return [...Map.groupBy(asked, ({ breach }) => `${breach.ruling.rule} ${breach.firstDay}`).values()].flatMap((group) =>
    group.slice(0, 1).map(({ breach }) =>
      findingOf(breach, {
        id: 'no-disclosure',
        level: 'warning',
        place: place('relais.yaml', ['assistant'], 'disclosure'),
        channels: group.map(({ channel }) => channel),
        countries: group.map(({ country }) => country),
        home: workspace.country,
        clause: {
          fr: `veut que le client sache qu’une IA lui répond, ${fault.fr}`,
          en: `wants customers told that an AI answers, ${fault.en}`,
        },
        remedy: REMEDY,
      }),
    ),
  )
}
