/** Who wants no marketing: what counts as their word, and which word counts. */
import { describe, expect, it } from 'vitest'
import { intentOf, MINUTE, openPerson, type Person, TEN } from '../../../tests/support/deciding.ts'
import type { Content } from '../../core/content.ts'
import type { VendorId } from '../../core/ids.ts'
import type { Change } from '../../core/store.ts'

const FROM = { addresses: [{ kind: 'whatsapp', value: '+33612345678' }], name: 'Nour' }
const sends = (person: Person, content: Content, at: number, more: { readonly standby?: true } = {}): Change =>
  person.happens('message', { kind: 'message', vendorId: `wamid.${at}` as VendorId, at, from: FROM, content, ...more }, at)
/** The platform's own switch, told at `at`, handled later. */
const switches = (person: Person, value: 'stop' | 'resume', at: number, handled = at): Change =>
  person.happens(
    'preference',
    { kind: 'preference', vendorId: `w${at}` as VendorId, at, from: FROM, category: 'marketing', value, words: value },
    handled,
  )
const writtenBy = (change: Change) => change.consents.map(({ given, at, source }) => ({ given, at, source }))
const saidIn = (change: Change) => change.messages.filter((row) => row.direction === 'out').map((row) => row.content)
const text = (words: string): Content => ({ type: 'text', text: words })

describe('STOP', () => {
  it('counts while the platform’s agent has the thread: at once, and in silence', async () => {
    const person = await openPerson()
    person.agrees()
    const change = sends(person, text('STOP'), TEN, { standby: true })
    expect(writtenBy(change)).toEqual([{ given: false, at: TEN, source: 'message' }])
    expect(saidIn(change)).toEqual([])
    expect(person.owner).toBe('platform')
  })

  for (const [what, choice] of Object.entries({
    label: { type: 'choice', id: 'payload-7', label: 'Stop' },
    id: { type: 'choice', id: 'STOP', label: 'Ne plus rien recevoir de votre part' },
  } as const))
    it(`counts as a button’s ${what} too`, async () => {
      const person = await openPerson()
      person.agrees()
      const change = sends(person, choice, TEN)
      expect(writtenBy(change)).toEqual([{ given: false, at: TEN, source: 'message' }])
      expect(saidIn(change)).toMatchObject([{ text: expect.stringContaining('offres') }])
    })

  it('calls nobody where its operator lets nothing through any more, not even that it was heard', async () => {
    const person = await openPerson()
    person.agrees()
    const intent = intentOf(sends(person, text('STOP'), TEN))
    const refusal = { class: 'never', code: '21610', detail: '', remedy: { fr: '', en: '' }, optedOut: true } as const
    const reach = { plan: 'default', step: 0, first: intent.message, since: TEN, relayed: false, passed: [] }
    const change = person.happens('send.refused', { intent: { ...intent, reach }, refusal, epoch: person.epoch }, TEN + 1000)
    expect([person.owner, change.waitingSince]).toEqual(['journey', null])
  })

  it('calls somebody for whatever else that operator stops: what they asked is not answered', async () => {
    const person = await openPerson()
    person.agrees()
    const intent = intentOf(sends(person, text('STOP'), TEN))
    const refusal = { class: 'never', code: '21610', detail: '', remedy: { fr: '', en: '' }, optedOut: true } as const
    const other = { ...intent, content: text('Je ne peux pas répondre ici.') }
    person.happens('send.refused', { intent: other, refusal, epoch: person.epoch }, TEN + 1000)
    expect(person.owner).toBe('agents')
  })

  it('has the time at which it was written', async () => {
    const person = await openPerson()
    person.agrees()
    const change = person.happens(
      'message',
      { kind: 'message', vendorId: 'w' as VendorId, at: TEN, from: FROM, content: text('STOP') },
      TEN + 5 * MINUTE,
    )
    expect(writtenBy(change)).toEqual([{ given: false, at: TEN, source: 'message' }])
  })
})

describe('the wish for a person', () => {
  it('counts on a button too', async () => {
    const person = await openPerson()
    sends(person, { type: 'choice', id: 'payload-8', label: 'Passez-moi un humain' }, TEN)
    expect(person.owner).toBe('agents')
  })
})

describe('the platform’s own switch', () => {
  it('ends the consent, and brings back the one it ended', async () => {
    const person = await openPerson()
    person.agrees()
    expect(writtenBy(switches(person, 'stop', TEN, TEN + MINUTE))).toEqual([{ given: false, at: TEN, source: 'platform' }])
    expect(writtenBy(switches(person, 'resume', TEN + MINUTE))).toEqual([{ given: true, at: TEN + MINUTE, source: 'platform' }])
  })

  it('gives no consent to whoever never agreed', async () => {
    const person = await openPerson()
    expect(writtenBy(switches(person, 'resume', TEN))).toEqual([])
    switches(person, 'stop', TEN + 1)
    expect(writtenBy(switches(person, 'resume', TEN + 2))).toEqual([])
  })

  it('does not take back what the person wrote', async () => {
    const person = await openPerson()
    person.agrees()
    sends(person, text('STOP'), TEN)
    expect(writtenBy(switches(person, 'resume', TEN + MINUTE))).toEqual([])
    const other = await openPerson()
    other.agrees()
    switches(other, 'stop', TEN)
    sends(other, text('STOP'), TEN + 1)
    expect(writtenBy(switches(other, 'resume', TEN + MINUTE))).toEqual([])
  })

  it('does not take back what a business recorded since', async () => {
    const person = await openPerson()
    person.agrees()
    switches(person, 'stop', TEN)
    const record = { channelKind: 'whatsapp', category: 'marketing', words: 'Non', proof: null, source: 'api' }
    person.happens('consent', { ...record, given: false }, TEN + 1)
    expect(writtenBy(switches(person, 'resume', TEN + MINUTE))).toEqual([])
  })

  it('counts by its own time: a word that comes late undoes no newer one', async () => {
    const person = await openPerson()
    person.agrees()
    switches(person, 'stop', TEN + MINUTE)
    expect(writtenBy(switches(person, 'resume', TEN, TEN + 2 * MINUTE))).toEqual([])
    const other = await openPerson()
    other.agrees()
    switches(other, 'resume', TEN + MINUTE)
    expect(writtenBy(switches(other, 'stop', TEN, TEN + 2 * MINUTE))).toEqual([])
  })
})

describe('an agent who has the conversation', () => {
  for (const owner of ['agent:a', 'agents'])
    it(`keeps it when the platform’s agent is told the next message too (${owner})`, async () => {
      const person = await openPerson()
      if (owner === 'agents') person.writes('un conseiller', TEN)
      else person.happens('action', { action: 'take', agent: owner }, TEN)
      const change = sends(person, text('Et mon dossier ?'), TEN + 1, { standby: true })
      expect([person.owner, change.waitingSince === null]).toEqual([owner, false])
    })
})
