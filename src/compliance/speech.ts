/** What a set-up would say to customers, and let engines read: the messages that its journeys, templates and plans come to, before anybody writes. */
import type { Capabilities } from '../core/capability.ts'
import { barsOf } from '../core/clearance.ts'
import { isCountry } from '../core/country.ts'
import type { Journey, Step } from '../core/journey.ts'
import type { Localized, Words } from '../core/language.ts'
import { offersStop } from '../core/opt-out.ts'
import type { Place } from '../core/ports.ts'
import type { Category } from '../core/situation.ts'
import { isFor, maySpeakFor } from '../core/stand-in.ts'
import type { ChannelSetup, Template, Workspace } from '../core/workspace.ts'
import type { PartialSituation } from '../policy/index.ts'
import { silenceAt } from './silence.ts'

export type SetUp = {
  readonly workspace: Workspace
  /** Each kind's table. */
  readonly capabilities: Readonly<Record<string, Pick<Capabilities, 'templates' | 'windowHours'>>>
  /** Engines of this kind send nothing anywhere. */
  isInProcess(kind: string): boolean
  /** From `loadWorkspace`. */
  place(file: string, path: readonly PropertyKey[], key?: string): Place
}

/** One kind of message, or of reading. */
export type Speech = {
  readonly place: Place
  readonly channel: ChannelSetup
  /** Where those are who get it. */
  readonly countries: readonly string[]
  /** What is said of it besides channel, account and contact. */
  readonly given: Pick<PartialSituation, 'message' | 'window' | 'engine'>
  /** What a rule does that lets it come to this outcome: “says ‘does not leave’ to answers of the AI”. */
  clause(outcome: Words): Words
  /** It is said without anybody asking whether its reader agreed to marketing. */
  readonly unasked?: boolean
  /** What else tells its own faults already: only what `unasked` adds is told here. */
  readonly toldElsewhere?: boolean
}

const MAIN = 'relais.yaml'
const HOUR_MS = 3_600_000

const saidTo =
  (to: Words): Speech['clause'] =>
  (outcome) => ({ fr: `donne « ${outcome.fr} » ${to.fr}`, en: `says “${outcome.en}” to ${to.en}` })

// --- to whom -------------------------------------------------------------------------------------------------------------------------------

/** `pt_BR` → BR; null where a language names no country. */
const regionOf = (language: string): string | null => {
  const region = /[-_]([A-Z]{2})$/u.exec(language)?.[1]
  return region !== undefined && isCountry(region) ? region : null
}

/** Where customers are, as far as the files tell: where the business is, and where its templates are written for. */
const audienceOf = ({ country, templates }: Workspace): readonly string[] => [
  ...new Set([country, ...templates.flatMap(({ language }) => regionOf(language) ?? [])]),
]

// --- answers of engines, and what engines read ------------------------------------------------------------------------------------------------

/** The plan for answers on a channel, by its name. */
const answerPlan = ({ plans }: Workspace, { id }: ChannelSetup): string =>
  [`answer@${id}`, 'answer'].find((key) => plans.think[key] !== undefined) ?? 'default'

/** An engine with a model that is cleared to answer there. */
const answersOn = ({ workspace, isInProcess }: SetUp, channel: ChannelSetup): boolean => {
  const plan = workspace.plans.think[answerPlan(workspace, channel)] ?? []
  return workspace.engines.some((engine) => plan.includes(engine.id) && !isInProcess(engine.kind) && barsOf(engine, false).length === 0)
}

/** Where a plan stands; where none is written, the engines are the plan. */
const placeOfPlan = ({ place }: SetUp, plan: string): Place => {
  const [written, nowhere] = [place(MAIN, ['plans', 'think'], plan), place(MAIN, [])]
  return written.line === nowhere.line ? place(MAIN, [], 'engines') : written
}

/** A first answer; one to a general question too where the channel is open to them. */
const answersGiven = ({ scope }: ChannelSetup): readonly Speech['given'][] =>
  (scope === 'general' ? (['service', 'general'] as const) : (['service'] as const)).map((purpose) => ({
    message: { ai: true, firstAiTurn: true, offersHuman: true, purpose, purposeAssumed: false },
  }))

const answers = (setUp: SetUp, channel: ChannelSetup): readonly Speech[] => {
  const { workspace, place } = setUp
  if (!answersOn(setUp, channel)) return []
  const spoken = (at: Place, to: Words) =>
    answersGiven(channel).map((given): Speech => ({ place: at, channel, countries: audienceOf(workspace), given, clause: saidTo(to) }))
  const plan = answerPlan(workspace, channel)
  return [
    ...spoken(placeOfPlan(setUp, plan), { fr: 'aux réponses de l’IA', en: 'answers of the AI' }),
    ...workspace.journeys.flatMap(({ name, file, steps }) =>
      steps.flatMap(({ kind }, index) =>
        kind !== 'engine'
          ? []
          : spoken(place(file, ['steps', index]), {
              fr: `aux réponses de l’IA que demande le parcours « ${name} »`,
              en: `answers of the AI that the journey “${name}” asks for`,
            }),
      ),
    ),
  ]
}

const DECLARED = new Map<boolean | null, 'yes' | 'no' | 'unknown'>([
  [true, 'yes'],
  [false, 'no'],
  [null, 'unknown'],
])

/** What each engine of a plan would read there. */
const readings = ({ workspace, isInProcess, place }: SetUp, channel: ChannelSetup): readonly Speech[] => {
  const { think } = workspace.plans
  // A plan for a task gives way to one for that task on this channel.
  const here = Object.keys(think).filter((key) => {
    const [task = '', on] = key.split('@')
    return on === undefined ? think[`${task}@${channel.id}`] === undefined : on === channel.id
  })
  const asked = new Set<string>(here.flatMap((key) => think[key] ?? []))
  return workspace.engines
    .filter((engine) => asked.has(engine.id) && !isInProcess(engine.kind))
    .map(({ id, trainsOnData }) => ({
      place: place(MAIN, ['engines', id], 'trainsOnData'),
      channel,
      countries: [workspace.country],
      given: { engine: { asked: true, trainsOnData: DECLARED.get(trainsOnData) } },
      clause: () => ({
        fr: `ne laisse pas l’IA « ${id} » lire ce que les clients y écrivent`,
        en: `keeps the engine “${id}” from reading what customers write there`,
      }),
    }))
}

// --- templates -------------------------------------------------------------------------------------------------------------------------------

const templateGiven = (
  { name, category, text }: Pick<Template, 'name' | 'category' | 'text'>,
  withTemplates: boolean,
): Speech['given'] => ({
  message: {
    category,
    reply: false,
    offersStop: offersStop(text),
    unsubscribe: offersStop(text) ? 'link' : 'none',
    ...(withTemplates ? { template: name, type: 'template' } : {}),
  },
  ...(withTemplates ? { window: { service: 'closed' } } : {}),
})

const templates = ({ workspace, capabilities, place }: SetUp, channel: ChannelSetup): readonly Speech[] =>
  workspace.templates
    .filter((template) => isFor(template, channel))
    .map((template): Speech => {
      const { name, language, file, path = [] } = template
      return {
        place: place(file, path),
        channel,
        countries: [regionOf(language) ?? workspace.country],
        given: templateGiven(template, capabilities[channel.kind]?.templates ?? false),
        clause: saidTo({ fr: `au modèle « ${name} » (${language})`, en: `the template “${name}” (${language})` }),
      }
    })

// --- journeys --------------------------------------------------------------------------------------------------------------------------------

type Said = {
  readonly texts: readonly Localized[]
  readonly category: Category
  readonly purpose?: 'service' | 'general' | 'none' | 'unsure' | undefined
}

const saidBy = (step: Step): Said | null => {
  switch (step.kind) {
    case 'say':
      return { texts: [step.say], category: step.category ?? 'service', purpose: step.purpose }
    case 'ask':
    case 'choose':
      return { texts: [step.say], category: 'service' }
    case 'collect':
      return { texts: [step.say, step.words], category: 'service' }
    case 'remind':
      return { texts: [step.say], category: step.category ?? 'utility' }
    case 'link':
      return { texts: step.say === undefined ? [] : [step.say], category: 'service' }
    case 'hand':
      return step.say === undefined ? null : { texts: [step.say], category: 'service' }
    default:
      return null
  }
}

const isStopOffered = (texts: readonly Localized[]): boolean =>
  texts.flatMap((text) => (typeof text === 'string' ? [text] : Object.values(text))).every((text) => offersStop(text))

const windowGiven = (silence: number, windowHours: number | null): Speech['given']['window'] =>
  windowHours !== null && silence >= windowHours * HOUR_MS ? { service: 'closed' } : { service: 'open' }

const wordsFor = ({ name }: Journey, silence: number, closed: boolean): Words => {
  const hours = Math.floor(silence / HOUR_MS)
  const fr = Number.isFinite(hours) ? `${hours} h sans nouvelle du client` : 'un long silence du client'
  const en = Number.isFinite(hours) ? `${hours} h without word from the customer` : 'a long silence of the customer'
  return {
    fr: `à ce que dit ici le parcours « ${name} »${closed ? `, après ${fr}` : ''}`,
    en: `what the journey “${name}” says here${closed ? `, after ${en}` : ''}`,
  }
}

const steps = ({ workspace, capabilities, place }: SetUp, journey: Journey, channel: ChannelSetup): readonly Speech[] => {
  const { templates: withTemplates = false, windowHours = null } = capabilities[channel.kind] ?? {}
  const silences = silenceAt(journey.steps)
  return journey.steps.flatMap((step, index): readonly Speech[] => {
    const silence = silences[index] ?? null
    if (silence === null) return []
    const common = { place: place(journey.file, ['steps', index]), channel, countries: audienceOf(workspace) }
    if (step.kind === 'template') {
      const [template] = workspace.templates.filter(({ name }) => name === step.template)
      if (template === undefined) return []
      const given = templateGiven(template, withTemplates)
      return [{ ...common, given, clause: saidTo(wordsFor(journey, silence, false)), unasked: true, toldElsewhere: true }]
    }
    const said = saidBy(step)
    if (said === null) return []
    const { texts, category, purpose } = said
    const window = windowGiven(silence, windowHours)
    const stop = isStopOffered(texts)
    const message = { category, purpose, reply: silence === 0, offersStop: stop, unsubscribe: stop ? ('link' as const) : ('none' as const) }
    return [
      { ...common, given: { message, window }, clause: saidTo(wordsFor(journey, silence, window?.service === 'closed')), unasked: true },
    ]
  })
}

/** Everything that a set-up would say, channel by channel. */
export const speechesOf = (setUp: SetUp): readonly Speech[] =>
  setUp.workspace.channels.flatMap((channel) => [
    ...answers(setUp, channel),
    ...readings(setUp, channel),
    ...templates(setUp, channel),
    ...setUp.workspace.journeys.flatMap((journey) => steps(setUp, journey, channel)),
  ])

/** Whether a template may speak for such a message once the window is closed. */
export const hasStandIn = ({ templates: all }: Workspace, channel: ChannelSetup, category: Category): boolean =>
  all.some((template) => isFor(template, channel) && maySpeakFor(template, category))
