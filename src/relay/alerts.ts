/**
 * Wakes who runs the house, by mail: each alert of the journal at once, then for a quarter of an hour no more than a count of the same matter.
 * The mails go straight out by the channel named: they are no message to a customer, begin no conversation, and leave a line in the audit.
 */
import type { OpenChannel } from '../core/channel.ts'
import type { Ids } from '../core/ids.ts'
import type { Language } from '../core/language.ts'
import type { Refusal, SendResult } from '../core/outcome.ts'
import type { Place, Places } from '../core/outgoing.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { JournalEntry, Reading } from '../core/reading.ts'
import type { AlertSetup } from '../core/workspace.ts'
import { alertWords, type Matter, matterOf } from './alert-words.ts'
import { type Loop, startLoop } from './loop.ts'
import { trySend } from './send.ts'

/** One mail a matter in this long. */
export const BUNDLE_MS = 900_000
/** Until the channel takes it: shorter than anybody sleeps. */
const AGAIN_MS = 60_000
const POLL_MS = 1_000
const BATCH = 200
/** Names no webhook: those begin with a letter. */
export const ALERT_MAILS = '@alerts'

export type AlertOptions = {
  readonly setup: AlertSetup
  readonly business: string
  /** The channel they leave by; null while it may send nothing. */
  readonly channel: () => Promise<OpenChannel | null>
  readonly reading: Pick<Reading, 'journal'>
  readonly places: Places
  /** Keeps that it was mailed: to how many, with what result. */
  readonly audit: (subject: string, data: object, at: number) => Promise<void>
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
}

type Known = { readonly mailedAt: number; readonly waiting: number; readonly last: JournalEntry }

/** An alert, or the news that what alerted is over. */
const isNews = ({ kind, data }: JournalEntry): boolean =>
  kind === 'alert' ||
  (kind === 'channel.health-changed' && data?.kind === 'health' && data.state === 'healthy') ||
  (kind === 'engine.health-changed' && data?.state === 'closed') ||
  (kind === 'automation.changed' && data?.paused === false)

const matterIn = ({ kind, data, channel }: JournalEntry): Matter =>
  matterOf(kind === 'alert' ? (data ?? {}) : { ...data, about: kind }, channel)

/** Its first line says all: a mail takes it for its subject. */
const mailOf = (business: string, entry: JournalEntry, more: number, language: Language): string => {
  const { title, remedy } = alertWords(matterIn(entry), entry.data ?? {})
  const again =
    more < 2
      ? ''
      : {
          fr: `${more} fois dans le dernier quart d’heure\u00a0; voici la dernière.`,
          en: `${more} times in the last quarter of an hour; here is the last.`,
        }[language]
  const when = `${new Date(entry.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return [`${title[language]} (${business})`, again, remedy[language], when].filter(Boolean).join('\n\n')
}

/** Not by another try either: an address that takes no mail keeps none from the others. */
const isLost = ({ class: about }: Refusal): boolean => about === 'never' || about === 'fix'
const mayYet = (result: SendResult): boolean => result.type === 'postponed' || (result.type === 'refused' && !isLost(result.refusal))

export const startAlerts = (options: AlertOptions): Loop => {
  const { setup, reading, places, clock, ids, log } = options
  const known = new Map<string, Known>()
  /** By matter, who has not got its mail yet: it is tried again for them alone. */
  const missed = new Map<string, readonly string[]>()

  /** False where it is certain that somebody got nothing and may yet: it is tried again. */
  const mail = async (key: string, entry: JournalEntry, more: number): Promise<boolean> => {
    const channel = await options.channel()
    if (!channel) return false
    const text = mailOf(options.business, entry, more, setup.language)
    const results: string[] = []
    const people = missed.get(key) ?? setup.email
    const again: string[] = []
    for (const value of people) {
      const message = {
        attempt: ids('att'),
        to: { kind: 'email', value },
        content: { type: 'text', text },
        category: 'service',
      } as const
      const result = await trySend(channel, { ...message, language: setup.language }, clock)
      results.push(result.type)
      if (mayYet(result)) again.push(value)
    }
    if (again.length) missed.set(key, again)
    else missed.delete(key)
    const { about, subject: what } = matterIn(entry)
    await options.audit(`${about} ${what}`.trim(), { people: people.length, results, more }, clock.now())
    return !again.length
  }

  /** True where there is nothing more to do about it now. */
  const take = async (entry: JournalEntry): Promise<boolean> => {
    if (!isNews(entry)) return true
    const { about, subject } = matterIn(entry)
    const key = `${about} ${subject}`
    const before = known.get(key)
    // That it is well again is news only to who heard of it.
    if (entry.kind !== 'alert' && !before) return true
    if (before && clock.now() - before.mailedAt < BUNDLE_MS) {
      known.set(key, { ...before, waiting: before.waiting + 1, last: entry })
      return true
    }
    if (!(await mail(key, entry, 1))) return false
    known.set(key, { mailedAt: clock.now(), waiting: 0, last: entry })
    return true
  }

  /** What was only counted is told once its quarter of an hour is over. False where one has to be tried again. */
  const tellCounted = async (): Promise<boolean> => {
    for (const [key, { mailedAt, waiting, last }] of known) {
      if (clock.now() - mailedAt < BUNDLE_MS) continue
      if (waiting === 0) known.delete(key)
      else if (await mail(key, last, waiting)) known.set(key, { mailedAt: clock.now(), waiting: 0, last })
      else return false
    }
    return true
  }

  const waitAgain = async (place: Place): Promise<false> => {
    const at = clock.now()
    const tries = place.tries + 1
    await places.keep(ALERT_MAILS, { ...place, tries, dueAt: at + AGAIN_MS, failingSince: place.failingSince ?? at }, at)
    log.warn('alert.unsent', { tries })
    return false
  }

  const round = async (): Promise<boolean | number> => {
    if (!(await places.lead(ALERT_MAILS))) return false
    let place: Place = await places.read(ALERT_MAILS, clock.now())
    if (place.offAt !== null || place.dueAt > clock.now()) return false
    const { entries, position } = await reading.journal(place.place, BATCH)
    for (const entry of entries) {
      if (!(await take(entry))) return waitAgain(place)
      place = { ...place, place: entry.position, tries: 0, dueAt: 0, failingSince: null }
      if (isNews(entry)) await places.keep(ALERT_MAILS, place, clock.now())
    }
    place = { ...place, place: position }
    if (entries.length) await places.keep(ALERT_MAILS, place, clock.now())
    if (!(await tellCounted())) return waitAgain(place)
    return entries.length === BATCH
  }

  return startLoop('alerts', round, { clock, log, pollMs: POLL_MS })
}
