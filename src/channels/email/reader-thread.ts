/** The thread of `reader.ts`: a mail comes in, its parts go out. */
import { parentPort } from 'node:worker_threads'
import { readSource, type Source } from './mail.ts'
import type { Answer } from './reader.ts'

parentPort?.on('message', async (source: Source) => {
  const answer: Answer = await readSource(source).then(
    (mail) => ({ mail }),
    (error: unknown) => ({ failed: error instanceof Error ? error.name : 'unknown' }),
  )
  parentPort?.postMessage(answer)
})
