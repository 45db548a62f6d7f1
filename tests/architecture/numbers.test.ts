/** What is numbered has a number of its own: a migration, because its place in the order is its number; a decision, because it is called by it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './source.ts'

const DECISIONS = join(ROOT, 'docs/decisions')
const numbered = (folder: string): readonly string[] => readdirSync(folder).filter((file) => /^\d/.test(file))
const numberOf = (file: string): string => /^\d+/.exec(file)?.[0] ?? ''
const shared = (files: readonly string[]): readonly string[] =>
  files.filter((file) => files.some((other) => other !== file && numberOf(other) === numberOf(file)))

it('no two migrations share a number', () => {
  expect(shared(numbered(join(ROOT, 'src/store/migrations')))).toEqual([])
})

describe('decisions', () => {
  const files = numbered(DECISIONS)

  it('share no number', () => expect(shared(files)).toEqual([]))

  it('each stand once in their list, in order, under their own title', () => {
    const rows = files.toSorted().map((file) => {
      const [, number, title] = /^# (\d{3}) · (.+)\n/.exec(readFileSync(join(DECISIONS, file), 'utf8')) ?? []
      expect(number, file).toBe(numberOf(file))
      return `| ${number} | [${title}](${file}) |`
    })
    const list = readFileSync(join(DECISIONS, 'README.md'), 'utf8')
    expect(list.split('\n').filter((line) => /^\| \d/.test(line))).toEqual(rows)
  })
})

it('the check catches a number that is given twice', () => {
  expect(shared(['0007_merged.sql', '0008_due.sql', '0008_jobs.sql'])).toEqual(['0008_due.sql', '0008_jobs.sql'])
})
