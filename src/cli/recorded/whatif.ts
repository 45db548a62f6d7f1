/** `relais whatif`: recorded traffic under other rules, another day, other prices, other declarations, or without a channel. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { channelOf, channels as connectors } from '../../channels/index.ts'
import type { Language, Words } from '../../core/language.ts'
import { addDays, dayAt, dayNoon, dayStart } from '../../core/local-time.ts'
import { nearestName } from '../../core/nearest.ts'
import type { Range, Thread } from '../../core/recorded.ts'
import { dayIn, moneyIn } from '../../core/telling.ts'
import {
  type Answer,
  type AskedPrice,
  type Asking,
  askWhatIf,
  type Change,
  changeRulebook,
  type Declaration,
  NO_CHANGE,
  priceFileOf,
  printSummary,
  type Question,
  type Reachable,
  readQuestions,
  renderReport,
  summarise,
} from '../../foresight/index.ts'
import type { RulebookFile } from '../../policy/index.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from '../command.ts'
import { dayFlag } from '../date-flags.ts'
import { DEMO } from '../demo-beside.ts'
import { outFile } from '../out-file.ts'
import { openProgress } from '../progress.ts'
import { readLook } from '../report-look.ts'
import { readGivenRules, withGivenNames } from '../rules/given-rules.ts'
import { type OwnRules, readOwnRules, readRules } from '../rules/own-rules.ts'
import { type OpenRecords, withRecords } from './opened-records.ts'
import { sampleTraffic } from './sample-traffic.ts'

const QUESTIONS = join(import.meta.dirname, '..', '..', 'foresight', 'questions.yaml')
const DAYS = 30
const DAY_MS = 86_400_000

const questionsAt = (now: number): readonly Question[] =>
  readQuestions(parse(readFileSync(QUESTIONS, 'utf8')), new Date(now).toISOString().slice(0, 10))
const listed = (language: 'fr' | 'en'): string =>
  questionsAt(0)
    .map(({ question, ask }) => `      ${question.padEnd(24)} ${ask[language]}`)
    .join('\n')

const USAGE: Words = {
  fr: `relais whatif [FICHIER…] [options]

  FICHIER…, --rules FICHIER   règles, prix ou dossiers de règles qui remplacent ceux du même nom
  --question NOM              une question toute prête :
${listed('fr')}
  --at JOUR                   sous les règles et les prix de ce jour ; l’heure du client reste la sienne
  --price QUOI=MONTANT        « service=0.03EUR », « ai=0.0572EUR@EEA » : service, utility, marketing, authentication, ai
  --ai-is A                   si vous déclariez incidental ou primary ; --ai-since JOUR
  --without CANAL             sans un canal : son nom, ou sa sorte
  --throughput N              si le numéro n’avait droit qu’à N messages par seconde
  --since JOUR, --until JOUR  le trafic à juger ; les ${DAYS} derniers jours par défaut
  --sample                    500 clients inventés de l’agence de démonstration, au lieu du trafic enregistré
  --workspace DOSSIER         l’espace de travail ; ce dossier par défaut (la démonstration avec --sample)
  --out FICHIER               un rapport HTML qui se suffit
  --json                      un document JSON
`,
  en: `relais whatif [FILE…] [options]

  FILE…, --rules FILE         rules, prices or folders of rules that stand in for those of the same name
  --question NAME             a question that stands ready:
${listed('en')}
  --at DAY                    under the rules and prices of that day; the customer's hour stays theirs
  --price WHAT=AMOUNT         “service=0.03EUR”, “ai=0.0572EUR@EEA”: service, utility, marketing, authentication, ai
  --ai-is A                   if you declared incidental or primary; --ai-since DAY
  --without CHANNEL           without a channel: its name, or its kind
  --throughput N              if the number were allowed N messages a second only
  --since DAY, --until DAY    the traffic to judge; the last ${DAYS} days unless given
  --sample                    500 invented customers of the demo agency, instead of recorded traffic
  --workspace FOLDER          the workspace; this folder where none is named (the demo with --sample)
  --out FILE                  one self-contained HTML report
  --json                      one JSON document
`,
}

const OPTIONS = {
  rules: { type: 'string', multiple: true },
  question: { type: 'string' },
  at: { type: 'string' },
  price: { type: 'string', multiple: true },
  'ai-is': { type: 'string' },
  'ai-since': { type: 'string' },
  without: { type: 'string' },
  throughput: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  sample: { type: 'boolean' },
  workspace: { type: 'string' },
  out: { type: 'string' },
} as const
type Flags = {
  readonly [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K] extends { multiple: true }
    ? string[]
    : (typeof OPTIONS)[K]['type'] extends 'boolean'
      ? boolean
      : string
}

const questionNamed = (name: string | undefined, now: number): Question | null => {
  if (name === undefined) return null
  const all = questionsAt(now)
  const found = all.find(({ question }) => question === name)
  if (found) return found
  const names = all.map(({ question }) => question)
  const near = nearestName(name, names)
  throw new UsageError({
    fr: `--question : il n’y a pas de question « ${name} » ; ${near ? `vouliez-vous dire « ${near} » ?` : `il y a : ${names.join(', ')}.`}`,
    en: `--question: there is no question “${name}”; ${near ? `did you mean “${near}”?` : `there are: ${names.join(', ')}.`}`,
  })
}

const PRICED = ['service', 'utility', 'marketing', 'authentication', 'ai']
const priceIn = (given: string): AskedPrice => {
  const [, what = '', amount, currency = '', place = 'world'] =
    /^([a-z]+)=(\d+(?:\.\d{1,6})?)\s?([A-Z]{3})(?:@([A-Z]{2,12}))?$/.exec(given) ?? []
  if (amount !== undefined && PRICED.includes(what)) return { what, place, amount: Number(amount), currency }
  throw new UsageError({
    fr: `--price : « ${given} » ne se lit pas ; écrivez « service=0.03EUR » ou « ai=0.0572EUR@EEA » (${PRICED.join(', ')}).`,
    en: `--price: “${given}” does not read; write “service=0.03EUR” or “ai=0.0572EUR@EEA” (${PRICED.join(', ')}).`,
  })
}

const declarationOf = (flags: Flags): Declaration => {
  const aiIs = flags['ai-is']
  if (aiIs !== undefined && aiIs !== 'incidental' && aiIs !== 'primary') {
    throw new UsageError({ fr: '--ai-is : incidental ou primary.', en: '--ai-is: incidental or primary.' })
  }
  return { aiIs, aiSince: dayFlag('ai-since', flags['ai-since']) }
}

const countOf = (flag: string, given: string | undefined): number | null => {
  if (given === undefined) return null
  const count = Number(given)
  if (count > 0 && count <= 1_000_000) return count
  throw new UsageError({ fr: `--${flag} attend un nombre au-dessus de zéro.`, en: `--${flag} needs a number above zero.` })
}

const channelNamed = (given: string | undefined, own: OwnRules): string | null => {
  if (given === undefined) return null
  const names = Object.entries(own.channels).flatMap(([id, { medium }]) => [id, medium])
  if (names.includes(given)) return given
  const near = nearestName(given, names)
  throw new UsageError({
    fr: `--without : il n’y a pas de canal « ${given} »${near ? ` ; vouliez-vous dire « ${near} » ?` : '.'}`,
    en: `--without: there is no channel “${given}”${near ? `; did you mean “${near}”?` : '.'}`,
  })
}

/** What is asked, by the question that stands ready and by the flags on top of it. */
const changeOf = (flags: Flags, files: readonly RulebookFile[], question: Question | null, own: OwnRules, zone: string, io: Io): Change => {
  const base = question?.change ?? NO_CHANGE
  const prices = (flags.price ?? []).map(priceIn)
  const kinds = [...new Set(Object.values(own.channels).map(({ medium }) => medium))]
  const today = dayAt(io.now(), zone)
  const day = dayFlag('at', flags.at)
  return {
    ...base,
    files: [...base.files, ...files, ...(prices.length ? [priceFileOf('asked', prices, kinds, today)] : [])],
    at: day === undefined ? base.at : dayNoon(day, zone),
    declares: { ...base.declares, ...stated(declarationOf(flags)) },
    without: channelNamed(flags.without, own) ?? base.without,
    throughput: countOf('throughput', flags.throughput) ?? base.throughput,
  }
}

const stated = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>

const isAsked = (change: Change): boolean =>
  change.files.length + change.drop.length + Object.keys(change.declares).length > 0 ||
  change.at !== null ||
  change.without !== null ||
  change.throughput !== null

const rangeOf = (flags: Flags, zone: string, now: number): Range => {
  const [since, until] = [dayFlag('since', flags.since), dayFlag('until', flags.until)]
  const end = until === undefined ? now : dayStart(addDays(until, 1), zone)
  const range = { since: dayStart(since ?? dayAt(end - DAYS * DAY_MS, zone), zone), until: end }
  if (range.since < range.until) return range
  throw new UsageError({ fr: '--since vient après --until.', en: '--since is after --until.' })
}

/** The question as a sentence of its own, where none stands ready. */
const sentenceOf = (flags: Flags, files: readonly string[], change: Change): Words => {
  const parts: Words[] = []
  const names = [...files, ...(flags.rules ?? [])].join(', ')
  if (names) parts.push({ fr: `sous les règles de ${names}`, en: `under the rules of ${names}` })
  if (flags.at) parts.push({ fr: `sous les règles du ${dayIn(flags.at, 'fr')}`, en: `under the rules of ${dayIn(flags.at, 'en')}` })
  for (const { what, amount, currency, place } of (flags.price ?? []).map(priceIn)) {
    const where = place === 'world' ? '' : ` (${place})`
    parts.push({
      fr: `à ${moneyIn(amount, currency, 'fr')} le message « ${what} »${where}`,
      en: `at ${moneyIn(amount, currency, 'en')} a “${what}” message${where}`,
    })
  }
  if (change.declares.aiIs)
    parts.push({ fr: `avec une IA déclarée « ${change.declares.aiIs} »`, en: `with an AI declared “${change.declares.aiIs}”` })
  if (change.declares.aiSince)
    parts.push({
      fr: `fournisseur d’IA depuis le ${dayIn(change.declares.aiSince, 'fr')}`,
      en: `an AI provider since ${dayIn(change.declares.aiSince, 'en')}`,
    })
  if (flags.without) parts.push({ fr: `sans « ${flags.without} »`, en: `without “${flags.without}”` })
  if (flags.throughput) parts.push({ fr: `à ${flags.throughput} messages par seconde`, en: `at ${flags.throughput} messages a second` })
  const all = (language: Language) => parts.map((part) => part[language]).join(', ')
  return { fr: `Et si… ${all('fr')} ?`, en: `What if… ${all('en')}?` }
}

const askingOf = (
  flags: Flags,
  files: readonly string[],
  question: Question | null,
  change: Change,
  own: OwnRules,
  range: Range,
  now: number,
): Asking => {
  const assumed = question?.assume.aiIs && question.assume.aiIs !== own.assistant.aiIs ? question.assume.aiIs : null
  return {
    ask:
      question && Object.keys(flags).every((flag) => ['question', 'sample', 'workspace', 'out', 'json', 'since', 'until'].includes(flag))
        ? question.ask
        : sentenceOf(flags, files, change),
    assumed: assumed
      ? {
          fr: `Des deux côtés, l’IA compte pour le service principal (« ${assumed} ») ; vous déclarez « ${own.assistant.aiIs} ».`,
          en: `On both sides the AI is taken for the main service (“${assumed}”); you declare “${own.assistant.aiIs}”.`,
        }
      : null,
    source: question?.source ?? null,
    range,
    sample: flags.sample === true,
    at: now,
  }
}

/** How each channel of a workspace finds people; `without` one that is gone. */
export const reachable = (own: OwnRules, without: string | null): Reachable[] =>
  Object.entries(own.channels).map(([id, { kind, medium }]) => ({
    id,
    kind: medium,
    identities: channelOf(kind)?.capabilities.identities ?? [],
    gone: without === id || without === medium,
    planned: Object.values(own.plans.reach).some((steps) => steps.some(({ channel }) => channel === id)),
  }))
const connectable = (kind: string): boolean => connectors.some(({ capabilities }) => capabilities.identities.some((one) => one === kind))

/** An answer for programs. */
export const asJson = (answer: Answer, digests: { before: string; after: string }, question: string | null) => {
  const { threads, asking, examples, ...rest } = answer
  const iso = (at: number) => new Date(at).toISOString()
  return {
    question,
    ask: asking.ask,
    assumed: asking.assumed,
    source: asking.source,
    since: iso(asking.range.since),
    until: iso(asking.range.until),
    sample: asking.sample,
    rulebook: digests,
    ...rest,
    examples: examples.map(({ at, ...example }) => ({ ...example, at: iso(at) })),
  }
}

export const whatifCommand = ({ openRecords, timezone }: { readonly openRecords: OpenRecords; readonly timezone: string }): Command =>
  defineCommand({
    name: 'whatif',
    summary: {
      fr: 'Juge le trafic enregistré sous d’autres règles, un autre jour, d’autres prix ou sans un canal : ce qui changerait, pour qui, à quel prix.',
      en: 'Judges recorded traffic under other rules, another day, other prices or without a channel: what would change, for whom, at what cost.',
    },
    usage: USAGE,
    options: OPTIONS,
    positionals: { min: 0, max: 50 },
    run: async ({ values, positionals }, io) => {
      const flags: Flags = values
      const write = flags.out === undefined ? null : await outFile(flags.out, io)
      const folder = flags.workspace ?? (flags.sample ? DEMO : '.')
      const own = readOwnRules(io.cwd, folder)
      const zone = own.workspace.timezone ?? timezone
      const now = io.now()
      const question = questionNamed(flags.question, now)
      const given = [...positionals, ...(flags.rules ?? [])].flatMap((file) => readGivenRules(io, file))
      const change = changeOf(flags, given, question, own, zone, io)
      if (!isAsked(change)) {
        throw new UsageError({
          fr: 'que faut-il changer ? Donnez des règles, un jour, un prix, ou une question toute prête.',
          en: 'what should change? Give rules, a day, a price, or a question that stands ready.',
        })
      }
      const before = readRules(own.rules, resolve(io.cwd, folder))
      const after = withGivenNames(given, () => changeRulebook(before, change, parse))
      const range = rangeOf(flags, zone, now)
      const assume = { ...question?.assume, ...stated(declarationOf(flags)) }
      const ask = async (traffic: ReturnType<typeof sampleTraffic>): Promise<Answer> => {
        const quiet = flags.out === undefined && values.json === true
        const progress = openProgress(io, io.watched && !quiet ? traffic.count(range) : 0, quiet)
        const asked = {
          before,
          after,
          change,
          assume: question ? assume : {},
          range,
          channels: reachable(own, change.without),
          connectable,
        }
        const found = await askWhatIf(traffic, { ...asked, onProgress: progress.to })
        progress.end()
        const threads = new Map<string, Thread>()
        for (const { message } of found.examples) threads.set(message, await traffic.thread(message))
        return { ...found, asking: askingOf(flags, positionals, question, change, own, range, now), threads }
      }
      const answer = flags.sample ? await ask(sampleTraffic(range.until)) : await withRecords(openRecords, io, ask)
      const summary = summarise(answer, io.language)
      if (write) {
        const written = { fr: 'Écrit par', en: 'Written by' }[io.language]
        const footer = [
          ...(answer.asking.source ? [answer.asking.source] : []),
          `${written} relais whatif · ${new Date(now).toISOString()} · ${before.digest.slice(0, 12)} → ${after.digest.slice(0, 12)}`,
        ]
        await write(renderReport(summary, io.language, footer, readLook()))
      }
      if (values.json) writeJson(io, asJson(answer, { before: before.digest, after: after.digest }, question?.question ?? null))
      else io.stdout(printSummary(summary, io.language))
      return EXIT.done
    },
  })
