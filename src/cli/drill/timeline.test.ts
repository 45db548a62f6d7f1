import { expect, it } from 'vitest'
import { createTimeline } from './timeline.ts'

/** Somebody talks over a socket for so many looks; each look costs so many ms of computing. */
const advanceWhile = async (looks: number, msEach: number) => {
  let [left, spent] = [looks, 0]
  const isTalking = () => {
    spent += msEach
    left -= 1
    return left > 0
  }
  const timeline = createTimeline(0, isTalking, () => spent)
  await timeline.advance(1_000)
  return Math.max(0, left)
}

it('virtual time waits for what is said over sockets, however long a busy machine takes over it', async () => {
  expect(await advanceWhile(500, 0.1)).toBe(0)
})

it('but not for ever: what the machine itself could have said long ago is not to come', async () => {
  expect(await advanceWhile(500, 100)).toBeGreaterThan(400)
})
