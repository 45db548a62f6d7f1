import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { barsOf } from '../src/core/clearance.ts'
import { addDays } from '../src/core/local-time.ts'
import {
  type Example,
  failureOf,
  judge,
  listRules,
  loadRulebook,
  readExamples,
  situationAt,
  withWorkspaceRules,
} from '../src/policy/index.ts'

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path), source: readFileSync(path, 'utf8') }))

const files = filesIn(import.meta.dirname)
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

describe('an engine that the rules bar from WhatsApp’s text', () => {
  const declared = [true, false, null].flatMap((trainsOnData) =>
    (['none', 'pseudonyms', 'all'] as const).map((personalData) => ({ trainsOnData, personalData })),
  )
  const SAID = new Map<boolean | null, 'yes' | 'no' | 'unknown'>([
    [true, 'yes'],
    [false, 'no'],
    [null, 'unknown'],
  ])
  const asked = (trainsOnData: boolean | null, day: string) => {
    const given = { channel: { kind: 'whatsapp' }, engine: { asked: true, trainsOnData: SAID.get(trainsOnData) } }
    const { situation, at } = situationAt(given, day)
    return judge(rulebook, situation, at).outcome
  }
  it.each(declared)('is never asked, whatever else is declared: $trainsOnData, $personalData', (setup) => {
    if (asked(setup.trainsOnData, '2026-11-22') === 'refuse') expect(barsOf(setup, false)).toContain('trains-on-data')
    else expect(barsOf(setup, false)).not.toContain('trains-on-data')
  })
  it('is barred by the house since before the rule, and in our own process nothing leaves', () => {
    expect(asked(null, '2026-01-14')).toBe('allow')
    expect(asked(null, '2026-01-15')).toBe('refuse')
    expect(barsOf({ trainsOnData: null, personalData: 'all' }, false)).toEqual(['trains-on-data'])
    expect(barsOf({ trainsOnData: true, personalData: 'none' }, true)).toEqual([])
  })
})

describe('the demo workspace’s own rules', () => {
  const own = filesIn(join(import.meta.dirname, '..', 'workspaces', 'demo', 'rules'))
  const both = withWorkspaceRules(rulebook, own)
  const examples = own
    .filter(({ path }) => path.endsWith('.examples.yaml'))
    .flatMap((file) => {
      const rule = both.rules.find((one) => one.file === file.path.replace('.examples', ''))
      return readExamples(file).map((example) => ({ id: rule?.id ?? file.path, example, because: example.because }))
    })

  it.each(examples)('$id: $because', ({ id, example }) => {
    expect(failureOf(both, id, example)).toBeNull()
  })
})

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
