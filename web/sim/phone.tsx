/** @jsxImportSource preact */
/** The phone to hold: the thread as the customer sees it. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { houseNow } from '../shared/api.ts'
import { isSameDay, shortDayOf, timeOf } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { useNow } from '../shared/live.tsx'
import { Icon, Mark } from '../shared/mark.tsx'
import { Line } from './line.tsx'
import { onEscape } from './menu.tsx'
import { type Hand, type LineView, type PhoneView, type SimState, samplePicture } from './phones.ts'
import { SIM } from './words.ts'

type PhoneProps = {
  readonly phone: PhoneView
  readonly business: SimState['business']
  readonly hand: Hand
  readonly look: () => void
  readonly picked: string | null
  readonly pick: (line: LineView) => void
}

/** Somebody who looks at the thread has read it a moment later. */
const READ_AFTER_MS = 900

export const Phone = ({ phone, business, hand, look, picked, pick }: PhoneProps) => {
  const words = useWords(SIM)
  const language = useLanguage()
  const now = useNow(houseNow, 1_000)
  const [list, setList] = useState<LineView | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const youngest = phone.thread.at(-1)?.id
  const { unread, typing } = phone

  const act = (doing: Promise<unknown>) => void doing.catch(() => {}).finally(look)
  useEffect(() => {
    if (unread === 0 || document.hidden) return
    const timer = window.setTimeout(() => act(hand.read()), READ_AFTER_MS)
    return () => clearTimeout(timer)
  }, [unread, youngest, hand])
  useLayoutEffect(() => {
    const { current } = box
    if (current && (youngest !== undefined || typing)) current.scrollTop = current.scrollHeight
  }, [youngest, typing, phone.id])

  return (
    <div class="device">
      <div class="device-bar small">
        <time>{timeOf(now, language, business.timezone)}</time>
        <span>{shortDayOf(now, language, business.timezone)}</span>
      </div>
      <div class="device-head">
        <span class="avatar">
          <Mark size={22} />
        </span>
        <div>
          <p class="device-name">{business.name}</p>
          <p class="small quiet" aria-live="polite">
            {typing ? words.typing : words.online}
          </p>
        </div>
      </div>
      <div ref={box} class="device-thread" role="log" aria-label={words.thread} aria-live="polite">
        {phone.thread.length === 0 && <p class="device-empty small">{words.emptyPhone}</p>}
        <ol>
          {phone.thread.map((line, at) => {
            const before = phone.thread[at - 1]
            return (
              <li key={line.id}>
                {before && !isSameDay(before.at, line.at, business.timezone) && (
                  <p class="day small">{shortDayOf(line.at, language, business.timezone)}</p>
                )}
                <Line
                  line={line}
                  quoted={line.answers ? (phone.thread.find((one) => one.id === line.answers) ?? null) : null}
                  zone={business.timezone}
                  last={at === phone.thread.length - 1}
                  picked={picked === line.id}
                  pick={() => pick(line)}
                  tap={(id) => act(hand.button(id, line.id))}
                  openList={() => setList(line)}
                  react={(emoji) => act(hand.react(line.id, emoji))}
                />
              </li>
            )
          })}
        </ol>
        {typing && (
          <p class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </p>
        )}
      </div>
      {list?.rows && (
        <Sheet
          line={list}
          shut={() => setList(null)}
          choose={(id) => {
            setList(null)
            act(hand.row(id, list.id))
          }}
        />
      )}
      <Composer hand={hand} act={act} />
    </div>
  )
}

const Sheet = ({ line, shut, choose }: { readonly line: LineView; readonly shut: () => void; readonly choose: (row: string) => void }) => {
  const words = useWords(SIM)
  const self = useRef<HTMLDivElement>(null)
  // Whoever works by keys comes in at the first row, and goes back to where they were.
  useEffect(() => {
    const before = document.activeElement
    self.current?.querySelector<HTMLElement>('.sheet-row')?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <div ref={self} class="sheet" role="dialog" aria-label={line.opens} onKeyDown={onEscape(shut)}>
      <p class="sheet-head">
        <strong>{line.opens}</strong>
        <button type="button" class="button plain icon" aria-label={words.cancel} onClick={shut}>
          <Icon name="close" />
        </button>
      </p>
      <ul>
        {line.rows?.map((row) => (
          <li key={row.id}>
            <button type="button" class="sheet-row" onClick={() => choose(row.id)}>
              {row.title}
              {row.description && <span class="small quiet">{row.description}</span>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

const Composer = ({ hand, act }: { readonly hand: Hand; readonly act: (doing: Promise<unknown>) => void }) => {
  const words = useWords(SIM)
  const [text, setText] = useState('')
  const [menu, setMenu] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const send = () => {
    if (!text.trim()) return
    setText('')
    act(
      hand.text(text.trim()).catch(() => {
        // What did not arrive can be sent again.
        setText((now) => now || text)
      }),
    )
  }
  const attach = (doing: () => void) => () => {
    setMenu(false)
    doing()
  }
  const sendSample = async () => {
    const picture = await samplePicture()
    if (picture) await hand.picture(picture)
  }
  return (
    <form
      class="device-write"
      onKeyDown={onEscape(() => setMenu(false))}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {menu && (
        <div class="attach">
          <button type="button" class="button plain" onClick={attach(() => act(sendSample()))}>
            <Icon name="picture" /> {words.sample}
          </button>
          <button type="button" class="button plain" onClick={attach(() => file.current?.click())}>
            <Icon name="picture" /> {words.photo}
          </button>
          <button type="button" class="button plain" onClick={attach(() => act(hand.place()))}>
            <Icon name="place" /> {words.place}
          </button>
        </div>
      )}
      <button type="button" class="button plain icon" aria-label={words.attach} aria-expanded={menu} onClick={() => setMenu(!menu)}>
        <Icon name="add" />
      </button>
      <input
        ref={file}
        type="file"
        accept="image/jpeg,image/png"
        hidden
        onChange={(event) => {
          const picture = event.currentTarget.files?.[0]
          if (picture) act(hand.picture(picture))
          event.currentTarget.value = ''
        }}
      />
      <input
        class="field"
        aria-label={words.write}
        placeholder={words.write}
        autocomplete="off"
        maxLength={4096}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="button main icon" aria-label={words.send} disabled={!text.trim()}>
        <Icon name="send" />
      </button>
    </form>
  )
}
