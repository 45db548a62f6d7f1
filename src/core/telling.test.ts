import { expect, it } from 'vitest'
import { categoryIn, countIn, dayIn, mediumIn, moneyIn, placeIn, priceIn } from './telling.ts'

/** Unbreakable spaces shown as ~. */
const shown = (text: string) => text.replace(/[\u00a0\u202f]/g, '~')

it('tells places, days, amounts and categories in both languages', () => {
  const told = (language: 'fr' | 'en') =>
    [
      placeIn('world', language),
      placeIn('EU', language),
      placeIn('EEA', language),
      placeIn('IT', language),
      dayIn('2026-08-02', language),
      dayIn('2026-10-01', language),
      moneyIn(0.0248, 'EUR', language),
      priceIn({ amount: 0, currency: 'EUR' }, language),
      priceIn({ amount: null, currency: null }, language),
      categoryIn('utility', language),
    ].map(shown)
  expect(told('fr')).toEqual([
    'partout',
    'Union européenne',
    'Espace économique européen',
    'Italie',
    '2~août 2026',
    '1er~octobre 2026',
    '0,0248~€',
    'gratuit',
    'prix inconnu',
    'utilitaire',
  ])
  expect(told('en')).toEqual([
    'everywhere',
    'European Union',
    'European Economic Area',
    'Italy',
    '2 August 2026',
    '1 October 2026',
    '€0.0248',
    'free',
    'price unknown',
    'utility',
  ])
})

it('leaves what nobody knows as it is', () => {
  expect([placeIn('', 'fr'), placeIn('OWN', 'fr'), dayIn('soon', 'fr'), categoryIn('referral', 'fr')]).toEqual([
    '',
    'OWN',
    'soon',
    'referral',
  ])
})

it('counts in the form that goes with the number', () => {
  expect([0, 1, 2].map((count) => countIn(count, 'ligne', 'lignes', 'fr'))).toEqual(['0 ligne', '1 ligne', '2 lignes'])
  expect([0, 1, 2].map((count) => countIn(count, 'line', 'lines', 'en'))).toEqual(['0 lines', '1 line', '2 lines'])
})

it('calls a medium what people call it, and leaves another name alone', () => {
  expect(['whatsapp', 'mail', 'voice', 'boutique'].map((name) => mediumIn(name, 'fr'))).toEqual([
    'WhatsApp',
    'e-mail',
    'rappel',
    'boutique',
  ])
})
