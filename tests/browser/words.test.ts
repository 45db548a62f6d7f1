import { expect, it } from 'vitest'
import { channels } from '../../src/channels/index.ts'
import { mediumIn, placeIn } from '../../src/core/telling.ts'
import { cityOf, clockOf, countryName } from '../../web/shared/format.ts'
import { mediumName, ofName, SHARED } from '../../web/shared/words.ts'

it('elides before a vowel and a mute h, and nowhere else', () => {
  const names = ['Emily', 'Aïcha', 'Élodie', 'Hélène', 'Hugo', 'Yves', 'Claire', 'Hassan', 'Houda', 'Yasmine', '+33612000201']
  expect(names.map(ofName)).toEqual([
    'd’Emily',
    'd’Aïcha',
    'd’Élodie',
    'd’Hélène',
    'd’Hugo',
    'd’Yves',
    'de Claire',
    'de Hassan',
    'de Houda',
    'de Yasmine',
    'de +33612000201',
  ])
})

it('writes an hour of the day, and the city of a zone, as each language does', () => {
  expect([clockOf(810, 'fr'), clockOf(810, 'en'), clockOf(540, 'en')]).toEqual(['13\u00a0h\u00a030', '13:30', '09:00'])
  expect([cityOf('Europe/London', 'fr'), cityOf('Europe/London', 'en')]).toEqual(['Londres', 'London'])
  expect(cityOf('America/New_York', 'fr')).toBe('New York')
})

it('names a country and a group of the rulebook as the house does', () => {
  const names = (tell: typeof countryName) =>
    (['fr', 'en'] as const).flatMap((language) => ['IT', 'EEA', 'EU', 'FRANCE'].map((place) => tell(place, language)))
  expect(names(countryName)).toEqual(names(placeIn))
})

it('has a name for every medium, the same on pages as everywhere else', () => {
  const [kinds, ids] = [channels.map(({ kind, medium }) => medium ?? kind), ['mail', 'calls', 'site']]
  for (const language of ['fr', 'en'] as const)
    for (const name of [...kinds, ...ids]) {
      expect(mediumIn(name, language), name).not.toBe(name)
      expect(mediumName(name, SHARED[language]), name).toBe(mediumIn(name, language))
    }
})

it('calls a medium what people call it, and leaves another name alone', () => {
  expect(['whatsapp', 'email', 'calls', 'boutique'].map((id) => mediumName(id, SHARED.fr))).toEqual([
    'WhatsApp',
    'e-mail',
    'rappel',
    'boutique',
  ])
})
