import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bare, PEOPLE, WAYS } from '../../tests/support/known-people.ts'
import type { Prompt } from '../core/engine.ts'
import type { Known } from '../masking/index.ts'
import { createFinder } from './finder.ts'
import { type Shielded, shieldPrompt } from './shield.ts'

const NOBODY: Known = { names: [], numbers: [], emails: [], addresses: [], references: [], country: 'FR' }
const ELOISE: Known = {
  names: ['Éloïse Dupont'],
  numbers: ['+33612345678'],
  emails: ['eloise.dupont@example.fr'],
  addresses: ['12 bis rue des Lilas, 75011 Paris'],
  references: ['VL204518'],
  country: 'FR',
}
const promptOf = (question: string, more: Partial<Prompt> = {}): Prompt => ({
  system: 'Vous répondez.',
  history: [],
  question,
  language: 'fr',
  passages: [],
  ...more,
})
const shieldText = (text: string, known: Partial<Known> = {}, seed = 'seed', more: Partial<Prompt> = {}): Shielded => {
  const shielded = shieldPrompt(promptOf(text, more), createFinder({ ...NOBODY, ...known }, ['FR']), seed)
  if (!shielded) throw new Error('not shielded')
  return shielded
}
const shieldedText = (text: string, known: Partial<Known> = {}): string => shieldText(text, known).prompt.question
/** An answer in pieces, and whatever stopped it. */
const heard = (shielded: Shielded, pieces: readonly string[], canary = '') => {
  const hearing = shielded.restorer.hear(canary)
  const shown = pieces.map((piece) => hearing.push(piece))
  const text = shown.join('') + hearing.end()
  return { text, shown, breach: hearing.breach }
}

describe('what is known of a contact', () => {
  it('of two hundred people leaves in no spelling, and comes back as it was written', () => {
    const leaks = PEOPLE.flatMap((person) =>
      WAYS.flatMap((write) => {
        const text = `${write(person)} Ma commande ${person.order}, mon mail ${person.email}.`
        const known = {
          names: [person.name],
          numbers: [person.number],
          emails: [person.email],
          addresses: [`${person.street}, ${person.town}`],
          references: [person.order],
        }
        const shielded = shieldText(text, known)
        expect(heard(shielded, [shielded.prompt.question])).toEqual({ text, shown: [expect.any(String)], breach: null })
        const left = bare(shielded.prompt.question)
        const own = [bare(person.name), person.national, bare(person.email), bare(person.street), bare(person.town), bare(person.order)]
        return own.filter((one) => left.includes(one)).map((one) => `${one} in: ${text}\n  => ${shielded.prompt.question}`)
      }),
    )
    expect(leaks.slice(0, 5)).toEqual([])
  })

  it('becomes words and numbers of the same kind and shape, and the rest stays', () => {
    const text =
      'Bonjour, c’est Mme DUPONT (06.12.34.56.78). Mon colis vl 204518 à 49,90 € n’est pas là, 12 bis rue des Lilas, 75011 Paris. Éloïse, eloise.dupont@example.fr'
    expect(shieldedText(text, ELOISE)).toMatch(
      /^Bonjour, c’est Mme [B-Z]{7} \(06\.39\.98\.\d\d\.\d\d\)\. Mon colis [a-z]{2} \d{6} à 49,90 € n’est pas là, 12 bis rue des \p{Lu}\p{Ll}+, \d{5} \p{Lu}\p{Ll}+\. [AEIOU]\p{Ll}{7}, \p{Ll}+@mail\.example$/u,
    )
  })

  it('says one thing for one thing, in every text of the prompt and in every call of the conversation', () => {
    const more = {
      history: [
        { by: 'customer' as const, text: 'ici dupont, 06 12 34 56 78' },
        { by: 'business' as const, text: 'Bonjour Éloïse Dupont' },
      ],
      passages: [
        { id: 'p#1', document: 'p', title: 'Dupont', text: '+33612345678', language: 'fr', score: 1, url: 'https://e.fr/?n=dupont' },
      ],
    }
    const { prompt, kinds } = shieldText('Je suis Éloïse DUPONT', ELOISE, 'seed', more)
    const name = prompt.passages[0]?.title ?? ''
    expect(prompt.question).toContain(name.toUpperCase())
    expect(prompt.history[0]?.text).toContain(`ici ${name.toLowerCase()}, 06 39 98`)
    expect(prompt.history[1]?.text).toContain(` ${name}`)
    expect(prompt.passages[0]).toMatchObject({ id: 'p#1', url: `https://e.fr/?n=${name.toLowerCase()}` })
    const digits = /06 (39 98 \d\d \d\d)/u.exec(prompt.history[0]?.text ?? '')?.[1]?.replaceAll(' ', '')
    expect(prompt.passages[0]?.text).toBe(`+336${digits}`)
    expect(kinds).toEqual({ name: 5, phone: 2 })
    expect(shieldText('Je suis Éloïse DUPONT', ELOISE).prompt.question, 'the next call').toBe(prompt.question)
    expect(shieldText('Je suis Éloïse DUPONT', ELOISE, 'another').prompt.question, 'another conversation').not.toBe(prompt.question)
  })

  it('does not take what a form was answered with for somebody’s own: words, days and amounts stay', () => {
    const known = { references: ['Bagages', 'Oui merci', '2026-05-01', '49,90 €', '2', 'VL204518'], addresses: ['Oui, merci beaucoup'] }
    const text = 'Oui merci, 2 bagages le 2026-05-01 à 49,90 €, merci beaucoup'
    expect(shieldedText(text, known)).toBe(text)
  })
})

it('names that are words of any sentence are names where they are written so, or somebody says so', () => {
  const known = { names: ['Will Baker', 'Rose Petit'] }
  const text = 'It will rain on the baker, la rose d’un petit jardin sent bon'
  expect(shieldedText(text, known)).toBe(text)
  for (const said of ['This is Will, hello', 'ici will baker, bonjour', 'merci, rose', 'Mme petit a dit', 'BAKER', 'je suis rose et'])
    expect(shieldedText(said, known), said).not.toMatch(/will|baker|rose|petit/i)
})

describe('identifiers that prove themselves', () => {
  it.each([
    ['IBAN FR76 3000 6000 0112 3456 7890 189 merci', /^IBAN FR00( [\dA-Z]{4}){5} [\dA-Z]{3} merci$/],
    ['IBANFR1420041010050500013M02606!', /^IBANFR00[\dA-Z]{23}!$/],
    ['de89370400440532013000', /^de00\d{18}$/],
    ['carte 4111 1111 1111 1111, fin 12/27', /^carte 9\d{3}( \d{4}){3}, fin 12\/27$/],
    ['carte4111111111111111', /^carte9\d{15}$/],
    ['3782-822463-10005', /^9\d{3}-\d{6}-\d{5}$/],
    ['mon numéro 1 85 05 78 006 084 91', /^mon numéro 1 \d\d \d\d \d\d \d{3} \d{3} 00$/],
    ['NIR 185057800608491.', /^NIR 1\d{12}00\.$/],
    ['SIREN 732 829 320', /^SIREN 9\d\d \d{3} \d{3}$/],
    ['SIRET 73282932000074', /^SIRET 9\d{13}$/],
    ['La Poste : 356 000 000 00048', /^La Poste : 9\d\d \d{3} \d{3} \d{5}$/],
    ['son mail : paul.durand+x@mail.example.org.', /^son mail : \p{Ll}+@mail\.example\.$/u],
    ['paul arobase example point org', /^\p{Ll}+@mail\.example$/u],
    ['ma sœur au 07 98 76 54 32 ou +44 20 7946 0958', /^ma sœur au 06 39 98 \d\d \d\d ou \+44 77 0090 0\d\d\d$/],
    ['tél0612345679, 0033612345679', /^tél063998\d{4}, 0033639\d{6}$/],
    ['MON NUMERO 06-12-34-56-79', /^MON NUMERO 06-39-98-\d\d-\d\d$/],
    ['+32 470 12 34 56', /^\+32 4\d\d \d\d \d\d \d\d$/],
    ['0692 12 34 56 (Réunion)', /^06\d\d \d\d \d\d \d\d \(Réunion\)$/],
  ])('%s', (text, wanted) => {
    const shielded = shieldText(text)
    expect(shielded.prompt.question).toMatch(wanted)
    expect(shielded.prompt.question).not.toBe(text)
    expect(heard(shielded, [shielded.prompt.question]).text).toBe(text)
  })

  it('in Corsica too', () => {
    for (const [place, number] of [
      ['2A', '19'],
      ['2B', '18'],
    ]) {
      const key = String(97 - Number(BigInt(`18505${number}006084`) % 97n)).padStart(2, '0')
      const text = `1 85 05 ${place} 006 084 ${key}`
      expect(shieldedText(text)).toMatch(new RegExp(`^1 \\d\\d \\d\\d \\d${place?.[1]} \\d{3} \\d{3} 00$`))
    }
  })

  it.each([
    'dossier 4111 1111 1111 1112 en 2026',
    'FR77 3000 6000 0112 3456 7890 189',
    'départ le 06/12/2026 10 30, retour 08.12.2026 à 11 h, 3 @ 5.50',
    'Où est mon colis de 3 kg, commandé le 12/11/2026 pour 49,90 €\u00a0?',
    'commande VL204519, CMD-0612345678, article 4500017, vol AF1234, 1 234 567,89 €, 75011',
    'facture 2026-0004512, lot 12 05 2026 7',
  ])('but %s stays as it is', (text) => {
    expect(shieldedText(text)).toBe(text)
  })
})

describe('the answer', () => {
  const shielded = shieldText('Éloïse Dupont, 06 12 34 56 78, VL204518, FR7630006000011234567890189', ELOISE)
  const [name = '', phone = '', order = '', iban = ''] = shielded.prompt.question.split(', ')
  const [first = '', last = ''] = name.split(' ')

  it('gets the contact’s own words back, whatever the model made of what stood for them', () => {
    const digits = phone.replaceAll(' ', '').slice(1)
    const answer = `Madame ${last.toUpperCase()}, ${first.toLowerCase()} : the ${last}s’ order ${order.slice(0, 2)}-${order.slice(2)}, +33 ${digits}, 00 33 (0) ${digits}, ${iban.replace(/(.{4})/g, '$1 ').trim()}.`
    expect(heard(shielded, [answer]).text).toBe(
      'Madame DUPONT, Éloïse : the Duponts’ order VL204518, 06 12 34 56 78, 06 12 34 56 78, FR7630006000011234567890189.',
    )
  })

  it('is shown as it comes, but for what may still become a pseudonym', () => {
    const { shown, text } = heard(shielded, [
      'Bonjour Mme ',
      last.slice(0, 3),
      last.slice(3),
      ', votre ',
      order.slice(0, 5),
      order.slice(5),
    ])
    expect(shown).toEqual(['Bonjour Mme ', '', 'Dupont', ', votre ', '', 'VL204518'])
    expect(text).toBe('Bonjour Mme Dupont, votre VL204518')
  })

  it('is stopped where it names somebody whom nobody named, and is not filled with anybody’s data', () => {
    for (const invented of ['Belzvan', 'Madame GURZDIT', 'kanzvir@mail.example', '06 39 98 00 00', '+33639980000'])
      expect(heard(shielded, [`Oui, ${invented}.`]), invented).toMatchObject({ breach: 'pseudonym' })
    expect(heard(shielded, ['Oui, appelez le 01 23 45 67 89.'])).toMatchObject({ breach: null })
  })

  it('may say again what looks made up, where the customer said it first', () => {
    const odd = shieldText('Je suis Dupont, du village de Belzvan', ELOISE)
    expect(heard(odd, ['Belzvan, oui.'])).toEqual({ text: 'Belzvan, oui.', shown: [expect.any(String)], breach: null })
  })

  it('is stopped at the canary: forwards, backwards, spaced, in part, in capitals, in base64, cut over pieces', () => {
    const canary = 'bcdfghjkmnpqrstv'
    const ways = [canary, [...canary].reverse().join(''), [...canary].join(' '), canary.slice(3, 12), canary.toUpperCase(), btoa(canary)]
    for (const said of ways) {
      const whole = heard(shielded, ['Voici : ', said, ' fin'], canary)
      expect(whole.breach, said).toBe('canary')
      const split = heard(shielded, [...`Voici : ${said}`], canary)
      expect(split.breach, said).toBe('canary')
      expect(bare(split.shown.join('')), said).toBe('voici')
    }
    expect(heard(shielded, ['Bonjour'], canary).breach).toBeNull()
  })
})

// --- for any text ----------------------------------------------------------------------------------------------------------------------------

const PIECES = [
  'Éloïse',
  'eloise',
  'DUPONT',
  'dupont',
  'Dupont',
  'dUpont',
  'É l o ï s e',
  '06 12 34 56 78',
  '+33 (0)6.12.34.56.78',
  '0033612345678',
  '612345678',
  '０６１２３４５６７８',
  'vl-204518',
  'VL204518',
  '12 bis rue des Lilas',
  '75011 PARIS',
  'eloise.dupont@example.fr',
  'ELOISE.DUPONT @ example.fr',
  '4111 1111 1111 1111',
  'FR76 3000 6000 0112 3456 7890 189',
  '1 85 05 78 006 084 91',
  '732 829 320',
  '07 98 76 54 32',
  '+44 20 7946 0958',
  'belzvan',
  'Belzvan',
  '06 39 98 00 00',
  'x@mail.example',
  '33',
  '0',
  '+',
  '(',
  ' ',
  '\n',
  ', ',
  'd’',
  '\u200b',
  '\u0301',
  '🙂',
  'a',
  'né',
  '12',
  '-',
]
const anyText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 14 })
  .map((parts) => parts.join(''))

it('what was shielded comes back letter by letter, in whatever pieces it comes', () => {
  const finder = createFinder(ELOISE, ['FR'])
  fc.assert(
    fc.property(anyText, fc.string(), fc.array(fc.nat({ max: 8 }), { maxLength: 40 }), (text, seed, cuts) => {
      const shielded = shieldPrompt(promptOf(text), finder, seed)
      expect(shielded).not.toBeNull()
      if (!shielded) return
      const question = shielded.prompt.question
      const pieces: string[] = []
      let at = 0
      for (const cut of cuts) {
        pieces.push(question.slice(at, at + cut))
        at += cut
      }
      pieces.push(question.slice(at))
      expect(heard(shielded, pieces)).toMatchObject({ text, breach: null })
    }),
    { numRuns: 1_000 },
  )
})

it('two numbers that something made up stood between are not one that nobody gave', () => {
  const text = '06 39 98 00 006123456784111 1111 1111 1111'
  const shielded = shieldText(text, ELOISE)
  expect(heard(shielded, [shielded.prompt.question])).toMatchObject({ text, breach: null })
})

it.each(['07 98 76 54 32⒈', '₀4111 1111 1111 1111', '+\u030133732 829 320'])(
  'a number of signs that are no plain digits comes back: %s',
  (text) => {
    const shielded = shieldText(text, ELOISE)
    expect(shielded.prompt.question).not.toContain(text.slice(1, 8))
    expect(heard(shielded, [...shielded.prompt.question])).toMatchObject({ text, breach: null })
  },
)

it('no value of another contact ever appears, whatever an engine says', () => {
  const other = shieldText('Karim Benali, 07 98 76 54 32, karim@example.org, KB990011', {
    names: ['Karim Benali'],
    numbers: ['+33798765432'],
    emails: ['karim@example.org'],
    references: ['KB990011'],
  })
  const told = other.prompt.question.split(', ')
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...told, ...told.flatMap((one) => one.split(' '))), anyText), { maxLength: 8 }),
      (parts) => {
        const own = shieldText('Éloïse Dupont, 06 12 34 56 78', ELOISE)
        const answer = parts.join(' ').replaceAll(/07.?98.?76.?54.?32/gu, '')
        const { text } = heard(own, [answer])
        for (const secret of ['karim', 'benali', '798765432', 'kb990011']) expect(bare(text)).not.toContain(secret)
      },
    ),
    { numRuns: 300 },
  )
})
