import { describe, expect, it } from 'vitest'
import { makeVirtualClock } from '../clocks.ts'
import { type Behaviour, createOpenAISimulator, type OpenAIOptions } from './index.ts'
import { answerFrom, readPrompt } from './passages.ts'

const system = 'Answer only from the passages, and cite them. If they do not answer, say exactly NO_ANSWER.'
const passages = `<passages>
<passage id="1">Les bagages en cabine pèsent 8 kg au plus. Au-delà, ils voyagent en soute.</passage>
<passage id="2">L’annulation est gratuite jusqu’à trente jours avant le départ.</passage>
</passages>`
const prompt = (question: string) => [
  { role: 'system', content: system },
  { role: 'user', content: `${passages}\n\n${question}` },
]

function open(options: Partial<OpenAIOptions> = {}) {
  const clock = makeVirtualClock(1_795_338_000_000)
  const simulator = createOpenAISimulator({ clock, ...options })
  const ask = (question: string, rest: Record<string, unknown> = {}) =>
    simulator.fetch(
      new Request('http://engine.test/v1/chat/completions', {
        method: 'POST',
        body: JSON.stringify({ model: 'simulated-small', messages: prompt(question), ...rest }),
      }),
    )
  return { clock, simulator, ask }
}

const said = async (response: Response) => (await response.json()) as { choices: { message: { content: string }; finish_reason: string }[] }
const textOf = async (response: Response) => (await said(response)).choices[0]?.message.content

describe('a whole answer', () => {
  it('repeats the nearest sentence with its passage’s number', async () => {
    const { ask, simulator } = open()
    const response = await ask('Quelles sont les conditions d’annulation avant le départ ?')
    expect(await response.json()).toEqual({
      id: 'chatcmpl-00000001',
      object: 'chat.completion',
      model: 'simulated-small',
      created: 1_795_338_000,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'L’annulation est gratuite jusqu’à trente jours avant le départ. [2]', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: expect.any(Number), completion_tokens: 17, total_tokens: expect.any(Number) },
    })
    expect(simulator.ledger).toMatchObject([{ model: 'simulated-small', stream: false, behaviour: 'answer', status: 200 }])
  })

  it('abstains with the word the prompt asks for', async () => {
    const { ask } = open()
    expect(await textOf(await ask('Vendez-vous des vélos électriques ?'))).toBe('NO_ANSWER')
    // One word in common is not an answer.
    expect(await textOf(await ask('Avez-vous des trottinettes gratuites pour enfants ?'))).toBe('NO_ANSWER')
  })

  it('may be scripted', async () => {
    const { ask, simulator } = open({ answer: ({ question }) => (question.includes('bonjour') ? 'Bonjour !' : undefined) })
    expect(await textOf(await ask('bonjour'))).toBe('Bonjour !')
    simulator.next(1, { kind: 'answer', text: 'Une fois.' })
    expect(await textOf(await ask('bonjour'))).toBe('Une fois.')
  })
})

describe('reading a prompt', () => {
  it.each([
    ['`SANS_REPONSE`', 'SANS_REPONSE'],
    ['"NO_ANSWER"', 'NO_ANSWER'],
    ['nothing special', undefined],
  ])('finds the abstention in %s', (words, expected) => {
    expect(readPrompt([{ role: 'system', content: `If unsure answer ${words}.` }]).abstention).toBe(expected)
  })

  it('finds a question between its own tags, whatever stands around it', () => {
    const content =
      '<passage_x id="1">Le vol part de Lyon.</passage_x>\n<history_x>Client: bonjour</history_x>\n<question_x>D’où part le vol ?</question_x>'
    expect(readPrompt([{ role: 'user', content }]).question).toBe('D’où part le vol ?')
  })

  it('takes numbered blocks for passages too', () => {
    const content = 'Data:\n[1] Le petit-déjeuner est compris.\n[2] Le vol part de Lyon.\n\nD’où part le vol ?'
    const asked = readPrompt([{ role: 'user', content: [{ type: 'text', text: content }] }])
    expect(asked.passages).toEqual([
      { number: '1', text: 'Le petit-déjeuner est compris.' },
      { number: '2', text: 'Le vol part de Lyon.' },
    ])
    expect(answerFrom({ ...asked, question: 'Le vol part-il de Lyon ?' })).toBe('Le vol part de Lyon. [2]')
  })
})

/** Events of a stream, and how it ended. */
async function listen(response: Response): Promise<{ events: string[]; end: string }> {
  const events: string[] = []
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const bytes of response.body ?? []) {
      rest += decoder.decode(bytes, { stream: true })
      const parts = rest.split('\n\n')
      rest = parts.pop() ?? ''
      events.push(...parts.map((part) => part.replace(/^data: /, '')))
    }
    return { events, end: 'closed' }
  } catch {
    return { events, end: 'cut' }
  }
}

const pieces = (events: string[]) => events.filter((event) => event !== '[DONE]').map((event) => JSON.parse(event).choices[0])

describe('a streamed answer', () => {
  const question = 'Quelles sont les conditions d’annulation avant le départ ?'

  it('comes word by word, with its finish reason, usage when asked for, and [DONE]', async () => {
    const { ask } = open()
    const { events, end } = await listen(await ask(question, { stream: true, stream_options: { include_usage: true } }))
    expect(end).toBe('closed')
    expect(events.at(-1)).toBe('[DONE]')
    expect(JSON.parse(events.at(-2) ?? '')).toMatchObject({ choices: [], usage: { completion_tokens: 17 } })
    const choices = pieces(events.slice(0, -2))
    expect(choices[0]).toEqual({ index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null })
    expect(choices.map((choice) => choice.delta.content ?? '').join('')).toBe(
      'L’annulation est gratuite jusqu’à trente jours avant le départ. [2]',
    )
    expect(choices.map((choice) => choice.finish_reason).filter(Boolean)).toEqual(['stop'])
  })

  it('breaks off when cut, and closes in order but without a reason when unfinished', async () => {
    const { ask, simulator } = open()
    simulator.next(1, { kind: 'cut', after: 3 })
    simulator.next(1, { kind: 'unfinished', after: 3 })
    const cut = await listen(await ask(question, { stream: true }))
    expect([cut.end, cut.events.length]).toEqual(['cut', 4])
    const unfinished = await listen(await ask(question, { stream: true }))
    expect([unfinished.end, unfinished.events.length]).toEqual(['closed', 4])
    expect(pieces(unfinished.events).every((choice) => choice.finish_reason === null)).toBe(true)
  })

  it('starts late, or drips', async () => {
    const { ask, simulator, clock } = open()
    simulator.next(1, { kind: 'slow-start', ms: 4_000 })
    let heard: string[] = []
    void ask(question, { stream: true }).then(async (response) => {
      heard = (await listen(response)).events
    })
    await clock.advance(3_999)
    expect(heard).toEqual([])
    await clock.advance(1)
    expect(heard.at(-1)).toBe('[DONE]')
    simulator.next(1, { kind: 'slow', ms: 100 })
    heard = []
    void ask(question, { stream: true }).then(async (response) => {
      heard = (await listen(response)).events
    })
    await clock.advance(500)
    expect(heard).toEqual([])
    await clock.advance(1_000)
    expect(heard.at(-1)).toBe('[DONE]')
  })

  it('may hold an event that is no JSON', async () => {
    const { ask, simulator } = open()
    simulator.next(1, { kind: 'malformed' })
    const { events } = await listen(await ask(question, { stream: true }))
    expect(events).toContain('{"id":"chatcmpl')
  })
})

describe('an engine that goes wrong', () => {
  it.each<[Behaviour, number, string | null, string | null]>([
    [{ kind: 'unauthorised' }, 401, 'invalid_api_key', null],
    [{ kind: 'too-many', retryAfter: 9 }, 429, 'rate_limit_exceeded', '9'],
    [{ kind: 'quota' }, 429, 'insufficient_quota', null],
    [{ kind: 'failing' }, 500, null, null],
    [{ kind: 'overloaded' }, 503, null, '1'],
    [{ kind: 'too-long' }, 400, 'context_length_exceeded', null],
  ])('answers %o', async (behaviour, status, code, retryAfter) => {
    const { ask, simulator } = open()
    simulator.always(behaviour)
    const response = await ask('Bonjour')
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, retryAfter])
    expect(await response.json()).toMatchObject({ error: { code, message: expect.any(String) } })
    simulator.always({ kind: 'answer' })
    expect((await ask('Bonjour')).status).toBe(200)
  })

  it.each<[Behaviour, string, RegExp]>([
    [{ kind: 'refuse' }, 'stop', /can’t help/],
    [{ kind: 'ramble' }, 'stop', /^.{4000,}$/],
    [{ kind: 'miscite' }, 'stop', /\[97\]/],
    [{ kind: 'empty' }, 'stop', /^$/],
    [{ kind: 'length', after: 2 }, 'length', /^L’annulation est $/],
    [{ kind: 'content-filter' }, 'content_filter', /^$/],
  ])('says %o', async (behaviour, finish, text) => {
    const { ask, simulator } = open()
    simulator.next(1, behaviour)
    const { choices } = await said(await ask('Quelles sont les conditions d’annulation avant le départ ?'))
    expect(choices[0]?.finish_reason).toBe(finish)
    expect(choices[0]?.message.content).toMatch(text)
  })

  it('sends HTML, resets, stays silent', async () => {
    const { ask, simulator } = open()
    simulator.next(1, { kind: 'html' })
    simulator.next(1, { kind: 'reset' })
    simulator.next(1, { kind: 'silent' })
    expect((await ask('a')).headers.get('content-type')).toBe('text/html')
    await expect(ask('a')).rejects.toThrow('fetch failed')
    let settled = false
    void ask('a').finally(() => {
      settled = true
    })
    await new Promise<void>((done) => setImmediate(done))
    expect(settled).toBe(false)
    expect(simulator.ledger.map((one) => one.status)).toEqual([200, null, null])
  })

  it('knows its models and its key', async () => {
    const { ask, simulator } = open({ apiKey: 'sk-1', models: ['m'] })
    expect((await ask('a')).status).toBe(401)
    const withKey = (path: string, init: RequestInit = {}) =>
      simulator.fetch(new Request(`http://engine.test${path}`, { ...init, headers: { authorization: 'Bearer sk-1' } }))
    expect(await (await withKey('/v1/models')).json()).toMatchObject({ object: 'list', data: [{ id: 'm', object: 'model' }] })
    const body = JSON.stringify({ model: 'other', messages: prompt('a') })
    expect((await withKey('/v1/chat/completions', { method: 'POST', body })).status).toBe(404)
    expect((await withKey('/v1/chat/completions', { method: 'POST', body: '{}' })).status).toBe(400)
    expect((await withKey('/v1/other')).status).toBe(404)
  })
})
