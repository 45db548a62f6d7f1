/** The bridge as decide sees it: which messages carry a link, what those who cross are told, and what an engine is told of them. */
import { describe, expect, it } from 'vitest'
import { DAY, healthy, intentOf, MINUTE, openPerson, TEN, WHATSAPP } from '../../../tests/support/deciding.ts'
import type { Capabilities } from '../../core/capability.ts'
import { wordsOf } from '../../core/content.ts'
import type { ChannelId, Digest, LinkId, MessageId, VendorId } from '../../core/ids.ts'
import type { Journey } from '../../core/journey.ts'
import { backLine } from '../../core/link.ts'
import type { Purpose } from '../../core/situation.ts'
import type { Change } from '../../core/store.ts'
import type { House } from '../world.ts'

const SITE = 'site' as ChannelId
const PAGE: Partial<Capabilities> = { identities: ['web'], windowHours: null, link: { label: 40, body: 4096 }, text: 4096 }
const facts = healthy(SITE, 'web')

/** The demo with a page of its own beside its number. */
const bridged =
  (more: Partial<House> = {}, purpose: Purpose = 'general') =>
  (demo: House): House => {
    const whatsapp = demo.capabilities.get(WHATSAPP) as Capabilities
    return {
      ...demo,
      purposeOf: () => purpose,
      linkFor: (id: LinkId) => `https://chat.example.fr/l/${id}`,
      capabilities: new Map([...demo.capabilities, [SITE, { ...whatsapp, ...PAGE } as Capabilities]]),
      workspace: {
        ...demo.workspace,
        channels: [...demo.workspace.channels, { id: SITE, kind: 'web', scope: 'general', throughput: null, config: {} }],
      },
      ...more,
    }
  }
const person = (change = bridged()) => openPerson(change, undefined, [facts])
const saidIn = (change: Change) => change.messages.filter(({ direction }) => direction === 'out').map(({ content }) => wordsOf(content))
const crossingsOf = (change: Change) => change.journal.filter(({ kind }) => kind.startsWith('crossing.'))

describe('a general question where only the business’s own matters are answered', () => {
  it('gets a link that is this person’s, from this channel to that page, for a day', async () => {
    const change = (await person()).writes('écris un poème', TEN)
    const [link] = change.links ?? []
    const message = change.messages.find(({ direction }) => direction === 'out')
    expect(link).toEqual({ id: link?.id, message: message?.id, from: WHATSAPP, to: SITE, at: TEN, expiresAt: TEN + DAY })
    expect(intentOf(change).content).toMatchObject({ type: 'link', url: `https://chat.example.fr/l/${link?.id}` })
    expect(crossingsOf(change)).toMatchObject([
      { kind: 'crossing.offered', channel: WHATSAPP, message: message?.id, data: { link: link?.id, to: SITE } },
    ])
  })

  it('gets none to a page that is paused', async () => {
    const change = await openPerson(bridged(), undefined, [{ ...facts, paused: true }]).then((one) => one.writes('écris un poème', TEN))
    expect(change.links).toEqual([])
    expect(intentOf(change).content.type).toBe('text')
  })

  it('gets none where no rule keeps the answer from here', async () => {
    const open = (demo: House): House => {
      const world = bridged()(demo)
      const channels = world.workspace.channels.map((channel) => ({ ...channel, scope: 'general' as const }))
      return { ...world, workspace: { ...world.workspace, channels } }
    }
    const change = (await person(open)).writes('écris un poème', TEN)
    expect([change.links, crossingsOf(change)]).toEqual([[], []])
  })
})

describe('an answer that the platform keeps from its channel', () => {
  const primary = (demo: House): House => {
    const world = bridged({}, 'service')(demo)
    return {
      ...world,
      workspace: { ...world.workspace, assistant: { ...world.workspace.assistant, aiIs: 'primary', since: '2026-02-01' } },
    }
  }

  it('is told by a link to the page instead of waiting for a person, and its decision says which rule', async () => {
    const someone = await openPerson(primary, '+919810012345', [facts])
    someone.writes('quels papiers pour Lisbonne ?', TEN)
    const change = someone.answers('Une carte d’identité.', TEN + MINUTE)
    expect(change.links).toHaveLength(1)
    expect(saidIn(change)).toEqual([expect.stringMatching(/^Je ne peux pas vous répondre ici|^I cannot answer you here/)])
    expect(change.decisions.map(({ outcome }) => outcome)).toEqual(['reroute', 'allow'])
    expect(change.messages.find(({ direction }) => direction === 'out')).toMatchObject({ decision: change.decisions[0]?.id, ai: false })
    expect(someone.owner).not.toBe('agents')
  })
})

describe('a journey’s step `link`', () => {
  const steps: Journey['steps'] = [
    { kind: 'link', link: 'site', say: { fr: 'Signez ici.', en: 'Sign here.' }, label: { fr: 'Signer', en: 'Sign' } },
    { kind: 'say', say: { fr: 'À tout de suite.', en: 'See you there.' } },
  ]
  const journey: Journey = { name: 'sign', starts: [{ keyword: ['signer'] }], steps, version: 'sign' as Digest, file: 'journeys/sign.yaml' }
  const signing =
    (more: Partial<House> = {}) =>
    (demo: House): House => {
      const world = bridged(more, 'service')(demo)
      return { ...world, journey: () => journey, workspace: { ...world.workspace, journeys: [journey] } }
    }

  it('sends the link with its own words and goes on', async () => {
    const change = (await person(signing())).writes('signer', TEN)
    expect(saidIn(change)).toEqual(['Signez ici.', 'À tout de suite.'])
    expect(intentOf(change).content).toMatchObject({
      type: 'link',
      label: 'Signer',
      url: `https://chat.example.fr/l/${change.links?.[0]?.id}`,
    })
  })

  it('says only the words where nobody knows where the house is reached', async () => {
    const change = (await person(signing({ linkFor: undefined }))).writes('signer', TEN)
    expect([saidIn(change), change.links]).toEqual([['Signez ici.', 'À tout de suite.'], []])
  })
})

const crossing = { link: 'lnk_1' as LinkId, visitor: 'vis_1', since: TEN, from: WHATSAPP, to: SITE } as const

describe('whoever has the thread in hand', () => {
  it('is told of each opening, and what to do if it was somebody else', async () => {
    const someone = await person()
    someone.writes('bonjour', TEN)
    const change = someone.happens('crossed', { ...crossing, how: 'first', shows: 'thread' }, TEN + MINUTE)
    expect(saidIn(change)).toEqual([expect.stringContaining('déconnecter')])
    expect(intentOf(change)).toMatchObject({ channel: WHATSAPP, author: 'system', automatic: false })
    expect(crossingsOf(change)).toMatchObject([{ kind: 'crossing.opened', channel: SITE, data: { from: WHATSAPP, shows: 'thread' } }])
  })

  it('is told too while a person of the business has the conversation', async () => {
    const someone = await person()
    someone.writes('je veux parler à un conseiller', TEN)
    expect(someone.owner).toBe('agents')
    const change = someone.happens('crossed', { ...crossing, how: 'code', shows: 'own' }, TEN + MINUTE)
    expect(change.outbox).toHaveLength(1)
    expect(crossingsOf(change)).toMatchObject([{ kind: 'crossing.coded' }])
  })

  it('gets the code for another browser there, as dots that only the send fills in', async () => {
    const someone = await person()
    someone.writes('bonjour', TEN)
    const { link, from, to } = crossing
    const body = { link, from, to, message: 'msg_code' as MessageId, reference: 'cod_1', until: TEN + 10 * MINUTE }
    const change = someone.happens('crossing.code', body, TEN)
    expect(saidIn(change)).toEqual([expect.stringMatching(/^•{6} est le code/)])
    expect(intentOf(change)).toMatchObject({ message: 'msg_code', sealed: 'cod_1', until: TEN + 10 * MINUTE })
  })

  it.each(['déconnecter', 'Déconnecter.', 'DISCONNECT'])('ends all visits and links by “%s”', async (word) => {
    const someone = await person(bridged({}, 'service'))
    someone.happens('crossed', { ...crossing, how: 'first', shows: 'thread' }, TEN)
    const change = someone.writes(word, TEN + MINUTE)
    expect(change.unlink).toBe(true)
    expect(change.state).not.toHaveProperty('visits')
    expect(saidIn(change)).toEqual([expect.stringContaining(word === 'DISCONNECT' ? '' : 'plus aucune page')])
    expect(change.jobs.filter(({ kind }) => kind === 'think')).toEqual([])
  })

  it('does not end them by a longer message, and the word is one like others where there is nothing to end', async () => {
    expect((await person(bridged({}, 'service'))).writes('déconnexion', TEN).unlink).toBeUndefined()
    const someone = await person(bridged({}, 'service'))
    someone.happens('crossed', { ...crossing, how: 'first', shows: 'thread' }, TEN)
    const change = someone.writes('comment me déconnecter de mon compte sur votre site ?', TEN)
    expect(change.unlink).toBeUndefined()
  })
})

describe('what an engine is told of the thread', () => {
  const asks = async (shows: 'own' | 'thread' | null) => {
    const someone = await person(bridged({}, 'service'))
    if (shows) someone.happens('crossed', { ...crossing, how: 'first', shows }, TEN)
    const from = { addresses: [{ kind: 'web' as const, value: 'vis_1' }] }
    const content = { type: 'text', text: 'quels papiers me faut-il pour un séjour à Lisbonne ?' } as const
    const message = { kind: 'message' as const, vendorId: 'w1' as VendorId, at: TEN + MINUTE, from, content }
    const change = someone.happens('message', message, TEN + MINUTE, SITE)
    return change.jobs.filter(({ kind }) => kind === 'think').map(({ body }) => (body as { seen?: unknown }).seen)
  }

  it('is all of it, where the visitor carried it over', async () => expect(await asks('thread')).toEqual([undefined]))
  it('is their visit alone, where they did not', async () => expect(await asks('own')).toEqual([{ channel: SITE, since: TEN }]))
  it('is the page alone, where they came by no link', async () => expect(await asks(null)).toEqual([{ channel: SITE, since: 0 }]))
})

describe('the way back by a word', () => {
  const WORD = 'abricot-hibou-42'

  it('is looked up outside the line, and nobody answers it as a question', async () => {
    const change = (await person(bridged({}, 'service'))).writes(`Je continue ici : ${WORD}`, TEN)
    expect(change.jobs.map(({ kind, body }) => [kind, body])).toEqual([['call', { word: WORD }]])
    expect(change.outbox).toEqual([])
  })

  it('says nothing of their language: the page wrote its line; what they add themselves does', async () => {
    const someone = await person(bridged({}, 'service'))
    const said = (text: string, at: number) => someone.writes(text, at).state as { readonly language: string }
    expect(said('hello, how much does cancelling my trip cost?', TEN).language).toBe('en')
    expect(said(backLine(WORD, 'fr'), TEN + MINUTE).language).toBe('en')
    expect(said(`Je continue ici : ${WORD}\nJe voudrais changer la date de mon voyage`, TEN + 2 * MINUTE).language).toBe('fr')
  })

  it('is told in the thread once it is joined; the page is shown nothing of the thread by it', async () => {
    const someone = await person()
    const change = someone.happens('returned', { visitor: 'vis_9', from: SITE, since: TEN }, TEN + MINUTE)
    expect(saidIn(change)).toEqual([expect.stringContaining('Nous continuons ici')])
    expect(crossingsOf(change)).toMatchObject([{ kind: 'crossing.returned', channel: WHATSAPP, data: { from: SITE } }])
    expect(change.state).toMatchObject({ visits: [{ id: 'vis_9', shows: 'own', since: TEN }] })
  })

  it('is refused in words where it was none of theirs; after five in a day nobody looks any more', async () => {
    const someone = await person(bridged({}, 'service'))
    for (const n of [1, 2, 3, 4, 5]) {
      expect(someone.writes(WORD, TEN + n * MINUTE).jobs.map(({ body }) => body)).toEqual([{ word: WORD }])
      const change = someone.happens('returned', { visitor: null, from: null, since: null }, TEN + n * MINUTE)
      expect(saidIn(change)).toEqual([expect.stringContaining('Ce mot ne vaut pas')])
    }
    expect(someone.writes(WORD, TEN + 6 * MINUTE).jobs.filter(({ body }) => 'word' in body)).toEqual([])
    expect(someone.writes(WORD, TEN + DAY + 6 * MINUTE).jobs.filter(({ body }) => 'word' in body)).toHaveLength(1)
  })

  it('is looked up five times, however fast they guess, and the right one is no guess', async () => {
    const someone = await person(bridged({}, 'service'))
    const lookedUp = (n: number) => someone.writes(WORD, TEN + n).jobs.filter(({ body }) => 'word' in body).length
    expect([1, 2, 3, 4, 5, 6].map(lookedUp)).toEqual([1, 1, 1, 1, 1, 0])
    someone.happens('returned', { visitor: 'vis_9', from: SITE, since: TEN }, TEN + MINUTE)
    expect([2 * MINUTE, 3 * MINUTE].map(lookedUp)).toEqual([1, 0])
  })
})
