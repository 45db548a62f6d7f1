import { expect } from 'vitest'
import type { ContactId } from '../../core/ids.ts'
import type { Change, Loaded } from '../../core/store.ts'
import {
  arrive,
  att,
  type Bench,
  CHANNEL,
  came,
  claimed,
  evt,
  jobRow,
  leased,
  messageOf,
  messageRow,
  msg,
  namesOf,
  nothing,
  queued,
  RESULTS,
  receipt,
  says,
  sent,
  T0,
  takeJobs,
  timer,
  turn,
  wamid,
  wrote,
} from './bench.ts'
import { casesOf, type Make } from './case.ts'

const A = '+33600000001'
const B = '+33600000002'

const handOver = (loaded: Loaded): Change => ({
  ...nothing(loaded),
  owner: 'agents',
  epoch: loaded.epoch + 1,
  cancelBefore: loaded.epoch + 1,
})

/** The news that A and B are one person; handled in a turn of A. */
const become = async (bench: Bench, store: Parameters<typeof turn>[0], decide = nothing) => {
  await arrive(store, { contacts: [wrote([A, B], 'same', { kind: 'identity' })] })
  await turn(store, decide)
  return bench.dump()
}

export const aboutPeople = (make: Make): void => {
  const shows = casesOf(make)

  shows('cancels the former owner’s queued automatic sends and jobs at a hand-over; a person’s send stays', async ({ store }, bench) => {
    await queued(store, A, ['auto1', 'auto2'])
    await arrive(store, { contacts: [wrote(A, 'agent')] })
    await turn(store, (loaded) => ({ ...says(loaded, ['own'], { automatic: false }), jobs: [jobRow('think', loaded.epoch)] }))
    await arrive(store, { contacts: [wrote(A, 'human please')] })
    await turn(store, (loaded) => {
      const change = handOver(loaded)
      const notice = says({ ...loaded, epoch: change.epoch }, ['notice'])
      return { ...change, messages: notice.messages, decisions: notice.decisions, outbox: notice.outbox }
    })
    const { jobs } = await bench.dump()
    expect(jobs).toEqual([])
    expect([await messageOf(bench, 'auto1'), await messageOf(bench, 'auto2')].map((row) => row.status)).toEqual(['cancelled', 'cancelled'])
    const lease = await leased(store)
    expect(namesOf(await sent(store, lease, RESULTS.accepted))).toEqual(['own'])
    expect(namesOf(await sent(store, lease, RESULTS.accepted))).toEqual(['notice'])
  })

  for (const status of ['delivered', 'failed'] as const)
    shows(
      `does not call cancelled at a hand-over what “${status}” was told of before it could go a second time`,
      async ({ store }, bench) => {
        await queued(store, A, ['a'])
        await sent(store, await leased(store), RESULTS.unknown)
        await turn(store, (loaded) => ({ ...nothing(loaded), resend: [{ message: msg('a'), dueAt: T0 }] }), T0 + 120_000)
        await arrive(store, { contacts: [wrote(A, 'human please')] })
        await arrive(store, { receipts: [receipt(status, { target: wamid('a'), attempt: att('a') })] })
        await turn(store, handOver)
        expect(await messageOf(bench, 'a')).toMatchObject({ status })
        expect((await bench.dump()).outbox).toEqual([])
      },
    )

  shows('does not cancel a send in flight at a hand-over; its line goes on after it', async ({ store }) => {
    await queued(store, A, ['flying', 'waiting'])
    const lease = await leased(store)
    const [head] = await claimed(store, lease)
    await arrive(store, { contacts: [wrote(A, 'human please')] })
    await turn(store, (loaded) => {
      const change = handOver(loaded)
      const notice = says({ ...loaded, epoch: change.epoch }, ['notice'])
      return { ...change, messages: notice.messages, decisions: notice.decisions, outbox: notice.outbox }
    })
    expect(await claimed(store, lease)).toEqual([])
    if (head) await store.settle([came(head, RESULTS.accepted('flying'))])
    expect(namesOf(await claimed(store, lease))).toEqual(['notice'])
  })

  shows('lets a job of an old epoch leave nothing', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote(A, 'question')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), jobs: [jobRow('think', loaded.epoch)] }))
    const [job] = await takeJobs(store)
    await arrive(store, { contacts: [wrote(A, 'human please')] })
    await turn(store, handOver)
    if (job) await store.finishJob(job, timer('thought', 'thought'))
    expect((await bench.dump()).pending).toEqual([])
  })

  shows('gives a finished job’s event to its contact, once', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote(A, 'question')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), jobs: [jobRow('think', loaded.epoch)] }))
    const [job] = await takeJobs(store)
    expect(await takeJobs(store, [job])).toEqual([])
    if (job) await store.finishJob(job, timer('thought', 'thought'))
    if (job) await store.finishJob(job, timer('thought-again', 'thought'))
    const { pending, jobs } = await bench.dump()
    expect(pending).toMatchObject([{ id: evt('thought'), kind: 'thought', channel: CHANNEL }])
    expect(jobs).toEqual([])
  })

  shows('keeps everything of two contacts that turn out to be one', async ({ store }, bench) => {
    await queued(store, A, ['a1'])
    await queued(store, B, ['b1'])
    await arrive(store, { contacts: [wrote(B, 'yes')] })
    await turn(store, (loaded) => ({
      ...nothing(loaded),
      consents: [{ channelKind: 'whatsapp', category: 'marketing', given: true, at: T0, words: 'oui', proof: null, source: 'message' }],
      jobs: [jobRow('think', loaded.epoch)],
    }))
    const { contacts, identities, messages, consents, outbox, jobs, conversations } = await become(bench, store)
    const [first, second] = contacts
    expect(second).toMatchObject({ mergedInto: first?.id })
    expect(conversations.find((conversation) => conversation.contact === first?.id)).toMatchObject({ epoch: 1, owner: 'journey' })
    for (const list of [identities, messages, consents, outbox, jobs])
      expect(new Set(list.map((row) => row.contact))).toEqual(new Set([first?.id]))
    expect(new Set(messages.map((message) => message.conversation)).size).toBe(1)
    expect([messages.length, identities.length]).toEqual([2, 2])
  })

  shows('sends what two contacts had queued one after the other once they are one', async ({ store }, bench) => {
    await queued(store, B, ['b1', 'b2'])
    await queued(store, A, ['a1', 'a2'])
    await become(bench, store)
    const lease = await leased(store)
    const order: string[] = []
    for (let sends = 0; sends < 5; sends++) {
      const names = namesOf(await sent(store, lease, RESULTS.accepted))
      expect(names.length).toBeLessThanOrEqual(1)
      order.push(...names)
    }
    expect(order).toEqual(['b1', 'b2', 'a1', 'a2'])
  })

  shows('waits for both sends in flight when their contacts become one', async ({ store }, bench) => {
    await queued(store, B, ['b1', 'b2'])
    await queued(store, A, ['a1', 'a2'])
    const lease = await leased(store)
    const heads = await claimed(store, lease)
    await become(bench, store)
    expect(namesOf(heads)).toEqual(['b1', 'a1'])
    expect(await claimed(store, lease)).toEqual([])
    for (const head of heads) {
      expect(await claimed(store, lease)).toEqual([])
      await store.settle([came(head, RESULTS.accepted(head.head.message))])
    }
    expect(namesOf(await claimed(store, lease))).toEqual(['b2'])
  })

  shows('waits for a send in flight with what the other contact tries again', async ({ store }, bench) => {
    await queued(store, B, ['b'])
    await queued(store, A, ['a'])
    const lease = await leased(store)
    const [first, second] = await claimed(store, lease)
    await become(bench, store)
    if (first) await store.settle([came(first, RESULTS.postponed(), { type: 'retry', dueAt: T0 })])
    expect(await claimed(store, lease)).toEqual([])
    if (second) await store.settle([came(second, RESULTS.unknown())])
    await turn(store, (loaded) => ({ ...nothing(loaded), resend: [{ message: msg('a'), dueAt: T0 }] }), T0 + 120_000)
    expect(namesOf(await claimed(store, lease))).toEqual(['b'])
    expect(await claimed(store, lease)).toEqual([])
  })

  shows('handles what the other contact had waiting in order of arrival', async ({ store }, bench) => {
    await queued(store, A, ['a1'])
    await queued(store, B, ['b1'])
    await arrive(store, { contacts: [wrote(B, 'before')] })
    const order: string[] = []
    await become(bench, store, (loaded) => {
      order.push(...loaded.events.filter((event) => event.kind !== 'merged').map((event) => event.id))
      return nothing(loaded)
    })
    expect(order).toEqual([evt('before'), evt('same')])
    const { contacts, pending } = await bench.dump()
    expect(pending).toEqual([])
    expect(contacts.filter((contact) => contact.mergedInto === null)).toHaveLength(1)
  })

  /** B wrote lately; A is an address a program sent something to since. Each side has a state, a timer of a journey's run, and a name or none. */
  const aliveAndQuiet = async (store: Parameters<typeof turn>[0]) => {
    await arrive(store, { contacts: [wrote(A, 'a', { country: 'FR' }), wrote(B, 'b', { name: 'Nour', country: 'BE' })] })
    await turn(store, (loaded) => {
      const side = loaded.addresses[0]?.value === A ? 'a' : 'b'
      const heard = messageRow('heard', { direction: 'in', status: 'received', decision: null })
      return {
        ...nothing(loaded),
        state: { of: side },
        lastAt: side === 'a' ? T0 + 9000 : T0,
        messages: side === 'a' ? [] : [heard],
        timers: [timer(`${side}-timer`, 'timer', T0 + 9000, { epoch: 0 })],
      }
    })
  }

  shows('goes on with the conversation the customer wrote to last, and tells what the other knew', async ({ store }, bench) => {
    await aliveAndQuiet(store)
    const told: unknown[] = []
    const { conversations, contacts, pending } = await become(bench, store, (loaded) => {
      told.push(loaded.state, ...loaded.events.map(({ kind, body }) => [kind, kind === 'merged' ? body : null]))
      return nothing(loaded)
    })
    const [first, second] = contacts
    expect(told).toEqual([{ of: 'b' }, ['merged', { other: second?.id, state: { of: 'a' } }], ['identity', null]])
    expect(conversations.find((row) => row.contact === first?.id)).toMatchObject({ state: { of: 'b' }, lastAt: T0 + 9000 })
    expect(Object.fromEntries(pending.map((event) => [event.id, (event.body as { epoch: number }).epoch]))).toEqual({
      [evt('a-timer')]: 0,
      [evt('b-timer')]: 1,
    })
  })

  shows('keeps the name of either contact, the country of the first, and whom a channel was opened to', async ({ store }, bench) => {
    await aliveAndQuiet(store)
    await queued(store, A, ['a1'])
    await queued(store, B, ['b1'])
    await claimed(store, await leased(store), (head) => ({ type: 'send', attempt: att(head.message), opening: true }))
    const { contacts, openings } = await become(bench, store)
    expect(contacts[0]).toMatchObject({ name: 'Nour', country: 'FR' })
    expect(openings).toEqual([{ channel: CHANNEL, contact: contacts[0]?.id, at: T0 }])
  })

  shows('carries what machines had in hand over to the new epoch, but not the other’s journey', async ({ store }, bench) => {
    await queued(store, A, ['a1'])
    await queued(store, B, ['b1'])
    await arrive(store, { contacts: [wrote(A, 'a-more'), wrote(B, 'b-more')] })
    await turn(store, (loaded) => {
      const side = loaded.addresses[0]?.value === A ? 'a' : 'b'
      return {
        ...nothing(loaded),
        timers: [timer(`${side}-timer`, 'timer', T0 + 9000, { epoch: 0 }), timer(`${side}-due`, 'send.due', T0 + 9000, { epoch: 0 })],
        jobs: [jobRow(`${side}-think`, 0), jobRow(`${side}-call`, 0, 'call')],
      }
    })
    const { pending, jobs, outbox } = await become(bench, store)
    expect(Object.fromEntries(pending.map((event) => [event.id, (event.body as { epoch: number }).epoch]))).toEqual({
      [evt('a-timer')]: 1,
      [evt('a-due')]: 1,
      [evt('b-timer')]: 0,
      [evt('b-due')]: 1,
    })
    expect(Object.fromEntries(jobs.map((job) => [job.id, job.epoch]))).toEqual({
      'job_a-think': 1,
      'job_a-call': 1,
      'job_b-think': 1,
      'job_b-call': 0,
    })
    expect(outbox.map((row) => row.epoch)).toEqual([1, 1])
  })

  shows('takes what a job under way at a merge, or a send in flight, came to as of the new epoch', async ({ store }, bench) => {
    await queued(store, A, ['a1'])
    await queued(store, B, ['b1'])
    await arrive(store, { contacts: [wrote(A, 'question')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), jobs: [jobRow('think', loaded.epoch)] }))
    const [job] = await takeJobs(store)
    const [head] = await claimed(store, await leased(store))
    await become(bench, store)
    if (job) await store.finishJob(job, timer('thought', 'thought', T0, { epoch: job.epoch }))
    const event = timer('later', 'send.postponed', T0, { epoch: head?.head.sendEpoch })
    if (head) await store.settle([came(head, RESULTS.postponed(), { type: 'leave', event })])
    expect((await bench.dump()).pending).toMatchObject([
      { id: evt('thought'), body: { epoch: 1 } },
      { id: evt('later'), body: { epoch: 1 } },
    ])
  })

  shows('leaves a conversation with the people who had one of two', async ({ store }, bench) => {
    await queued(store, A, ['a1'])
    await queued(store, B, ['b1'])
    await arrive(store, { contacts: [wrote(B, 'human please')] })
    await turn(store, (loaded) => ({ ...handOver(loaded), owner: 'agent:lea', waitingSince: T0 }))
    const { conversations, contacts, outbox } = await become(bench, store)
    const [first] = contacts
    expect(conversations.find((row) => row.contact === first?.id)).toMatchObject({ owner: 'agent:lea', epoch: 2, waitingSince: T0 })
    expect(outbox.every((row) => row.epoch < 2)).toBe(true)
  })

  shows('settles and raises what was sent to a contact that has become another’s', async ({ store }, bench) => {
    await queued(store, A, ['a1'])
    await queued(store, B, ['b1', 'b2'])
    const lease = await leased(store)
    const heads = await claimed(store, lease)
    await become(bench, store)
    for (const head of heads) await store.settle([came(head, RESULTS.accepted(head.head.message.slice(4)))])
    await arrive(store, { receipts: [receipt('failed', { target: wamid('b1') })] })
    const { pending, contacts } = await bench.dump()
    expect(pending).toMatchObject([{ id: `${msg('b1')}:failed`, contact: contacts[0]?.id }])
    expect(namesOf(await claimed(store, lease))).toEqual(['b2'])
  })

  shows('follows a contact that was merged twice', async ({ store }, bench) => {
    const C = '+33600000003'
    for (const who of [A, B, C]) await queued(store, who, [`x${who.slice(-1)}`])
    await arrive(store, { contacts: [wrote([B, C], 'same-bc', { kind: 'identity' })] })
    await turn(store)
    await arrive(store, { contacts: [wrote([A, B], 'same-ab', { kind: 'identity' })] })
    await turn(store)
    const { contacts } = await bench.dump()
    const [first] = contacts
    expect(contacts.map((contact) => contact.mergedInto)).toEqual([null, first?.id, first?.id])
    await arrive(store, {
      own: [{ id: evt('act'), contact: contacts[2]?.id as ContactId, channel: null, kind: 'action', at: T0, dueAt: 0, body: {} }],
    })
    expect((await bench.dump()).pending).toMatchObject([{ id: evt('act'), contact: first?.id }])
  })

  shows('merges with whom the other contact has become by then', async ({ store }, bench) => {
    const C = '+33600000003'
    for (const who of [A, B, C]) await queued(store, who, [`x${who.slice(-1)}`])
    await arrive(store, { contacts: [wrote([A, B], 'same-ab', { kind: 'identity' }), wrote([C, B], 'same-cb', { kind: 'identity' })] })
    for (let turns = 0; turns < 3; turns++) await turn(store)
    const { contacts, pending, identities } = await bench.dump()
    expect(contacts.filter((contact) => contact.mergedInto === null)).toHaveLength(1)
    expect(new Set(identities.map((identity) => identity.contact)).size).toBe(1)
    expect(pending).toEqual([])
  })

  shows('merges a chain of contacts found in one batch', async ({ store }, bench) => {
    const C = '+33600000003'
    for (const who of [A, B, C]) await queued(store, who, [`x${who.slice(-1)}`])
    await arrive(store, {
      contacts: [wrote([B, C], 'same-bc', { kind: 'identity' }), wrote([A, B], 'same-ab', { kind: 'identity' }), wrote(C, 'hello')],
    })
    const order: string[] = []
    for (let turns = 0; turns < 3; turns++)
      await turn(store, (loaded) => {
        order.push(...loaded.events.filter((event) => event.kind !== 'merged').map((event) => event.id))
        return nothing(loaded)
      })
    const { contacts, pending, identities } = await bench.dump()
    expect(contacts.filter((contact) => contact.mergedInto === null)).toHaveLength(1)
    expect(new Set(identities.map((identity) => identity.contact)).size).toBe(1)
    expect(pending).toEqual([])
    expect(order.toSorted()).toEqual([evt('hello'), evt('same-ab'), evt('same-bc')])
  })

  const bySms = (value: string, id: string) => wrote([], id, { addresses: [{ kind: 'sms', value }] })

  shows('knows a number from another phone channel for the same person, whichever came first', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote(A, 'by whatsapp')] })
    await arrive(store, { contacts: [bySms(A, 'by sms')] })
    await arrive(store, { contacts: [bySms(B, 'first by sms')] })
    await arrive(store, { contacts: [wrote(B, 'then by whatsapp')] })
    const { contacts, identities } = await bench.dump()
    expect(contacts).toHaveLength(2)
    const owners = (number: string) => new Set(identities.filter(({ key }) => key.endsWith(number)).map(({ contact }) => contact))
    expect([owners(A).size, owners(B).size]).toEqual([1, 1])
    expect(identities.map(({ key }) => key).toSorted()).toEqual([`sms:${A}`, `sms:${B}`, `whatsapp:${A}`, `whatsapp:${B}`])
  })

  shows('does so in one batch too, and keeps the order of what was written', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote(A, 'one'), bySms(A, 'two'), wrote(A, 'three')] })
    const order: string[] = []
    await turn(store, (loaded) => {
      order.push(...loaded.events.map(({ id }) => id))
      return nothing(loaded)
    })
    expect(order).toEqual([evt('one'), evt('two'), evt('three')])
    expect((await bench.dump()).contacts).toHaveLength(1)
  })

  shows('tells two people apart who have two numbers, and takes no mailbox for a number', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote(A, 'a'), bySms(B, 'b'), wrote([], 'c', { addresses: [{ kind: 'email', value: A }] })] })
    expect((await bench.dump()).contacts).toHaveLength(3)
  })
}
