/** The demo's desk as a newcomer finds it: on every thread that is there, or comes of what `/sim` proposes, each of the AI's three helps has something to say. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Api, enliven, join, restore } from '../../simulators/customers.ts'
import type { User } from '../../simulators/whatsapp/index.ts'
import { hashSecret, makeSecret } from '../../src/http/caller.ts'
import { createAccess } from '../../src/store/access/index.ts'
import { SIM } from '../../web/sim/words.ts'
import { openHouse, type TestHouse } from '../support/house.ts'

const KEY = makeSecret(new Uint8Array(32).fill(7))
let house: TestHouse
let calls = 0
beforeAll(async () => {
  house = await openHouse()
  await createAccess(house.connection).createKey({ name: 'Claire', role: 'admin', hash: hashSecret(KEY) }, 0)
  await restore(house.stage.whatsapp, [], api)
  await enliven(house.stage.whatsapp, house.stage.clock, api)
})
afterAll(() => house.close())

const asking =
  (language: string): Api =>
  async (path, body) => {
    calls += 1
    const headers = {
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'accept-language': language,
      'idempotency-key': `${calls}`,
    }
    const response = await fetch(`${house.url}/api/v1${path}`, { headers, ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}) })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return response.json()
  }
const api = asking('fr')

type Conversation = { readonly id: string; readonly name: string | null }
type Task = {
  readonly id: string
  readonly state: string
  readonly result: { readonly text: string; readonly options: readonly string[] | null } | null
}

const write = async (user: User, text: string): Promise<void> => {
  const before = user.received.length
  user.sendText(text)
  await house.until(`an answer to ${text}`, () => user.received.length > before)
}
/** One newcomer for each thing to try, in each language. */
const tryAll = async (): Promise<void> => {
  let n = 0
  const random = () => (n++ % 97) / 97
  for (const [words, country] of [
    [SIM.fr, 'FR'],
    [SIM.en, 'GB'],
  ] as const) {
    const { booking, reference, question, unknown, general, person } = words.tries
    for (const said of [[booking, reference], [question], [unknown], [general], [person]]) {
      const user = join(house.stage.whatsapp, random, country, true)
      for (const { say } of said) await write(user, say)
    }
  }
}
const help = async (language: string, conversation: string, task: string): Promise<Task> => {
  const { id } = (await asking(language)(`/conversations/${conversation}/tasks`, { task })) as Task
  return house.until(`${task} of ${conversation}`, async () => {
    const told = (await api(`/tasks/${id}`)) as Task
    return told.state === 'done' || told.state === 'failed' ? told : null
  })
}

it('has a draft, replies and a summary for each thread, whichever language the desk and the customer speak', {
  timeout: 240_000,
}, async () => {
  await tryAll()
  const threads = ((await api('/conversations?limit=50')) as { items: readonly Conversation[] }).items
  expect(threads.length).toBeGreaterThanOrEqual(12)
  const nothing: string[] = []
  for (const { id, name } of threads)
    for (const language of ['fr', 'en'])
      for (const task of ['draft', 'suggest', 'summarise']) {
        const { state, result } = await help(language, id, task)
        const said = result?.options ?? [result?.text]
        if (state !== 'done' || said.some((one) => !one?.trim())) nothing.push(`${name}: ${task}, ${language}`)
      }
  expect(nothing).toEqual([])
})
