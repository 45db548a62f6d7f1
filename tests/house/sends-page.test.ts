/** docs/transactional-sends.md: every `console` block runs as it stands, in order, and is answered as it says. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { REGULARS } from '../../simulators/customers.ts'
import { hashSecret, makeSecret } from '../../src/http/caller.ts'
import { createAccess } from '../../src/store/access/index.ts'
import { commandsShown } from '../architecture/pages.ts'
import { type Business, HOUR, openBusiness } from './business.ts'

const PAGE = 'docs/transactional-sends.md'
const run = promisify(execFile)
const KEY = makeSecret(new Uint8Array(32).fill(9))

let business: Business
beforeAll(async () => {
  business = await openBusiness()
  await createAccess(business.connection).createKey({ name: 'page', role: 'system', hash: hashSecret(KEY) }, 0)
})
afterAll(() => business.close())

it('runs as it stands', async () => {
  const text = await readFile(join(import.meta.dirname, '..', '..', PAGE), 'utf8')
  const shown = commandsShown({ path: PAGE, text })
  expect(shown.length).toBe(7)
  const numbers = new Set(text.match(/\+33\d{9}/gu))
  expect(REGULARS.map(({ phone }) => phone)).toEqual(expect.arrayContaining([...numbers]))
  for (const number of numbers) business.newcomer(number)
  const env: Record<string, string> = {
    ...(process.env as Record<string, string>),
    RELAIS: business.url,
    KEY,
    TOMORROW: new Date(business.stage.clock.now() + 24 * HOUR).toISOString(),
  }
  for (const { command, lines } of shown) {
    const { stdout } = await run('sh', ['-c', command], { env })
    const answer = JSON.parse(stdout)
    // It may be on its way, or there, by the time that it is told.
    if (['sending', 'accepted', 'delivered'].includes(answer.status)) answer.status = 'queued'
    expect(answer, command).toMatchObject(JSON.parse(lines.join('\n')))
    if (String(answer.id).startsWith('cod_')) env.CODE = answer.id
  }
})
