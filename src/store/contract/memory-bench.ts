import type { Ids } from '../../core/ids.ts'
import { createMemoryStore } from '../memory/index.ts'
import { createShared } from '../memory/shared.ts'
import type { Bench } from './bench.ts'
import { dumpMemory } from './dump.ts'

export const memoryBench = (ids: Ids): Bench => {
  const shared = createShared()
  return {
    join: async (name) => {
      const store = createMemoryStore(shared, { ids, worker: name })
      return { store, dieNow: store.kill, die: async () => store.kill() }
    },
    dump: async () => dumpMemory(shared),
    close: async () => {},
  }
}
