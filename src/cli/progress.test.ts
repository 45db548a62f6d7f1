import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openProgress } from './progress.ts'

const watch = (watched: boolean) => {
  const told: string[] = []
  return { told, io: { now: () => Date.now(), watched, stderr: (text: string) => void told.push(text.trim()) } }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('tells nothing for two seconds, then how long it has taken, then how far it is', async () => {
  const { told, io } = watch(true)
  const progress = openProgress(io, Promise.resolve(200), false)
  await vi.advanceTimersByTimeAsync(1_900)
  expect(told).toEqual([])
  await vi.advanceTimersByTimeAsync(100)
  expect(told).toEqual(['░░░░░░░░░░░░░░░░░░░░░░░░ 2 s'])
  progress.to(50)
  await vi.advanceTimersByTimeAsync(200)
  expect(told.at(-1)).toBe('██████░░░░░░░░░░░░░░░░░░ 25 % · 7 s')
  progress.end()
  expect(told.at(-1)).toBe('')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(told).toHaveLength(3)
})

it('goes no further than the whole, whatever was guessed', async () => {
  const { told, io } = watch(true)
  const progress = openProgress(io, 10, false)
  progress.to(25)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(told).toEqual(['████████████████████████ 100 % · 0 s'])
  progress.end()
})

it.each([
  [false, false],
  [true, true],
])('tells programs nothing (watched: %s, quiet: %s)', async (watched, quiet) => {
  const { told, io } = watch(watched)
  const progress = openProgress(io, 10, quiet)
  progress.to(1)
  await vi.advanceTimersByTimeAsync(9_000)
  progress.end()
  expect(told).toEqual([])
})
