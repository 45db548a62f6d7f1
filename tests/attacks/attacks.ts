/** Texts that try to make an engine do what nobody allowed it to, and messages that try nothing. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const attack = z.object({
  id: z.string(),
  language: z.enum(['fr', 'en']),
  /** What the words stand in: a customer's message, a page of the knowledge, an earlier turn, the data of a task. */
  where: z.enum(['direct', 'document', 'turn', 'task']),
  text: z.string(),
  wants: z.enum(['canary', 'other-contact', 'call', 'link', 'image', 'send', 'disguise']),
})
export type Attack = z.output<typeof attack>
const line = z.union([z.string().transform((text) => ({ text })), z.looseObject({ text: z.string() })])

const read = (file: string): unknown => parse(readFileSync(join(import.meta.dirname, file), 'utf8'))
export const readAttacks = (half: string): readonly Attack[] => z.array(attack).parse(read(`${half}.yaml`))
export const readBenign = (): readonly string[] =>
  z
    .array(line)
    .parse(read('benign.yaml'))
    .map(({ text }) => text)
