/** @jsxImportSource preact */
/** The conversations: who waits longest first, one's own, or all. */
import type { ConversationView, Me, Page } from '../shared/api.ts'
import { houseNow } from '../shared/api.ts'
import { momentOf, spanOf } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { type Loaded, useNow } from '../shared/live.tsx'
import { Bones, Breakable, State, summaryOf, TroubleNotice } from '../shared/parts.tsx'
import { ownerWords, SHARED } from '../shared/words.ts'
import { DESK } from './words.ts'

export type ViewName = 'waiting' | 'mine' | 'all'

type ListProps = {
  readonly me: Me
  readonly view: ViewName
  readonly list: Loaded<Page<ConversationView>>
  readonly chosen: string | null
  readonly choose: (id: string) => void
}

export const ConversationList = ({ me, view, list, chosen, choose }: ListProps) => {
  const words = useWords(DESK)
  const now = useNow(houseNow, 10_000)
  const items = list.value?.items
  return (
    <>
      {list.trouble && <TroubleNotice trouble={list.trouble} retry={list.reload} />}
      {!items && !list.trouble && <Bones lines={6} />}
      {items?.length === 0 && <p class="empty quiet">{words.empty[view]}</p>}
      <ul class="rows">
        {items?.map((item) => (
          <li key={item.id}>
            <Row item={item} me={me} now={now} chosen={item.id === chosen} choose={() => choose(item.id)} />
          </li>
        ))}
      </ul>
    </>
  )
}

type RowProps = {
  readonly item: ConversationView
  readonly me: Me
  readonly now: number
  readonly chosen: boolean
  readonly choose: () => void
}

const Row = ({ item, me, now, chosen, choose }: RowProps) => {
  const words = useWords(DESK)
  const shared = useWords(SHARED)
  const language = useLanguage()
  const owner = ownerWords(item.owner, me.id, shared)
  return (
    <button type="button" class="row-button" aria-current={chosen} onClick={choose}>
      <span class="row-name">
        <Breakable text={item.name ?? words.unknownName} />
      </span>
      <time class="small quiet">{momentOf(item.lastAt, now, language)}</time>
      <span class="row-last small quiet">
        {item.last?.author === `agent:${me.id}` && words.you}
        <Breakable text={summaryOf(item.last?.content ?? null, shared)} />
      </span>
      <span class="row-state">
        {item.waitingSince !== null && item.owner !== `agent:${me.id}` ? (
          <State tone="waits">{words.waits(spanOf(now - item.waitingSince, language))}</State>
        ) : (
          <State tone={owner.state} icon={owner.state === '' ? 'person' : owner.state}>
            {owner.text}
          </State>
        )}
      </span>
    </button>
  )
}
