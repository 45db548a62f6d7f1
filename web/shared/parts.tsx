/** @jsxImportSource preact */
/** Small parts of every page: what a message says, how far it came, what went wrong. */
import { type ComponentChildren, Fragment } from 'preact'
import type { Content } from '../../src/core/content.ts'
import type { MessageView, Trouble } from './api.ts'
import { useWords } from './language.tsx'
import { Icon, type IconName } from './mark.tsx'
import { SHARED, type Shared } from './words.ts'

export type Tone = '' | 'flows' | 'waits' | 'cut' | 'unknown'

/** A state as a shape, a word and a colour. */
export const State = ({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone
  readonly icon?: IconName
  readonly children: ComponentChildren
}) => (
  <span class={`state ${tone}`}>
    <Icon name={icon ?? (tone === '' ? 'person' : tone)} />
    {children}
  </span>
)

export const Notice = ({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone
  readonly icon?: IconName
  readonly children: ComponentChildren
}) => (
  <div class={`notice ${tone}`}>
    <Icon name={icon ?? (tone || 'unknown')} />
    <div>{children}</div>
  </div>
)

/** An address, or words that hold one, that breaks before the @ or after a dot, never inside a word. */
export const Breakable = ({ text }: { readonly text: string }) => (
  <>
    {text.split(/(?=@)|(?<=\.)(?=\S)/).map((part, at) => (
      <Fragment key={at}>
        {at > 0 && <wbr />}
        {part}
      </Fragment>
    ))}
  </>
)

/** Links of rules lead outside; whoever follows one keeps the page. */
export const SourceLink = ({ href }: { readonly href: string }) => {
  const words = useWords(SHARED)
  if (!/^https?:\/\//.test(href)) return null
  return (
    <a class="source" href={href} target="_blank" rel="noreferrer">
      {words.source}
      <Icon name="source" />
      <span class="hidden"> {words.newTab}</span>
    </a>
  )
}

/** What could not be done, and what to do. */
export const TroubleNotice = ({ trouble, retry }: { readonly trouble: Trouble; readonly retry?: () => void }) => {
  const words = useWords(SHARED)
  return (
    <div role="alert">
      <Notice tone="cut">
        {trouble.code === 'offline' ? words.offline : `${trouble.message || words.failed} ${trouble.remedy}`}
        {retry && (
          <p>
            <button type="button" class="button plain" onClick={retry}>
              {words.retry}
            </button>
          </p>
        )}
      </Notice>
    </div>
  )
}

/** A line of text for any content: for lists and for what has no shape of its own. */
export const summaryOf = (content: Content | null, words: Shared): string => {
  if (content === null) return words.what.empty
  switch (content.type) {
    case 'choice':
      return content.label
    case 'media':
      return [words.what[content.kind], content.media.filename, content.caption].filter(Boolean).join(' · ')
    case 'location':
      return [words.what.location, content.name, content.address].filter(Boolean).join(' · ')
    case 'contacts':
      return `${words.what.contacts} · ${content.contacts.map((contact) => contact.name).join(', ')}`
    case 'reaction':
      return content.emoji ? `${words.what.reaction} ${content.emoji}` : words.what.unreact
    case 'form':
      return words.what.form
    case 'order':
      return [words.what.order, content.text].filter(Boolean).join(' · ')
    case 'unsupported':
      return words.what.unsupported
    default:
      return content.text
  }
}

/** One tick sent, two delivered, two in the accent read; the word is on it for whoever cannot tell. */
export const Ticks = ({ status, moved = false }: { readonly status: MessageView['status']; readonly moved?: boolean }) => {
  const words = useWords(SHARED)
  const label = moved && status === 'cancelled' ? words.moved : words.status[status]
  const double = status === 'delivered' || status === 'read'
  if (!double && status !== 'sent' && status !== 'accepted') return <span class="small">{label}</span>
  return (
    <span class={`ticks ${status === 'read' ? 'read' : ''}`} role="img" aria-label={label} title={label}>
      <svg
        width="20"
        height="12"
        viewBox="0 0 20 12"
        fill="none"
        stroke="currentColor"
        stroke-width="1.75"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
      >
        <path d="m1.5 6.5 3.5 3.5L12 2.5" />
        {double && <path d="m9 9.5.6.5L16.5 2.5" />}
      </svg>
    </span>
  )
}

/** Still shapes while something is read. */
export const Bones = ({ lines }: { readonly lines: number }) => (
  <div class="bones" aria-hidden="true">
    {Array.from({ length: lines }, (_, line) => (
      <span key={line} class="bone" />
    ))}
  </div>
)
