/** An address becomes a contact's, with what was agreed to; one that is another contact's already does not. */
import type { ChannelId } from '../../core/ids.ts'
import type { Bodies } from '../event.ts'
import { SAYS } from '../words.ts'
import { type Draft, note, setState } from './draft.ts'
import { alert, handOver } from './hand.ts'
import { continueJourney } from './journey.ts'
import { sayHere } from './proving.ts'

/** The store's word on a claim. Two contacts are never made one by an address that somebody gives: people look whether they are. */
export const joined = (draft: Draft, body: Bodies['joined'], channel: ChannelId): void => {
  const { address, consent, other, run, tell } = body
  const { language } = draft.state
  if (other !== null) {
    note(draft, { id: draft.event, kind: 'contact.address-taken', channel: channel || null, data: { kind: address.kind, other } })
    alert(draft, 'address-taken', { kind: address.kind, other }, channel)
    setState(draft, { taken: { kind: address.kind, contact: other } })
    if (tell) handOver(draft, channel, 'address-taken', SAYS.addressTaken[language])
    return
  }
  if (draft.state.taken?.kind === address.kind) setState(draft, { taken: undefined })
  for (const category of consent.for) {
    const { words, proof, source, at } = consent
    draft.consents.push({ channelKind: address.kind, category, given: true, at, words, proof, source })
    draft.consentStates[`${address.kind}/${category}`] = 'given'
    note(draft, { kind: 'consent.changed', data: { channelKind: address.kind, category, given: true } })
  }
  note(draft, { id: draft.event, kind: 'contact.identity-changed', channel: channel || null })
  if (!tell) return
  sayHere(draft, channel, SAYS.confirmed[address.kind === 'email' ? 'email' : 'sms'][language](address.value))
  if (run !== null && draft.state.journey?.run === run) continueJourney(draft, { type: 'confirmed', address }, channel, null)
}
