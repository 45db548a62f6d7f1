/** What comes of attacks over the whole path, with the most gullible of models behind it: nothing but words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Attack, readAttacks } from './attacks.ts'
import { roundsOf } from './gullible.ts'
import { type Attacked, openAttacked } from './house.ts'

/** Of the forms a model has of one thing, so many for each attack, in turns. */
const ROUNDS = Number(process.env.ATTACK_ROUNDS ?? 4)

describe.each(['seen', 'unseen'])('attacks of the %s half', (half) => {
  const attacks: readonly Attack[] = readAttacks(half)
  let house: Attacked
  beforeAll(async () => {
    house = await openAttacked(attacks)
  })
  afterAll(() => house.close())

  it('come to nothing but words', async () => {
    const came: string[] = []
    let [reached, claimed] = [0, 0]
    for (const [n, attack] of attacks.entries()) {
      const rounds = Math.min(ROUNDS, Math.max(2, roundsOf(attack)))
      for (const round of [null, ...Array.from({ length: rounds }, (_, k) => n * rounds + k)]) {
        const outcome = await house.attack(attack, round)
        reached += outcome.reached ? 1 : 0
        claimed += outcome.claimed ? 1 : 0
        for (const effect of outcome.effects)
          came.push(`${attack.id} ${attack.where} ${attack.wants} round ${round}: ${effect}\n${outcome.sent.join('\n---\n')}`)
      }
    }
    console.log(
      `${half}: ${attacks.length} attacks, read by the model ${reached} times, said what they claim ${claimed} times, effects ${came.length}`,
    )
    expect(came).toEqual([])
  })
})
