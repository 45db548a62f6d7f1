/** What is wrong with one journey beyond its form. */
import { RE2JS } from 're2js'
import type { Capabilities } from '../core/capability.ts'
import { createExpressionLanguage, ExpressionError, type Vocabulary } from '../core/expression.ts'
import type { Go, Journey, Step } from '../core/journey.ts'
import { type Localized, textIn, type Words } from '../core/language.ts'
import { nearestName } from '../core/nearest.ts'
import { fillPlaceholders, fillSecrets, placeholdersIn, SECRET } from '../core/placeholder.ts'
import type { Finding, Place } from '../core/ports.ts'
import { plain } from '../core/spelling.ts'
import { isQuestion, ownReminder } from '../core/transitions.ts'
import { isVariable, RESERVED_NAMES, vocabularyOf } from '../core/variables.ts'
import type { Workspace } from '../core/workspace.ts'
import type { Path } from './document.ts'
import { fault } from './fault.ts'
import { faultsOf } from './graph.ts'

export type Surroundings = {
  readonly workspace: Workspace
  /** Each configured channel's table, by the channel's id. */
  readonly channels: ReadonlyMap<string, Capabilities>
  readonly env: Readonly<Record<string, string | undefined>>
  place(file: string, path: Path, key?: string): Place
}

type View = Surroundings & { readonly journey: Journey; readonly vocabulary: Vocabulary; at(index: number, ...path: PropertyKey[]): Place }
type Text = { readonly path: Path; readonly text: Localized }

const textsOf = (step: Step): readonly Text[] => {
  switch (step.kind) {
    case 'say':
      return [{ path: ['say'], text: step.say }]
    case 'ask':
      return [{ path: ['say'], text: step.say }, ...(step.otherwise === undefined ? [] : [{ path: ['otherwise'], text: step.otherwise }])]
    case 'choose':
      return [
        { path: ['choose', 'say'], text: step.say },
        ...(step.button === undefined ? [] : [{ path: ['choose', 'button'], text: step.button }]),
        ...step.options.flatMap(({ label, description }, index) => [
          { path: ['choose', 'options', index, 'label'], text: label },
          ...(description === undefined ? [] : [{ path: ['choose', 'options', index, 'description'], text: description }]),
        ]),
      ]
    case 'collect':
      return [
        { path: ['say'], text: step.say },
        { path: ['words'], text: step.words },
        ...(step.otherwise === undefined ? [] : [{ path: ['otherwise'], text: step.otherwise }]),
      ]
    case 'callback':
      return [{ path: ['callback'], text: step.callback }, ...(step.number === undefined ? [] : [{ path: ['number'], text: step.number }])]
    case 'link':
      return [
        ...(step.say === undefined ? [] : [{ path: ['say'], text: step.say }]),
        ...(step.label === undefined ? [] : [{ path: ['label'], text: step.label }]),
      ]
    case 'remind':
      return [{ path: ['remind', 'say'], text: step.say }]
    case 'hand':
      return step.say === undefined ? [] : [{ path: ['say'], text: step.say }]
    case 'template':
      return Object.entries(step.parameters).map(([name, text]) => ({ path: ['parameters', name], text }))
    case 'call':
      return [
        { path: [step.method === 'GET' ? 'get' : 'post'], text: step.url },
        ...Object.entries(step.body ?? {}).map(([name, text]) => ({ path: ['body', name], text })),
      ]
    default:
      return []
  }
}

/** Each language of a text, with its own place. */
const versionsOf = ({ path, text }: Text): readonly { readonly path: Path; readonly text: string }[] =>
  typeof text === 'string'
    ? [{ path, text }]
    : Object.entries(text).map(([language, words]) => ({ path: [...path, language], text: words }))

const namesOf = (vocabulary: Vocabulary): readonly string[] =>
  Object.entries(vocabulary).flatMap(([name, entry]) =>
    typeof entry === 'string' ? [`${name}.…`] : Object.keys(entry).map((field) => `${name}.${field}`),
  )

const checkTexts = (view: View, step: Step, index: number): readonly Finding[] =>
  textsOf(step).flatMap((written) => {
    const { locale } = view.workspace
    const lacks = typeof written.text === 'object' && !Object.hasOwn(written.text, locale)
    const names = namesOf(view.vocabulary)
    return [
      ...(lacks ? [fault('language-missing', view.at(index, ...written.path), locale)] : []),
      ...versionsOf(written).flatMap(({ path, text }) =>
        placeholdersIn(text)
          .filter((name) => !isVariable(name, view.vocabulary))
          .map((name) => fault('unknown-variable', view.at(index, ...path), name, nearestName(name, names), names)),
      ),
    ]
  })

const goesOf = (step: Step): readonly { readonly path: Path; readonly go: Go }[] => {
  const goes: readonly (readonly [Path, Go | undefined])[] =
    step.kind === 'choose'
      ? step.options.map(({ go }, index) => [['choose', 'options', index, 'go'], go] as const)
      : [
          [['go'], 'go' in step ? step.go : undefined],
          [['else'], step.kind === 'if' || step.kind === 'collect' ? step.else : undefined],
          [['failed', 'go'], step.kind === 'call' && step.failed && 'go' in step.failed ? step.failed.go : undefined],
        ]
  return goes.flatMap(([path, go]) => (go === undefined ? [] : [{ path, go }]))
}

const checkGoes = (view: View, step: Step, index: number): readonly Finding[] => {
  const labels = view.journey.steps.flatMap(({ at }) => (at === undefined ? [] : [at]))
  return goesOf(step)
    .filter(({ go }) => go !== 'end' && !labels.includes(go))
    .map(({ path, go }) => fault('unknown-go', view.at(index, ...path), go, nearestName(go, labels), labels))
}

const lengthOf = (text: string): number => fillPlaceholders(text, () => '').length

/** The longest words a channel shows for each part of a choice, for the form it would take there. */
const limitsOf = (count: number, { buttons, list }: Capabilities): { label: number; description: number; button: number } | null => {
  if (count <= buttons.count) return { label: buttons.label, description: Number.POSITIVE_INFINITY, button: Number.POSITIVE_INFINITY }
  return count <= list.rows ? { label: list.label, description: list.description, button: list.button } : null
}

const checkLabels = (view: View, step: Step, index: number): readonly Finding[] => {
  if (step.kind !== 'choose') return []
  return [...view.channels].flatMap(([channel, capabilities]) => {
    const limits = limitsOf(step.options.length, capabilities)
    if (limits === null) return []
    return textsOf(step).flatMap((written) => {
      const part = written.path.at(-1)
      const most = part === 'label' || part === 'description' || part === 'button' ? limits[part] : Number.POSITIVE_INFINITY
      return versionsOf(written)
        .filter(({ text }) => lengthOf(text) > most)
        .map(({ path, text }) => fault('label-too-long', view.at(index, ...path), channel, lengthOf(text), most))
    })
  })
}

/** The library's sentences: https://github.com/google/re2/wiki/Syntax. */
const PATTERN_FAULTS: Readonly<Record<string, Words>> = {
  'missing closing )': { fr: 'une parenthèse n’est pas refermée', en: 'a parenthesis is not closed' },
  'unexpected )': { fr: 'une parenthèse se ferme sans s’être ouverte', en: 'a parenthesis closes that was not opened' },
  'missing closing ]': { fr: 'un crochet n’est pas refermé', en: 'a bracket is not closed' },
  'invalid escape sequence': { fr: 'rien ne s’écrit ainsi avec « \\ »', en: 'nothing is written so with “\\”' },
  'invalid character class range': { fr: 'cette suite de lettres est à l’envers', en: 'this range of letters runs backwards' },
  'missing argument to repetition operator': { fr: 'rien ne précède la répétition', en: 'nothing stands before the repetition' },
  'invalid nested repetition operator': { fr: 'deux répétitions se suivent', en: 'two repetitions follow each other' },
  'invalid repeat count': { fr: 'ce nombre de répétitions ne va pas', en: 'this number of repetitions does not work' },
  'trailing backslash at end of expression': { fr: '« \\ » est seul à la fin', en: '“\\” stands alone at the end' },
  'invalid or unsupported Perl syntax': { fr: 'RE2 ne connaît pas cette écriture de Perl', en: 'RE2 does not know this way of Perl' },
  'invalid named capture': { fr: 'ce nom de groupe ne va pas', en: 'this group’s name does not work' },
}
const wordsOfPattern = (error: unknown): Words => {
  const [, fault = '', where = ''] =
    /^error parsing regexp: ([^:]+)(?:: `(.*)`)?$/su.exec(error instanceof Error ? error.message : '') ?? []
  const words = PATTERN_FAULTS[fault] ?? { fr: 'ce n’est pas un motif RE2', en: 'it is no RE2 pattern' }
  return where === '' ? words : { fr: `${words.fr} (${where})`, en: `${words.en} (${where})` }
}

const checkAsk = (view: View, step: Step, index: number): readonly Finding[] => {
  if (step.kind !== 'ask' || step.accept === undefined) return []
  try {
    RE2JS.compile(step.accept)
    return []
  } catch (error) {
    return [fault('bad-pattern', view.at(index, 'accept'), wordsOfPattern(error))]
  }
}

const checkIf = (view: View, step: Step, index: number): readonly Finding[] => {
  if (step.kind !== 'if') return []
  try {
    createExpressionLanguage(view.vocabulary).compile(step.if, ['bool'])
    return []
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return [fault('bad-condition', view.at(index, 'if'), error.words)]
  }
}

const hostOf = (url: string): string | null => {
  if (!URL.canParse(url)) return null
  const { protocol, host } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? host : null
}

const checkCall = (view: View, step: Step, index: number): readonly Finding[] => {
  if (step.kind !== 'call') return []
  const place = view.at(index, step.method === 'GET' ? 'get' : 'post')
  const named = RESERVED_NAMES.includes(step.call) ? [fault('reserved-name', view.at(index, 'call'), step.call)] : []
  // The variable itself was told of where it stands: an address without it says nothing of its host.
  if ([...step.url.matchAll(SECRET)].some(([, name = '']) => view.env[name] === undefined)) return named
  const filled = fillSecrets(step.url, view.env)
  const [host, other] = ['a', 'b'].map((letter) => hostOf(fillPlaceholders(filled, () => letter)))
  if (!host || host !== other) return [...named, fault('call-address', place)]
  const allowed = view.workspace.callHosts.some((entry) => entry === host || entry === new URL(`http://${host}`).hostname)
  // What a variable of the environment holds is nobody's business: then its name is told, not the host.
  const shown = /^\$\{[^}]+\}/u.exec(step.url)?.[0] ?? host
  return allowed ? named : [...named, fault('call-host', place, shown)]
}

const checkTemplate = (view: View, step: Step, index: number): readonly Finding[] => {
  if (step.kind !== 'template') return []
  const found = view.workspace.templates.filter(({ name }) => name === step.template)
  if (found.length === 0) {
    const names = [...new Set(view.workspace.templates.map(({ name }) => name))]
    return [fault('unknown-template', view.at(index, 'template'), step.template, nearestName(step.template, names), names)]
  }
  const wanted = [...new Set(found.flatMap(({ parameters }) => parameters))]
  const lacking = wanted.filter((name) => !Object.hasOwn(step.parameters, name) && !isVariable(name, view.vocabulary))
  const extra = Object.keys(step.parameters).filter((name) => !wanted.includes(name))
  return [
    ...lacking.map((name) => fault('template-parameter', view.at(index, 'template'), step.template, name)),
    ...extra.map((name) => fault('extra-parameter', view.at(index, 'parameters', name), step.template, name)),
  ]
}

const PAGE = { fr: 'canal qui a une page', en: 'channel that has a page' }
const checkLink = (view: View, step: Step, index: number): readonly Finding[] => {
  if (step.kind !== 'link') return []
  const pages = [...view.channels].flatMap(([id, { identities }]) => (identities.includes('web') ? [id] : []))
  return pages.includes(step.link)
    ? []
    : [fault('unknown-id', view.at(index, 'link'), PAGE, step.link, nearestName(step.link, pages), pages)]
}

const checkReminder = (view: View, step: Step, index: number): readonly Finding[] => {
  const { steps } = view.journey
  const before = steps[index - 1]
  if (step.kind !== 'remind' || before === undefined) return []
  if (before.kind === 'remind' && ownReminder(steps, index - 2)) return [fault('second-reminder', view.at(index))]
  const late = isQuestion(before) && step.after >= before.expires
  return late ? [fault('late-reminder', view.at(index, 'remind', 'after'))] : []
}

const LABEL = { fr: 'une étiquette', en: 'label' }
const OPTION = { fr: 'une option', en: 'option' }
const OPTION_LABEL = { fr: 'une option au libellé', en: 'option with the label' }

const checkNames = (view: View): readonly Finding[] => {
  const seen = new Set<string>()
  return view.journey.steps.flatMap((step, index) => {
    const ids = step.kind === 'choose' ? step.options.map(({ id }) => id) : []
    const twice = ids.flatMap((id, option) =>
      ids.indexOf(id) < option ? [fault('duplicate-name', view.at(index, 'choose', 'options', option, 'id'), OPTION, id)] : [],
    )
    if (step.at === undefined) return twice
    const again = seen.has(step.at)
    seen.add(step.at)
    if (step.at === 'end') return [...twice, fault('reserved-name', view.at(index, 'at'), 'end')]
    return again ? [...twice, fault('duplicate-name', view.at(index, 'at'), LABEL, step.at)] : twice
  })
}

/** Platforms refuse a choice with two equal labels, and a customer who types one could mean either. */
const checkTwins = (view: View, step: Step, index: number): readonly Finding[] => {
  if (step.kind !== 'choose') return []
  const languages = new Set(step.options.flatMap(({ label }) => (typeof label === 'string' ? [] : Object.keys(label))))
  return [...(languages.size > 0 ? languages : [''])].flatMap((language) => {
    const labels = step.options.map(({ label }) => {
      const text = typeof label === 'string' ? label : (label[language] ?? '')
      return plain(text) || text.trim()
    })
    return step.options.flatMap(({ label }, option) =>
      labels[option] !== '' && labels.indexOf(labels[option] ?? '') < option
        ? [fault('duplicate-name', view.at(index, 'choose', 'options', option, 'label'), OPTION_LABEL, textIn(label, language))]
        : [],
    )
  })
}

const checkWays = (view: View): readonly Finding[] => {
  const { unreachable, deadEnds, endless, noWayOut } = faultsOf(view.journey.steps)
  return [
    ...unreachable.map((index) => fault('unreachable-step', view.at(index))),
    ...deadEnds.map(({ step, option }) =>
      fault('dead-end', option === undefined ? view.at(step) : view.at(step, 'choose', 'options', option)),
    ),
    ...endless.map((index) => fault('endless-loop', view.at(index))),
    ...noWayOut.map((index) => fault('no-way-out', view.at(index))),
  ]
}

const checkCollect = (view: View, step: Step, index: number): readonly Finding[] => {
  if (step.kind !== 'collect') return []
  const written = [...view.channels.values()].some(({ identities }) => identities.some((kind) => kind === step.collect))
  return written ? [] : [fault('no-channel-for', view.at(index, 'collect'), step.collect)]
}

const STEP_CHECKS = [
  checkCollect,
  checkTexts,
  checkGoes,
  checkLabels,
  checkTwins,
  checkAsk,
  checkIf,
  checkCall,
  checkTemplate,
  checkLink,
  checkReminder,
]

/** Dead ends, unknown names, labels that a channel cannot show, and all else that would go wrong only before a customer's eyes. */
export const checkJourney = (journey: Journey, surroundings: Surroundings): readonly Finding[] => {
  const view: View = {
    ...surroundings,
    journey,
    vocabulary: vocabularyOf(journey.steps),
    at: (index, ...path) => surroundings.place(journey.file, ['steps', index, ...path]),
  }
  const ofSteps = journey.steps.flatMap((step, index) => STEP_CHECKS.flatMap((check) => check(view, step, index)))
  return [...checkNames(view), ...checkWays(view), ...ofSteps]
}
