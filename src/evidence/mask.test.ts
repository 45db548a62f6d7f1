import { describe, expect, it } from 'vitest'
import { bareOf } from './fold.ts'
import { type Known, maskText } from './mask.ts'

const NOBODY: Known = { names: [], numbers: [], emails: [], addresses: [], references: [], country: 'FR' }
const masked = (text: string, known: Partial<Known> = {}): string => maskText(text, { ...NOBODY, ...known }, 'en')

// --- two hundred people -----------------------------------------------------------------------------------------------------------------------

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
const bare = (text: string): string => bareOf(text).text

type Person = {
  readonly name: string
  readonly national: string
  readonly number: string
  readonly email: string
  readonly street: string
  readonly town: string
  readonly order: string
}
const PEOPLE: readonly Person[] = Array.from({ length: 200 }, (_, n) => {
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

/** A way to write one's name, number and address. */
const WAYS: readonly ((person: Person) => string)[] = [
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

describe('what is known of a contact', () => {
  it('of two hundred people, names, numbers and addresses stand in no masked message, however they were written', () => {
    const leaks = PEOPLE.flatMap((person) =>
      WAYS.flatMap((write, way) => {
        const text = `${write(person)} Ma commande ${person.order}, mon mail ${way % 2 ? person.email : person.email.toUpperCase().replace('@', ' @ ')}.`
        const known = {
          names: [person.name],
          numbers: [person.number],
          emails: [person.email],
          addresses: [`${person.street}, ${person.town}`],
          references: [person.order],
        }
        const left = bare(masked(text, known))
        const words = person.name
          .split(/[\s\-’']+/u)
          .map(bare)
          .filter((word) => word.length > 3)
        const own = [
          bare(person.name),
          ...words,
          person.national,
          bare(person.email),
          bare(person.street),
          bare(person.town),
          bare(person.order),
        ]
        return own.filter((one) => left.includes(one)).map((one) => `${one} in: ${text}\n  => ${masked(text, known)}`)
      }),
    )
    expect(leaks.slice(0, 5)).toEqual([])
    expect(leaks).toHaveLength(0)
  })

  it('leaves the rest of the message as it was', () => {
    const known = { names: ['Rose Martin'], numbers: ['+33612345678'], references: ['VL204518'] }
    expect(
      masked('Bonjour, Rose MARTIN. Ma commande VL 204518 n’est pas en Martinique\u00a0; appelez le 06 12 34 56 78\u202f!', known),
    ).toBe('Bonjour, [name]. Ma commande [reference] n’est pas en Martinique\u00a0; appelez le [phone]\u202f!')
    expect(masked('Où est mon colis de 3 kg, commandé le 12/11/2026 pour 49,90 €\u00a0?')).toBe(
      'Où est mon colis de 3 kg, commandé le 12/11/2026 pour 49,90 €\u00a0?',
    )
  })

  it('does not stop at small words of a name', () => {
    expect(masked('la clé de la maison de Marie de La Tour', { names: ['Marie de La Tour'] })).toBe('la clé de la maison de [name]')
  })
})

describe('identifiers that prove themselves', () => {
  it.each([
    ['IBAN FR76 3000 6000 0112 3456 7890 189 merci', 'IBAN [IBAN] merci'],
    ['de89370400440532013000', '[IBAN]'],
    ['carte 4111 1111 1111 1111, fin 12/27', 'carte [card], fin 12/27'],
    ['5500-0000-0000-0004', '[card]'],
    ['mon numéro 1 85 05 78 006 084 91', 'mon numéro [social security]'],
    ['SIREN 732 829 320', 'SIREN [SIREN]'],
    ['SIRET 732 829 320 00074', 'SIRET [SIREN]'],
    ['SIRET 356 000 000 00048', 'SIRET [SIREN]'],
    ['écrivez à paul.durand+x@mail.example.org.', 'écrivez à [e-mail].'],
    ['appelez ma sœur au 06 98 76 54 32 ou +44 20 7946 0958', 'appelez ma sœur au [phone] ou [phone]'],
    ['livrez au 12 bis, rue des Lilas, 75011 Paris svp', 'livrez au [address], [address] svp'],
    ['it is 221B Baker Street, London NW1 6XE', 'it is [address], London [address]'],
  ])('%s', (text, wanted) => {
    expect(masked(text)).toBe(wanted)
  })

  it('a number whose check fails is another number', () => {
    expect(masked('dossier 4111 1111 1111 1112 en 2026')).toBe('dossier 4111 1111 1111 1112 en 2026')
    expect(masked('FR77 3000 6000 0112 3456 7890 189')).not.toContain('[IBAN]')
  })
})

// --- names of others --------------------------------------------------------------------------------------------------------------------------

const OTHERS = [
  'Karim',
  'Sophie',
  'Jeanne Moreau',
  'Thomas',
  'Inès Benali',
  'Lucas',
  'Mme Girard',
  'M. Lefèvre',
  'Grace Johnson',
  'Emily Taylor',
]
/** Ways in which customers name somebody else, and themselves where the contact's name is not known. */
const MENTIONS: readonly ((name: string) => string)[] = [
  (name) => `Mon mari s’appelle ${name}, il viendra chercher le colis.`,
  (name) => `Le billet est au nom de ${name}.`,
  (name) => `${name} m’avait dit que c’était remboursable.`,
  (name) => `Je voyage avec ${name} et les enfants.`,
  (name) => `Vous pouvez livrer chez ${name}\u00a0?`,
  (name) => `Je m’appelle ${name}.`,
  (name) => `Merci d’avance, ${name}`,
  (name) => `The parcel is for my daughter ${name}.`,
  (name) => `My name is ${name} and I booked in May.`,
  (name) => `Could ${name} collect it instead of me?`,
]

it('of names of others some are seen: the rate is told', () => {
  const texts = OTHERS.flatMap((name) =>
    MENTIONS.map((mention) => ({ name: name.replace(/^(?:Mme|M\.|Mr\.) /u, ''), text: mention(name) })),
  )
  const hidden = texts.filter(({ name, text }) => !masked(text).includes(name)).length
  console.info(`names of third persons masked: ${hidden} of ${texts.length} (${Math.round((100 * hidden) / texts.length)} %)`)
  // What docs/evidence.md says.
  expect(hidden).toBe(44)
})
