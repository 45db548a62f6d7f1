/** @jsxImportSource preact */
/** The brand's own chat page. */
import { render } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import '../shared/tokens.css'
import '../shared/base.css'
import './chat.css'
import './thread.css'
import { LanguageProvider, LanguageSwitch, useLanguage, useWords } from '../shared/language.tsx'
import { Icon, Mark } from '../shared/mark.tsx'
import { type Acts, Bubble, Crossing, Draft, Waiting } from './bubble.tsx'
import { type Chat, useChat } from './chat.ts'
import { Composer } from './composer.tsx'
import { AccountPanel, BackPanel, DataPanel, SourcePanel, takeAccount } from './panels.tsx'
import { Bones, Failed } from './parts.tsx'
import type { Back, Citation } from './shapes.ts'
import { HERE } from './wire.ts'
import { CHAT } from './words.ts'

type Open =
  | { readonly what: 'source'; readonly citation: Citation }
  | { readonly what: 'data' }
  | { readonly what: 'back'; readonly back: Back }
  | { readonly what: 'account'; readonly token: string }

const Page = () => {
  const words = useWords(CHAT)
  const chat = useChat(useLanguage())
  const { start, queue, thread } = chat
  const [open, setOpen] = useState<Open | null>(() => {
    const token = takeAccount()
    return token === null ? null : { what: 'account', token }
  })
  const shut = () => setOpen(null)
  // A word, a source, one's data: all of the visit that ended.
  useEffect(() => {
    if (chat.gone) setOpen((now) => (now?.what === 'account' ? now : null))
  }, [chat.gone])
  const name = start?.name ?? ''
  const [posted, setPosted] = useState(0)
  const post = (posting: Promise<void>) => {
    setPosted((count) => count + 1)
    return posting
  }
  const acts: Acts = {
    choose: ({ id, label }, target) => void post(queue.say({ choice: { id, label, target } })),
    open: (citation) => setOpen({ what: 'source', citation }),
  }
  return (
    <div class="chat">
      <Head chat={chat} talk={() => void post(queue.say({ person: true }))} />
      <Stage chat={chat} acts={acts} posted={posted} />
      <footer class="foot">
        <Line chat={chat} />
        <Composer
          files={start?.files ?? null}
          say={(text) => post(queue.say({ text }))}
          send={(file) => post(queue.send(file, file.name))}
        />
        <nav class="ways small" aria-label={words.data}>
          {start?.back.map((back) => (
            <button key={back.channel} type="button" class="way" onClick={() => setOpen({ what: 'back', back })}>
              {words.continueOn(back)}
            </button>
          ))}
          {start?.visitor && (
            <button type="button" class="way" onClick={() => setOpen({ what: 'data' })}>
              {words.data}
            </button>
          )}
          <LanguageSwitch />
        </nav>
      </footer>
      {open?.what === 'source' && <SourcePanel citation={open.citation} shut={shut} />}
      {open?.what === 'back' && <BackPanel back={open.back} opened={chat.reload} shut={shut} />}
      {open?.what === 'data' && (
        <DataPanel account={start?.visitor?.account ?? false} forget={chat.forget} unlinked={chat.reload} shut={shut} />
      )}
      {open?.what === 'account' && start?.signIn && (
        <AccountPanel token={open.token} name={name} agree={start.agree} linked={chat.reload} shut={shut} />
      )}
      <p class="hidden" role="status">
        {thread.owner === 'waiting' ? words.asked : ''}
      </p>
    </div>
  )
}

/** That it is an AI stands beside its name, where the name does not say so itself. */
const answeringAs = (name: string, isAi: string): string => (/(?<!\p{L})(?:AI|IA)(?!\p{L})/u.test(name) ? name : `${name}, ${isAi}`)

const Head = ({ chat: { start, thread }, talk }: { readonly chat: Chat; readonly talk: () => void }) => {
  const words = useWords(CHAT)
  const [drawn, setDrawn] = useState(true)
  const agent = thread.messages.findLast(({ by }) => by === 'person')?.name
  const answers = {
    assistant: answeringAs(start?.assistant ?? '', words.isAi),
    waiting: words.talking,
    person: words.person(agent ?? words.somebody),
  }
  return (
    <header class="head">
      <span class="logo">
        {start?.look?.logo && drawn ? <img src={start.look.logo} alt="" onError={() => setDrawn(false)} /> : <Mark size={28} />}
      </span>
      <div class="who">
        <h1>{start?.name ?? <span class="bone" />}</h1>
        <p class="small">{start ? answers[thread.owner] : <span class="bone" />}</p>
      </div>
      <button type="button" class="button talk" disabled={thread.owner !== 'assistant'} onClick={talk}>
        <Icon name="person" />
        {words.talk}
      </button>
    </header>
  )
}

/** How far from its end a thread still follows what comes, in px. */
const NEAR = 80

/** `posted` counts what the visitor posted on this page. */
const Stage = ({ chat, acts, posted }: { readonly chat: Chat; readonly acts: Acts; readonly posted: number }) => {
  const words = useWords(CHAT)
  const { start, thread, posts, queue } = chat
  const box = useRef<HTMLElement>(null)
  const follows = useRef(true)
  const top = useRef(0)
  const [behind, setBehind] = useState(false)
  const [reading, setReading] = useState(false)
  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight
  }
  const youngest = thread.messages.at(-1)?.id
  const written = thread.writing.reduce((sum, { text }) => sum + text.length, 0)
  useLayoutEffect(() => {
    if (follows.current) toEnd()
    else setBehind(true)
  }, [youngest, written, thread.writing.length, chat.awaited])
  // Who posts wants to see it.
  useLayoutEffect(() => {
    follows.current = true
    toEnd()
  }, [posted])
  useLayoutEffect(() => {
    if (follows.current) toEnd()
  }, [posts.length])
  // What had the keys went with the visit.
  const over = chat.gone !== null && start?.visitor === null
  useEffect(() => {
    if (over && document.activeElement === document.body) box.current?.focus()
  }, [over])
  // A notice above the field or below a post, a keyboard on the screen: the end stays in sight.
  useEffect(() => {
    const { current } = box
    if (!current) return
    const watch = new ResizeObserver(() => {
      if (follows.current) toEnd()
    })
    for (const part of [current, ...current.children]) watch.observe(part)
    return () => watch.disconnect()
  }, [])

  const earlier = async () => {
    const { current } = box
    const below = current ? current.scrollHeight - current.scrollTop : 0
    setReading(true)
    await chat.earlier().catch(() => {})
    setReading(false)
    if (current) current.scrollTop = current.scrollHeight - below
  }
  const isNews = useNews(chat.answered && !reading)
  const empty = start !== null && thread.messages.length === 0 && posts.length === 0
  return (
    <main
      ref={box}
      class="stage"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
      tabIndex={0}
      aria-label={words.thread}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        // Only who scrolls up leaves the end; a page that shrinks has nobody leave it.
        if (scrollHeight - scrollTop - clientHeight < NEAR) follows.current = true
        else if (scrollTop < top.current) follows.current = false
        top.current = scrollTop
        if (follows.current) setBehind(false)
      }}
    >
      <div class="column">
        {chat.trouble && chat.trouble.status !== 0 && <Failed trouble={chat.trouble} retry={chat.reload} />}
        {start?.disclosure && (
          <p class="disclosure small">
            <span class="tag">{words.ai}</span>
            <span>{start.disclosure}</span>
          </p>
        )}
        {chat.gone && (
          <p class="notice" role="status">
            <Icon name="flows" />
            <span>{chat.gone === 'erased' ? words.erased : words.gone}</span>
          </p>
        )}
        {chat.lost && chat.gone !== 'erased' && (
          <p class="notice waits" role="status">
            <Icon name="waits" />
            <span>{words.lost}</span>
          </p>
        )}
        {thread.more !== null && (
          <p class="earlier">
            <button type="button" class="button plain" disabled={reading} onClick={() => void earlier()}>
              {words.earlier}
            </button>
          </p>
        )}
        {start?.visitor?.shows === 'thread' && start.visitor.carried > 0 && <p class="small quiet carried">{words.carried}</p>}
        {start === null && !chat.trouble && <Bones />}
        {empty && <p class="welcome">{start.welcome ?? words.welcome}</p>}
        <div role="log" aria-label={words.thread} aria-live={isNews ? 'polite' : 'off'}>
          <ol>
            {thread.messages.map((message, at) => {
              const before = thread.messages[at - 1]
              return (
                <li key={message.id}>
                  {before && before.channel !== message.channel && <Crossing from={before} to={message} here={start?.channel ?? ''} />}
                  <Bubble
                    message={message}
                    business={start?.name ?? ''}
                    assistant={start?.assistant ?? ''}
                    here={start?.channel ?? ''}
                    acts={acts}
                  />
                </li>
              )
            })}
          </ol>
        </div>
        <ol>
          {thread.writing.map((writing) => (
            <li key={writing.id}>
              <Draft writing={writing} assistant={start?.assistant ?? ''} />
            </li>
          ))}
          {posts.map((post) => (
            <li key={post.id}>
              <Waiting post={post} retry={() => void queue.retry(post.id)} drop={() => void queue.drop(post.id)} />
            </li>
          ))}
        </ol>
        <Awaited chat={chat} />
      </div>
      {behind && (
        <button
          type="button"
          class="button newer"
          onClick={() => {
            setBehind(false)
            toEnd()
          }}
        >
          <Icon name="down" />
          {words.newer}
        </button>
      )}
    </main>
  )
}

const SETTLED_MS = 500

/** What is read back from before is no news: only what comes once that stands is read out. */
const useNews = (stands: boolean): boolean => {
  const [news, setNews] = useState(false)
  useEffect(() => {
    if (!stands) return setNews(false)
    const timer = window.setTimeout(() => setNews(true), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [stands])
  return news && stands
}

const LONG_MS = 20_000

/** Nothing waits without saying so. */
const Awaited = ({ chat: { awaited, thread, posts } }: { readonly chat: Chat }) => {
  const words = useWords(CHAT)
  const [long, setLong] = useState(false)
  useEffect(() => {
    setLong(false)
    if (awaited === null) return
    const timer = window.setTimeout(() => setLong(true), LONG_MS)
    return () => clearTimeout(timer)
  }, [awaited])
  const isAnswered = posts.length === 0 && thread.messages.at(-1)?.by !== 'me'
  if (awaited === null || isAnswered || thread.owner !== 'assistant' || thread.writing.length > 0) return null
  return (
    <p class="awaited small quiet" role="status">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {long ? words.longer : words.preparing}
    </p>
  )
}

const Line = ({ chat: { line, trouble, posts } }: { readonly chat: Chat }) => {
  const words = useWords(CHAT)
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => setOnline(navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => {
      removeEventListener('online', look)
      removeEventListener('offline', look)
    }
  }, [])
  const lost = !online || trouble?.status === 0
  const said =
    lost || (line === 'cut' && posts.some(({ state }) => state === 'waiting')) ? words.offline : line === 'cut' ? words.reconnecting : ''
  return (
    <div role="status">
      {said && (
        <p class="notice waits">
          <Icon name="waits" />
          <span>{said}</span>
        </p>
      )}
    </div>
  )
}

/** The brand's letters are worth no waiting: the system's stand first, and for good where data is dear. */
const letter = (): void => {
  const connection = (navigator as { connection?: { saveData?: boolean; effectiveType?: string } }).connection
  if (connection?.saveData || /2g|3g/.test(connection?.effectiveType ?? '')) return
  document.documentElement.classList.add('lettered')
}

const page = document.getElementById('page')
if (page) {
  render(
    <LanguageProvider>
      <Page />
    </LanguageProvider>,
    page,
  )
  performance.mark('interactive')
  const link = (rel: string, file: string) =>
    document.head.append(Object.assign(document.createElement('link'), { rel, href: `${HERE}/${file}` }))
  link('manifest', 'manifest.webmanifest')
  link('apple-touch-icon', 'icon.png')
  addEventListener('load', () => {
    setTimeout(letter, 500)
    // In a frame it is the page around that is kept for later, or not.
    if (parent === window) void navigator.serviceWorker?.register(`${HERE}/worker.js`, { scope: HERE }).catch(() => {})
  })
}
