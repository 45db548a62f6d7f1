/** People who are there from the start: a rehearsal begins in the middle of a business's life. */
import { type Address, addressKey } from '../../core/address.ts'
import type { ContactId, Ids } from '../../core/ids.ts'
import type { ConsentRow } from '../../core/store.ts'
import type { Shared } from './shared.ts'

type Somebody = {
  readonly name: string
  readonly country: string
  readonly language: string
  readonly addresses: readonly Address[]
  readonly consents: readonly ConsentRow[]
}

export const addContact = (shared: Shared, ids: Ids, somebody: Somebody, at: number): ContactId => {
  const contact = ids('con')
  const { name, country, language, addresses, consents } = somebody
  shared.contacts.set(contact, { id: contact, name, country, language, mergedInto: null })
  shared.conversations.set(contact, {
    id: ids('cnv'),
    contact,
    owner: 'journey',
    epoch: 0,
    state: null,
    lastAt: at,
    waitingSince: null,
  })
  for (const address of addresses) {
    const key = addressKey(address)
    shared.identities.set(key, { key, contact, createdAt: at, address })
  }
  shared.consents.push(...consents.map((consent) => ({ ...consent, contact })))
  return contact
}
