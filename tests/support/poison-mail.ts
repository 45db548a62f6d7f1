/** The thread that reads mails, with mails that mean it harm: they are told by their subject, the others are read as ever. */
import { parentPort } from 'node:worker_threads'
import type { Source } from '../../src/channels/email/mail.ts'

parentPort?.on('message', async (source: Source) => {
  const [, subject] = /^Subject: (.*)$/m.exec(Buffer.from(source.bytes).toString('latin1')) ?? []
  if (subject?.startsWith('endless')) for (;;);
  if (subject?.startsWith('throws')) throw new TypeError('planted')
  if (subject?.startsWith('huge')) for (const kept: string[][] = []; ; ) kept.push(Array(10_000).fill('x'))
  const { readSource } = await import('../../src/channels/email/mail.ts')
  parentPort?.postMessage({ mail: await readSource(source) })
})
