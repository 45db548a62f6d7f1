import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readExamples } from './example.ts'
import { readRulebook } from './load.ts'
import { sentenceOfProblem } from './problem.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'rules.md'), 'utf8')
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')

describe('docs/rules.md', () => {
  it('shows a rule that loads', () => {
    const { rulebook, problems } = readRulebook([{ path: 'whatsapp/marketing-us.yaml', source: blocks[0] ?? '' }])
    expect(problems.map((problem) => sentenceOfProblem(problem, 'en'))).toEqual([])
    expect(rulebook.rules).toHaveLength(1)
  })
  it('shows examples that read', () => {
    expect(readExamples({ path: 'examples.yaml', source: blocks[1] ?? '' })).toHaveLength(1)
  })
})
