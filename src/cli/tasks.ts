/** What an engine is asked when somebody starts a task: given data, or the thread, as passages; what is wanted of it, as the question. */
import type { Passage, Prompt } from '../core/engine.ts'
import type { PassageSource } from '../core/knowledge.ts'
import type { Words } from '../core/language.ts'
import type { StartedTaskKind, TaskFailure, TaskRequest, TaskResult } from '../core/task.ts'
import type { Workspace } from '../core/workspace.ts'
import type { Attempt, ChainResult, Link } from '../engines/chain.ts'
import { searchPassages } from '../knowledge/search.ts'
import type { Performers } from '../relay/index.ts'
import type { Asker } from './asking.ts'
import { promptWords } from './prompt-words.ts'

const PASSAGES = 5
/** A task over data is the caller's own matter, whatever was said before. */
const WANTED: Readonly<Record<StartedTaskKind, Words>> = {
  summarise: { fr: 'De quoi s’agit-il, et où en est-on\u00a0? Résumez.', en: 'What is this about, and how far did it get? Sum it up.' },
  draft: { fr: 'Écrivez à ce client ce que ces éléments lui apprennent.', en: 'Write to this customer what these matters tell them.' },
  answer: { fr: 'Que disent ces éléments\u00a0?', en: 'What do these matters say?' },
  suggest: { fr: 'Que répondre à ce client\u00a0?', en: 'What could this customer be answered?' },
}
/** Its title before an engine; the person's own words stay theirs. */
const WHO = { customer: { fr: 'Le client', en: 'The customer' }, business: { fr: 'Nous', en: 'We' } } as const

type Options = Asker & {
  readonly workspace: Pick<Workspace, 'name' | 'prompts'>
  readonly knowledge: PassageSource
  readonly links: ReadonlyMap<string, Link>
  readonly threadOf: (request: TaskRequest) => Promise<Prompt['history']>
}
type Asked = Pick<Prompt, 'history' | 'question' | 'passages'>

const NONE: TaskResult = { text: null, why: null, engine: null, ai: false, citations: [], attempts: [] }

export const createTaskPerformer = ({
  workspace,
  knowledge,
  links,
  linksFor,
  open,
  threadOf,
}: Options): NonNullable<Performers['task']> => {
  const known = async ({ task, language }: TaskRequest, question: string): Promise<readonly Passage[]> =>
    task === 'summarise' ? [] : searchPassages(knowledge, question, language, PASSAGES)

  const askedOver = async (request: TaskRequest): Promise<Asked | null> => {
    const { task, matter, instruction, language } = request
    if (matter.over === 'data') {
      const question = instruction ?? WANTED[task][language]
      const found = instruction === null ? [] : await known(request, instruction)
      return { history: [], question, passages: [...piecesOf(matter.pieces, language), ...found] }
    }
    const thread = await threadOf(request)
    const said = piecesOf(
      thread.map(({ by, text }) => ({ title: WHO[by][language], text })),
      language,
    )
    if (task === 'summarise') return said.length ? { history: [], question: WANTED.summarise[language], passages: said } : null
    // What the customer asked last, however many messages they took for it.
    const last = thread.findLastIndex(({ by }) => by === 'customer')
    if (last < 0) return null
    const first = thread.findLastIndex(({ by }, at) => by === 'business' && at < last) + 1
    const question = thread
      .slice(first, last + 1)
      .map(({ text }) => text)
      .join('\n')
    // What an agent reads over may rest on what was said, too: nobody need have written an entry about it.
    return { history: [], question, passages: [...(await known(request, question)), ...said] }
  }

  return async (request, signal) => {
    const { task, channel, contact, language } = request
    const ask = await open(contact, channel, signal, detailsIn(request))
    if (!ask) return { ...NONE, why: 'paused' }
    const asked = await askedOver(request)
    if (!asked) return { ...NONE, why: 'nothing' }
    const engines = linksFor(task, channel)
    const prompt = (engine: string): Prompt => ({ system: promptWords(workspace, task, engine, language), language, ...asked })
    const result = await ask(task, engines, prompt)
    const { outcome, text, engine, attempts, citations } = result
    if (outcome !== 'answered' || engine === null) return { ...NONE, why: whyOf(result), attempts }
    const cited = asked.passages.filter(({ id, document }) => citations.includes(id) && document !== GIVEN)
    return {
      text,
      why: null,
      engine,
      ai: !links.get(engine)?.kind.inProcess,
      citations: cited.map(({ title, id, url }) => ({ title, passage: id, ...(url ? { url } : {}) })),
      attempts,
    }
  }
}

/** What the caller tells of somebody is what they are known by: before an engine it stands behind pseudonyms like the rest. */
const detailsIn = ({ matter }: TaskRequest): readonly string[] =>
  matter.over === 'thread'
    ? []
    : matter.pieces
        .flatMap(({ text }) => text.split('\n'))
        .map((line) => line.replace(/^(?:- )?[^:]{1,60}: /u, '').trim())
        .filter(isDetail)

/** A name, a number, a reference or an address stands alone in its field; a sentence, an hour or a day is the matter itself. */
const isDetail = (line: string): boolean => {
  const words = line.split(/\s+/u).length
  if (line.length > 120 || /[.!?]$/u.test(line)) return false
  if (/^\+?[\d\s().-]{6,}$/u.test(line) || (/^\d+\D/u.test(line) && line.includes(','))) return true
  return words <= (/\d/u.test(line) ? 2 : 4)
}

const GIVEN = 'given'
const piecesOf = (pieces: readonly { readonly title: string; readonly text: string }[], language: string): readonly Passage[] =>
  pieces.map(({ title, text }, n) => ({ id: `${GIVEN}-${n + 1}`, document: GIVEN, title, text, language, score: 1 }))

const asks = (result: Attempt['result'], some: readonly Attempt['result'][]): boolean => some.includes(result)
/** The first that holds for any engine: what somebody can do something about comes before what is nobody's fault. */
const whyOf = ({ attempts, outcome }: ChainResult): TaskFailure => {
  const results = attempts.map(({ result }) => result)
  if (outcome === 'abstained' || results.includes('abstained')) return 'nothing'
  if (results.every((result) => asks(result, ['task', 'personal-data', 'trains-on-data']))) return 'no-engine'
  if (results.includes('budget')) return 'budget'
  return results.includes('paused') ? 'paused' : 'engines'
}
