import { expect, it } from 'vitest'
import { piecesOf } from './given-data.ts'

it('tells any JSON in plain lines, piece by piece, and leaves out what is empty', () => {
  const data = { claim: 'S-1', paid: false, none: null, people: ['Ann', 'Ben'], address: { city: 'Lyon', code: 69003 } }
  expect(piecesOf(data, 'Bonjour')).toEqual([
    { title: 'claim', text: 'S-1' },
    { title: 'paid', text: 'false' },
    { title: 'people', text: '- Ann\n- Ben' },
    { title: 'address', text: 'city: Lyon\ncode: 69003' },
    { title: 'text', text: 'Bonjour' },
  ])
})

it('gives a long text as several pieces that the shield does not cut, word by word', () => {
  const text = 'Un mot après l’autre. '.repeat(700).trim()
  const pieces = piecesOf(undefined, text)
  expect(pieces.length).toBeGreaterThan(3)
  for (const piece of pieces) expect(piece.text.length).toBeLessThanOrEqual(4_000)
  expect(pieces.map((piece) => piece.text.trim()).join(' ')).toBe(text)
  expect(
    piecesOf(undefined, 'x'.repeat(9_000))
      .map((piece) => piece.text)
      .join(''),
  ).toBe('x'.repeat(9_000))
})
