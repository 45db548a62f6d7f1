/** @jsxImportSource preact */
/** Parts of the page: a panel over it, what went wrong in words, foreign text with its links. */
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { useWords } from '../shared/language.tsx'
import { Icon } from '../shared/mark.tsx'
import { piecesOf, visible } from './plain.ts'
import type { Citation } from './shapes.ts'
import type { Trouble } from './wire.ts'
import { CHAT } from './words.ts'

/** Modal: the browser keeps the keys inside, Escape shuts it, and the place before it has them again. */
export const Panel = ({
  title,
  shut,
  children,
}: {
  readonly title: string
  readonly shut: () => void
  readonly children: ComponentChildren
}) => {
  const words = useWords(CHAT)
  const id = useId()
  const self = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const { current } = self
    current?.showModal()
    return () => current?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape shuts it; the click is for whoever points beside it.
    <dialog ref={self} class="panel" aria-labelledby={id} onClose={shut} onClick={({ target }) => target === self.current && shut()}>
      <div class="panel-head">
        <h2 id={id}>{title}</h2>
        <button type="button" class="button plain icon" aria-label={words.close} onClick={shut}>
          <Icon name="close" />
        </button>
      </div>
      <div class="panel-body">{children}</div>
    </dialog>
  )
}

const troubleWords = (trouble: Trouble, noAnswer: string): string =>
  trouble.status === 0 ? noAnswer : [trouble.message || noAnswer, trouble.remedy].filter(Boolean).join(' ')

export const Failed = ({ trouble, retry }: { readonly trouble: Trouble; readonly retry?: () => void }) => {
  const words = useWords(CHAT)
  return (
    <div class="notice cut" role="alert">
      <Icon name="cut" />
      <div>
        <p>{troubleWords(trouble, words.noAnswer)}</p>
        {retry && (
          <button type="button" class="button" onClick={retry}>
            {words.retry}
          </button>
        )}
      </div>
    </div>
  )
}

/** Still shapes while something is read. */
export const Bones = () => (
  <div class="bones" aria-hidden="true">
    <span class="bone" />
    <span class="bone" />
    <span class="bone" />
  </div>
)

export const WebLink = ({ href, class: look, children }: { href: string; class?: string; children: ComponentChildren }) => (
  <a href={href} class={look} target="_blank" rel="noreferrer noopener nofollow">
    {children}
  </a>
)

/** Foreign text as text: an address becomes a link, [1] opens its source. */
export const Words = ({
  text,
  citations,
  open,
}: {
  readonly text: string
  readonly citations?: readonly Citation[]
  readonly open?: (citation: Citation) => void
}) => (
  <p class="text" dir="auto">
    {piecesOf(text, citations).map(({ text: said, href, cites }, at) =>
      cites && open ? (
        <button key={at} type="button" class="cite" title={visible(cites.title)} onClick={() => open(cites)}>
          {said}
        </button>
      ) : href ? (
        <WebLink key={at} href={href}>
          {said}
        </WebLink>
      ) : (
        said
      ),
    )}
  </p>
)
