import { expect, it } from 'vitest'
import { codeIn } from './proving.ts'

const read = (text: string) => codeIn({ type: 'text', text })

it.each([
  '615204',
  '615 204',
  '61 52 04',
  '61.52.04',
  '6 1 5 2 0 4',
  '6️⃣1️⃣5️⃣2️⃣0️⃣4️⃣',
  '６１５２０４',
  'mon code : 615-204 merci',
  'Reçu à 9 h 12, c’est 615204',
  '615204, et mon numéro est le 06 12 34 56 78',
  'Tel +33 6 12 34 56 78 / 615 204',
  'Your code is 615204. It expires in 10 minutes.',
  'code 615204 (75011 Paris)',
])('%s holds the code', (text) => expect(read(text)).toBe('615204'))

it.each([
  '06 12 34 56 78',
  '0612345678',
  '+33 612 345 678',
  '12345',
  '6152041',
  '615204 ou 615205',
  'le 12 03 26 à midi',
  'VL615204',
  'https://example.fr/615204',
])('%s holds none', (text) => expect(read(text)).toBeNull())
