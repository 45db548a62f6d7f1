/** Whoever asks engines asks within what is paused and spent: each of the callers, one by one. */
import { describe, expect, it } from 'vitest'
import { MODEL, modelWith, performersWith, threadOf } from '../../tests/support/performing.ts'
import { asId, type ChannelId, type ContactId, type VendorId } from '../core/ids.ts'
import type { StartedTaskKind } from '../core/task.ts'
import { indexPassages } from '../knowledge/indexing.ts'
import { createMemorySource } from '../knowledge/memory.ts'

const SITE = asId<ChannelId>('site')
const ANNA = asId<ContactId>('con_anna')
const SAID = 'Changer la date de mon départ ?'

const open = (more: { readonly spent?: boolean; readonly paused?: string; readonly personalData?: 'none' | 'all' } = {}) => {
  const setup = { personalData: more.personalData ?? 'all' }
  const { asked, links, plans } = modelWith(() => 'Elle veut changer sa date de départ [1].', { setup, tasks: ['summarise', 'classify'] })
  const askedFor: ContactId[] = []
  const passage = {
    id: 'p1',
    document: 'd',
    title: 'Dates',
    text: 'Changer la date de départ coûte 45 €.',
    language: 'fr',
    score: 1,
    also: '',
    position: 0,
  }
  const performers = performersWith({
    workspace: { plans },
    links,
    ...threadOf([SAID]),
    knowledge: createMemorySource(indexPassages([passage], [])),
    pauses: async () => (more.paused ? [{ what: more.paused, reason: '', at: 0 } as never] : []),
    engineBudgets: {
      spentFor: async (whom) => {
        askedFor.push(whom)
        return () => more.spent === true
      },
    },
  })
  const { signal } = new AbortController()
  const place = { contact: ANNA, channel: SITE, language: 'fr' as const }
  const question = { channel: SITE, message: 'v1' as VendorId, text: SAID }
  const task = (kind: StartedTaskKind, data = false) =>
    performers.task?.(
      {
        ...place,
        task: kind,
        instruction: null,
        matter: data ? { over: 'data', pieces: [{ title: 'claim', text: 'Départ le 3 mars.' }] } : { over: 'thread' },
      },
      signal,
    )
  const callers: Readonly<Record<string, () => Promise<{ readonly attempts: readonly object[] } | undefined>>> = {
    answer: () => performers.think({ ...place, question, visit: null, purpose: 'service' }, signal),
    'classify, then answer': () => performers.think({ ...place, question, visit: null, purpose: 'unsure' }, signal),
    'a summary for the call centre': async () => performers.summarise?.(place, signal),
    'a task over given data': () => task('draft', true) ?? Promise.resolve(undefined),
    'a draft at the desk': () => task('draft') ?? Promise.resolve(undefined),
    'replies at the desk': () => task('suggest') ?? Promise.resolve(undefined),
    'a summary at the desk': () => task('summarise') ?? Promise.resolve(undefined),
  }
  return { callers, ledger: asked, askedFor, task }
}
const CALLERS = Object.keys(open().callers)

describe.each(CALLERS)('%s', (name) => {
  it('asks nothing of an engine whose budget is spent, and says so', async () => {
    const { callers, ledger, askedFor } = open({ spent: true })
    const told = await callers[name]?.()
    expect(ledger).toEqual([])
    expect(new Set(told?.attempts.map((one) => (one as { result: string }).result))).toEqual(new Set(['budget']))
    expect(askedFor, 'whose budget it is').toEqual([ANNA])
  })

  it('asks nothing of one that a person stopped, nor of any while all automation is', async () => {
    for (const paused of [MODEL, 'ai']) {
      const { callers, ledger } = open({ paused })
      await callers[name]?.()
      expect(ledger).toEqual([])
    }
  })

  it('asks one that may be asked', async () => {
    const { callers, ledger } = open()
    await callers[name]?.()
    expect(ledger.length).toBeGreaterThan(0)
  })
})

it('a task says why nobody worked on it', async () => {
  expect(await open({ spent: true }).task('draft', true)).toMatchObject({ text: null, why: 'budget' })
  expect(await open({ paused: MODEL }).task('draft', true)).toMatchObject({ text: null, why: 'paused' })
  expect(await open({ paused: 'ai' }).task('draft', true)).toMatchObject({ text: null, why: 'paused', attempts: [] })
  expect(await open({ personalData: 'none' }).task('draft', true)).toMatchObject({ text: null, why: 'no-engine' })
  expect(await open().task('draft', true)).toMatchObject({
    text: 'Elle veut changer sa date de départ.',
    why: null,
    engine: 'model',
    ai: true,
  })
})
