/** The part of an IMAP server that a mail program needs to read and wait: RFC 9051 with IDLE (RFC 2177), on loopback, in clear. */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { Folder, Kept, Mailboxes } from './mailboxes.ts'
import { findPart, headerOf, readParts, structureOf } from './mime.ts'

export type ImapServer = { readonly port: number; hangUp(): void; close(): Promise<void> }

type Options = {
  readonly mailboxes: Mailboxes
  /** Who may log in. */
  readonly allow: (user: string, password: string) => boolean
  /** True while nobody gets in. */
  readonly down: () => boolean
}

const CAPABILITIES = 'IMAP4rev1 IDLE AUTH=PLAIN SASL-IR'
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const dateOf = (at: number): string => {
  const [year, month, day] = new Date(at).toISOString().slice(0, 10).split('-')
  return `"${day}-${MONTHS[Number(month) - 1]}-${year} ${new Date(at).toISOString().slice(11, 19)} +0000"`
}

/** Words, quoted strings and groups in parentheses or brackets, one each. */
const wordsIn = (line: string): readonly string[] =>
  line.match(/"(?:[^"\\]|\\.)*"|BODY(?:\.PEEK)?\[[^\]]*\](?:<[\d.]+>)?|\([^()]*(?:\([^()]*\)[^()]*)*\)|\S+/gi) ?? []
const unquote = (word = ''): string => (word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word)

/** Read once for a whole folder: a range may name every mail in it. */
const inRange = (range: string, last: number): ((uid: number) => boolean) => {
  const single = new Set<number>()
  const spans: [number, number][] = []
  for (const one of range.split(',')) {
    const [from = '', to = from] = one.split(':')
    const [a, b] = [from, to].map((word) => (word === '*' ? last : Number(word))) as [number, number]
    if (a === b) single.add(a)
    else spans.push([Math.min(a, b), Math.max(a, b)])
  }
  return (uid) => single.has(uid) || spans.some(([from, to]) => uid >= from && uid <= to)
}

const sectionOf = (mail: Kept, section: string): string => {
  if (section === '') return mail.raw
  const whole = readParts(mail.raw)
  if (/^HEADER/i.test(section)) return `${whole.head}\r\n`
  const [, number = '', mime] = /^([\d.]+?)(\.MIME)?$/i.exec(section) ?? []
  const part = findPart(whole, number)
  return part === undefined ? '' : mime ? `${part.head}\r\n` : part.body
}

const literal = (text: string): string => `{${text.length}}\r\n${text}`

const itemOf = (mail: Kept, item: string): string => {
  const name = item.toUpperCase()
  if (name === 'UID') return `UID ${mail.uid}`
  if (name === 'FLAGS') return `FLAGS (${mail.seen ? '\\Seen' : ''})`
  if (name === 'INTERNALDATE') return `INTERNALDATE ${dateOf(mail.at)}`
  if (name === 'RFC822.SIZE') return `RFC822.SIZE ${mail.raw.length}`
  if (name === 'BODYSTRUCTURE') return `BODYSTRUCTURE ${structureOf(readParts(mail.raw))}`
  const [, section = '', start, length] = /\[([^\]]*)\](?:<(\d+)\.(\d+)>)?/.exec(item) ?? []
  const text = sectionOf(mail, section)
  const from = Number(start ?? 0)
  return `BODY[${section}]${start === undefined ? '' : `<${start}>`} ${literal(text.slice(from, from + Number(length ?? text.length)))}`
}

const finds = (words: readonly string[], folder: Folder): readonly number[] => {
  const last = folder.mails.at(-1)?.uid ?? 0
  const rest = [...words]
  let found: readonly Kept[] = folder.mails
  while (rest.length > 0) {
    const key = rest.shift()?.toUpperCase() ?? ''
    if (key === 'UID') {
      const fits = inRange(rest.shift() ?? '', last)
      found = found.filter(({ uid }) => fits(uid))
    } else if (key === 'SINCE') {
      const since = Date.parse(`${unquote(rest.shift())} UTC`)
      found = found.filter(({ at }) => at >= since)
    } else if (key === 'HEADER') {
      const [name, value] = [unquote(rest.shift()), unquote(rest.shift()).toLowerCase()]
      found = found.filter(({ raw }) => (headerOf(readParts(raw).head, name) ?? '').toLowerCase().includes(value))
    }
  }
  return found.map(({ uid }) => uid)
}

const serve = (socket: Socket, { mailboxes, allow, down }: Options): void => {
  let user = ''
  let open: { readonly name: string; readonly folder: Folder; told: number } | null = null
  let unwatch = () => {}
  let idling: string | null = null
  let asking: string | null = null
  const say = (line: string) => socket.write(Buffer.from(`${line}\r\n`, 'latin1'))
  const tell = () => {
    if (!open || open.told === open.folder.mails.length) return
    open.told = open.folder.mails.length
    say(`* ${open.told} EXISTS`)
  }
  const logIn = (tag: string, name: string, password: string) => {
    if (!allow(name, password)) return say(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials`)
    user = name
    say(`${tag} OK [CAPABILITY ${CAPABILITIES}] Logged in`)
  }
  const plain = (tag: string, answer: string) => {
    const [, name = '', password = ''] = Buffer.from(answer, 'base64').toString('utf8').split('\0')
    logIn(tag, name, password)
  }
  const select = (tag: string, name: string, readOnly: boolean) => {
    if (!mailboxes.folders(user).includes(name)) return say(`${tag} NO [NONEXISTENT] No such folder`)
    const folder = mailboxes.folder(user, name)
    unwatch()
    open = { name, folder, told: folder.mails.length }
    unwatch = mailboxes.watch(user, name, () => {
      if (idling !== null) tell()
    })
    say('* FLAGS (\\Seen)')
    say(`* ${folder.mails.length} EXISTS`)
    say('* 0 RECENT')
    say(`* OK [UIDVALIDITY ${folder.validity}] UIDs valid`)
    say(`* OK [UIDNEXT ${folder.next}] Predicted`)
    say(`${tag} OK [${readOnly ? 'READ-ONLY' : 'READ-WRITE'}] Done`)
  }
  const fetch = (words: readonly string[], byUid: boolean) => {
    const [range = '', items = ''] = words
    const mails = open?.folder.mails ?? []
    const last = byUid ? (mails.at(-1)?.uid ?? 0) : mails.length
    const wanted = wordsIn(items.startsWith('(') ? items.slice(1, -1) : items)
    const fits = inRange(range, last)
    for (const [at, mail] of mails.entries()) {
      if (!fits(byUid ? mail.uid : at + 1)) continue
      const told = [...(byUid && !wanted.some((item) => /^uid$/i.test(item)) ? ['UID'] : []), ...wanted]
      say(`* ${at + 1} FETCH (${told.map((item) => itemOf(mail, item)).join(' ')})`)
    }
  }
  const obey = (line: string) => {
    if (asking !== null) {
      const tag = asking
      asking = null
      return plain(tag, line)
    }
    if (idling !== null) {
      say(`${idling} OK IDLE over`)
      idling = null
      return
    }
    const [tag = '*', verb = '', ...words] = wordsIn(line)
    const byUid = verb.toUpperCase() === 'UID'
    const command = byUid ? (words[0] ?? '').toUpperCase() : verb.toUpperCase()
    const given = byUid ? words.slice(1) : words
    if (!['IDLE', 'LOGIN', 'AUTHENTICATE'].includes(command)) tell()
    switch (command) {
      case 'CAPABILITY':
        say(`* CAPABILITY ${CAPABILITIES}`)
        break
      case 'LOGIN':
        return logIn(tag, unquote(given[0]), unquote(given[1]))
      case 'AUTHENTICATE':
        if (given[1] !== undefined) return plain(tag, given[1])
        asking = tag
        return say('+ ')
      case 'LIST':
      case 'LSUB':
        if (unquote(given[1]) === '') say(`* ${command} (\\Noselect) "/" ""`)
        else for (const name of mailboxes.folders(user)) say(`* ${command} () "/" "${name}"`)
        break
      case 'SELECT':
      case 'EXAMINE':
        return select(tag, unquote(given[0]), command === 'EXAMINE')
      case 'FETCH':
        fetch(given, byUid)
        break
      case 'SEARCH':
        say(`* SEARCH ${open ? finds(given, open.folder).join(' ') : ''}`.trimEnd())
        break
      case 'IDLE':
        idling = tag
        say('+ idling')
        return tell()
      case 'LOGOUT':
        say('* BYE Bye')
        say(`${tag} OK Done`)
        socket.end()
        return
      case 'NOOP':
      case 'CLOSE':
      case 'UNSELECT':
        break
      default:
        return say(`${tag} BAD Unknown command`)
    }
    say(`${tag} OK Done`)
  }
  let waiting = ''
  socket.on('data', (bytes) => {
    waiting += bytes.toString('latin1')
    for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
      const line = waiting.slice(0, end)
      waiting = waiting.slice(end + 2)
      obey(line)
    }
  })
  socket.on('error', () => {})
  socket.on('close', () => unwatch())
  if (down()) socket.destroy()
  else say(`* OK [CAPABILITY ${CAPABILITIES}] Ready`)
}

export const startImap = async (options: Options, port = 0): Promise<ImapServer> => {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    serve(socket, options)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    hangUp,
    close: async () => {
      hangUp()
      server.close()
      await once(server, 'close')
    },
  }
}
