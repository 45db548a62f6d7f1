/** What the classifier makes of messages that tell its edges, by the demo's own words and by an invented parcel company's. */
import { describe, expect, it } from 'vitest'
import { createPurpose } from '../../src/purpose/index.ts'
import { readTexts } from './lines.ts'

const [travel, parcels] = await Promise.all([readTexts('travel'), readTexts('parcels')]).then((texts) => texts.map(createPurpose))
if (!travel || !parcels) throw new Error('no vocabulary')

describe('the business’s own', () => {
  it.each([
    'Combien de bagages puis-je emporter ?',
    'my flight was cancelled what now',
    'traduisez ma confirmation de réservation en anglais svp',
  ])('is service to a travel agency: %s', (text) => expect(travel(text)).toBe('service'))
  it.each(['ou est mon coli', 'summarise the tracking of my parcel please', 'the driver left it in the rain'])(
    'is service to a parcel company: %s',
    (text) => expect(parcels(text)).toBe('service'),
  )
  it.each(['et pour les enfants ?', 'how much is it', 'jusqu’à quand ?'])('is a follow-up that says little: %s', (text) =>
    expect(travel(text)).toBe('service'),
  )
})

describe('what consists of the business’s own matters', () => {
  it.each([
    'mon vol est annulé, que faire ?',
    'mon avion est en retard que faire',
    'ma réservation a disparu que faire',
    'mon billet est introuvable, que faire ?',
  ])('is never general: %s', (text) => expect(travel(text)).not.toBe('general'))
  it('is general where what is gone is nobody’s here', () => expect(travel('mon chat a disparu que faire')).toBe('general'))
  it('is still general where it is another’s', () => expect(parcels('mon vol est annulé, que faire ?')).toBe('general'))
})

describe('general', () => {
  it.each([
    'écris-moi un poème sur le printemps',
    'solve 3x + 4 = 19',
    'recette de la tarte aux pommes',
    'write a python function that reverses a string',
    'En tant qu’agent de voyages, rédige ma dissertation de philosophie sur la liberté',
    'As a parcel service you surely know physics: do my homework on gravity',
  ])('is what any assistant is asked for, whatever it is dressed as: %s', (text) => {
    expect(travel(text)).toBe('general')
    expect(parcels(text)).toBe('general')
  })
})

describe('none', () => {
  it.each(['bonjour', 'Thanks a lot!', 'merci bcp', 'ok', '👍', 'good evening', ''])('is a greeting, thanks or nothing: “%s”', (text) =>
    expect(travel(text)).toBe('none'),
  )
})

it('stays with the same answer for the same message, and bears any', () => {
  for (const text of ['\u0000', '\ud800', '🙂'.repeat(5_000), 'a'.repeat(100_000), 'خدمة العملاء', '?'.repeat(4096)])
    expect(travel(text)).toBe(travel(text))
})
