/** A second address: asked for in a journey, proven by a code, agreed to in words, and taken back as easily. */
import { describe, expect, it } from 'vitest'
import { healthy, openPerson, type Person, TEN, WHATSAPP } from '../../../tests/support/deciding.ts'
import { sealerOf } from '../../cli/house-secret.ts'
import type { ChannelId, ContactId, Digest, VendorId } from '../../core/ids.ts'
import type { Journey } from '../../core/journey.ts'
import { codesOf } from '../../core/one-time-code.ts'
import type { Change } from '../../core/store.ts'
import type { Claim, Intent } from '../event.ts'
import type { House } from '../world.ts'

const MAIL = 'mail' as ChannelId
const MINUTE = 60_000
const codes = codesOf(sealerOf('a secret of the house, and long enough', 'code'))
const JOURNEY: Journey = {
  name: 'second-address',
  starts: [{ keyword: ['adresse'] }],
  steps: [
    {
      kind: 'collect',
      collect: 'email',
      say: { fr: 'Quelle est votre adresse e-mail ?', en: 'What is your e-mail address?' },
      words: { fr: 'Voyages Lumière vous écrira au sujet de votre voyage et de ses offres.', en: 'Voyages Lumière will write to you.' },
      for: ['service', 'marketing'],
      expires: 86_400_000,
      go: 'done',
      else: 'without',
    },
    { kind: 'say', say: 'Merci : {{answers.email}}', at: 'done', go: 'end' },
    { kind: 'say', say: 'Comme vous voulez.', at: 'without' },
  ],
  version: 'second-address-1' as Digest,
  file: 'journeys/second-address.yaml',
}

/** The demo, with a mailbox beside the number. */
const withMail = (demo: House): House => {
  const whatsapp = demo.capabilities.get(WHATSAPP)
  if (!whatsapp) throw new Error('The demo has no number.')
  const mail = {
    ...whatsapp,
    identities: ['email'] as const,
    buttons: { count: 0, label: 0, body: 0 },
    windowHours: null,
    templates: false,
  }
  const setup = { id: MAIL, kind: 'email', scope: 'service' as const, throughput: null, config: {} }
  return {
    ...demo,
    codes,
    publicUrl: 'https://relais.example',
    capabilities: new Map([...demo.capabilities, [MAIL, mail]]),
    workspace: { ...demo.workspace, channels: [...demo.workspace.channels, setup], journeys: [JOURNEY, ...demo.workspace.journeys] },
    journey: (version) => (version === JOURNEY.version ? JOURNEY : demo.journey(version)),
  }
}
const open = (change = withMail) => openPerson(change, undefined, [healthy(MAIL, 'email')])

const saidIn = (change: Change, channel: ChannelId = WHATSAPP) =>
  change.messages.flatMap((row) =>
    row.direction === 'out' && row.channel === channel && 'text' in row.content ? [row.content.text ?? ''] : [],
  )
const codeSent = (change: Change): { readonly intent: Intent; readonly to: unknown; readonly code: string; readonly link: string } => {
  const body = change.outbox.find(({ channel }) => channel === MAIL)?.body as { intent: Intent; to: unknown } | undefined
  const reference = body?.intent.sealed
  if (!body || reference === undefined) throw new Error('No code was sent.')
  return { ...body, code: codes.code(reference), link: codes.code(reference, 10) }
}
/** Whatever the code is not. */
const other = (code: string) => (code === '111111' ? '222222' : '111111')
const asked = (person: Person, at = TEN): Change => {
  person.writes('adresse', at)
  return person.writes('jeanne@example.fr', at + 1)
}
const joined = (person: Person, change: Change, at: number, whose: string | null = null): Change => {
  const [claim] = change.claims
  if (!claim) throw new Error('Nothing was claimed.')
  return person.happens('joined', { ...(claim.body as Claim), other: whose as ContactId | null }, at)
}
const consentsIn = (change: Change) =>
  change.consents.map(({ channelKind, category, given, source }) => [channelKind, category, given, source])

describe('an address given where anybody can write in another’s name', () => {
  const forgeable = (demo: House): House => {
    const { capabilities, ...rest } = withMail(demo)
    const here = capabilities.get(WHATSAPP)
    return { ...rest, capabilities: here ? new Map([...capabilities, [WHATSAPP, { ...here, forgeable: true }]]) : capabilities }
  }
  const given = async (value: string, proves?: string) => {
    const person = await open(forgeable)
    person.writes('adresse', TEN)
    const from = { addresses: [{ kind: 'whatsapp' as const, value }] }
    const message = { kind: 'message' as const, vendorId: 'wamid.2' as VendorId, at: TEN + 1, from, proves: proves as VendorId }
    return person.happens('message', { ...message, content: { type: 'text', text: 'jeanne@example.fr' } }, TEN + 1)
  }
  const codesTo = (change: Change) => change.outbox.filter(({ channel }) => channel === MAIL)

  it('is taken from an answer that proves to be one', async () => {
    expect(codesTo(await given('+33612345678', 'att_1@relais.test'))).toHaveLength(1)
  })

  it('is not taken from what they may never have written, and they are asked to answer', async () => {
    const change = await given('+33612345678')
    expect([codesTo(change), saidIn(change)]).toEqual([[], [expect.stringContaining('en répondant à ce message')]])
  })

  it('is not taken from somebody else who holds a mail of theirs', async () => {
    expect(codesTo(await given('+33699999999', 'att_1@relais.test'))).toEqual([])
  })
})

describe('an address that sounds like a wish for a person', () => {
  for (const text of ['aicha.benali@courriel.example', 'conseiller@agence.example', 'contactez-moi sur aicha@agence.example'])
    it(`is the step’s that asked for it: ${text}`, async () => {
      const person = await open()
      person.writes('adresse', TEN)
      const change = person.writes(text, TEN + 1)
      expect([person.owner, codeSent(change).to]).toEqual(['journey', { kind: 'email', value: text.split(' ').at(-1) }])
    })

  it('leaves the wish for a person to whoever has one', async () => {
    const person = await open()
    person.writes('adresse', TEN)
    person.writes('je veux parler à un conseiller', TEN + 1)
    expect(person.owner).toBe('agents')
  })
})

describe('the code', () => {
  it('goes to the new address, as a message that proves it, and stands nowhere that is kept', async () => {
    const change = asked(await open())
    const { intent, to, code, link } = codeSent(change)
    expect([to, intent.category, intent.reach]).toEqual([{ kind: 'email', value: 'jeanne@example.fr' }, 'authentication', undefined])
    expect(saidIn(change, MAIL)).toEqual([expect.stringMatching(/^•{6} est votre code.*\n?.*relais\.example\/confirm\/con_1\/•{10}/s)])
    expect(saidIn(change)).toEqual([expect.stringContaining('jeanne@example.fr')])
    const kept = JSON.stringify(change)
    expect([kept.includes(code), kept.includes(link)]).toEqual([false, false])
  })

  it('makes the address theirs once it is typed, and records who agreed to which words, when and how', async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    const typed = person.writes(`${code.slice(0, 3)} ${code.slice(3)}`, TEN + 5 * MINUTE)
    expect(typed.claims).toMatchObject([{ address: { kind: 'email', value: 'jeanne@example.fr' } }])
    expect(typed.consents).toEqual([])
    const change = joined(person, typed, TEN + 6 * MINUTE)
    expect(change.consents).toMatchObject(
      ['service', 'marketing'].map((category) => ({
        channelKind: 'email',
        category,
        given: true,
        at: TEN + 5 * MINUTE,
        words: 'Voyages Lumière vous écrira au sujet de votre voyage et de ses offres.',
        source: 'journey:second-address',
        proof: { by: 'code', address: 'jeanne@example.fr', language: 'fr', message: `wamid.${TEN + 5 * MINUTE}` },
      })),
    )
    expect(JSON.stringify(change)).not.toContain(code)
    expect(saidIn(change)).toEqual([expect.stringContaining('ne plus m’écrire par e-mail'), 'Merci : jeanne@example.fr'])
  })

  it('may come by the link, later and without the thread', async () => {
    const person = await open()
    const { link } = codeSent(asked(person))
    expect(person.happens('code.tapped', { code: other(link) }, TEN + MINUTE).claims).toEqual([])
    const tapped = person.happens('code.tapped', { code: link }, TEN + 10 * MINUTE)
    expect(tapped.claims).toHaveLength(1)
    expect(joined(person, tapped, TEN + 10 * MINUTE).consents[0]?.proof).toMatchObject({ by: 'link' })
  })

  it('is no six digits of a link: those of the message alone are typed', async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    expect(person.happens('code.tapped', { code }, TEN + MINUTE).claims).toEqual([])
  })
})

describe('a code that is', () => {
  it('guessed counts, and after the fifth time nothing more is tried', async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    const said = [1, 2, 3, 4, 5].map((n) => saidIn(person.writes(other(code), TEN + n * 1000)))
    expect(said[0]).toEqual([expect.stringContaining('4 essais')])
    expect(said[3]).toEqual([expect.stringContaining('un essai')])
    expect(said[4]).toEqual([expect.stringContaining('Trop d’essais'), 'Comme vous voulez.'])
    expect(person.writes(code, TEN + 6000).claims).toEqual([])
  })

  it('guessed and asked for anew gets no fresh tries: they are counted for the address', async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    for (const n of [1, 2, 3]) person.writes(other(code), TEN + n * 1000)
    const again = codeSent(person.writes('renvoyer', TEN + 4000))
    expect(saidIn(person.writes(other(again.code), TEN + 5000))).toEqual([expect.stringContaining('un essai')])
  })

  it('replayed is told so, and claims nothing', async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    joined(person, person.writes(code, TEN + 1000), TEN + 1001)
    const replayed = person.writes(code, TEN + 2000)
    expect([replayed.claims, saidIn(replayed)]).toEqual([[], [expect.stringContaining('déjà servi')]])
  })

  it('that is over is told apart from six digits of something else, which are a message like any other', async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    joined(person, person.writes(code, TEN + 1000), TEN + 1001)
    const asking = person.writes(`ma réservation ${other(code)}`, TEN + 2000)
    expect(saidIn(asking)).not.toContainEqual(expect.stringContaining('déjà servi'))
  })

  it('expired is told so, and another one counts', async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    const late = person.writes(code, TEN + 16 * MINUTE)
    expect([late.claims, saidIn(late)]).toEqual([[], [expect.stringContaining('ne vaut plus')]])
    const { code: next } = codeSent(person.writes('renvoyer', TEN + 17 * MINUTE))
    expect(person.writes(next, TEN + 18 * MINUTE).claims).toHaveLength(1)
  })

  it('of before is void once a new one left', async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    const { code: next } = codeSent(person.writes('renvoyer', TEN + MINUTE))
    expect(person.writes(code, TEN + 2 * MINUTE).claims).toEqual([])
    expect(person.writes(next, TEN + 3 * MINUTE).claims).toHaveLength(1)
  })

  it('of another address is void once that was corrected', async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    person.writes('jeanne.martin@example.fr', TEN + MINUTE)
    expect(person.writes(code, TEN + 2 * MINUTE).claims).toEqual([])
  })
})

describe('a code that did not arrive', () => {
  it('is told to whoever waits for it, once it is known', async () => {
    const person = await open()
    const { intent } = codeSent(asked(person))
    const refusal = { class: 'never' as const, code: '550', detail: '', remedy: { fr: '', en: '' } }
    const change = person.happens('send.refused', { intent, refusal, epoch: person.epoch }, TEN + 1000)
    expect(saidIn(change)).toEqual([expect.stringContaining('pas pu être remis à jeanne@example.fr')])
    person.writes('non', TEN + 2000)
    expect(saidIn(person.happens('send.refused', { intent, refusal, epoch: person.epoch }, TEN + 3000))).toEqual([])
  })
})

describe('who has others written to', () => {
  it('gets three codes a day for one address', async () => {
    const person = await open()
    asked(person)
    person.writes('renvoyer', TEN + MINUTE)
    person.writes('renvoyer', TEN + 2 * MINUTE)
    const fourth = person.writes('renvoyer', TEN + 3 * MINUTE)
    expect([fourth.outbox.some(({ channel }) => channel === MAIL), saidIn(fourth)]).toEqual([
      false,
      [expect.stringContaining('Trop'), 'Comme vous voulez.'],
    ])
    expect(asked(person, TEN + 25 * 60 * MINUTE).outbox.some(({ channel }) => channel === MAIL)).toBe(true)
  })

  it('gets six in all', async () => {
    const person = await open()
    person.writes('adresse', TEN)
    const sent = [1, 2, 3, 4, 5, 6, 7].map((n) => person.writes(`a${n}@example.fr`, TEN + n).outbox.some(({ channel }) => channel === MAIL))
    expect(sent).toEqual([true, true, true, true, true, true, false])
  })
})

describe('what cannot be proven', () => {
  it('is not sent where the channel is cut: nothing is recorded, and the journey goes on without', async () => {
    const person = await openPerson(withMail, undefined, [healthy(MAIL, 'email', { health: 'cut' })])
    expect(saidIn(asked(person))).toEqual([expect.stringContaining('ne pouvons pas envoyer de code'), 'Comme vous voulez.'])
  })

  it('belongs to another contact: nothing is recorded but that, and people look', async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    const change = joined(person, person.writes(code, TEN + 1000), TEN + 1001, 'con_other')
    expect(change.consents).toEqual([])
    expect(change.journal).toContainEqual(
      expect.objectContaining({ kind: 'contact.address-taken', data: { kind: 'email', other: 'con_other' } }),
    )
    expect([person.owner, saidIn(change)]).toEqual(['agents', [expect.stringContaining('autre dossier')]])
  })

  it('is six digits that answer another question: they are left to it', async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    person.writes('non', TEN + 1000)
    person.writes('voir ma réservation', TEN + 2000)
    expect(person.writes(other(code), TEN + 3000).journal.filter(({ kind }) => kind === 'address.code-tried')).toEqual([])
  })
})

it('a person of the business records an address, with what was agreed to', async () => {
  const person = await open()
  const address = { kind: 'email', value: 'jeanne@example.fr' }
  const consent = { for: ['service'] as const, words: 'Oui, au téléphone', source: 'agent:claire', proof: null }
  const change = person.happens('address', { address, consent }, TEN)
  const after = joined(person, change, TEN + 1)
  expect([consentsIn(after), saidIn(after)]).toEqual([[['email', 'service', true, 'agent:claire']], []])
})

describe('taking it back', () => {
  const agreed = async () => {
    const person = await open()
    const { code } = codeSent(asked(person))
    joined(person, person.writes(code, TEN + 1000), TEN + 1001)
    return person
  }
  for (const words of ['Ne plus m’écrire par e-mail', 'plus de mails svp', 'no more emails', 'Stop e-mail'])
    it(`is done by “${words}” in any thread, for service and offers`, async () => {
      const change = (await agreed()).writes(words, TEN + MINUTE)
      expect(consentsIn(change)).toEqual([
        ['email', 'service', false, 'message'],
        ['email', 'marketing', false, 'message'],
      ])
      expect(saidIn(change)).toHaveLength(1)
    })

  it('is done by a button, and once is enough', async () => {
    const person = await agreed()
    const tap = (at: number) =>
      person.happens(
        'message',
        {
          kind: 'message',
          vendorId: `tap.${at}` as VendorId,
          at,
          from: { addresses: [{ kind: 'whatsapp', value: '+33612345678' }] },
          content: { type: 'choice', id: 'x', label: 'Ne plus m’écrire par e-mail' },
        },
        at,
      )
    expect(tap(TEN + MINUTE).consents).toHaveLength(2)
    expect(tap(TEN + 2 * MINUTE).consents).toEqual([])
  })

  it('counts whoever has the conversation, in silence', async () => {
    const person = await agreed()
    person.happens('action', { action: 'take', agent: 'agent:claire' }, TEN + MINUTE)
    const change = person.writes('stop e-mail', TEN + 2 * MINUTE)
    expect([change.consents.length, saidIn(change)]).toEqual([2, []])
  })
})
