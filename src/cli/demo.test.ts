/** The demo's clock. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { stillClock } from '../../tests/support/rooms.ts'
import { createMovableClock, openStage } from './demo.ts'

const DAY = 86_400_000

it('calls at once what waits for a time that is leapt over', () => {
  const machine = stillClock(0)
  const clock = createMovableClock(machine)
  const called: number[] = []
  clock.after(DAY, () => called.push(clock.now()))
  clock.advance(2 * DAY)
  machine.advance(0)
  expect(called).toEqual([2 * DAY])
})

it('does not go back when the demo is started again, whatever was said since it was moved', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'relais-demo-'))
  const clockFile = join(folder, 'demo-clock.json')
  const shown: number[] = []
  for (const _ of [1, 2]) {
    const stage = await openStage({ origin: 'http://127.0.0.1:1', clockFile })
    shown.push(stage.clock.now())
    stage.clock.advance(DAY)
    await stage.close()
  }
  expect((shown[1] ?? 0) - (shown[0] ?? 0)).toBeGreaterThanOrEqual(DAY)
  await rm(folder, { recursive: true })
})
