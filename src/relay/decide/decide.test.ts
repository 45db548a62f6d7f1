/** Aftermath, person by person: what is decided when a send fails, stays unknown, or has to wait. */
import { describe, expect, it } from 'vitest'
import { alertsOf, DAY, intentOf, MINUTE, OFFER, openPerson, type Person, TEN, WHATSAPP } from '../../../tests/support/deciding.ts'
import type { Content } from '../../core/content.ts'
import type { MessageId } from '../../core/ids.ts'
import type { Refusal } from '../../core/outcome.ts'
import type { Change } from '../../core/store.ts'
import type { Bodies } from '../event.ts'

const refusal = (kind: Refusal['class'], code: string, more: Partial<Refusal> = {}): Refusal => ({
  class: kind,
  code,
  detail: '',
  remedy: { fr: 'Rien à faire.', en: 'Nothing to do.' },
  ...more,
})

const statusesOf = (change: Change) => change.patches.map((patch) => patch.status)

describe('a failure that a receipt tells', () => {
  /** Somebody was greeted by the menu; the greeting fails after it was accepted. */
  const greeted = async (more: Partial<Bodies['send.failed']> = {}): Promise<{ person: Person; body: Bodies['send.failed'] }> => {
    const person = await openPerson()
    const change = person.writes('bonjour', TEN)
    const { message, content, category, author } = intentOf(change)
    const [decision] = change.decisions
    const asked = decision?.intent as Bodies['send.failed']['asked']
    return {
      person,
      body: { message, content, category, author, channel: WHATSAPP, replyTo: null, asked, tries: 1, refusal: null, ...more },
    }
  }

  for (const [kind, code] of [
    ['retry', '131000'],
    ['throttled', '130429'],
    ['pair', '131056'],
  ] as const)
    it(`is tried again later where it passes (${code}), as the same message`, async () => {
      const { person, body } = await greeted({ refusal: refusal(kind, code) })
      const change = person.happens('send.failed', body, TEN + MINUTE)
      expect(statusesOf(change)).toEqual(['postponed'])
      expect(change.outbox).toEqual([])
      const [timer] = change.timers
      expect(timer).toMatchObject({ kind: 'send.due', dueAt: TEN + MINUTE + 30_000 })
      const again = person.happens('send.due', timer?.body as Bodies['send.due'], timer?.dueAt ?? 0)
      expect(intentOf(again)).toMatchObject({ message: body.message, content: body.content, automatic: true, reply: true })
      expect(person.owner).toBe('journey')
    })

  it('is tried again no sooner than the provider says', async () => {
    const { person, body } = await greeted({ refusal: refusal('throttled', '130429', { afterMs: 10 * MINUTE }) })
    expect(person.happens('send.failed', body, TEN).timers).toMatchObject([{ dueAt: TEN + 10 * MINUTE }])
  })

  it('waits longer from try to try; after the sixth a person is told and has the conversation', async () => {
    const { person, body } = await greeted({ refusal: refusal('retry', '131016') })
    const waits = [2, 3, 4, 5].map((tries) => (person.happens('send.failed', { ...body, tries }, TEN).timers[0]?.dueAt ?? 0) - TEN)
    expect(waits).toEqual([2 * MINUTE, 8 * MINUTE, 32 * MINUTE, 128 * MINUTE])
    const last = person.happens('send.failed', { ...body, tries: 6 }, TEN)
    expect(last.timers).toEqual([])
    expect(alertsOf(last)).toEqual(['send-failed'])
    expect(person.owner).toBe('agents')
  })

  it('for good, of an automatic reply: a person has the conversation', async () => {
    const { person, body } = await greeted({ refusal: refusal('never', '131026') })
    const change = person.happens('send.failed', body, TEN)
    expect([change.timers, change.outbox]).toEqual([[], []])
    expect([person.owner, change.waitingSince]).toEqual(['agents', TEN])
  })

  it('without a word why: the same', async () => {
    const { person, body } = await greeted()
    person.happens('send.failed', body, TEN)
    expect(person.owner).toBe('agents')
  })

  it('of what a machine said before a person took over: nothing speaks', async () => {
    const { person, body } = await greeted({ refusal: refusal('retry', '131000') })
    person.happens('action', { action: 'take', agent: 'agent:a' }, TEN)
    const change = person.happens('send.failed', body, TEN)
    expect([change.timers, change.outbox, statusesOf(change)]).toEqual([[], [], []])
    expect(person.owner).toBe('agent:a')
  })

  it('because the window is closed: the template of the rule goes at once', async () => {
    const { person, body } = await greeted({ refusal: refusal('window', '131047') })
    expect(intentOf(person.happens('send.failed', body, TEN)).content).toMatchObject({ type: 'template', name: 'answer_ready' })
  })
})

describe('a held draft', () => {
  const HELD = 'msg_held' as MessageId
  const content: Content = { type: 'text', text: 'Votre dossier est prêt.' }
  const release = (agent = 'agent:a'): Bodies['action'] => ({
    action: 'release',
    agent,
    message: HELD,
    intent: { message: HELD, channel: WHATSAPP, content, category: 'service' },
  })
  const discard: Bodies['action'] = { action: 'discard', agent: 'agent:b', message: HELD }
  const waiting = async (): Promise<Person> => {
    const person = await openPerson()
    person.writes('Bonjour', TEN)
    return person
  }

  it('is released once: who comes second finds nothing to release', async () => {
    const person = await waiting()
    expect(person.happens('action', release(), TEN).outbox).toHaveLength(1)
    const second = person.happens('action', release('agent:b'), TEN + MINUTE)
    expect([second.outbox, second.patches, second.decisions]).toEqual([[], [], []])
  })

  it('that was released is not dropped, and one that was dropped is not released', async () => {
    const person = await waiting()
    person.happens('action', release(), TEN)
    expect(person.happens('action', discard, TEN).patches).toEqual([])
    const other = await waiting()
    expect(statusesOf(other.happens('action', discard, TEN))).toEqual(['cancelled'])
    expect(other.happens('action', release(), TEN).outbox).toEqual([])
  })

  it('that a rule held again can be released again', async () => {
    const person = await waiting()
    person.agrees()
    person.happens('action', release(), TEN)
    // The window has closed meanwhile, and no template stands in for marketing.
    const held = person.happens('send.due', { intent: { ...OFFER, message: HELD, content }, epoch: person.epoch }, TEN + 2 * DAY)
    expect(statusesOf(held)).toEqual(['held'])
    person.writes('Bonjour', TEN + 2 * DAY)
    expect(person.happens('action', release(), TEN + 2 * DAY).outbox).toHaveLength(1)
  })
})
