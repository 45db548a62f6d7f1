import { describe, expect, it } from 'vitest'
import { countryOfAddress, isCountry, readAddress, readCountry, sortOfAddress, zoneOfCountry } from './country.ts'

it('a country is one that exists', () => {
  expect(['FR', 'MQ', 'AQ', 'XK'].filter(isCountry)).toEqual(['FR', 'MQ', 'AQ', 'XK'])
  expect(['ZZ', 'EU', 'UK', 'DD', 'fr', 'F', ''].filter(isCountry)).toEqual([])
})

it('a country is read from its name in French or English, or from its two letters', () => {
  const said = ['Belgique', 'belgium', ' Allemagne ', 'Côte d’Ivoire', 'cote d ivoire', 'United States', 'FR', 'La Réunion']
  expect(said.map(readCountry)).toEqual(['BE', 'BE', 'DE', 'CI', 'CI', 'US', 'FR', 'RE'])
  expect(['fr', 'ZZ', 'Paris', 'non', ''].map(readCountry)).toEqual(['', '', '', '', ''])
})

it('an address is of a kind', () => {
  const sorts = [
    ['whatsapp', '+33612345678'],
    ['whatsapp_user', 'FR.1A2b'],
    ['email', 'a@example.fr'],
    ['web', 'visitor'],
    ['fax', 'none'],
  ].map(([kind = '', value = '']) => sortOfAddress({ kind, value }))
  expect(sorts).toEqual(['phone', 'user', 'email', 'web', 'other'])
})

describe('the country of an address', () => {
  it.each([
    ['+33612345678', 'FR'],
    ['33612345678', 'FR'],
    ['+39 347 123 4567', 'IT'],
    ['+390669812345', 'VA'],
    ['+5511987654321', 'BR'],
    ['+4915112345678', 'DE'],
    ['+905321234567', 'TR'],
    ['+919876543210', 'IN'],
    ['+12125550123', 'US'],
    ['+14165550123', 'CA'],
    ['+17875550123', 'PR'],
    ['+74951234567', 'RU'],
    ['+77011234567', 'KZ'],
    ['+447400123456', 'GB'],
    ['+447797123456', 'JE'],
    ['+4740612345', 'NO'],
    ['+358412345678', 'FI'],
    ['+596696123456', 'MQ'],
    // A user id of a country that does not exist: unknown, and the strictest rule speaks.
    ['ZZ.1A2B', ''],
    ['IT.1A2B', 'IT'],
    // A network of no country.
    ['+883510001234', ''],
    ['+000', ''],
  ])('of %s is “%s”', (value, country) => {
    expect(countryOfAddress({ kind: 'whatsapp', value })).toBe(country)
  })

  it('is what a user id says', () => {
    expect(countryOfAddress({ kind: 'whatsapp_user', value: 'BR.1A2b3C' })).toBe('BR')
    expect(countryOfAddress({ kind: 'whatsapp_user', value: 'IT.ENT.9zz' })).toBe('IT')
  })

  it('is unknown for an e-mail address', () => {
    expect(countryOfAddress({ kind: 'email', value: 'a@example.fr' })).toBe('')
  })

  it('is read from what a person types', () => {
    expect(readAddress('+33 6 12 34 56 78')).toEqual({ kind: 'phone', value: '+33612345678' })
    expect(readAddress('a@example.fr')?.kind).toBe('email')
    expect(readAddress('FR.abc')?.kind).toBe('user')
    expect(readAddress('tomorrow')).toBeNull()
    expect(readAddress('+12')).toBeNull()
  })

  it('has a zone', () => {
    expect(['FR', 'BR', 'IN', 'TR', 'US', ''].map(zoneOfCountry)).toEqual([
      'Europe/Paris',
      'America/Sao_Paulo',
      'Asia/Kolkata',
      'Europe/Istanbul',
      'America/New_York',
      '',
    ])
  })
})
