/** `/metrics` for Prometheus: what the house counts as it works, and what the store tells when somebody asks. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { STALE_MS } from '../core/drill.ts'
import type { Metrics } from '../core/metrics.ts'
import type { Gauges } from '../core/reading.ts'
import { AUTOMATION } from '../core/store.ts'

export type Meters = {
  readonly metrics: Metrics
  /** Gauges of the store stay out where it does not answer (null). */
  render(gauges: Gauges | null): Promise<string>
  readonly contentType: string
}

export type RuleAge = { readonly file: string; readonly days: number; readonly stale: boolean }

/** From one millisecond to the patience of a provider. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/**
 * Asked at each scrape. `ages`: how many days ago the sources of each rule file were read; `kept`: do the last good rules stand in for others?
 * `rehearsable`: channels and engines whose cut is to be rehearsed.
 */
export const createMeters = (
  ages: () => readonly RuleAge[] = () => [],
  kept: () => boolean = () => false,
  rehearsable: readonly string[] = [],
): Meters => {
  const registry = new Registry()
  const registers = [registry]
  const counter = (name: string, help: string, labelNames: string[]) => new Counter({ name, help, labelNames, registers })
  const gauge = (name: string, help: string, labelNames: string[]) => new Gauge({ name, help, labelNames, registers })

  const inbound = counter('relais_events_in_total', 'Events received, by channel and kind.', ['channel', 'kind'])
  const messagesIn = counter('relais_messages_in_total', 'Messages of customers received, by channel.', ['channel'])
  const unknown = counter('relais_inbound_unknown_total', 'Inbound events of a kind Relais does not know, by channel.', ['channel'])
  const out = counter('relais_messages_out_total', 'Tries at sending, by channel and result.', ['channel', 'result'])
  const decisions = counter('relais_decisions_total', 'Decisions, by outcome.', ['outcome'])
  const moved = counter('relais_messages_moved_total', 'Messages whose reach plan went on, by the channel they went on from.', ['channel'])
  const late = counter('relais_late_deliveries_total', 'Messages delivered after their reach plan had gone on, by channel.', ['channel'])
  const crossings = counter(
    'relais_crossings_total',
    'Steps over the bridge, by channel: offered, opened, coded, returned, linked, unlinked.',
    ['channel', 'how'],
  )
  const webhooks = counter('relais_webhook_tries_total', 'Tries at outgoing webhooks, by result.', ['webhook', 'result'])
  const engines = counter('relais_engine_calls_total', 'Questions put to engines, by result.', ['engine', 'result'])
  const left = counter('relais_engine_personal_data_total', 'What engines were given of people, by kind; as pseudonyms or in clear.', [
    'engine',
    'kind',
    'as',
  ])
  const engineSeconds = new Histogram({
    name: 'relais_engine_seconds',
    help: 'Time an engine took.',
    labelNames: ['engine'],
    buckets: BUCKETS,
    registers,
  })
  const healthy = gauge('relais_engine_healthy', '1 while an engine is asked, 0 while its breaker keeps it out.', ['engine'])
  const seconds = new Histogram({
    name: 'relais_stage_seconds',
    help: 'Time by stage: intake (webhook to durable), turn, send, receipt (sent to delivered).',
    labelNames: ['stage'],
    buckets: BUCKETS,
    registers,
  })
  const stored = storeGauges(gauge, rehearsable)
  const stale = gauge('relais_rule_files_stale', 'Rule files whose sources nobody has read for over 90 days.', [])
  const standIn = gauge('relais_rules_kept', '1 while the last good rules go on because the new ones do not fit.', [])
  const age = gauge('relais_rule_file_age_days', 'Days since a source of this rule file was last read.', ['file'])

  return {
    metrics: {
      received: (channel, kind) => {
        inbound.inc({ channel, kind })
        if (kind === 'message') messagesIn.inc({ channel })
        if (kind === 'unknown') unknown.inc({ channel })
      },
      sent: (channel, result) => out.inc({ channel, result }),
      decided: (outcome) => decisions.inc({ outcome }),
      engine: (engine, result, ms) => {
        engines.inc({ engine, result })
        engineSeconds.observe({ engine }, ms / 1000)
      },
      left: (engine, { as, kinds }) => {
        for (const [kind, many] of Object.entries(kinds)) left.inc({ engine, kind, as }, many)
      },
      webhook: (id, result) => webhooks.inc({ webhook: id, result }),
      engineHealth: (engine, well) => healthy.set({ engine }, well ? 1 : 0),
      took: (stage, ms) => seconds.observe({ stage }, ms / 1000),
      moved: (channel) => moved.inc({ channel }),
      late: (channel) => late.inc({ channel }),
      crossed: (channel, how) => crossings.inc({ channel, how }),
    },
    render: (gauges) => {
      stored(gauges)
      const files = ages()
      standIn.set(kept() ? 1 : 0)
      stale.set(files.filter((file) => file.stale).length)
      age.reset()
      for (const { file, days } of files) age.set({ file }, days)
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}

const HEALTH = { healthy: 1, degraded: 0.5, cut: 0 } as const
const QUALITY = { green: 3, yellow: 2, red: 1, unknown: 0 } as const

/** What is read at each scrape; stale series are dropped first. */
const storeGauges = (
  gauge: (name: string, help: string, labelNames: string[]) => Gauge,
  rehearsable: readonly string[],
): ((gauges: Gauges | null) => void) => {
  const up = gauge('relais_store_up', '1 while the store answers.', [])
  const due = gauge('relais_queue_events', 'Events whose turn is due.', [])
  const later = gauge('relais_queue_events_later', 'Events and timers due later.', [])
  const age = gauge('relais_queue_age_seconds', 'Age of the oldest event that is due.', [])
  const outbox = gauge('relais_outbox', 'Sends that wait, by channel and state.', ['channel', 'state'])
  const outboxUnknown = gauge('relais_outbox_unknown', 'Sends of which nobody knows whether they arrived.', [])
  const poison = gauge('relais_poison', 'Events set aside after three failures.', [])
  const waiting = gauge('relais_conversations_waiting', 'Conversations that wait for an agent.', [])
  const longest = gauge('relais_conversations_waiting_seconds', 'How long the first of them has waited.', [])
  const health = gauge('relais_channel_health', '1 healthy, 0.5 degraded, 0 cut.', ['channel'])
  const quality = gauge('relais_channel_quality', '3 green, 2 yellow, 1 red, 0 unknown.', ['channel'])
  const engineHealth = gauge('relais_engine_health', '1 healthy, 0.5 degraded (one question tries it), 0 cut.', ['engine'])
  const stopped = gauge('relais_paused', '1 while a person has stopped it: ai (all automation), an engine or a channel.', ['what'])
  const webhook = gauge('relais_webhook_up', '1 while an outgoing webhook is told, 0.5 while it fails, 0 once it is switched off.', [
    'webhook',
  ])
  const paused = gauge('relais_channel_paused', '1 while a person has paused the channel.', ['channel'])
  const drillAge = gauge('relais_drill_age_seconds', 'Age of the last drill that cut this channel or engine.', ['cut'])
  const drillOk = gauge('relais_drill_ok', '1 where the plan B held in the last drill that cut it.', ['cut'])
  const drillStale = gauge('relais_drill_stale', '1 where something stands in for it and no drill of the last 30 days cut it.', ['cut'])
  return (gauges) => {
    up.set(gauges ? 1 : 0)
    for (const one of [outbox, health, quality, paused, engineHealth, stopped, webhook, drillAge, drillOk, drillStale]) one.reset()
    if (!gauges) return
    for (const { thing, ageMs, ok } of gauges.drills) {
      drillAge.set({ cut: thing }, ageMs / 1000)
      drillOk.set({ cut: thing }, ok ? 1 : 0)
    }
    for (const cut of rehearsable) {
      const last = gauges.drills.find(({ thing }) => thing === cut)
      drillStale.set({ cut }, last && last.ageMs <= STALE_MS ? 0 : 1)
    }
    due.set(gauges.pending.due)
    later.set(gauges.pending.later)
    age.set(Math.max(0, gauges.pending.oldestMs) / 1000)
    for (const { channel, state, count } of gauges.outbox) outbox.set({ channel, state }, count)
    outboxUnknown.set(gauges.outbox.filter((row) => row.state === 'unknown').reduce((sum, row) => sum + row.count, 0))
    poison.set(gauges.poison)
    waiting.set(gauges.waiting.count)
    longest.set(Math.max(0, gauges.waiting.longestMs) / 1000)
    for (const { id, ...channel } of gauges.channels) {
      health.set({ channel: id }, HEALTH[channel.health])
      quality.set({ channel: id }, QUALITY[channel.quality])
      paused.set({ channel: id }, channel.paused ? 1 : 0)
      stopped.set({ what: id }, channel.paused ? 1 : 0)
    }
    const { automation, engines, webhooks } = gauges.switches
    stopped.set({ what: AUTOMATION }, automation.paused ? 1 : 0)
    for (const { id, health: how, paused: still } of engines) {
      engineHealth.set({ engine: id }, HEALTH[how])
      stopped.set({ what: id }, still ? 1 : 0)
    }
    for (const { id, offAt, failingSince } of webhooks) webhook.set({ webhook: id }, offAt ? 0 : failingSince ? 0.5 : 1)
  }
}
