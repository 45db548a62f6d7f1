/** @jsxImportSource preact */
/** The shortcuts, and the switch that turns them off. */
import { useEffect, useRef } from 'preact/hooks'
import { useWords } from '../shared/language.tsx'
import { ASSIST } from './assist-words.ts'
import { DESK } from './words.ts'

type HelpProps = { readonly shut: () => void; readonly on: boolean; readonly switchKeys: (on: boolean) => void }

export const Help = ({ shut, on, switchKeys }: HelpProps) => {
  const words = useWords(DESK)
  const assist = useWords(ASSIST)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const lines = [
    ['J', words.help.next],
    ['K', words.help.previous],
    ['R', words.help.reply],
    ['T', words.help.take],
    ['G', words.help.give],
    ['E', words.help.close],
    ['D', assist.help.draft],
    ['S', assist.help.suggest],
    ['M', assist.help.summarise],
    ['Ctrl / ⌘ + ↵', words.help.send],
    ['Esc', words.help.leave],
    ['?', words.help.help],
  ] as const
  return (
    <dialog ref={dialog} class="help" onClose={shut} aria-labelledby="help-title">
      <h2 id="help-title">{words.keys}</h2>
      <dl>
        {lines.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="switch">
        <input type="checkbox" checked={on} onChange={(event) => switchKeys(event.currentTarget.checked)} /> {words.keysOn}
      </label>
      <button type="button" class="button main" onClick={() => dialog.current?.close()}>
        {words.shut}
      </button>
    </dialog>
  )
}
