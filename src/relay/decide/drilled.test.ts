/** A live drill: one message for which channels count as cut, while the rest of the house goes on. */
import { expect, it } from 'vitest'
import { WHATSAPP } from '../../../tests/support/deciding.ts'
import { openReach, SMS, step } from '../../../tests/support/reaching.ts'

const text = (line: string) => line.slice(0, line.indexOf(':'))
const PLAN = { plans: { utility: [step(WHATSAPP, { waitMs: 60_000 }), step(SMS)] } }

it('goes by the next channel of its plan, and by the drilled one not even where nothing else is left', async () => {
  const agreed = await openReach(PLAN)
  await agreed.writes(WHATSAPP, 'bonjour')
  await agreed.sends(WHATSAPP)
  await agreed.agrees('sms')
  const before = agreed.thread().length
  await agreed.api('Exercice.', { without: [WHATSAPP] })
  expect(agreed.thread().slice(before).map(text)).toEqual(['sms queued'])

  const other = await openReach(PLAN)
  await other.writes(WHATSAPP, 'bonjour')
  await other.sends(WHATSAPP)
  const had = other.thread().length
  await other.api('Exercice.', { without: [WHATSAPP] })
  expect(other.thread().slice(had).map(text)).toEqual(['whatsapp cancelled'])
})
