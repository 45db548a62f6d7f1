import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addDays } from '../src/core/local-time.ts'
import { type Example, failureOf, listRules, loadRulebook, readExamples } from '../src/policy/index.ts'

const folder = import.meta.dirname
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith('.yaml'))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(folder, path), source: readFileSync(path, 'utf8') }))
const rulebook = loadRulebook(files)
const topics = listRules(rulebook)
const examplesOf = (id: string) => {
  const file = files.find((one) => one.path === `${id}.examples.yaml`)
  return file ? readExamples(file) : []
}

describe.each(topics)('$id', ({ id, says }) => {
  const examples = examplesOf(id)

  it.each(examples)('$at: $because', (example) => {
    expect(failureOf(rulebook, id, example)).toBeNull()
  })

  it('has an example on each side of every date', () => {
    for (const { place, since, until } of says) {
      const days = examples.filter((example) => isFor(example, place)).map((example) => example.at.slice(0, 10))
      for (const first of [since, ...(until === null ? [] : [addDays(until, 1)])]) {
        expect(days, `${place} ${first}, on the day`).toContain(first)
        expect(days, `${place} ${first}, the day before`).toContain(addDays(first, -1))
      }
    }
  })

  it('has examples that speak and examples that do not', () => {
    expect(examples.length).toBeGreaterThan(1)
    expect(new Set(examples.map((example) => JSON.stringify(example.then))).size).toBeGreaterThan(1)
  })
})

/** An example of a country's own line names that country; those of groups and of the world are anybody's. */
const isFor = ({ given }: Example, place: string): boolean => {
  const country = given?.contact?.country ?? 'FR'
  return place === 'world' || rulebook.groups.has(place) || country === place
}

describe('the rulebook', () => {
  it('names a source for every line, read within the last year', () => {
    for (const line of topics.flatMap((topic) => topic.says)) {
      if (line.source === null) continue
      expect(line.source).toMatch(/^https:\/\//)
      expect(line.read ?? '').toMatch(/^2026-/)
    }
  })

  it('is written in French as French is set', () => {
    for (const { path, source } of files) {
      for (const [index, line] of source.split('\n').entries()) {
        if (!/^\s*fr: /.test(line)) continue
        const text = line.replace(/^\s*fr: /, '')
        expect(text, `${path}:${index + 1}`).not.toMatch(/ [:;?!»]|« |'/)
      }
    }
  })
})
