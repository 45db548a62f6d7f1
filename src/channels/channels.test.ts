/** The law of a connector's folder: what it is made of, that it keeps the contract, and that it is registered by one line. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { channels } from './index.ts'

const here = new URL('./', import.meta.url)
/** What has no far end at the wire: it calls nobody, so there is no answer to judge. The house's own page still keeps the contract of what comes in. */
const WITHIN: ReadonlySet<string> = new Set(['callback', 'web'])
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'contract')
  .map(({ name }) => name)

const NEEDED = ['index.ts', 'config.ts', 'wire.ts', 'verify.ts', 'inbound.ts', 'outbound.ts', 'refusals.ts', 'README.md']
const read = (folder: string, file: string): string => readFileSync(new URL(`${folder}/${file}`, here), 'utf8')
const linesOf = (text: string): number => text.trimEnd().split('\n').length

it('registers every connector folder, and nothing else', () => {
  expect(channels.map(({ kind }) => kind).sort()).toEqual(folders.sort())
})

describe.each(folders.filter((folder) => !WITHIN.has(folder)))('the folder of %s', (folder) => {
  it('has every file the law names', () => {
    const needed = [...NEEDED, `${folder}.test.ts`]
    expect(needed.filter((file) => !existsSync(new URL(`${folder}/${file}`, here)))).toEqual([])
  })

  it('keeps its table of contents within 60 lines', () => {
    expect(linesOf(read(folder, 'index.ts'))).toBeLessThanOrEqual(60)
  })

  it('runs the contract suite on itself', () => {
    expect(read(folder, `${folder}.test.ts`)).toMatch(/^channelContract\(\{$/m)
  })

  it('has fixtures, one case a file, each with a name of its own', () => {
    const files = readdirSync(new URL(`${folder}/fixtures/`, here))
    const names = files.map((file) => JSON.parse(read(folder, `fixtures/${file}`)).name)
    expect(files.length).toBeGreaterThan(5)
    expect(new Set(names).size).toBe(files.length)
  })

  it('reaches for no global: fetch, clock, randomness and environment are given', () => {
    const sources = readdirSync(new URL(`${folder}/`, here)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    const reaching = sources.filter((file) =>
      /(?<![.\w])fetch\(|Date\.now|new Date\(\)|Math\.random|process\.env|console\./.test(read(folder, file)),
    )
    expect(reaching).toEqual([])
  })

  it('documents every setting', () => {
    const readme = read(folder, 'README.md')
    const shape: unknown = Reflect.get(channels.find(({ kind }) => kind === folder)?.config ?? {}, 'shape')
    expect(Object.keys(Object(shape)).filter((key) => !readme.includes(`\`${key}\``))).toEqual([])
  })
})
