/** What a business has written, by which its own matters are told from others. */
import type { Step } from '../core/journey.ts'
import type { Localized } from '../core/language.ts'
import type { Workspace } from '../core/workspace.ts'
import { readDocuments } from '../knowledge/documents.ts'
import type { OwnTexts } from '../purpose/index.ts'

export const ownTexts = ({ name, knowledge, locale, journeys, templates }: Workspace): OwnTexts => {
  const { passages, asks } = readDocuments(knowledge, locale)
  const steps = journeys.flatMap((journey) => journey.steps)
  return {
    names: [
      name,
      ...passages.flatMap(({ title, also }) => [title, also]),
      ...asks.map(({ ask }) => ask),
      ...journeys.flatMap(({ starts }) => starts.flatMap((start) => ('keyword' in start ? start.keyword : []))),
      ...steps.flatMap((step) => (step.kind === 'choose' ? step.options.flatMap(({ label }) => wordings(label)) : [])),
    ],
    texts: [...passages.map(({ text }) => text), ...steps.flatMap(saidIn), ...templates.map(({ text }) => text)],
  }
}

const wordings = (text: Localized): readonly string[] => (typeof text === 'string' ? [text] : Object.values(text))

const saidIn = (step: Step): readonly string[] => ('say' in step && step.say !== undefined ? wordings(step.say) : [])
