/** What `relais rules update` tells of recent traffic before new rules are taken: `relais whatif`, asked with two whole rulebooks. */
import type { Recorded } from '../../core/recorded.ts'
import { askWhatIf, NO_CHANGE, printSummary, summarise, type Traffic } from '../../foresight/index.ts'
import type { Io } from '../command.ts'
import { openProgress } from '../progress.ts'
import { asJson, reachable } from '../recorded/whatif.ts'
import type { UpdateTools } from './update.ts'

type Peeked = { readonly recorded: Traffic & Pick<Recorded, 'count'>; close(): Promise<void> }

/** `peek` gives null where nothing was ever recorded. */
export const judgeRecent =
  (peek: (io: Io) => Promise<Peeked | null>): UpdateTools['whatIf'] =>
  async ({ before, after, own, since, until }, io) => {
    const opened = await peek(io)
    if (!opened) return null
    try {
      const { recorded } = opened
      const range = { since, until }
      const count = await recorded.count(range)
      if (count === 0) return null
      const progress = openProgress(io, count, false)
      const asked = { before, after, change: NO_CHANGE, assume: {}, range, channels: reachable(own, null) }
      const found = await askWhatIf(recorded, { ...asked, onProgress: progress.to })
      progress.end()
      const asking = { ask: ASK, assumed: null, source: null, range, sample: false, at: until }
      const answer = { ...found, asking, threads: new Map() }
      const text = printSummary(summarise(answer, io.language), io.language)
      return { text, json: asJson(answer, { before: before.digest, after: after.digest }, null) }
    } finally {
      await opened.close()
    }
  }

const ASK = {
  fr: 'Et si ces règles avaient valu ces 30 derniers jours\u00a0?',
  en: 'What if these rules had held in the last 30 days?',
}
