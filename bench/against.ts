/**
 * This checkout beside another one of an earlier commit: webhook to reply, in turns, each on a fresh database of the same PostgreSQL.
 * `git worktree add ../before <commit>`, its packages linked or installed; then `node bench/against.ts ../before`.
 */
import { resolve } from 'node:path'
import { createLoad } from './load.ts'
import { median } from './median.ts'
import { openBench, startSubject } from './server.ts'

const CONTACTS = 5_000
const AT_ONCE = 256

type Turn = { readonly perSecond: number; readonly faults: number }

const measure = async (before: string, { pairs, ms }: { readonly pairs: number; readonly ms: number }) => {
  const bench = await openBench()
  const load = await createLoad()
  const turn = async (folder: string | undefined): Promise<Turn> => {
    const database = await bench.database(folder)
    const subject = await startSubject('house', { databaseUrl: database.url, apiUrl: load.apiUrl, ...(folder ? { folder } : {}) })
    load.aim(subject.url)
    try {
      await load.closed({ contacts: CONTACTS, atOnce: 64, ms: 2_000 })
      const { perSecond, lost, doubled, disordered } = await load.closed({ contacts: CONTACTS, atOnce: AT_ONCE, ms })
      return { perSecond, faults: lost + doubled + disordered }
    } finally {
      await subject.stop()
      await database.drop()
    }
  }
  try {
    const found: { now: Turn; earlier: Turn }[] = []
    for (let pair = 0; pair < pairs; pair++) {
      // Who goes first changes: what the machine does meanwhile favours nobody.
      const first = await turn(pair % 2 ? before : undefined)
      const second = await turn(pair % 2 ? undefined : before)
      const both = pair % 2 ? { now: second, earlier: first } : { now: first, earlier: second }
      found.push(both)
      process.stderr.write(`${both.now.perSecond.toFixed(0)}/s against ${both.earlier.perSecond.toFixed(0)}/s\n`)
    }
    return found
  } finally {
    await load.close()
    await bench.close()
  }
}

const [folder] = process.argv.slice(2)
if (!folder) throw new Error('Which checkout? node bench/against.ts FOLDER')
const found = await measure(resolve(folder), { pairs: Number(process.env.PAIRS ?? 7), ms: Number(process.env.MS ?? 10_000) })
const ratios = found.map(({ now, earlier }) => now.perSecond / earlier.perSecond)
console.log(JSON.stringify({ median: median(ratios), ratios, faults: found.reduce((sum, { now }) => sum + now.faults, 0) }))
