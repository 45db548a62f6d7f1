/** What the house knows of a message, and where the customer is. */
import { describe, expect, it } from 'vitest'
import { healthy, house, intentOf, MINUTE, OFFER, openPerson, TEN, WHATSAPP } from '../../tests/support/deciding.ts'
import type { Address } from '../core/address.ts'
import type { ContactFacts } from '../core/store.ts'
import { journeyOf } from '../journeys/sample.ts'
import type { Intent } from './event.ts'
import { situationOf } from './situation.ts'
import { type ConversationState, initialState, NO_CHANNEL } from './state.ts'

const HOUR = 60 * MINUTE
const CHANNEL = healthy(WHATSAPP, 'whatsapp', { quality: 'green' })
const toldOf = async (given: {
  intent?: Partial<Intent>
  state?: Partial<ConversationState>
  facts?: Partial<ContactFacts>
  to?: Address | null
  at?: number
}) => {
  const { workspace } = await house
  return situationOf({
    facts: { country: 'FR', consents: {}, owner: 'journey', ...given.facts },
    state: { ...initialState('fr'), ...given.state },
    intent: { ...OFFER, ...given.intent },
    channel: CHANNEL,
    windowHours: 24,
    workspace,
    at: given.at ?? TEN,
    to: given.to === undefined ? { kind: 'whatsapp', value: '+33612345678' } : given.to,
  })
}

describe('a channel of SMS', () => {
  const sms = { ...CHANNEL, kind: 'sms' }
  const told = async (text: string, sender?: 'alphanumeric' | 'shortcode') => {
    const { workspace } = await house
    const channels = workspace.channels.map((one) => ({ ...one, kind: 'ovhcloud', medium: 'sms', ...(sender ? { sender } : {}) }))
    return situationOf({
      facts: { country: 'FR', consents: { 'sms/marketing': 'given' }, owner: 'journey' },
      state: initialState('fr'),
      intent: { ...OFFER, content: { type: 'text', text } },
      channel: sms,
      windowHours: null,
      parts: (words) => Math.ceil(words.length / 10),
      workspace: { ...workspace, channels },
      at: TEN,
      to: { kind: 'sms', value: '+33612345678' },
    })
  }

  it('is called by what carries it, with who operates it, its sender and the parts a text takes', async () => {
    const { channel, message, contact } = await told('x'.repeat(25), 'shortcode')
    expect(channel).toMatchObject({ kind: 'sms', operator: 'ovhcloud', sender: 'shortcode' })
    expect([message.parts, contact.marketing]).toEqual([3, 'given'])
    expect((await told('x')).channel.sender).toBe('unknown')
  })

  it('from a name offers a way to stop only where it says which: nobody can answer a name', async () => {
    const offers = async (text: string, sender: 'alphanumeric' | 'shortcode') => (await told(text, sender)).message.offersStop
    expect(await offers('Promo. STOP pour finir', 'shortcode')).toBe(true)
    expect(await offers('Promo. STOP pour finir', 'alphanumeric')).toBe(false)
    expect(await offers('Promo. STOP au 36111', 'alphanumeric')).toBe(true)
    expect(await offers('Promo. Se désinscrire : https://ex.fr/d', 'alphanumeric')).toBe(true)
  })
})

describe('where the customer is', () => {
  it.each([
    ['from the number written to', {}, ['FR', 'FR', 'phone']],
    ['from a user id’s prefix', { to: { kind: 'whatsapp_user', value: 'IT.1A2b' }, facts: { country: 'IT' } }, ['IT', 'IT', 'user']],
    ['what they said, while the number stays what it is', { state: { country: 'BE' } }, ['BE', 'FR', 'phone']],
    ['unknown where nothing tells', { to: { kind: 'email', value: 'a@example.org' }, facts: { country: '' } }, ['', '', 'email']],
    ['of the address written to, where a person has several', { to: { kind: 'whatsapp', value: '+905321234567' } }, ['FR', 'TR', 'phone']],
  ])('%s', async (_, given, expected) => {
    const { contact } = await toldOf(given)
    expect([contact.country, contact.numberCountry, contact.address]).toEqual(expected)
  })

  it('gives the clock, and the holidays of that country', async () => {
    const feast = Date.parse('2026-07-14T10:00:00Z')
    expect((await toldOf({ at: feast })).local).toMatchObject({ hour: 12, date: '2026-07-14', holiday: true })
    expect((await toldOf({ at: feast, state: { country: 'PT' } })).local).toMatchObject({ hour: 11, holiday: false })
  })
})

describe('what the house knows besides', () => {
  it('tells whether a text says how to stop', async () => {
    expect((await toldOf({})).message.offersStop).toBe(false)
    const content = { type: 'text' as const, text: 'Nos offres. Répondez STOP pour ne plus en recevoir.' }
    expect((await toldOf({ intent: { content } })).message.offersStop).toBe(true)
  })
  it('tells since when the customer has not written, in whole hours and eight days at most', async () => {
    const heard = (ago: number) => ({ state: { channels: { [WHATSAPP]: { ...NO_CHANNEL, inboundAt: TEN - ago } } } })
    expect((await toldOf({})).window.inboundAgo).toBe(-1)
    expect((await toldOf(heard(90 * MINUTE))).window.inboundAgo).toBe(3600)
    expect((await toldOf(heard(400 * HOUR))).window.inboundAgo).toBe(192 * 3600)
  })
  it('tells that the platform’s own agent has the thread', async () => {
    expect((await toldOf({ facts: { owner: 'platform' } })).contact.heldByPlatform).toBe(true)
    expect((await toldOf({ facts: { owner: 'agents' } })).contact.heldByPlatform).toBe(false)
  })
})

describe('a journey that asks for the country', () => {
  const asks = journeyOf(
    [
      { kind: 'ask', ask: 'country', say: 'Dans quel pays êtes-vous ?', expires: 24 * HOUR },
      { kind: 'say', say: 'Merci.' },
    ],
    [{ keyword: ['pays'] }],
  )
  it.each([
    ['Belgique', 'BE'],
    ['germany', 'DE'],
    ['PT', 'PT'],
    ['sur la Lune', undefined],
  ])('%s: %s, for all that is said from then on', async (answer, country) => {
    const person = await openPerson((demo) => ({ ...demo, workspace: { ...demo.workspace, journeys: [asks] }, journey: () => asks }))
    person.writes('pays', TEN)
    const change = person.writes(answer, TEN + MINUTE)
    expect((change.state as ConversationState).country).toBe(country)
    const after = person.writes('pays', TEN + 2 * MINUTE)
    expect(after.decisions[0]?.situation).toMatchObject({ contact: { country: country ?? 'FR', numberCountry: 'FR' } })
    expect(intentOf(after).content).toMatchObject({ text: 'Dans quel pays êtes-vous ?' })
  })
})
