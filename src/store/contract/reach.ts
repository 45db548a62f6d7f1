import { expect } from 'vitest'
import type { ChannelHealth } from '../../core/event.ts'
import type { ChannelId, MessageId } from '../../core/ids.ts'
import type { Reach } from '../../core/plan.ts'
import type { Change, Loaded, OutboxRow, Store } from '../../core/store.ts'
import {
  arrive,
  type Bench,
  CHANNEL,
  came,
  claimed,
  evt,
  leased,
  messageOf,
  msg,
  namesOf,
  nothing,
  OTHER,
  own,
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

const reach = (first: string, step: number): Reach => ({
  plan: 'default',
  step,
  first: msg(first),
  since: T0,
  relayed: step > 0,
  passed: [],
})

/** Sends that follow a plan and may go elsewhere. */
const planned = (loaded: Loaded, names: readonly string[], channel: ChannelId = CHANNEL): Change => {
  const change = says(loaded, names, { channel })
  return {
    ...change,
    messages: change.messages.map((row) => ({ ...row, reach: reach(row.id.slice(4), 0) })),
    outbox: change.outbox.map(
      (row): OutboxRow => ({ ...row, movable: true, body: { intent: { message: row.message, reach: reach(row.message.slice(4), 0) } } }),
    ),
  }
}

/** `former` goes on as `name`, on the other channel and in its place. */
const moved = (loaded: Loaded, former: string, name: string): Change => {
  const change = says(loaded, [name], { channel: OTHER })
  return {
    ...change,
    messages: change.messages.map((row) => ({ ...row, reach: reach(former, 1) })),
    outbox: change.outbox.map((row) => ({ ...row, place: msg(former) })),
    remove: [msg(former)],
    patches: [{ message: msg(former), vendorId: null, channel: CHANNEL, status: 'cancelled', movedTo: msg(name) }],
  }
}

const begin = async (store: Store, who: string, names: readonly string[]): Promise<void> => {
  await arrive(store, { contacts: [wrote(who, `hello-${who}`)] })
  await turn(store, (loaded) => planned(loaded, names))
}

const turns = (id: string, state: ChannelHealth, channel = CHANNEL, at = T0) =>
  ({ id: evt(id), channel, at, change: { kind: 'health', state, reason: id } }) as const
const cut = (store: Store, channel = CHANNEL, at = T0) =>
  arrive(store, { channels: [turns(`cut-${channel}-${at}`, 'cut', channel, at)] }, at)

const line = async (bench: Bench) =>
  (await bench.dump()).outbox.map(({ message, head, movable }) => `${message.slice(4)}${head ? ' head' : ''} ${movable}`)
const asked = (events: Loaded['events']) => events.filter(({ kind }) => kind === 'send.stranded').map(({ id }) => id)

export const aboutReach = (make: Make): void => {
  const shows = casesOf(make)

  shows('tells all messages of the plans that events speak of, and of no others', async ({ store }) => {
    await begin(store, '+33600000001', ['a', 'other'])
    const [contact] = (await Promise.all([queued(store, '+33600000001', ['none'])])) as [never]
    await arrive(store, { own: [own(contact, 'move')] })
    await turn(store, (loaded) => ({
      ...moved(loaded, 'a', 'a2'),
      timers: [timer('due', 'reach.due', T0, { intent: { reach: reach('a', 1) } })],
    }))
    let seen: Loaded['plans'] = []
    await turn(store, (loaded) => {
      seen = loaded.plans
      return nothing(loaded)
    })
    expect(seen).toEqual([
      {
        message: msg('a'),
        first: msg('a'),
        channel: CHANNEL,
        status: 'cancelled',
        inLine: false,
        movedTo: msg('a2'),
        duplicateRisk: false,
        putOff: false,
      },
      {
        message: msg('a2'),
        first: msg('a'),
        channel: OTHER,
        status: 'queued',
        inLine: true,
        movedTo: null,
        duplicateRisk: false,
        putOff: false,
      },
    ])
  })

  shows('keeps where a message stands in its plan by now: it had waited for its time, or for a person', async ({ store }, bench) => {
    await begin(store, '+33600000001', ['a', 'b'])
    const contact = (await bench.dump()).contacts[0]?.id as never
    await arrive(store, { own: [own(contact, 'late')] })
    const patch = { message: msg('b'), vendorId: null, channel: CHANNEL, onto: OTHER, reach: reach('a', 1) }
    await turn(store, (loaded) => ({ ...nothing(loaded), patches: [patch] }))
    await arrive(store, { own: [{ ...own(contact, 'ask'), body: { first: msg('a') } }] })
    let seen: Loaded['plans'] = []
    await turn(store, (loaded) => {
      seen = loaded.plans
      return nothing(loaded)
    })
    expect(seen.map(({ message, first, channel }) => [message, first, channel])).toEqual([
      [msg('a'), msg('a'), CHANNEL],
      [msg('b'), msg('a'), OTHER],
    ])
  })

  shows('lets what moves keep its place in the line', async ({ store }, bench) => {
    await begin(store, '+33600000001', ['a', 'b', 'c'])
    const contact = (await bench.dump()).contacts[0]?.id as never
    await arrive(store, { own: [own(contact, 'move')] })
    await turn(store, (loaded) => moved(loaded, 'b', 'b2'))
    expect((await line(bench)).map((row) => row.split(' ')[0])).toEqual(['a', 'b2', 'c'])
    await arrive(store, { own: [own(contact, 'again')] })
    await turn(store, (loaded) => moved(loaded, 'a', 'a2'))
    expect(await line(bench)).toEqual(['a2 head null', 'b2 null', 'c left'])
  })

  shows(
    'asks for what waits for a channel that was cut, in order and once; until it is decided, nothing overtakes it',
    async ({ store }, bench) => {
      await begin(store, '+33600000001', ['a', 'b'])
      expect(await store.strand(T0, 10)).toBe(0)
      await cut(store)
      expect([await store.strand(T0, 1), await store.strand(T0, 10), await store.strand(T0, 10)]).toEqual([1, 1, 0])
      const contact = (await bench.dump()).contacts[0]?.id as never
      await arrive(store, { own: [own(contact, 'more')] })
      let events: readonly string[] = []
      await turn(store, (loaded) => {
        events = asked(loaded.events)
        return says(loaded, ['c'], { channel: OTHER })
      })
      expect(events).toEqual(['stranded:msg_a', 'stranded:msg_b'])
      expect(await line(bench)).toEqual(['a head asked', 'b asked', 'c null'])
      expect(namesOf(await claimed(store, await leased(store, OTHER)))).toEqual([])
    },
  )

  shows(
    'lets what has no other way stand aside, with one alert for each cut, and asks again when a channel changed',
    async ({ store }, bench) => {
      await begin(store, '+33600000001', ['a'])
      await cut(store)
      await store.strand(T0, 10)
      await turn(store, (loaded) => ({ ...says(loaded, ['b'], { channel: OTHER }), stay: [{ message: msg('a'), stuck: true }] }))
      expect(await line(bench)).toEqual(['a stuck', 'b head null'])
      expect([await store.strand(T0, 10), await store.strand(T0, 10)]).toEqual([0, 0])
      const alerts = async () => (await bench.dump()).events.filter(({ id }) => id.startsWith('stranded:')).length
      expect(await alerts()).toBe(1)
      await cut(store, OTHER, T0 + 1)
      expect(await store.strand(T0 + 1, 10)).toBe(1)
    },
  )

  shows('asks again for what has no other way once its contact agrees to something, or writes', async ({ store }, bench) => {
    await begin(store, '+33600000001', ['a'])
    await cut(store)
    await store.strand(T0, 10)
    const stuck = (loaded: Loaded): Change => ({ ...nothing(loaded), stay: [{ message: msg('a'), stuck: true }] })
    await turn(store, stuck)
    expect(await store.strand(T0, 10)).toBe(0)
    const contact = (await bench.dump()).contacts[0]?.id as never
    await arrive(store, { own: [own(contact, 'agrees')] })
    const given = { channelKind: 'sms', category: 'service', given: true, at: T0, words: null, proof: null, source: 'test' }
    await turn(store, (loaded) => ({ ...nothing(loaded), consents: [given] }))
    expect(await store.strand(T0, 10)).toBe(1)
    await turn(store, stuck)
    expect(await store.strand(T0, 10)).toBe(0)
    await arrive(store, { contacts: [wrote('+33600000001', 'again')] })
    await turn(store, (loaded) => ({
      ...nothing(loaded),
      messages: says(loaded, ['in']).messages.map((row) => ({ ...row, direction: 'in', status: 'received', decision: null })),
    }))
    expect(await store.strand(T0, 10)).toBe(1)
  })

  shows('lets what nothing decides on any more stand aside', async ({ store }, bench) => {
    await begin(store, '+33600000001', ['a'])
    await cut(store)
    await store.strand(T0, 10)
    // Handled without a word on the row: as when its event was set aside.
    await turn(store, (loaded) => says(loaded, ['b'], { channel: OTHER }))
    expect(await line(bench)).toEqual(['a head asked', 'b null'])
    expect(await store.strand(T0, 10)).toBe(0)
    await store.sweep(T0)
    expect(await line(bench)).toEqual(['a stuck', 'b head null'])
  })

  shows('asks for nothing that is on its way, of which nobody knows, or that follows no plan', async ({ store }, bench) => {
    await begin(store, '+33600000001', ['a'])
    await begin(store, '+33600000002', ['b'])
    await queued(store, '+33600000003', ['c'])
    const lease = await leased(store)
    const [first] = await claimed(store, lease, (head) =>
      head.message === msg('c') ? { type: 'wait', until: T0 + 1, rule: '' } : sendAll(head),
    )
    if (!first) throw new Error('nothing was claimed')
    await store.settle([came(first, RESULTS.unknown())])
    await cut(store)
    expect([await store.strand(T0, 10), (await line(bench)).length]).toEqual([0, 3])
  })

  shows('tells once of what is delivered after its plan had gone on, with when', async ({ store }, bench) => {
    await begin(store, '+33600000001', ['1'])
    await sent(store, await leased(store), RESULTS.accepted)
    const contact = (await bench.dump()).contacts[0]?.id as never
    await arrive(store, { receipts: [receipt('sent')] })
    await arrive(store, { own: [own(contact, 'move')] })
    await turn(store, (loaded) => ({
      ...moved(loaded, '1', '2'),
      remove: [],
      patches: [{ message: msg('1'), vendorId: null, channel: CHANNEL, movedTo: msg('2') }],
    }))
    expect((await messageOf(bench, '1')).lateAt).toBe(null)
    await arrive(store, { receipts: [receipt('delivered', { at: T0 + 50 })] })
    await arrive(store, { receipts: [receipt('delivered', { at: T0 + 60 }), receipt('read', { at: T0 + 70 })] })
    expect(await messageOf(bench, '1')).toMatchObject({ status: 'read', lateAt: T0 + 50, movedTo: msg('2') })
    const bodies: unknown[] = []
    let plans: Loaded['plans'] = []
    await turn(store, (loaded) => {
      bodies.push(...loaded.events.map(({ kind, body }) => [kind, body]))
      plans = loaded.plans
      return nothing(loaded)
    })
    expect(bodies).toEqual([['reach.late', { message: msg('1'), first: msg('1'), channel: CHANNEL, at: T0 + 50 }]])
    expect(plans.map(({ message }): MessageId => message)).toEqual([msg('1'), msg('2')])
  })

  shows('gives where a message stood in its plan with the news that it failed', async ({ store }) => {
    await begin(store, '+33600000001', ['1'])
    await sent(store, await leased(store), RESULTS.accepted)
    await arrive(store, { receipts: [receipt('failed', { target: wamid('1') })] })
    const told: unknown[] = []
    await turn(store, (loaded) => {
      told.push(...loaded.events.map(({ body }) => (body as { reach?: object }).reach))
      return nothing(loaded)
    })
    expect(told).toEqual([reach('1', 0)])
  })
}
