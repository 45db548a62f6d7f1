import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Capabilities, WITHOUT_CHOICES } from './capability.ts'
import type { Choice, Content } from './content.ts'
import { fitContent, shortenText, splitText } from './fitting.ts'

const rich: Capabilities = {
  identities: ['web'],
  text: 200,
  buttons: { count: 3, label: 20, body: 100 },
  list: { rows: 10, label: 24, description: 72, button: 20, body: 200 },
  link: { label: 20, body: 100 },
  caption: 50,
  media: { image: { bytes: 1, types: [] } },
  templates: true,
  standing: false,
  reactions: true,
  receipts: 'none',
  typing: false,
  echoesAttempt: false,
  idempotent: false,
  windowHours: null,
  rates: { perSecond: 1, pair: null },
}
const plain: Capabilities = {
  ...rich,
  ...WITHOUT_CHOICES,
  link: null,
  caption: 0,
  templates: false,
  reactions: false,
}

const bare = (text: string) => text.replace(/\s/g, '')
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const graphemesOf = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment)
/** Words, emoji families, flags, combining marks, CJK, French punctuation. */
const piece = fc.constantFrom(
  'a',
  'mot',
  ' ',
  '. ',
  ' ? ',
  '\n',
  '\n\n',
  '\r\n',
  '👩‍👩‍👧‍👦',
  '🇫🇷',
  'é',
  '日本。',
  '𝒳',
  'x'.repeat(30),
  '\t',
)
const prose = fc.array(piece, { maxLength: 120 }).map((parts) => parts.join(''))

describe('splitText', () => {
  it('keeps every character but white space at the cuts, within the limit, and no part empty', () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 2, max: 80 }), (text, limit) => {
        const parts = splitText(text, limit)
        expect(bare(parts.join(''))).toBe(bare(text))
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit)
        if (parts.length > 1) for (const part of parts) expect(part).not.toBe('')
      }),
    )
  })

  it('never tears a surrogate pair or, where it fits, a grapheme', () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 32, max: 80 }), (text, limit) => {
        const whole = new Set(graphemesOf(text))
        for (const part of splitText(text, limit)) {
          expect(part.isWellFormed()).toBe(true)
          for (const grapheme of graphemesOf(part)) if (grapheme.trim() !== '') expect(whole).toContain(grapheme)
        }
      }),
    )
  })

  it('never makes a lone surrogate of any well-formed text, even where a grapheme is longer than the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 9 }), (text, limit) => {
        for (const part of splitText(text, limit)) expect(part.isWellFormed()).toBe(true)
      }),
    )
  })

  it('never leaves a variation sign behind its full stop', () => {
    for (const part of splitText('日本。\uFE00'.repeat(20), 15)) expect(part.startsWith('\uFE00')).toBe(false)
  })

  it('cuts after a sentence rather than after a word, and after a word rather than inside one', () => {
    expect(splitText('Une phrase entière. Puis la suite', 25)).toEqual(['Une phrase entière.', 'Puis la suite'])
    expect(splitText('alpha beta gamma', 12)).toEqual(['alpha beta', 'gamma'])
    expect(splitText('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
  })

  it('leaves a French question mark with its word', () => {
    expect(splitText('Où voulez-vous aller\u00a0? Dites', 20)).toEqual(['Où voulez-vous', 'aller\u00a0? Dites'])
  })
})

const choices = (count: number, label = 'Option'): readonly Choice[] =>
  Array.from({ length: count }, (_, index) => ({ id: `c${index}`, label: `${label} ${index}` }))
const kinds = (contents: readonly Content[]) => contents.map(({ type }) => type)

describe('fitContent', () => {
  it('gives back what fits, untouched', () => {
    const content: Content = { type: 'buttons', text: 'Et ensuite ?', buttons: choices(3) }
    expect(fitContent(content, rich)).toEqual([content])
  })

  it('sends the long words first and the buttons last', () => {
    const text = 'Bonjour à vous. '.repeat(20).trim()
    const fitted = fitContent({ type: 'buttons', text, buttons: choices(2) }, rich)
    expect(kinds(fitted)).toEqual(['text', 'text', 'text', 'buttons'])
    expect(fitted.at(-1)).toMatchObject({ buttons: choices(2) })
  })

  it('turns a fourth button into a list, and an eleventh row into numbered text', () => {
    expect(fitContent({ type: 'buttons', text: 'Choisissez', buttons: choices(4) }, rich, 'Choisir')).toEqual([
      { type: 'list', text: 'Choisissez', button: 'Choisir', rows: choices(4) },
    ])
    const [first] = fitContent({ type: 'buttons', text: 'Choisissez', buttons: choices(11) }, rich)
    expect(first).toMatchObject({ type: 'text' })
    expect(first).toHaveProperty('text', expect.stringContaining('11. Option 10'))
  })

  it('moves a label too long for a row to its description', () => {
    const label = 'Parler à une conseillère de l’agence'
    expect(fitContent({ type: 'buttons', text: 'Alors', buttons: [{ id: 'a', label }] }, rich)).toEqual([
      { type: 'list', text: 'Alors', button: 'Menu', rows: [{ id: 'a', label: 'Parler à une conseillèr…', description: label }] },
    ])
  })

  it('numbers the choices where the channel has neither buttons nor lists', () => {
    expect(
      fitContent(
        {
          type: 'list',
          text: 'Où ?',
          button: 'Voir',
          rows: [
            { id: 'a', label: 'Rome', description: 'Italie' },
            { id: 'b', label: 'Oslo' },
          ],
        },
        plain,
      ),
    ).toEqual([{ type: 'text', text: 'Où ?\n\n1. Rome — Italie\n2. Oslo' }])
  })

  it('writes a link out, and a template’s own text, where the channel has none', () => {
    expect(fitContent({ type: 'link', text: 'Payez ici', label: 'Payer', url: 'https://a.example' }, plain)).toEqual([
      { type: 'text', text: 'Payez ici\nhttps://a.example' },
    ])
    expect(fitContent({ type: 'template', name: 't', language: 'fr', parameters: {}, text: 'Bonjour' }, plain)).toEqual([
      { type: 'text', text: 'Bonjour' },
    ])
  })

  it('sends a caption that is too long, or that a voice message can’t have, as text of its own', () => {
    const image: Content = { type: 'media', kind: 'image', media: { mime: 'image/png' }, caption: 'x'.repeat(60) }
    expect(kinds(fitContent(image, rich))).toEqual(['media', 'text'])
    expect(kinds(fitContent({ ...image, kind: 'audio', caption: 'court' }, rich))).toEqual(['media', 'text'])
    expect(fitContent({ ...image, caption: 'court' }, rich)).toEqual([{ ...image, caption: 'court' }])
  })

  it('fits anything made of words and choices within the table', () => {
    const choice = fc.record({
      id: fc.string(),
      label: fc.string({ minLength: 1, maxLength: 90 }),
      description: fc.option(fc.string({ maxLength: 90 }), { nil: undefined }),
    })
    fc.assert(
      fc.property(
        prose,
        fc.array(choice, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(rich, plain),
        fc.boolean(),
        (text, found, table, list) => {
          const content: Content = list ? { type: 'list', text, button: text, rows: found } : { type: 'buttons', text, buttons: found }
          for (const fitted of fitContent(content, table)) {
            if (fitted.type === 'text') expect(fitted.text.length).toBeLessThanOrEqual(table.text)
            if (fitted.type === 'buttons') {
              expect(fitted.text.length).toBeLessThanOrEqual(table.buttons.body)
              expect(fitted.buttons.length).toBeLessThanOrEqual(table.buttons.count)
            }
            if (fitted.type === 'list') {
              expect(fitted.text.length).toBeLessThanOrEqual(table.list.body)
              for (const row of fitted.rows) {
                expect(row.label.length).toBeLessThanOrEqual(table.list.label)
                expect((row.description ?? '').length).toBeLessThanOrEqual(table.list.description)
              }
            }
          }
        },
      ),
    )
  })
})

describe('shortenText', () => {
  it('keeps whole graphemes and ends in an ellipsis', () => {
    expect(shortenText('Réservation', 6)).toBe('Réser…')
    expect(shortenText('👩‍👩‍👧‍👦 famille', 5)).toBe('…')
  })
})

describe('a template with quick replies', () => {
  const buttons = [
    { id: 'keep', label: 'Je confirme' },
    { id: 'move', label: 'Déplacer' },
  ]
  const reminder: Content = { type: 'template', name: 'rappel', language: 'fr', parameters: {}, text: 'À demain, 14 h.', buttons }

  it('goes as it is where there are templates', () => expect(fitContent(reminder, rich)).toEqual([reminder]))

  it('is buttons where there are those alone, and numbered text where nothing can be tapped', () => {
    expect(fitContent(reminder, { ...rich, templates: false })).toEqual([{ type: 'buttons', text: 'À demain, 14 h.', buttons }])
    expect(fitContent(reminder, plain)).toEqual([{ type: 'text', text: 'À demain, 14 h.\n\n1. Je confirme\n2. Déplacer' }])
  })
})
