/** What no provider should do and every provider does one day, at its own wire: none of it reaches a customer as if it were an answer. */
import { describe, expect, it } from 'vitest'
import { makeVirtualClock } from '../../simulators/clocks.ts'
import { type Behaviour, createVendorSimulator, VENDORS, type Vendor } from '../../simulators/engines/index.ts'
import { isInLanguageAsked } from '../cli/answer-language.ts'
import { asId, type EngineId } from '../core/ids.ts'
import { silentLog } from '../core/ports.ts'
import { createBreakers } from './breakers.ts'
import { type ChainResult, type Link, runChain } from './chain.ts'
import { PROMPT } from './contract/index.ts'
import { good, scripted, setupOf, unguarded } from './contract/scripted.ts'
import { engines } from './index.ts'

const ANSWER = 'Chaque voyageur emporte un bagage de 20 kg en soute, et ce bagage est compris dans le prix [1].'
const ask = async (vendor: Vendor, behaviour: Behaviour, stream: boolean) => {
  const clock = makeVirtualClock(1_795_338_000_000)
  const simulator = createVendorSimulator(vendor, { clock, answer: () => ANSWER })
  simulator.always(behaviour)
  const kind = engines[vendor]
  const engine = asId<EngineId>(vendor)
  const open = kind.open(kind.config.parse({ model: 'm', apiKey: 'key', stream }), {
    fetch: (input, init) => simulator.fetch(new Request(input, init)),
    now: clock.now,
    log: silentLog,
    engine,
  })
  const link: Link = { setup: setupOf(vendor, { timeouts: { firstTokenMs: 5000, totalMs: 30_000 } }), kind, open }
  const next = scripted('next', [good])
  const shown: string[] = []
  const seen: { came: ChainResult | null; at: number } = { came: null, at: 0 }
  void runChain({
    engines: [link, next.link],
    task: 'answer',
    prompt: () => PROMPT,
    guard: unguarded,
    breakers: createBreakers(clock.now),
    clock,
    fits: isInLanguageAsked,
    onText: (text) => shown.push(text),
    onWithdraw: () => void shown.splice(0),
  }).then((result) => {
    seen.came = result
    seen.at = clock.now() - 1_795_338_000_000
  })
  // Beyond the 90 s: what comes then comes to nobody.
  for (let n = 0; n < 400; n += 1) await clock.advance(250)
  return { ...seen, shown: shown.join('') }
}

describe.each(VENDORS)('%s', (vendor) => {
  it.each<[string, Behaviour, string, number]>([
    ['answers after 90 s', { kind: 'slow-start', ms: 90_000 }, 'timeout', 5000],
    ['answers with a page', { kind: 'page' }, 'broken', 500],
    ['answers with a page and 502', { kind: 'page', status: 502 }, 'broken', 500],
    [
      'answers in English',
      { kind: 'answer', text: 'You may bring one bag of 20 kg in the hold, and it is included in the price [1].' },
      'language',
      250,
    ],
    ['is cut in the middle of a word', { kind: 'cut', after: 5 }, 'cut', 250],
    ['closes in the middle of a word', { kind: 'unfinished', after: 5 }, 'cut', 250],
    ['becomes unreadable', { kind: 'malformed', after: 5 }, 'cut', 250],
    ['never answers', { kind: 'silent' }, 'timeout', 5000],
  ])('that %s: nothing of it stays, and the next engine answers in time', async (_, behaviour, result, within) => {
    const { came, at, shown } = await ask(vendor, behaviour, true)
    expect(came).toMatchObject({ outcome: 'answered', engine: 'next', text: 'Oui, 20 kg.' })
    expect(came?.attempts.at(-2)?.result).toBe(result)
    expect(at).toBeLessThanOrEqual(within)
    expect(shown).toBe('Oui, 20 kg.')
  })

  it('that answers after 90 s as a whole comes to nobody either', async () => {
    const { came, at } = await ask(vendor, { kind: 'slow-start', ms: 90_000 }, false)
    expect([came?.engine, at]).toEqual(['next', 5000])
  })
})
