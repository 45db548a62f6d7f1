/** An engine that fails and comes back is told in the stream: each change once, with its reason. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeSecret } from '../../src/http/caller.ts'
import { type Business, openBusiness } from './business.ts'

const QUESTION = 'Combien coûte une annulation ?'
/** Longer than a breaker rests. */
const REST_MS = 31_000

let house: Business
beforeAll(async () => {
  // The engine's key is a secret that the test knows.
  const withKey = (text: string) => text.replace('    model: demo\n', '    model: demo\n    apiKey: "$' + '{WHATSAPP_TOKEN}"\n')
  house = await openBusiness({ changed: { 'relais.yaml': withKey } })
})
afterAll(() => house.close())

/** Somebody new asks something; resolves when they were answered, by whichever engine. */
const ask = async (): Promise<void> => {
  const user = house.newcomer()
  user.sendText(QUESTION)
  await house.until('an answer', () => user.received.length >= 1)
}

type Told = { readonly engine?: string; readonly state?: string; readonly reason?: string; readonly about?: string }

/** Opens the stream; what it gives reads until the engine was told of as `state`, and gives what was told of engines so far. */
const listen = async () => {
  const response = await fetch(`${house.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${makeSecret(new Uint8Array(32).fill(2))}` },
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('no stream')
  let text = (await reader.read()).value ?? ''
  const parts = () => text.split('\n\n').slice(0, -1)
  const told = (kind: string): readonly Told[] =>
    parts()
      .filter((part) => part.includes(`\nevent: ${kind}\n`))
      .map((part) => JSON.parse(/^data: (.*)$/m.exec(part)?.[1] ?? '{}').data)
  return {
    until: async (state: string) => {
      while (told('engine.health-changed').at(-1)?.state !== state) text += (await reader.read()).value ?? ''
    },
    told,
    text: () => text,
    close: () => reader.cancel(),
  }
}

const healthy = async () => /^relais_engine_healthy\{engine="main"\} (\d)$/m.exec(await (await fetch(`${house.url}/metrics`)).text())?.[1]

describe('an engine', () => {
  it('that stops answering and comes back is told with its reasons, and shown in the metrics', async () => {
    expect(await healthy()).toBe('1')
    const stream = await listen()
    await ask()

    house.stage.engine.always({ kind: 'unauthorised' })
    await ask()
    await stream.until('open')
    expect(await healthy()).toBe('0')

    house.stage.clock.advance(REST_MS)
    await ask()
    await ask()
    house.stage.engine.always({ kind: 'answer' })
    house.stage.clock.advance(REST_MS)
    await ask()
    await stream.until('closed')
    expect(await healthy()).toBe('1')
    await stream.close()

    const main = { engine: 'main' }
    expect(stream.told('engine.health-changed')).toEqual([
      { ...main, state: 'open', health: 'cut', reason: 'credentials' },
      { ...main, state: 'half-open', health: 'degraded', reason: 'probe' },
      { ...main, state: 'open', health: 'cut', reason: 'credentials' },
      { ...main, state: 'half-open', health: 'degraded', reason: 'probe' },
      { ...main, state: 'closed', health: 'healthy', reason: 'answers again' },
    ])
    expect(stream.told('alert')).toEqual([{ ...main, about: 'engine.health-changed', state: 'open', health: 'cut', reason: 'credentials' }])
    for (const secret of [house.stage.env.WHATSAPP_TOKEN, house.stage.env.ENGINE_URL, 'annulation', 'Bearer'])
      expect(stream.text()).not.toContain(secret)
  })
})
