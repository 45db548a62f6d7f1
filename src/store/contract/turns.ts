import { expect } from 'vitest'
import type { ContactId } from '../../core/ids.ts'
import type { Loaded } from '../../core/store.ts'
import { arrive, CHANNEL, evt, messageRow, msg, nothing, own, queued, says, T0, timer, turn, wamid, wrote } from './bench.ts'
import { casesOf, type Make } from './case.ts'

const people = (count: number) => Array.from({ length: count }, (_, n) => wrote(`+336000000${String(n).padStart(2, '0')}`, `hello-${n}`))

export const aboutTurns = (make: Make): void => {
  const shows = casesOf(make)

  shows('hands a contact to one of two turns at once, never to both', async ({ store }, bench) => {
    const second = await bench.join('second')
    await arrive(store, { contacts: people(40) })
    const seen: ContactId[] = []
    const decide = (loaded: Loaded) => {
      seen.push(loaded.contact)
      return nothing(loaded)
    }
    const both = () => Promise.all([store, second.store].map((one) => one.turn({ at: T0, limit: 15 }, decide)))
    // What one has in hand leaves the other its share of what waits.
    expect((await both()).map((report) => report.contacts)).toEqual([15, 15])
    for (let rounds = 0; rounds < 3; rounds++) await both()
    expect(seen).toHaveLength(40)
    expect(new Set(seen).size).toBe(40)
  })

  shows('gives a contact its events in order of arrival, whatever time they carry', async ({ store }) => {
    for (const n of [3, 1, 2]) await arrive(store, { contacts: [wrote('+33600000001', `${n}`, { at: T0 - n })] })
    const order: string[] = []
    await turn(store, (loaded) => {
      order.push(...loaded.events.map((event) => event.id))
      return nothing(loaded)
    })
    expect(order).toEqual([evt('3'), evt('1'), evt('2')])
  })

  shows('keeps the order of arrival where the clocks of two processes differ', async ({ store }) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'first')] }, T0 + 300)
    await arrive(store, { contacts: [wrote('+33600000001', 'second')] }, T0)
    const order: string[] = []
    await turn(store, (loaded) => {
      order.push(...loaded.events.map((event) => event.id))
      return nothing(loaded)
    })
    expect(order).toEqual([evt('first'), evt('second')])
  })

  shows('takes at once what came by a process whose clock is ahead', async ({ store }) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'hello')] }, T0 + 60_000)
    expect(await store.nextEvent()).toBeLessThanOrEqual(T0)
    expect(await turn(store)).toMatchObject({ contacts: 1, events: 1 })
  })

  shows('leaves an event whose time has not come', async ({ store }) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'hello')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), timers: [timer('later', 'timer', T0 + 5000)] }))
    expect(await turn(store)).toMatchObject({ contacts: 0, events: 0 })
    expect(await store.nextEvent()).toBe(T0 + 5000)
    expect(await turn(store, nothing, T0 + 5000)).toMatchObject({ contacts: 1, events: 1 })
    expect(await store.nextEvent()).toBeNull()
  })

  shows('keeps what a turn wrote, and gives it to the next', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'hello', { name: 'Ana', country: 'PT' })] })
    await turn(store, (loaded) => ({
      ...nothing(loaded),
      language: 'fr',
      state: { step: 2 },
      owner: 'engine',
      lastAt: T0 + 9,
      waitingSince: T0,
      messages: [messageRow('in', { direction: 'in', status: 'received', vendorId: wamid('in'), decision: null })],
      consents: [{ channelKind: 'whatsapp', category: 'marketing', given: true, at: T0, words: null, proof: null, source: 'form' }],
      journal: [{ id: evt('note'), kind: 'message.received', at: T0, message: msg('in'), data: { a: 1 }, payload: { secret: 1 } }],
    }))
    let loaded: Loaded | null = null
    await arrive(store, { contacts: [wrote('+33600000001', 'again')] })
    await turn(store, (seen) => {
      loaded = seen
      return nothing(seen)
    })
    expect(loaded).toMatchObject({
      name: 'Ana',
      country: 'PT',
      language: 'fr',
      owner: 'engine',
      state: { step: 2 },
      waitingSince: T0,
      addresses: [{ kind: 'whatsapp', value: '+33600000001' }],
      consents: { 'whatsapp/marketing': 'given' },
    })
    const { messages, events } = await bench.dump()
    expect(messages).toMatchObject([{ id: msg('in'), status: 'received' }])
    expect(events).toMatchObject([{ id: evt('note'), kind: 'message.received', message: msg('in') }])
  })

  shows('lets the latest consent count', async ({ store }) => {
    const row = { channelKind: 'whatsapp', category: 'marketing', at: T0, words: null, proof: null, source: 'message' }
    await arrive(store, { contacts: [wrote('+33600000001', '1')] })
    await turn(store, (loaded) => ({
      ...nothing(loaded),
      consents: [
        { ...row, given: true },
        { ...row, given: false },
      ],
    }))
    await arrive(store, { contacts: [wrote('+33600000001', '2')] })
    const seen: unknown[] = []
    await turn(store, (loaded) => {
      seen.push(loaded.consents)
      return nothing(loaded)
    })
    expect(seen).toEqual([{ 'whatsapp/marketing': 'revoked' }])
  })

  shows('spares the neighbours of a contact whose decide throws', async ({ store }, bench) => {
    await arrive(store, { contacts: people(5) })
    const report = await turn(store, (loaded) => {
      if (loaded.events.some((event) => event.id === evt('hello-2'))) throw new Error('rotten')
      return nothing(loaded)
    })
    expect(report).toMatchObject({ events: 4, more: true })
    expect((await bench.dump()).pending).toMatchObject([{ id: evt('hello-2'), tries: 1 }])
  })

  shows('sets aside only the rotten event after three tries; the contact’s others go on, in order', async ({ store }, bench) => {
    for (const n of [1, 2, 3, 4]) await arrive(store, { contacts: [wrote('+33600000001', `${n}`)] })
    const handled: string[] = []
    const decide = (loaded: Loaded) => {
      if (loaded.events.some((event) => event.id === evt('2'))) throw new Error('rotten')
      handled.push(...loaded.events.map((event) => event.id))
      return nothing(loaded)
    }
    for (let turns = 0; turns < 6; turns++) await turn(store, decide)
    const { pending, poison, events } = await bench.dump()
    expect(handled).toEqual([evt('1'), evt('3'), evt('4')])
    expect(pending).toEqual([])
    expect(poison).toMatchObject([{ id: evt('2'), kind: 'message' }])
    expect(events).toMatchObject([{ id: 'evt_2:poison', kind: 'alert' }])
  })

  for (const [name, text] of Object.entries({ NUL: '\u0000', 'half a surrogate pair': '\udfff' }))
    shows(`sets aside an event whose turn writes ${name}, and keeps what its batch neighbours wrote`, async ({ store }, bench) => {
      await arrive(store, { contacts: people(7) })
      const decide = (loaded: Loaded) => {
        const id = loaded.events[0]?.id.slice(4) ?? ''
        const content = { type: 'text', text: id === 'hello-3' ? text : id } as const
        return { ...nothing(loaded), messages: [messageRow(id, { content })] }
      }
      for (let turns = 0; turns < 5; turns++) await turn(store, decide)
      const { pending, poison, messages } = await bench.dump()
      expect(pending).toEqual([])
      expect(poison.map((event) => event.id)).toEqual([evt('hello-3')])
      expect(messages).toHaveLength(6)
    })

  shows('takes a few events of one contact in a turn, and says that there are more', async ({ store }) => {
    await arrive(store, { contacts: Array.from({ length: 60 }, (_, n) => wrote('+33600000001', `${n}`)) })
    const order: string[] = []
    const keep = (loaded: Loaded) => {
      order.push(...loaded.events.map((event) => event.id))
      return nothing(loaded)
    }
    expect(await turn(store, keep)).toMatchObject({ more: true })
    expect(order.length).toBeLessThan(60)
    while ((await turn(store, keep)).more);
    expect(order).toEqual(Array.from({ length: 60 }, (_, n) => evt(`${n}`)))
  })

  shows('names who filled a turn, and leaves those alone who rest', async ({ store }) => {
    await arrive(store, { contacts: Array.from({ length: 20 }, (_, n) => wrote('+33600000001', `${n}`)) })
    await arrive(store, { contacts: [wrote('+33600000002', 'one')] })
    const taken: string[][] = []
    const keep = (loaded: Loaded) => {
      taken.push(loaded.events.map((event) => event.id))
      return nothing(loaded)
    }
    const { full } = await turn(store, keep)
    expect(full).toHaveLength(1)
    expect(taken.map((events) => events.length > 1).toSorted()).toEqual([false, true])
    await arrive(store, { contacts: [wrote('+33600000002', 'two')] })
    taken.length = 0
    await store.turn({ at: T0, limit: 100, resting: full }, keep)
    expect(taken).toEqual([[evt('two')]])
  })

  shows('applies several changes of one message made in one turn', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'hello')] })
    await turn(store, (loaded) => ({
      ...nothing(loaded),
      messages: [messageRow('in', { direction: 'in', vendorId: wamid('in'), status: 'received' })],
      patches: [
        { message: null, vendorId: wamid('in'), channel: CHANNEL, content: { type: 'text', text: 'once' }, editedAt: T0 },
        { message: null, vendorId: wamid('in'), channel: CHANNEL, content: { type: 'text', text: 'twice' }, editedAt: T0 + 1 },
        { message: null, vendorId: wamid('in'), channel: CHANNEL, revokedAt: T0 + 2 },
      ],
    }))
    expect((await bench.dump()).messages).toMatchObject([{ content: { type: 'text', text: 'twice' }, editedAt: T0 + 1, revokedAt: T0 + 2 }])
  })

  shows('gives a message that is changed the price of what it is now, and leaves it to one that is not', async ({ store }, bench) => {
    const price = {
      known: true,
      amount: 0.0248,
      currency: 'EUR',
      category: 'utility',
      since: null,
      source: null,
      confidence: null,
    } as const
    await queued(store, '+33600000001', ['a', 'b'])
    await arrive(store, { contacts: [wrote('+33600000001', 'hello')] })
    await turn(store, (loaded) => ({
      ...nothing(loaded),
      patches: [
        { message: msg('a'), vendorId: null, channel: CHANNEL, category: 'utility', price },
        { message: msg('a'), vendorId: null, channel: CHANNEL, status: 'postponed' },
        { message: msg('b'), vendorId: null, channel: CHANNEL, status: 'postponed' },
      ],
    }))
    expect((await bench.dump()).messages.map((row) => [row.id, row.price])).toEqual([
      [msg('a'), price],
      [msg('b'), null],
    ])
  })

  shows('tells whether a turn made sends or jobs', async ({ store }) => {
    await arrive(store, { contacts: [wrote('+33600000001', '1')] })
    expect(await turn(store, (loaded) => says(loaded, ['a']))).toMatchObject({ sends: true, jobs: false })
    await arrive(store, { contacts: [wrote('+33600000001', '2')] })
    expect(await turn(store)).toMatchObject({ sends: false, jobs: false, contacts: 1 })
  })

  shows('decides on an act in its place between two messages', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('+33600000001', '1')] })
    const contact = (await bench.dump()).contacts[0]?.id as ContactId
    await arrive(store, { own: [own(contact, 'take')], contacts: [wrote('+33600000001', '2')] })
    await arrive(store, { contacts: [wrote('+33600000001', '3')] })
    const kinds: string[] = []
    await turn(store, (loaded) => {
      kinds.push(...loaded.events.map((event) => event.kind))
      return nothing(loaded)
    })
    expect(kinds.toSorted()).toEqual(['action', 'message', 'message', 'message'])
    expect(kinds.at(0)).toBe('message')
    expect(kinds.at(-1)).toBe('message')
  })
}
