/** Pauses, budgets and the guard come with every question to an engine, because there is one place to ask from. */
import { expect, it } from 'vitest'
import { isTest, readSources } from './source.ts'

const MAY_ASK: Readonly<Record<string, string>> = {
  'src/cli/asking.ts': 'asks for a contact, within what is paused and spent',
  'src/cli/prompts/trial.ts': 'tries prompts on made-up cases: an operator asks, and no contact is answered',
}

const sources = readSources('src').filter((source) => !isTest(source) && source.path !== 'src/engines/chain.ts')

it('the chain of engines is asked in one place, and tried in another', () => {
  const asking = sources.filter(({ text }) => /\brunChain\(/.test(text))
  expect(asking.map(({ path }) => path).sort()).toEqual(Object.keys(MAY_ASK).sort())
})

it('that place asks what is paused and what is spent', () => {
  const text = sources.find(({ path }) => path === 'src/cli/asking.ts')?.text ?? ''
  expect(text).toContain('options.pauses()')
  expect(text).toContain('options.engineBudgets.spentFor(contact)')
})
