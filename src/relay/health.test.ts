import { describe, expect, it } from 'vitest'
import type { Refusal, RefusalClass, SendResult } from '../core/outcome.ts'
import { asks, type Health, isObserved, mostAtOnce, observe, resumeHealth, type Signal, wellSince } from './health.ts'

const T0 = 1_800_000_000_000
const SECOND = 1_000
const MINUTE = 60_000

const refusal = (kind: RefusalClass): Refusal => ({ class: kind, code: '1', detail: '', remedy: { fr: '', en: '' } })
const ACCEPTED: SendResult = { type: 'accepted', vendorId: 'wamid.1' as never }
const LOST: SendResult = { type: 'unknown', cause: 'timeout' }
const DOWN: SendResult = { type: 'postponed', refusal: refusal('retry') }
const sent = (result: SendResult, ms = 50): Signal => ({ type: 'sent', result, ms })
const TIME: Signal = { type: 'time' }
const answers = (ok: boolean): Signal => ({ type: 'probe', ok })
const HOUR = 60 * MINUTE

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
    asks: () => asks(health, now),
    now: () => now - T0,
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

describe('a channel whose provider can be asked whether it answers', () => {
  const asked = () => channel(wellSince(T0, true))
  const lost = () => {
    const one = asked()
    one.each(20, 100, sent(LOST))
    return one
  }

  it('is asked after a fault, again and again while it does not answer, and is cut without another message', () => {
    const one = asked()
    expect(one.asks()).toBe(false)
    one.see(sent(LOST))
    const told: string[] = []
    for (let seconds = 0; seconds < 200; seconds++) {
      if (one.asks()) one.see(answers(false))
      if (told.at(-1) !== one.is()) told.push(one.is())
      one.wait(SECOND)
    }
    expect(told).toEqual(['healthy', 'degraded no-answer', 'cut no-answer'])
  })

  it('is asked no more once it answers, until the next fault; that it answers does not excuse the sends that failed', () => {
    const one = asked()
    one.see(sent(LOST))
    one.wait(20 * SECOND)
    expect(one.asks()).toBe(true)
    one.see(answers(true))
    one.wait(HOUR)
    expect([one.is(), one.asks()]).toEqual(['healthy', false])
    for (let n = 0; n < 7; n++) {
      one.see(answers(true))
      one.wait(HOUR)
      one.see(sent(LOST))
    }
    expect(one.is()).toBe('cut no-answer')
  })

  it('lets nothing out while it is cut, is asked after its rest, and rests twice as long after each question in vain, up to half an hour', () => {
    const one = lost()
    const rests: number[] = []
    let since = one.now()
    for (let n = 0; n < 8; n++) {
      while (!one.asks()) one.wait(SECOND)
      rests.push(Math.round((one.now() - since) / MINUTE))
      expect([one.is(), one.room()]).toEqual(['cut no-answer', 0])
      since = one.now()
      one.see(answers(false))
    }
    expect(rests).toEqual([1, 2, 4, 8, 16, 30, 30, 30])
  })

  it('lets one send through once it has answered, and is well where that was accepted', () => {
    const one = lost()
    one.wait(MINUTE)
    one.see(answers(true))
    expect([one.is(), one.room(), one.asks()]).toEqual(['degraded no-answer', 1, false])
    one.wait(5 * HOUR)
    expect(one.is()).toBe('degraded no-answer')
    one.see(sent(ACCEPTED))
    expect(one.is()).toBe('healthy')
  })

  it('whose sends fail though it answers rests at least twice as long each time, counted by how long a message took to come by', () => {
    const one = lost()
    const told: string[] = []
    for (let minutes = 0; minutes < 24 * 60; minutes++) {
      if (minutes % 60 === 59 && one.room() > 0) one.see(sent(LOST))
      if (one.asks()) one.see(answers(true))
      if (told.at(-1) !== one.is()) told.push(one.is())
      one.wait(MINUTE)
    }
    expect(told.filter((state) => state.startsWith('cut')).length).toBeLessThanOrEqual(7)
  })

  it('is not asked what no question tells: whether what it accepts arrives', () => {
    const one = asked()
    one.see({ type: 'receipts', accepted: 40, told: 2 })
    one.wait(MINUTE)
    expect([one.is(), one.asks(), one.room()]).toEqual(['cut receipts-missing', false, 1])
  })
})

describe('a channel that was cut for what never arrived', () => {
  const silent = () => {
    const one = channel()
    one.see({ type: 'receipts', accepted: 40, told: 2 })
    return one
  }

  it('risks one message a rest, each rest twice as long, until one was told to have arrived', () => {
    const one = silent()
    let trials = 0
    for (let minutes = 0; minutes < 4 * 60; minutes++) {
      if (one.room() > 0) {
        one.see(sent(ACCEPTED))
        trials += 1
      }
      one.see({ type: 'receipts', accepted: 1, told: 0 })
      one.wait(MINUTE)
    }
    expect(one.is()).toBe('cut receipts-missing')
    expect(trials).toBeLessThanOrEqual(12)
    one.see({ type: 'receipts', accepted: 1, told: 1 })
    expect(one.is()).toBe('degraded receipts-missing')
  })

  it('and opened again because nothing waited is well only once something arrived, and is cut by the next three that do not', () => {
    const one = silent()
    one.wait(40 * MINUTE)
    one.see({ type: 'receipts', accepted: 0, told: 0 })
    one.see({ type: 'idle' })
    expect(one.is()).toBe('degraded receipts-missing')
    one.see(sent(ACCEPTED))
    one.wait(10 * MINUTE)
    expect(one.is()).toBe('degraded receipts-missing')
    one.see({ type: 'receipts', accepted: 3, told: 0 })
    expect(one.is()).toBe('cut receipts-missing')
  })
})
