import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { RelaisError } from '../core/errors.ts'
import { publicKeyOf, signatureOf } from '../core/signing.ts'
import { MAX_BUNDLE_BYTES, openBundle, sealBundle } from './bundle.ts'
import { differenceOf } from './difference.ts'
import { loadRulebook } from './load.ts'
import { agesOf, newestRead } from './staleness.ts'

const rule = (from: string, read: string, outcome = 'refuse'): string => `
rule: sms/quiet
by: law
about: { fr: Pas la nuit., en: Not at night. }
when: message.automatic
says:
  - { place: FR, from: ${from}, ruling: { ${outcome}: {} }, source: https://example.org/law, read: ${read}, confidence: B }
remedy: { fr: Attendez., en: Wait. }
`
const example = (then: string): string => `
- { at: 2026-06-01, given: { channel: { kind: sms }, message: { automatic: true }, contact: { country: FR } }, then: ${then}, because: it is so }
- { at: 2025-12-31, given: { channel: { kind: sms }, message: { automatic: true }, contact: { country: FR } }, then: silent, because: not yet }
`
const NOW = Date.parse('2026-12-02T00:00:00Z')
const DATE = '2026-12-01T10:00:00Z'
const { privateKey } = generateKeyPairSync('ed25519')
const trust = [publicKeyOf(privateKey)]
const FILES = [
  { path: 'sms/quiet.yaml', source: rule('2026-01-01', '2026-11-22') },
  { path: 'sms/quiet.examples.yaml', source: example('refuse') },
]
const sealed = sealBundle(FILES, DATE, privateKey)

const refusalOf = (text: string, trusted = trust, now = NOW): string => {
  try {
    openBundle(text, trusted, now)
    return 'taken'
  } catch (error) {
    return error instanceof RelaisError ? error.code : String(error)
  }
}
const changed = (change: (data: Record<string, unknown>) => void, key = privateKey): string => {
  const { signature: _, ...data } = JSON.parse(sealed)
  change(data)
  const { signature = '', ...rest } = data
  const canonical = JSON.stringify(rest, (_name, value) =>
    value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value,
  )
  return JSON.stringify({ ...rest, signature: signature || signatureOf(Buffer.from(canonical), key) })
}

describe('a signed rulebook', () => {
  it('is what was sealed, without its examples', () => {
    const opened = openBundle(sealed, trust, NOW)
    expect(opened).toMatchObject({ date: DATE, publisher: trust[0] })
    expect(opened.rulebook.digest).toBe(loadRulebook(FILES).digest)
    expect(opened.files.map(({ path }) => path)).toEqual(['sms/quiet.yaml'])
    // Spaces and the order of names are not what was signed.
    expect(refusalOf(JSON.stringify(JSON.parse(sealed)))).toBe('taken')
  })

  it('is refused where anything in it was changed', () => {
    for (const [from, to] of [
      ['2026-01-01', '2026-01-02'],
      [DATE, '2026-12-01T10:00:01Z'],
      ['sms/quiet.yaml', 'sms/quieT.yaml'],
    ] as const)
      expect(refusalOf(sealed.replace(from, to))).toBe('rulebook-unsigned')
  })

  it('is refused where a signature or a publisher is missing, or is somebody else’s', () => {
    expect(refusalOf(JSON.stringify({ ...JSON.parse(sealed), signature: undefined }))).toBe('rulebook-unsigned')
    expect(refusalOf(JSON.stringify({ ...JSON.parse(sealed), publisher: undefined }))).toBe('rulebook-unsigned')
    expect(refusalOf(sealed, [])).toBe('rulebook-untrusted')
    expect(refusalOf(sealed, [publicKeyOf(generateKeyPairSync('ed25519').publicKey)])).toBe('rulebook-untrusted')
    expect(refusalOf(changed(() => {}, generateKeyPairSync('ed25519').privateKey))).toBe('rulebook-unsigned')
  })

  it('is refused where it is broken, though it be signed', () => {
    for (const text of ['', '[]', 'null', sealed.slice(0, -20)]) expect(refusalOf(text)).toBe('rulebook-broken')
    const broken: readonly ((data: Record<string, unknown>) => void)[] = [
      (data) => (data.format = 'relais-rulebook-2'),
      (data) => (data.date = 'soon'),
      (data) => (data.date = '2027-06-01T00:00:00Z'),
      (data) => (data.files = []),
      (data) => (data.files = [{ path: '../../etc/passwd.yaml', source: '' }]),
      (data) => (data.files = [FILES[0], FILES[0]]),
    ]
    for (const change of broken) expect(refusalOf(changed(change))).toBe('rulebook-broken')
    expect(refusalOf(changed((data) => (data.files = [{ path: 'a/b.yaml', source: 'rule: 1' }])))).toBe('bad-rules')
    expect(refusalOf(changed((data) => (data.files = [FILES[0], { ...FILES[1], source: example('allow') }])))).toBe('bad-rules')
    expect(refusalOf(' '.repeat(MAX_BUNDLE_BYTES + 1))).toBe('rulebook-too-large')
  })

  it('has its examples run when it is taken, not each time it is read', () => {
    const untrue = changed((data) => (data.files = [FILES[0], { ...FILES[1], source: example('allow') }]))
    expect(refusalOf(untrue)).toBe('bad-rules')
    expect(openBundle(untrue, trust, NOW, true).files).toHaveLength(1)
  })

  it('is not sealed where its own example does not hold', () => {
    expect(() =>
      sealBundle([FILES[0] ?? { path: '', source: '' }, { path: 'sms/quiet.examples.yaml', source: example('hold') }], DATE, privateKey),
    ).toThrow('sms/quiet.examples.yaml:2:3 this example does not hold')
  })
})

describe('what two rulebooks say differently', () => {
  const of = (source: string) => loadRulebook([{ path: 'sms/quiet.yaml', source }])
  const before = of(rule('2026-01-01', '2026-11-22'))

  it('is nothing where they say the same', () => {
    expect(differenceOf(before, of(`# a word\n${rule('2026-01-01', '2026-11-22')}`))).toEqual({ rules: [], groups: [] })
  })
  it('is told line by line', () => {
    const { rules } = differenceOf(before, of(rule('2026-02-01', '2026-11-22').replace('message.automatic', 'message.ai')))
    expect(rules).toMatchObject([
      { id: 'sms/quiet', change: 'changed', fields: ['when'], added: [{ since: '2026-02-01' }], removed: [{ since: '2026-01-01' }] },
    ])
  })
  it('is told of all that may differ, whose country counts and what its lines do too', () => {
    const byNumber = of(rule('2026-01-01', '2026-11-22').replace('when:', 'country: number\nwhen:'))
    expect(differenceOf(before, byNumber).rules).toMatchObject([{ change: 'changed', fields: ['country'] }])
    const amends = (what: string) => of(rule('2026-01-01', '2026-11-22').replace('refuse: {}', `amend: { ${what}: true }`))
    expect(differenceOf(amends('human'), amends('disclose')).rules).toMatchObject([{ change: 'changed', fields: ['says'] }])
  })
  it('is told of a rule that is new or gone', () => {
    expect(differenceOf(loadRulebook([]), before).rules).toMatchObject([{ id: 'sms/quiet', change: 'added', added: [{ place: 'FR' }] }])
    expect(differenceOf(before, loadRulebook([])).rules).toMatchObject([{ change: 'removed', removed: [{ place: 'FR' }] }])
  })
})

describe('the age of a rule file', () => {
  const rulebook = loadRulebook([{ path: 'sms/quiet.yaml', source: rule('2026-01-01', '2026-08-01') }])
  it('counts from the newest day a source was read; over 90 days it is stale', () => {
    expect(newestRead(rulebook)).toBe('2026-08-01')
    const on = (day: string) => agesOf(rulebook, Date.parse(`${day}T23:00:00Z`))
    expect(on('2026-10-30')).toEqual([{ file: 'sms/quiet.yaml', read: '2026-08-01', days: 90, stale: false }])
    expect(on('2026-10-31')).toMatchObject([{ days: 91, stale: true }])
  })
})
