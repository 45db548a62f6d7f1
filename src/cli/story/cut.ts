/** The red button's drill: five hundred invented customers through the story's own files, rehearsed apart, and its signed report. */
import { fork } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
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
  readonly ids: readonly string[]
  readonly contacts?: number
}

export const createCutting = ({ folder, env, dataFolder, log, ids, contacts = CONTACTS }: CutOptions): Cutting => {
  let view: CutView = { state: 'none' }
  let page: string | null = null
  let stop = () => {}
  let beganAt = 0

  const playApart = (asked: Asked, onShare: (share: number) => void): Promise<Played> =>
    new Promise((done, fail) => {
      const child = fork(ENTRY, [], { env: { ...env }, serialization: 'advanced', stdio: 'ignore', execArgv: [] })
      const before = stop
      stop = () => {
        before()
        child.kill()
      }
      child.on('message', (message) => {
        const said = message as Said
        if ('share' in said) onShare(said.share)
        else if ('played' in said) done(said.played)
        else fail(new Error(said.failed))
      })
      child.once('error', fail)
      child.once('exit', (code) => fail(new Error(`exit ${code}`)))
      child.send(asked)
    })

  const run = async (request: RehearsalRequest, reach: Reach, place: string, began: number): Promise<void> => {
    const { cut, how, seed, at, language } = request
    const shares = [0, 0]
    const plays = (): Promise<readonly [Played, Played]> => {
      const half = (n: number, withCut: boolean) =>
        playApart({ folder: place, cut, how, contacts, seed, at, language, withCut }, (share) => {
          shares[n] = share
          if (view.state !== 'running') return
          view = { state: 'running', share: Math.min(1, Math.min(...shares)), contacts, reach, ms: Date.now() - began }
        })
      return Promise.all([half(0, true), half(1, false)])
    }
    const drilled = await rehearse(request, plays)
    const privateKey = await signingKey(dataFolder, 'evidence')
    const report: DrillReport = { ...drilled, made: new Date().toISOString(), key: publicKeyOf(privateKey) }
    page = sealPage(drillPage(report, readLook()), privateKey)
    await writeFile(join(dataFolder, 'demo-drill.html'), page)
    const { result, ok, failures, key } = report
    const { said, seen, lost, doubled, affected, switched, switching, by, unreachable, questions, authors } = result
    view = {
      state: 'done',
      contacts,
      reach,
      ms: Date.now() - began,
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
    log.info('demo.drill', { contacts, ms: view.ms, ok })
  }

  return {
    view: () => (view.state === 'running' ? { ...view, ms: Date.now() - beganAt } : view),
    report: () => page,
    begin: async (date, language) => {
      if (view.state === 'running') return view
      const began = Date.now()
      beganAt = began
      const place = folder(date)
      const rehearsed = await openRehearsed(place, { env, language })
      const { workspace } = rehearsed
      const request: RehearsalRequest = {
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
      const { people, ways } = castOf(request)
      const reach = reachWithout(people, ways, ids)
      view = { state: 'running', share: 0, contacts, reach, ms: 0 }
      page = null
      stop = () => {}
      void run(request, reach, place, began).catch((error) => {
        stop()
        log.warn('demo.drill', { error: error instanceof Error ? error.message : 'unknown' })
        view = { state: 'failed', reason: error instanceof Error ? error.message : 'unknown' }
      })
      return view
    },
    close: () => stop(),
  }
}
