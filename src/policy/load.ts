/** Files to rulebook: read, checked, compiled. Every mistake is found at once, with file, line and column. */
import { createHash } from 'node:crypto'
import { isCountry } from '../core/country.ts'
import type { Outcome, Price } from '../core/decision.ts'
import { type Expression, ExpressionError } from '../core/expression.ts'
import { asId, type Digest } from '../core/ids.ts'
import type { Words } from '../core/language.ts'
import { addDays, dayStart } from '../core/local-time.ts'
import { nearestName } from '../core/nearest.ts'
import { type CheckedDocument, isProblems, readDocument } from './document.ts'
import {
  type BusinessRuleFile,
  businessPriceFile,
  businessRuleFile,
  type PlacesFile,
  type PriceFile,
  placesFile,
  priceFile,
  type RuleFile,
  ruleFile,
  type WrittenRuling,
} from './format.ts'
import { resolveGroups } from './places.ts'
import { badRules, type Problem } from './problem.ts'
import { type Card, createRulebook, type Rule, type Rulebook, type RulebookFile, type Saying } from './rulebook.ts'
import { checkExamples, checkTimeline, checkVoice } from './soundness.ts'
import { instantsOf, LAST_BEFORE_FIRST, type Line, type Member, type Origin, WORLD } from './timeline.ts'
import { RULE_LANGUAGE } from './vocabulary.ts'

type AnyRuleFile = RuleFile | BusinessRuleFile
type Path = readonly (string | number)[]

/** What is gathered while loading; problems do not stop it. */
type Loading = {
  readonly problems: Problem[]
  readonly contents: { file: RulebookFile; value: unknown }[]
  readonly groups: Map<string, readonly Member[]>
  /** A rulebook that decided before is taken as it was: only what is written anew is held to be sound. */
  readonly stored: boolean
  readonly rules: Rule[]
  readonly cards: Card[]
}

const isExamples = (path: string): boolean => path.endsWith('.examples.yaml')
const isPlaces = (path: string): boolean => /(^|\/)places\.yaml$/.test(path)
/** Relais ships a few rules that only do what relais.yaml says: a business is its own source. */
const isBusiness = ({ path, business }: RulebookFile): boolean => business === true || /(^|\/)business\/[^/]+\.yaml$/.test(path)
const isPrices = (path: string): boolean => /(^|\/)prices\/[^/]+\.yaml$/.test(path)

/**
 * Makes a rulebook of its files (`<who>/<topic>.yaml`, `prices/*.yaml`, `places.yaml`; examples are left aside).
 * @throws {RelaisError} `bad-rules`, naming every mistake with its place.
 */
export const loadRulebook = (files: readonly RulebookFile[]): Rulebook => {
  const { rulebook, problems } = readRulebook(files)
  if (problems.length > 0) throw badRules(problems)
  return rulebook
}

/** As `loadRulebook`, but gives what is wrong instead of throwing; the rulebook then holds only what is right. */
export const readRulebook = (files: readonly RulebookFile[], stored = false): { rulebook: Rulebook; problems: readonly Problem[] } => {
  const loading: Loading = { problems: [], contents: [], groups: new Map(), stored, rules: [], cards: [] }
  // A business's own come last: they are held against what the others name.
  const ordered = files
    .filter((file) => !isExamples(file.path))
    .sort((a, b) => Number(a.business ?? false) - Number(b.business ?? false) || compare(a.path, b.path))
  // The groups first: the others name them as places.
  for (const file of ordered.filter((one) => isPlaces(one.path))) loadPlaces(file, loading)
  for (const file of ordered.filter((one) => !isPlaces(one.path))) {
    if (isPrices(file.path)) loadPrices(file, loading)
    else if (isBusiness(file)) loadRules(file, loading, readDocument(file, businessRuleFile))
    else loadRules(file, loading, readDocument(file, ruleFile))
  }
  checkNames(loading)
  if (!stored) loading.problems.push(...checkExamples(files, [...loading.rules, ...loading.cards], loading.groups))
  const { content, kept } = canonicalContent(loading)
  const rules = loading.rules.sort((a, b) => compare(a.id, b.id))
  const digest = asId<Digest>(createHash('sha256').update(content).digest('hex'))
  const rulebook = createRulebook({
    digest,
    content,
    files: kept,
    rules,
    cards: cardsInOrder(loading.cards, ordered),
    groups: loading.groups,
  })
  return { rulebook, problems: loading.problems }
}

/** What a business pays by its own contract is asked before what its providers ask of everybody. */
const cardsInOrder = (cards: readonly Card[], files: readonly RulebookFile[]): Card[] => {
  const own = new Set(files.flatMap(({ path, business }) => (business ? [path] : [])))
  return [...cards.filter(({ file }) => own.has(file)), ...cards.filter(({ file }) => !own.has(file))]
}

/** The rulebook with a workspace's own rules. `files`: its `rules/*.yaml`. */
export const withWorkspaceRules = (rulebook: Rulebook, files: readonly { readonly path: string; readonly source: string }[]): Rulebook =>
  files.length === 0 ? rulebook : loadRulebook([...rulebook.files, ...files.map((file) => ({ ...file, business: true }))])

/** A rulebook from the `content` it once had: the same digest, the same answers. */
export const rulebookOf = (content: string): Rulebook => {
  const { rulebook, problems } = readRulebook(JSON.parse(content) as RulebookFile[], true)
  if (problems.length > 0) throw badRules(problems)
  return rulebook
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The same for the same meaning: comments, order of names and of files make no difference. JSON is YAML, so it loads again. */
const canonicalContent = ({ contents }: Loading): { content: string; kept: RulebookFile[] } => {
  const kept = contents
    .map(({ file, value }) => ({ path: file.path, source: JSON.stringify(sortNames(value)), ...(file.business ? { business: true } : {}) }))
    .sort((a, b) => compare(a.path, b.path))
  return { content: JSON.stringify(kept), kept }
}

const sortNames = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortNames)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => compare(a, b)).map(([name, part]) => [name, sortNames(part)]))
}

/** Keeps a file that reads well; gathers what is wrong with one that does not. */
const accept = <T>(file: RulebookFile, loading: Loading, read: CheckedDocument<T> | readonly Problem[]): CheckedDocument<T> | null => {
  if (isProblems(read)) {
    loading.problems.push(...read)
    return null
  }
  loading.contents.push({ file, value: read.value })
  return read
}

const loadPlaces = (file: RulebookFile, loading: Loading): void => {
  const read = accept<PlacesFile>(file, loading, readDocument(file, placesFile))
  if (read === null) return
  const complain = (path: Path, words: Words) => loading.problems.push(read.problemAt(path, words))
  const unknown = (path: Path, name: string) => loading.problems.push(unknownPlace(read, path, name, Object.keys(read.value.groups)))
  for (const [name, members] of resolveGroups(read.value, { unknown, complain })) {
    if (loading.groups.has(name)) complain(['groups', name], KNOWN_GROUP)
    else loading.groups.set(name, members)
  }
}

const KNOWN_GROUP: Words = {
  fr: 'ce groupe existe déjà dans un autre fichier : donnez un autre nom au vôtre.',
  en: 'this group stands in another file already: name yours otherwise.',
}

const unknownPlace = (read: CheckedDocument<unknown>, path: Path, place: string, groups: Iterable<string>): Problem => {
  const near = nearestName(place, [WORLD, ...groups])
  return read.problemAt(path, {
    fr: `« ${place} » n’est ni un pays ni un groupe de pays${near ? ` ; vouliez-vous dire « ${near} » ?` : '.'}`,
    en: `“${place}” is neither a country nor a group of countries${near ? `; did you mean “${near}”?` : '.'}`,
  })
}

type Written = Parameters<typeof instantsOf>[0] & {
  readonly place: string
  readonly when?: string | undefined
  readonly source?: string | undefined
  readonly read?: string | undefined
  readonly confidence?: Origin['confidence'] | undefined
  readonly note?: string | undefined
  readonly expected?: true | undefined
}

const originOf = (written: Written): Origin => ({
  source: written.source ?? null,
  read: written.read ?? null,
  confidence: written.confidence ?? 'A',
  note: written.note ?? null,
  expected: written.expected === true,
})

/** What every dated line has; its mistakes are gathered. */
const lineOf = <T>(
  read: CheckedDocument<unknown>,
  path: Path,
  written: Written,
  zone: string,
  gives: T | null,
  loading: Loading,
): Line<T> => {
  const { place } = written
  if (place !== WORLD && !loading.groups.has(place) && !isCountry(place)) {
    loading.problems.push(unknownPlace(read, [...path, 'place'], place, loading.groups.keys()))
  }
  if (written.to !== undefined && written.to < written.from) {
    loading.problems.push(read.problemAt([...path, 'to'], LAST_BEFORE_FIRST))
  }
  const when = written.when === undefined ? null : compile(read, [...path, 'when'], written.when, 'bool', loading)
  return { place, ...instantsOf(written, zone), when, origin: originOf(written), gives }
}

const compile = (
  read: CheckedDocument<unknown>,
  path: Path,
  source: string,
  gives: 'bool' | 'int',
  loading: Loading,
): Expression | null => {
  const refuse = ({ fr, en }: Words, offset = 0): null => {
    loading.problems.push(read.problemAt(path, { fr: `dans la condition : ${fr}`, en: `in the expression: ${en}` }, offset))
    return null
  }
  if (source.length > MOST_CHARACTERS) return refuse(TOO_LONG)
  try {
    const expression = RULE_LANGUAGE.compile(source, [gives])
    return expression.plain || loading.stored ? expression : refuse(NOT_PLAIN)
  } catch (error) {
    if (error instanceof ExpressionError) return refuse(error.words, error.offset)
    throw error
  }
}

/** Three times the longest that anybody has written. */
const MOST_CHARACTERS = 1000
const TOO_LONG: Words = {
  fr: `plus de ${MOST_CHARACTERS} caractères ; faites-en deux règles.`,
  en: `more than ${MOST_CHARACTERS} characters; make it two rules.`,
}
/** Every message is judged by every rule: what could fail while it runs, or take long, is refused beforehand. */
const NOT_PLAIN: Words = {
  fr: 'une règle ne connaît ni division, ni fonction, ni boucle, sauf startsWith, endsWith et contains.',
  en: 'a rule knows no division, function or loop but startsWith, endsWith and contains.',
}

const loadRules = (file: RulebookFile, loading: Loading, checked: CheckedDocument<AnyRuleFile> | readonly Problem[]): void => {
  const read = accept(file, loading, checked)
  if (read === null) return
  const { value } = read
  if (!file.business) checkFileName(read, 'rule', value.rule, loading)
  const when = compile(read, ['when'], value.when, 'bool', loading)
  const override =
    'override' in value && value.override ? { ...value.override, endMs: dayStart(addDays(value.override.until, 1), value.zone) } : null
  const lines = value.says.map((written, index) => {
    const path = ['says', index]
    const gives = written.ruling === null ? null : sayingOf(read, path, value, written, written.ruling, loading)
    return lineOf<Saying>(read, path, written, value.zone, gives, loading)
  })
  if (when === null) return
  const rule: Rule = {
    id: value.rule,
    by: value.by,
    channels: value.channels ?? null,
    zone: value.zone,
    countries: [value.country ?? 'person'].flat(),
    about: value.about,
    remedy: value.remedy,
    when,
    lines,
    override,
    file: file.path,
  }
  loading.rules.push(rule)
  if (loading.stored) return
  const complain = (path: Path, words: Words) => loading.problems.push(read.problemAt(path, words))
  if (file.business) checkKinds(value.channels ?? [], loading.rules, complain)
  checkTimeline(lines, loading.groups, (index, words) => complain(['says', index], words))
  checkVoice(rule, complain)
}

/** A kind that no published rule names may be new; one that is nearly named like another is a slip, and its rule would never speak. */
const checkKinds = (kinds: readonly string[], rules: readonly Rule[], complain: (path: Path, words: Words) => void): void => {
  const known = [...new Set(rules.filter(({ by }) => by !== 'business').flatMap(({ channels }) => channels ?? []))]
  for (const [index, kind] of kinds.entries()) {
    const near = known.includes(kind) || kind.length < 4 ? null : nearestName(kind, known)
    if (near === null) continue
    complain(['channels', index], {
      fr: `« ${kind} » n’est pas une sorte de canal connue ; vouliez-vous dire « ${near} » ?`,
      en: `“${kind}” is not a kind of channel that is known; did you mean “${near}”?`,
    })
  }
}

/** A file bears the name of what is in it, so that no two can be of one name. */
const checkFileName = (read: CheckedDocument<unknown>, key: string, name: string, { problems }: Loading): void => {
  if (read.file === `${name}.yaml`) return
  problems.push(read.problemAt([key], { fr: `le fichier doit se nommer ${name}.yaml.`, en: `the file must be named ${name}.yaml.` }))
}

type WrittenLine = AnyRuleFile['says'][number]

const sayingOf = (
  read: CheckedDocument<AnyRuleFile>,
  path: Path,
  rule: AnyRuleFile,
  line: WrittenLine,
  ruling: WrittenRuling,
  loading: Loading,
): Saying => {
  const [outcome = 'allow'] = Object.keys(ruling) as Outcome[]
  const amend = ruling.amend ?? null
  const override = 'override' in rule ? rule.override : undefined
  return {
    outcome,
    amend,
    wait: waitOf(read, path, ruling, loading),
    ruling: {
      rule: rule.rule,
      by: rule.by,
      outcome,
      ...(amend ? { amend } : {}),
      since: line.from,
      to: line.to ?? null,
      known: line.known ?? line.from,
      place: line.place,
      source: line.source ?? read.file,
      confidence: line.confidence ?? 'A',
      ...(line.expected ? { expected: true } : {}),
      remedy: line.remedy ?? rule.remedy,
      ...(override ? { override } : {}),
    },
    values: line.values ?? {},
  }
}

const waitOf = (read: CheckedDocument<unknown>, path: Path, ruling: WrittenRuling, loading: Loading): Saying['wait'] => {
  const { postpone } = ruling
  if (postpone === undefined) return null
  if ('until' in postpone) return { until: postpone.until }
  if (typeof postpone.for === 'number') return { seconds: postpone.for }
  return { seconds: compile(read, [...path, 'ruling', 'postpone', 'for'], postpone.for, 'int', loading) ?? 1 }
}

const loadPrices = (file: RulebookFile, loading: Loading): void => {
  const read = accept<PriceFile>(file, loading, readDocument<PriceFile>(file, file.business ? businessPriceFile : priceFile))
  if (read === null) return
  const { value } = read
  if (!file.business) checkFileName(read, 'prices', value.prices, loading)
  value.cards.forEach((card, index) => {
    const path = ['cards', index]
    const when = compile(read, [...path, 'when'], card.when, 'bool', loading)
    const lines = card.says.map((written, at) => lineOf(read, [...path, 'says', at], written, value.zone, priceLineOf(written), loading))
    if (when === null) return
    const { prices: id, about, channels, per } = value
    const made: Card = {
      id,
      card: card.card,
      perPart: per === 'part',
      about,
      channels,
      countries: [value.country ?? 'person'].flat(),
      when,
      lines,
      file: file.path,
    }
    loading.cards.push(made)
    if (loading.stored) return
    const complain = (inside: Path, words: Words) => loading.problems.push(read.problemAt([...path, ...inside], words))
    checkTimeline(lines, loading.groups, (at, words) => complain(['says', at], words))
    checkVoice({ ...made, override: null }, complain)
  })
}

const priceLineOf = (line: PriceFile['cards'][number]['says'][number]): Price | null => {
  if (line.price === null) return null
  const known = line.price !== 'unknown'
  return {
    known,
    amount: line.price === 'unknown' ? null : line.price,
    currency: known ? (line.currency ?? null) : null,
    category: '',
    since: line.from,
    source: line.source ?? null,
    confidence: line.confidence ?? null,
    ...(line.allowance ? { allowance: line.allowance } : {}),
    ...(line.tiers ? { tiers: line.tiers.map(({ from, price }) => ({ from, amount: price })) } : {}),
  }
}

/** One name, one rule; and a business laxes a rule only by an override that names it. */
const checkNames = (loading: Loading): void => {
  const complain = (rule: Rule, words: Words) => loading.problems.push({ file: rule.file, line: 1, column: 1, words })
  const published = new Map<string, Rule>()
  const own = loading.rules.filter((rule) => rule.override === null)
  for (const rule of own.sort((a, b) => Number(a.by === 'business') - Number(b.by === 'business'))) {
    const other = published.get(rule.id)
    if (other === undefined) published.set(rule.id, rule)
    else if (rule.by === 'business' && other.by !== 'business') complain(rule, namedLike(rule.id))
    else complain(rule, { fr: `« ${rule.id} » existe déjà dans ${other.file}.`, en: `“${rule.id}” is already in ${other.file}.` })
  }
  for (const rule of loading.rules) {
    if (rule.override === null || published.has(rule.id)) continue
    const near = nearestName(rule.id, [...published.keys()])
    complain(rule, {
      fr: `« override » : aucune règle « ${rule.id} »${near ? ` ; vouliez-vous dire « ${near} » ?` : '.'}`,
      en: `“override”: there is no rule “${rule.id}”${near ? `; did you mean “${near}”?` : '.'}`,
    })
  }
}

const namedLike = (id: string): Words => ({
  fr: `« ${id} » est une règle du recueil : donnez un autre nom à la vôtre (elle ne peut qu’être plus stricte), ou dites « override » avec sa raison, son auteur et son terme.`,
  en: `“${id}” is a rule of the rulebook: name yours otherwise (it can only be stricter), or say “override” with its reason, its author and its end.`,
})
