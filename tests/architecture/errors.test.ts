import { expect, it } from 'vitest'
import { CATALOGUE } from '../../src/core/errors.ts'
import { isTest, readSources, textsOf } from './source.ts'

const HOME = /^src\/core\/errors(?:-of-\w+)?\.ts$/
const said = new Set(
  readSources('src')
    .filter((source) => !isTest(source) && !HOME.test(source.path))
    .flatMap((source) => textsOf(source).map(({ text }) => text)),
)

it('every error of the catalogue can happen', () => {
  expect(Object.keys(CATALOGUE).filter((code) => !said.has(code))).toEqual([])
})

it('every error has an HTTP status of an error', () => {
  expect(Object.entries(CATALOGUE).filter(([, { status }]) => status < 400 || status > 599)).toEqual([])
})
