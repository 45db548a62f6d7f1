import { expect, test } from 'vitest'
import { madeFiles, staleFiles } from '../../scripts/document.ts'
import { CATALOGUE } from '../../src/core/errors.ts'
import { describeSituation } from '../../src/policy/index.ts'

test('docs and schemas are what the code says (node scripts/document.ts writes them)', () => {
  expect(staleFiles()).toEqual([])
})

test('docs/situation.md has every word of a condition', () => {
  for (const { name } of describeSituation()) expect(madeFiles()['docs/situation.md']).toContain(`| \`${name}\` |`)
})

test('docs/errors.md has every error, docs/configuration.md every key of a step', () => {
  const made = madeFiles()
  for (const code of Object.keys(CATALOGUE)) expect(made['docs/errors.md']).toContain(`| \`${code}\` |`)
  for (const key of ['workspace.name', 'channels', 'plans.reach.<name>[].wait', 'choose.options[].label', 'remind.after', 'hours']) {
    expect(made['docs/configuration.md']).toContain(`| \`${key}\` |`)
  }
})
