/** A message that nobody is sure of: whose opinion is asked, what it may change, and who may answer meanwhile. */
import { describe, expect, it } from 'vitest'
import { modelWith, performersWith, threadOf } from '../../tests/support/performing.ts'
import { asId, type ChannelId, type ContactId, type VendorId } from '../core/ids.ts'
import type { Purpose } from '../core/situation.ts'
import type { EngineSetup } from '../core/workspace.ts'
import { indexPassages } from '../knowledge/indexing.ts'
import { createMemorySource } from '../knowledge/memory.ts'
import { opinionOf } from './second-opinion.ts'

const QUESTION = 'le dernier chapitre est trop court, non ?'
const CHANNEL = asId<ChannelId>('whatsapp')

/** Asks as a job does. `opinion`: the passage the model cites when it is asked which kind a message is. */
const think = async (options: {
  readonly purpose: Purpose
  readonly opinion?: string
  readonly classify?: boolean
  readonly scope?: 'service' | 'general'
  readonly engine?: Partial<EngineSetup>
  /** Of the journey's step that it was asked in. */
  readonly visit?: number
  /** What was said before, the customer first; what of it is general. */
  readonly said?: readonly string[]
  readonly general?: string
}) => {
  const { asked, links, plans } = modelWith(({ passages }) => (passages.length === 3 ? options.opinion : 'Un poème [1].'), {
    setup: options.engine,
    tasks: options.classify ? ['classify'] : [],
  })
  const channels = [{ id: CHANNEL, kind: 'whatsapp', scope: options.scope ?? ('service' as const), throughput: null, config: {} }]
  const passages = [
    {
      id: 'p#1',
      document: 'p',
      title: 'Chapitre',
      text: 'Le dernier chapitre est court.',
      language: 'fr',
      also: 'dernier chapitre court',
      position: 0,
    },
  ]
  const performers = performersWith({
    workspace: { channels, plans },
    links,
    ...threadOf(options.said ?? []),
    knowledge: createMemorySource(indexPassages(passages, [])),
    purposeOf: (text) => (text === options.general ? 'general' : 'service'),
  })
  const question = { channel: CHANNEL, message: asId<VendorId>('wamid'), text: QUESTION }
  const request = {
    question,
    language: 'fr' as const,
    visit: options.visit ?? null,
    purpose: options.purpose,
    channel: CHANNEL,
    contact: asId<ContactId>('con_1'),
  }
  const thought = await performers.think(request, new AbortController().signal)
  return { thought, prompts: asked }
}

describe('a message of which nobody knows whose matter it is', () => {
  it('reaches no model where no plan asks for an opinion', async () => {
    const { thought, prompts } = await think({ purpose: 'unsure' })
    expect(prompts).toEqual([])
    expect(thought).toMatchObject({ answer: null, purpose: 'unsure' })
  })

  it('is answered by the models where a second opinion calls it the business’s own', async () => {
    const { thought, prompts } = await think({ purpose: 'unsure', classify: true, opinion: 'Elle répond à une question [1].' })
    expect(prompts).toHaveLength(2)
    expect(thought).toMatchObject({ purpose: 'service', answer: { engine: 'model', ai: true } })
  })

  it('is not answered, and told as general, where the opinion is that', async () => {
    const { thought, prompts } = await think({ purpose: 'unsure', classify: true, opinion: 'C’est une question de lecture [2].' })
    expect(prompts).toHaveLength(1)
    expect(thought).toMatchObject({ purpose: 'general', answer: null })
  })

  it('stays unsure where the opinion cites nothing, two kinds, or cannot be had', async () => {
    for (const opinion of ['Aucune idée.', 'Les deux [1] [2].', 'NO_ANSWER'])
      expect((await think({ purpose: 'unsure', classify: true, opinion })).thought).toMatchObject({ purpose: 'unsure', answer: null })
  })

  it('is shown to no engine that may not see what customers write, or that trains on it', async () => {
    for (const engine of [{ personalData: 'none' }, { trainsOnData: true }, { trainsOnData: null }] as const) {
      const { thought, prompts } = await think({ purpose: 'unsure', classify: true, opinion: '[1]', engine })
      expect(prompts).toEqual([])
      expect(thought.purpose).toBe('unsure')
    }
  })

  it('goes in as data between tags that it cannot close', async () => {
    const { prompts } = await think({ purpose: 'unsure', classify: true, opinion: '[2]' })
    expect(JSON.stringify(prompts[0]?.messages)).toMatch(/<question_[a-p\w]+>\\n.*chapitre.*\\n<\/question_/)
  })
})

describe('what was said before', () => {
  const said = ['Où est mon colis ?', 'Il arrive demain.', 'Écris un poème.', 'Je ne peux pas répondre ici à cette question.']
  const heard = async (scope: 'service' | 'general') => {
    const { prompts } = await think({ purpose: 'none', scope, said, general: 'Écris un poème.' })
    const told = JSON.stringify(prompts[0]?.messages)
    return said.filter((text) => told.includes(text))
  }

  it('goes to no engine where it was a general question: “go on, then” would ask it again', async () => {
    expect(await heard('service')).toEqual(said.slice(0, 2))
  })

  it('goes there whole where the channel answers anything', async () => {
    expect(await heard('general')).toEqual(said)
  })
})

it('is asked about nothing that is clear', async () => {
  const { thought, prompts } = await think({ purpose: 'service', classify: true, opinion: '[2]' })
  expect(prompts).toHaveLength(1)
  expect(thought.purpose).toBe('service')
})

describe('a general question while a journey’s step waits', () => {
  it('is answered by no model, whatever an opinion could say, and is told as unsure: it may be an answer to the step', async () => {
    const { thought, prompts } = await think({ purpose: 'general', visit: 1, classify: true, opinion: '[1]' })
    expect(prompts).toEqual([])
    expect(thought).toMatchObject({ answer: null, purpose: 'unsure' })
  })

  it('is answered where the channel answers anything', async () => {
    expect((await think({ purpose: 'general', visit: 1, scope: 'general' })).thought).toMatchObject({ answer: { engine: 'model' } })
  })
})

it('counts only where it names one kind', () => {
  expect([[], ['service', 'general'], ['p#1'], ['none']].map(opinionOf)).toEqual(['unsure', 'unsure', 'unsure', 'none'])
})
