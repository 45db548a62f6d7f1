/** What mails bring that chats do not: machines that write, files that come with words, answers by somebody else. */
import { expect, it } from 'vitest'
import { openPerson, TEN } from '../../../tests/support/deciding.ts'
import type { VendorId } from '../../core/ids.ts'

const camille = { addresses: [{ kind: 'email', value: 'camille@clients.test' }], name: 'Camille' }
const mail = (more: object) => ({
  kind: 'message' as const,
  vendorId: 'one@clients.test' as VendorId,
  at: TEN,
  from: camille,
  content: { type: 'text' as const, text: 'Quels sont vos horaires ?' },
  ...more,
})

it('a machine’s mail is kept and shown, and nothing answers it, not even its STOP', async () => {
  const person = await openPerson()
  const change = person.happens('message', mail({ automatic: true, content: { type: 'text', text: 'STOP' } }), TEN)
  expect(change.messages.map(({ direction }) => direction)).toEqual(['in'])
  expect([change.outbox, change.jobs, change.consents]).toEqual([[], [], []])
})

it('a file that came with words is fetched, and answered with them', async () => {
  const person = await openPerson()
  const media = { vendorId: 'ref' as VendorId, mime: 'application/pdf' }
  const change = person.happens('message', mail({ partOf: 'zero@clients.test', content: { type: 'media', kind: 'document', media } }), TEN)
  expect(change.jobs.map(({ kind }) => kind)).toEqual(['fetch'])
  expect(change.outbox).toEqual([])
})

it('who answers a forwarded mail joins the thread, and gets neither its answers nor its name', async () => {
  const person = await openPerson()
  person.writes('bonjour', TEN)
  const change = person.happens('message', mail({ proves: 'att_1@relais.test' }), TEN)
  expect(change.state).toMatchObject({ channels: { whatsapp: { address: { kind: 'whatsapp' } } } })
  expect(change.name).not.toBe('Camille')
})
