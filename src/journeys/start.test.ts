import { describe, expect, test } from 'vitest'
import { journeyOf, ORDER, text } from './sample.ts'
import { alwaysFor, startByAnswer, startFor } from './start.ts'

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
    expect(startFor(journeys, text(words))?.journey.name).toBe(name)
  })
  test('by a button’s id, else by the words on it', () => {
    expect(startFor(journeys, { type: 'choice', id: 'track', label: 'Suivre' })?.journey.name).toBe('track')
    expect(startFor(journeys, { type: 'choice', id: 'old', label: 'Ma réservation' })?.journey.name).toBe('track')
    expect(startFor(journeys, { type: 'choice', id: 'old', label: 'Oui' })).toBeNull()
  })
  test.each([
    ['ma commande', true],
    ['Où en est ma commande ?', true],
    ['« Où en est – ma commande ? »', true],
    ['où est donc passée ma commande', false],
    ['Combien me reste-t-il à payer ?', true],
    ['Bonjour, combien me reste-t-il à payer ?', true],
    ['combien me reste-t-il à payer en mai', false],
    ['Bonjour, combien me reste-t-il à payer pour VL204518 ?', false],
    ['Bonjour, combien me reste-t-il à payer ? VL204518', true],
    ['2 adultes, 2 enfants, 1 bébé : réservation svp', true],
  ])('and says little else, or more: %s', (words, short) => {
    const pay = journeyOf([], [{ keyword: ['combien me reste-t-il à payer'] }], 'pay')
    expect(startFor([track, pay], text(words))?.short).toBe(short)
  })
  test('by a button, which says it all', () => {
    expect(startFor(journeys, { type: 'choice', id: 'track', label: 'Où en est donc ma dernière commande ?' })?.short).toBe(true)
    expect(startFor(journeys, { type: 'choice', id: 'old', label: 'Où en est donc ma dernière commande ?' })?.short).toBe(true)
  })
  test.each([
    ['vl 204 518', 'track'],
    ['VL-204-518.', 'track'],
    ['vl204518', 'track'],
    ['mon dossier vl 204 518', undefined],
    ['de 204 518', undefined],
    ['rome', undefined],
  ])('by nothing but the answer to its first question: %s', (words, name) => {
    const asking = { ...ORDER, name: 'track', starts: track.starts }
    expect(startByAnswer([asking, cancel], text(words))?.name).toBe(name)
    // Which of two is meant, or one that nobody asks for by a word: it is not guessed.
    expect(startByAnswer([asking, { ...asking, name: 'other' }], text(words))).toBeNull()
    expect(startByAnswer([{ ...asking, starts: [{ button: 'track' }] }], text(words))).toBeNull()
  })
  test('what nothing else takes, by `always`', () => {
    expect(alwaysFor(journeys)?.name).toBe('menu')
    expect(alwaysFor([track])).toBeNull()
  })
})
