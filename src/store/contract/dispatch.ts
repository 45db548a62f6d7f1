import { expect } from 'vitest'
import type { ChannelId, Digest, MessageId } from '../../core/ids.ts'
import type { Change } from '../../core/store.ts'
import {
  arrive,
  att,
  CHANNEL,
  came,
  claim,
  claimed,
  evt,
  leased,
  messageOf,
  msg,
  namesOf,
  nothing,
  OTHER,
  queued,
  RESULTS,
  receipt,
  says,
  sendAll,
  sent,
  T0,
  timer,
  turn,
  wamid,
  wrote,
} from './bench.ts'
import { casesOf, type Make } from './case.ts'

const health = (id: string, state: 'healthy' | 'cut') =>
  ({ id: evt(id), channel: CHANNEL, at: T0, change: { kind: 'health', state, reason: id } }) as const

export const aboutDispatch = (make: Make): void => {
  const shows = casesOf(make)

  shows('gives the head of each contact’s line, and only that', async ({ store }) => {
    await queued(store, '+33600000001', ['a1', 'a2'])
    await queued(store, '+33600000002', ['b1', 'b2'])
    const lease = await leased(store)
    expect(namesOf(await claimed(store, lease))).toEqual(['a1', 'b1'])
    expect(await claimed(store, lease)).toEqual([])
  })

  shows(
    'adds up what a channel’s sends cost since a day began, whoever sent them; what was refused cost nothing',
    async ({ store }, bench) => {
      const priced = (change: Change, amount: number | null, currency: string | null): Change => ({
        ...change,
        decisions: change.decisions.map((decision) => ({
          ...decision,
          price: { ...decision.price, known: amount !== null, amount, currency },
        })),
      })
      const contacts: string[] = []
      const say = async (who: string, names: readonly string[], amount: number | null, currency: string | null) => {
        await arrive(store, { contacts: [wrote(who, `hello-${who}-${names[0]}`)] })
        await turn(store, (loaded) => {
          contacts.push(loaded.contact)
          return priced(says(loaded, names), amount, currency)
        })
      }
      await say('+33600000001', ['a1', 'a2'], 0.0248, 'EUR')
      await say('+33600000002', ['b'], 0.025, 'AED')
      await say('+33600000003', ['c'], null, null)
      await say('+33600000004', ['d'], 5, 'EUR')
      const lease = await leased(store)
      const heads = await claimed(store, lease)
      await store.settle(
        heads.map((one) => came(one, one.head.message === msg('d') ? RESULTS.refused() : RESULTS.accepted(one.head.message.slice(4)))),
      )
      await claimed(store, lease)
      const { store: other } = await bench.join('second')
      const spent = await other.spent(CHANNEL, T0)
      const told = spent
        .map(({ contact, currency, amount }) => [contact, currency, Number(amount)])
        .sort((a, b) => (String(a[1]) < String(b[1]) ? -1 : 1))
      expect(told).toEqual([
        [contacts[1], 'AED', 0.025],
        [contacts[0], 'EUR', 0.0496],
      ])
      expect(await store.spent(OTHER, T0)).toEqual([])
      expect(await store.spent(CHANNEL, T0 + 1)).toEqual([])
    },
  )

  shows('commits the attempt with its decision before anything is sent', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a'])
    await claimed(store, await leased(store))
    expect((await bench.dump()).attempts).toMatchObject([{ id: att('a'), message: msg('a'), decision: 'dec_a', at: T0, result: null }])
    expect(await messageOf(bench, 'a')).toMatchObject({ status: 'sending' })
  })

  for (const [name, result] of Object.entries({ accepted: RESULTS.accepted, refused: RESULTS.refused }))
    shows(`makes the next the head once the first is ${name}`, async ({ store }) => {
      await queued(store, '+33600000001', ['a1', 'a2', 'a3'])
      const lease = await leased(store)
      const order: string[] = []
      for (let sends = 0; sends < 4; sends++) order.push(...namesOf(await sent(store, lease, result)))
      expect(order).toEqual(['a1', 'a2', 'a3'])
    })

  shows('keeps the place of a send that is tried again, until its time', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a1', 'a2'])
    const lease = await leased(store)
    await sent(store, lease, RESULTS.postponed)
    expect(await messageOf(bench, 'a1')).toMatchObject({ status: 'queued' })
    expect(await claimed(store, lease)).toEqual([])
    expect(await store.nextSend(CHANNEL)).toBe(T0 + 1000)
    expect(namesOf(await claimed(store, lease, sendAll, T0 + 1000))).toEqual(['a1'])
  })

  shows('does not call a message failed that a refusal of the whole channel only delays', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a'])
    const [head] = await claimed(store, await leased(store))
    if (head) await store.settle([came(head, RESULTS.refused(), { type: 'retry', dueAt: T0 + 60_000 })])
    expect(await messageOf(bench, 'a')).toMatchObject({ status: 'queued' })
  })

  shows('takes whole milliseconds only, and leaves a send open that it was told of otherwise', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a'])
    const [head] = await claimed(store, await leased(store))
    if (!head) throw new Error('Nothing was claimed.')
    await expect(store.settle([came(head, RESULTS.postponed(), { type: 'retry', dueAt: T0 + 1000.25 })])).rejects.toThrow()
    expect((await bench.dump()).outbox).toMatchObject([{ message: msg('a'), state: 'sending' }])
    await store.settle([came(head, RESULTS.postponed(), { type: 'retry', dueAt: T0 + 1001 })])
    expect(await store.nextSend(CHANNEL)).toBe(T0 + 1001)
  })

  shows('keeps the place of a send that waits for its pair rate, and shows the rule', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a1', 'a2'])
    const lease = await leased(store)
    await claimed(store, lease, () => ({ type: 'wait', until: T0 + 6000, rule: 'whatsapp/pair-limit' }))
    expect((await bench.dump()).outbox[0]).toMatchObject({ message: msg('a1'), dueAt: T0 + 6000, waitRule: 'whatsapp/pair-limit' })
    expect(await claimed(store, lease)).toEqual([])
    expect(namesOf(await claimed(store, lease, sendAll, T0 + 6000))).toEqual(['a1'])
  })

  shows('lets a postponed send leave the line, with an event for its contact', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a1', 'a2'])
    const lease = await leased(store)
    const [head] = await claimed(store, lease)
    if (head) await store.settle([came(head, RESULTS.postponed(), { type: 'leave', event: timer('due', 'send.postponed', T0) })])
    expect(namesOf(await claimed(store, lease))).toEqual(['a2'])
    expect((await bench.dump()).pending).toMatchObject([{ id: evt('due'), kind: 'send.postponed' }])
  })

  shows('gives a send back to decide that is judged otherwise, and goes on with the next', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a1', 'a2'])
    const lease = await leased(store)
    await claimed(store, lease, () => ({ type: 'return', event: timer('back', 'send.returned') }))
    expect((await bench.dump()).pending).toMatchObject([{ id: evt('back'), kind: 'send.returned' }])
    expect(namesOf(await claimed(store, lease))).toEqual(['a2'])
  })

  shows('cancels a send at the gate, and goes on with the next', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a1', 'a2'])
    const lease = await leased(store)
    await claimed(store, lease, () => ({ type: 'cancel' }))
    expect(await messageOf(bench, 'a1')).toMatchObject({ status: 'cancelled' })
    expect(namesOf(await claimed(store, lease))).toEqual(['a2'])
  })

  shows('shows the gate what the contact is now: owner, epoch, state and consent', async ({ store }) => {
    await queued(store, '+33600000001', ['a'], { automatic: false })
    await arrive(store, { contacts: [wrote('+33600000001', 'stop')] })
    await turn(store, (loaded) => ({
      ...nothing(loaded),
      owner: 'agents',
      epoch: 3,
      state: { step: 4 },
      consents: [{ channelKind: 'whatsapp', category: 'marketing', given: false, at: T0, words: 'STOP', proof: null, source: 'message' }],
    }))
    const seen: unknown[] = []
    await claimed(store, await leased(store), (head, channel) => {
      seen.push([head.owner, head.epoch, head.sendEpoch, head.state, head.consents, channel.id])
      return sendAll(head)
    })
    expect(seen).toEqual([['agents', 3, 0, { step: 4 }, { 'whatsapp/marketing': 'revoked' }, CHANNEL]])
  })

  shows('keeps marketing back while anything its contact said is undecided; service goes', async ({ store }) => {
    await queued(store, '+33600000001', ['offer'], { category: 'marketing' })
    await queued(store, '+33600000002', ['answer'])
    await arrive(store, { contacts: [wrote('+33600000001', 'STOP'), wrote('+33600000002', 'STOP-too')] })
    const lease = await leased(store)
    expect(namesOf(await claimed(store, lease))).toEqual(['answer'])
    await turn(store)
    expect(namesOf(await claimed(store, lease))).toEqual(['offer'])
  })

  shows('keeps marketing back for a STOP that a process took in whose clock is ahead', async ({ store }) => {
    await queued(store, '+33600000001', ['offer'], { category: 'marketing' })
    await arrive(store, { contacts: [wrote('+33600000001', 'STOP')] }, T0 + 300)
    expect(await claimed(store, await leased(store))).toEqual([])
  })

  shows('gives no send of another channel, nor before its time', async ({ store }) => {
    await queued(store, '+33600000001', ['later'], { dueAt: T0 + 5000 })
    await queued(store, '+33600000002', ['elsewhere'], { channel: OTHER })
    const lease = await leased(store)
    expect(await claimed(store, lease)).toEqual([])
    expect(namesOf(await claimed(store, lease, sendAll, T0 + 5000))).toEqual(['later'])
  })

  shows('keeps one line for a contact across channels', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a1'])
    await arrive(store, { contacts: [wrote('+33600000001', 'more')] })
    await turn(store, (loaded) => says(loaded, ['a2'], { channel: OTHER }))
    const other = await leased(store, OTHER)
    expect(await claimed(store, other)).toEqual([])
    await sent(store, await leased(store), RESULTS.accepted)
    expect(namesOf(await claimed(store, other))).toEqual(['a2'])
    expect((await bench.dump()).outbox).toHaveLength(1)
  })

  shows(
    'does not let a channel that is cut keep what goes by another: neither what is queued then, nor what waited',
    async ({ store }, bench) => {
      await queued(store, '+33600000001', ['a1'])
      await queued(store, '+33600000002', ['b1'])
      await arrive(store, { contacts: [wrote('+33600000001', 'more')] })
      await turn(store, (loaded) => says(loaded, ['a2', 'a3'], { channel: OTHER }))
      const other = await leased(store, OTHER)
      await arrive(store, { channels: [health('banned', 'cut')] })
      await arrive(store, { contacts: [wrote('+33600000002', 'more-b')] })
      await turn(store, (loaded) => says(loaded, ['b2'], { channel: OTHER }))
      expect(namesOf(await claimed(store, other))).toEqual(['b2'])
      await store.sweep(T0)
      expect(namesOf(await claimed(store, other))).toEqual(['a2'])
      expect((await bench.dump()).outbox.filter((row) => row.head).map((row) => row.message)).toEqual([msg('a2'), msg('b2')])
    },
  )

  shows('goes on in the order of the line once the channel is well again', async ({ store }) => {
    await queued(store, '+33600000001', ['a1', 'a2'])
    await arrive(store, { channels: [health('banned', 'cut')] })
    await arrive(store, { contacts: [wrote('+33600000001', 'more')] })
    await turn(store, (loaded) => says(loaded, ['a3'], { channel: OTHER }))
    const [lease, other] = [await leased(store), await leased(store, OTHER)]
    const [head] = await claimed(store, other)
    await arrive(store, { channels: [health('reinstated', 'healthy')] })
    expect(await claimed(store, lease)).toEqual([])
    if (head) await store.settle([came(head, RESULTS.accepted('a3'))])
    expect(namesOf(await sent(store, lease, RESULTS.accepted))).toEqual(['a1'])
    expect(namesOf(await sent(store, lease, RESULTS.accepted))).toEqual(['a2'])
  })

  shows('calls a claim void whose lease is older than the newest', async ({ store }) => {
    await queued(store, '+33600000001', ['a'])
    const old = await leased(store)
    const fresh = await leased(store)
    expect(await claim(store, old)).toBe('void')
    expect(namesOf(await claimed(store, fresh))).toEqual(['a'])
  })

  shows('stops at a channel that is cut, and goes on once it is well', async ({ store }) => {
    await queued(store, '+33600000001', ['a'])
    const lease = await leased(store)
    await arrive(store, { channels: [health('banned', 'cut')] })
    expect(await claim(store, lease)).toBe('stopped')
    await arrive(store, { channels: [health('reinstated', 'healthy')] })
    expect(namesOf(await claimed(store, lease))).toEqual(['a'])
  })

  shows('goes on when an operator resumes a channel that the platform had cut', async ({ store }) => {
    await queued(store, '+33600000001', ['a'])
    const lease = await leased(store)
    await arrive(store, { channels: [health('restricted', 'cut')] })
    expect(await claim(store, lease)).toBe('stopped')
    await arrive(store, {
      channels: [{ id: evt('resume'), channel: CHANNEL, at: T0, change: { kind: 'paused', paused: false, reason: '' } }],
    })
    expect(namesOf(await claimed(store, lease))).toEqual(['a'])
  })

  shows('stops at a channel that is paused', async ({ store }) => {
    await queued(store, '+33600000001', ['a'])
    const lease = await leased(store)
    await arrive(store, {
      channels: [{ id: evt('pause'), channel: CHANNEL, at: T0, change: { kind: 'paused', paused: true, reason: '' } }],
    })
    expect(await claim(store, lease)).toBe('stopped')
  })

  shows('keeps the place of an unknown send; the time to reconcile it is an event', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a1', 'a2'])
    const lease = await leased(store)
    await sent(store, lease, RESULTS.unknown)
    expect(await claimed(store, lease)).toEqual([])
    const { pending, outbox } = await bench.dump()
    expect(pending).toMatchObject([{ id: 'att_a1:unknown', dueAt: T0 + 120_000 }])
    expect(outbox).toMatchObject([
      { message: msg('a1'), state: 'unknown', head: true },
      { message: msg('a2'), state: 'queued', head: false },
    ])
  })

  shows('sends an unknown one again once, flagged as possibly double', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a'])
    const lease = await leased(store)
    await sent(store, lease, RESULTS.unknown)
    const resend = { message: msg('a'), dueAt: T0 + 120_000 }
    await turn(store, (loaded) => ({ ...nothing(loaded), resend: [resend] }), T0 + 120_000)
    expect(await messageOf(bench, 'a')).toMatchObject({ duplicateRisk: true, status: 'queued' })
    const again = await claimed(store, lease, sendAll, T0 + 120_000)
    expect(again.map(({ attempt, head }) => [attempt, (head.body as { resent?: boolean }).resent])).toEqual([['att_a-2', true]])
    expect((await bench.dump()).attempts).toHaveLength(2)
  })

  shows(
    'ends a send that goes a second time where a receipt of the first came during it, though the second was put off',
    async ({ store }, bench) => {
      const LATE = T0 + 120_000
      await queued(store, '+33600000001', ['a'])
      const lease = await leased(store)
      const [first] = await claimed(store, lease)
      if (!first) throw new Error('Nothing was claimed.')
      await store.settle([came(first, RESULTS.unknown())])
      await turn(store, (loaded) => ({ ...nothing(loaded), resend: [{ message: msg('a'), dueAt: LATE }] }), LATE)
      const [second] = await claimed(store, lease, sendAll, LATE)
      if (!second) throw new Error('Nothing was claimed again.')
      await arrive(store, { receipts: [receipt('sent', { target: wamid('a'), attempt: first.attempt })] })
      await store.settle([came(second, RESULTS.postponed(), { type: 'retry', dueAt: LATE }, LATE)])
      expect(await claimed(store, lease, sendAll, LATE)).toEqual([])
      expect((await bench.dump()).pending).toMatchObject([{ kind: 'send.reconciled' }])
    },
  )

  shows('lets a late answer settle an unknown send, and forgets that it was unknown', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a1', 'a2'])
    const lease = await leased(store)
    const [head] = await claimed(store, lease)
    if (!head) throw new Error('Nothing was claimed.')
    await store.settle([came(head, RESULTS.unknown())])
    await store.settle([came(head, RESULTS.accepted('a1'))])
    expect((await bench.dump()).pending).toEqual([])
    expect(namesOf(await claimed(store, lease))).toEqual(['a2'])
  })

  shows('does not call a send unknown again whose answer is known', async ({ store }, bench) => {
    await queued(store, '+33600000001', ['a'])
    const [head] = await claimed(store, await leased(store))
    if (!head) throw new Error('Nothing was claimed.')
    await store.settle([came(head, RESULTS.accepted('a'))])
    await store.settle([came(head, RESULTS.unknown())])
    expect(await messageOf(bench, 'a')).toMatchObject({ status: 'accepted' })
    const { attempts, pending, outbox } = await bench.dump()
    expect(attempts).toMatchObject([{ result: 'accepted' }])
    expect([pending, outbox]).toEqual([[], []])
  })

  shows('removes a send, and makes the next the head', async ({ store }) => {
    await queued(store, '+33600000001', ['a1', 'a2'])
    const lease = await leased(store)
    await sent(store, lease, RESULTS.unknown)
    await turn(store, (loaded) => ({ ...nothing(loaded), remove: [msg('a1')] }), T0 + 120_000)
    expect(namesOf(await claimed(store, lease))).toEqual(['a2'])
  })

  shows('counts the people written to outside their window', async ({ store }) => {
    for (const n of [1, 2, 3]) await queued(store, `+3360000000${n}`, [`a${n}`])
    const lease = await leased(store)
    await claimed(store, lease, (head) => ({ type: 'send', attempt: att(head.message), opening: head.message !== msg('a2') }))
    expect(await store.openings(CHANNEL, T0 - 1)).toEqual({ count: 2, oldest: T0 })
    expect(await store.openings(CHANNEL, T0)).toEqual({ count: 0, oldest: null })
  })

  shows('counts a person once over all channels of a kind, and says at the head of their line that they are counted', async ({ store }) => {
    const second = 'whatsapp-2' as ChannelId
    const channels = [
      { id: CHANNEL, kind: 'whatsapp' },
      { id: second, kind: 'whatsapp' },
      { id: OTHER, kind: 'sms' },
    ]
    await store.register({ channels, rulebook: { digest: 'rules' as Digest, content: {} }, journeys: [] }, T0)
    const opens = (head: { readonly message: MessageId }) => ({ type: 'send', attempt: att(head.message), opening: true }) as const
    const lease = await leased(store)
    await queued(store, '+33600000001', ['a1'])
    const [first] = await claimed(store, lease, opens)
    if (!first) throw new Error('Nothing was claimed.')
    expect(first.head.openedAt).toBeNull()
    await store.settle([came(first, RESULTS.accepted('a1'))])

    await arrive(store, { contacts: [wrote('+33600000001', 'again')] })
    await turn(store, (loaded) => says(loaded, ['a2'], { channel: second, dueAt: T0 + 5000 }))
    const [again] = await claimed(store, await leased(store, second), opens, T0 + 5000)
    expect(again?.head.openedAt).toBe(T0)
    await queued(store, '+33600000002', ['b1'], { channel: OTHER })
    await claimed(store, await leased(store, OTHER), opens)

    for (const channel of [CHANNEL, second]) expect(await store.openings(channel, T0 - 1)).toEqual({ count: 1, oldest: T0 + 5000 })
    expect(await store.openings(OTHER, T0 - 1)).toEqual({ count: 1, oldest: T0 })
  })
}
