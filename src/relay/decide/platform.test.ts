/** What a platform tells beside messages, as decide takes it. */
import { expect, it } from 'vitest'
import { HOUR, OFFER, openPerson, TEN, WHATSAPP } from '../../../tests/support/deciding.ts'
import type { VendorId } from '../../core/ids.ts'
import type { Refusal } from '../../core/outcome.ts'
import type { ConversationState } from '../state.ts'

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

const FROM = { addresses: [{ kind: 'whatsapp', value: '+33612345678' }] }

it('a call opens the service window, and an older one does not shorten it', async () => {
  const person = await openPerson()
  const windowAfter = (at: number) =>
    (person.happens('call', { kind: 'call', vendorId: `wacid.${at}` as VendorId, at, from: FROM }, TEN).state as ConversationState)
      .channels[WHATSAPP]?.inboundAt
  expect(windowAfter(TEN)).toBe(TEN)
  expect(windowAfter(TEN - HOUR)).toBe(TEN)
})

it('a person who writes in the platform’s own app has the conversation: what machines queued is void, and nobody is taken from an agent', async () => {
  const person = await openPerson()
  person.writes('bonjour', TEN)
  const wrote = () =>
    person.happens('control', { kind: 'control', vendorId: 'wamid.app' as VendorId, at: TEN, from: FROM, holder: 'person' }, TEN)
  expect(wrote()).toMatchObject({ owner: 'agents', epoch: 1, cancelBefore: 1 })
  expect(person.writes('et demain ?', TEN + HOUR).outbox).toEqual([])
  person.happens('action', { action: 'take', agent: 'agent:lea' }, TEN)
  expect(wrote().owner).toBe('agent:lea')
})
