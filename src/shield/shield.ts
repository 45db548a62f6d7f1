/** A prompt in which nobody is named: what says who somebody is stands behind words and numbers made up for this conversation. */
import type { Prompt } from '../core/engine.ts'
import type { Left, PersonalKind } from '../core/guard.ts'
import type { Finder } from './finder.ts'
import type { Found } from './identifier.ts'
import { createRestorer, type Restorer } from './restorer.ts'
import { openVault } from './vault.ts'

export type Shielded = {
  readonly prompt: Prompt
  readonly kinds: Left['kinds']
  readonly restorer: Restorer
}

/** Every text of a prompt, whoever wrote it, in one order. */
const textsOf = ({ system, history, question, passages }: Prompt): string[] => [
  system,
  question,
  ...history.map(({ text }) => text),
  ...passages.flatMap(({ title, text, url }) => [title, text, url ?? '']),
]

const withTexts = (prompt: Prompt, texts: readonly string[]): Prompt => {
  const [system = '', question = '', ...rest] = texts
  const passagesAt = prompt.history.length
  return {
    ...prompt,
    system,
    question,
    history: prompt.history.map((turn, n) => ({ ...turn, text: rest[n] ?? '' })),
    passages: prompt.passages.map((passage, n) => {
      const [title = '', text = '', url = ''] = rest.slice(passagesAt + n * 3)
      return { ...passage, title, text, ...(passage.url === undefined ? {} : { url }) }
    }),
  }
}

/** Of each kind how often; the business's own instructions are no customer's. */
const countKinds = (found: readonly { readonly found: readonly Found[] }[]): Left['kinds'] => {
  const kinds: Partial<Record<PersonalKind, number>> = {}
  for (const { kind } of found.slice(1).flatMap(({ found }) => found)) kinds[kind] = (kinds[kind] ?? 0) + 1
  return kinds
}

export const kindsIn = (prompt: Prompt, finder: Finder): Left['kinds'] => countKinds(textsOf(prompt).map(finder.find))

/** What is made up may by bad luck meet what stands beside it: then all of it is made up anew. */
const MOST_ROUNDS = 6

/** `seed`: the conversation's own, known to nobody outside. null: what came out could not be read back word for word. */
export const shieldPrompt = (prompt: Prompt, finder: Finder, seed: string): Shielded | null => {
  const texts = textsOf(prompt)
  const found = texts.map(finder.find)
  const kinds = countKinds(found)
  const said = found.map(({ bare }) => bare).join('\n')
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const vault = openVault(said, finder, `${seed}\n${round}`)
    const shielded = texts.map((text, n) => {
      let [like, at] = ['', 0]
      for (const { start, end, kind } of found[n]?.found ?? []) {
        like += text.slice(at, start) + vault.standIn(kind, text.slice(start, end))
        at = end
      }
      return like + text.slice(at)
    })
    const restorer = createRestorer(vault.entries(), said)
    if (shielded.every((text, n) => text === texts[n] || restorer.restore(text) === texts[n]))
      return { prompt: withTexts(prompt, shielded), kinds, restorer }
  }
  return null
}
