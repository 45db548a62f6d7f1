/** Small rulebooks, and what they say. */
import { judge, type PartialSituation, type Rulebook, situationOf } from '../../src/policy/index.ts'

export const places = {
  path: 'places.yaml',
  source: `groups:
  BIG: { about: { fr: a, en: a }, source: https://example.org, read: 2026-11-22, members: [${['FR', 'IT', 'DE'].map((country) => `{ country: ${country}, from: 2021-01-01 }`)}] }
  SMALL: { about: { fr: a, en: a }, source: https://example.org, read: 2026-11-22, members: [{ country: IT, from: 2026-03-01 }] }`,
}
export type Written = {
  place?: string
  from?: string
  to?: string
  known?: string
  when?: string
  ruling: string
  values?: string
  override?: string
}
const lineOf = ({ place = 'world', from = '2026-01-01', ruling, override: _, ...rest }: Written) =>
  `{ place: ${place}, from: ${from}, ruling: ${ruling}, ${Object.entries(rest)
    .map(([key, value]) => `${key}: ${value}, `)
    .join('')}source: https://example.org, read: 2026-11-22, confidence: A }`
export const ruleOf = (id: string, when: string, lines: Written[], rest = '', by = 'platform') => ({
  path: `${id}.yaml`,
  source: `rule: ${id}
by: ${by}
about: { fr: a, en: a }
when: '${when}'
says:
${lines.map((line) => `  - ${lineOf(line)}`).join('\n')}
remedy: { fr: a, en: a }
${rest}`,
})
export const at = (text: string) => Date.parse(text)
export const NOW = at('2026-06-01T12:00:00Z')
export const said = (rulebook: Rulebook, given: PartialSituation = {}, when = NOW, known?: number) =>
  judge(rulebook, situationOf(given), when, known)
