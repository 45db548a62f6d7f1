/** docs/tasks.md: every `console` block runs as it stands, in order, and is answered as it says. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { REGULARS } from '../../simulators/customers.ts'
import { TASK_FAILURES } from '../../src/core/task.ts'
import { hashSecret, makeSecret } from '../../src/http/caller.ts'
import { createAccess } from '../../src/store/access/index.ts'
import { commandsShown } from '../architecture/pages.ts'
import { type Business, openBusiness } from './business.ts'

const PAGE = 'docs/tasks.md'
const run = promisify(execFile)
const KEY = makeSecret(new Uint8Array(32).fill(9))

let business: Business
let text: string
beforeAll(async () => {
  text = await readFile(join(import.meta.dirname, '..', '..', PAGE), 'utf8')
  business = await openBusiness()
  await createAccess(business.connection).createKey({ name: 'page', role: 'system', hash: hashSecret(KEY) }, 0)
})
afterAll(() => business.close())

it('runs as it stands', async () => {
  const shown = commandsShown({ path: PAGE, text })
  expect(shown.length).toBe(3)
  const numbers = new Set(text.match(/\+33\d{9}/gu))
  expect(REGULARS.map(({ phone }) => phone)).toEqual(expect.arrayContaining([...numbers]))
  for (const number of numbers) business.newcomer(number)
  const env: Record<string, string> = { ...(process.env as Record<string, string>), RELAIS: business.url, KEY }
  for (const { command, lines } of shown) {
    if (env.TASK) await ended(env.TASK)
    const { stdout } = await run('sh', ['-c', command], { env })
    const answer = JSON.parse(stdout)
    env.TASK = answer.id
    const told = JSON.parse(lines.join('\n'))
    if (told.contactId) told.contactId = expect.stringMatching(/^con_/)
    expect(answer, command).toMatchObject(told)
  }
  const last = await ended(env.TASK ?? '')
  expect(last).toMatchObject({ state: 'done', message: { decision: { outcome: expect.any(String) } } })
})

const ended = (id: string) =>
  business.until('the task to end', async () => {
    const { body } = await business.call('system', 'GET', `/tasks/${id}`)
    return body.state === 'done' || body.state === 'failed' ? body : null
  })

it('names every reason why there may be no result', () => {
  for (const code of TASK_FAILURES) expect(text).toContain(`| \`${code}\` |`)
})
