import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { testExamples } from './example.ts'
import { readRulebook } from './load.ts'
import { sentenceOfProblem } from './problem.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const yamlIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.yaml') && !entry.name.endsWith('.examples.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path), source: readFileSync(path, 'utf8') }))

const page = readFileSync(join(ROOT, 'docs', 'rules.md'), 'utf8')
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')

describe('docs/rules.md', () => {
  it('shows a rule that loads', () => {
    const { rulebook, problems } = readRulebook([{ path: 'whatsapp/marketing-us.yaml', source: blocks[0] ?? '' }])
    expect(problems.map((problem) => sentenceOfProblem(problem, 'en'))).toEqual([])
    expect(rulebook.rules).toHaveLength(1)
  })
  it('shows examples that hold, one a country where it shows several', () => {
    const path = 'whatsapp/marketing-us.examples.yaml'
    const { rulebook } = readRulebook([{ path: path.replace('.examples', ''), source: blocks[0] ?? '' }])
    expect(testExamples(rulebook, [{ path, source: blocks[1] ?? '' }])).toEqual({ count: 4, problems: [] })
  })
})

describe('docs/write-a-rule.md', () => {
  const guide = readFileSync(join(ROOT, 'docs', 'write-a-rule.md'), 'utf8')
  const shipped = yamlIn(join(ROOT, 'rulebook'))
  const written = [...guide.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)].map((match) => ({ path: match[1] ?? '', source: match[2] ?? '' }))
  const own = written.filter(({ path }) => path !== 'wrong').map((file) => ({ ...file, business: true }))

  it('shows rules that load beside the shipped ones, and examples that hold', () => {
    const { rulebook, problems } = readRulebook([...shipped, ...own])
    expect(problems.map((problem) => sentenceOfProblem(problem, 'en'))).toEqual([])
    const { count, problems: failures } = testExamples(rulebook, own)
    expect(failures.map((problem) => sentenceOfProblem(problem, 'en'))).toEqual([])
    expect(count).toBeGreaterThan(15)
  })

  it('shows examples beside every rule', () => {
    const paths = own.map(({ path }) => path)
    for (const path of paths.filter((one) => !one.endsWith('.examples.yaml')))
      expect(paths).toContain(path.replace('.yaml', '.examples.yaml'))
  })

  const mistakes = [...guide.matchAll(/```yaml\n(# wrong\n[\s\S]*?)```\n\n```text\n(.*)\n```/g)].map((match) => [
    match[2] ?? '',
    match[1] ?? '',
  ])
  it.each(mistakes)('tells of a mistake as Relais does: %s', (told, source) => {
    const { problems } = readRulebook([...shipped, { path: 'rules/wrong.yaml', source, business: true }])
    expect(problems.map((problem) => sentenceOfProblem(problem, 'en'))).toEqual([told])
  })
  it('shows every mistake with what is told of it', () => {
    expect(mistakes).toHaveLength(written.filter(({ path }) => path === 'wrong').length)
  })
})
