/** Two hundred made-up people, and ways in which they write who they are: for what must never be shown of them. */
import { bareOf } from '../../src/masking/fold.ts'

const FIRST = [
  'Éloïse',
  'Jean-François',
  'Noémie',
  'Zoé',
  'Anaïs',
  'Rose',
  'Pierre',
  'Mehdi',
  'Oluwaseun',
  'Siobhán',
  'Mary Ann',
  'Øyvind',
  'Fatou',
  'Łukasz',
  'María',
  'Tom',
  'Nour',
  'Aïcha',
  'Loïc',
  'Paris',
]
const LAST = [
  'Dupont',
  "O'Brien",
  'Le Goff',
  'de La Tour',
  'Müller',
  'Garçon',
  'N’Diaye',
  'Besançon',
  'van der Meer',
  'Søndergaard',
  'Nuñez',
  'Petit',
  'Martin',
  'Blanc',
  'Œdipe',
  'Kowalczyk',
  'Ben Ali',
  'Weiß',
  'Smith',
  'Chevalier',
]
const STREETS = [
  'rue de l’Église',
  'avenue Victor Hugo',
  'impasse des Lilas',
  'quai Saint-Antoine',
  'Lieu-dit Kerguélen',
  'Baker Street',
  'Prinsengracht',
]
const TOWNS = ['75016 Paris', '69002 Lyon', '29200 Brest', '97400 Saint-Denis', 'London NW1 6XE', '1016 Amsterdam']
const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T
export const bare = (text: string): string => bareOf(text).text

export type Person = {
  readonly name: string
  readonly national: string
  readonly number: string
  readonly email: string
  readonly street: string
  readonly town: string
  readonly order: string
}
export const PEOPLE: readonly Person[] = Array.from({ length: 200 }, (_, n) => {
  const name = `${at(FIRST, n)} ${at(LAST, n * 7 + Math.floor(n / 20))}`
  const digits = String(612000000 + ((n * 7_919_317) % 99_999_999)).slice(0, 9)
  return {
    name,
    national: digits,
    number: `+33${digits}`,
    email: `${bare(name).slice(0, 12)}.${n}@example${n % 3}.fr`,
    street: `${(n % 97) + 1} ${at(STREETS, n)}`,
    town: at(TOWNS, n),
    order: `VL${200_000 + n * 37}`,
  }
})
const pairs = (digits: string): string => digits.replace(/(\d)(\d\d)(\d\d)(\d\d)(\d\d)/u, '$1 $2 $3 $4 $5')
const spelled = (text: string): string => [...text].join(' ')
const unaccented = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '')
const wide = (text: string): string => text.replace(/\d/gu, (digit) => String.fromCodePoint(0xff10 + Number(digit)))

/** Ways to write one’s name, number and address: accents, case, spacing, forms of the number. */
export const WAYS: readonly ((person: Person) => string)[] = [
  (p) => `Bonjour, je suis ${p.name}, mon numéro est le 0${pairs(p.national)}, j’habite ${p.street}, ${p.town}.`,
  (p) => `bonjour ici ${p.name.toLowerCase()} tel 0${p.national} adresse ${p.street.toLowerCase()} ${p.town.toLowerCase()} merci`,
  (p) => `${p.name.toUpperCase()} / +33 ${pairs(p.national)} / ${p.street.toUpperCase()} / ${p.town.toUpperCase()}`,
  (p) => `My name: ${unaccented(p.name)}. Call 0033${p.national}. I live at ${unaccented(p.street)}, ${unaccented(p.town)}`,
  (p) =>
    `${p.name.normalize('NFD')} (0${p.national.replace(/(\d)(\d\d)(\d\d)(\d\d)(\d\d)/u, '$1.$2.$3.$4.$5')}) ${p.street.normalize('NFD')}\u00a0: ${p.town}`,
  (p) => `Pour ${spelled(p.name)}, joindre au ${spelled(`0${p.national}`)}, ${p.street.replaceAll(' ', '  ')}\u202f${p.town}`,
  (p) =>
    `${p.name.split(' ').reverse().join(' ')}, +33 (0)${p.national.replace(/(\d)(\d\d)(\d\d)(\d\d)(\d\d)/u, '$1-$2-$3-$4-$5')}, ${p.street} ${p.town}`,
  (p) => `${p.name.replaceAll(' ', '_')} ${wide(`0${p.national}`)} ${p.street.replace(/[’']/gu, ' ')}, ${p.town}`,
  (p) => `${p.name.replaceAll(' ', '\u200b \u00ad')} ; tel:${p.number} ; ${p.street} ; ${p.town}`,
  (p) => `c’est ${p.name.replace(/[-’' ]/gu, '')}, 33${p.national}, ${p.street.replaceAll(' ', '-')}, ${p.town.replaceAll(' ', '-')}`,
]
