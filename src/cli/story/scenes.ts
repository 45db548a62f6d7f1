/** The scenes that are alive: each made on demand in a schema that was made ready before, the oldest closed where there are too many. */
import { randomBytes } from 'node:crypto'
import { connect } from '../../store/connection.ts'
import { migrate } from '../../store/migrate.ts'
import { openKnowledge } from '../compose.ts'
import { onThisMachine } from '../demo-beside.ts'
import { openWorkspace } from '../house.ts'
import { type Ground, inSchema, openScene, type Scene } from './scene.ts'
import type { SceneView } from './views.ts'

/** Each has a house, imitation providers and connections of its own. */
const MOST = 4
const KNOWLEDGE = ['knowledge', 'passage', 'passage_word', 'passage_stem', 'passage_example', 'passage_token']
const SCHEMAS = "select nspname as name from pg_namespace where nspname like 'demo\\_%'"

export type Scenes = {
  open(date: string, country: string): Promise<SceneView>
  find(id: string): Scene | undefined
  close(): Promise<void>
}

const nameOf = (): string => randomBytes(4).toString('hex')

export const createScenes = async (ground: Ground): Promise<Scenes> => {
  const { config, log } = ground
  const own = connect({ config, size: 1, name: 'relais demo' })
  const drop = (schema: string) => own.query(`drop schema if exists ${schema} cascade`)
  // What a demo that was killed has left.
  for (const { name } of await own.query<{ name: string }>(SCHEMAS)) if (/^demo_[0-9a-f]{8}$/u.test(name)) await drop(name)

  /** Tables and knowledge are the same for every scene: made before anybody asks, the knowledge read once and then copied. */
  let model: string | null = null
  const prepare = async (): Promise<string> => {
    const schema = `demo_${nameOf()}`
    await own.query(`create schema ${schema}`)
    const connection = connect({ config: inSchema(config, schema), size: 1, name: 'relais demo' })
    try {
      await migrate(connection, Date.now())
      if (model !== null) for (const table of KNOWLEDGE) await connection.query(`insert into ${table} select * from ${model}.${table}`)
      else {
        const { workspace } = await openWorkspace(ground.folders.service, onThisMachine(ground.env))
        await openKnowledge(workspace, connection, log)
      }
    } finally {
      await connection.close()
    }
    return schema
  }
  const first = prepare().then((schema) => {
    model = schema
  })
  first.catch(() => {})
  let closed = false
  let ready: Promise<string> = first.then(prepare)
  const again = () => {
    ready = prepare()
    ready.catch(() => {})
  }
  ready.catch(() => {})

  const alive = new Map<string, { readonly scene: Scene; readonly schema: string }>()
  const end = async (id: string): Promise<void> => {
    const one = alive.get(id)
    alive.delete(id)
    if (!one) return
    await one.scene.close()
    await drop(one.schema)
  }
  /** One after the other: two at once would both be late. */
  let last: Promise<unknown> = Promise.resolve()
  const open = async (date: string, country: string): Promise<SceneView> => {
    const began = Date.now()
    const schema = await ready.catch(() => prepare())
    const id = nameOf()
    const scene = await openScene(ground, id, schema, date, country).finally(() => {
      if (!closed) again()
    })
    alive.set(id, { scene, schema })
    const [oldest] = alive.keys()
    if (alive.size > MOST && oldest !== undefined)
      end(oldest).catch((error) => log.warn('scene.left', { error: error instanceof Error ? error.name : 'unknown' }))
    const ms = Date.now() - began
    log.info('scene.open', { date, country, ms })
    return { ...scene.view, ms }
  }
  return {
    open: (date, country) => {
      const opened = last.then(() => open(date, country))
      last = opened.catch(() => {})
      return opened
    },
    find: (id) => alive.get(id)?.scene,
    close: async () => {
      closed = true
      await last
      const unused = await ready.catch(() => null)
      if (unused !== null) await drop(unused)
      for (const id of [...alive.keys()]) await end(id)
      if (model !== null) await drop(model)
      await own.close()
    },
  }
}
