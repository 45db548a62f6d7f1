import { describe, expect, it } from 'vitest'
import { makeVirtualClock } from '../clocks.ts'
import { openEngine } from '../rehearsal/engine.ts'
import { type Behaviour, createVendorSimulator, VENDORS, type Vendor } from './index.ts'

const SYSTEM = 'Answer only from the passages, and cite them. If they do not answer, say exactly NO_ANSWER.'
const USER = '<passage id="1">Le vol part de Lyon à midi.</passage>\n<question>D’où part le vol ?</question>'
const SAID = 'Le vol part de Lyon à midi. [1]'

/** The same question in each vendor's own words. */
const ASKED: Readonly<
  Record<Vendor, { path: (stream: boolean) => string; headers: Record<string, string>; body: (stream: boolean) => object }>
> = {
  openai: {
    path: () => '/v1/responses',
    headers: { authorization: 'Bearer key' },
    body: (stream) => ({
      model: 'm',
      stream,
      input: [
        { role: 'developer', content: SYSTEM },
        { role: 'user', content: [{ type: 'input_text', text: USER }] },
      ],
    }),
  },
  mistral: {
    path: () => '/v1/chat/completions',
    headers: { authorization: 'Bearer key' },
    body: (stream) => ({
      model: 'm',
      stream,
      messages: [
        { role: 'system', content: SYSTEM },
        { role: 'user', content: USER },
      ],
    }),
  },
  anthropic: {
    path: () => '/v1/messages',
    headers: { 'x-api-key': 'key', 'anthropic-version': '2023-06-01' },
    body: (stream) => ({ model: 'm', max_tokens: 500, stream, system: SYSTEM, messages: [{ role: 'user', content: USER }] }),
  },
  google: {
    path: (stream) => `/v1beta/models/m:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    headers: { 'x-goog-api-key': 'key' },
    body: () => ({ systemInstruction: { parts: [{ text: SYSTEM }] }, contents: [{ role: 'user', parts: [{ text: USER }] }] }),
  },
}

const open = (vendor: Vendor, behaviour: Behaviour = { kind: 'answer' }) => {
  const clock = makeVirtualClock(1_795_338_000_000)
  const simulator = createVendorSimulator(vendor, { clock, apiKey: 'key', usage: { input: 210, output: 17 } })
  simulator.always(behaviour)
  const { path, headers, body } = ASKED[vendor]
  const ask = (stream: boolean, more: Record<string, string> = {}) =>
    simulator.fetch(
      new Request(`http://engine.test${path(stream)}`, {
        method: 'POST',
        headers: { ...headers, ...more },
        body: JSON.stringify(body(stream)),
      }),
    )
  return { clock, simulator, ask }
}

/** Everything a stream says, and how it ended. */
const listen = async (response: Response): Promise<{ said: string; end: 'closed' | 'cut' }> => {
  const decoder = new TextDecoder()
  let said = ''
  try {
    for await (const bytes of response.body ?? []) said += decoder.decode(bytes, { stream: true })
    return { said, end: 'closed' }
  } catch {
    return { said, end: 'cut' }
  }
}

describe.each(VENDORS)('the imitation of %s', (vendor) => {
  it('answers from the passages, whole and in pieces', async () => {
    const { ask, simulator } = open(vendor)
    expect(await (await ask(false)).text()).toContain(JSON.stringify(SAID).slice(1, -1))
    const { said, end } = await listen(await ask(true))
    expect(end).toBe('closed')
    expect(said.match(/^data: /gm)?.length).toBeGreaterThan(6)
    expect(simulator.ledger).toMatchObject([
      { model: 'm', stream: false, status: 200 },
      { stream: true, status: 200 },
    ])
  })

  it('asks for its key and knows its own addresses', async () => {
    const { ask, simulator } = open(vendor)
    const wrong = await ask(false, { authorization: 'Bearer no', 'x-api-key': 'no', 'x-goog-api-key': 'no' })
    expect([400, 401]).toContain(wrong.status)
    expect((await simulator.fetch(new Request('http://engine.test/v1/elsewhere', { method: 'POST', body: '{}' }))).status).toBe(404)
  })

  it('cuts in the middle of a word, and can close in order without its end', async () => {
    const cut = open(vendor, { kind: 'cut', after: 3 })
    expect((await listen(await cut.ask(true))).end).toBe('cut')
    const unfinished = open(vendor, { kind: 'unfinished', after: 3 })
    const { said, end } = await listen(await unfinished.ask(true))
    expect(end).toBe('closed')
    expect(said).not.toMatch(/response\.completed|\[DONE\]|message_stop|"finishReason"/)
  })

  it('keeps silent, breaks the line, answers after 90 s and with a page', async () => {
    const late = open(vendor, { kind: 'slow-start', ms: 90_000 })
    let done = false
    const answer = late.ask(false).then((response) => {
      done = true
      return response
    })
    await late.clock.advance(89_999)
    expect(done).toBe(false)
    await late.clock.advance(1)
    expect((await answer).status).toBe(200)
    await expect(open(vendor, { kind: 'reset' }).ask(true)).rejects.toThrow('fetch failed')
    const page = await open(vendor, { kind: 'page', status: 502 }).ask(true)
    expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8'])
  })
})

describe('what each vendor says in its own way', () => {
  it.each<[Vendor, Behaviour['kind'], number, object]>([
    ['openai', 'unauthorised', 401, { error: { code: 'invalid_api_key' } }],
    ['openai', 'quota', 429, { error: { code: 'insufficient_quota' } }],
    ['mistral', 'too-many', 429, { object: 'error', type: 'rate_limit_error' }],
    ['mistral', 'invalid', 422, { detail: [{ loc: ['body', 'messages'] }] }],
    ['anthropic', 'overloaded', 529, { type: 'error', error: { type: 'overloaded_error' } }],
    ['anthropic', 'unauthorised', 401, { error: { type: 'authentication_error' } }],
    ['google', 'unauthorised', 400, { error: { status: 'INVALID_ARGUMENT', details: [{ reason: 'API_KEY_INVALID' }] } }],
    ['google', 'too-many', 429, { error: { status: 'RESOURCE_EXHAUSTED', details: [{}, { retryDelay: '7s' }] } }],
  ])('%s, %s: %i', async (vendor, kind, status, body) => {
    const response = await open(vendor, { kind } as Behaviour).ask(true)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject(body)
  })

  it.each<[Vendor, Behaviour, RegExp]>([
    ['openai', { kind: 'answer' }, /event: response\.created[\s\S]+event: response\.output_text\.delta[\s\S]+event: response\.completed\n/],
    ['openai', { kind: 'refuse' }, /"type":"response\.refusal\.delta"/],
    ['openai', { kind: 'length', after: 2 }, /event: response\.incomplete\n.*"incomplete_details":\{"reason":"max_output_tokens"\}/],
    ['openai', { kind: 'fails-inside', after: 2 }, /event: response\.failed\n.*"code":"server_error"/],
    ['mistral', { kind: 'answer' }, /"finish_reason":"stop"\}\],"usage":\{"prompt_tokens":210.*\n\ndata: \[DONE\]/],
    ['mistral', { kind: 'fails-inside', after: 2 }, /"finish_reason":"error"/],
    ['anthropic', { kind: 'answer' }, /event: message_start[\s\S]+event: ping[\s\S]+"stop_reason":"end_turn"[\s\S]+event: message_stop/],
    ['anthropic', { kind: 'refuse' }, /"stop_reason":"refusal"/],
    ['anthropic', { kind: 'fails-inside', after: 2 }, /event: error\ndata: \{"type":"error","error":\{"type":"overloaded_error"/],
    ['google', { kind: 'answer' }, /"finishReason":"STOP"[^\n]*\r\n\r\n$/],
    ['google', { kind: 'filtered', after: 2 }, /"finishReason":"SAFETY"/],
    ['google', { kind: 'blocked' }, /"promptFeedback":\{"blockReason":"SAFETY"/],
  ])('%s streams %o', async (vendor, behaviour, wanted) => {
    expect((await listen(await open(vendor, behaviour).ask(true))).said).toMatch(wanted)
  })
})

it('a rehearsal cuts and heals an engine of every vendor by its own wire', async () => {
  for (const vendor of VENDORS) {
    const { path, headers, body } = ASKED[vendor]
    const engine = openEngine(vendor, { model: 'm' }, makeVirtualClock(0))
    const ask = () =>
      engine.fetch(new Request(`https://rehearsal.invalid${path(false)}`, { method: 'POST', headers, body: JSON.stringify(body(false)) }))
    expect((await ask()).status, vendor).toBe(200)
    engine.turn('down')
    expect((await ask()).status, vendor).toBeGreaterThan(500)
    engine.turn(null)
    expect((await ask()).status, vendor).toBe(200)
  }
})
