import { describe, expect, test } from 'vitest'
import { journeyOf, text } from './sample.ts'
import { alwaysFor, startFor } from './start.ts'

const track = journeyOf([], [{ keyword: ['commande', 'réservation'] }, { button: 'track' }], 'track')
const cancel = journeyOf([], [{ keyword: ['annuler ma réservation'] }], 'cancel')
const menu = journeyOf([], [{ always: true }, { keyword: ['menu'] }], 'menu')
const journeys = [track, cancel, menu]

describe('a message starts', () => {
  test.each([
    ['Ma COMMANDE, svp', 'track'],
    ['reservation', 'track'],
    ['je voudrais annuler ma reservation', 'cancel'],
    ['menu', 'menu'],
    ['commandes', undefined],
    ['recommande', undefined],
    ['', undefined],
  ])('by a keyword as a whole word: %s', (words, name) => {
    expect(startFor(journeys, text(words))?.name).toBe(name)
  })
  test('by a button’s id, else by the words on it', () => {
    expect(startFor(journeys, { type: 'choice', id: 'track', label: 'Suivre' })?.name).toBe('track')
    expect(startFor(journeys, { type: 'choice', id: 'old', label: 'Ma réservation' })?.name).toBe('track')
    expect(startFor(journeys, { type: 'choice', id: 'old', label: 'Oui' })).toBeNull()
  })
  test('what nothing else takes, by `always`', () => {
    expect(alwaysFor(journeys)?.name).toBe('menu')
    expect(alwaysFor([track])).toBeNull()
  })
})
