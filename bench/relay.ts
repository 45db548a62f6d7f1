/** Webhook to reply, and durable intake: the house beside `bare`, in one run, interleaved. */
import { createLoad, type Measured } from './load.ts'
import { openBench, startSubject } from './server.ts'

export type RelayFigures = {
  readonly house: readonly Measured[]
  readonly bare: readonly Measured[]
  readonly steady: Measured
  readonly intake: { readonly durable: readonly number[]; readonly none: readonly number[] }
}

const CONTACTS = 5_000

export const measureRelay = async ({ ms = 30_000, pairs = 1, atOnce = 256, intakeMs = 8_000 } = {}): Promise<RelayFigures> => {
  const bench = await openBench()
  const load = await createLoad()
  const house: Measured[] = []
  const bare: Measured[] = []
  const intake = { durable: [] as number[], none: [] as number[] }
  let steady: Measured | null = null
  const on = async <T>(program: 'house' | 'bare', work: () => Promise<T>, env: Record<string, string> = {}): Promise<T> => {
    const database = await bench.database()
    const subject = await startSubject(program, { databaseUrl: database.url, apiUrl: load.apiUrl, env })
    load.aim(subject.url)
    try {
      await load.closed({ contacts: CONTACTS, atOnce: env.BENCH_ROLE ? 0 : 64, ms: 2_000 })
      return await work()
    } finally {
      await subject.stop()
      await database.drop()
    }
  }
  try {
    for (let pair = 0; pair < pairs; pair++) {
      await on('house', async () => {
        house.push(await load.closed({ contacts: CONTACTS, atOnce, ms }))
        steady ??= await load.open({ contacts: CONTACTS, perSecond: 400, ms: Math.min(ms, 15_000) })
      })
      await on('bare', async () => bare.push(await load.closed({ contacts: CONTACTS, atOnce, ms })))
    }
    for (let pair = 0; pair < Math.max(pairs, 2); pair++) {
      const take = () => load.intake({ connections: 64, ms: intakeMs })
      intake.durable.push(await on('house', take, { BENCH_ROLE: 'web' }))
      intake.none.push(await on('house', take, { BENCH_ROLE: 'web', BENCH_STORE: 'none' }))
    }
    return { house, bare, steady: steady as unknown as Measured, intake }
  } finally {
    await load.close()
    await bench.close()
  }
}

if (import.meta.main)
  console.log(
    JSON.stringify(await measureRelay({ ms: Number(process.env.MS ?? 10_000), intakeMs: Number(process.env.MS ?? 8_000) }), null, 2),
  )
