/** A file of contacts as spreadsheets write it: letters, separators, heads, and every line that is not taken, with its reason. */
import { describe, expect, it } from 'vitest'
import { RelaisError } from '../core/errors.ts'
import type { ImportedContact } from '../core/importing.ts'
import { type Encoding, natureOf, textOf } from './encoding.ts'
import type { Fault } from './fault.ts'
import { openFile } from './file.ts'

const NOW = Date.UTC(2026, 10, 20, 9)
const HOME = { country: 'FR', timezone: 'Europe/Paris' }
const HEAD = 'Nom;E-mail;Consentement e-mail;Texte du consentement e-mail;Date du consentement e-mail'
const LINE = 'Zoé Lefèvre;zoe@example.fr;oui;J’accepte les e-mails de Voyages Lumière.;20/11/2026'

/** In pieces, so that a letter of several bytes may be cut. */
async function* pieces(bytes: Uint8Array, size = 7) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const latin1 = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll('’', '\x92'), 'latin1'))
const utf8 = (text: string) => new TextEncoder().encode(text)

const read = async (bytes: Uint8Array, told = new Map<string, string>()) => {
  const nature = await natureOf(pieces(bytes))
  const file = await openFile(textOf(pieces(bytes), nature as Encoding), { home: HOME, now: NOW, told })
  const contacts: ImportedContact[] = []
  const faults: Fault[] = []
  for await (const one of file.lines) {
    if (one.contact) contacts.push(one.contact)
    faults.push(...one.faults)
  }
  return { nature, ...file, contacts, faults: faults.map(({ line, column, code, rejected }) => [line, column, code, rejected]) }
}
const csv = (...lines: string[]) => read(utf8(`${lines.join('\n')}\n`))
const SMS = 'name,sms,sms_consent,sms_consent_words,sms_consent_at'
const sms = (phone: string, consent = 'yes', words = 'I agree', at = '2026-11-01') => `A,${phone},${consent},${words},${at}`

describe('the letters of a file', () => {
  const expected = {
    name: 'Zoé Lefèvre',
    addresses: [
      {
        kind: 'email',
        value: 'zoe@example.fr',
        consents: [{ category: 'service', words: 'J’accepte les e-mails de Voyages Lumière.', at: Date.UTC(2026, 10, 19, 23), from: null }],
      },
    ],
  }
  for (const [what, bytes, nature] of [
    ['UTF-8', utf8(`${HEAD}\n${LINE}`), 'utf-8'],
    ['UTF-8 with a byte order mark', utf8(`\uFEFF${HEAD}\r\n${LINE}\r\n`), 'utf-8'],
    ['Latin-1, as a French spreadsheet writes it', latin1(`${HEAD}\r\n${LINE}\r\n`), 'windows-1252'],
    ['UTF-16', Uint8Array.from(Buffer.from(`\uFEFF${HEAD}\r\n${LINE}`, 'utf16le')), 'utf-16le'],
  ] as const)
    it(`are found: ${what}`, async () => {
      const file = await read(bytes)
      expect([file.nature, file.separator, file.faults]).toEqual([nature, ';', []])
      expect(file.contacts).toMatchObject([expected])
    })

  it('stay those of the file where one line of it is spoilt: that line is named, and no other is garbled', async () => {
    const spoilt = Buffer.concat([utf8(`${HEAD}\n${LINE}\nAn`), Buffer.from([0xe9]), utf8(LINE.replace('zoe@', 'ane@').slice(3))])
    const file = await read(spoilt)
    expect([file.nature, file.faults]).toEqual(['utf-8', [[3, null, 'control', true]]])
    expect(file.contacts).toMatchObject([expected])
  })

  it('of a workbook or a picture are none', async () => {
    expect(await natureOf(pieces(Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0])))).toBe('workbook')
    expect(await natureOf(pieces(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])))).toBe('binary')
  })
})

describe('columns', () => {
  it('are found by their heads in either language, whatever stands between cells', async () => {
    for (const sign of [',', ';', '\t'])
      expect((await csv(SMS.replaceAll(',', sign), sms('0612345678').replaceAll(',', sign))).contacts).toHaveLength(1)
    const { columns } = await csv('Prénom;Nom;Téléphone portable;Opt-in SMS;Preuve opt-in SMS;Courriel;Âge')
    expect([[...columns.of], columns.ignored]).toEqual([
      [
        ['first', 0],
        ['last', 1],
        ['sms', 2],
        ['sms_consent', 3],
        ['sms_consent_source', 4],
        ['email', 5],
      ],
      ['Âge'],
    ])
  })
  it.each([
    ['Téléphone fixe;Téléphone;Portable;SMS pub', 'sms', 2],
    ['Bureau (tél.);GSM', 'sms', 1],
    ['E-mail 1 - Label;E-mail 1 - Value;E-mail 2 - Value', 'email', 1],
    ['EMAIL;EMAIL_BLACKLISTED', 'email', 0],
    ['Tel;OK pour SMS ?', 'sms', 0],
    ['Nom de l’adresse de messagerie;Adresse de messagerie', 'email', 1],
  ])('that could mean the same are told apart: %s', async (head, field, index) => {
    const { columns } = await csv(head)
    expect(columns.of.get(field)).toBe(index)
    expect(columns.ignored).not.toContain(head.split(';')[index])
  })
  it.each(['Accepte les CGV', 'Email - accord CGU', 'Terms accepted: ok', 'Autorisation parentale', 'Droit à l’image : ok'])(
    'that tell of agreeing to something else are no consent to be written to: %s',
    async (head) => {
      const { columns } = await csv(`Courriel;${head}`)
      expect([[...columns.of], columns.ignored]).toEqual([[['email', 0]], [head]])
    },
  )
  it('take a hint that is none of their business', async () => {
    expect((await csv('sep=;', HEAD, LINE)).contacts).toMatchObject([{ line: 3 }])
  })
  it('may be told', async () => {
    const file = await read(
      utf8(`Gsm perso,ok ?,mots,jour\n0612345678,oui,Oui,2026-11-01`),
      new Map([
        ['Gsm perso', 'sms'],
        ['ok ?', 'sms_consent'],
        ['mots', 'sms_consent_words'],
        ['jour', 'sms_consent_at'],
      ]),
    )
    expect(file.contacts).toMatchObject([{ addresses: [{ kind: 'sms', value: '+33612345678' }] }])
  })
  it('without an address, or with one field twice, are refused by name', async () => {
    await expect(csv('nom;ville', 'a;b')).rejects.toThrow(RelaisError)
    await expect(csv('mobile;portable', 'a;b')).rejects.toThrow('sms: mobile / portable → --map "portable=-"')
    await expect(csv('')).rejects.toThrow(RelaisError)
  })
})

describe('a line', () => {
  it('is not taken where another has its number on another phone channel', async () => {
    const head = `${SMS},whatsapp,whatsapp_consent,whatsapp_consent_words,whatsapp_consent_at`
    const chat = 'B,,,,,0612345678,yes,I agree,2026-11-01'
    const { contacts, faults } = await csv(head, `${sms('0612345678')},,,,`, chat)
    expect([contacts.length, faults]).toEqual([1, [[3, null, 'duplicate', true]]])
  })

  it('keeps the address with a consent and leaves out the one without', async () => {
    const { contacts, faults } = await csv(`${SMS},email`, `${sms('0612345678')},a@example.fr`)
    expect(contacts).toMatchObject([{ addresses: [{ kind: 'sms' }] }])
    expect(faults).toEqual([[2, 'email', 'no-consent', false]])
  })

  for (const [what, line, code, column] of [
    ['no address', sms(''), 'no-address', null],
    ['a landline', sms('0142685300'), 'bad-phone', 'sms'],
    ['a number that became a quantity', sms('6.12346E+10'), 'spoilt-number', 'sms'],
    ['no consent', sms('0612345678', 'no'), 'no-consent', 'sms'],
    ['an empty consent', sms('0612345678', ''), 'no-consent', 'sms'],
    ['a consent nobody understands', sms('0612345678', 'perhaps'), 'unknown-consent', 'sms'],
    ['no words', sms('0612345678', 'yes', ''), 'no-words', 'sms'],
    ['no date', sms('0612345678', 'yes', 'I agree', ''), 'no-date', 'sms'],
    ['a time that is none', sms('0612345678', 'yes', 'I agree', '01/03/2026 14:05 or so'), 'bad-date', 'sms'],
    ['the 31st of February', sms('0612345678', 'yes', 'I agree', '2026-02-31'), 'bad-date', 'sms'],
    ['a day to come', sms('0612345678', 'yes', 'I agree', '2026-12-01'), 'future-date', 'sms'],
    ['too few cells', 'A,0612345678', 'too-few-cells', null],
    ['too many cells', `${sms('0612345678')},more`, 'too-many-cells', null],
    ['a formula for a name', sms('0612345678').replace('A,', '=HYPERLINK(1),'), 'formula', null],
    ['a formula among the words', sms('0612345678', 'yes', '=1+1'), 'formula', 'sms'],
    ['a huge cell', sms('0612345678').replace('A,', `${'a'.repeat(2_000)},`), 'too-long', null],
    ['control characters', sms('0612345678').replace('A,', 'A\u0007,'), 'control', null],
  ] as const)
    it(`with ${what} is named with its reason, and its neighbours are taken`, async () => {
      const { contacts, faults } = await csv(SMS, sms('0612345670'), line, sms('0612345679'))
      expect(contacts.map((one) => one.line)).toEqual([2, 4])
      expect(faults).toContainEqual([3, null, code, true])
      if (column) expect(faults).toContainEqual([3, column, code, false])
    })

  it('may date its consent as people and programs do', async () => {
    const forms = [
      '2026-03-01',
      '01/03/2026',
      '1.3.2026',
      '2026-03-01 14:05',
      '01/03/2026 14:05:30',
      '01/03/2026 14h05',
      '2026-03-01T13:05:00Z',
      '2026-03-01T14:05+0100',
    ]
    const { contacts, faults } = await csv(SMS, ...forms.map((at, n) => sms(`061234567${n}`, 'yes', 'I agree', at)))
    expect(faults).toEqual([])
    const [day, hour] = [Date.UTC(2026, 1, 28, 23), Date.UTC(2026, 2, 1, 13, 5)]
    expect(contacts.map((one) => one.addresses[0]?.consents[0]?.at)).toEqual([day, day, day, ...forms.slice(3).map(() => hour)])
  })

  it('with an address of an earlier line is a duplicate', async () => {
    const { contacts, faults } = await csv(SMS, sms('0612345678'), sms('+33 6 12 34 56 78'))
    expect([contacts.length, faults]).toEqual([1, [[3, null, 'duplicate', true]]])
  })

  it('has the number at which it begins, though cells before hold line ends', async () => {
    const { contacts, faults } = await csv(SMS, sms('0612345678', 'yes', '"I\nreally\nagree"'), '', sms('x'))
    expect([contacts[0]?.addresses[0]?.consents[0]?.words, faults]).toEqual([
      'I really agree',
      [
        [6, 'sms', 'bad-phone', false],
        [6, null, 'bad-phone', true],
      ],
    ])
  })

  it('without a country has that of its number', async () => {
    expect((await csv(SMS, sms('0612345678'))).contacts).toMatchObject([{ country: 'FR' }])
  })

  it('may agree to offers, by name', async () => {
    const { contacts } = await csv(SMS, sms('0612345678', 'service et marketing'), sms('0612345679', 'offres'))
    expect(contacts.map((one) => one.addresses[0]?.consents.map(({ category }) => category))).toEqual([
      ['service', 'marketing'],
      ['marketing'],
    ])
  })

  it('with quotation marks that never close loses itself, and says where', async () => {
    const { contacts, faults } = await csv(SMS, sms('0612345678'), 'B,"0612345679,yes', sms('0612345671'))
    expect([contacts.length, faults]).toEqual([1, [[3, null, 'broken-quotes', true]]])
  })

  it('that never ends is given up before it fills the memory', async () => {
    const { contacts, faults } = await csv(SMS, sms('0612345678'), `"${'x'.repeat(300_000)}`)
    expect([contacts.length, faults.map(([, , code]) => code)]).toEqual([1, ['too-long']])
  })
})
