/** The work behind jobs, with what the set-up gives: engines and knowledge, business systems, files. */

import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileTypeFromBuffer } from 'file-type'
import type { Abilities, OpenChannel } from '../core/channel.ts'
import { wordsOf } from '../core/content.ts'
import { sha256 } from '../core/digest.ts'
import type { Passage, Prompt } from '../core/engine.ts'
import type { ChannelId, ContactId, ConversationId, Digest } from '../core/ids.ts'
import type { PassageSource } from '../core/knowledge.ts'
import { fillSecrets } from '../core/placeholder.ts'
import type { ContactView, MessageView } from '../core/reading.ts'
import type { Purpose } from '../core/situation.ts'
import type { StoredMedia } from '../core/store.ts'
import type { Live } from '../core/visitor.ts'
import type { Workspace } from '../core/workspace.ts'
import { searchPassages } from '../knowledge/search.ts'
import type { Performers } from '../relay/index.ts'
import { type AskingOptions, createAsker } from './asking.ts'
import { promptWords } from './prompt-words.ts'
import { opinionOf, opinionPrompt } from './second-opinion.ts'
import { createTaskPerformer } from './tasks.ts'
import { watchFor } from './watching.ts'

/** Turns of the thread an engine is given. */
const HISTORY = 8
/** Of the thread, for a visitor who sees but a part of it. */
const SEARCHED = 50
const PASSAGES = 5
/** A business system's answer. */
const LARGEST_ANSWER = 256 * 1024
const LARGEST_FILE = 100 * 1024 * 1024

/** What an engine is told of what was said before: all that is asked of `Reading`. */
export type Turns = {
  contact(id: ContactId): Promise<Pick<ContactView, 'conversationId'> | null>
  messages(
    conversation: ConversationId,
    page: { readonly limit: number; readonly cursor: null },
  ): Promise<{ readonly items: readonly Pick<MessageView, 'status' | 'vendorId' | 'content' | 'direction' | 'channel' | 'at'>[] }>
}

type Seen = Parameters<Performers['think']>[0]['seen']

type Options = AskingOptions & {
  readonly workspace: Pick<Workspace, 'name' | 'prompts' | 'plans' | 'callHosts' | 'channels' | 'sector'>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly fetch: (request: Request) => Promise<Response>
  readonly knowledge: PassageSource
  readonly reading: Turns
  readonly channels: ReadonlyMap<ChannelId, OpenChannel & Abilities>
  readonly keepMedia: (media: StoredMedia) => Promise<void>
  readonly rejoin?: Performers['rejoin']
  readonly mediaFolder: string
  readonly purposeOf: (text: string) => Purpose
  /** Where people watch answers being written; absent: nowhere. */
  readonly live?: Live | undefined
}

const WHO = { fr: { customer: 'Le client', business: 'Nous' }, en: { customer: 'The customer', business: 'We' } } as const
const WANTED = {
  fr: 'Pour le conseiller qui va rappeler ce client\u00a0: que veut-il, et où en est-on\u00a0? Deux phrases.',
  en: 'For the adviser who is about to call this customer back: what do they want, and how far did we get? Two sentences.',
} as const

const UNSAID: ReadonlySet<MessageView['status']> = new Set(['held', 'refused', 'cancelled', 'failed'])

export const createPerformers = (options: Options): Performers => {
  const { workspace, clock } = options
  const { linksFor, open } = createAsker(options)

  const think: Performers['think'] = async ({ question, language, channel, contact, visit, stream, purpose: found, seen }, signal) => {
    const ask = await open(contact, channel, signal)
    if (!ask) return { answer: null, attempts: [], purpose: found ?? null }
    const judges = found === 'unsure' ? linksFor('classify', channel) : []
    const opinion = judges.length
      ? await ask('classify', judges, (engine) => opinionPrompt(workspace, question.text, language, engine))
      : null
    const kept = workspace.channels.find(({ id }) => id === channel)?.scope !== 'general'
    const judged = opinion ? opinionOf(opinion.citations) : (found ?? null)
    // In the middle of a step it is most likely an answer to that: it is not turned away, but no model answers it either.
    const purpose = kept && visit !== null && judged === 'general' ? 'unsure' : judged
    const before = opinion?.attempts ?? []
    if (kept && purpose === 'general') return { answer: null, attempts: before, purpose }
    // Nobody knows whose matter it is: only what cannot say more than the business has written may answer.
    const engines = linksFor('answer', channel).filter(({ kind }) => !(kept && purpose === 'unsure') || kind.inProcess)
    const passages = await searchPassages(options.knowledge, question.text, language, PASSAGES)
    const history = await historyOf(contact, question.message, kept, seen)
    const prompt = (engine: string): Prompt => ({
      system: promptWords(workspace, 'answer', engine, language),
      history,
      question: question.text,
      language,
      passages,
    })
    // What was decided ahead was of this purpose alone.
    const watch = stream && options.live && purpose === (found ?? null) ? watchFor(options.live, contact, stream) : undefined
    const result = await ask('answer', engines, prompt, watch)
    watch?.end()
    const attempts = [...before, ...result.attempts]
    if (result.outcome !== 'answered' || !result.engine) return { answer: null, attempts, purpose }
    const cited = passages.filter((passage) => result.citations.includes(passage.id))
    const citations = cited.map(({ title, id, url }) => ({ title, passage: id, ...(url ? { url } : {}) }))
    const ai = !options.links.get(result.engine)?.kind.inProcess
    return { answer: { text: result.text, engine: result.engine, ai, citations }, attempts, purpose }
  }

  /**
   * What was said before the question; the question itself is told apart. `kept`: without what was general, and what was said to it, or
   * "go on, then" would have it answered after all. `seen`: what the asker may see of the thread; nothing else is told to an engine for them.
   */
  const historyOf = async (contact: ContactId, asked: string, kept: boolean, seen?: Seen): Promise<Prompt['history']> => {
    const conversation = (await options.reading.contact(contact))?.conversationId
    if (!conversation) return []
    const { items } = await options.reading.messages(conversation, { limit: seen ? SEARCHED : HISTORY + 1, cursor: null })
    const turns = items
      .filter(({ channel, at }) => !seen || (channel === seen.channel && at >= seen.since))
      // Nobody has heard of what was not sent.
      .filter(({ status }) => !UNSAID.has(status))
      .filter((message) => message.vendorId !== asked && message.content !== null && wordsOf(message.content) !== '')
      .slice(0, HISTORY)
      .reverse()
      .map(({ direction, content }) => ({
        by: direction === 'in' ? ('customer' as const) : ('business' as const),
        text: content ? wordsOf(content) : '',
      }))
    let general = false
    return turns.filter(({ by, text }) => {
      if (by === 'customer') general = kept && options.purposeOf(text) === 'general'
      return !general
    })
  }

  /** Said of the thread alone: its messages are the passages, so that nothing is in it that nobody wrote. */
  const summarise: NonNullable<Performers['summarise']> = async ({ contact, channel, language }, signal) => {
    const engines = linksFor('summarise', channel)
    const ask = engines.length ? await open(contact, channel, signal) : null
    const history = ask ? await historyOf(contact, '', false) : []
    if (!ask || !history.length) return { text: null, engine: null, attempts: [] }
    const passages = history.map(({ by, text }, n): Passage => {
      const id = String(n + 1)
      return { id, document: id, title: WHO[language][by], text, language, score: 1 }
    })
    const prompt = (engine: string): Prompt => ({
      system: promptWords(workspace, 'summarise', engine, language),
      history: [],
      question: WANTED[language],
      language,
      passages,
    })
    const { outcome, text, engine, attempts } = await ask('summarise', engines, prompt)
    return { text: outcome === 'answered' ? text : null, engine, attempts }
  }

  const call: Performers['call'] = async ({ id, method, url, body }, signal) => {
    const target = new URL(fillSecrets(url, options.env))
    if (!workspace.callHosts.some((host) => host === target.host || host === target.hostname)) return { ok: false, value: null }
    // Only the address may name secrets: the body holds what the customer wrote, which could name one too.
    const filled = body ? JSON.stringify(body) : null
    const response = await options.fetch(
      new Request(target, {
        method,
        signal,
        redirect: 'manual',
        headers: { accept: 'application/json', 'idempotency-key': id, ...(filled ? { 'content-type': 'application/json' } : {}) },
        body: filled,
      }),
    )
    const bytes = response.ok ? await readCapped(response, LARGEST_ANSWER) : await leave(response)
    if (bytes === null) return { ok: false, value: null }
    try {
      return { ok: true, value: JSON.parse(new TextDecoder().decode(bytes)) }
    } catch {
      return { ok: false, value: null }
    }
  }

  const keep: Performers['keep'] = async (channel, media, signal) => {
    const open = options.channels.get(channel)
    if (!open?.fetchMedia) return { error: 'no-media' }
    const response = await open.fetchMedia(media, signal)
    if (!response.ok) {
      await leave(response)
      return { error: `status-${response.status}` }
    }
    const bytes = await readCapped(response, LARGEST_FILE)
    if (!bytes) return { error: 'too-large' }
    const digest = sha256(bytes) as Digest
    if (media.sha256 && media.sha256 !== digest && media.sha256 !== Buffer.from(digest, 'hex').toString('base64'))
      return { error: 'hash-differs' }
    // What it is counts, not what it is called.
    const mime = (await fileTypeFromBuffer(bytes))?.mime ?? (isText(bytes) ? 'text/plain' : 'application/octet-stream')
    await keepBytes(options.mediaFolder, bytes)
    await options.keepMedia({ digest, mime, bytes: bytes.byteLength, at: clock.now() })
    return { ...media, digest, mime, bytes: bytes.byteLength, sha256: digest }
  }

  const task = createTaskPerformer({ ...options, linksFor, open, threadOf: ({ contact, seen }) => historyOf(contact, '', false, seen) })
  return {
    think,
    summarise,
    task,
    ...(options.rejoin ? { rejoin: options.rejoin } : {}),
    call,
    keep,
    mark: (channel) => options.channels.get(channel)?.markRead?.bind(options.channels.get(channel)),
  }
}

const isText = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return !bytes.includes(0)
  } catch {
    return false
  }
}

/** Reads nothing of a refusal. Who is down may be up again, and is asked anew (throws); who says no has said so. */
const leave = async (response: Response): Promise<null> => {
  await response.body?.cancel()
  if (response.status >= 500) throw new Error(`status ${response.status}`)
  return null
}

const readCapped = async (response: Response, most: number): Promise<Uint8Array | null> => {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.byteLength
    if (length > most) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Where a file lies: under its digest. */
const placeOf = (folder: string, digest: Digest): string => join(folder, digest.slice(0, 2), digest)

/** A file that was kept; null where there is none. */
export const openKept = async (folder: string, digest: Digest): Promise<Blob | null> => {
  try {
    return await openAsBlob(placeOf(folder, digest))
  } catch {
    return null
  }
}

/** Gives the digest that it lies under. */
export const keepBytes = async (folder: string, bytes: Uint8Array): Promise<Digest> => {
  const digest = sha256(bytes) as Digest
  await writeOnce(placeOf(folder, digest), bytes)
  return digest
}

export const dropKept = (folder: string, digest: Digest): Promise<void> => rm(placeOf(folder, digest), { force: true })

/** Whole or not at all. */
const writeOnce = async (place: string, bytes: Uint8Array): Promise<void> => {
  await mkdir(dirname(place), { recursive: true, mode: 0o700 })
  const draft = join(dirname(place), `.${randomUUID()}`)
  await writeFile(draft, bytes, { mode: 0o600 })
  await rename(draft, place)
}
