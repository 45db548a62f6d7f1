import fc from 'fast-check'
import { expect } from 'vitest'
import type { ReceiptArrival, Store } from '../../core/store.ts'
import {
  arrive,
  att,
  CHANNEL,
  came,
  claimed,
  evt,
  leased,
  messageOf,
  messageRow,
  msg,
  namesOf,
  nothing,
  open,
  queued,
  RESULTS,
  receipt,
  says,
  sent,
  T0,
  turn,
  wamid,
  wrote,
} from './bench.ts'
import { casesOf, type Make } from './case.ts'

const refusal = { class: 'never', code: '131026', detail: '', remedy: { fr: 'Rien.', en: 'Nothing.' } } as const
const price = { category: 'service', type: 'free', billable: false }

/** Everything a provider may tell of one message, some of it twice. */
const ALL: readonly ReceiptArrival[] = [
  receipt('sent', { price }),
  receipt('sent', { price }),
  receipt('delivered', { price }),
  receipt('read'),
  receipt('failed', { refusal }),
]

/** One accepted message `1`, of a person of its own. */
const accepted = async (store: Store): Promise<void> => {
  await queued(store, '+33600000001', ['1'])
  await sent(store, await leased(store), RESULTS.accepted)
}

export const aboutReceipts = (make: Make): void => {
  const shows = casesOf(make)

  shows('gives the same final message for receipts in every order, split and repeated anyhow', async ({ store }, bench) => {
    await accepted(store)
    await arrive(store, { receipts: ALL })
    const expected = await messageOf(bench, '1')
    expect(expected).toMatchObject({ status: 'read', sentAt: T0 + 1, deliveredAt: T0 + 2, readAt: T0 + 3, failedAt: T0 + 4 })
    const orders = fc.tuple(fc.shuffledSubarray([...ALL], { minLength: ALL.length }), fc.integer({ min: 0, max: ALL.length }))
    const property = fc.asyncProperty(orders, async ([order, cut]) => {
      const fresh = await make()
      try {
        const { store: again } = await open(fresh)
        await accepted(again)
        await arrive(again, { receipts: order.slice(0, cut) })
        await arrive(again, { receipts: order.slice(cut) })
        expect(await messageOf(fresh, '1')).toEqual(expected)
      } finally {
        await fresh.close()
      }
    })
    await fc.assert(property, { numRuns: 12 })
  })

  shows('never lets a status go back', async ({ store }, bench) => {
    await accepted(store)
    const seen: string[] = []
    for (const status of ['delivered', 'sent', 'failed', 'read', 'delivered'] as const) {
      await arrive(store, { receipts: [receipt(status)] })
      seen.push((await messageOf(bench, '1')).status)
    }
    expect(seen).toEqual(['delivered', 'delivered', 'delivered', 'read', 'read'])
  })

  shows('does not let a turn unsay what a receipt told', async ({ store }, bench) => {
    await accepted(store)
    await arrive(store, { receipts: [receipt('delivered')] })
    await queued(store, '+33600000001', ['2'])
    await arrive(store, { contacts: [wrote('+33600000001', 'more')] })
    await turn(store, (loaded) => ({
      ...nothing(loaded),
      patches: [{ message: msg('1'), vendorId: null, channel: 'whatsapp' as never, status: 'unknown' }],
    }))
    expect(await messageOf(bench, '1')).toMatchObject({ status: 'delivered' })
  })

  shows('tells each status once, however often and at once its receipt comes', async ({ store }, bench) => {
    await accepted(store)
    await Promise.all(Array.from({ length: 50 }, () => arrive(store, { receipts: [receipt('sent'), receipt('delivered')] })))
    const kinds = (await bench.dump()).events.map((event) => event.kind)
    expect(kinds.filter((kind) => kind === 'message.sent')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'message.delivered')).toHaveLength(1)
  })

  shows('believes a receipt by attempt id that comes before the answer to the call', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['1'])
    const [head] = await claimed(store, await leased(store))
    await arrive(store, { receipts: [receipt('delivered', { attempt: att('1') })] })
    if (head) await store.settle([came(head, RESULTS.accepted('1'))])
    expect(await messageOf(bench, '1')).toMatchObject({ status: 'delivered', vendorId: wamid('1'), acceptedAt: T0, deliveredAt: T0 + 2 })
    expect((await bench.dump()).outbox).toEqual([])
  })

  shows('keeps a refusal that a receipt told before the call was answered', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['1'])
    const [head] = await claimed(store, await leased(store))
    await arrive(store, { receipts: [receipt('failed', { attempt: att('1'), refusal })] })
    if (head) await store.settle([came(head, RESULTS.accepted('1'))])
    expect(await messageOf(bench, '1')).toMatchObject({ status: 'failed', refusal: { code: '131026' } })
  })

  shows('begins a failed message anew: answers and receipts of its former attempt say nothing of the next', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['1'])
    const lease = await leased(store)
    const [head] = await claimed(store, lease)
    const failure = receipt('failed', { attempt: att('1'), target: wamid('old'), refusal })
    await arrive(store, { receipts: [failure] })
    await turn(store, (loaded) => {
      const again = says(loaded, ['1'])
      const patch = { message: msg('1'), vendorId: null, channel: CHANNEL, status: 'queued' } as const
      return { ...nothing(loaded), remove: [msg('1')], outbox: again.outbox, patches: [patch] }
    })
    if (head) await store.settle([came(head, RESULTS.accepted('old'))])
    expect(await messageOf(bench, '1')).toMatchObject({ status: 'queued' })
    await claimed(store, lease, () => ({ type: 'send', attempt: att('anew'), opening: false }), T0 + 1)
    await arrive(store, { receipts: [failure] })
    expect(await messageOf(bench, '1')).toMatchObject({ status: 'sending', failedAt: null })
    await arrive(store, { receipts: [receipt('sent', { attempt: att('anew'), target: wamid('new') })] })
    expect(await messageOf(bench, '1')).toMatchObject({ status: 'sent', vendorId: wamid('new') })
  })

  shows('keeps a receipt by vendor id that comes before the answer, and joins it with the answer', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['1'])
    const [head] = await claimed(store, await leased(store))
    await arrive(store, { receipts: [receipt('delivered'), receipt('sent')] })
    expect((await bench.dump()).receipts).toHaveLength(2)
    if (head) await store.settle([came(head, RESULTS.accepted('1'))])
    expect(await messageOf(bench, '1')).toMatchObject({ status: 'delivered', sentAt: T0 + 1 })
    expect((await bench.dump()).receipts).toEqual([])
  })

  shows('joins a receipt of a message that only becomes known later, by sweeping', async ({ store }, bench) => {
    await arrive(store, { receipts: [receipt('read'), receipt('read')] })
    await arrive(store, { contacts: [wrote('+33600000001', 'hello')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), messages: [messageRow('1', { vendorId: wamid('1') })] }))
    await store.sweep(T0)
    expect(await messageOf(bench, '1')).toMatchObject({ status: 'read' })
    expect((await bench.dump()).receipts).toEqual([])
  })

  shows('keeps receipts of messages nobody knows, once each', async ({ store }, bench) => {
    for (let times = 0; times < 3; times++) await arrive(store, { receipts: [receipt('sent'), receipt('read')] })
    await store.sweep(T0)
    expect((await bench.dump()).receipts).toEqual([
      { channel: 'whatsapp', target: wamid('1'), status: 'read', at: T0 + 3 },
      { channel: 'whatsapp', target: wamid('1'), status: 'sent', at: T0 + 1 },
    ])
  })

  for (const status of ['sent', 'delivered', 'read'] as const)
    shows(`reconciles an unknown send by a “${status}” that bears its attempt`, async ({ store }, bench) => {
      await queued(store, '+33600000001', ['1', '2'])
      const lease = await leased(store)
      await sent(store, lease, RESULTS.unknown)
      await arrive(store, { receipts: [receipt(status, { attempt: att('1') })] })
      const kinds: string[] = []
      await turn(store, (loaded) => {
        kinds.push(...loaded.events.map((event) => event.kind))
        return { ...nothing(loaded), remove: [msg('1')] }
      })
      expect(kinds).toEqual(['send.reconciled'])
      expect(await messageOf(bench, '1')).toMatchObject({ status, vendorId: wamid('1') })
      expect((await bench.dump()).pending).toEqual([])
      expect(namesOf(await claimed(store, lease))).toEqual(['2'])
    })

  shows('reconciles an unknown send whose receipt came before the time-out', async ({ store }) => {
    await queued(store, '+33600000001', ['1'])
    const [head] = await claimed(store, await leased(store))
    await arrive(store, { receipts: [receipt('delivered', { attempt: att('1') })] })
    if (head) await store.settle([came(head, RESULTS.unknown())])
    const ids: string[] = []
    await turn(store, (loaded) => {
      ids.push(...loaded.events.map((event) => event.id))
      return nothing(loaded)
    })
    expect(ids).toEqual([`reconciled:${att('1')}`])
  })

  shows('does not repeat an unknown send whose receipt came in the meantime', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['1'])
    const lease = await leased(store)
    await sent(store, lease, RESULTS.unknown)
    await arrive(store, { receipts: [receipt('sent', { attempt: att('1') })] })
    await turn(store, (loaded) => ({ ...nothing(loaded), resend: [{ message: msg('1'), dueAt: T0 }] }), T0)
    expect(await claimed(store, lease)).toEqual([])
    expect(await messageOf(bench, '1')).toMatchObject({ duplicateRisk: false, status: 'sent' })
  })

  for (const status of ['delivered', 'failed'] as const)
    shows(`does not send again what “${status}” was told of while it waited to be repeated`, async ({ store }, bench) => {
      await queued(store, '+33600000001', ['1'])
      const lease = await leased(store)
      await sent(store, lease, RESULTS.unknown)
      await turn(store, (loaded) => ({ ...nothing(loaded), resend: [{ message: msg('1'), dueAt: T0 }] }), T0 + 120_000)
      await arrive(store, { receipts: [receipt(status, { attempt: att('1'), refusal: status === 'failed' ? refusal : undefined })] })
      expect(await claimed(store, lease)).toEqual([])
      expect((await bench.dump()).pending.map((event) => event.kind)).toContain('send.reconciled')
    })

  shows('gives a failure that a receipt tells to the contact’s turn, once', async ({ store }, bench) => {
    await accepted(store)
    await arrive(store, { receipts: [receipt('failed', { refusal })] })
    await arrive(store, { receipts: [receipt('failed', { refusal })] })
    const { pending } = await bench.dump()
    expect(pending).toMatchObject([
      { id: `${msg('1')}:failed`, kind: 'send.failed', body: { message: msg('1'), refusal: { code: '131026' }, asked: {}, tries: 1 } },
    ])
  })

  shows('tells with a failure how often the message was tried, refusals left out', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['1'])
    const lease = await leased(store)
    await sent(store, lease, RESULTS.postponed)
    await sent(store, lease, () => RESULTS.accepted('1'), T0 + 1000)
    await arrive(store, { receipts: [receipt('failed', { refusal })] })
    expect((await bench.dump()).pending).toMatchObject([{ kind: 'send.failed', body: { tries: 1 } }])
    await turn(store, (loaded) => ({ ...says(loaded, ['1'], { dueAt: T0 + 2000 }), messages: [], decisions: [] }), T0 + 2000)
    const [again] = await claimed(store, lease, () => ({ type: 'send', attempt: att('again'), opening: false }), T0 + 2000)
    if (again) await store.settle([came(again, RESULTS.accepted('2'))])
    await arrive(store, { receipts: [receipt('failed', { refusal, target: wamid('2') })] })
    expect((await bench.dump()).pending).toMatchObject([{ kind: 'send.failed', body: { tries: 2 } }])
  })

  for (const status of ['delivered', 'read'] as const)
    shows(`does not believe a failure after “${status}”`, async ({ store }, bench) => {
      await accepted(store)
      await arrive(store, { receipts: [receipt(status)] })
      await arrive(store, { receipts: [receipt('failed', { refusal })] })
      expect(await messageOf(bench, '1')).toMatchObject({ status })
      expect((await bench.dump()).pending).toEqual([])
    })

  shows('raises a message that went twice by the receipts of both', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['1'])
    const lease = await leased(store)
    await sent(store, lease, RESULTS.unknown)
    await turn(store, (loaded) => ({ ...nothing(loaded), resend: [{ message: msg('1'), dueAt: T0 }] }), T0 + 120_000)
    await claimed(store, lease)
    const first = receipt('delivered', { attempt: att('1'), target: wamid('b') })
    const second = receipt('sent', { attempt: att('1-2'), target: wamid('a') })
    await arrive(store, { receipts: [first, second] })
    expect(await messageOf(bench, '1')).toMatchObject({ status: 'delivered', sentAt: T0 + 1, deliveredAt: T0 + 2 })
  })

  shows('ignores a receipt for what the customer wrote', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'hello')] })
    const inbound = messageRow('in', { direction: 'in', status: 'received', vendorId: wamid('1') })
    await turn(store, (loaded) => ({ ...nothing(loaded), messages: [inbound] }))
    await arrive(store, { receipts: [receipt('failed', { refusal })] })
    expect(await messageOf(bench, 'in')).toMatchObject({ status: 'received' })
    expect((await bench.dump()).events.filter((event) => event.id === evt('in'))).toEqual([])
  })

  shows('raises a message by what a turn itself tells of it, in that turn, and tells what follows', async ({ store }, bench) => {
    await accepted(store)
    await arrive(store, { contacts: [wrote('+33600000001', 'close')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), receipts: [receipt('failed', { refusal })] }))
    expect(await messageOf(bench, '1')).toMatchObject({ status: 'failed', failedAt: T0 + 4, refusal: { code: '131026' } })
    const { events, pending } = await bench.dump()
    expect(events.filter(({ kind }) => kind === 'message.failed')).toHaveLength(1)
    expect(pending).toMatchObject([{ kind: 'send.failed', body: { message: msg('1') } }])
  })
}
