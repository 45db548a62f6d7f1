/** What a message of the business offers to choose, and which of it a customer's answer means: a tap, or its number or words where nothing can be tapped. */
import type { Choice, Content } from '../../core/content.ts'
import { asId, type MessageId } from '../../core/ids.ts'
import { placeIn } from '../../core/numbered.ts'
import { distanceBetween, plain, tolerance } from '../../core/spelling.ts'
import type { ProposedSend } from '../event.ts'
import type { Offer } from '../state.ts'
import { type Draft, note, setState } from './draft.ts'

/** So long after it a number or a word may answer it; a tap says itself what it answers. */
const ANSWERED_WITHIN_MS = 7 * 86_400_000
const REMEMBERED = 20

/** A tap comes back with this behind its id: which message offered it, however long ago. */
const MARK = '@msg_'

const buttonsOf = (content: Content): readonly Choice[] =>
  content.type === 'buttons' ? content.buttons : content.type === 'template' ? (content.buttons ?? []) : []

const withButtons = (content: Content, buttons: readonly Choice[]): Content =>
  content.type === 'buttons' || content.type === 'template' ? { ...content, buttons } : content

/** Remembers what a message offers, and marks it. What offers nothing comes back as it is. */
export const offer = (draft: Draft, { message, reference }: Pick<ProposedSend, 'message' | 'reference'>, content: Content): Content => {
  const buttons = buttonsOf(content)
  if (!buttons.length) return content
  const offered: Offer = { message, reference: reference ?? null, at: draft.world.at, buttons }
  const others = (draft.state.offers ?? []).filter((one) => one.message !== message)
  setState(draft, { offers: [...others, offered].slice(-REMEMBERED) })
  return withButtons(
    content,
    buttons.map((button) => ({ ...button, id: `${button.id}@${message}` })),
  )
}

type Answered = { readonly message: MessageId; readonly choice: Extract<Content, { type: 'choice' }> }

/** The offer that a message of the customer answers; null where it answers none. */
export const answeredOffer = (draft: Draft, content: Content): Answered | null => {
  if (content.type === 'choice') return tapped(draft, content)
  return content.type === 'text' && draft.state.journey === null ? typed(draft, content.text) : null
}

const tapped = (draft: Draft, content: Extract<Content, { type: 'choice' }>): Answered | null => {
  const at = content.id.lastIndexOf(MARK)
  if (at < 0) return null
  const message = asId<MessageId>(content.id.slice(at + 1))
  const reference = draft.state.offers?.find((one) => one.message === message)?.reference ?? ''
  return { message, choice: { ...content, id: content.id.slice(0, at), reference } }
}

const typed = (draft: Draft, text: string): Answered | null => {
  const last = draft.state.offers?.at(-1)
  if (!last || draft.world.at - last.at > ANSWERED_WITHIN_MS) return null
  const said = plain(text)
  const like = (most: (label: string) => number) => {
    const [button, ...others] = last.buttons.filter(
      ({ label }) => distanceBetween(said, plain(label), most(plain(label))) <= most(plain(label)),
    )
    return others.length ? undefined : button
  }
  const button = like(() => 0) ?? last.buttons[placeIn(text, last.buttons.length)?.place ?? -1] ?? like(tolerance)
  if (!button) return null
  const choice = { type: 'choice', id: button.id, label: button.label, reference: last.reference ?? '' } as const
  return { message: last.message, choice }
}

/** The business hears of it, by the message that offered it. */
export const noteAnswer = (draft: Draft, { message, choice }: Answered): void => {
  setState(draft, { offers: draft.state.offers?.filter((one) => one.message !== message) })
  note(draft, { kind: 'message.answered', message, data: { button: choice.id } })
}
