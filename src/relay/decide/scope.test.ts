/** What a channel answers: the business's own matters, or anything; and what is said to who asks for more. */
import { describe, expect, it } from 'vitest'
import { HOUR, intentOf, MINUTE, openPerson, TEN, WHATSAPP } from '../../../tests/support/deciding.ts'
import { wordsOf } from '../../core/content.ts'
import type { ChannelId, Digest, VendorId } from '../../core/ids.ts'
import type { Journey, JourneyState } from '../../core/journey.ts'
import type { Purpose } from '../../core/situation.ts'
import type { Change } from '../../core/store.ts'
import type { Bodies } from '../event.ts'
import type { House } from '../world.ts'

/** Everything is of one purpose; the demo's number answers what `scope` says. */
const house =
  (purpose: Purpose, scope: 'service' | 'general' = 'service', url?: string) =>
  (demo: House): House => ({
    ...demo,
    purposeOf: () => purpose,
    workspace: {
      ...demo.workspace,
      channels: [
        ...demo.workspace.channels.map((channel) => ({ ...channel, scope })),
        ...(url ? [{ id: 'site' as ChannelId, kind: 'web', scope: 'general' as const, url, throughput: null, config: {} }] : []),
      ],
    },
  })

/** One journey, which begins with the word “poème” where nothing else is said. */
const running =
  (purpose: Purpose, steps: Journey['steps'], starts: Journey['starts'] = [{ keyword: ['poème'] }]) =>
  (demo: House): House => {
    const world = house(purpose)(demo)
    const journey = { name: 'own', starts, steps, version: 'own' as Digest, file: 'journeys/own.yaml' }
    return { ...world, journey: () => journey, workspace: { ...world.workspace, journeys: [journey] } }
  }

const saidIn = (change: Change) => change.messages.filter(({ direction }) => direction === 'out').map(({ content }) => wordsOf(content))
const from = { addresses: [{ kind: 'whatsapp' as const, value: '+33612345678' }], name: 'Nour' }
const photo = {
  kind: 'message' as const,
  vendorId: 'wamid.3' as VendorId,
  at: TEN,
  from,
  content: { type: 'media', kind: 'image', media: { mime: 'image/jpeg' } } as const,
}
const thinking = (change: Change) => change.jobs.filter(({ kind }) => kind === 'think').map(({ body }) => body)

describe('a general question on a channel for the business’s own matters', () => {
  it('gets one kind sentence, no engine, and leaves the conversation with the machine', async () => {
    const person = await openPerson(house('general'))
    const change = person.writes('écris un poème sur la mer', TEN)
    expect(saidIn(change)).toEqual([
      'Je vous aide volontiers pour tout ce qui touche à Voyages Lumière, mais je ne peux pas répondre ici à cette question.',
    ])
    expect(thinking(change)).toEqual([])
    expect(change.outbox).toHaveLength(1)
    expect(person.owner).toBe('journey')
  })

  it('is turned away in English too', async () => {
    const change = (await openPerson(house('general'))).writes('please write a poem about the sea and the wind for my mother', TEN)
    expect(saidIn(change)).toEqual(['I am glad to help with anything about Voyages Lumière, but I cannot answer this question here.'])
  })

  it('gets the address of a channel that answers anything, where there is one', async () => {
    const change = (await openPerson(house('general', 'service', 'https://chat.example.fr'))).writes('écris un poème', TEN)
    expect(intentOf(change).content).toMatchObject({ type: 'link', url: 'https://chat.example.fr' })
    expect(saidIn(change)[0]).toContain('vous pouvez la poser à cette adresse')
  })

  it('is turned away beside a menu too, which goes on waiting', async () => {
    const person = await openPerson(house('general'))
    person.writes('bonjour', TEN)
    for (const minute of [1, 2, 3]) {
      const change = person.writes('écris un poème sur la mer', TEN + minute * MINUTE)
      expect(saidIn(change)).toEqual([expect.stringContaining('je ne peux pas répondre ici')])
      expect(thinking(change)).toEqual([])
      expect(change.state).toMatchObject({ journey: { awaits: 'choice', tries: 0 } })
    }
    expect(person.owner).toBe('journey')
  })

  it('is decided by the business’s own scope, and its decision says so of the question, not of the sentence', async () => {
    const [decision] = (await openPerson(house('general'))).writes('écris un poème', TEN).decisions
    expect(decision).toMatchObject({ outcome: 'reroute', intent: { purpose: 'none', insteadOf: 'general' } })
    expect(decision?.situation.message).toMatchObject({ purpose: 'general', purposeAssumed: false })
    expect(decision?.rulings.filter(({ outcome }) => outcome === 'reroute')).toMatchObject([{ rule: 'business/scope', by: 'business' }])
  })

  it('is decided by the platform too where an AI is the business’s main service: the answer would have been an AI’s', async () => {
    const primary = (demo: House): House => {
      const world = house('general')(demo)
      return { ...world, workspace: { ...world.workspace, assistant: { ...world.workspace.assistant, aiIs: 'primary' } } }
    }
    const whose = async (phone: string) => {
      const [decision] = (await openPerson(primary, phone)).writes('écris un poème', TEN).decisions
      return decision?.rulings.filter(({ outcome }) => outcome === 'reroute').map(({ by }) => by)
    }
    expect(await whose('+919810012345')).toEqual(['business', 'platform'])
    expect(await whose('+33612345678')).toEqual(['business'])
  })

  it('leaves as what it is: the sentence has a decision of its own, which its attempts name', async () => {
    const change = (await openPerson(house('general'))).writes('écris un poème', TEN)
    const [kept, own] = change.decisions
    expect(own).toMatchObject({ outcome: 'allow', situation: { message: { purpose: 'none', ai: false } } })
    expect(change.messages.find(({ direction }) => direction === 'out')?.decision).toBe(kept?.id)
    expect(change.outbox[0]?.decision).toBe(own?.id)
  })

  it('is decided again as it was, by the same rules on the same facts', async () => {
    let judge: House['judge'] | undefined
    const person = await openPerson((demo) => {
      judge = demo.judge
      return house('general')(demo)
    })
    const [decision] = person.writes('écris un poème', TEN).decisions
    if (!decision || !judge) throw new Error('nothing was decided')
    const again = judge(decision.situation, TEN)
    expect([again.outcome, again.rulings]).toEqual([decision.outcome, decision.rulings])
  })

  it('goes out again later as the sentence it is, where the provider was down', async () => {
    const person = await openPerson(house('general'))
    const change = person.writes('écris un poème', TEN)
    const again = person.happens('send.due', { intent: intentOf(change), epoch: person.epoch }, TEN + MINUTE)
    expect(again.outbox).toHaveLength(1)
  })

  it('stays general where a journey asks a business system first, and the engines then', async () => {
    const person = await openPerson(
      running('general', [
        { kind: 'call', call: 'stock', method: 'GET', url: 'http://127.0.0.1:1/stock' },
        { kind: 'engine', engine: 'answer' },
      ]),
    )
    const [call] = person.writes('poème', TEN).jobs.filter(({ kind }) => kind === 'call')
    const came = {
      ...(call?.body as { call: string; run: number; asked: null }),
      ok: true,
      value: 3,
      epoch: person.epoch,
      channel: WHATSAPP,
    }
    expect(thinking(person.happens('called', came, TEN + MINUTE))).toMatchObject([{ purpose: 'general' }])
  })

  it('does not keep a person from answering it', async () => {
    const person = await openPerson(house('general'))
    expect(saidIn(person.writes('je veux parler à un conseiller', TEN))[0]).toContain('conseiller')
    expect(person.owner).toBe('agents')
    expect(saidIn(person.writes('écris un poème', TEN + MINUTE))).toEqual([])
  })
})

describe('what else is asked there', () => {
  it('is answered by the engines where it is the business’s own, and recorded as found, not assumed', async () => {
    const person = await openPerson(house('service'))
    expect(thinking(person.writes('combien coûte une annulation un mois avant le départ', TEN))).toMatchObject([{ purpose: 'service' }])
    const question = { channel: WHATSAPP, message: 'wamid' as VendorId, text: 'question' }
    const answer = { text: 'Dix pour cent.', engine: 'main', ai: true, citations: [] }
    const thought = { epoch: person.epoch, question, visit: null, attempts: [], answer, purpose: 'service' as const }
    const [decision] = person.happens('thought', thought, TEN + MINUTE).decisions
    expect(decision?.situation.message).toMatchObject({ purpose: 'service', purposeAssumed: false })
  })

  it('is handed to the engines as unsure, and to people where none of them may say', async () => {
    const person = await openPerson(house('unsure'))
    expect(thinking(person.writes('et pour les bagages de ma tante alors ?', TEN))).toMatchObject([{ purpose: 'unsure' }])
    const question = { channel: WHATSAPP, message: 'wamid' as VendorId, text: 'question' }
    const change = person.happens(
      'thought',
      { epoch: person.epoch, question, visit: null, attempts: [], answer: null, purpose: 'unsure' },
      TEN,
    )
    expect(person.owner).toBe('agents')
    expect(change.decisions[0]?.situation.message).toMatchObject({ purpose: 'unsure', purposeAssumed: false })
  })

  it('is turned away where a second opinion calls it general', async () => {
    const person = await openPerson(house('unsure'))
    person.writes('le dernier chapitre est trop court, non ?', TEN)
    const question = { channel: WHATSAPP, message: 'wamid' as VendorId, text: 'question' }
    const change = person.happens(
      'thought',
      { epoch: person.epoch, question, visit: null, attempts: [], answer: null, purpose: 'general' },
      TEN,
    )
    expect(saidIn(change)[0]).toContain('je ne peux pas répondre ici')
    expect(person.owner).not.toBe('agents')
  })

  it('is recorded as supposed where nobody could look: a photo says nothing of whose matter it is', async () => {
    const person = await openPerson(house('general'))
    const [decision] = person.happens('message', photo, TEN).decisions
    expect(person.owner).toBe('agents')
    expect(decision?.situation.message).toMatchObject({ purpose: 'service', purposeAssumed: true })
    const asked = (await openPerson(house('general'))).writes('je veux parler à un conseiller', TEN).decisions[0]
    expect(asked?.situation.message).toMatchObject({ purpose: 'service', purposeAssumed: false })
  })

  it('goes to a person where the engines know nothing of what a journey gave them: the journey does not begin again', async () => {
    const steps: Journey['steps'] = [
      { kind: 'say', say: { fr: 'Voyons cela.', en: 'Let us see.' } },
      { kind: 'engine', engine: 'answer' },
    ]
    const person = await openPerson(running('service', steps))
    const [thought] = thinking(person.writes('poème', TEN))
    const change = person.happens('thought', { ...(thought as Bodies['thought']), epoch: person.epoch, attempts: [], answer: null }, TEN)
    expect(saidIn(change)).not.toContain('Voyons cela.')
    expect(thinking(change)).toEqual([])
    expect(person.owner).toBe('agents')
  })

  it('goes to a person where a journey gives the engines a photo: they have nothing to read', async () => {
    const person = await openPerson(running('service', [{ kind: 'engine', engine: 'answer' }], [{ always: true }]))
    expect(saidIn(person.happens('message', photo, TEN))[0]).toContain('Bien reçu')
    expect(person.owner).toBe('agents')
  })

  it('starts the journeys that it names, greetings first of all', async () => {
    const change = (await openPerson(house('none'))).writes('bonjour', TEN)
    expect(saidIn(change)[0]).toContain('bienvenue')
    expect(change.decisions[0]?.situation.message).toMatchObject({ purpose: 'none', purposeAssumed: false })
  })

  it('is never out of scope while a journey’s step waits for its answer, and no model answers what the step does not take', async () => {
    let purpose: Purpose = 'service'
    const person = await openPerson((demo) => ({ ...house('service')(demo), purposeOf: () => purpose }))
    person.writes('bonjour', TEN)
    const tap = { type: 'choice', id: 'booking', label: 'Ma réservation' } as const
    const asked = person.happens('message', { kind: 'message', vendorId: 'wamid.2' as VendorId, at: TEN, from, content: tap }, TEN)
    expect(saidIn(asked)[0]).toContain('référence')
    purpose = 'general'
    const odd = person.writes('celle de mon beau-frère Marcel', TEN + MINUTE)
    expect(saidIn(odd)).toEqual([])
    expect(thinking(odd)).toMatchObject([{ purpose: 'general', visit: expect.any(Number) }])
    expect(saidIn(person.writes('VL204518', TEN + 2 * MINUTE)).join()).not.toContain('je ne peux pas répondre ici')
  })
})

it('a reference alone, however it is spaced, starts the journey that asks for one, and is no general question', async () => {
  for (const words of ['vl 204 518', 'VL-204-518', 'vl204518']) {
    const change = (await openPerson(house('general'))).writes(words, TEN)
    expect(saidIn(change)).toEqual([])
    expect(change.jobs.filter(({ kind }) => kind === 'call')).toMatchObject([{ body: { url: expect.stringContaining('/VL204518') } }])
  }
})

describe('a channel that answers anything', () => {
  it('asks the engines general questions too', async () => {
    const person = await openPerson(house('general', 'general'))
    expect(thinking(person.writes('écris un poème sur la mer', TEN + HOUR))).toMatchObject([{ purpose: 'general' }])
  })
})

describe('what asks nothing', () => {
  const nobodyKnows = (text: string, epoch: number): Bodies['thought'] => ({
    epoch,
    question: { channel: WHATSAPP, message: 'wamid' as VendorId, text },
    visit: null,
    attempts: [],
    answer: null,
    purpose: 'none',
  })

  it('is answered with a kind word where no engine has one, and nobody is called', async () => {
    const person = await openPerson(house('none'))
    person.writes('merci', TEN)
    const change = person.happens('thought', nobodyKnows('merci', person.epoch), TEN + MINUTE)
    expect(saidIn(change)).toEqual([expect.stringContaining('Je reste à votre écoute')])
    expect(person.owner).toBe('engine')
  })

  it('is answered so beside a menu too, which is not said again', async () => {
    const person = await openPerson(house('none'))
    person.writes('bonjour', TEN)
    const asked = person.writes('thanks', TEN + MINUTE)
    expect(saidIn(asked)).toEqual([])
    const { visit } = (asked.state as { journey: JourneyState }).journey
    const change = person.happens('thought', { ...nobodyKnows('thanks', person.epoch), visit }, TEN + 2 * MINUTE)
    expect(saidIn(change)).toEqual([expect.stringContaining('Je reste à votre écoute')])
    expect(change.state).toMatchObject({ journey: { awaits: 'choice', tries: 0 } })
    expect(person.owner).toBe('journey')
  })

  it('gets no word from the machine once a person has the conversation', async () => {
    const person = await openPerson(house('none'))
    person.writes('merci', TEN)
    const { epoch } = person
    person.writes('conseiller', TEN + MINUTE)
    expect(saidIn(person.happens('thought', nobodyKnows('merci', epoch), TEN + 2 * MINUTE))).toEqual([])
    expect(person.owner).toBe('agents')
  })
})
