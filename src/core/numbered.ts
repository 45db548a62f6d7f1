/** One of a numbered list, as people answer it: its number, in digits or words, with what is polite around it and nothing else. */
import { wordsIn } from './terms.ts'

const NUMBERS = [
  'un une one premier premiere first',
  'deux two deuxieme second seconde',
  'trois three troisieme third',
  'quatre four quatrieme fourth',
  'cinq five cinquieme fifth',
  'six sixieme sixth',
  'sept seven septieme seventh',
  'huit eight huitieme eighth',
  'neuf nine neuvieme ninth',
  'dix ten dixieme tenth',
]
const PLACES = new Map(NUMBERS.flatMap((words, place) => words.split(' ').map((word) => [word, place] as const)))
const LAST = new Set(['dernier', 'derniere', 'last'])
const DIGITS = /^([1-9]\d?)(?:er|re|ere|e|eme|ieme|st|nd|rd|th)?$/
const AROUND = new Set(
  'le la l the option numero num n no number choix choice reponse answer je j prends choisis prefere voudrais i take pick ce sera moi bonjour bonsoir salut hello hi merci svp stp s il vous te plait please thanks thx thank you bonne journee soiree'.split(
    ' ',
  ),
)
const LONGEST = 80
/** “-2” is less than nothing, and no second of a list. */
const SIGNED = /(?:^|\s)[-−+][0-9]/u

/** `word`: how it was written, where that is no digit; a label may mean the same word otherwise. */
export const placeIn = (text: string, of: number): { readonly place: number; readonly word: string | null } | null => {
  if (text.length > LONGEST || SIGNED.test(text)) return null
  const words = wordsIn(text)
  // “Pour moi le 2” is a choice; “pour 2” are two people.
  const said = words.filter((word, at) => !AROUND.has(word) && !(word === 'pour' && words[at + 1] === 'moi'))
  // “The first one.”
  const [word = '', ...more] = said.length === 2 && said[1] === 'one' && said[0] !== 'one' ? said.slice(0, 1) : said
  if (more.length > 0) return null
  const digits = DIGITS.exec(word)?.[1]
  const place = digits !== undefined ? Number(digits) - 1 : LAST.has(word) ? of - 1 : PLACES.get(word)
  return place !== undefined && place >= 0 && place < of ? { place, word: digits === undefined ? word : null } : null
}
