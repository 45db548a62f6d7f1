import { expect } from 'vitest'
import type { Address } from '../../core/address.ts'
import type { Change, Loaded } from '../../core/store.ts'
import { arrive, CHANNEL, evt, nothing, T0, turn, wrote } from './bench.ts'
import { casesOf, type Make } from './case.ts'

const [A, B] = ['+33600000001', '+33600000002']
const MAIL = { kind: 'email', value: 'jeanne@example.fr' }

const claims =
  (event: string, address: Address = MAIL) =>
  (loaded: Loaded): Change => ({
    ...nothing(loaded),
    claims: [{ event: evt(event), address, channel: CHANNEL, body: { address, tell: true } }],
  })

export const aboutClaims = (make: Make): void => {
  const shows = casesOf(make)

  shows('makes an address a contact’s, tells them, and finds them by it from then on', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote(A, 'first')] })
    await turn(store, claims('claimed'), T0 + 1)
    const seen: Loaded[] = []
    const see = (loaded: Loaded) => {
      seen.push(loaded)
      return nothing(loaded)
    }
    await turn(store, see, T0 + 1)
    expect(seen.map(({ addresses }) => addresses)).toEqual([[{ kind: 'whatsapp', value: A }, MAIL]])
    expect(seen[0]?.events).toMatchObject([
      { id: evt('claimed'), kind: 'joined', channel: CHANNEL, body: { address: MAIL, tell: true, other: null } },
    ])
    await arrive(store, { contacts: [wrote(A, 'by-mail', { addresses: [MAIL] })] })
    expect((await bench.dump()).contacts).toHaveLength(1)
  })

  shows('leaves an address with the contact it belongs to, and says whose it is', async ({ store }, bench) => {
    await arrive(store, { contacts: [wrote(B, 'second', { addresses: [MAIL] }), wrote(A, 'first')] })
    const [mail] = (await bench.dump()).identities.filter(({ key }) => key.startsWith('email:'))
    await turn(store, (loaded) => (loaded.addresses.some(({ kind }) => kind === 'whatsapp') ? claims('claimed')(loaded) : nothing(loaded)))
    const told: unknown[] = []
    await turn(store, (loaded) => {
      told.push(...loaded.events.map(({ body }) => body))
      return nothing(loaded)
    })
    expect(told).toEqual([{ address: MAIL, tell: true, other: mail?.contact }])
    const { contacts, identities } = await bench.dump()
    expect(contacts).toHaveLength(2)
    expect(identities.find(({ key }) => key.startsWith('email:'))?.contact).toBe(mail?.contact)
  })

  shows(
    'leaves a number with whom has it on another phone channel, and gives it to who has it there themselves',
    async ({ store }, bench) => {
      await arrive(store, { contacts: [wrote(A, 'first'), wrote(B, 'second')] })
      const number = { kind: 'sms', value: B }
      await turn(store, (loaded) => claims(`by-${loaded.addresses[0]?.value}`, number)(loaded))
      const others = new Map<string | undefined, unknown>()
      await turn(store, (loaded) => {
        for (const { body } of loaded.events) others.set(loaded.addresses[0]?.value, (body as { other: string | null }).other)
        return nothing(loaded)
      })
      const { identities } = await bench.dump()
      const owner = identities.find(({ key }) => key === `whatsapp:${B}`)?.contact
      expect([others.get(A), others.get(B), identities.find(({ key }) => key === `sms:${B}`)?.contact]).toEqual([owner, null, owner])
    },
  )

  shows('gives an address that two claim in one turn to one of them', async ({ store }) => {
    await arrive(store, { contacts: [wrote(A, 'first'), wrote(B, 'second')] })
    await turn(store, (loaded) => claims(`by-${loaded.contact}`)(loaded))
    const others: unknown[] = []
    await turn(store, (loaded) => {
      others.push(...loaded.events.map(({ body }) => (body as { other: string | null }).other === null))
      return nothing(loaded)
    })
    expect(others.sort()).toEqual([false, true])
  })

  shows('answers a claim of what is the contact’s own already', async ({ store }) => {
    await arrive(store, { contacts: [wrote(A, 'first', { addresses: [{ kind: 'whatsapp', value: A }, MAIL] })] })
    await turn(store, claims('claimed'))
    const others: unknown[] = []
    await turn(store, (loaded) => {
      others.push(...loaded.events.map(({ body, at }) => [(body as { other: string | null }).other, at]))
      return nothing(loaded)
    })
    expect(others).toEqual([[null, T0]])
  })
}
