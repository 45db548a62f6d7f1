/** @jsxImportSource preact */
/** An engine's help with a reply: a draft, short replies, a summary. What it writes is only shown; the agent takes it, changes it, sends it. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { api, type ThreadTask, type ThreadTaskKind, Trouble } from '../shared/api.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { Notice, State, TroubleNotice } from '../shared/parts.tsx'
import './assist.css'
import { ASSIST } from './assist-words.ts'
import { DESK } from './words.ts'

const KINDS: readonly ThreadTaskKind[] = ['draft', 'suggest', 'summarise']
/** Looked at often at first; an engine may take a minute. */
const FIRST_LOOK_MS = 250
const SLOWEST_LOOK_MS = 2_000

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

type Help =
  | { readonly state: 'busy'; readonly kind: ThreadTaskKind }
  | { readonly state: 'trouble'; readonly trouble: Trouble }
  | { readonly state: 'ended'; readonly task: ThreadTask }

type AssistProps = { readonly conversation: string; readonly use: (text: string) => void }

export const Assist = ({ conversation, use }: AssistProps) => {
  const words = useWords(ASSIST)
  const desk = useWords(DESK)
  const [help, setHelp] = useState<Help | null>(null)
  /** Whatever was asked before is of no interest once something else is, or nobody looks any more. */
  const round = useRef(0)
  useEffect(
    () => () => {
      round.current += 1
    },
    [],
  )

  const ask = async (kind: ThreadTaskKind) => {
    round.current += 1
    const mine = round.current
    const tell = (next: Help) => round.current === mine && setHelp(next)
    tell({ state: 'busy', kind })
    try {
      let task = await api.askTask(conversation, kind)
      for (
        let pause = FIRST_LOOK_MS;
        task.state === 'pending' || task.state === 'working';
        pause = Math.min(pause * 1.5, SLOWEST_LOOK_MS)
      ) {
        await wait(pause)
        if (round.current !== mine) return
        // Its turn may not have come yet.
        task = await api.task(task.id).catch((error) => {
          if (error instanceof Trouble && error.status === 404) return task
          throw error
        })
      }
      tell({ state: 'ended', task })
    } catch (error) {
      tell({ state: 'trouble', trouble: error instanceof Trouble ? error : new Trouble('unknown', 0, String(error), '') })
    }
  }
  const shut = () => {
    round.current += 1
    setHelp(null)
  }
  const busy = help?.state === 'busy' ? help.kind : null
  return (
    <div class="assist">
      <fieldset class="assist-acts" aria-label={words.group}>
        <span class="tag small" aria-hidden="true">
          {desk.aiTag}
        </span>
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            class="button small"
            data-act={kind}
            title={words.what[kind]}
            disabled={busy === kind}
            onClick={() => void ask(kind)}
          >
            {words.act[kind]}
          </button>
        ))}
      </fieldset>
      <div role="status">
        {busy && <State tone="waits">{words.busy[busy]}</State>}
        {help?.state === 'ended' && <Ended task={help.task} use={use} shut={shut} />}
      </div>
      {help?.state === 'trouble' && <TroubleNotice trouble={help.trouble} />}
    </div>
  )
}

type EndedProps = { readonly task: ThreadTask; readonly use: (text: string) => void; readonly shut: () => void }

const Ended = ({ task, use, shut }: EndedProps) => {
  const words = useWords(ASSIST)
  const desk = useWords(DESK)
  const language = useLanguage()
  const { result, why } = task
  const take = (text: string) => {
    use(text)
    shut()
  }
  if (!result)
    return (
      <Notice tone="waits">
        {why?.says[language]} {why?.remedy[language]}
      </Notice>
    )
  return (
    <section class="assist-result" aria-label={words.title[task.task]}>
      <p class="assist-title">
        <strong>{words.title[task.task]}</strong>
        <button type="button" class="button plain small" aria-label={words.shut} onClick={shut}>
          {desk.shut}
        </button>
      </p>
      {result.options ? (
        <ul class="options">
          {result.options.map((option) => (
            <li key={option}>
              <button type="button" class="button" aria-label={words.useThis(option)} onClick={() => take(option)}>
                {option}
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p class="text">{result.text}</p>
      )}
      {result.citations.length > 0 && (
        <p class="small quiet">
          {words.sources} {[...new Set(result.citations.map(({ title }) => title))].join(' · ')}
        </p>
      )}
      <p class="small quiet">{words.read}</p>
      {task.task === 'draft' && (
        <button type="button" class="button main" onClick={() => take(result.text)}>
          {words.use}
        </button>
      )}
    </section>
  )
}
