/** The summary a person reads before they call somebody back: of whom it is asked, and of what. */
import { expect, it } from 'vitest'
import { modelWith, performersWith, threadOf } from '../../tests/support/performing.ts'
import { asId, type ChannelId, type ContactId } from '../core/ids.ts'
import type { EngineSetup } from '../core/workspace.ts'

const CALLS = asId<ChannelId>('calls')

const summarise = async (planned: boolean, setup: Partial<EngineSetup> = {}) => {
  const { asked, links, plans } = modelWith(() => 'Elle veut changer sa date [1].', { setup, tasks: planned ? ['summarise'] : [] })
  // The last is a draft.
  const said = ['Je veux changer la date de mon voyage', 'Pour quel dossier ?', 'Votre place est gardée.']
  const thread = threadOf(said, (n) => (n > 1 ? { status: 'held' } : {}))
  const performers = performersWith({ workspace: { plans }, links, ...thread })
  const request = { contact: asId<ContactId>('con_1'), channel: CALLS, language: 'fr' as const }
  const { text = null, attempts = [] } = (await performers.summarise?.(request, new AbortController().signal)) ?? {}
  return { summary: text, attempts, asked }
}

it('is made of the thread alone, by an engine that a plan names for it', async () => {
  const { summary, asked, attempts } = await summarise(true)
  expect(attempts, 'what it cost is told').toMatchObject([{ result: 'answered' }])
  expect(summary).toBe('Elle veut changer sa date.')
  expect(JSON.stringify(asked)).toContain('changer la date de mon voyage')
  expect(JSON.stringify(asked), 'nobody has heard of a draft').not.toContain('Votre place est gardée')
})

it('is asked of nobody where no plan names one, or where that one may not see personal data', async () => {
  for (const { summary, asked } of [await summarise(false), await summarise(true, { personalData: 'none' })]) {
    expect([summary, asked]).toEqual([null, []])
  }
})
