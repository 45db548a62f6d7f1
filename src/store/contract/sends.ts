/** Sends of the business's own accord: called off, for a channel of another day, named by what they are about; and call-back requests. */
import { expect } from 'vitest'
import type { Callback } from '../../core/callback.ts'
import { asId, type ContactId, type LinkId } from '../../core/ids.ts'
import type { Change, Loaded } from '../../core/store.ts'
import type { StartedTask } from '../../core/task.ts'
import {
  arrive,
  CHANNEL,
  claim,
  claimed,
  leased,
  messageOf,
  messageRow,
  msg,
  namesOf,
  nothing,
  OTHER,
  own,
  queued,
  T0,
  turn,
  wrote,
} from './bench.ts'
import { casesOf, type Make } from './case.ts'

const request = (name: string, more: Partial<Callback> = {}): Callback => ({
  id: asId(`cal_${name}`),
  message: msg(name),
  channel: CHANNEL,
  number: '+33612345678',
  windows: [{ days: [1], from: 540, to: 720 }],
  timezone: 'Europe/Paris',
  category: 'service',
  topic: 'Dossier 42',
  step: null,
  summary: null,
  since: T0,
  from: T0,
  tries: 0,
  mostTries: 3,
  state: 'waiting',
  takenBy: null,
  outcome: null,
  note: null,
  closedAt: null,
  ...more,
})

const task = (name: string, more: Partial<StartedTask> = {}): StartedTask => ({
  id: asId(`tsk_${name}`),
  task: 'draft',
  by: 'api:crm',
  send: 'draft',
  since: T0,
  state: 'working',
  why: null,
  endedAt: null,
  engine: null,
  text: null,
  citations: [],
  message: null,
  ...more,
})

export const aboutSends = (make: Make): void => {
  const it = casesOf(make)
  const happens = async (
    store: Parameters<typeof turn>[0],
    contact: ContactId,
    id: string,
    change: (loaded: Loaded) => Partial<Change>,
  ) => {
    await arrive(store, { own: [own(contact, id)] })
    await turn(store, (loaded) => ({ ...nothing(loaded), ...change(loaded) }))
  }

  it('what is called off while it waits leaves the line and is cancelled; the next one goes', async ({ store }, bench) => {
    const contact = await queued(store, '33600000001', ['first', 'second'])
    await happens(store, contact, 'off', () => ({ withdraw: [msg('first')] }))
    expect((await messageOf(bench, 'first')).status).toBe('cancelled')
    expect(namesOf(await claimed(store, await leased(store)))).toEqual(['second'])
  })

  it('what is on its way, or was told to have come, is not called off', async ({ store }, bench) => {
    const contact = await queued(store, '33600000001', ['gone'])
    await claimed(store, await leased(store))
    await happens(store, contact, 'off', () => ({ withdraw: [msg('gone')] }))
    expect((await messageOf(bench, 'gone')).status).toBe('sending')
    expect((await bench.dump()).outbox).toHaveLength(1)
  })

  it('called off while it is postponed or held, out of its line', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('33600000001', 'hello')] })
    let contact = asId<ContactId>('')
    await turn(store, (loaded) => {
      contact = loaded.contact
      return {
        ...nothing(loaded),
        messages: [
          messageRow('later', { status: 'postponed' }),
          messageRow('held', { status: 'held' }),
          messageRow('failed', { status: 'failed' }),
        ],
      }
    })
    await happens(store, contact, 'off', () => ({ withdraw: [msg('later'), msg('held'), msg('failed')] }))
    const statuses = (await bench.dump()).messages.filter(({ direction }) => direction === 'out').map(({ id, status }) => [id, status])
    expect(statuses).toEqual([
      [msg('failed'), 'failed'],
      [msg('held'), 'cancelled'],
      [msg('later'), 'cancelled'],
    ])
  })

  it('keeps what a message is about, and the channel it takes by the time it leaves', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('33600000001', 'hello')] })
    let contact = asId<ContactId>('')
    await turn(store, (loaded) => {
      contact = loaded.contact
      return { ...nothing(loaded), messages: [messageRow('kept', { status: 'postponed', reference: 'order-1' }), messageRow('plain')] }
    })
    await happens(store, contact, 'due', () => ({
      patches: [{ message: msg('kept'), vendorId: null, channel: OTHER, onto: OTHER, status: 'queued' }],
    }))
    expect(await messageOf(bench, 'kept')).toMatchObject({ reference: 'order-1', channel: OTHER, status: 'queued' })
    expect((await messageOf(bench, 'plain')).reference).toBeNull()
  })

  it('keeps call-back requests as they are last, and moves them with a merge', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('33600000001', 'hello')] })
    let contact = asId<ContactId>('')
    await turn(store, (loaded) => {
      contact = loaded.contact
      return { ...nothing(loaded), callbacks: [request('a'), request('b')] }
    })
    await happens(store, contact, 'taken', () => ({ callbacks: [request('a', { state: 'taken', takenBy: 'agent:claire' })] }))
    expect((await bench.dump()).callbacks).toEqual([
      { ...request('a', { state: 'taken', takenBy: 'agent:claire' }), contact },
      { ...request('b'), contact },
    ])
    await arrive(store, { contacts: [wrote('33600000002', 'me too')] })
    await turn(store)
    await arrive(store, { contacts: [wrote(['33600000002', '33600000001'], 'both')] })
    await turn(store)
    const { callbacks, contacts } = await bench.dump()
    const heir = contacts.find(({ id }) => id === contact)?.mergedInto ?? contact
    expect(callbacks.map((one) => one.contact)).toEqual([heir, heir])
  })

  it('keeps the links that a turn makes, and whose they are after two contacts become one', async ({ store }, bench) => {
    const contact = await queued(store, '33600000001', ['offer'])
    const link = { id: 'lnk_a' as LinkId, message: msg('offer'), from: CHANNEL, to: OTHER, at: T0, expiresAt: T0 + 1000 }
    await happens(store, contact, 'linked', () => ({ links: [link] }))
    expect((await bench.dump()).links).toEqual([{ ...link, contact }])
    await arrive(store, { contacts: [wrote('33600000002', 'me too')] })
    await turn(store)
    await arrive(store, { contacts: [wrote(['33600000002', '33600000001'], 'both')] })
    await turn(store)
    const { links, contacts } = await bench.dump()
    expect(links.map((one) => one.contact)).toEqual([contacts.find(({ id }) => id === contact)?.mergedInto ?? contact])
  })

  it('voids the links of whoever ends their visits, and nobody else’s', async ({ store }, bench) => {
    const [one, other] = [await queued(store, '33600000001', ['one']), await queued(store, '33600000002', ['other'])]
    const link = (name: string) => ({
      id: `lnk_${name}` as LinkId,
      message: msg(name),
      from: CHANNEL,
      to: OTHER,
      at: T0,
      expiresAt: T0 + 1000,
    })
    await happens(store, one, 'linked', () => ({ links: [link('one')] }))
    await happens(store, other, 'linked-too', () => ({ links: [link('other')] }))
    await happens(store, one, 'ended', () => ({ unlink: true }))
    expect((await bench.dump()).links.map(({ contact, expiresAt }) => [contact, expiresAt])).toEqual([
      [one, T0],
      [other, T0 + 1000],
    ])
  })

  it('keeps AI tasks as they are last, moves them with a merge, and forgets them after thirty days', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('33600000001', 'hello')] })
    let contact = asId<ContactId>('')
    await turn(store, (loaded) => {
      contact = loaded.contact
      return { ...nothing(loaded), tasks: [task('a'), task('b', { since: T0 + 60_000 })] }
    })
    const done = { state: 'done', text: 'L’expert passe jeudi.', endedAt: T0 + 1 } as const
    await happens(store, contact, 'done', () => ({ tasks: [task('a', done)] }))
    await arrive(store, { contacts: [wrote('33600000002', 'me too')] })
    await turn(store)
    await arrive(store, { contacts: [wrote(['33600000002', '33600000001'], 'both')] })
    await turn(store)
    const { tasks, contacts } = await bench.dump()
    const heir = contacts.find(({ id }) => id === contact)?.mergedInto ?? contact
    expect(tasks).toEqual([
      { ...task('a', done), contact: heir },
      { ...task('b', { since: T0 + 60_000 }), contact: heir },
    ])
    await store.sweep(T0 + 30 * 86_400_000 + 1)
    expect((await bench.dump()).tasks.map(({ id }) => id)).toEqual(['tsk_b'])
  })

  it('a claim and a calling-off at once: one of them has it', async ({ store }, bench) => {
    const contact = await queued(store, '33600000001', ['race'])
    const lease = await leased(store)
    await Promise.all([happens(store, contact, 'off', () => ({ withdraw: [msg('race')] })), claim(store, lease)])
    const { outbox, messages } = await bench.dump()
    const status = messages.find(({ id }) => id === msg('race'))?.status
    expect([status, outbox.length]).toEqual(status === 'cancelled' ? ['cancelled', 0] : ['sending', 1])
  })
}
