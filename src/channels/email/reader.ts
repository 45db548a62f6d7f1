/**
 * Mails are taken apart in a thread beside the house: one that never ends, or that asks for more memory than a mail may, costs that thread and
 * nothing else. What fails three times, where another can be read, is given up: whoever asked sets the mail aside and reads the next.
 */
import { Worker } from 'node:worker_threads'
import { RelaisError } from '../../core/errors.ts'
import type { Mail, Source } from './mail.ts'

export type MailReader = {
  /** One after the other. Rejects with `Unreadable` where a mail cannot be read, with `internal` where none can. */
  read(source: Source): Promise<Mail>
  /** What is being read rejects. */
  close(): Promise<void>
}

/** Its message names what went wrong, nothing of the mail. */
export class Unreadable extends Error {}

/** What the thread gives: the mail, or the name of an error. */
export type Answer = { readonly mail: Mail } | { readonly failed: string }

/** Of bytes up to their bound, on a machine that is busy; the first mail waits for the thread to begin, too. */
const LONGEST_MS = 10_000
const MOST_MB = 256
const TRIES = 3
/** Whoever cannot read this one is to blame, and no mail. */
const BLANK: Source = { bytes: new TextEncoder().encode('Subject: blank\r\n\r\n'), at: 0 }

const causeOf = (error: Error): string => (Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too much memory' : error.name)

export const openReader = (
  program = new URL('./reader-thread.ts', import.meta.url),
  { longestMs = LONGEST_MS, mostMb = MOST_MB }: { readonly longestMs?: number; readonly mostMb?: number } = {},
): MailReader => {
  let thread: Worker | null = null
  let closed = false
  let settle: (answer: Answer) => void = () => {}
  let last: Promise<unknown> = Promise.resolve()

  const begin = (): Worker => {
    const made = new Worker(program, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: mostMb } })
    const tell = (answer: Answer) => {
      if (thread === made) settle(answer)
    }
    made.on('message', tell)
    made.on('error', (error: Error) => tell({ failed: causeOf(error) }))
    made.on('exit', () => tell({ failed: 'the thread ended' }))
    return made
  }
  const end = async (): Promise<void> => {
    const ended = thread
    thread = null
    await ended?.terminate()
  }

  const ask = (source: Source): Promise<Answer> =>
    new Promise<Answer>((resolve) => {
      const late = setTimeout(() => settle({ failed: 'too slow' }), longestMs)
      settle = (answer) => {
        clearTimeout(late)
        resolve(answer)
      }
      try {
        thread ??= begin()
      } catch (error) {
        settle({ failed: error instanceof Error ? causeOf(error) : 'unknown' })
        return
      }
      // A copy of its own: a view would take all it looks into along.
      const bytes = new Uint8Array(source.bytes)
      thread.postMessage({ ...source, bytes }, [bytes.buffer])
    })

  const blame = async (failed: string): Promise<Error> => {
    if ('mail' in (await ask(BLANK))) return new Unreadable(failed)
    await end()
    return new RelaisError('internal', `mail reader: ${failed}`)
  }

  const read = async (source: Source): Promise<Mail> => {
    for (let tries = 1; !closed; tries++) {
      const answer = await ask(source)
      if ('mail' in answer) return answer.mail
      await end()
      if (tries === TRIES && !closed) throw await blame(answer.failed)
    }
    throw new Error('closed')
  }

  return {
    read: (source) => {
      const mine = last.then(() => read(source))
      last = mine.catch(() => {})
      return mine
    },
    close: async () => {
      closed = true
      settle({ failed: 'closed' })
      await end()
    },
  }
}
