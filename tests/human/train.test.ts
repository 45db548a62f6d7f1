/** The weights are what the lines teach, nothing else. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readLines } from './lines.ts'
import { learn, writtenAs } from './train.ts'

it('makes the committed weights from the lines, bit for bit', { timeout: 60_000 }, () => {
  const committed = readFileSync(join(import.meta.dirname, '../../src/knowledge/human-weights.json'), 'utf8')
  // Compared as a whole: a difference of 60 000 numbers would fill the screen.
  expect(writtenAs(learn(readLines())) === committed, 'run node tests/human/train.ts').toBe(true)
})

it('learns from lines of both kinds in both languages, none of them twice', () => {
  const lines = readLines().filter(({ source }) => source === 'training')
  for (const language of ['fr', 'en']) {
    for (const asks of [true, false]) {
      expect(lines.filter((line) => line.language === language && line.asks === asks).length).toBeGreaterThan(600)
    }
  }
  expect(new Set(lines.map(({ language, text }) => `${language} ${text}`)).size).toBe(lines.length)
})
