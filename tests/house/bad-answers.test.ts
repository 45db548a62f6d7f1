/** What engines do one day, over the whole path: the customer reads the business's own words instead, once, and nothing of what went wrong. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Behaviour, createVendorSimulator, type EngineSimulator } from '../../simulators/engines/index.ts'
import { type Served, serve } from '../../simulators/serve.ts'
import { type Business, openBusiness } from './business.ts'

const QUESTION = 'Combien coûte une annulation ?'
const ANSWER = 'Les frais dépendent de la date à laquelle vous annulez votre voyage, et le reste vous est remboursé [1].'

let house: Business
let engine: EngineSimulator
let served: Served
let own: string
beforeAll(async () => {
  const clock = { now: () => house.stage.clock.now(), after: (ms: number, call: () => void) => house.stage.clock.after(ms, call) }
  engine = createVendorSimulator('mistral', { clock, answer: () => ANSWER })
  served = await serve(engine)
  const abroad = (text: string) =>
    text
      .replace('kind: openai-compatible', 'kind: mistral\n    apiKey: secret-key')
      .replace('region: self', 'region: eu')
      .replace('personalData: all', 'personalData: pseudonyms')
  house = await openBusiness({ changed: { 'relais.yaml': abroad }, env: { ENGINE_URL: served.url } })
  // What the business itself has written of it.
  await house.call('admin', 'POST', '/engines/main/pause', {})
  own = (await asked()).said.join('\n')
  await house.call('admin', 'POST', '/engines/main/resume', {})
})
afterAll(async () => {
  await house.close()
  await served.close()
})

/** Somebody new asks; what they read, and what came of each engine. */
const asked = async (ms = 0) => {
  const user = house.newcomer()
  const before = engine.ledger.length
  user.sendText(QUESTION)
  if (ms) {
    await house.until('the engine to be asked', () => engine.ledger.length > before)
    house.stage.clock.advance(ms)
  }
  await house.until('an answer', () => user.received.length >= 1)
  const { conversation } = await house.contactOf(user)
  const [told] = await house.connection.query<{ data: { attempts: { engine: string; result: string }[] } }>(
    "select data from event where kind = 'engine.thought' and conversation_id = $1",
    [conversation],
  )
  return { user, said: user.received.map(({ text }) => text ?? ''), results: told?.data.attempts.map(({ result }) => result) ?? [] }
}

describe('an engine that', () => {
  it.each<[string, Behaviour, string, number]>([
    ['answers after 90 s', { kind: 'slow-start', ms: 90_000 }, 'timeout', 30_000],
    ['answers with a page', { kind: 'page' }, 'broken', 0],
    [
      'answers in English',
      { kind: 'answer', text: 'The fees depend on the day on which you cancel your trip, and the rest is refunded [1].' },
      'language',
      0,
    ],
    [
      'names somebody invented',
      { kind: 'answer', text: 'Bonjour Madame Belzvan, les frais dépendent de la date de votre annulation [1].' },
      'withheld',
      0,
    ],
    ['is cut in the middle of a word', { kind: 'cut', after: 9 }, 'cut', 0],
    ['ends in the middle of a word', { kind: 'unfinished', after: 9 }, 'cut', 0],
  ])('%s', async (_, behaviour, result, ms) => {
    engine.always(behaviour)
    const { user, said, results } = await asked(ms)
    expect(results[0]).toBe(result)
    expect(results.at(-1)).toBe('answered')
    expect(said.join('\n')).toBe(own)
    house.stage.clock.advance(120_000)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(user.received, 'nothing comes later').toHaveLength(said.length)
    house.stage.clock.advance(60_000)
  })

  it('answers as it should is read itself', async () => {
    engine.always({ kind: 'answer' })
    expect((await asked()).said.join('\n')).toContain('Les frais dépendent de la date à laquelle vous annulez votre voyage')
  })
})
