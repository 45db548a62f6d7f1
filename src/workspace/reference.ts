/** The schemas as documents: a reference for people, and JSON Schemas for editors. Pure: the same schemas give the same text. */
import { z } from 'zod'
import { type Kinds, withCommon } from './connection.ts'
import { STEP_KEYS, steps, wholeJourney } from './flow.ts'
import { promptCase, promptCases } from './prompt-cases.ts'
import { promptHead, settings, template } from './settings.ts'

type Shape = {
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Shape | boolean
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly examples?: readonly unknown[]
}

const schemaOf = (schema: z.ZodType): Shape => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape

const typeOf = (shape: Shape): string => {
  if (shape.enum) return shape.enum.map((value) => `\`${String(value)}\``).join(', ')
  if (shape.const !== undefined) return `\`${String(shape.const)}\``
  if (shape.anyOf) return [...new Set(shape.anyOf.map(typeOf))].join(' or ')
  if (shape.items) return `list of ${typeOf(shape.items)}`
  if (shape.properties) return 'keys below'
  if (typeof shape.additionalProperties === 'object') return `${typeOf(shape.additionalProperties)} by name`
  if (shape.type === 'integer') return 'whole number'
  if (shape.type === 'boolean') return '`true` or `false`'
  if (shape.type === 'string') return shape.examples?.[0] === undefined ? 'text' : `text such as \`${String(shape.examples[0])}\``
  return String(shape.type ?? 'anything')
}

type Below = { readonly path: string; readonly shape: Shape; readonly oneOf: boolean }

/** What lies below a key, with the way to it: `plans.reach.<name>[]`. `oneOf`: there are other forms. */
const below = (shape: Shape, path: string, oneOf = false): readonly Below[] => {
  if (shape.properties) return [{ path, shape, oneOf }]
  if (shape.items) return below(shape.items, `${path}[]`, oneOf)
  if (typeof shape.additionalProperties === 'object') return below(shape.additionalProperties, `${path}.<name>`, oneOf)
  return (shape.anyOf ?? []).flatMap((one) => below(one, path, true))
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const rowsOf = ({ shape, path, oneOf }: Below): readonly string[] =>
  Object.entries(shape.properties ?? {}).flatMap(([key, property]) => {
    const here = path ? `${path}.${key}` : key
    const simple = property.default !== undefined && (typeof property.default !== 'object' || Array.isArray(property.default))
    const unset = shape.required?.includes(key)
      ? oneOf
        ? 'in this form'
        : 'required'
      : simple
        ? `\`${JSON.stringify(property.default)}\``
        : ''
    const row = `| \`${here}\` | ${cell(typeOf(property))} | ${unset} | ${cell(property.description ?? '')} |`
    return [row, ...below(property, here).flatMap(rowsOf)]
  })

const table = (schema: z.ZodType): string =>
  ['| key | value | unset | meaning |', '| --- | --- | --- | --- |', ...rowsOf({ shape: schemaOf(schema), path: '', oneOf: false })].join(
    '\n',
  )

const kindsOf = (title: string, section: 'channels' | 'engines', kinds: Kinds): readonly string[] =>
  Object.entries(kinds)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([kind, own]) => [`### ${title} of kind \`${kind}\``, table(withCommon(section, own))])

/** `docs/configuration.md`. */
export const referenceOf = (kinds: { readonly channels: Kinds; readonly engines: Kinds }): string =>
  `${[
    '# Configuration',
    'Made by `node scripts/document.ts` from the schemas that check the files (`src/workspace/`); do not edit. A test fails where it is stale.',
    'A workspace is one folder: `relais.yaml`, `journeys/*.yaml`, `templates/*.yaml`, `prompts/<task>[.<engine>].md`, `prompts/voice.md`, `prompts/cases.yaml`, `rules/*.yaml` and `knowledge/**` (Markdown, HTML, text; PDF is not read yet). Anything else is ignored with a notice. `relais check` tells every fault with file, line and remedy.',
    `Unknown keys are refused by name. \`\${NAME}\` is filled in from the environment; a variable that is not set is an error. In journeys only the address of a \`call\` may use it. Durations: \`30s\`, \`10m\`, \`24h\`, \`2d\`, \`1w\`, \`36mo\`, \`1y\` (a month is 30 days, a year 365). A text is a string, or one per language: \`{ fr: …, en: … }\`.`,
    '## relais.yaml',
    table(settings),
    ...kindsOf('Channel', 'channels', kinds.channels),
    ...kindsOf('Engine', 'engines', kinds.engines),
    '## journeys/*.yaml',
    table(wholeJourney.pick({ journey: true, starts: true })),
    'Each of `steps` is one of these, named by its first key. `at` labels any step; `go` names the next one; `end` is reserved.',
    ...STEP_KEYS.flatMap((key) => [`### \`${key}\``, schemaOf(steps[key]).description ?? '', table(steps[key])]),
    '## knowledge/**',
    'One entry a file, what customers may be told, in its own words: answers are cited from it. Between two lines `---` at the top may stand:',
    [
      '| key | value | unset | meaning |',
      '| --- | --- | --- | --- |',
      '| `title` | text | first heading, else the file’s name | What it is about. |',
      '| `lang` | text | folder (`fr/`, `en/`), else told from the text | Its language. |',
      '| `url` | address | | Where customers can read more. |',
      '| `words` | list of text | | Words customers use for it that the text does not. |',
      '| `asks` | list of text | | Questions customers ask that it answers, as they write them: ten to twenty, short and long, mistyped too. A question like one of them finds the entry; they are never shown. |',
    ].join('\n'),
    '## templates/*.yaml',
    'One template, or a list of them.',
    table(template),
    '## prompts/<task>[.<engine>].md',
    promptHead.description ?? '',
    table(promptHead),
    '`prompts/voice.md` says how the business speaks, whatever is asked for: it is told to every engine with every task.',
    '## prompts/cases.yaml',
    promptCase.description ?? '',
    table(promptCase),
    '`relais prompts test` asks every engine each case and shows where their answers differ or do not hold.',
  ].join('\n\n')}\n`

/** Any kind of connection, each with its own keys. */
const connection = (section: 'channels' | 'engines', kinds: Kinds): z.ZodType => {
  const forms = Object.entries(kinds).map(([kind, own]) => {
    const whole = withCommon(section, own)
    return whole instanceof z.ZodObject ? whole.extend({ kind: z.literal(kind) }) : whole
  })
  return forms.length === 0 ? z.unknown() : z.union(forms)
}

/** `schema/<name>.json`, by name. */
export const editorSchemas = (kinds: { readonly channels: Kinds; readonly engines: Kinds }): Readonly<Record<string, string>> => {
  const whole = settings.extend({
    channels: z.record(z.string(), connection('channels', kinds.channels)).describe(settings.shape.channels.description ?? ''),
    engines: z.record(z.string(), connection('engines', kinds.engines)).optional(),
  })
  const all = { relais: whole, journey: wholeJourney, template: z.union([template, z.array(template)]), 'prompt-cases': promptCases }
  return Object.fromEntries(Object.entries(all).map(([name, schema]) => [name, `${JSON.stringify(schemaOf(schema), null, 2)}\n`]))
}
