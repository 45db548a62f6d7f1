/**
 * Connections to the outgoing server, a few at once and each used again. What an answer proves hangs on one thing: whether the mail itself
 * had begun to leave (RFC 5321 §4.1.1.4: after DATA, only the reply to its end says who is responsible for it).
 */
import { Readable } from 'node:stream'
import type { NodemailerError } from 'nodemailer/lib/errors'
import SmtpConnection, { type SMTPEnvelope } from 'nodemailer/lib/smtp-connection'
import { isLoopback } from '../../core/provider-url.ts'
import type { EmailConfig } from './config.ts'
import type { Step } from './refusals.ts'

/** `reply`: what the server said; empty where it said nothing. `begun`: the mail itself had begun to leave. */
export type Posted =
  | { readonly type: 'taken' }
  | { readonly type: 'no'; readonly step: Step; readonly reply: string }
  | { readonly type: 'broken'; readonly cause: string; readonly begun: boolean }

export type Post = {
  deliver(envelope: SMTPEnvelope, mail: Uint8Array, signal: AbortSignal): Promise<Posted>
  /** Logs in and takes leave. What the server can do, in capitals. @throws as the server or the network refuses. */
  greet(signal: AbortSignal): Promise<readonly string[]>
}

const CONNECT_MS = 10_000
/** An idle connection is closed after so long; servers wait five minutes (RFC 5321 §4.5.3.2). */
const IDLE_MS = 60_000

type Failure = Partial<NodemailerError>
const asFailure = (error: unknown): Failure => (error instanceof Error ? (error as Failure) : {})

const STEPS: readonly (readonly [RegExp, Step])[] = [
  [/^AUTH/, 'login'],
  [/^MAIL/, 'sender'],
  [/^RCPT/, 'recipient'],
  [/^DATA/, 'content'],
]
const stepOf = ({ code, command }: Failure): Step =>
  code === 'EAUTH' ? 'login' : (STEPS.find(([pattern]) => pattern.test(command ?? ''))?.[1] ?? 'greeting')

export const judgeFailure = (error: unknown, begun: boolean): Posted => {
  const failure = asFailure(error)
  // A farewell in the middle of the mail is no reply to it.
  const answers = failure.responseCode !== undefined && !(begun && failure.command !== 'DATA')
  if (answers) return { type: 'no', step: stepOf(failure), reply: failure.response ?? String(failure.responseCode) }
  if (failure.code === 'EAUTH') return { type: 'no', step: 'login', reply: '' }
  return { type: 'broken', cause: failure.code ?? failure.name ?? 'unknown', begun }
}

export const openPost = (config: EmailConfig): Post => {
  const idle: SmtpConnection[] = []
  const waiting: (() => void)[] = []
  let open = 0

  const connect = async (signal: AbortSignal): Promise<SmtpConnection> => {
    const local = isLoopback(config.smtpHost)
    const secure = config.smtpPort === 465
    const connection = new SmtpConnection({
      host: config.smtpHost,
      port: config.smtpPort,
      secure,
      requireTLS: !secure && !local,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: IDLE_MS,
      socketCloseTimeout: 0,
      tls: { rejectUnauthorized: !local },
    })
    const drop = () => {
      const at = idle.indexOf(connection)
      if (at >= 0) idle.splice(at, 1)
    }
    connection.on('end', drop)
    await untilDone<void>(connection, signal, (done) => {
      connection.on('error', (error) => {
        drop()
        done(error)
      })
      connection.connect((error) => {
        if (error) return done(error)
        if (!connection.allowsAuth && local) return done(null)
        const auth = { user: config.smtpUser ?? config.user, pass: config.smtpPassword ?? config.password }
        connection.login(auth, (refused) => done(refused))
      })
    })
    return connection
  }

  const take = async (signal: AbortSignal): Promise<{ readonly connection: SmtpConnection; readonly used: boolean }> => {
    if (open >= config.connections) await new Promise<void>((resolve) => waiting.push(resolve))
    open += 1
    const known = idle.pop()
    if (known) return { connection: known, used: true }
    return { connection: await connect(signal), used: false }
  }
  const free = () => {
    open -= 1
    waiting.shift()?.()
  }

  const attempt = async (envelope: SMTPEnvelope, mail: Uint8Array, signal: AbortSignal): Promise<Posted & { readonly used: boolean }> => {
    let begun = false
    let used = false
    try {
      const taken = await take(signal)
      used = taken.used
      const { connection } = taken
      const body = new Readable({
        read() {
          begun = true
          this.push(mail)
          this.push(null)
        },
      })
      try {
        await untilDone<void>(connection, signal, (done) => connection.send(envelope, body, (error) => done(error)))
        idle.push(connection)
        return { type: 'taken', used }
      } catch (error) {
        connection.close()
        throw error
      }
    } catch (error) {
      return { ...judgeFailure(error, begun), used }
    } finally {
      free()
    }
  }

  return {
    deliver: async (envelope, mail, signal) => {
      const first = await attempt({ ...envelope }, mail, signal)
      // The server had hung up meanwhile: nothing of this mail was said to anybody.
      const stale = first.type === 'broken' && first.used && !first.begun && !signal.aborted
      return stale ? attempt({ ...envelope }, mail, signal) : first
    },
    greet: async (signal) => {
      const connection = await connect(signal)
      const told = (connection.lastServerResponse || '').toUpperCase()
      const ehlo = Reflect.get(connection, '_ehloLines')
      connection.quit()
      return Array.isArray(ehlo) ? ehlo.map((line) => String(line).toUpperCase()) : [told]
    },
  }
}

/** One call of a connection, ended by its answer, its error, its end or the signal. */
const untilDone = <T>(connection: SmtpConnection, signal: AbortSignal, call: (done: (error?: Error | null, value?: T) => void) => void) =>
  new Promise<T | undefined>((resolve, reject) => {
    const stop = () => done(Object.assign(new Error('The wait is over.'), { code: 'EABORT' }))
    const fail = (error: Error) => done(error)
    const end = () => done(Object.assign(new Error('The server hung up.'), { code: 'ECONNECTION' }))
    const done = (error?: Error | null, value?: T) => {
      signal.removeEventListener('abort', stop)
      connection.off('error', fail)
      connection.off('end', end)
      if (signal.aborted || error) connection.close()
      if (error) reject(error)
      else resolve(value)
    }
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    connection.once('error', fail)
    connection.once('end', end)
    call(done)
  })
