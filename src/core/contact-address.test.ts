import { describe, expect, it } from 'vitest'
import { addressIn, readEmail, readMobile } from './contact-address.ts'

describe('an e-mail address', () => {
  for (const [written, kept] of [
    [' Jeanne.Martin@Example.FR ', 'jeanne.martin@example.fr'],
    ['<a+voyages@example.co.uk>', 'a+voyages@example.co.uk'],
    ['mailto:a@b.example', 'a@b.example'],
    ['jeanne@société.fr', 'jeanne@xn--socit-esab.fr'],
  ] as const)
    it(`is kept in small letters: ${written}`, () => expect(readEmail(written)).toBe(kept))

  for (const written of [
    'jeanne',
    'jeanne@localhost',
    '@example.fr',
    'a..b@example.fr',
    '.a@example.fr',
    'a@-example.fr',
    'a@example.123',
    'a b@example.fr',
    'a@b@example.fr',
    'jeanne@example.fr\r\nbcc: b@example.fr',
    `${'a'.repeat(65)}@example.fr`,
    `a@${'b.'.repeat(130)}fr`,
    '"a b"@example.fr',
    '',
  ])
    it(`is not: ${JSON.stringify(written.slice(0, 30))}`, () => expect(readEmail(written)).toBeNull())
})

describe('a mobile number', () => {
  for (const [written, country, kept] of [
    ['06 12 34 56 78', 'FR', '+33612345678'],
    ['+33 (0)6 12 34 56 78', 'FR', '+33612345678'],
    ['0033612345678', 'FR', '+33612345678'],
    ['+44 7911 123456', 'FR', '+447911123456'],
    ['07911 123456', 'GB', '+447911123456'],
    ['+1 202 555 0143', 'FR', '+12025550143'],
    // Kept for works of fiction.
    ['06 39 98 00 18', 'FR', '+33639980018'],
  ] as const)
    it(`is kept in E.164: ${written} (${country})`, () => expect(readMobile(written, country)).toBe(kept))

  for (const written of [
    '01 42 68 53 00',
    '06 12 34 56',
    '3639',
    '+33612345678 ext 5',
    'six douze',
    '0612345678901234',
    '',
    '08 92 68 53 00',
  ])
    it(`is not, for none takes SMS there: ${written}`, () => expect(readMobile(written, 'FR')).toBeNull())
})

describe('what somebody writes', () => {
  it('may hold an address among other words', () => {
    expect(addressIn('Oui, c’est jeanne@example.fr.', 'email', 'FR')).toEqual({ kind: 'email', value: 'jeanne@example.fr' })
    expect(addressIn('mon portable : 06.12.34.56.78 merci', 'sms', 'FR')).toEqual({ kind: 'sms', value: '+33612345678' })
  })
  it('tells none where it holds two', () => {
    expect(addressIn('a@example.fr ou b@example.fr', 'email', 'FR')).toBeNull()
    expect(addressIn('06 12 34 56 78 ou 06 12 34 56 79', 'sms', 'FR')).toBeNull()
  })
  it('tells an address said twice once', () =>
    expect(addressIn('a@example.fr, oui A@example.fr', 'email', 'FR')).toEqual({ kind: 'email', value: 'a@example.fr' }))
})
