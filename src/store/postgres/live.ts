/**
 * What is being written, from the process that asks the engine to those that hold the pages: by NOTIFY, for it is worth nothing a second later.
 * A notice that is lost costs the sight of a piece; the whole answer comes by the journal.
 */
import type { ContactId } from '../../core/ids.ts'
import type { Clock, Log } from '../../core/ports.ts'
import type { Frame, Live } from '../../core/visitor.ts'
import type { Connection } from '../connection.ts'
import { openEar } from './ear.ts'

/** Pieces within this time go as one. */
const GATHER_MS = 20
/** PostgreSQL takes less than 8,000 bytes; a letter is six of them at most (`\u0000`). */
const LONGEST = 1_000
/** Beyond this somebody writes faster than the store tells: the rest is seen when it is whole. */
const MOST = 1_000
// Two workspaces of one database have each their own.
const SAY = `select pg_notify('relais_live_' || current_schema(), t) from unnest($1::text[]) t`
const LISTEN = `do $$ begin execute format('listen %I', 'relais_live_' || current_schema()); end $$`

type Said = { readonly contact: ContactId; readonly frame: Frame }

const piecesOf = ({ contact, frame }: Said): readonly Said[] =>
  frame.type !== 'writing' || frame.text.length <= LONGEST
    ? [{ contact, frame }]
    : [
        { contact, frame: { ...frame, text: frame.text.slice(0, LONGEST) } },
        ...piecesOf({ contact, frame: { ...frame, n: frame.n + LONGEST, text: frame.text.slice(LONGEST) } }),
      ]

/** One piece of what came one after the other. */
const gather = (said: readonly Said[]): readonly Said[] => {
  const all: Said[] = []
  for (const next of said) {
    const [a, b] = [all.at(-1)?.frame, next.frame]
    const follows = a?.type === 'writing' && b.type === 'writing' && a.id === b.id && b.n === a.n + a.text.length
    if (follows) all[all.length - 1] = { contact: next.contact, frame: { ...a, text: a.text + b.text } }
    else all.push(next)
  }
  return all
}

/** Says to whoever listens in other processes; nobody hears anything here. */
export const createLiveSender = (connection: Pick<Connection, 'query'>, clock: Clock, log: Log): Live => {
  let waiting: Said[] = []
  let sending = false
  const send = async () => {
    const said = gather(waiting).flatMap(piecesOf)
    waiting = []
    await connection.query(SAY, [said.map((one) => JSON.stringify(one))]).catch(() => log.debug('live.mute'))
    if (waiting.length) clock.after(GATHER_MS, send)
    else sending = false
  }
  return {
    say(contact, frame) {
      if (waiting.length >= MOST) return
      waiting.push({ contact, frame })
      if (sending) return
      sending = true
      clock.after(waiting.length === 1 ? 0 : GATHER_MS, send)
    },
    drop: () => {},
    hear: () => () => {},
  }
}

const read = (payload: string): Said | null => {
  try {
    return JSON.parse(payload) as Said
  } catch {
    return null
  }
}

/** Hands on to `live` what other processes say. Gives how to stop. */
export const hearLive = (connection: Pick<Connection, 'dedicated'>, live: Live, clock: Clock, log: Log): (() => Promise<void>) =>
  openEar(connection, clock, {
    statement: LISTEN,
    heard: (payload) => {
      const said = read(payload)
      if (said) live.say(said.contact, said.frame)
    },
    deaf: () => log.debug('live.deaf'),
  })
