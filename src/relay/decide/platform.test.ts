/** What a platform tells beside messages, as decide takes it. */
import { expect, it } from 'vitest'
import { OFFER, openPerson, TEN } from '../../../tests/support/deciding.ts'
import type { Refusal } from '../../core/outcome.ts'

const alertsOf = (change: { readonly journal: readonly { readonly kind: string }[] }) =>
  change.journal.filter((row) => row.kind === 'alert')

it('a refusal that others will meet too wakes somebody, though it is about one person; another of its class does not', async () => {
  const refusal: Refusal = { class: 'never', code: '130497', detail: '', remedy: { fr: 'x', en: 'x' }, alerts: true }
  const person = await openPerson()
  const refused = (alerts: boolean) =>
    person.happens('send.refused', { intent: OFFER, epoch: 0, refusal: { ...refusal, alerts: alerts || undefined } }, TEN)
  expect(alertsOf(refused(true))).toHaveLength(1)
  expect(alertsOf(refused(false))).toEqual([])
})
