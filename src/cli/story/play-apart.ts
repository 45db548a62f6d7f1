/** A process of its own that plays one half of a drill (with the cut, or without it) and says how far it is: both halves take a core each. */
import type { Cut } from '../../../simulators/rehearsal/index.ts'
import type { CutThing } from '../../continuity/index.ts'
import type { Language } from '../../core/language.ts'
import type { Played } from '../drill/play.ts'
import { playOne, type RehearsalRequest } from '../drill/rehearse.ts'
import { openRehearsed } from '../drill/rehearsed.ts'

/** What a process may be told of a rehearsal. */
export type Asked = Omit<RehearsalRequest, 'rehearsed' | 'onProgress' | 'shape' | 'cut' | 'how' | 'language'> & {
  readonly folder: string
  readonly cut: readonly CutThing[]
  readonly how: Cut
  readonly language: Language
  readonly withCut: boolean
}
export type Said = { readonly share: number } | { readonly played: Played } | { readonly failed: string }

const say = (said: Said): Promise<void> => new Promise((done) => process.send?.(said, undefined, undefined, () => done()))

// Whoever asked is gone, or has been told all.
process.once('disconnect', () => process.exit())
process.once('message', (asked) => {
  const { folder, withCut, ...rest } = asked as Asked
  const play = async (): Promise<void> => {
    const rehearsed = await openRehearsed(folder, { env: process.env, language: rest.language })
    let told = 0
    const onProgress = (share: number) => {
      if (share - told < 0.02) return
      told = share
      void say({ share })
    }
    await say({ played: await playOne({ ...rest, rehearsed, shape: null, onProgress }, withCut, onProgress) })
  }
  play()
    .catch((error) => say({ failed: error instanceof Error ? error.message : 'unknown' }))
    .finally(() => process.disconnect())
})
