/** Scenes of the demo's story on a real PostgreSQL: houses side by side in one database, each on its own day. */

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onThisMachine } from '../../src/cli/demo-beside.ts'
import { openWorkspace } from '../../src/cli/house.ts'
import { makeStory } from '../../src/cli/story/folder.ts'
import { createStory } from '../../src/cli/story/routes.ts'
import { createScenes, type Scenes } from '../../src/cli/story/scenes.ts'
import type { SceneThread, SceneView } from '../../src/cli/story/views.ts'
import { silentLog } from '../../src/core/ports.ts'
import { connect } from '../../src/store/connection.ts'
import { migrate } from '../../src/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

let database: FreshDatabase
let folder: string
let server: Server
let scenes: Scenes
let base: string
let handler = (_request: Request): Promise<Response> => Promise.resolve(new Response(null, { status: 503 }))

beforeAll(async () => {
  database = await freshDatabase()
  const config = { connectionString: database.connectionString }
  const own = connect({ config })
  await migrate(own, Date.now())
  await own.close()
  folder = await mkdtemp(join(tmpdir(), 'relais-scenes-'))
  server = createServer(getRequestListener((request) => handler(request), { overrideGlobalObjects: false }))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  base = `http://127.0.0.1:${port}`
  const folders = {
    general: await makeStory(join(folder, 'general'), 'general'),
    service: await makeStory(join(folder, 'service'), 'service'),
  }
  scenes = await createScenes({ origin: base, env: {}, dataFolder: folder, config, log: silentLog, folders })
  const { rulebook } = await openWorkspace(folders.general, onThisMachine({}))
  const cutting = {
    view: () => ({ state: 'none' as const }),
    begin: async () => ({ state: 'none' as const }),
    report: () => null,
    prepare: () => {},
    close: () => {},
  }
  const story = createStory({ scenes: async () => scenes, cutting, rulebook, business: 'Voyages Lumière', zone: 'Europe/Paris' })
  handler = async (request) => (await story.handle(request)) ?? new Response(null, { status: 404 })
}, 60_000)
afterAll(async () => {
  await scenes?.close()
  server?.close()
  await rm(folder, { recursive: true, force: true })
  await database?.drop()
})

const OWN = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
const post = async <T>(path: string, body: object): Promise<T> =>
  (await (await fetch(`${base}${path}`, { method: 'POST', headers: OWN, body: JSON.stringify(body) })).json()) as T
const open = (date: string, country: string) => post<SceneView>('/demo/api/scenes', { date, country })
const threadOf = async ({ id }: SceneView): Promise<SceneThread> => (await (await fetch(`${base}/demo/${id}/story`)).json()) as SceneThread
const ask = (scene: SceneView, text: string) => post(`/demo/${scene.id}/sim/api/people/${scene.who}/text`, { text })
const answered = (scene: SceneView) =>
  expect
    .poll(
      async () =>
        (await threadOf(scene)).messages.find(({ direction, deliveredAt }) => direction === 'out' && deliveredAt !== null) ?? null,
      {
        timeout: 30_000,
        interval: 250,
      },
    )
    .not.toBeNull()
const saidIn = async (scene: SceneView) => {
  const said = (await threadOf(scene)).messages.find(({ direction }) => direction === 'out')
  return { author: said?.author, type: said?.content?.type, rules: said?.why?.decisions[0]?.rulings.map(({ rule }) => rule), at: said?.at }
}

it('answers, bars and declines the same question by the day, in houses that live at once', async () => {
  const before = await open('2026-01-14', 'FR')
  const barred = await open('2026-01-15', 'FR')
  const kept = await open('2026-06-15', 'FR')
  for (const scene of [before, barred, kept]) await ask(scene, 'Qui a peint la Joconde ?')
  for (const scene of [before, barred, kept]) await answered(scene)
  const said = await Promise.all([before, barred, kept].map(saidIn))
  expect(said.map(({ author, type, rules }) => ({ author, type, rules }))).toEqual([
    { author: 'engine:main', type: 'text', rules: [] },
    { author: 'system', type: 'link', rules: ['whatsapp/ai-clause'] },
    { author: 'system', type: 'link', rules: expect.arrayContaining(['business/scope', 'whatsapp/ai-clause']) },
  ])
  expect(new Date(said[1]?.at ?? 0).toISOString()).toMatch(/^2026-01-15T11:0/)
}, 90_000)

it('lets a link of a scene be shown beside its phone, and nowhere else', async () => {
  const scene = await open('2026-01-15', 'PL')
  await ask(scene, 'Who painted the Mona Lisa?')
  await answered(scene)
  const content = (await threadOf(scene)).messages.at(-1)?.content
  const path = content?.type === 'link' ? new URL(content.url).pathname : ''
  expect(path.startsWith(`/demo/${scene.id}/l/`)).toBe(true)
  const page = await fetch(`${base}${path}`)
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("frame-ancestors 'self'")])
}, 60_000)

it('closes the oldest where there are too many, with all it had written', async () => {
  const first = await open('2025-12-01', 'DE')
  for (let n = 0; n < 5; n += 1) await open('2026-12-01', 'FR')
  await expect.poll(async () => (await fetch(`${base}/demo/${first.id}/story`)).status, { timeout: 20_000 }).toBe(404)
  const own = connect({ config: { connectionString: database.connectionString }, size: 1 })
  const count = async () => (await own.query("select 1 from pg_namespace where nspname like 'demo\\_%'")).length
  // Four alive, the one made ready and the one that knowledge is copied from.
  await expect.poll(count, { timeout: 20_000 }).toBe(6)
  await own.close()
}, 90_000)
