/** One rehearsal from a folder to its report: the same script twice, with the cut and without it. */
import { makeRandom } from '../../../simulators/random.ts'
import { type Cut, isImitated } from '../../../simulators/rehearsal/index.ts'
import { channelOf } from '../../channels/index.ts'
import {
  assess,
  type CutThing,
  type DrillReport,
  failuresOf,
  type Person,
  supposedShape,
  type TrafficShape,
  type Way,
  writeScript,
} from '../../continuity/index.ts'
import { PHONE_KINDS } from '../../core/address.ts'
import type { Language } from '../../core/language.ts'
import { mediumOf, type Workspace } from '../../core/workspace.ts'
import { readDocuments } from '../../knowledge/documents.ts'
import { type Played, type Price, playScript } from './play.ts'
import type { Rehearsed } from './rehearsed.ts'
import { openStage } from './stage.ts'

export type RehearsalRequest = {
  readonly rehearsed: Rehearsed
  readonly cut: readonly CutThing[]
  readonly how: Cut
  readonly contacts: number
  readonly seed: number
  /** The instant it begins at, ms: rules are judged by it. */
  readonly at: number
  /** null: supposed, of a business of whom nothing is recorded. */
  readonly shape: TrafficShape | null
  readonly language: Language
  readonly onProgress: (share: number) => void
}

const BEFORE_MS = 10 * 60_000
const AFTER_MS = 15 * 60_000
const LEAST_CUT_MS = 30 * 60_000
const MOST_CUT_MS = 24 * 3_600_000

/** Channels that people can be reached by through an imitation, the first of the plan first. */
export const waysOf = ({ channels, plans }: Workspace): readonly Way[] => {
  const order = (plans.reach.default ?? []).map(({ channel }) => channel)
  const ranked = channels.toSorted((a, b) => rankIn(order, a.id) - rankIn(order, b.id))
  return ranked.flatMap((setup): Way[] => {
    const kinds = channelOf(setup.kind)?.capabilities.identities ?? []
    const address = kinds.includes('email') ? 'email' : PHONE_KINDS.some((kind) => kinds.includes(kind)) ? 'phone' : null
    return address && isImitated(setup.kind) ? [{ id: setup.id, medium: mediumOf(setup), address, identities: kinds }] : []
  })
}
const rankIn = (order: readonly string[], id: string): number => (order.includes(id) ? order.indexOf(id) : order.length)

/** What customers write: the questions that the knowledge says they ask, else the words that begin a journey. */
export const textsOf = (workspace: Workspace): Readonly<Record<Language, readonly string[]>> => {
  const { asks } = readDocuments(workspace.knowledge, workspace.locale)
  const keywords = workspace.journeys.flatMap(({ starts }) => starts.flatMap((start) => ('keyword' in start ? start.keyword : [])))
  const inLanguage = (language: Language) => asks.filter((one) => one.language === language).map(({ ask }) => ask)
  const some = (texts: readonly string[]) => (texts.length > 0 ? texts : keywords.length > 0 ? keywords : ['Bonjour'])
  return { fr: some(inLanguage('fr')), en: some(inLanguage('en')) }
}

/** As long as the slowest plan needs, and a little more. */
const cutFor = ({ plans }: Workspace): number => {
  const waits = Object.values(plans.reach).map((steps) => steps.reduce((sum, { waitMs }) => sum + (waitMs ?? 0), 0))
  return Math.min(MOST_CUT_MS, Math.max(LEAST_CUT_MS, ...waits.map((wait) => wait * 1.5)))
}

const casting = ({ rehearsed: { workspace }, cut, how, contacts, seed, shape }: RehearsalRequest) => {
  const ways = waysOf(workspace)
  const given = shape ?? supposedShape(ways, workspace)
  const ids: readonly string[] = cut.map(({ id }) => id)
  const healAt = BEFORE_MS + cutFor(workspace)
  const cuts = [{ at: BEFORE_MS, healAt, ids, how }]
  const texts = textsOf(workspace)
  const script = writeScript({
    shape: given,
    ways,
    contacts,
    cuts,
    endAt: healAt + AFTER_MS,
    deaf: ['banned'],
    texts,
    random: makeRandom(seed),
  })
  return { ways, source: given.source, healAt, script }
}

/** Who is in it, and by which ways they can be written to. */
export const castOf = (request: RehearsalRequest): { readonly people: readonly Person[]; readonly ways: readonly Way[] } => {
  const { ways, script } = casting(request)
  return { people: script.people, ways }
}

/** One play of the two: with the cut, or without it. */
export const playOne = async (request: RehearsalRequest, withCut: boolean, onProgress: (share: number) => void): Promise<Played> => {
  const { rehearsed, seed, at } = request
  const { script } = casting(request)
  const stage = await openStage({ ...rehearsed, random: makeRandom(seed + 1), start: at })
  try {
    return await playScript(stage, withCut ? script : { ...script, cuts: [] }, onProgress)
  } finally {
    await stage.close()
  }
}

/** Here, one after the other. */
const playBoth = async (request: RehearsalRequest): Promise<readonly [Played, Played]> => {
  const part = (n: number) => (share: number) => request.onProgress((n + Math.min(1, share)) / 2)
  return [await playOne(request, true, part(0)), await playOne(request, false, part(1))]
}

/** `plays`: who plays with the cut and without it, as `playOne` does. */
export const rehearse = async (request: RehearsalRequest, plays = playBoth): Promise<Omit<DrillReport, 'key' | 'made'>> => {
  const { rehearsed, cut, how, seed, language } = request
  const { workspace, rulebook } = rehearsed
  const { source, healAt, script } = casting(request)
  const [played, uncut] = await plays(request)
  const result = assess(played.facts)
  const failures = failuresOf(result, cut, played.noticed)
  const iso = (ms: number) => new Date(ms).toISOString()
  return {
    format: 'relais-drill-1',
    language,
    business: workspace.name,
    timezone: workspace.timezone,
    mode: 'shadow',
    traffic: source,
    contacts: script.people.length,
    seed,
    how,
    cut,
    began: iso(played.began),
    cutAt: iso(played.began + BEFORE_MS),
    healedAt: iso(played.began + healAt),
    ended: iso(played.ended),
    noticed: played.noticed,
    result,
    price: pricesOf(played.price.known, uncut.price.known),
    unpriced: { cut: played.price.unknown, uncut: uncut.price.unknown },
    failures,
    ok: failures.length === 0,
    rulebook: rulebook.digest,
    workspace: workspace.digest,
  }
}

const pricesOf = (cut: Price, uncut: Price): DrillReport['price'] =>
  [...new Set([...Object.keys(cut), ...Object.keys(uncut)])].map((currency) => ({
    currency,
    cut: cut[currency] ?? 0,
    uncut: uncut[currency] ?? 0,
  }))
