/** @jsxImportSource preact */
/** One message as a phone shows it. */
import { useState } from 'preact/hooks'
import { timeOf } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { Icon, Mark } from '../shared/mark.tsx'
import { onEscape } from './menu.tsx'
import type { LineView } from './phones.ts'
import { SIM, type SimWords } from './words.ts'

type LineProps = {
  readonly line: LineView
  readonly quoted: LineView | null
  readonly zone: string
  /** The youngest: buttons further up have been answered or passed by. */
  readonly last: boolean
  readonly picked: boolean
  readonly pick: () => void
  readonly tap: (button: string) => void
  readonly openList: () => void
  readonly react: (emoji: string) => void
}

const EMOJI = ['👍', '❤️', '😂', '😮', '🙏']

export const Line = ({ line, quoted, zone, last, picked, pick, tap, openList, react }: LineProps) => {
  const words = useWords(SIM)
  const language = useLanguage()
  const own = line.from === 'customer'
  return (
    <div class={`line ${own ? 'own' : 'theirs'} ${picked ? 'picked' : ''}`}>
      <div class="line-body">
        {quoted && <p class="quoted small">{quoted.text}</p>}
        <LineContent line={line} words={words} />
        <p class="line-meta">
          {line.edited && <span>{words.edited}</span>}
          <time>{timeOf(line.at, language, zone)}</time>
          {own && <PhoneTicks line={line} words={words} />}
        </p>
        {line.buttons?.map((button) =>
          button.url ? (
            <a key={button.label} class="tap" href={button.url} target="_blank" rel="noreferrer">
              {button.label}
            </a>
          ) : (
            <button key={button.id} type="button" class="tap" disabled={!last} onClick={() => tap(button.id)}>
              {button.label}
            </button>
          ),
        )}
        {line.opens && (
          <button type="button" class="tap" disabled={!last} aria-label={words.openList(line.opens)} onClick={openList}>
            <Icon name="list" /> {line.opens}
          </button>
        )}
        {line.link && (
          <a class="tap" href={line.link.url} target="_blank" rel="noreferrer">
            {line.link.label}
          </a>
        )}
        {line.reactions.length > 0 && (
          <p class="reactions" title={line.reactions.map((one) => words.by[one.by]).join(', ')}>
            {line.reactions.map((one) => one.emoji).join('')}
          </p>
        )}
      </div>
      {!own && (
        <p class="beside">
          <button type="button" class="beside-button" title={words.whyThis} aria-label={words.whyThis} aria-pressed={picked} onClick={pick}>
            <Mark size={18} />
          </button>
          <Reactions react={react} words={words} />
        </p>
      )}
    </div>
  )
}

const Reactions = ({ react, words }: { readonly react: (emoji: string) => void; readonly words: SimWords }) => {
  const [open, setOpen] = useState(false)
  const shut = onEscape(() => setOpen(false))
  return (
    <span class="react">
      <button
        type="button"
        class="beside-button"
        title={words.react}
        aria-label={words.react}
        aria-expanded={open}
        onKeyDown={shut}
        onClick={() => setOpen(!open)}
      >
        <Icon name="smile" />
      </button>
      {open && (
        <span class="react-menu">
          {EMOJI.map((emoji) => (
            <button
              key={emoji}
              type="button"
              onKeyDown={shut}
              onClick={() => {
                setOpen(false)
                react(emoji)
              }}
            >
              {emoji}
            </button>
          ))}
        </span>
      )}
    </span>
  )
}

const LineContent = ({ line, words }: { readonly line: LineView; readonly words: SimWords }) => {
  if (line.removed) return <p class="quiet">{words.removed}</p>
  return (
    <>
      {line.header && <p class="line-header">{line.header}</p>}
      {line.media &&
        (line.media.shown ? (
          <img src={`/sim/api/media/${line.media.id}`} alt={words.photoAlt} width="240" height="158" />
        ) : (
          <p class="file">
            <Icon name="picture" /> {line.media.filename || line.type}
          </p>
        ))}
      {line.place && (
        <p class="file">
          <Icon name="place" />
          <span>
            {line.place.name || `${line.place.latitude}, ${line.place.longitude}`}
            {line.place.address && <span class="small quiet"> {line.place.address}</span>}
          </span>
        </p>
      )}
      {line.text && !line.place && <p class="line-text">{line.text}</p>}
      {line.footer && <p class="small quiet">{line.footer}</p>}
    </>
  )
}

const PhoneTicks = ({ line, words }: { readonly line: LineView; readonly words: SimWords }) => {
  const label = line.read ? words.tick.read : line.taken ? words.tick.taken : words.tick.sent
  return (
    <span class={`ticks ${line.read ? 'read' : ''}`} role="img" aria-label={label} title={label}>
      <svg
        width="18"
        height="11"
        viewBox="0 0 20 12"
        fill="none"
        stroke="currentColor"
        stroke-width="1.9"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
      >
        <path d="m1.5 6.5 3.5 3.5L12 2.5" />
        {line.taken && <path d="m9 9.5.6.5L16.5 2.5" />}
      </svg>
    </span>
  )
}
