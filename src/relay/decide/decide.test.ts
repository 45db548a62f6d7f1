/** Aftermath, person by person: what is decided when a send fails, stays unknown, or has to wait. */
import { describe, expect, it } from 'vitest'
import { alertsOf, DAY, intentOf, MINUTE, OFFER, openPerson, type Person, TEN, WHATSAPP } from '../../../tests/support/deciding.ts'
import { type Content, wordsOf } from '../../core/content.ts'
import type { Judgement } from '../../core/decision.ts'
import type { MessageId } from '../../core/ids.ts'
import type { Refusal } from '../../core/outcome.ts'
import type { Change } from '../../core/store.ts'
import type { Bodies, Intent } from '../event.ts'

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

describe('a send of which nobody knows', () => {
  const unknown = (change: Change, epoch: number): Bodies['send.unknown'] => ({
    intent: intentOf(change),
    cause: 'timeout',
    epoch,
    resent: true,
  })

  it('of a business system is parked and told; the conversation stays where it is', async () => {
    const person = await openPerson()
    person.writes('bonjour', TEN)
    const change = person.happens('send.unknown', { intent: OFFER, cause: 'timeout', epoch: person.epoch, resent: false }, TEN + MINUTE)
    expect([person.owner, alertsOf(change), change.waitingSince]).toEqual(['journey', ['send-unknown'], null])
  })

  it('of what a machine answered goes to a person', async () => {
    const person = await openPerson()
    const body = unknown(person.writes('bonjour', TEN), person.epoch)
    const change = person.happens('send.unknown', body, TEN + 3 * MINUTE)
    expect([person.owner, alertsOf(change)]).toEqual(['agents', ['send-unknown']])
  })

  it('of a machine that had the conversation before is told alone', async () => {
    const person = await openPerson()
    const body = unknown(person.writes('bonjour', TEN), person.epoch)
    person.happens('action', { action: 'take', agent: 'agent:a' }, TEN)
    person.happens('action', { action: 'give-back', agent: 'agent:a' }, TEN)
    const change = person.happens('send.unknown', body, TEN + 3 * MINUTE)
    expect([person.owner, alertsOf(change)]).toEqual(['journey', ['send-unknown']])
  })
})

describe('a postponement by rule', () => {
  it('lasts as long as its reason: marketing waits for a rating, however often it is looked at, and nobody is woken', async () => {
    const person = await openPerson()
    person.writes('bonjour', TEN)
    person.agrees()
    person.quality = 'red'
    let change = person.happens('send.due', { intent: OFFER, epoch: person.epoch }, TEN)
    let looked = 0
    while (looked < 60) {
      expect([statusesOf(change), person.owner]).toEqual([['postponed'], 'journey'])
      const [timer] = change.timers
      if (!timer || timer.dueAt > TEN + 3 * DAY) break
      if (looked === 30) person.quality = 'green'
      change = person.happens('send.due', timer.body as Bodies['send.due'], timer.dueAt)
      looked += 1
      if (person.quality === 'green' && change.outbox.length > 0) break
    }
    expect(looked).toBeGreaterThan(30)
    expect(change.outbox).toHaveLength(1)
  })
})

describe('that an AI speaks', () => {
  const DISCLOSED = /assistant/i
  const textOf = (change: Change): string => wordsOf(intentOf(change).content)
  /** The first answer is queued with its disclosure, a minute before the window closes; something befalls it, and the customer writes again. */
  const nextAnswer = async (befalls: (person: Person, body: { intent: Intent; epoch: number }, at: number) => void): Promise<string> => {
    const person = await openPerson()
    person.writes('Quels sont vos horaires pour la visite ?', TEN)
    const first = person.answers('De neuf heures à midi.', TEN + DAY - MINUTE)
    expect(textOf(first)).toMatch(DISCLOSED)
    befalls(person, { intent: intentOf(first), epoch: person.epoch }, TEN + DAY + MINUTE)
    person.writes('Oui, dites-moi tout de cette visite', TEN + DAY + 2 * MINUTE)
    return textOf(person.answers('Elle dure deux heures.', TEN + DAY + 3 * MINUTE))
  }
  const refusedBy = (code: string) => refusal('retry', code)

  it('is said once, where it was said', async () => {
    expect(await nextAnswer(() => {})).not.toMatch(DISCLOSED)
  })

  it('is said again where a template stood in for the answer that said it', async () => {
    const limits = { pairWait: 0, numberWait: 0, portfolioUsed: 0, portfolioLimit: -1, portfolioWait: 0, budgetWait: 0 }
    const judgement: Judgement = {
      outcome: 'amend',
      amend: {},
      until: null,
      rulings: [],
      price: { known: false, amount: null, currency: null, category: 'service', since: null, source: null, confidence: null },
    }
    const said = await nextAnswer((person, { intent, epoch }, at) => {
      const change = person.happens('send.returned', { intent: { ...intent, rounds: 1 }, judgement, limits, epoch }, at)
      expect(intentOf(change).content.type).toBe('template')
    })
    expect(said).toMatch(DISCLOSED)
  })

  it('is said again where the answer that said it waits', async () => {
    const said = await nextAnswer((person, body, at) =>
      person.happens('send.postponed', { ...body, refusal: refusedBy('131000'), until: at + DAY }, at),
    )
    expect(said).toMatch(DISCLOSED)
  })

  it('is said again where a receipt tells that the answer that said it failed', async () => {
    const said = await nextAnswer((person, { intent, epoch }, at) => {
      const { message, content, category, author, ai, reply, purpose, purposeAssumed, automatic, disclosed } = intent
      const asked = { author, category, ai, reply, purpose, purposeAssumed, automatic, disclosed, type: content.type, epoch }
      const body = { message, content, category, author, channel: WHATSAPP, replyTo: null, asked, tries: 1, refusal: refusedBy('131000') }
      person.happens('send.failed', body, at)
    })
    expect(said).toMatch(DISCLOSED)
  })
})

describe('past the window', () => {
  const LATE = TEN + 2 * DAY
  const reply = (text: string): Bodies['action'] => ({
    action: 'reply',
    agent: 'agent:a',
    intent: { message: `msg_${text.length}` as MessageId, channel: WHATSAPP, content: { type: 'text', text }, category: 'service' },
  })
  const shown = (change: Change) => change.messages.filter((row) => row.direction === 'out').map((row) => [row.status, row.content.type])

  it('one template stands in for a reply of three parts; the rest waits for the customer to write', async () => {
    const person = await openPerson()
    person.writes('bonjour', TEN)
    const change = person.happens('action', reply('Une phrase de la réponse. '.repeat(400)), LATE)
    expect(shown(change)).toEqual([
      ['queued', 'template'],
      ['held', 'text'],
      ['held', 'text'],
    ])
    expect(change.outbox).toHaveLength(1)
  })

  it('one template stands in for what is said a moment later too, and again for what is said much later', async () => {
    const person = await openPerson()
    person.writes('bonjour', TEN)
    expect(shown(person.happens('action', reply('Un.'), LATE))).toEqual([['queued', 'template']])
    expect(shown(person.happens('action', reply('Deux mots.'), LATE + MINUTE))).toEqual([['held', 'text']])
    expect(shown(person.happens('action', reply('Trois mots de plus.'), LATE + DAY))).toEqual([['queued', 'template']])
  })

  it('nothing stands in for what is said to somebody who never wrote: it is held, and what may be done is told', async () => {
    const person = await openPerson()
    const change = person.happens('action', reply('Votre dossier est prêt.'), LATE)
    expect(shown(change)).toEqual([['held', 'text']])
    expect(change.outbox).toEqual([])
    expect(change.messages[0]?.refusal).toMatchObject({
      code: 'whatsapp/window',
      remedy: { fr: expect.stringContaining('modèle approuvé') },
    })
  })
})
