/** The lines that the recogniser of requests for a human learns from, and the sets it is measured by. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const entries = z.array(z.union([z.string(), z.looseObject({ ask: z.string() }), z.looseObject({ text: z.string() })]))
/** A list of messages from a YAML file of this folder. */
export const readMessages = (file: string): string[] =>
  entries
    .parse(parse(readFileSync(join(import.meta.dirname, file), 'utf8')))
    .map((entry) => (typeof entry === 'string' ? entry : String(entry.ask ?? entry.text)))

/** Sets that have been measured once and are practice since. */
export const PRACTISED = ['seen', 'unseen', 'unseen2', 'spoken', 'chatted'] as const

/** `language` where a set is kept by language. */
export type Line = { readonly text: string; readonly asks: boolean; readonly language: 'fr' | 'en' | null; readonly source: string }

export const readLines = (): Line[] => [
  ...(['fr', 'en'] as const).flatMap((language) =>
    (['requests', 'ordinary'] as const).flatMap((kind) =>
      readFileSync(join(import.meta.dirname, 'training', `${language}.${kind}.txt`), 'utf8')
        .split('\n')
        .filter((text) => text.trim() !== '')
        .map((text) => ({ text, asks: kind === 'requests', language, source: 'training' })),
    ),
  ),
  ...PRACTISED.flatMap((source) => [
    ...(['fr', 'en'] as const).flatMap((language) =>
      readMessages(`${source}.${language}.yaml`).map((text) => ({ text, asks: true, language, source })),
    ),
    ...readMessages(`ordinary.${source}.yaml`).map((text) => ({ text, asks: false, language: null, source })),
  ]),
]
