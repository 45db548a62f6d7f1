import { freshDatabase } from '../../../tests/support/postgres.ts'
import { countedIds, storeContract } from '../contract/index.ts'
import { postgresBench } from '../contract/postgres-bench.ts'

storeContract({ make: async () => postgresBench(await freshDatabase(), countedIds()) })
