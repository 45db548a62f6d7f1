/**
 * Tells one address what happens: every event of the journal that it asked for, in order and at least once. What fails is tried again, later
 * and later; after five days it is told nothing more, until a person turns it on again.
 */
import { NOTICES } from '../core/event.ts'
import type { Place, Places } from '../core/outgoing.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { JournalEntry, Reading } from '../core/reading.ts'
import { webhookHeaders } from '../core/webhook-signature.ts'
import type { WebhookSetup } from '../core/workspace.ts'
import { type Loop, startLoop } from './loop.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** As services that do nothing else wait: https://docs.svix.com/retries (read 2026-11-22). The last goes on. */
export const RETRIES_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR]
export const OFF_AFTER_MS = 5 * 24 * HOUR
export const ANSWER_MS = 15 * SECOND
const POLL_MS = 500
const BATCH = 100
/** It says that it wants no more. */
const GONE = 410

export type WebhookOptions = {
  readonly setup: WebhookSetup
  /** Told alerts too, whatever else it asked for. */
  readonly alerts: boolean
  readonly reading: Pick<Reading, 'journal' | 'message'>
  readonly places: Places
  readonly fetch: (request: Request) => Promise<Response>
  readonly clock: Clock
  readonly log: Log
  /** What came of one try. */
  readonly tried: (result: 'delivered' | 'failed') => void
}

/** The rest of the journal is the house's own. */
const TOLD: ReadonlySet<string> = new Set(NOTICES)

type Message = { readonly id: string; readonly type: string; readonly entry: JournalEntry }

/** A decision is told before the message it is about. */
const messagesOf = (entry: JournalEntry, wants: (type: string) => boolean): readonly Message[] => {
  if (!TOLD.has(entry.kind)) return []
  const decision = { id: `${entry.id}:decision`, type: 'decision.made', entry }
  return [...(entry.decisionId ? [decision] : []), { id: entry.id, type: entry.kind, entry }].filter(({ type }) => wants(type))
}

export const startWebhook = (options: WebhookOptions): Loop => {
  const { setup, reading, places, clock, log } = options
  const { id, url, secrets, texts } = setup
  const asked = setup.events && new Set([...setup.events, ...(options.alerts ? ['alert'] : [])])
  const wants = (type: string) => asked === null || asked.has(type)
  let abort = () => {}
  let stopped = false

  const bodyOf = async ({ type, entry }: Message): Promise<string> => {
    const { kind: _, seq: __, position: ___, ...data } = entry
    const message = texts && entry.messageId ? await reading.message(entry.messageId) : null
    const { direction, author, category, status, content } = message ?? {}
    const told = message ? { ...data, message: { direction, author, category, status, content } } : data
    return JSON.stringify({ type, timestamp: new Date(entry.at).toISOString(), data: told })
  }

  /** null where it was taken; else what went wrong, without a word of what was sent. */
  const deliver = async (message: Message): Promise<string | null> => {
    const body = await bodyOf(message)
    const control = new AbortController()
    abort = () => control.abort()
    const cancel = clock.after(ANSWER_MS, abort)
    try {
      const headers = {
        ...webhookHeaders(secrets, message.id, clock.now(), body),
        'content-type': 'application/json',
        'user-agent': 'Relais',
      }
      // Where it moved to is for its owner to say: a redirect is a failure.
      const request = new Request(url, { method: 'POST', headers, body, redirect: 'manual', signal: control.signal })
      const response = await options.fetch(request)
      await response.body?.cancel().catch(() => {})
      return response.ok ? null : `status-${response.status}`
    } catch (error) {
      return control.signal.aborted ? 'timeout' : codeOf(error)
    } finally {
      cancel()
    }
  }

  const fail = async (place: Place, why: string): Promise<number> => {
    const at = clock.now()
    const failingSince = place.failingSince ?? at
    const dueAt = at + (RETRIES_MS[Math.min(place.tries, RETRIES_MS.length - 1)] ?? HOUR)
    await places.keep(id, { ...place, tries: place.tries + 1, dueAt, failingSince }, at)
    if (why === `status-${GONE}` || at - failingSince >= OFF_AFTER_MS) await places.switchOff(id, why, at)
    log.warn('webhook.failed', { webhook: id, why, tries: place.tries + 1 })
    return dueAt
  }

  const round = async (): Promise<boolean | number> => {
    if (!(await places.lead(id))) return false
    let place = await places.read(id, clock.now())
    if (place.offAt !== null) return false
    if (place.dueAt > clock.now()) return place.dueAt
    const { entries, position } = await reading.journal(place.place, BATCH)
    for (const entry of entries) {
      const messages = messagesOf(entry, wants)
      for (const message of messages) {
        if (stopped) return false
        const why = await deliver(message)
        if (stopped && why) return false
        options.tried(why ? 'failed' : 'delivered')
        if (why) return fail(place, why)
      }
      place = { ...place, place: entry.position, tries: 0, dueAt: 0, failingSince: null }
      if (messages.length) await places.keep(id, place, clock.now())
    }
    if (entries.length) await places.keep(id, { ...place, place: position }, clock.now())
    return entries.length === BATCH
  }

  const loop = startLoop(`webhook:${id}`, round, { clock, log, pollMs: POLL_MS })
  return {
    ring: loop.ring,
    stop: () => {
      stopped = true
      abort()
      return loop.stop()
    },
  }
}

const codeOf = (error: unknown): string => {
  if (error === null || typeof error !== 'object') return 'failed'
  const cause = 'cause' in error ? error.cause : null
  if (cause !== null && typeof cause === 'object' && 'code' in cause) return String(cause.code)
  return 'code' in error ? String(error.code) : 'failed'
}
