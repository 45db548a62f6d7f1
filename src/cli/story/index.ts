/** The story "le jour de la coupure", as `npm start` tells it at `/demo`. */
import { join } from 'node:path'
import type { Rulebook } from '../../policy/index.ts'
import { createCutting } from './cut.ts'
import { makeStory, scopeOn } from './folder.ts'
import { PLATFORM } from './platform.ts'
import { createStory, type Story } from './routes.ts'
import type { Ground } from './scene.ts'
import { createScenes, type Scenes } from './scenes.ts'

/** The day of the story on which its platform is cut. */
const DRILL_DAY = '2026-10-15'

type StoryGround = Omit<Ground, 'folders'> & { readonly rulebook: Rulebook; readonly business: string; readonly zone: string }

/** Gives the routes at once; what they need is made ready behind them. */
export const openStory = async (ground: StoryGround): Promise<Story & { close(): Promise<void> }> => {
  const { dataFolder, log, env, rulebook, business, zone } = ground
  const place = (scope: string) => join(dataFolder, 'demo', `story-${scope}`)
  const folders = { general: await makeStory(place('general'), 'general'), service: await makeStory(place('service'), 'service') }
  let scenes: Promise<Scenes> | null = null
  const ready = (): Promise<Scenes> => {
    scenes ??= createScenes({ ...ground, folders })
    return scenes
  }
  ready().catch((error) => log.warn('demo.scenes', { error: error instanceof Error ? error.message : 'unknown' }))
  const cutting = createCutting({
    folder: (date) => folders[scopeOn(date)],
    env: rehearsedEnv(env),
    dataFolder,
    log,
    ids: [PLATFORM],
    date: DRILL_DAY,
  })
  return {
    ...createStory({ scenes: ready, cutting, rulebook, business, zone }),
    close: async () => {
      cutting.close()
      await scenes?.then((all) => all.close())
    },
  }
}

/** A drill needs none of the secrets of the demo that runs: imitations of its own answer it. */
const rehearsedEnv = (env: Ground['env']): Ground['env'] => {
  const { PATH, HOME, LANG, NODE_OPTIONS } = env
  return { PATH, HOME, LANG, NODE_OPTIONS }
}
