/** The red button's drill: five hundred invented customers through the story's own files, rehearsed apart, and its signed report. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { type CutThing, type DrillReport, drillPage, type Person, type Way } from '../../continuity/index.ts'
import type { Language } from '../../core/language.ts'
import type { Log } from '../../core/ports.ts'
import { publicKeyOf } from '../../core/signing.ts'
import { mediumOf, type Workspace } from '../../core/workspace.ts'
import { sealPage, signerOf } from '../../evidence/index.ts'
import { instantOf } from '../../policy/index.ts'
import type { Played } from '../drill/play.ts'
import { castOf, type RehearsalRequest, rehearse } from '../drill/rehearse.ts'
import { openRehearsed } from '../drill/rehearsed.ts'
import { giveWay } from '../give-way.ts'
import { readLook } from '../report-look.ts'
import { signingKey } from '../signing-keys.ts'
import type { Asked, Said } from './play-apart.ts'
import type { CutView, Reach } from './views.ts'

export const CONTACTS = 500
/** The same customers at every visit: who wants others asks `relais drill`. */
const SEED = 2026
const ENTRY = join(import.meta.dirname, 'play-apart.ts')

/** Whom another channel of the plan still reaches, and who is left: by the addresses and consents that they gave. */
export const reachWithout = (people: readonly Person[], ways: readonly Way[], cut: readonly string[]): Reach => {
  const others = ways.filter(({ id }) => !cut.includes(id))
  const still = new Map<string, number>()
  const nobody = { 'no-address': 0, 'no-consent': 0 }
  for (const { media, service } of people) {
    const way = others.find(({ medium }) => media.includes(medium) && service.includes(medium))
    if (way) still.set(way.id, (still.get(way.id) ?? 0) + 1)
    else nobody[others.some(({ medium }) => media.includes(medium)) ? 'no-consent' : 'no-address'] += 1
  }
  return {
    all: people.length,
    still: others.flatMap(({ id }) => ({ channel: id, count: still.get(id) ?? 0 })),
    nobody: (['no-consent', 'no-address'] as const).map((why) => ({ why, count: nobody[why] })),
  }
}

const thingsIn = ({ channels, engines }: Workspace, ids: readonly string[]): readonly CutThing[] =>
  [
    ...channels.map((setup) => ({ id: setup.id, what: 'channel' as const, kind: mediumOf(setup) })),
    ...engines.map(({ id, kind }) => ({ id, what: 'engine' as const, kind })),
  ].filter(({ id }) => ids.includes(id))

export type Cutting = {
  view(): CutView
  /** The same traffic without a cut can be played before anybody cuts: what the drill compares with. */
  prepare(): void
  /** Does nothing while one is under way. */
  begin(date: string, language: Language): Promise<CutView>
  /** The signed page; null where there is none yet. */
  report(): string | null
  close(): void
}

export type CutOptions = {
  readonly folder: (date: string) => string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly dataFolder: string
  readonly log: Log
  /** What is cut, and the day it usually is. */
  readonly ids: readonly string[]
  readonly date: string
  readonly contacts?: number
}

type Half = { readonly played: Promise<Played>; readonly share: () => number; stop(): void }

/** One half of a drill in a process of its own; one that nobody waits for yet gives way. */
const playApart = (asked: Asked, env: CutOptions['env'], gives: boolean): Half => {
  const child = fork(ENTRY, [], { env: { ...env }, serialization: 'advanced', stdio: 'ignore', execArgv: [] })
  let share = 0
  const played = new Promise<Played>((done, fail) => {
    child.on('message', (message) => {
      const said = message as Said
      if ('share' in said) share = Math.min(1, said.share)
      else if ('played' in said) done(said.played)
      else fail(new Error(said.failed))
    })
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`exit ${code}`)))
  })
  played.then(
    () => {
      share = 1
    },
    () => {},
  )
  child.send(asked)
  if (gives) giveWay(child.pid)
  return { played, share: () => share, stop: () => child.kill() }
}

export const createCutting = ({ folder, env, dataFolder, log, ids, date: usual, contacts = CONTACTS }: CutOptions): Cutting => {
  let view: CutView = { state: 'none' }
  let page: string | null = null
  let cut: Half | null = null
  let beganAt = 0
  let beginning: Promise<CutView> | null = null
  const uncut = new Map<string, Half>()

  const requestFor = async (date: string, language: Language): Promise<RehearsalRequest> => {
    const rehearsed = await openRehearsed(folder(date), { env, language })
    const { workspace } = rehearsed
    return {
      rehearsed,
      cut: thingsIn(workspace, ids),
      how: 'banned',
      contacts,
      seed: SEED,
      at: instantOf(date, workspace.timezone),
      shape: null,
      language,
      onProgress: () => {},
    }
  }
  const halfOf = ({ cut: things, how, seed, at, language }: RehearsalRequest, date: string, withCut: boolean, gives: boolean): Half =>
    playApart({ folder: folder(date), cut: things, how, contacts, seed, at, language, withCut }, env, gives)
  /** Nothing in it depends on who cuts, or when they press: kept for the next drill of that day. */
  const uncutOf = (request: RehearsalRequest, date: string, gives = false): Half => {
    const known = uncut.get(date)
    if (known) return known
    const half = halfOf(request, date, false, gives)
    uncut.set(date, half)
    half.played.catch(() => uncut.delete(date))
    return half
  }

  const run = async (request: RehearsalRequest, reach: Reach, halves: readonly [Half, Half]): Promise<void> => {
    const drilled = await rehearse(request, () => Promise.all([halves[0].played, halves[1].played]))
    const privateKey = await signingKey(dataFolder, 'evidence')
    const report: DrillReport = { ...drilled, made: new Date().toISOString(), key: publicKeyOf(privateKey) }
    page = sealPage(drillPage(report, readLook()), privateKey)
    const { result, ok, failures, key } = report
    const { said, seen, lost, doubled, affected, switched, switching, by, unreachable, questions, authors } = result
    const ms = Date.now() - beganAt
    view = {
      state: 'done',
      contacts,
      reach,
      ms,
      ok,
      failures,
      said,
      seen,
      lost,
      doubled,
      affected,
      switched,
      median: switching.median,
      by,
      unreachable,
      questions,
      authors,
      verified: signerOf(Buffer.from(page)) === key,
      key,
    }
    log.info('demo.drill', { contacts, ms, ok })
  }
  const start = async (date: string, language: Language): Promise<CutView> => {
    beganAt = Date.now()
    const request = await requestFor(date, language)
    const { people, ways } = castOf(request)
    const reach = reachWithout(people, ways, ids)
    view = { state: 'running', share: 0, contacts, reach, ms: 0 }
    page = null
    cut = halfOf(request, date, true, false)
    void run(request, reach, [cut, uncutOf(request, date)]).catch(failed)
    return view
  }
  const failed = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : 'unknown'
    log.warn('demo.drill', { error: reason })
    cut?.stop()
    view = { state: 'failed', reason }
  }

  return {
    view: () => {
      if (view.state !== 'running') return view
      const share = Math.min(cut?.share() ?? 0, ...[...uncut.values()].map((half) => half.share()))
      return { ...view, share, ms: Date.now() - beganAt }
    },
    report: () => page,
    prepare: () => {
      if (uncut.has(usual)) return
      requestFor(usual, 'en').then(
        (request) => void uncutOf(request, usual, true),
        () => {},
      )
    },
    begin: async (date, language) => {
      if (view.state === 'running') return view
      beginning ??= start(date, language).finally(() => {
        beginning = null
      })
      return beginning
    },
    close: () => {
      cut?.stop()
      for (const half of uncut.values()) half.stop()
    },
  }
}
