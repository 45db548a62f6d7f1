import { generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bare, PEOPLE, WAYS } from '../../tests/support/known-people.ts'
import type { Content } from '../core/content.ts'
import type { EvidenceSource, KnownPerson, SaidMessage } from '../core/evidence.ts'
import { asId, type ChannelId, type ConversationId, type MessageId } from '../core/ids.ts'
import { publicKeyOf } from '../core/signing.ts'
import type { Situation } from '../core/situation.ts'
import { situationOf } from '../policy/index.ts'
import { type EvidenceRequest, evidencePage, gatherEvidence, sealPage, signerOf } from './index.ts'
import { NAMES_OF_OTHERS } from './words.ts'

const NOON = Date.parse('2026-11-22T11:00:00Z')
const { privateKey } = generateKeyPairSync('ed25519')
const key = publicKeyOf(privateKey)

type Part = { readonly whose: string; readonly text: string; readonly type?: Content['type']; readonly person?: KnownPerson }
const CONTENT = new Map<MessageId, Part>()
let count = 0
const message = (part: Part, rest: Partial<SaidMessage>): SaidMessage => {
  count += 1
  const id = asId<MessageId>(`msg_${count}`)
  CONTENT.set(id, part)
  return {
    id,
    conversation: asId<ConversationId>(part.whose),
    channel: asId<ChannelId>('line'),
    kind: 'sms',
    direction: 'in',
    at: NOON + count,
    author: 'customer',
    type: part.type ?? 'text',
    status: 'received',
    decision: null,
    ...rest,
  }
}
const asks = (whose: string, text = 'Où est mon colis ?'): SaidMessage => message({ whose, text }, {})
type Judged = Partial<Situation['message']> & {
  readonly type?: Content['type']
  readonly outcome?: NonNullable<SaidMessage['decision']>['outcome']
}
const says = (
  whose: string,
  author: string,
  judged: Judged = {},
  status: SaidMessage['status'] = 'delivered',
  text = 'Voici.',
): SaidMessage => {
  const plain = { ...situationOf({}).message, purposeAssumed: false, ai: author.startsWith('engine:m'), automatic: true, reply: true }
  const { type, outcome = 'allow', ...facts } = judged
  const decision = { outcome, rulebook: 'f00d', rules: ['eu/ai-disclosure'], message: { ...plain, ...facts }, humanReachable: true }
  return message({ whose, text, ...(type ? { type } : {}) }, { direction: 'out', author, status, decision })
}

const sourceOf = (said: readonly SaidMessage[], people: ReadonlyMap<string, KnownPerson> = new Map()): EvidenceSource => ({
  async *said() {
    yield* said
  },
  count: async () => new Set(said.map(({ conversation }) => conversation)).size,
  contents: async (ids) => new Map(ids.map((id) => [id, { type: 'text', text: CONTENT.get(id)?.text ?? '' }])),
  people: async (ids) => new Map(ids.flatMap((id) => (people.has(id) ? [[id, people.get(id) as KnownPerson]] : []))),
  agents: async () => ['Claire Fontaine'],
})
const request: EvidenceRequest = {
  language: 'fr',
  business: { name: 'Colis & Cie', country: 'FR', aiIs: 'incidental', aiSince: '' },
  key,
  rulebook: 'f00d',
  since: Date.parse('2026-11-01T00:00:00Z'),
  until: NOON + 3_600_000,
  timezone: 'UTC',
  made: NOON,
  seed: null,
  each: 5,
}
const gather = (said: readonly SaidMessage[], change: Partial<EvidenceRequest> = {}) =>
  gatherEvidence(sourceOf(said), { ...request, ...change })

describe('what was asked, and how it was handled', () => {
  it('is counted once a question, by the decision on its answer', async () => {
    const { questions, messages, ai, rulebooks, channels } = await gather([
      // Written in a row: one question.
      asks('a'),
      asks('a'),
      says('a', 'engine:mistral', { firstAiTurn: true, disclosed: true }),
      asks('a'),
      says('a', 'engine:mistral', { offersHuman: true }),
      asks('b'),
      says('b', 'engine:faq'),
      asks('b'),
      says('b', 'system', { purpose: 'none' }),
      says('b', 'agent:claire'),
      asks('c'),
      says('c', 'system', { purpose: 'general' }),
      asks('c'),
      says('c', 'system', { purpose: 'general', type: 'link' }),
      asks('c'),
      says('c', 'engine:mistral', { purpose: 'general' }),
      asks('d'),
      says('d', 'journey:menu', { purposeAssumed: true }),
      asks('d'),
      says('d', 'engine:mistral', { outcome: 'hold' }, 'held'),
      asks('d'),
      says('d', 'engine:mistral', { outcome: 'refuse' }, 'refused'),
      asks('d'),
    ])
    expect(questions).toMatchObject({ total: 11, asked: { service: 6, general: 3, none: 0, unsure: 0, assumed: 1, unjudged: 1 } })
    expect(questions.handled.service).toMatchObject({ ai: 2, quoted: 1, person: 1, journey: 0, held: 1, refused: 1, unanswered: 0 })
    expect(questions.handled.assumed).toMatchObject({ journey: 1 })
    expect(questions.handled.general).toMatchObject({ 'turned-away': 1, elsewhere: 1, ai: 1 })
    expect(questions.handled.unjudged).toMatchObject({ unanswered: 1 })
    expect(messages).toMatchObject({ total: 9, by: { ai: 3, quoted: 1, journey: 1, person: 1, house: 3 } })
    expect(ai).toEqual({ messages: 3, first: 1, firstDisclosed: 1, personReachable: 3, personOffered: 1 })
    expect(rulebooks).toEqual([{ digest: 'f00d', decisions: 11 }])
    expect(channels).toMatchObject([{ channel: 'line', kind: 'sms', asked: { service: 6, general: 3, assumed: 1 } }])
  })

  it('tells how many conversations are done', async () => {
    const told: number[] = []
    await gather([asks('a'), says('a', 'engine:faq'), asks('b'), asks('c')], { onProgress: (done) => told.push(done) })
    expect(told).toEqual([0, 1, 2])
  })

  it('what a business begins by itself is no question', async () => {
    const { questions, messages } = await gather([says('a', 'api:shop', { reply: false }), asks('b'), says('b', 'engine:faq')])
    expect([questions.total, messages.total]).toEqual([1, 2])
  })

  it('examples are drawn by the seed alone: the same again, others under another seed, never more than asked', async () => {
    const many = Array.from({ length: 40 }, (_, n) => [asks(`c${n}`, `question ${n}`), says(`c${n}`, 'engine:faq')]).flat()
    const drawn = async (seed: string | null, said = many) =>
      (await gather(said, { seed, each: 4 })).samples.map(({ question }) => question[0])
    const first = await drawn('one')
    expect(first).toHaveLength(4)
    expect(await drawn('one')).toEqual(first)
    expect(await drawn('two')).not.toEqual(first)
    expect(await drawn(null)).toEqual(await drawn(null))
  })
})

describe('the file', () => {
  const small = async () => {
    const evidence = await gather([asks('a', 'Un <b>colis</b> & un "pli" ?'), says('a', 'engine:faq')])
    return { evidence, file: Buffer.from(sealPage(evidencePage(evidence, ':root{}'), privateKey)) }
  }

  it('holds the same facts for people and for programs', async () => {
    const { evidence, file } = await small()
    const [, json = ''] = /<script type="application\/json" id="evidence">(.*?)<\/script>/su.exec(file.toString()) ?? []
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(evidence)))
    expect(file.toString()).toContain('Un &#60;b&#62;colis&#60;/b&#62; &#38; un')
    expect(file.toString()).not.toContain('<b>colis')
  })

  it('tells how many names of third persons masking sees, as the documentation does', async () => {
    const { file } = await small()
    expect(file.toString()).toContain(`${NAMES_OF_OTHERS} sur 100 ont été masqués`)
    const page = await readFile(join(import.meta.dirname, '../../docs/evidence.md'), 'utf8')
    expect(page).toContain(`${NAMES_OF_OTHERS} of 100 mentions were masked`)
  })

  it('tells its signer; with any byte changed, added or taken away it has none', async () => {
    const { file } = await small()
    expect(signerOf(file)).toBe(key)
    const intact: string[] = []
    for (let at = 0; at < file.length; at++) {
      const bits = at > file.length - 200 ? [1, 2, 4, 8, 16, 32, 64, 128] : [1]
      for (const bit of bits) {
        const flipped = Buffer.from(file)
        flipped[at] = (flipped[at] ?? 0) ^ bit
        if (signerOf(flipped) !== null) intact.push(`${at}^${bit}`)
      }
    }
    expect(intact).toEqual([])
    for (const other of [
      Buffer.concat([file, Buffer.from('\n')]),
      Buffer.concat([Buffer.from(' '), file]),
      file.subarray(0, -1),
      file.subarray(1),
      Buffer.alloc(0),
    ])
      expect(signerOf(other)).toBeNull()
  }, 120_000)

  it('signed anew by another key it tells that key', async () => {
    const { evidence } = await small()
    const other = generateKeyPairSync('ed25519').privateKey
    expect(signerOf(Buffer.from(sealPage(evidencePage(evidence, ''), other)))).toBe(publicKeyOf(other))
  })

  it('shows nothing of two hundred customers who wrote their names, numbers and addresses', async () => {
    const people = new Map<string, KnownPerson>(
      PEOPLE.map((person, n) => [
        `p${n}`,
        {
          names: [person.name],
          addresses: [
            { kind: 'whatsapp', value: person.number },
            { kind: 'email', value: person.email },
          ],
          details: [`${person.street}, ${person.town}`, person.order],
          country: 'FR',
        },
      ]),
    )
    const said = PEOPLE.flatMap((person, n) => [
      asks(`p${n}`, `${WAYS[n % WAYS.length]?.(person)} ${person.email} ${person.order}`),
      says(
        `p${n}`,
        'engine:faq',
        {},
        'delivered',
        `Bonjour ${person.name.toUpperCase()}, ici Claire FONTAINE : le colis ${person.order} part pour ${person.street}.`,
      ),
    ])
    const evidence = await gatherEvidence(sourceOf(said, people), { ...request, each: 200 })
    expect(evidence.samples).toHaveLength(200)
    const whole = bare(sealPage(evidencePage(evidence, ''), privateKey))
    const shown = bare(JSON.stringify(evidence.samples))
    const leaks = PEOPLE.flatMap((person) => {
      const words = person.name
        .split(/[\s\-’']+/u)
        .map(bare)
        .filter((word) => word.length > 3)
      const everywhere = [bare(person.name), person.national, bare(person.email), bare(`${person.street}`), bare(person.order)]
      return [
        ...everywhere.filter((one) => whole.includes(one)),
        ...[...words, bare(person.town), 'fontaine'].filter((one) => shown.includes(one)),
      ]
    })
    expect(leaks).toEqual([])
  })
})
