/** The weights are what the lines teach, nothing else; and the lines are what the figures say they are. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { figuresOf } from './figures.ts'
import { LANGUAGES, readHalf, readMore, readVocabularies } from './lines.ts'
import { crossValidate, judged, learn, lessons, readLabelled, writtenAs } from './train.ts'

it('makes the committed weights from the lines, bit for bit', { timeout: 120_000 }, async () => {
  const committed = readFileSync(join(import.meta.dirname, '../../src/purpose/weights.json'), 'utf8')
  // Compared as a whole: a difference of 100 000 numbers would fill the screen.
  expect(writtenAs(learn(lessons(readLabelled()), await readVocabularies())) === committed, 'run node tests/purpose/train.ts').toBe(true)
})

it('learns from 400 seen questions in each language, in two trades, a quarter of them under five words', () => {
  for (const language of LANGUAGES) {
    const seen = readHalf('seen').filter((line) => line.language === language)
    expect(seen.length).toBeGreaterThanOrEqual(400)
    expect(seen.filter(({ text }) => text.split(/\s+/).length < 5).length / seen.length).toBeGreaterThanOrEqual(0.25)
    for (const trade of ['travel', 'parcels']) expect(seen.filter((line) => line.trade === trade).length).toBeGreaterThanOrEqual(200)
  }
})

it.each(['seen', 'practice'] as const)('learns from no line twice: %s', (set) => {
  const lines = [...readHalf(set), ...readMore()].map(({ language, kind, text }) => `${language} ${kind} ${text}`)
  expect(lines.filter((line, at) => lines.indexOf(line) !== at)).toEqual([])
})

it('keeps what it was made for on seen lines and on practice, each judged by what the others teach', { timeout: 120_000 }, async () => {
  const { f1, taken, unsure } = figuresOf(judged(crossValidate(await readVocabularies())))
  expect(f1).toBeGreaterThanOrEqual(0.9)
  expect(taken).toBeLessThanOrEqual(0.03)
  expect(unsure).toBeLessThanOrEqual(0.15)
})
