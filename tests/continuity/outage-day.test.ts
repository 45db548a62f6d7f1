/**
 * A provider that fails for a day while a message an hour is to go: what is risked, and what is told of it. In virtual time, through the real
 * relay and connectors, each provider at the wire.
 */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeRandom } from '../../simulators/random.ts'
import type { Cut } from '../../simulators/rehearsal/index.ts'
import { playScript } from '../../src/cli/drill/play.ts'
import { openRehearsed } from '../../src/cli/drill/rehearsed.ts'
import { openStage } from '../../src/cli/drill/stage.ts'
import type { Person, Script } from '../../src/continuity/index.ts'
import { asId, type ChannelId } from '../../src/core/ids.ts'
import { mediumOf } from '../../src/core/workspace.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Monday 2026-11-23, seven in the morning in Paris. */
const START = Date.UTC(2026, 10, 23, 6)
const DEMO = join(import.meta.dirname, '..', '..', 'workspaces', 'demo')

/** Somebody new each hour: one message must not hold up the next. */
const peopleOn = (home: ChannelId, medium: string, count: number): Person[] =>
  Array.from({ length: count }, (_, n) => ({
    name: `Client ${n}`,
    phone: `+3363998${String(n).padStart(4, '0')}`,
    email: `client${n}@example.net`,
    country: 'FR',
    language: 'fr' as const,
    home,
    media: [medium],
    service: [medium],
    marketing: [],
  }))

/** A day of it, one channel alone, and no plan. */
const playDay = async (id: string, how: Cut) => {
  const channel = asId<ChannelId>(id)
  const { workspace: demo, rulebook, env } = await openRehearsed(DEMO, { env: {}, language: 'en' })
  const channels = demo.channels.filter((setup) => setup.id === channel)
  const medium = mediumOf(channels[0] ?? { kind: id })
  const workspace = { ...demo, channels, plans: { ...demo.plans, reach: {} } }
  const people = peopleOn(channel, medium, 27)
  const script: Script = {
    people,
    acts: people.map((_, person) => ({ at: person * HOUR + 30 * MINUTE, person, act: 'send', category: 'utility' })),
    cuts: [{ at: HOUR, healAt: 25 * HOUR, ids: [id], how }],
    endAt: 27 * HOUR,
  }
  const stage = await openStage({ workspace, rulebook, env, random: makeRandom(7), start: START })
  const { timeline, shared } = stage
  await playScript(stage, script, undefined, async (ms) => {
    const close = Math.min(ms, 5 * MINUTE)
    await timeline.leap(close, Math.ceil(close / 1_000))
    if (ms > close) await timeline.leap(ms - close, Math.ceil((ms - close) / 10_000))
  })
  await stage.close()
  const messages = [...shared.messages.values()].filter(({ direction }) => direction === 'out')
  return {
    sent: messages.length,
    unknown: new Set([...shared.attempts.values()].filter(({ result }) => result === 'unknown').map(({ message }) => message)).size,
    shown: stage.providers.get(channel)?.shown().length,
    told: shared.events.flatMap(({ kind, data }) => (kind === 'channel.health-changed' ? (Reflect.get(data ?? {}, 'state') ?? []) : [])),
    alerts: shared.events.filter(({ kind }) => kind === 'alert').length,
    ends: shared.channels.get(channel)?.health,
  }
}

describe('a day without the provider, and a message an hour', () => {
  it.each(['whatsapp', 'sms', 'mail'])(
    'on %s costs one message at most, and is told in a handful of events',
    async (id) => {
      const day = await playDay(id, 'down')
      expect(day.sent).toBeGreaterThanOrEqual(27)
      expect(day.unknown).toBeLessThanOrEqual(1)
      expect(day.shown).toBeGreaterThanOrEqual(day.sent - 1)
      expect(day.told).toEqual(['degraded', 'cut', 'degraded', 'healthy'])
      expect(day.alerts).toBeLessThanOrEqual(4)
      expect(day.ends).toBe('healthy')
    },
    120_000,
  )
})
