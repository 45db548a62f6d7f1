import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { RICH } from '../journeys/sample.ts'
import { checkWorkspace } from './check.ts'
import { load, MAIN, SETTING } from './sample.ts'

const file = fc.constantFrom('relais.yaml', 'journeys/a.yaml', 'templates/a.yaml', 'prompts/answer.md', 'rules/a.yaml', 'x')

describe('whatever stands in the files', () => {
  test('loading never throws, and every finding has a place', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.json().map((json) => json),
    )
    fc.assert(
      fc.property(file, bytes, (name, content) => {
        for (const { place } of load({ 'relais.yaml': MAIN, [name]: content }).findings) {
          expect(place?.line).toBeGreaterThan(0)
          expect(place?.column).toBeGreaterThan(0)
        }
      }),
      { numRuns: 300 },
    )
  })
  test('a workspace made of known keys with any values loads or is refused, and can be checked', () => {
    const word = fc.oneof(
      fc.constantFrom('a', 'b', 'end', 'agents', '2d', '{{answers.a}}', '$'.concat('{TOKEN}'), 'https://a.example'),
      fc.string({ maxLength: 5 }),
    )
    const key = fc.constantFrom(
      'say',
      'ask',
      'call',
      'get',
      'choose',
      'options',
      'label',
      'id',
      'go',
      'at',
      'hand',
      'wait',
      'remind',
      'after',
      'if',
      'template',
      'parameters',
      'end',
    )
    const step = fc.dictionary(key, fc.oneof(word, fc.dictionary(key, word), fc.array(fc.dictionary(key, word), { maxLength: 3 })), {
      maxKeys: 4,
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        const source = stringify({ journey: 'a', starts: [{ always: true }], steps })
        const { workspace, place } = load({ 'relais.yaml': MAIN, 'journeys/a.yaml': source })
        if (workspace !== null) checkWorkspace(workspace, { capabilities: { web: RICH }, env: SETTING.env, place })
      }),
      { numRuns: 300 },
    )
  })
})
