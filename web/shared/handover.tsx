/** @jsxImportSource preact */
/** Where a conversation passed from one who answers to another, or a message from channel to channel: the arc between their names. */
import type { MessageView } from './api.ts'
import { useWords } from './language.tsx'
import { Arc } from './mark.tsx'
import { authorName, mediumName, SHARED } from './words.ts'

/** The queue of people, as one who answers. */
const AGENTS = 'agents'

type Passing = { readonly from: string; readonly to: string }

/**
 * By message: the passing just before it. Relais's own words are nobody's turn, but where people come next they are the moment of handing
 * over. `owner` is who has the conversation now.
 */
export const passingsOf = (messages: readonly MessageView[], owner: string): ReadonlyMap<string, Passing> => {
  const said = messages.filter((message) => message.direction === 'out')
  const found = new Map<string, Passing>()
  let from: string | null = null
  said.forEach((message, at) => {
    const next = said.slice(at + 1).find((one) => one.author !== 'system')?.author ?? owner
    const toAgents = next === AGENTS || next.startsWith('agent:')
    const to = message.author !== 'system' ? message.author : toAgents ? AGENTS : null
    if (to === null) return
    if (from !== null && from !== to && !(to === AGENTS && from.startsWith('agent:'))) found.set(message.id, { from, to })
    from = to
  })
  return found
}

/** By message: the channel that the one it stands in for had gone by. */
export const crossingsOf = (messages: readonly MessageView[]): ReadonlyMap<string, Passing> =>
  new Map(
    messages.flatMap((message) => {
      const next = message.movedTo === null ? undefined : messages.find((one) => one.id === message.movedTo)
      return next ? [[next.id, { from: message.channel, to: next.channel }]] : []
    }),
  )

/** The same message, by another channel. */
export const Crossing = ({ passing }: { readonly passing: Passing }) => {
  const words = useWords(SHARED)
  return (
    <p class="handover crossing small">
      {mediumName(passing.from, words)}
      <Arc />
      <span class="hidden"> {words.movesTo} </span>
      {mediumName(passing.to, words)}
    </p>
  )
}

export const Handover = ({ passing }: { readonly passing: Passing }) => {
  const words = useWords(SHARED)
  const name = (author: string) => (author === AGENTS ? words.agents : authorName(author, words))
  return (
    <p class="handover small">
      {name(passing.from)}
      <Arc />
      <span class="hidden"> {words.passesTo} </span>
      {name(passing.to)}
    </p>
  )
}
