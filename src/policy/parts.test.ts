/** What is charged by the part, and whose price list is asked first. */
import { describe, expect, it } from 'vitest'
import { judge } from './judge.ts'
import { readRulebook } from './load.ts'
import { situationOf } from './vocabulary.ts'

const AT = Date.parse('2026-11-22T12:00:00Z')
const list = (name: string, price: string, more = '') =>
  `prices: ${name}\nchannels: [sms]\nper: part\nabout: { fr: SMS, en: SMS }\ncards:\n  - card: { fr: SMS, en: SMS }\n    when: channel.operator == "ovhcloud"\n    says: [{ place: world, from: 2026-01-01, price: ${price}${more} }]\n`
const PUBLIC = {
  path: 'prices/sms.yaml',
  source: list('prices/sms', 'unknown', ', source: "https://example.org", read: 2026-11-22, confidence: A'),
}
const OWN = { path: 'rules/prices/ours.yaml', source: list('prices/ours', '0.045', ', currency: EUR'), business: true }
const priceOf = (parts: number, files = [PUBLIC, OWN]) => {
  const { rulebook, problems } = readRulebook(files)
  expect(problems).toEqual([])
  return judge(rulebook, situationOf({ channel: { kind: 'sms', operator: 'ovhcloud' }, message: { parts } }), AT).price
}

describe('a price of which nobody told', () => {
  const priceOn = (kind: string, country: string) => {
    const { rulebook } = readRulebook([PUBLIC])
    if (!rulebook) throw new Error('no rulebook')
    return judge(rulebook, situationOf({ channel: { kind, operator: 'ovhcloud' }, contact: { country } }), AT).price
  }

  it('is declared by nobody where no price list is about the medium, which is neither zero nor a price that is not public', () => {
    expect(priceOn('web', 'FR')).toMatchObject({ known: false, amount: null, undeclared: true })
    expect(priceOn('sms', 'FR')).not.toHaveProperty('undeclared')
  })
})

describe('a price by the part', () => {
  it('is what the parts cost together', () => {
    expect([1, 2, 7].map((parts) => priceOf(parts)).map(({ amount, parts }) => [parts, amount])).toEqual([
      [1, 0.045],
      [2, 0.09],
      [7, 0.315],
    ])
  })

  it('of the business’s own contract is asked before the public one, which is not known', () => {
    expect(priceOf(3)).toMatchObject({ known: true, amount: 0.135, currency: 'EUR', parts: 3 })
    expect(priceOf(3, [PUBLIC])).toMatchObject({ known: false, amount: null, parts: 3 })
  })

  it('needs a source where it is published', () => {
    const { problems } = readRulebook([{ ...PUBLIC, source: list('prices/sms', 'unknown') }])
    expect(problems.length).toBeGreaterThan(0)
  })
})
