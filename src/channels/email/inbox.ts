/** The server that keeps incoming mails: one connection a folder, which waits for news (IDLE, RFC 2177) and never changes anything there. */
import { ImapFlow, type MailboxObject, type MessageStructureObject } from 'imapflow'
import { causeOf } from '../../core/certainty.ts'
import type { Listening, Tools } from '../../core/channel.ts'
import { RelaisError } from '../../core/errors.ts'
import type { Inbound } from '../../core/event.ts'
import { isLoopback } from '../../core/provider-url.ts'
import { watchLoops } from './automatic.ts'
import type { EmailConfig } from './config.ts'
import { eventsOf } from './inbound.ts'
import { type FilePart, isFile, type Source } from './mail.ts'
import { openReader, Unreadable } from './reader.ts'
import { asVendorId, tameLine } from './wire.ts'

export type Account = { readonly config: EmailConfig; readonly tools: Tools }

/** Of each folder: which numbering its messages have (UIDVALIDITY), the last one read (UID), and when that came in. */
type Place = Readonly<Record<string, readonly [validity: string, uid: number, at: number]>>

/** Of a mail: its words stand in front, its files are fetched when somebody wants them. */
const READ_BYTES = 256 * 1024
const BATCH = 100
/** Numbers that a server gave anew say nothing of where we were: what came shortly before the last mail read is read again. */
const OVERLAP_MS = 86_400_000
const WAIT_MS = 240_000
const MOST_PARTS = 200

export const connectInbox = async ({ config }: Pick<Account, 'config'>, signal: AbortSignal): Promise<ImapFlow> => {
  const local = isLoopback(config.imapHost)
  const secure = config.imapPort === 993
  const client = new ImapFlow({
    host: config.imapHost,
    port: config.imapPort,
    secure,
    ...(secure || local ? {} : { doSTARTTLS: true }),
    auth: { user: config.user, pass: config.password },
    tls: { rejectUnauthorized: !local },
    clientInfo: { name: 'Relais' },
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    maxIdleTime: WAIT_MS,
    logger: false,
  })
  // Whoever waits for an answer hears of it there; without a listener it would end the process.
  client.on('error', () => {})
  const stop = () => client.close()
  signal.addEventListener('abort', stop, { once: true })
  client.once('close', () => signal.removeEventListener('abort', stop))
  try {
    await client.connect()
  } catch (error) {
    client.close()
    const refused = error instanceof Error && Reflect.get(error, 'authenticationFailed') === true
    throw new RelaisError('provider-refused', refused ? 'imap login' : `imap ${causeOf(error)}`, error)
  }
  return client
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')

const readPlace = (from: string | null): Place => {
  try {
    const place: unknown = JSON.parse(from ?? '{}')
    return typeof place === 'object' && place !== null ? (place as Place) : {}
  } catch {
    return {}
  }
}

const flatten = (node: MessageStructureObject, inside = ''): readonly (MessageStructureObject & { readonly inside: string })[] =>
  node.childNodes ? node.childNodes.flatMap((child) => flatten(child, node.type)) : [{ ...node, inside }]

/** The files a server names in a mail whose bytes were cut short. Sizes are those of base64 on the way. */
const filesIn = (structure: MessageStructureObject): readonly FilePart[] =>
  flatten(structure)
    .slice(0, MOST_PARTS)
    .filter(
      ({ type, disposition, inside }) =>
        disposition === 'attachment' || (!type.startsWith('text/') && isFile(type) && inside !== 'multipart/related'),
    )
    .map(({ part = '1', type, size = 0, encoding, dispositionParameters, parameters }) => ({
      part,
      mime: type,
      bytes: encoding?.toLowerCase() === 'base64' ? Math.floor((size * 3) / 4) : size,
      filename: tameLine(dispositionParameters?.filename ?? parameters?.name, 200),
    }))

const readAll = async (stream: AsyncIterable<Buffer>): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** The words of a mail that stand behind its files, beyond what was read. */
const fetchWords = async (client: ImapFlow, uid: number, structure: MessageStructureObject): Promise<Source['words']> => {
  const texts = flatten(structure).filter(({ type, disposition }) => type.startsWith('text/') && disposition !== 'attachment')
  const text = texts.find(({ type }) => type === 'text/plain') ?? texts[0]
  if (text?.part === undefined) return undefined
  const { content } = await client.download(String(uid), text.part, { uid: true, maxBytes: READ_BYTES })
  if (!content) return undefined
  return { text: await readAll(content), html: text.type === 'text/html' }
}

/** The numbers of what is new in an open folder. */
const findNew = async (client: ImapFlow, box: MailboxObject, known: Place[string] | undefined): Promise<readonly number[]> => {
  if (known === undefined) return []
  const [validity, last, at] = known
  if (validity === String(box.uidValidity)) {
    const found = (await client.search({ uid: `${last + 1}:*` }, { uid: true })) || []
    return found.filter((uid) => uid > last).sort((a, b) => a - b)
  }
  const again = (await client.search({ since: new Date(at - OVERLAP_MS) }, { uid: true })) || []
  return again.sort((a, b) => a - b)
}

export const refOf =
  (folder: string, validity: bigint, uid: number) =>
  (part: string, messageId: string): string =>
    JSON.stringify([folder, String(validity), uid, part, messageId])

export const listen = async (
  account: Account,
  from: string | null,
  take: Parameters<Listening['listen']>[1],
  signal: AbortSignal,
  mails = openReader(),
): Promise<void> => {
  const { config, tools } = account
  let place = readPlace(from)
  const reader = { address: config.address, seal: tools.seal, loops: watchLoops() }
  /** One batch at a time, whichever folder it is from: each leaves its own place behind. */
  let handing: Promise<void> = Promise.resolve()
  const hand = (folder: string, at: Place[string], events: readonly Inbound[]): Promise<void> => {
    handing = handing.then(() => {
      place = { ...place, [folder]: at }
      return take({ events, place: JSON.stringify(place) })
    })
    return handing
  }

  const others = new AbortController()

  /** Where nobody can read it, the word that it lies there: the folder goes on behind it. */
  const readOne = async (source: Source, folder: string, validity: bigint, uid: number): Promise<readonly Inbound[]> => {
    try {
      return eventsOf(await mails.read(source), reader, refOf(folder, validity, uid))
    } catch (error) {
      if (signal.aborted || others.signal.aborted || error instanceof RelaisError) throw error
      const cause = error instanceof Unreadable ? error.message : nameOf(error)
      tools.log.warn('mail.unreadable', { channel: tools.channel, uid, cause })
      const vendorId = asVendorId(JSON.stringify([folder, String(validity), uid]))
      return [{ kind: 'unreadable', vendorId, at: source.at, where: `${folder} UID ${uid}`, cause }]
    }
  }

  const readBatch = async (client: ImapFlow, folder: string, box: MailboxObject, uids: readonly number[]): Promise<void> => {
    const wanted = { uid: true, internalDate: true, size: true, source: { maxLength: READ_BYTES } }
    const fetched = await client.fetchAll(uids.join(','), wanted, { uid: true })
    const events: Inbound[] = []
    let latest = place[folder]?.[2] ?? 0
    for (const { uid, source, size = 0, internalDate } of fetched.toSorted((a, b) => a.uid - b.uid)) {
      if (!source) continue
      const at = new Date(internalDate ?? tools.now()).getTime()
      const told: Source = { bytes: source, at: Number.isFinite(at) ? at : tools.now() }
      const known = size > source.length ? await readRest(client, uid, told) : told
      events.push(...(await readOne(known, folder, box.uidValidity, uid)))
      latest = Math.max(latest, told.at)
    }
    await hand(folder, [String(box.uidValidity), uids.at(-1) ?? 0, latest], events)
  }

  const catchUp = async (client: ImapFlow, folder: string): Promise<void> => {
    const box = client.mailbox
    if (!box) throw new RelaisError('provider-refused', 'imap folder closed')
    // What lay there before Relais came was written to somebody else.
    if (place[folder] === undefined) await hand(folder, [String(box.uidValidity), box.uidNext - 1, tools.now()], [])
    const uids = await findNew(client, box, place[folder])
    for (let at = 0; at < uids.length && !signal.aborted; at += BATCH) await readBatch(client, folder, box, uids.slice(at, at + BATCH))
    if (uids.length === 0 && place[folder]?.[0] !== String(box.uidValidity))
      await hand(folder, [String(box.uidValidity), box.uidNext - 1, place[folder]?.[2] ?? tools.now()], [])
  }

  const follow = async (folder: string): Promise<void> => {
    const client = await connectInbox(account, AbortSignal.any([signal, others.signal]))
    try {
      let news = true
      let wake = () => {}
      const ring = () => {
        news = true
        wake()
      }
      client.on('exists', ring)
      client.on('mailboxOpen', ring)
      await client.mailboxOpen(folder, { readOnly: true })
      while (client.usable && !signal.aborted) {
        if (news) {
          news = false
          await catchUp(client, folder)
          continue
        }
        const rung = new Promise<void>((resolve) => {
          wake = resolve
        })
        await Promise.race([client.idle(), rung])
        // A server that says nothing of new mails is asked.
        news = true
      }
      if (!signal.aborted) throw new RelaisError('provider-refused', 'imap connection closed')
    } finally {
      client.close()
    }
  }

  signal.addEventListener('abort', () => void mails.close(), { once: true })
  try {
    await Promise.all(config.folders.map(follow))
  } catch (error) {
    if (!signal.aborted) throw error instanceof RelaisError ? error : new RelaisError('provider-refused', `imap ${causeOf(error)}`, error)
  } finally {
    others.abort()
    await mails.close()
    await handing.catch(() => {})
  }
}

/** Files, and words that stand behind them, of a mail that was not read to its end. */
const readRest = async (client: ImapFlow, uid: number, source: Source): Promise<Source> => {
  try {
    const one = await client.fetchOne(String(uid), { bodyStructure: true }, { uid: true })
    if (!one || one.bodyStructure === undefined) return source
    return { ...source, files: filesIn(one.bodyStructure), words: await fetchWords(client, uid, one.bodyStructure) }
  } catch (error) {
    // A mail that its own server cannot take apart is read as far as it was given.
    if (client.usable) return source
    throw error
  }
}
