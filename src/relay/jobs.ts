/** Work outside the lines: engine turns, calls to business systems, files, read marks. A job done twice after a crash does no harm; its result counts once. */
import type { Abilities } from '../core/channel.ts'
import type { Content, MediaRef } from '../core/content.ts'
import { RelaisError } from '../core/errors.ts'
import type { CallbackId, ChannelId, ContactId, EventId, JobId, MessageId, VendorId } from '../core/ids.ts'
import type { Language } from '../core/language.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { Purpose } from '../core/situation.ts'
import type { Job, Store, TimerRow } from '../core/store.ts'
import type { TaskRequest, TaskResult, TaskWork } from '../core/task.ts'
import type { Asked } from './decide/journey.ts'
import type { Bodies, Streamed, TaskAsked, Thought } from './event.ts'
import { type Loop, startLoop } from './loop.ts'

type ThinkBody = {
  readonly question: Thought['question']
  readonly language: Language
  readonly visit: number | null
  readonly byJourney?: boolean | undefined
  /** As found in its text; unset: nobody looked. */
  readonly purpose?: Purpose | null | undefined
  /** What of the thread they are answered from; absent: all of it. */
  readonly seen?: { readonly channel: ChannelId; readonly since: number } | undefined
  /** Shown as it is written. */
  readonly stream?: Streamed | undefined
}
/** For the call centre: what the thread is about. */
type SummaryBody = { readonly callback: CallbackId; readonly language: Language }
/** A task that somebody started. */
type TaskBody = { readonly work: TaskWork; readonly asked: TaskAsked; readonly since: number }
/** A word of the way back, which somebody wrote. */
type WordBody = { readonly word: string }
type CallBody = {
  readonly call: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly body: Readonly<Record<string, string>> | null
  readonly run: number
  readonly asked: Asked
}
type FetchBody = { readonly message: MessageId; readonly content: Extract<Content, { type: 'media' }> }
type MarkBody = { readonly message: VendorId }

/** What the work needs of the world; never throws, except where trying again later makes sense. What takes too long is aborted. */
export type Performers = {
  think(
    request: ThinkBody & { readonly contact: ContactId; readonly channel: ChannelId },
    signal: AbortSignal,
  ): Promise<Pick<Thought, 'answer' | 'attempts' | 'purpose'>>
  /** What a thread is about, for a person who calls; nothing where no engine is planned and cleared for it, or none could. */
  summarise?(
    request: { readonly contact: ContactId; readonly channel: ChannelId; readonly language: Language },
    signal: AbortSignal,
  ): Promise<Summary>
  /** An AI task that somebody started. */
  task?(request: TaskRequest, signal: AbortSignal): Promise<TaskResult>
  /** Whose word it is: null where theirs is joined, and an event of its own tells so. */
  rejoin?(
    request: { readonly id: JobId; readonly contact: ContactId; readonly channel: ChannelId } & WordBody,
  ): Promise<Bodies['returned'] | null>
  /** `id` is the same at each try: a business system can tell by it that it did this already. */
  call(request: CallBody & { readonly id: JobId }, signal: AbortSignal): Promise<{ readonly ok: boolean; readonly value: unknown }>
  /** Keeps the file under its digest; null where it is refused for good. */
  keep(channel: ChannelId, media: MediaRef, signal: AbortSignal): Promise<MediaRef | { readonly error: string }>
  mark: (channel: ChannelId) => Pick<Abilities, 'markRead'>['markRead'] | undefined
}

/** `text` null where no engine made one. */
export type Summary = { readonly text: string | null; readonly engine: string | null; readonly attempts: readonly object[] }

/** At once, by kind: an engine that hangs stands in the way of no business system, and neither of a file. */
const AT_ONCE = { think: 16, task: 8, call: 16, fetch: 8, mark: 8 } as const
const MOST_TRIES = 5
const POLL_MS = 500
/** After the first failure; doubled after each further one. */
const FIRST_PAUSE_MS = 1_000
const LIMIT_MS = { think: 120_000, task: 120_000, call: 20_000, fetch: 60_000, mark: 10_000 } as const

const LOST = 'lost'
const NO_WORD: Bodies['returned'] = { visitor: null, from: null, since: null }

const NO_RESULT: TaskResult = { text: null, why: 'engines', engine: null, ai: false, citations: [], attempts: [] }
const doneOf = (job: Job, result: TaskResult, at: number): TimerRow => {
  const { asked, since } = job.body as TaskBody
  return eventOf(job, 'task.done', { ...asked, since, result } satisfies Bodies['task.done'], at)
}

const eventOf = (job: Job, kind: string, body: object, at: number): TimerRow => ({
  id: `${job.id}:done` as EventId,
  kind,
  channel: job.channel,
  dueAt: at,
  body,
})

const perform = async (job: Job, performers: Performers, signal: AbortSignal, at: () => number): Promise<TimerRow | null> => {
  const { channel, contact, epoch } = job
  switch (job.kind) {
    case 'think': {
      if ('callback' in job.body) {
        const { callback, language } = job.body as SummaryBody
        const { text = null, engine = null, attempts = [] } = (await performers.summarise?.({ contact, channel, language }, signal)) ?? {}
        return eventOf(job, 'callback.summary', { callback, summary: text, engine, attempts } satisfies Bodies['callback.summary'], at())
      }
      const body = job.body as ThinkBody
      const thought: Thought = {
        epoch,
        question: body.question,
        visit: body.visit,
        byJourney: body.byJourney,
        purpose: body.purpose,
        ...(body.stream ? { stream: body.stream } : {}),
        ...(await performers.think({ ...body, contact, channel }, signal)),
      }
      return eventOf(job, 'thought', thought, at())
    }
    case 'task': {
      const { work } = job.body as TaskBody
      return doneOf(job, (await performers.task?.({ ...work, contact, channel }, signal)) ?? NO_RESULT, at())
    }
    case 'call': {
      if ('word' in job.body) {
        const { word } = job.body as WordBody
        const returned = performers.rejoin ? await performers.rejoin({ id: job.id, contact, channel, word }) : NO_WORD
        return returned && eventOf(job, 'returned', returned, at())
      }
      const { call, run, asked, ...request } = job.body as CallBody
      const called: Bodies['called'] = {
        call,
        run,
        epoch,
        channel,
        asked,
        ...(await performers.call({ id: job.id, call, run, asked, ...request }, signal)),
      }
      return eventOf(job, 'called', called, at())
    }
    case 'fetch': {
      const { message, content } = job.body as FetchBody
      const kept = await performers.keep(channel, content.media, signal)
      const fetched: Bodies['fetched'] =
        'error' in kept
          ? { message, channel, content: null, error: kept.error }
          : { message, channel, content: { ...content, media: kept }, error: null }
      return eventOf(job, 'fetched', fetched, at())
    }
    case 'mark':
      // A courtesy: what comes of it changes nothing.
      await performers
        .mark(channel)?.((job.body as MarkBody).message, true, signal)
        .catch(() => false)
      return null
  }
}

/** After the last try: the conversation goes on as if nobody could. */
const givenUp = (job: Job, at: number): TimerRow | null => {
  const { channel, epoch } = job
  switch (job.kind) {
    case 'think': {
      if ('callback' in job.body) return null
      const { question, visit, byJourney, purpose, stream } = job.body as ThinkBody
      return eventOf(
        job,
        'thought',
        { epoch, question, visit, byJourney, purpose, stream, answer: null, attempts: [] } satisfies Thought,
        at,
      )
    }
    case 'task':
      return doneOf(job, NO_RESULT, at)
    case 'call': {
      if ('word' in job.body) return eventOf(job, 'returned', NO_WORD, at)
      const { call, run, asked } = job.body as CallBody
      return eventOf(job, 'called', { call, run, epoch, channel, asked, ok: false, value: null } satisfies Bodies['called'], at)
    }
    case 'fetch':
      return eventOf(
        job,
        'fetched',
        { message: (job.body as FetchBody).message, channel, content: null, error: 'gave-up' } satisfies Bodies['fetched'],
        at,
      )
    case 'mark':
      return null
  }
}

export const startJobs = (options: {
  readonly store: Store
  readonly performers: Performers
  readonly clock: Clock
  readonly log: Log
  readonly onDone: () => void
}): Loop => {
  const { store, performers, clock, log } = options
  const running = new Map<JobId, { readonly kind: Job['kind']; readonly abort: AbortController }>()
  let idle = () => {}

  const run = async (job: Job) => {
    const abort = new AbortController()
    running.set(job.id, { kind: job.kind, abort })
    const cancel = clock.after(LIMIT_MS[job.kind], () => abort.abort())
    try {
      const event = job.tries > MOST_TRIES ? givenUp(job, clock.now()) : await attempt(job, abort.signal)
      // Cut off by our own stopping, the successor does it again: nobody gave up. One that is lost is no longer ours to end.
      if (abort.signal.aborted && (stopping || abort.signal.reason === LOST)) return
      if (event === 'again') await putBack(job)
      else await finish(job, event)
    } finally {
      cancel()
      running.delete(job.id)
      loop.ring()
      if (!running.size) idle()
    }
  }

  const attempt = (job: Job, signal: AbortSignal): Promise<TimerRow | null | 'again'> =>
    perform(job, performers, signal, clock.now).catch(() => {
      // Whoever took too long may be at work on it still; a file can only be read twice.
      const over = signal.aborted && job.kind !== 'fetch'
      return over || job.tries >= MOST_TRIES ? givenUp(job, clock.now()) : 'again'
    })

  const putBack = async (job: Job): Promise<void> => {
    log.info('job.again', { kind: job.kind, tries: job.tries })
    // Where the store does not hear it, the next claim gives this worker the job again.
    await store
      .postponeJob(job, clock.now() + FIRST_PAUSE_MS * 2 ** (job.tries - 1))
      .catch(() => log.warn('job.unsettled', { kind: job.kind }))
  }

  /** The work is done; only telling the store may have to wait for it. */
  const finish = async (job: Job, event: TimerRow | null): Promise<void> => {
    let told = event
    for (let pause = 200; ; pause = Math.min(pause * 2, 5_000)) {
      try {
        await store.finishJob(job, told)
        if (told) options.onDone()
        return
      } catch (error) {
        if (stopping) return
        log.warn('job.unsettled', { kind: job.kind })
        // The store works and refuses this very result: better none than a conversation that waits for ever.
        if (!(error instanceof RelaisError && error.code === 'store-unavailable')) told = givenUp(job, clock.now())
        await new Promise<void>((resolve) => clock.after(pause, resolve))
      }
    }
  }

  /** What a hand-over ended is worth no engine's time any more; its result would count for nothing. */
  let lookedAt = Number.NEGATIVE_INFINITY
  const abortLost = async (): Promise<void> => {
    if (!running.size || clock.now() - lookedAt < POLL_MS) return
    lookedAt = clock.now()
    for (const id of await store.lostJobs([...running.keys()])) running.get(id)?.abort.abort(LOST)
  }

  let stopping = false
  const loop = startLoop(
    'jobs',
    async () => {
      await abortLost()
      const free = (kind: Job['kind']) => AT_ONCE[kind] - [...running.values()].filter((one) => one.kind === kind).length
      const room = { think: free('think'), task: free('task'), call: free('call'), fetch: free('fetch'), mark: free('mark') }
      const jobs = await store.claimJobs({ at: clock.now(), room, running: [...running.keys()] })
      for (const job of jobs) void run(job)
      // Whatever ends rings.
      return false
    },
    { clock, log, pollMs: POLL_MS },
  )
  return {
    ring: loop.ring,
    stop: async () => {
      stopping = true
      await loop.stop()
      for (const { abort } of running.values()) abort.abort()
      if (running.size) await new Promise<void>((resolve) => (idle = resolve))
    },
  }
}
