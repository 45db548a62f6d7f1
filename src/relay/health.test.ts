import { describe, expect, it } from 'vitest'
import type { Refusal, RefusalClass, SendResult } from '../core/outcome.ts'
import { type Health, isObserved, mostAtOnce, observe, resumeHealth, type Signal, wellSince } from './health.ts'

const T0 = 1_800_000_000_000
const SECOND = 1_000
const MINUTE = 60_000

const refusal = (kind: RefusalClass): Refusal => ({ class: kind, code: '1', detail: '', remedy: { fr: '', en: '' } })
const ACCEPTED: SendResult = { type: 'accepted', vendorId: 'wamid.1' as never }
const LOST: SendResult = { type: 'unknown', cause: 'timeout' }
const DOWN: SendResult = { type: 'postponed', refusal: refusal('retry') }
const sent = (result: SendResult, ms = 50): Signal => ({ type: 'sent', result, ms })
const TIME: Signal = { type: 'time' }

/** A channel on a clock of its own. */
const channel = (start: Health = wellSince(T0)) => {
  let health = start
  let now = T0
  const see = (signal: Signal) => {
    health = observe(health, signal, now)
    return health
  }
  return {
    see,
    /** `count` signals, one each `every` ms. */
    each: (count: number, every: number, signal: Signal) => {
      for (let n = 0; n < count; n++) {
        see(signal)
        now += every
      }
      return health
    },
    wait: (ms: number) => {
      now += ms
      return see(TIME)
    },
    is: () => `${health.state} ${health.reason ?? ''}`.trim(),
    room: () => mostAtOnce(health, now),
  }
}

describe('a channel by what happens on it', () => {
  it('is well while what it refuses is about a message, a person or our own pace', () => {
    const one = channel()
    for (const kind of ['never', 'window', 'fix', 'pair', 'throttled', 'later'] as const)
      one.each(30, SECOND, sent({ type: 'refused', refusal: refusal(kind) }))
    expect(one.is()).toBe('healthy')
  })

  it('is not worse for a few faults among many sends, nor for two of three', () => {
    const one = channel()
    one.each(2, SECOND, sent(DOWN))
    one.see(sent(ACCEPTED))
    expect(one.is()).toBe('healthy')
    one.wait(3 * MINUTE)
    for (let n = 0; n < 50; n++) one.see(sent(n % 10 ? ACCEPTED : LOST))
    expect(one.is()).toBe('healthy')
  })

  it('is degraded where a quarter of its sends fails, and well again only once hardly any does, a minute later at the earliest', () => {
    const one = channel()
    for (let n = 0; n < 40; n++) one.see(sent(n % 3 ? ACCEPTED : DOWN))
    expect(one.is()).toBe('degraded provider-down')
    one.see(sent(ACCEPTED))
    for (let n = 0; n < 400; n++) one.see(sent(n % 10 ? ACCEPTED : DOWN))
    one.wait(61 * SECOND)
    // One in ten would not have degraded it, and does not make it well either.
    expect(one.is()).toBe('degraded provider-down')
    one.wait(70 * SECOND)
    one.each(20, SECOND, sent(ACCEPTED))
    expect(one.is()).toBe('healthy')
  })

  it('stays a minute as it is, however good the news', () => {
    const one = channel()
    one.see(sent({ type: 'refused', refusal: refusal('credentials') }))
    expect(one.is()).toBe('degraded credentials')
    one.wait(150)
    for (let n = 0; n < 100; n++) one.see(sent(ACCEPTED))
    expect(one.is()).toBe('degraded credentials')
    one.wait(MINUTE)
    expect(one.is()).toBe('healthy')
  })

  it('is told of by faults in a row where little is sent', () => {
    const one = channel()
    one.each(4, 15 * SECOND, sent(LOST))
    expect(one.is()).toBe('healthy')
    one.see(sent(LOST))
    expect(one.is()).toBe('degraded no-answer')
    one.each(8, 30 * SECOND, sent(LOST))
    expect(one.is()).toBe('cut no-answer')
  })

  it('is cut within seconds where nine of ten sends are lost', () => {
    const one = channel()
    one.each(20, 100, sent(LOST))
    expect(one.is()).toBe('cut no-answer')
    expect(one.room()).toBe(0)
  })

  it('is degraded where half of its sends take longer than anybody waits', () => {
    const one = channel()
    one.each(12, SECOND, sent(ACCEPTED, 12_000))
    expect(one.is()).toBe('degraded slow')
    one.wait(3 * MINUTE)
    expect(one.is()).toBe('healthy')
  })

  it('is cut where it accepts and never delivers, and comes back when receipts do', () => {
    const one = channel()
    one.see({ type: 'receipts', accepted: 19, told: 0 })
    expect(one.is()).toBe('healthy')
    one.see({ type: 'receipts', accepted: 40, told: 15 })
    expect(one.is()).toBe('degraded receipts-missing')
    one.see({ type: 'receipts', accepted: 40, told: 2 })
    expect(one.is()).toBe('cut receipts-missing')
    one.wait(2 * MINUTE)
    one.see(sent(ACCEPTED))
    one.see({ type: 'idle' })
    one.wait(2 * MINUTE)
    expect(one.is()).toBe('cut receipts-missing')
    one.see({ type: 'receipts', accepted: 10, told: 9 })
    expect(one.is()).toBe('degraded receipts-missing')
    one.wait(MINUTE)
    expect(one.is()).toBe('healthy')
  })

  it('is degraded where nobody could listen for two minutes, and well a minute after somebody can', () => {
    const one = channel()
    one.see({ type: 'listening', ok: false })
    one.wait(MINUTE)
    one.see({ type: 'listening', ok: false })
    expect(one.is()).toBe('healthy')
    one.wait(MINUTE)
    expect(one.is()).toBe('degraded not-listening')
    one.see({ type: 'listening', ok: true })
    one.wait(MINUTE)
    expect(one.is()).toBe('healthy')
  })
})

describe('a channel that was cut for what we saw', () => {
  const lost = () => {
    const one = channel()
    one.each(20, 100, sent(LOST))
    return one
  }

  it('is tried with one send after a minute, then after two, then four', () => {
    const one = lost()
    for (const minutes of [1, 2, 4]) {
      one.wait(minutes * MINUTE - 200)
      expect([one.is(), one.room()]).toEqual(['cut no-answer', 0])
      one.wait(200)
      expect(one.room()).toBe(1)
      one.see(sent(DOWN))
      expect(one.room()).toBe(0)
    }
  })

  it('heals in two steps: one send accepted, then none that fails for a minute', () => {
    const one = lost()
    one.wait(MINUTE)
    one.see(sent(ACCEPTED))
    expect([one.is(), one.room()]).toEqual(['degraded no-answer', 1])
    one.each(5, SECOND, sent(ACCEPTED))
    expect(one.is()).toBe('degraded no-answer')
    one.wait(MINUTE)
    expect([one.is(), one.room()]).toEqual(['healthy', Number.POSITIVE_INFINITY])
  })

  it('is cut again by the first fault after, and rests longer', () => {
    const one = lost()
    one.wait(MINUTE)
    one.see(sent(ACCEPTED))
    one.see(sent(LOST))
    expect(one.is()).toBe('cut no-answer')
    one.wait(MINUTE)
    expect(one.room()).toBe(0)
    one.wait(MINUTE)
    expect(one.room()).toBe(1)
  })

  it('is opened to what comes next where nothing waits to try it with, and is well only once something was accepted', () => {
    const one = lost()
    one.see({ type: 'idle' })
    expect(one.is()).toBe('cut no-answer')
    one.wait(MINUTE)
    one.see({ type: 'idle' })
    one.wait(10 * MINUTE)
    expect([one.is(), one.room()]).toEqual(['degraded no-answer', 1])
    one.see(sent(ACCEPTED))
    expect(one.is()).toBe('healthy')
  })

  it('does not rest longer for answers to what had left before it was cut', () => {
    const one = lost()
    one.each(5, SECOND, sent(LOST))
    one.wait(MINUTE - 5 * SECOND)
    expect(one.room()).toBe(1)
  })

  it('is taken over by another worker as it is; what a platform or a person said is not ours', () => {
    expect(channel(resumeHealth('cut', 'no-answer', T0)).room()).toBe(1)
    expect(resumeHealth('cut', '131031', T0).state).toBe('healthy')
    expect([isObserved('provider-down'), isObserved('131031'), isObserved('rule:business/stop'), isObserved(null)]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})
