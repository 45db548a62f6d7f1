/** Labelled messages that the classifier learns from. The unseen half is not among them: `blind.ts` alone reads it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { KINDS } from '../../src/cli/house.ts'
import { ownTexts } from '../../src/cli/own-texts.ts'
import type { Kind } from '../../src/purpose/index.ts'
import { type OwnTexts, type Vocabulary, vocabularyOf } from '../../src/purpose/vocabulary.ts'
import { disk, loadWorkspace } from '../../src/workspace/index.ts'
import { readLines } from '../human/lines.ts'

export const TRADES = ['travel', 'parcels'] as const
export type Trade = (typeof TRADES)[number]
export type Line = { readonly text: string; readonly kind: Kind; readonly trade: Trade; readonly language: 'fr' | 'en' }
export const LANGUAGES = ['fr', 'en'] as const

const labelled = z.array(z.object({ text: z.string(), label: z.enum(['service', 'general', 'neither']), trade: z.enum(TRADES) }))

const read = (file: string): unknown => parse(readFileSync(join(import.meta.dirname, file), 'utf8'))

/** Measured once each, and read by nobody who works on the classifier. */
export const UNSEEN = ['unseen', 'unseen2'] as const
export type Unseen = (typeof UNSEEN)[number]

/** One of the labelled sets, by language. `practice` was written as the halves were, by somebody else, to improve the classifier by. */
export const readHalf = (half: 'seen' | 'practice' | Unseen): Line[] =>
  LANGUAGES.flatMap((language) =>
    labelled
      .parse(read(`${half}-${language}.yaml`))
      .map(({ text, label, trade }) => ({ text, kind: label === 'neither' ? 'none' : label, trade, language })),
  )

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')

const more = z.partialRecord(z.enum(['general', 'none', 'travel', 'parcels']), z.string())

/** Written by the author of the classifier: a line each, under what it is; what is of no trade in particular is dealt to both in turn. */
export const readMore = (): Line[] =>
  LANGUAGES.flatMap((language) =>
    readdirSync(import.meta.dirname)
      .filter((file) => file.startsWith('more-') && file.endsWith(`${language}.yaml`))
      .sort()
      .flatMap((file) => Object.entries(more.parse(read(file))))
      .flatMap(([group, text]) =>
        linesOf(text).map((line, at): Line => {
          if (group === 'travel' || group === 'parcels') return { text: line, kind: 'service', trade: group, language }
          return { text: line, kind: group === 'none' ? 'none' : 'general', trade: at % 2 ? 'travel' : 'parcels', language }
        }),
      ),
  )

/** What each of the trades is asked that is another's: general, though a business somewhere would call it service. */
export const readForeign = (): Line[] =>
  LANGUAGES.flatMap((language) =>
    TRADES.flatMap((trade) =>
      linesOf(foreign.parse(read(`foreign-${language}.yaml`))[trade]).map((text): Line => ({ text, kind: 'general', trade, language })),
    ),
  )
const foreign = z.record(z.enum(TRADES), z.string())

const asked = z.array(z.looseObject({ ask: z.string() }))
/** Questions about the demo, written for its knowledge. The set that its figures stand on stays out. */
const KNOWLEDGE = ['seen', 'practice', 'unseen', 'spoken', 'hurried', 'mixed', 'plain', 'unseen2', 'corpus']

export const readQuestions = (): Line[] =>
  LANGUAGES.flatMap((language) =>
    KNOWLEDGE.flatMap((set) =>
      asked.parse(parse(readFileSync(join(import.meta.dirname, '../knowledge', `${set}.${language}.yaml`), 'utf8'))),
    ).map(({ ask }): Line => ({ text: ask, kind: 'service', trade: 'travel', language })),
  )

/** Some of the wishes for a person that the other recogniser learns from: the business's own matter. */
export const readRequests = (): Line[] =>
  readLines()
    .filter(({ source, asks }) => source === 'training' && asks)
    .filter((_, at) => at % 10 === 0)
    .map(({ text, language }, at): Line => ({ text, kind: 'service', trade: at % 2 ? 'travel' : 'parcels', language: language ?? 'fr' }))

const FOLDERS: Readonly<Record<Trade, string>> = {
  travel: join(import.meta.dirname, '../../workspaces/demo'),
  parcels: join(import.meta.dirname, 'parcels'),
}
/** Whatever a folder asks of the environment. */
const ENV = new Proxy<Record<string, string>>({}, { get: () => 'http://127.0.0.1:1' })

export const readTexts = async (trade: Trade): Promise<OwnTexts> => {
  const { draft } = await loadWorkspace(FOLDERS[trade], { shelf: disk, env: ENV, ...KINDS })
  if (!draft) throw new Error(`${FOLDERS[trade]} cannot be read: relais check tells why`)
  return ownTexts(draft.workspace)
}

export type Vocabularies = Readonly<Record<Trade, Vocabulary>>
export const readVocabularies = async (): Promise<Vocabularies> => ({
  travel: vocabularyOf(await readTexts('travel')),
  parcels: vocabularyOf(await readTexts('parcels')),
})
