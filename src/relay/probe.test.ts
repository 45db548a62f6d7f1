import { expect, it } from 'vitest'
import { RelaisError } from '../core/errors.ts'
import { asId, type ChannelId } from '../core/ids.ts'
import { type LogFields, silentLog } from '../core/ports.ts'
import { keepProbe } from './probe.ts'

const channel = asId<ChannelId>('whatsapp')

const asked = (probe: (signal: AbortSignal) => Promise<void>) => {
  const lines: (LogFields | undefined)[] = []
  let waitMs = 0
  let over = () => {}
  const holds = { it: true }
  const kept = keepProbe({
    channel,
    open: { probe },
    clock: {
      now: () => 0,
      after: (ms, call) => {
        waitMs = ms
        over = call
        return () => {}
      },
    },
    log: { ...silentLog, info: (_, fields) => void lines.push(fields) },
    leads: () => holds.it,
  })
  return { ask: () => kept?.ask(), stop: () => kept?.stop(), lines, holds, over: () => over(), waitMs: () => waitMs }
}
const forever = (signal: AbortSignal) => new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

it('there is none where the connector cannot ask', () => {
  expect(keepProbe({ channel, open: {}, clock: { now: () => 0, after: () => () => {} }, log: silentLog, leads: () => true })).toBe(
    undefined,
  )
})

it('tells what the provider answers, and keeps why it did not', async () => {
  expect(await asked(async () => {}).ask()).toBe(true)
  const refused = asked(() => Promise.reject(new RelaisError('provider-refused', 'http-503')))
  expect(await refused.ask()).toBe(false)
  expect(refused.lines).toEqual([{ channel, answers: false, error: 'provider-refused http-503' }])
})

it('waits twenty seconds at most', async () => {
  const one = asked(forever)
  const answer = one.ask()
  expect(one.waitMs()).toBe(20_000)
  one.over()
  expect(await answer).toBe(false)
})

it('says nothing of a channel that is another’s by now, nor once it was stopped', async () => {
  const lost = asked(async () => {})
  lost.holds.it = false
  expect(await lost.ask()).toBe(null)
  const stopped = asked(forever)
  const answer = stopped.ask()
  stopped.stop()
  expect(await answer).toBe(null)
})
