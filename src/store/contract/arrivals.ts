import { expect } from 'vitest'
import type { EngineId, VendorId } from '../../core/ids.ts'
import type { EngineChange } from '../../core/store.ts'
import { arrive, CHANNEL, evt, leased, messageOf, OTHER, open, own, queued, RESULTS, receipt, sent, T0, turn, wrote } from './bench.ts'
import { casesOf, type Make } from './case.ts'

const HOSTILE = { nul: 'a\u0000b', 'half a pair': 'a\ud800b' }

export const aboutArrivals = (make: Make): void => {
  const shows = casesOf(make)

  shows('takes an event that arrives a hundred times at once for one', async ({ store }, bench) => {
    const arrival = wrote('+33600000001', 'hello')
    await Promise.all(Array.from({ length: 100 }, () => arrive(store, { contacts: [arrival] })))
    const { contacts, conversations, pending } = await bench.dump()
    expect([contacts.length, conversations.length, pending.length]).toEqual([1, 1, 1])
  })

  shows('takes an event that stands twice in one batch for one', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'hello'), wrote('+33600000001', 'hello'), wrote('+33600000001', 'more')] })
    expect((await bench.dump()).pending.map((event) => event.id)).toEqual([evt('hello'), evt('more')])
  })

  shows('does not take an event again that was handled', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'hello')] })
    await turn(store)
    await arrive(store, { contacts: [wrote('+33600000001', 'hello')] }, T0 + 7 * 86_400_000)
    expect((await bench.dump()).pending).toEqual([])
  })

  shows('makes one contact of a person who writes twice at once', async ({ store }, bench) => {
    await Promise.all([1, 2, 3, 4, 5].map((n) => arrive(store, { contacts: [wrote('+33600000001', `hello-${n}`)] })))
    const { contacts, identities } = await bench.dump()
    expect([contacts.length, identities.length]).toEqual([1, 1])
  })

  shows('finds a person by any address ever seen with them', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote(['user-7', '+33600000001'], 'first')] })
    await arrive(store, { contacts: [wrote('+33600000001', 'second')] })
    await arrive(store, { contacts: [wrote('user-7', 'third')] })
    const { contacts, pending } = await bench.dump()
    expect(contacts).toHaveLength(1)
    expect(new Set(pending.map((event) => event.contact)).size).toBe(1)
  })

  shows('adds an address that comes with a known one', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'first')] })
    await arrive(store, { contacts: [wrote(['user-7', '+33600000001'], 'second')] })
    const { contacts, identities } = await bench.dump()
    expect(contacts).toHaveLength(1)
    expect(identities.map((identity) => identity.key)).toEqual(['whatsapp:+33600000001', 'whatsapp:user-7'])
  })

  shows(
    'puts what a stranger proves to answer into the thread it answers, and makes the stranger’s address nobody’s',
    async ({ store }, bench) => {
      await queued(store, '+33600000001', ['1'])
      await sent(store, await leased(store), RESULTS.accepted)
      const [customer] = (await bench.dump()).contacts
      const { vendorId } = await messageOf(bench, '1')
      await arrive(store, { contacts: [wrote('+33600000002', 'forwarded', { proves: vendorId as VendorId })] })
      const { contacts, identities, pending } = await bench.dump()
      expect([contacts.length, identities.length]).toEqual([1, 1])
      expect(pending.find(({ id }) => id === evt('forwarded'))?.contact).toBe(customer?.id)
    },
  )

  shows(
    'leaves who is known in their own thread, whatever they prove, and who proves nothing real in a new one',
    async ({ store }, bench) => {
      await queued(store, '+33600000001', ['1'])
      await sent(store, await leased(store), RESULTS.accepted)
      const { vendorId } = await messageOf(bench, '1')
      await arrive(store, { contacts: [wrote('+33600000002', 'own')] })
      await arrive(store, { contacts: [wrote('+33600000002', 'known', { proves: vendorId as VendorId })] })
      await arrive(store, { contacts: [wrote('+33600000003', 'made-up', { proves: 'att_nothing' as VendorId })] })
      const { contacts, pending } = await bench.dump()
      expect(contacts).toHaveLength(3)
      const contactOf = (name: string) => pending.find(({ id }) => id === evt(name))?.contact
      expect(contactOf('known')).toBe(contactOf('own'))
    },
  )

  shows('keeps where listening goes on, for whoever listens next', async ({ store }, bench) => {
    expect(await store.place(CHANNEL)).toBeNull()
    await store.keepPlace(CHANNEL, 'one')
    await store.keepPlace(CHANNEL, 'two')
    const { store: other } = await open(bench, 'second')
    expect([await other.place(CHANNEL), await other.place(OTHER)]).toEqual(['two', null])
  })

  for (const [name, text] of Object.entries(HOSTILE))
    shows(`sets an event aside that carries ${name}, and keeps its neighbours`, async ({ store }, bench) => {
      const arrivals = [1, 2, 3, 4, 5].map((n) => wrote(`+3360000000${n}`, `hello-${n}`, n === 3 ? { body: { text } } : {}))
      await arrive(store, { contacts: arrivals })
      const { pending, poison } = await bench.dump()
      expect(pending.map((event) => event.id)).toEqual([1, 2, 4, 5].map((n) => evt(`hello-${n}`)))
      expect(poison.map((event) => event.id)).toEqual([evt('hello-3')])
    })

  shows('sets a rotten receipt aside, and keeps the message beside it', async ({ store }, bench) => {
    const rotten = receipt('sent', { target: 'wamid.\u0000' as never })
    await arrive(store, { contacts: [wrote('+33600000001', 'hello')], receipts: [rotten, receipt('sent')] })
    const { pending, poison, receipts } = await bench.dump()
    expect([pending.length, poison.length, receipts.length]).toEqual([1, 1, 1])
  })

  shows('sets each rotten receipt of a batch aside, once, and wakes somebody for each', async ({ store }, bench) => {
    const rotten = [1, 2, 3].map((n) => receipt('sent', { target: `wamid.${n}\u0000` as never }))
    await arrive(store, { receipts: [...rotten, receipt('sent')] })
    await arrive(store, { receipts: rotten }, T0 + 5000)
    const { poison, events } = await bench.dump()
    expect(poison.map(({ channel, kind }) => [channel, kind])).toEqual(rotten.map(() => [CHANNEL, 'receipts']))
    expect(new Set(poison.map((row) => row.id)).size).toBe(3)
    const alerts = events.filter((event) => event.kind === 'alert')
    expect(alerts.map((event) => event.id)).toEqual(poison.map((row) => `${row.id}:poison`))
    expect(alerts[0]).toMatchObject({ channel: CHANNEL, at: T0 })
  })

  shows('keeps where an item lies that its connector could not read, once, and wakes somebody', async ({ store }, bench) => {
    const change = { kind: 'unreadable', where: 'INBOX 4711', cause: 'too slow' } as const
    const told = { id: evt('mail'), channel: CHANNEL, at: T0, change }
    await arrive(store, { channels: [told] })
    await arrive(store, { channels: [told] }, T0 + 5000)
    const { poison, events } = await bench.dump()
    expect(poison).toEqual([{ id: evt('mail'), contact: '', channel: CHANNEL, kind: 'unreadable' }])
    expect(events.map(({ id, kind, channel }) => [id, kind, channel])).toEqual([[`${evt('mail')}:poison`, 'alert', CHANNEL]])
  })

  shows('keeps an act of the house once, for its contact', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'hello')] })
    const contact = (await bench.dump()).contacts[0]?.id as never
    await arrive(store, { own: [own(contact, 'take'), own(contact, 'take')] })
    await arrive(store, { own: [own(contact, 'take')] })
    expect((await bench.dump()).pending.map((event) => [event.id, event.contact])).toEqual([
      [evt('hello'), contact],
      [evt('take'), contact],
    ])
  })

  shows('drops an act for a contact that nobody knows', async ({ store }, bench) => {
    await arrive(store, { own: [own('con_nobody' as never, 'take')] })
    expect((await bench.dump()).pending).toEqual([])
  })

  shows('applies what a provider tells of a channel once, in order', async ({ store }, bench) => {
    const cut = { id: evt('cut'), channel: CHANNEL, at: T0, change: { kind: 'health', state: 'cut', reason: 'banned' } } as const
    const well = { id: evt('well'), channel: CHANNEL, at: T0, change: { kind: 'health', state: 'healthy', reason: '' } } as const
    await arrive(store, { channels: [cut, well] })
    await arrive(store, { channels: [cut] })
    const { channels, events } = await bench.dump()
    expect(channels.find((channel) => channel.id === CHANNEL)?.health).toBe('healthy')
    expect(events.map((event) => event.kind)).toEqual(['alert', 'channel.health-changed', 'channel.health-changed'])
  })

  shows('tells a state of a channel or template once, however often it is said, and again when it is another', async ({ store }, bench) => {
    type Change = Parameters<typeof store.append>[0]['channels'][number]['change']
    const say = (n: number, change: Change) =>
      arrive(store, { channels: [{ id: evt(String(n)), channel: CHANNEL, at: T0 + n * 1000, change }] }, T0 + n * 1000)
    const cut: Change = { kind: 'health', state: 'cut', reason: '131031' }
    const resume: Change = { kind: 'template', name: 'resume', language: 'fr', state: 'paused' }
    for (const n of [1, 2, 3]) await say(n, cut)
    await say(4, { ...cut, reason: '368' })
    for (const n of [5, 6]) await say(n, { kind: 'quality', quality: 'red' })
    for (const n of [7, 8]) await say(n, resume)
    await say(9, { ...resume, state: 'approved' })
    for (const n of [10, 11]) await say(n, { kind: 'limit', throughput: 80, perDay: 1000 })
    const { events } = await bench.dump()
    const told = (kind: string) => events.filter((event) => event.kind === kind).map((event) => event.at - T0)
    expect(told('channel.health-changed').toSorted((a, b) => a - b)).toEqual([1000, 4000, 5000, 10_000])
    expect(told('template.changed')).toEqual([7000, 9000])
    expect(told('alert').toSorted((a, b) => a - b)).toEqual([1000, 4000, 5000, 7000])
  })

  shows('remembers when the same was said again: an older word that comes after it changes nothing', async ({ store }) => {
    const health = (n: number, state: 'cut' | 'healthy') => ({
      channels: [{ id: evt(String(n)), channel: CHANNEL, at: T0 + n * 10_000, change: { kind: 'health', state, reason: '' } as const }],
    })
    await arrive(store, health(1, 'cut'))
    await arrive(store, health(3, 'cut'))
    await arrive(store, health(2, 'healthy'))
    expect((await store.channels()).get(CHANNEL)?.health).toBe('cut')
  })

  const engine = (id: string, state: EngineChange['state'], reason: string): EngineChange => ({
    id: evt(id),
    engine: 'main' as EngineId,
    at: T0,
    state,
    reason,
  })

  shows('tells each change of an engine’s health, and wakes somebody only when it stops answering', async ({ store }, bench) => {
    await store.engineChanged(engine('1', 'open', 'timeout'))
    await store.engineChanged(engine('2', 'half-open', 'probe'))
    await store.engineChanged(engine('3', 'open', 'broken'))
    await store.engineChanged(engine('4', 'half-open', 'probe'))
    await store.engineChanged(engine('5', 'closed', 'answers again'))
    await store.engineChanged(engine('6', 'open', 'credentials'))
    const { events, engines } = await bench.dump()
    const named = (kind: string) => events.filter((event) => event.kind === kind).map((event) => event.id)
    expect(named('engine.health-changed')).toEqual(['1', '2', '3', '4', '5', '6'].map(evt))
    expect(named('alert')).toEqual([`${evt('1')}:alert`, `${evt('6')}:alert`])
    expect(engines).toEqual([{ id: 'main', health: 'open', reason: 'credentials' }])
  })

  shows('tells nothing of an engine that is as it was, whichever process says so', async ({ store }, bench) => {
    const { store: other } = await bench.join('second')
    await store.engineChanged(engine('1', 'closed', 'answers'))
    await store.engineChanged(engine('2', 'open', 'timeout'))
    await other.engineChanged(engine('3', 'open', 'broken'))
    await other.engineChanged(engine('4', 'closed', 'answers'))
    await store.engineChanged(engine('5', 'closed', 'answers again'))
    const { events } = await bench.dump()
    expect(events.filter((event) => event.kind === 'engine.health-changed').map((event) => event.id)).toEqual([evt('2'), evt('4')])
  })

  shows('lets the newest word on a channel or template count, whatever order they come in', async ({ store }) => {
    const told = (id: string, at: number, change: Parameters<typeof store.append>[0]['channels'][number]['change']) => ({
      id: evt(id),
      channel: CHANNEL,
      at,
      change,
    })
    const template = { kind: 'template', name: 'resume', language: 'fr' } as const
    await arrive(store, {
      channels: [
        told('1', T0 + 2000, { kind: 'health', state: 'healthy', reason: 'reinstated' }),
        told('2', T0, { kind: 'health', state: 'cut', reason: 'banned' }),
        told('3', T0 + 2000, { ...template, state: 'approved' }),
        told('4', T0, { ...template, state: 'pending' }),
        told('5', T0 + 5000, { kind: 'quality', quality: 'green' }),
        told('6', T0 + 4500, { kind: 'quality', quality: 'red' }),
      ],
    })
    expect((await store.channels()).get(CHANNEL)).toMatchObject({
      health: 'healthy',
      reason: 'reinstated',
      templates: { 'resume/fr': 'approved' },
      // Within one second nobody knows which was first: the later to come.
      quality: 'red',
    })
  })

  shows('remembers a template’s category beside its state, each by its newest word, and wakes somebody', async ({ store }, bench) => {
    const template = { name: 'resume', language: 'fr' } as const
    const filed = (id: string, at: number, category: 'utility' | 'marketing') => ({
      id: evt(id),
      channel: CHANNEL,
      at,
      change: { kind: 'template-category', ...template, category } as const,
    })
    await arrive(store, { channels: [filed('1', T0 + 5000, 'marketing'), filed('2', T0, 'utility')] })
    expect((await store.channels()).get(CHANNEL)).toMatchObject({
      templates: { 'resume/fr': 'unknown' },
      categories: { 'resume/fr': 'marketing' },
    })
    await arrive(store, {
      channels: [{ id: evt('3'), channel: CHANNEL, at: T0, change: { kind: 'template', ...template, state: 'approved' } }],
    })
    expect((await store.channels()).get(CHANNEL)).toMatchObject({
      templates: { 'resume/fr': 'approved' },
      categories: { 'resume/fr': 'marketing' },
    })
    const coming = { kind: 'template-category', ...template, category: 'marketing', coming: 'utility' } as const
    await arrive(store, {
      channels: ['4', '5'].map((id) => ({ id: evt(id), channel: CHANNEL, at: T0 + 6000, change: coming })),
    })
    const { events } = await bench.dump()
    expect(events.filter((event) => event.kind === 'alert').map((event) => event.id)).toEqual([`${evt('1')}:alert`, `${evt('4')}:alert`])
  })

  shows('keeps a channel cut whatever milder word comes, until it is well again', async ({ store }) => {
    const told = (id: string, state: 'healthy' | 'degraded' | 'cut', reason: string, ends?: string) =>
      arrive(store, {
        channels: [
          { id: evt(id), channel: CHANNEL, at: T0 + 1, change: { kind: 'health', state, reason, ...(ends === undefined ? {} : { ends }) } },
        ],
      })
    const now = async () => {
      const channel = (await store.channels()).get(CHANNEL)
      return [channel?.health, channel?.reason]
    }
    await told('1', 'degraded', 'credentials')
    await told('2', 'cut', 'restricted')
    // In the same second as the cut, or of a send that was on its way.
    await told('3', 'degraded', 'violation')
    expect(await now()).toEqual(['cut', 'restricted'])
    await told('4', 'healthy', '', 'credentials')
    expect(await now()).toEqual(['cut', 'restricted'])
    await told('5', 'healthy', 'reinstated')
    await told('6', 'degraded', 'credentials')
    expect(await now()).toEqual(['degraded', 'credentials'])
    await told('7', 'healthy', '', 'credentials')
    expect(await now()).toEqual(['healthy', ''])
  })

  shows('remembers limits, quality, pauses and templates of a channel', async ({ store }) => {
    const told = (id: string, change: Parameters<typeof store.append>[0]['channels'][number]['change']) => ({
      id: evt(id),
      channel: CHANNEL,
      at: T0,
      change,
    })
    await arrive(store, {
      channels: [
        told('1', { kind: 'limit', throughput: 1000, perDay: null }),
        told('2', { kind: 'limit', throughput: undefined, perDay: undefined }),
        told('3', { kind: 'quality', quality: 'red' }),
        told('4', { kind: 'paused', paused: true, reason: 'by an operator' }),
        told('5', { kind: 'template', name: 'resume', language: 'fr', state: 'pending' }),
        told('6', { kind: 'template', name: 'resume', language: 'fr', state: 'approved' }),
      ],
    })
    expect((await store.channels()).get(CHANNEL)).toMatchObject({
      throughput: 1000,
      perDay: -1,
      quality: 'red',
      paused: true,
      templates: { 'resume/fr': 'approved' },
    })
  })
}
