/** One scene of the story: a day, a country, and a house of its own there, whose clock begins at noon of that day and never runs backwards. */
import { join } from 'node:path'
import type { Log } from '../../core/ports.ts'
import type { ExplanationData, MessageView } from '../../core/reading.ts'
import { instantOf } from '../../policy/index.ts'
import { type ConnectionOptions, connect } from '../../store/connection.ts'
import { composeHouse, type RunningHouse } from '../compose.ts'
import { openStage } from '../demo.ts'
import { ROOT } from '../demo-beside.ts'
import { openWorkspace } from '../house.ts'
import { readVersion } from '../version.ts'
import { scopeOn } from './folder.ts'
import type { SceneThread, SceneView } from './views.ts'

/** What every scene of one demo shares. */
export type Ground = {
  readonly origin: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly dataFolder: string
  readonly config: ConnectionOptions['config']
  readonly log: Log
  /** The story's folder, by what it lets its first channel answer. */
  readonly folders: Readonly<Record<'service' | 'general', string>>
}

export type Scene = {
  readonly view: Omit<SceneView, 'ms'>
  /** Below `/demo/<id>`: the control routes of `/sim`, else the house itself. The path is without that. */
  handle(request: Request): Promise<Response>
  thread(): Promise<SceneThread>
  close(): Promise<void>
}

/** Few: a scene has one customer. */
const CONNECTIONS = 3
const ZONE = 'Europe/Paris'
const SHOWN = 20

/** Everything of a scene's house lies in this schema; extensions lie where the demo's own made them. */
export const inSchema = (config: ConnectionOptions['config'], schema: string): ConnectionOptions['config'] => ({
  ...config,
  options: `-c search_path=${schema},public`,
})

export const openScene = async (ground: Ground, id: string, schema: string, date: string, country: string): Promise<Scene> => {
  const closing: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const end of closing.reverse())
      await end().catch((error) => ground.log.warn('scene.close', { error: error instanceof Error ? error.name : 'unknown' }))
  }
  try {
    const stage = await openStage({ origin: ground.origin, below: `/demo/${id}`, at: instantOf(date, ZONE) })
    closing.push(stage.close)
    const env = { ...ground.env, ...stage.env }
    const scope = scopeOn(date)
    const opened = await openWorkspace(ground.folders[scope], env)
    const connection = connect({ config: inSchema(ground.config, schema), size: CONNECTIONS, name: `relais demo ${id}` })
    closing.push(() => connection.close())
    const house: RunningHouse = await composeHouse({
      opened,
      connection,
      env,
      dataFolder: ground.dataFolder,
      clock: stage.clock,
      log: ground.log,
      role: 'all',
      version: readVersion(),
      demo: true,
      access: stage.access,
      worker: `wrk_${id}`,
      secure: false,
      pagesFolder: join(ROOT, 'dist', 'web'),
    })
    closing.push(house.close)
    const toHouse = async (request: Request) => house.app.fetch(request)
    const control = stage.control(toHouse)
    const user = stage.newcomer(country)
    return {
      view: { id, date, country, scope, who: user.person.userId },
      handle: (request) => (new URL(request.url).pathname.startsWith('/sim/api/') ? control.handle(request) : toHouse(request)),
      thread: () =>
        readThread(stage.ask(toHouse), user.person.phone === null || user.person.hidesPhone ? user.person.userId : `+${user.person.phone}`),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

type Ask = <T>(path: string) => Promise<T>
const readThread = async (ask: Ask, address: string): Promise<SceneThread> => {
  type Found = { readonly items: readonly { readonly conversationId: string | null }[] }
  const conversation = (await ask<Found>(`/contacts?address=${encodeURIComponent(address)}`)).items[0]?.conversationId ?? null
  if (conversation === null) return { conversation, owner: null, messages: [] }
  const [{ owner }, { items }] = await Promise.all([
    ask<{ owner: string }>(`/conversations/${conversation}`),
    ask<{ items: readonly MessageView[] }>(`/conversations/${conversation}/messages?limit=${SHOWN}`),
  ])
  const messages = await Promise.all(
    items.map(async (message) => ({
      ...message,
      why: message.direction === 'out' ? (await ask<{ data: ExplanationData }>(`/messages/${message.id}/explanation`)).data : null,
    })),
  )
  return { conversation, owner, messages: messages.reverse() }
}
