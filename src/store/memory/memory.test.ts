import { countedIds, storeContract } from '../contract/index.ts'
import { memoryBench } from '../contract/memory-bench.ts'

storeContract({ make: async () => memoryBench(countedIds()) })
