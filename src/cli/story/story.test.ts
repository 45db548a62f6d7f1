/** The story's workspace and what its page is told of the rules. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Way } from '../../continuity/index.ts'
import { silentLog } from '../../core/ports.ts'
import { createPurpose } from '../../purpose/index.ts'
import { judgeSetUp } from '../check.ts'
import { onThisMachine } from '../demo-beside.ts'
import { type Opened, openWorkspace } from '../house.ts'
import { ownTexts } from '../own-texts.ts'
import { type Cutting, createCutting, reachWithout } from './cut.ts'
import { makeStory, scopeOn } from './folder.ts'
import type { Asked } from './play-apart.ts'
import { createStory } from './routes.ts'
import { countriesOf, isStoryDay, tellRules } from './rules.ts'
import type { Scenes } from './scenes.ts'

let folder: string
let general: Opened
let service: Opened
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-story-'))
  const env = onThisMachine({})
  general = await openWorkspace(await makeStory(join(folder, 'general'), 'general'), env)
  service = await openWorkspace(await makeStory(join(folder, 'service'), 'service'), env)
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

describe('the story’s folder', () => {
  it('is the demo’s, had it declared that AI is its main service', () => {
    expect(general.workspace.assistant).toMatchObject({ aiIs: 'primary', since: '2025-06-01' })
    const scopes = ({ workspace }: Opened) => Object.fromEntries(workspace.channels.map(({ id, scope }) => [id, scope]))
    expect(scopes(general)).toMatchObject({ whatsapp: 'general', site: 'general', mail: 'service' })
    expect(scopes(service)).toMatchObject({ whatsapp: 'service', site: 'general' })
  })

  it('breaks one rule, from its first day until Europe is admitted, and none on its other days', () => {
    const errorsOn = (date: string) => {
      const opened = scopeOn(date) === 'general' ? general : service
      return judgeSetUp(opened, date).flatMap(({ level, breach }) => (level === 'error' ? [breach?.rule] : []))
    }
    const days = ['2025-12-01', '2026-01-14', '2026-01-15', '2026-03-03', '2026-03-04', '2026-06-01', '2026-10-15', '2027-02-01']
    const barred = ['whatsapp/ai-clause']
    expect(days.map(errorsOn)).toEqual([[], [], barred, barred, [], [], [], []])
  })

  it('takes the question of the story for nobody’s business, though its notebook answers it', () => {
    const purposeOf = createPurpose(ownTexts(general.workspace))
    expect(['Qui a peint la Joconde ?', 'Who painted the Mona Lisa?'].map((text) => purposeOf(text))).toEqual(['general', 'general'])
    expect(['Combien coûte une annulation ?', 'How much does cancelling cost?'].map((text) => purposeOf(text))).toEqual([
      'service',
      'service',
    ])
  })
})

describe('what the page is told', () => {
  const told = (date: string, country: string) => {
    const { general: answer, scope, service: own } = tellRules(general.rulebook, date, country)
    return [scope, answer.outcome, ...answer.rulings.map(({ rule, place }) => `${rule} ${place}`), own.price.amount]
  }

  it('is what the rulebook says on that day, in that country', () => {
    expect(told('2026-01-14', 'FR')).toEqual(['general', 'allow', 0])
    expect(told('2026-01-15', 'FR')).toEqual(['general', 'reroute', 'whatsapp/ai-clause world', 0])
    expect(told('2026-01-15', 'IT')).toEqual(['general', 'allow', 'whatsapp/ai-clause IT', 0])
    expect(told('2026-06-15', 'FR')).toEqual(['service', 'allow', 'whatsapp/ai-clause EEA', 0])
    expect(told('2026-10-15', 'FR')).toEqual(['service', 'allow', 'whatsapp/ai-clause EEA', 0.0248])
    expect(told('2026-10-15', 'US').slice(0, 2)).toEqual(['service', 'reroute'])
  })

  it('names every country that the rules of WhatsApp name, and no group', () => {
    const countries = countriesOf(general.rulebook)
    expect(countries).toEqual(expect.arrayContaining(['BR', 'DE', 'FR', 'IT', 'PL', 'TR', 'US']))
    expect(countries).not.toContain('EEA')
  })

  it('knows its days', () => {
    expect(['2025-12-01', '2026-02-28', '2027-02-01'].every(isStoryDay)).toBe(true)
    expect(['2025-11-30', '2026-02-30', '2027-02-02', '15/01/2026', ''].some(isStoryDay)).toBe(false)
  })
})

it('counts each customer once: by the first channel that still reaches them, or by why none does', () => {
  const way = (id: string, address: 'phone' | 'email') => ({ id, medium: id, address, identities: [] }) as unknown as Way
  const person = (media: string[], service: string[]) =>
    ({ name: 'A', phone: null, email: null, country: 'FR', language: 'fr', home: 'whatsapp', media, service, marketing: [] }) as never
  const people = [
    person(['whatsapp', 'sms', 'mail'], ['whatsapp', 'sms', 'mail']),
    person(['whatsapp', 'mail'], ['whatsapp', 'mail']),
    person(['whatsapp', 'mail'], ['whatsapp']),
    person(['whatsapp'], ['whatsapp']),
  ]
  expect(reachWithout(people, [way('whatsapp', 'phone'), way('sms', 'phone'), way('mail', 'email')], ['whatsapp'])).toEqual({
    all: 4,
    still: [
      { channel: 'sms', count: 1 },
      { channel: 'mail', count: 1 },
    ],
    nobody: [
      { why: 'no-consent', count: 1 },
      { why: 'no-address', count: 1 },
    ],
  })
})

it('plays one drill, however many press at once', async () => {
  const cutting = createCutting({
    folder: () => general.workspace.folder,
    env: process.env,
    dataFolder: folder,
    log: silentLog,
    ids: ['whatsapp'],
    date: '2026-10-15',
    contacts: 5,
  })
  const processes = () => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length
  const before = processes()
  const views = await Promise.all([cutting.begin('2026-10-15', 'fr'), cutting.begin('2026-10-15', 'en')])
  // With the cut, and without it.
  expect([processes() - before, ...views.map(({ state }) => state)]).toEqual([2, 'running', 'running'])
  cutting.close()
}, 60_000)

it('plays on for nobody: a half of a drill ends with whoever asked for it', async () => {
  const child = fork(join(import.meta.dirname, 'play-apart.ts'), [], { serialization: 'advanced', stdio: 'ignore', execArgv: [] })
  try {
    const cut: Asked['cut'] = [{ id: 'whatsapp', what: 'channel', kind: 'whatsapp' }]
    const { folder } = general.workspace
    const at = Date.parse('2026-10-15T10:00:00Z')
    child.send({ folder, cut, how: 'banned', contacts: 500, seed: 1, at, language: 'fr', withCut: false } satisfies Asked)
    await once(child, 'message')
    child.disconnect()
    await once(child, 'exit', { signal: AbortSignal.timeout(10_000) })
  } finally {
    child.kill('SIGKILL')
  }
}, 120_000)

describe('the routes', () => {
  const cutting: Cutting = {
    view: () => ({ state: 'none' }),
    begin: async () => ({ state: 'none' }),
    report: () => null,
    prepare: () => {},
    close: () => {},
  }
  const asked: string[] = []
  const scenes = {
    open: async (date: string, country: string) => {
      asked.push(`${date} ${country}`)
      return { id: '00000000', date, country, scope: 'general', who: 'FR.1', ms: 1 }
    },
    find: () => undefined,
    close: async () => {},
  } as Scenes
  const call = async (path: string, init: RequestInit = {}): Promise<number | undefined> => {
    const story = createStory({ scenes: async () => scenes, cutting, rulebook: general.rulebook, business: 'A', zone: 'Europe/Paris' })
    return (await story.handle(new Request(`http://demo.test${path}`, init)))?.status
  }
  const post = (body: object, site = 'same-origin'): RequestInit => ({
    method: 'POST',
    headers: { 'sec-fetch-site': site, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

  it('open a scene for our own page alone, on a day and in a country of the story', async () => {
    expect(await call('/demo/api/scenes', post({ date: '2026-01-15', country: 'IT' }))).toBe(201)
    expect(await call('/demo/api/scenes', post({ date: '2026-01-15', country: 'IT' }, 'cross-site'))).toBe(403)
    expect(await call('/demo/api/scenes', post({ date: '2019-01-15', country: 'IT' }))).toBe(400)
    expect(await call('/demo/api/scenes', post({ date: '2026-01-15', country: 'ZZ' }))).toBe(400)
    expect(await call('/demo/api/scenes', { ...post({}), body: 'no JSON' })).toBe(400)
    expect(await call('/demo/api/scenes', { ...post({}), body: 'x'.repeat(5_000) })).toBe(413)
    expect(asked).toEqual(['2026-01-15 IT'])
  })

  it('leave everything else to the house, and say of a scene that is over that it is', async () => {
    expect([await call('/demo'), await call('/sim'), await call('/demo/assets/x.js')]).toEqual([undefined, undefined, undefined])
    expect(await call('/demo/00000000/chat/site')).toBe(404)
    expect(await call('/demo/api/cut/report')).toBe(404)
  })
})
