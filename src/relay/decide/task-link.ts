/** A task's result that is read on a page of ours: the link goes by the contact's channel, the result is said once somebody has come by it. */
import { wordsOf } from '../../core/content.ts'
import type { ChannelId } from '../../core/ids.ts'
import { taskOf } from '../../core/task.ts'
import type { Bodies, TaskSend } from '../event.ts'
import type { Kept } from '../state.ts'
import { SAYS } from '../words.ts'
import { send } from './action.ts'
import { linkTo, offered, pageBeside } from './bridge-link.ts'
import { type Draft, note, setState } from './draft.ts'
import { propose } from './propose.ts'

/** Results of one person that wait at once; the oldest goes. */
const MOST_KEPT = 20

type Result = Pick<Kept, 'text' | 'engine' | 'ai' | 'citations'>

/** False where there is no page, or nobody knows where customers reach it. `by`: who started it says the sentence with the link; no engine does. */
export const sendByLink = (
  draft: Draft,
  { message, by, send: sending, task: kind }: Bodies['task.done'],
  { how, intent, purpose, carrier }: TaskSend,
  channel: ChannelId,
  result: Result,
): boolean => {
  const page = pageBeside(draft, channel, () => true)
  const link = page && linkTo(draft, message, channel, page)
  if (!link || !sending || carrier.type === 'text') return false
  const { language } = draft.state
  const content =
    carrier.type === 'template'
      ? { type: 'template' as const, ...templateOf(carrier), parameters: { ...carrier.parameters, [carrier.fill]: link.url }, text: '' }
      : { type: 'link' as const, text: carrier.text ?? SAYS.resultWaits[language], label: SAYS.openPage[language], url: link.url }
  const origin = { kind, by, draft: how === 'draft' }
  send(draft, { ...intent, message, content }, by, { reply: false, automatic: false, purpose, task: origin })
  const said = draft.messages.find(({ id }) => id === message)
  // A rule may have put something else in its place, or refused it: then there is no such link.
  if (!said || said.status === 'refused' || said.status === 'cancelled' || !carries(said.content, link.url)) return true
  offered(draft, link)
  const { id, expiresAt } = link.row
  const kept: Kept = {
    ...result,
    link: id,
    expiresAt,
    task: taskOf(message),
    category: intent.category,
    purpose,
    origin: { ...origin, draft: false },
  }
  const others = (draft.state.results ?? []).filter((one) => one.expiresAt > draft.world.at)
  setState(draft, { results: [...others, kept].slice(-MOST_KEPT) })
  return true
}

const templateOf = ({ name, language }: Extract<TaskSend['carrier'], { type: 'template' }>) => ({ name, language })
const carries = (content: Parameters<typeof wordsOf>[0], url: string): boolean =>
  (content.type === 'link' && content.url === url) || wordsOf(content).includes(url)

/** Somebody came by a link: what waited behind it is said on the page, judged there like anything an AI wrote. */
export const giveResult = (draft: Draft, { link, visitor, to }: Bodies['crossed']): void => {
  const kept = draft.state.results?.find((one) => one.link === link)
  if (!kept) return
  setState(draft, { results: draft.state.results?.filter((one) => one !== kept) })
  const { text, engine, ai, citations, category, purpose, origin, task } = kept
  const message = draft.world.ids('msg')
  note(draft, { kind: 'task.opened', channel: to, message, data: { task, kind: origin.kind, by: origin.by } })
  propose(draft, {
    channel: to,
    content: { type: 'text', text },
    author: `engine:${engine}`,
    automatic: false,
    reply: true,
    category,
    purpose,
    message,
    ai,
    citations,
    task: origin,
    to: { kind: 'web', value: visitor },
  })
}
