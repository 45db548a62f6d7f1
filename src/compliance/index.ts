/**
 * What a set-up does against dated rules, before anybody writes: the messages it would come to, judged through time by the rulebook itself, so that
 * no rule stands here a second time. Pure.
 */
import type { Ruling } from '../core/decision.ts'
import type { Words } from '../core/language.ts'
import type { Finding } from '../core/ports.ts'
import { OUTCOME_WORDS } from '../core/telling.ts'
import type { Rulebook } from '../policy/index.ts'
import { type Breach, breachesOf } from './breach.ts'
import { examineClosing } from './closing.ts'
import { examineDisclosure } from './disclosure.ts'
import { findingOf } from './finding.ts'
import { situationIn } from './situation.ts'
import { hasStandIn, type SetUp, type Speech, speechesOf } from './speech.ts'

export type { SetUp } from './speech.ts'

const STOPPED: readonly string[] = ['reroute', 'hold', 'refuse']

/** What keeps a message from its customer. A hold of the business's own is how it works: an agent reads first. */
const stopsOn =
  ({ workspace }: SetUp, { channel, given }: Speech) =>
  ({ outcome, by, amend }: Ruling): boolean =>
    outcome === 'amend'
      ? amend?.template !== undefined && !hasStandIn(workspace, channel, given.message?.category ?? 'service')
      : STOPPED.includes(outcome) && !(by === 'business' && outcome === 'hold')

/** `optIn`: it stops only those who have not agreed to marketing. */
type Judged = { readonly speech: Speech; readonly country: string; readonly breach: Breach; readonly optIn: boolean }

const judgeSpeeches = (setUp: SetUp, rulebook: Rulebook, at: number): readonly Judged[] => {
  // To a rule, most steps of a journey say the same.
  const kept = new Map<string, readonly Breach[]>()
  return speechesOf(setUp).flatMap((speech) =>
    speech.countries.flatMap((country): readonly Judged[] => {
      const breachesWith = (marketing: 'given' | 'none'): readonly Breach[] => {
        const situation = situationIn(setUp.workspace, speech, country, marketing)
        const key = JSON.stringify(situation)
        const breaches = kept.get(key) ?? breachesOf(rulebook, situation, at, stopsOn(setUp, speech))
        kept.set(key, breaches)
        return breaches
      }
      const always = breachesWith('given')
      const rules = always.map(({ ruling }) => ruling.rule)
      const unasked = speech.unasked ? breachesWith('none').filter(({ ruling }) => !rules.includes(ruling.rule)) : []
      return [
        ...(speech.toldElsewhere ? [] : always.map((breach) => ({ speech, country, breach, optIn: false }))),
        ...unasked.map((breach) => ({ speech, country, breach, optIn: true })),
      ]
    }),
  )
}

const levelOf = ({ country, breach, optIn }: Judged, home: string): Finding['level'] =>
  breach.begun && country === home && !optIn ? 'error' : 'warning'

/** Free text that came too late is held for an agent where nothing stands in for it. */
const STAND_IN_LACKS: Readonly<Record<'why' | 'remedy', Words>> = {
  why: { fr: ', faute de modèle qui le remplace', en: ', for want of a template that stands in' },
  remedy: {
    fr: 'Ajoutez dans templates/ un modèle de cette catégorie (utility pour service) avec « replaces: [window-closed] » et au plus les variables {{1}} (le sujet) et {{name}}, ou envoyez un modèle à cette étape.',
    en: 'Add to templates/ a template of this category (utility for service) with “replaces: [window-closed]” and no variables but {{1}} (the topic) and {{name}}, or send a template at this step.',
  },
}
const WITHOUT_CONSENT: Words = { fr: ', pour qui n’a pas accepté la publicité', en: ', for whoever has not agreed to marketing' }
const NOTHING: Words = { fr: '', en: '' }

/** What one rule stops in one place from one day on: on one or more channels, for customers of one or more countries. */
const findingFor = (judged: readonly [Judged, ...Judged[]], home: string): Finding => {
  const [{ speech, breach: found, optIn }] = judged
  const lacks = found.ruling.outcome === 'amend'
  const breach: Breach = lacks ? { ...found, ruling: { ...found.ruling, outcome: 'hold', remedy: STAND_IN_LACKS.remedy } } : found
  const { fr, en } = speech.clause(OUTCOME_WORDS[breach.ruling.outcome])
  const why = lacks ? STAND_IN_LACKS.why : optIn ? WITHOUT_CONSENT : NOTHING
  return findingOf(breach, {
    id: optIn ? 'marketing-without-opt-in' : 'against-rule',
    level: levelOf(judged[0], home),
    place: speech.place,
    channels: judged.map((one) => one.speech.channel.id),
    countries: judged.map(({ country }) => country),
    home,
    clause: { fr: fr + why.fr, en: en + why.en },
  })
}

/**
 * What breaks which rule at `at` (ms), or will from a dated day on, with its place in the files. An error is in force for customers of the
 * business's own country; a warning begins later, hangs on a consent, or meets only customers whom a template's language tells of.
 */
export const examineSetUp = (setUp: SetUp, rulebook: Rulebook, at: number): readonly Finding[] => {
  const home = setUp.workspace.country
  const groups = Map.groupBy(judgeSpeeches(setUp, rulebook, at), (judged) => {
    const { speech, breach, optIn } = judged
    return JSON.stringify([speech.place, breach.ruling.rule, breach.firstDay, optIn, levelOf(judged, home)])
  })
  const found = [...groups.values()].flatMap(([first, ...rest]) => (first ? [findingFor([first, ...rest], home)] : []))
  return [...found, ...examineDisclosure(setUp, rulebook, at), ...examineClosing(setUp, rulebook, at)]
}
