/** Call-backs in a turn: what the rules on calls say when somebody dials, and what is remembered. */
import { describe, expect, it } from 'vitest'
import { DAY, HOUR, healthy, MINUTE, openPerson, type Person, TEN, WHATSAPP } from '../../../tests/support/deciding.ts'
import { callback as connector } from '../../channels/callback/index.ts'
import type { Callback, CallOutcome } from '../../core/callback.ts'
import { wordsOf } from '../../core/content.ts'
import { asId, type ChannelId, type MessageId, type VendorId } from '../../core/ids.ts'
import type { Change } from '../../core/store.ts'
import type { CallbackWish } from '../event.ts'
import type { House } from '../world.ts'

const CALLS = 'calls' as ChannelId
const CALL = 'call:att_1' as VendorId
const withCalls = (demo: House): House => ({
  ...demo,
  capabilities: new Map([...demo.capabilities, [CALLS, connector.capabilities]]),
  workspace: {
    ...demo.workspace,
    channels: [
      ...demo.workspace.channels.filter(({ kind }) => kind === 'whatsapp'),
      { id: CALLS, kind: 'callback', medium: 'voice', scope: 'service', throughput: null, calls: { tries: 2, pauseMs: HOUR }, config: {} },
    ],
  },
})
const WHENEVER = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1_440 }]
const wish = (more: Partial<CallbackWish> = {}): CallbackWish => ({
  number: '+33144000042',
  windows: WHENEVER,
  topic: 'Dossier 42',
  channel: null,
  category: 'service',
  ...more,
})
const asks = (person: Person, at: number, more: Partial<CallbackWish> = {}, message = 'msg_1') =>
  person.happens('callback.ask', { key: 'api:crm', message: asId<MessageId>(message), wish: wish(more) }, at)
const requestIn = (change: Change): Callback | undefined => change.callbacks?.at(-1)
const acts = (
  person: Person,
  body: { act: 'take' | 'release' } | { act: 'close'; outcome: CallOutcome; note: null },
  at: number,
  id = 'cal_1',
  agent = 'agent:claire',
) => person.happens('callback.act', { callback: asId(id), agent, ...(body.act === 'close' ? { target: CALL, ...body } : body) }, at)
const centre = healthy(CALLS, 'voice')
/** `phone` null: known by a user id only. */
const open = (phone: string | null = '+33612345678', paused = false) =>
  openPerson(withCalls, phone ?? 'FR.1234567890123456', [{ ...centre, automationPaused: paused }])

it('a summary that an engine made is told with its cost, whatever became of the request', async () => {
  const person = await open()
  person.writes('Bonjour', TEN - HOUR)
  asks(person, TEN)
  const attempts = [{ engine: 'main', result: 'answered', ms: 12, cost: { amount: 0.01, currency: 'EUR' } }]
  const told = (id: string, at: number) =>
    person.happens('callback.summary', { callback: asId(id), summary: 'Elle veut changer sa date.', engine: 'main', attempts }, at)
  expect(told('cal_1', TEN + 1).journal).toMatchObject([{ kind: 'engine.thought', data: { engine: 'main', attempts } }])
  const change = told('cal_9', TEN + 2)
  expect([change.journal.length, change.callbacks ?? []]).toEqual([1, []])
})

describe('a call-back', () => {
  it('is a message judged as a call, whose words are what it is about', async () => {
    const person = await open()
    person.writes('Bonjour', TEN - HOUR)
    const change = asks(person, TEN)
    expect(change.decisions[0]?.situation).toMatchObject({ channel: { kind: 'voice' }, message: { type: 'call', category: 'service' } })
    expect(requestIn(change)).toMatchObject({
      number: '+33144000042',
      topic: 'Dossier 42',
      timezone: 'Europe/Paris',
      mostTries: 2,
      state: 'waiting',
    })
    expect(change.outbox.map(({ channel }) => channel)).toEqual([CALLS, WHATSAPP])
  })

  it('that sells needs consent first, and is taken only in the hours of the law', async () => {
    const person = await open()
    expect(asks(person, TEN, { category: 'marketing' }).messages[0]).toMatchObject({ status: 'refused' })
    person.agrees('voice/marketing')
    asks(person, TEN, { category: 'marketing' }, 'msg_2')
    const lunch = TEN + 4 * HOUR - HOUR / 2
    expect(requestIn(acts(person, { act: 'take' }, lunch, 'cal_2'))).toBeUndefined()
    expect(requestIn(acts(person, { act: 'take' }, TEN + 5 * HOUR, 'cal_2'))?.takenBy).toBe('agent:claire')
  })

  it('refused on the phone is remembered for sixty days by the rules on calls that sell', async () => {
    const person = await open()
    person.agrees('voice/marketing')
    asks(person, TEN, { category: 'marketing' })
    acts(person, { act: 'take' }, TEN)
    const closed = acts(person, { act: 'close', outcome: 'refused', note: null }, TEN)
    expect(closed.consents).toMatchObject([{ channelKind: 'voice', category: 'marketing', given: false, source: 'call' }])
    person.agrees('voice/marketing')
    const again = asks(person, TEN + 30 * DAY, { category: 'marketing' }, 'msg_2')
    expect(again.decisions[0]).toMatchObject({
      outcome: 'refuse',
      situation: { contact: { callsRecently: 0, callRefusedAgo: 30 * 86_400 } },
    })
    expect(again.decisions[0]?.rulings[0]?.rule).toBe('fr/calls-limits')
  })

  it('is given back by who has it, and settled without a call by anybody', async () => {
    const person = await open()
    asks(person, TEN)
    acts(person, { act: 'take' }, TEN)
    expect(requestIn(acts(person, { act: 'release' }, TEN))).toMatchObject({ state: 'waiting', takenBy: null })
    expect(requestIn(acts(person, { act: 'close', outcome: 'reached', note: null }, TEN))).toBeUndefined()
    expect(requestIn(acts(person, { act: 'close', outcome: 'done', note: null }, TEN))).toMatchObject({ state: 'closed', tries: 0 })
    expect(requestIn(acts(person, { act: 'take' }, TEN))).toBeUndefined()
  })

  it('lets its message hear what came of it from the act that closed it, and from no other', async () => {
    const person = await open()
    asks(person, TEN)
    acts(person, { act: 'take' }, TEN)
    const close = (outcome: CallOutcome, agent?: string) =>
      acts(person, { act: 'close', outcome, note: null }, TEN, 'cal_1', agent).receipts
    expect(close('wrong-number', 'agent:zoe')).toEqual([])
    expect(close('no-answer')).toEqual([])
    acts(person, { act: 'take' }, TEN + HOUR)
    const closed = acts(person, { act: 'close', outcome: 'no-answer', note: null }, TEN + HOUR)
    expect(closed.receipts).toMatchObject([{ channel: CALLS, target: CALL, status: 'failed', refusal: { code: 'no-answer' } }])
    expect(close('done', 'agent:zoe')).toEqual([])
  })

  it.each(['reached', 'done'] as const)('%s is told as delivered', async (outcome) => {
    const person = await open()
    asks(person, TEN)
    acts(person, { act: 'take' }, TEN)
    expect(acts(person, { act: 'close', outcome, note: null }, TEN).receipts).toMatchObject([{ target: CALL, status: 'delivered' }])
  })
})

const saidIn = (change: Change) =>
  change.messages.filter(({ direction, channel }) => direction === 'out' && channel === WHATSAPP).map(({ content }) => wordsOf(content))

it('a wish to be called starts its journey, however much else the sentence says', async () => {
  const person = await open()
  const change = person.writes('Rappelez-moi demain à 10h au 06 12 34 56 78 svp', TEN)
  expect(saidIn(change)).toEqual([expect.stringContaining('à quel moment pouvons-nous vous appeler')])
  expect(person.owner).toBe('journey')
  const other = await open()
  other.writes('Je ne veux pas être rappelé, je voudrais parler à un conseiller ici par écrit', TEN)
  expect(other.owner).toBe('agents')
})

describe('who waits for a person and asks to be called', () => {
  it('is to be called in the business’s hours, is told so, and goes on waiting; asking again is told the same and asks for no second call', async () => {
    const person = await open()
    person.writes('conseiller', TEN)
    const change = person.writes('rappelez-moi', TEN + MINUTE)
    expect(requestIn(change)).toMatchObject({
      number: '+33612345678',
      state: 'waiting',
      windows: expect.arrayContaining([{ days: [6], from: 600, to: 1_020 }]),
    })
    expect(saidIn(change)).toEqual(['C’est noté\u00a0: un conseiller vous rappelle au +33612345678, dès que possible.'])
    expect(change.consents).toMatchObject([{ channelKind: 'voice', given: true, words: 'rappelez-moi' }])
    expect([person.owner, change.waitingSince]).toEqual(['agents', TEN])
    const again = person.writes('Rappelez-moi !', TEN + 2 * MINUTE)
    expect([again.callbacks, saidIn(again)]).toEqual([[], saidIn(change)])
  })

  it('by a mail that anybody may have written in their name, is left to people: nobody is agreed for, nobody called', async () => {
    const forgeable = (house: House): House => {
      const calls = withCalls(house)
      const [whatsapp] = [...calls.capabilities].filter(([id]) => id === WHATSAPP)
      return whatsapp
        ? { ...calls, capabilities: new Map([...calls.capabilities, [WHATSAPP, { ...whatsapp[1], forgeable: true }]]) }
        : calls
    }
    const person = await openPerson(forgeable, '+33612345678', [centre])
    person.writes('conseiller', TEN)
    const change = person.writes('rappelez-moi', TEN + MINUTE)
    expect([requestIn(change), change.consents, saidIn(change)]).toEqual([undefined, [], []])
  })

  it('without a number to dial, is told what to do', async () => {
    const person = await open(null)
    person.writes('conseiller', TEN)
    const change = person.writes('rappelez-moi', TEN + MINUTE)
    expect(requestIn(change)).toBeUndefined()
    expect(saidIn(change)).toEqual([expect.stringContaining('le numéro à composer')])
  })

  it('is left to the agent who has the conversation, and to people while all automation is paused', async () => {
    const person = await open()
    person.happens('action', { action: 'take', agent: 'agent:claire' }, TEN)
    expect(person.writes('rappelez-moi', TEN + MINUTE).messages.map(({ direction }) => direction)).toEqual(['in'])
    const paused = await open(undefined, true)
    paused.writes('bonjour', TEN)
    expect(paused.writes('rappelez-moi', TEN + MINUTE).messages.map(({ direction }) => direction)).toEqual(['in'])
  })
})
