/** French is set as French is: an unbreakable space before : ; ? ! » and after «, a typographic apostrophe. */
import { describe, expect, it } from 'vitest'
import { isTest, readSources, type Source, textsOf } from './source.ts'

const misset = (source: Source): readonly string[] =>
  textsOf(source, 'fr')
    .filter(({ text }) => / [:;?!»](?:\s|$)|« |[\p{L}»)][;?!»](?:\s|$)|\p{L}'\p{L}/u.test(text))
    .map(({ text, line }) => `${source.path}:${line}: ${text}`)

/** French that is not shown as it stands. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/core/terms.ts': 'words as customers type them',
  'src/knowledge/language.ts': 'words as customers type them',
  'src/knowledge/who-answers.ts': 'patterns of what customers type',
  'src/engines/model/messages.ts': 'read by a model',
  'src/journeys/sample.ts': 'a sample for tests',
}

it('what Relais says in French is set as French', () => {
  expect(
    readSources('src')
      .filter((source) => !isTest(source) && !(source.path in ALLOWED))
      .flatMap(misset),
  ).toEqual([])
})

describe('the check', () => {
  const planted = (text: string) => misset({ path: 'src/a.ts', text: `const words = { fr: ${JSON.stringify(text)}, en: 'What ? « a: b' }` })

  it('catches what a line may break, what is set too close, and a typewriter’s apostrophe', () => {
    for (const text of ['Et ensuite ?', 'Et ensuite?', 'Dites « oui »', "L'agence"]) expect(planted(text)).toHaveLength(1)
  })

  it('lets good French pass, and addresses and keys', () => {
    expect(planted('Et ensuite\u00a0? Dites «\u00a0oui\u00a0»\u202f! Voir https://exemple.fr:80/?a=1;b, 14:05, L’agence.')).toEqual([])
  })
})
