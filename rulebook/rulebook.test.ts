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

const SEVEN = ['FR', 'IT', 'DE', 'BR', 'TR', 'US', 'IN']
/** Days on which a topic's examples speak of a customer, and of which messages. */
const shown = (topic: string, country: string, holds: (example: Example) => boolean = () => true): string[] =>
  examplesOf(topic)
    .filter((example) => (example.given?.contact?.country ?? 'FR') === country && holds(example))
    .map(({ at }) => at.slice(0, 10))

describe('examples show every dated event around the AI clause, on the day before and the day itself', () => {
  const EVENTS = [
    ['2025-10-15', 'the terms bind new AI providers'],
    ['2025-11-25', 'the Italian authority widens its case'],
    ['2025-12-04', 'the Commission opens its case'],
    ['2025-12-22', 'the Italian order'],
    ['2025-12-24', 'its publication'],
    ['2026-01-12', 'the Brazilian measure'],
    ['2026-01-15', 'the terms bind all'],
    ['2026-01-22', 'a court suspends the Brazilian measure'],
    ['2026-02-09', 'the Commission’s objections'],
    ['2026-02-16', 'the fee in Italy'],
    ['2026-02-17', 'COMESA'],
    ['2026-03-04', 'the EEA opens; the Brazilian measure is restored'],
    ['2026-03-11', 'the fee in further countries'],
    ['2026-04-15', 'further objections, Italy included'],
    ['2026-05-13', 'no fee any more'],
    ['2026-06-05', 'the Turkish measure'],
    ['2026-06-09', 'the Commission’s measures'],
    ['2026-07-01', 'the platform’s own agent'],
    ['2026-07-07', 'the day after the Turkish month'],
    ['2026-10-01', 'every reply is charged'],
  ] as const
  describe.each(EVENTS)('%s, %s', (day) => {
    it.each(SEVEN)('%s', (country) => expect(shown('whatsapp/ai-clause', country)).toEqual(expect.arrayContaining([addDays(day, -1), day])))
  })
})

describe('examples show prices on both sides of 1 October 2026', () => {
  const KINDS: Readonly<Record<string, (example: Example) => boolean>> = {
    service: ({ given }) => (given?.message?.category ?? 'service') === 'service' && given?.window?.freeEntry !== 'open',
    'utility inside the window': ({ given }) => given?.message?.category === 'utility' && given.window?.service === 'open',
    'utility outside it': ({ given }) => given?.message?.category === 'utility' && given.window?.service === 'closed',
    authentication: ({ given }) => given?.message?.category === 'authentication',
    marketing: ({ given }) => given?.message?.category === 'marketing' && given.window?.freeEntry !== 'open',
  }
  describe.each(Object.entries(KINDS))('%s', (_, holds) => {
    it.each(SEVEN)('%s', (country) =>
      expect(shown('prices/whatsapp', country, holds)).toEqual(expect.arrayContaining(['2026-09-30', '2026-10-01'])),
    )
  })
  it('and nothing that is charged is told as zero', () => {
    const charged = examplesOf('prices/whatsapp').filter(({ at, given }) => at >= '2026-10-01' && given?.window?.freeEntry !== 'open')
    expect(charged.length).toBeGreaterThan(40)
    for (const { then } of charged) expect(then).not.toMatchObject({ price: 0 })
  })
})

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
    // A business is its own source.
    for (const line of topics.filter(({ by }) => by !== 'business').flatMap((topic) => topic.says)) {
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
