/**
 * The engine that needs no model: it answers with the best passage's own words, or abstains. The last of every chain.
 * Its passages come scored by the knowledge room, where 0.5 is the calibrated line between answering and abstaining.
 */
import { z } from 'zod'
import type { Engine, EngineEvent, Passage, Prompt } from '../../core/engine.ts'
import { isStopWord, sentencesIn, stemOf, wordsIn } from '../../core/terms.ts'

const config = z.strictObject({
  minimum: z.number().min(0).max(1).default(0.5).describe('Least score of a passage that answers; higher abstains more'),
  longest: z.int().min(100).max(4000).default(600).describe('Longest answer in characters'),
})
type Config = z.output<typeof config>

export const extractive: Engine<Config> = {
  kind: 'extractive',
  config,
  tasks: ['answer'],
  inProcess: true,
  open: (settings) => ({
    async *perform(_task, prompt, signal): AsyncGenerator<EngineEvent> {
      if (signal.aborted) return yield { type: 'failed', failure: { class: 'timeout', detail: 'ended by the caller' } }
      const best = prompt.passages.reduce<Passage | undefined>((top, next) => (top && top.score >= next.score ? top : next), undefined)
      if (!best || best.score < settings.minimum) {
        return yield { type: 'abstained', reason: best ? 'no passage is close enough' : 'no passage was found', usage: null }
      }
      yield { type: 'text', text: extract(best, prompt, settings.longest) }
      yield { type: 'done', citations: [best.id], usage: null }
    },
  }),
}

/** The whole passage where it fits; else its sentences around the one that shares most with the question, in their order. */
const extract = (passage: Passage, prompt: Prompt, longest: number): string => {
  const text = passage.text.trim()
  if (text.length <= longest) return text
  const sentences = sentencesIn(text)
  const asked = stemsIn(prompt.question, passage.language)
  const shared = sentences.map((sentence) => [...stemsIn(sentence, passage.language)].filter((stem) => asked.has(stem)).length)
  let from = shared.indexOf(Math.max(...shared))
  let to = from
  let length = sentences[from]?.length ?? 0
  for (;;) {
    const after = sentences[to + 1]
    const before = sentences[from - 1]
    if (after !== undefined && length + after.length < longest) {
      to += 1
      length += after.length + 1
    } else if (before !== undefined && length + before.length < longest) {
      from -= 1
      length += before.length + 1
    } else break
  }
  const answer = sentences.slice(from, to + 1).join(' ')
  return answer.length <= longest ? answer : `${answer.slice(0, answer.lastIndexOf(' ', longest - 1))}…`
}

const stemsIn = (text: string, language: string): Set<string> =>
  new Set(
    wordsIn(text)
      .filter((word) => !isStopWord(word, language))
      .map((word) => stemOf(word, language)),
  )
