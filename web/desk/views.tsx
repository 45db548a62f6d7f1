/** @jsxImportSource preact */
/** Which list is in sight: who waits, one's own, all, and where people call, who wants to be called back. */
import { useWords } from '../shared/language.tsx'
import { CALLS } from './callback-words.ts'
import type { ViewName } from './list.tsx'
import { DESK } from './words.ts'

export type Shown = ViewName | 'calls'
const VIEWS: readonly ViewName[] = ['waiting', 'mine', 'all']

type Props = {
  readonly view: Shown
  readonly setView: (view: Shown) => void
  readonly waiting: number
  /** null: nobody calls here. */
  readonly calls: number | null
}

export const Views = ({ view, setView, waiting, calls }: Props) => {
  const words = useWords(DESK)
  const own = useWords(CALLS)
  const tab = (name: Shown, text: string, count: number) => (
    <button key={name} type="button" class="view" aria-pressed={view === name} onClick={() => setView(name)}>
      {text}
      {count > 0 && <span class="count figures">{count}</span>}
    </button>
  )
  return (
    <fieldset class="views" aria-label={words.list}>
      {VIEWS.map((name) => tab(name, words.views[name], name === 'waiting' ? waiting : 0))}
      {calls !== null && tab('calls', own.list, calls)}
    </fieldset>
  )
}
