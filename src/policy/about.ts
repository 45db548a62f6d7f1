/**
 * What the rules of a rulebook are about, read from its stored content without compiling it: whoever explains an old decision needs the words
 * it was made under, not its judgement.
 */
import { z } from 'zod'
import type { Ruling } from '../core/decision.ts'
import type { Words } from '../core/language.ts'

/** The sentence of the rule that gave a ruling; undefined where the content does not tell. */
export type RuleWords = (ruling: Pick<Ruling, 'rule' | 'override'>) => Words | undefined

const files = z.array(z.looseObject({ source: z.string() }))
const rule = z.looseObject({
  rule: z.string(),
  about: z.object({ fr: z.string(), en: z.string() }),
  override: z.looseObject({}).optional(),
})

/** An override bears the name of the rule that it makes laxer. */
const keyOf = ({ rule, override }: { readonly rule: string; readonly override?: unknown }): string => `${rule} ${override !== undefined}`

/** `content`: as `Rulebook.content`, parsed; anything else has no words. */
export const aboutsIn = (content: unknown): RuleWords => {
  const abouts = new Map<string, Words>()
  for (const { source } of files.safeParse(content).data ?? []) {
    const { data } = rule.safeParse(JSON.parse(source))
    if (data) abouts.set(keyOf(data), data.about)
  }
  return (ruling) => abouts.get(keyOf(ruling))
}
