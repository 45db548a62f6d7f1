import { expect, it } from 'vitest'
import { PROMPT } from '../engines/contract/index.ts'
import { isInLanguageAsked } from './answer-language.ts'

const FR = 'Vous emportez un bagage de 20 kg en soute et un sac en cabine, compris dans le prix.'
const EN = 'You may bring one bag of 20 kg in the hold and a small one in the cabin, included in the price.'
const DE = 'Sie dürfen ein Gepäckstück mit 20 kg aufgeben und eine kleine Tasche mitnehmen, das ist im Preis enthalten.'
const [ASKED_FR, ASKED_EN, ASKED_DE] = [
  'Combien de bagages puis-je emporter ?',
  'How much luggage may I take with me?',
  'Wie viel Gepäck darf ich mitnehmen?',
]

it.each([
  [ASKED_FR, 'fr', FR, true],
  [ASKED_FR, 'fr', EN, false],
  [ASKED_FR, 'fr', DE, false],
  [ASKED_EN, 'en', EN, true],
  [ASKED_EN, 'en', FR, false],
  [ASKED_EN, 'en', DE, false],
  // Nobody can tell, so nobody is turned away.
  [ASKED_DE, 'fr', DE, true],
  [ASKED_FR, 'fr', 'Oui, 20 kg.', true],
  ['Bagages ?', 'fr', EN, false],
  ['Lisbonne', 'fr', FR, true],
])('%s (%s) → %s: %s', (question, language, answer, fits) => {
  expect(isInLanguageAsked(answer, { ...PROMPT, question, language })).toBe(fits)
})
