import { expect, it } from 'vitest'
import { placeIn } from './numbered.ts'

it.each([
  ['3', 2],
  [' 3. ', 2],
  ['3)', 2],
  ['３', 2],
  ['3️⃣', 2],
  ['n° 3', 2],
  ['#3', 2],
  ['le 3 svp', 2],
  ['Bonsoir, je prends la 3 merci', 2],
  ['option 3', 2],
  ['Choix n°3, bonne soirée', 2],
  ['trois', 2],
  ['Three, please', 2],
  ['la troisième', 2],
  ['3e', 2],
  ['the third one', 2],
  ['1er', 0],
  ['la première s’il vous plaît', 0],
  ['number one', 0],
  ['la dernière', 3],
  ['the last one please', 3],
])('%s names one of four', (text, place) => expect(placeIn(text, 4)?.place).toBe(place))

it.each([
  '5',
  '0',
  '33',
  '1 ou 3',
  'les trois',
  '3 personnes',
  'dans 3 jours',
  'le 3 mars',
  '03',
  'à 3 h',
  'non',
  'merci',
  '',
  'one or two',
  'ni le 1 ni le 2',
])('“%s” names none of four', (text) => expect(placeIn(text, 4)).toBeNull())
