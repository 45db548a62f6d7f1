/** @jsxImportSource preact */
/** One message: who said it, what, on which sources, and how far it came. */
import { useState } from 'preact/hooks'
import type { Choice, Content } from '../../src/core/content.ts'
import { momentOf, sizeOf } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { Arc, Icon } from '../shared/mark.tsx'
import { WebLink, Words } from './parts.tsx'
import { visible, webAddress } from './plain.ts'
import type { Post } from './queue.ts'
import type { Citation, Message } from './shapes.ts'
import type { Writing } from './thread.ts'
import { fileAddress } from './wire.ts'
import { CHAT, type ChatWords } from './words.ts'

export type Acts = {
  readonly choose: (choice: Choice, target: string) => void
  readonly open: (citation: Citation) => void
}

const speakerOf = (message: Message, business: string, assistant: string, words: ChatWords): string => {
  if (message.by === 'me') return words.you
  if (message.by === 'person') return visible(message.name ?? '') || words.somebody
  // A menu or a source's own words are the business's.
  return message.by === 'assistant' && message.ai ? assistant : business
}

/** Where the conversation passed from one channel to another: the product's arc. */
export const Crossing = ({ from, to, here }: { readonly from: Message; readonly to: Message; readonly here: string }) => {
  const words = useWords(CHAT)
  const name = ({ channel, medium }: Message) => (channel === here ? words.here : (words.media[medium] ?? channel))
  return (
    <p class="crossing small">
      {name(from)}
      <Arc />
      <span class="hidden"> {words.continues} </span>
      {name(to)}
    </p>
  )
}

export const Bubble = ({
  message,
  business,
  assistant,
  here,
  acts,
}: {
  readonly message: Message
  readonly business: string
  readonly assistant: string
  readonly here: string
  readonly acts: Acts
}) => {
  const words = useWords(CHAT)
  const language = useLanguage()
  const mine = message.by === 'me'
  const elsewhere = message.channel !== here
  return (
    <article class={`said ${mine ? 'mine' : message.by}`}>
      <p class={mine ? 'speaker small hidden' : 'speaker small'}>
        {speakerOf(message, business, assistant, words)}
        {message.ai && <span class="tag">{words.ai}</span>}
      </p>
      <div class="bubble">
        <Said message={message} acts={acts} />
      </div>
      {message.citations && message.citations.length > 0 && <Sources citations={message.citations} open={acts.open} />}
      <p class="meta small">
        <time dateTime={new Date(message.at).toISOString()}>{momentOf(message.at, Date.now(), language)}</time>
        {elsewhere && <span>{words.via(words.media[message.medium] ?? message.channel)}</span>}
        {mine && !elsewhere && <Done word={words.received} />}
      </p>
    </article>
  )
}

const Done = ({ word }: { readonly word: string }) => (
  <span class="done" title={word}>
    <Icon name="flows" />
    <span class="hidden">{word}</span>
  </span>
)

const Sources = ({ citations, open }: { readonly citations: readonly Citation[]; readonly open: (citation: Citation) => void }) => {
  const words = useWords(CHAT)
  return (
    <ul class="sources" aria-label={words.sources}>
      {citations.map((citation) => (
        <li key={citation.n}>
          <button type="button" class="source-row small" onClick={() => open(citation)}>
            <span class="number" aria-hidden="true">
              {citation.n}
            </span>
            <span class="hidden">{words.sourceOf(citation.n, '')}</span>
            <span class="title">{visible(citation.title)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const Said = ({ message, acts }: { readonly message: Message; readonly acts: Acts }) => {
  const words = useWords(CHAT)
  const { content } = message
  if (content === null) return <p class="text quiet">{words.other}</p>
  switch (content.type) {
    case 'text':
    case 'call':
      return <Words text={content.text} citations={message.citations ?? []} open={acts.open} />
    case 'buttons':
      return (
        <>
          <Words text={content.text} />
          <Choices choices={content.buttons} choose={(choice) => acts.choose(choice, message.id)} />
        </>
      )
    case 'template':
      return (
        <>
          <Words text={content.text} />
          {content.buttons && <Choices choices={content.buttons} choose={(choice) => acts.choose(choice, message.id)} />}
        </>
      )
    case 'list':
      return (
        <>
          <Words text={content.text} />
          <details class="rows">
            <summary class="button">
              <Icon name="list" />
              {content.button}
            </summary>
            <Choices choices={content.rows} choose={(choice) => acts.choose(choice, message.id)} />
          </details>
        </>
      )
    case 'link': {
      const href = webAddress(content.url)
      return (
        <>
          <Words text={content.text} />
          {href && (
            <WebLink href={href} class="button">
              {content.label}
              <Icon name="source" />
              <span class="hidden"> {words.newTab}</span>
            </WebLink>
          )}
        </>
      )
    }
    case 'media':
      return <File content={content} />
    case 'choice':
      return <p class="text">{content.label}</p>
    case 'location':
      return <p class="text">{[content.name, content.address].filter(Boolean).join(', ') || words.place}</p>
    case 'contacts':
      return <p class="text">{content.contacts.map(({ name }) => name).join(', ')}</p>
    case 'reaction':
      return <p class="text">{content.emoji ?? words.other}</p>
    case 'order':
      return <p class="text">{content.text ?? words.other}</p>
    default:
      return <p class="text quiet">{words.other}</p>
  }
}

const Choices = ({ choices, choose }: { readonly choices: readonly Choice[]; readonly choose: (choice: Choice) => void }) => {
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <ul class="choices">
      {choices.map((choice) => (
        <li key={choice.id}>
          <button
            type="button"
            class="button"
            aria-pressed={chosen === choice.id}
            onClick={() => {
              setChosen(choice.id)
              choose(choice)
            }}
          >
            <span>
              {choice.label}
              {choice.description && <span class="small quiet about">{choice.description}</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const File = ({ content: { kind, media, caption } }: { readonly content: Extract<Content, { type: 'media' }> }) => {
  const words = useWords(CHAT)
  const language = useLanguage()
  const [drawn, setDrawn] = useState(true)
  const image = kind === 'image' || kind === 'sticker'
  const name = visible(media.filename ?? '') || (image ? words.picture : words.file)
  const size = media.bytes === undefined ? '' : sizeOf(media.bytes, language)
  const said = [name, size].filter(Boolean).join(' · ')
  return (
    <>
      {media.digest === undefined ? (
        <p class="file">
          <Icon name={image ? 'picture' : 'file'} />
          <span>
            {said} <span class="small quiet">({words.notYet})</span>
          </span>
        </p>
      ) : image && drawn ? (
        <a class="picture" href={fileAddress(media.digest)} target="_blank" rel="noreferrer">
          <img src={fileAddress(media.digest)} alt={name} loading="lazy" onError={() => setDrawn(false)} />
          <span class="hidden"> {words.newTab}</span>
        </a>
      ) : (
        <a class="file" href={fileAddress(media.digest)} download={name}>
          <Icon name="file" />
          <span>
            <span class="hidden">{words.save} </span>
            <bdi>{said}</bdi>
          </span>
        </a>
      )}
      {caption && <Words text={caption} />}
    </>
  )
}

/** An answer as it is written; where it was cut, it says so. Screen readers hear it whole, once it is. */
export const Draft = ({ writing, assistant }: { readonly writing: Writing; readonly assistant: string }) => {
  const words = useWords(CHAT)
  return (
    <article class={`said assistant ${writing.broken ? 'broken' : 'writing'}`}>
      <p class="speaker small">
        {assistant}
        <span class="tag">{words.ai}</span>
      </p>
      {writing.text !== '' && (
        <div class="bubble">
          <p class="text" dir="auto">
            {writing.text}
            {!writing.broken && <span class="caret" aria-hidden="true" />}
          </p>
        </div>
      )}
      <p class="meta small">
        {writing.broken ? (
          <span class="state cut">
            <Icon name="cut" />
            {words.withdrawn[writing.broken]}
          </span>
        ) : (
          <span class="state">
            <Icon name="changed" />
            {words.writing}
          </span>
        )}
      </p>
    </article>
  )
}

/** What was posted here and is not in the thread yet. */
export const Waiting = ({ post, retry, drop }: { readonly post: Post; readonly retry: () => void; readonly drop: () => void }) => {
  const words = useWords(CHAT)
  const { says, file } = post
  const text = says === undefined ? '' : 'text' in says ? says.text : 'choice' in says ? says.choice.label : words.talk
  return (
    <article class={`said mine ${post.state}`}>
      <div class="bubble">
        {file ? (
          <p class="file">
            <Icon name={file.blob.type.startsWith('image/') ? 'picture' : 'file'} />
            <bdi>{visible(file.name)}</bdi>
          </p>
        ) : (
          <Words text={text} />
        )}
        {post.state === 'sending' && post.part !== undefined && (
          <progress max={1} value={post.part} aria-label={visible(file?.name ?? words.sending)} />
        )}
      </div>
      {post.state === 'refused' ? (
        <div class="notice cut" role="alert">
          <Icon name="cut" />
          <div>
            <p>
              {words.notSent} {post.refused}
            </p>
            <p class="acts">
              {/* A file that was refused stays what it is. */}
              {!file && (
                <button type="button" class="button" onClick={retry}>
                  {words.retry}
                </button>
              )}
              <button type="button" class={file ? 'button' : 'button plain'} onClick={drop}>
                {words.dropPost}
              </button>
            </p>
          </div>
        </div>
      ) : (
        <p class="meta small">
          {post.state === 'waiting' && (
            <span class="state waits">
              <Icon name="waits" />
              {words.waiting}
            </span>
          )}
          {post.state === 'sending' && words.sending}
          {post.state === 'sent' && <Done word={words.sent} />}
        </p>
      )}
    </article>
  )
}
