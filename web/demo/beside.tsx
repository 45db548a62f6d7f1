/** @jsxImportSource preact */
/** The second screen: the brand's own page behind the link, or the customer's mailbox. */
import type { Ref } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { timeOf } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { Icon } from '../shared/mark.tsx'
import { Breakable } from '../shared/parts.tsx'
import { type InboxView, inboxHandOf } from '../sim/phones.ts'
import { controlsOf, type SceneView } from './story.ts'
import { DEMO } from './words.ts'

type BesideProps = {
  readonly scene: SceneView
  readonly page: string | null
  readonly mail: InboxView | null
  readonly frame: Ref<HTMLIFrameElement>
  readonly zone: string
  readonly shut: () => void
  readonly look: () => void
}

export const Beside = ({ scene, page, mail, frame, zone, shut, look }: BesideProps) => {
  const words = useWords(DEMO)
  if (page !== null)
    return (
      <section class="second" aria-label={words.beside.page}>
        <p class="second-head small">
          <strong>{words.beside.page}</strong>
          <a href={page} target="_blank" rel="noreferrer">
            {words.openAlone} <Icon name="source" />
          </a>
          <button type="button" class="button plain icon" aria-label={words.shut} onClick={shut}>
            <Icon name="close" />
          </button>
        </p>
        <iframe ref={frame} key={page} src={page} title={words.beside.page} />
      </section>
    )
  if (mail) return <Mailbox scene={scene} mail={mail} zone={zone} look={look} />
  return <p class="second second-none small quiet">{words.beside.none}</p>
}

const Mailbox = ({ scene, mail, zone, look }: Pick<BesideProps, 'scene' | 'zone' | 'look'> & { readonly mail: InboxView }) => {
  const words = useWords(DEMO)
  const language = useLanguage()
  const [text, setText] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const { lines } = mail
  useLayoutEffect(() => {
    const { current } = box
    // A long letter is read from its beginning.
    const last = current?.querySelector('li:last-child')
    if (current && last) current.scrollTop += last.getBoundingClientRect().top - current.getBoundingClientRect().top - 8
  }, [lines.length])
  const answer = () => {
    const last = lines.findLast(({ from }) => from === 'business')
    const said = text.trim()
    if (!said) return
    setText('')
    void inboxHandOf('mail', scene.who, controlsOf(scene.id))
      .write(said, last ? { line: last.id } : {})
      .catch(() => setText(said))
      .finally(look)
  }
  return (
    <section class="second mailbox" aria-label={words.beside.mail}>
      <p class="second-head small">
        <strong>{words.beside.mail}</strong>
        <span class="quiet">
          <Breakable text={mail.address} />
        </span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever reads by keys scrolls it. */}
      <div ref={box} class="mails" role="log" aria-label={words.beside.mail} tabIndex={0}>
        <ol>
          {lines.map((line) => (
            <li key={line.id} class={`mail ${line.from}`}>
              <p class="mail-head small">
                <strong>{line.subject}</strong> <time class="quiet">{timeOf(line.at, language, zone)}</time>
              </p>
              <p>{line.text}</p>
            </li>
          ))}
        </ol>
      </div>
      <form
        class="mail-write"
        onSubmit={(event) => {
          event.preventDefault()
          answer()
        }}
      >
        <input
          class="field"
          aria-label={words.reply}
          placeholder={words.reply}
          maxLength={4096}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button main icon" aria-label={words.send} disabled={!text.trim()}>
          <Icon name="send" />
        </button>
      </form>
    </section>
  )
}
