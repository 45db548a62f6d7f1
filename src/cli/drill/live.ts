/**
 * A live drill: people who agreed to it get one message each, for which a channel counts as cut; for everybody else nothing changes. It is
 * judged, sent and shown in the thread like all sends, and the running Relais sends it: this only asks and looks on.
 */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Assessment, BookedMessage, CutThing, DrillReport, SeenMessage } from '../../continuity/index.ts'
import { assess, failuresOf } from '../../continuity/index.ts'
import type { ChannelId, ContactId, Ids, MessageId } from '../../core/ids.ts'
import type { Language } from '../../core/language.ts'
import type { ContactDetail, MessageView, Reading } from '../../core/reading.ts'
import type { OwnArrival } from '../../core/store.ts'
import { mediumOf, type Workspace } from '../../core/workspace.ts'
import type { Bodies } from '../../relay/event.ts'
import { UsageError } from '../command.ts'

/** Few enough that a drill stays a drill. */
const MOST_PEOPLE = 25

/** `place`: the line of the file, from 1. */
export type Participant = { readonly place: number; readonly whom: string; readonly agreed: string }

/** One a line: an address or a contact's id, then in what words, or when, they agreed to take part; separated by a comma or semicolon. */
export const readCohort = (text: string, file: string): readonly Participant[] => {
  const people = text
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/u)
    .map((line, n) => ({ line: line.trim(), place: n + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .map(({ line, place }): Participant => {
      const [whom = '', ...agreed] = line.split(/[;,]/u).map((part) => part.trim())
      return { place, whom, agreed: agreed.join(', ') }
    })
  const silent = people.find(({ agreed }) => agreed === '')
  if (silent)
    throw new UsageError({
      fr: `${file}:${silent.place}\u00a0: il manque l’accord de cette personne. Écrivez sur sa ligne, après une virgule, quand ou en quels mots elle a accepté.`,
      en: `${file}:${silent.place}: this person’s consent is missing. Write on their line, after a comma, when or in what words they agreed.`,
    })
  if (people.length === 0 || people.length > MOST_PEOPLE)
    throw new UsageError({
      fr: `${file}\u00a0: de 1 à ${MOST_PEOPLE} personnes, pas ${people.length}.`,
      en: `${file}: 1 to ${MOST_PEOPLE} people, not ${people.length}.`,
    })
  return people
}

export const cohortFile = async (cwd: string, file: string): Promise<readonly Participant[]> => {
  const text = await readFile(resolve(cwd, file), 'utf8').catch(() => null)
  if (text === null) throw new UsageError({ fr: `il n’y a pas de fichier ${file}.`, en: `there is no file ${file}.` })
  return readCohort(text, file)
}

export type LiveTools = {
  readonly reading: Pick<Reading, 'contacts' | 'contact' | 'message'>
  /** Durable when it returns; whoever runs the workspace hears of it. */
  readonly append: (own: readonly OwnArrival[]) => Promise<void>
  readonly ids: Ids
  readonly now: () => number
  readonly pause: (ms: number) => Promise<void>
}
export type LiveRequest = {
  readonly workspace: Workspace
  readonly rulebook: string
  readonly cut: readonly CutThing[]
  readonly people: readonly ContactDetail[]
  readonly language: Language
  readonly onProgress: (share: number) => void
}

/** @throws {UsageError} naming the line of whom nobody knows. */
export const findPeople = async (
  { reading }: Pick<LiveTools, 'reading'>,
  cohort: readonly Participant[],
  file: string,
): Promise<readonly ContactDetail[]> => {
  const found = new Map<string, ContactDetail>()
  for (const { whom, place } of cohort) {
    const [listed] = whom.startsWith('con_')
      ? [{ id: whom as ContactId }]
      : (await reading.contacts({ address: whom, limit: 1, cursor: null })).items
    const contact = listed && (await reading.contact(listed.id))
    if (!contact)
      throw new UsageError({
        fr: `${file}:${place}\u00a0: ${whom} n’est connu de personne ici.`,
        en: `${file}:${place}: nobody here knows ${whom}.`,
      })
    found.set(contact.id, contact)
  }
  return [...found.values()]
}

const wordsFor = (business: string, language: string | null): string =>
  language?.startsWith('en')
    ? `${business}, drill: we are checking that we can reach you if a channel is cut. You have nothing to do. Thank you for taking part.`
    : `${business}, exercice : nous vérifions que nous pouvons vous joindre si un canal est coupé. Vous n’avez rien à faire. Merci d’y prendre part.`

const LOOK_MS = 2_000
const LEAST_MS = 3 * 60_000
const ENDED: ReadonlySet<string> = new Set(['delivered', 'read', 'failed', 'refused', 'cancelled', 'held'])

/** All messages of one plan, in order. */
const chainOf = async ({ reading }: LiveTools, first: MessageId): Promise<readonly MessageView[]> => {
  const chain: MessageView[] = []
  for (let id: MessageId | null = first; id !== null && chain.length < 10; ) {
    const message: MessageView | null = await reading.message(id)
    if (!message) break
    chain.push(message)
    id = message.movedTo
  }
  return chain
}

export const drillLive = async (tools: LiveTools, request: LiveRequest): Promise<Omit<DrillReport, 'key' | 'made'>> => {
  const { ids, now } = tools
  const { workspace, cut, people, language, onProgress } = request
  const began = now()
  const without = cut.filter(({ what }) => what === 'channel').map(({ id }) => id as ChannelId)
  const firsts = people.map(({ id, language: own }) => ({
    contact: id,
    message: ids('msg'),
    text: wordsFor(workspace.name, own ?? workspace.locale),
  }))
  await tools.append(
    firsts.map(({ contact, message, text }): OwnArrival => {
      const body: Bodies['api.send'] = {
        key: 'api:drill',
        purpose: 'service',
        intent: { message, channel: null, content: { type: 'text', text }, category: 'utility', without },
      }
      return { id: ids('evt'), contact, channel: null, kind: 'api.send', at: began, dueAt: began, body }
    }),
  )
  const waits = Object.values(workspace.plans.reach).map((steps) => steps.reduce((sum, { waitMs }) => sum + (waitMs ?? 0), 0))
  const until = began + Math.max(LEAST_MS, ...waits) + LEAST_MS
  let chains: (readonly MessageView[])[] = []
  for (;;) {
    chains = await Promise.all(firsts.map(({ message }) => chainOf(tools, message)))
    const open = chains.filter((chain) => !ENDED.has(chain.at(-1)?.status ?? ''))
    onProgress(1 - open.length / Math.max(1, chains.length))
    if (open.length === 0 || now() >= until) break
    await tools.pause(LOOK_MS)
  }
  const ended = now()
  const result = resultOf(request, chains, began, ended)
  const failures = failuresOf(result, cut, [])
  const iso = (at: number) => new Date(at).toISOString()
  return {
    format: 'relais-drill-1',
    language,
    business: workspace.name,
    timezone: workspace.timezone,
    mode: 'live',
    traffic: 'cohort',
    contacts: people.length,
    seed: null,
    how: 'cohort',
    cut,
    began: iso(began),
    cutAt: iso(began),
    healedAt: iso(ended),
    ended: iso(ended),
    noticed: [],
    result,
    price: [],
    unpriced: { cut: 0, uncut: 0 },
    failures,
    ok: failures.length === 0,
    rulebook: request.rulebook,
    workspace: workspace.digest,
  }
}

/** Of a live drill the receipts are all there is: what a customer saw is what a provider says was delivered. */
const resultOf = (
  { workspace, cut, people }: LiveRequest,
  chains: readonly (readonly MessageView[])[],
  began: number,
  ended: number,
): Assessment => {
  const media = new Map<string, string>(workspace.channels.map((setup) => [setup.id, mediumOf(setup)]))
  const ids = cut.map(({ id }) => id)
  const skipped = ids.map((channel) => ({ channel: channel as ChannelId, why: 'drill' }))
  const booked = chains.flatMap((chain) =>
    chain.map((message): BookedMessage => {
      const { id, contactId, channel, at, status, category, author, duplicateRisk, lateAt, movedTo, acceptedAt, refusal } = message
      return {
        id,
        first: chain[0]?.id ?? id,
        contact: contactId,
        channel,
        at,
        handedAt: acceptedAt,
        // Held back by the drill itself: nothing else was left.
        status: status === 'cancelled' && movedTo === null ? 'refused' : status,
        category,
        author,
        flagged: duplicateRisk || lateAt !== null,
        putOff: false,
        moved: movedTo !== null,
        passed: skipped,
        why: refusal?.code ?? (status === 'cancelled' ? 'no-other-way' : null),
        // A rule's refusal has its name; a provider's code has no slash.
        rule: refusal?.code.includes('/') ? refusal.code : null,
      }
    }),
  )
  const seen = chains.flat().flatMap(({ id, contactId, channel, acceptedAt, deliveredAt, readAt }): SeenMessage[] => {
    const at = deliveredAt ?? readAt
    return at === null ? [] : [{ at, sentAt: acceptedAt ?? at, channel, medium: media.get(channel) ?? '', contact: contactId, message: id }]
  })
  const agreed = new Map(
    people.map(({ id, consents }) => {
      const given = (category: string) =>
        consents.filter((one) => one.category === category && one.state === 'given').map(({ channelKind }) => channelKind)
      return [id, { service: given('service'), marketing: given('marketing'), media: [] }] as const
    }),
  )
  return assess({
    cuts: [{ at: began, healAt: ended, ids, how: 'cohort' }],
    booked,
    seen,
    written: [],
    agreed,
    media,
    withPeople: new Set(),
    // Each gets one message: there is no order to keep.
    stopped: [],
  })
}
