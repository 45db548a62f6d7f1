import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createIds, type LinkId } from './ids.ts'
import { CROSSING, crossingOf, type Link, readWord, sameWord, wordOf } from './link.ts'
import { tokensOf } from './link-token.ts'

const sealedBy =
  (secret: string, purpose = 'link') =>
  (text: string) =>
    createHmac('sha256', secret).update(`${purpose}\n${text}`).digest('base64url')
const ours = tokensOf(sealedBy('a secret of this house, long enough'))
const ids = createIds(
  () => 1_763_800_000_000,
  () => 0.42,
)
const id = ids('lnk')

describe('the token of a link', () => {
  it('is 32 letters that an address may hold, and gives its link back', () => {
    const token = ours.token(id)
    expect(token).toMatch(/^[\w-]{32}$/)
    expect(ours.read(token)).toBe(id)
  })

  it('is read by nobody else: not by another workspace, nor where it was made for another use', () => {
    const token = ours.token(id)
    expect(tokensOf(sealedBy('a secret of another house, as long')).read(token)).toBeNull()
    expect(tokensOf(sealedBy('a secret of this house, long enough', 'code')).read(token)).toBeNull()
  })

  it('does not survive one changed character, wherever it is', () => {
    const token = ours.token(id)
    for (let n = 0; n < token.length; n++) {
      const changed = `${token.slice(0, n)}${token[n] === 'A' ? 'B' : 'A'}${token.slice(n + 1)}`
      expect(ours.read(changed), String(n)).toBeNull()
    }
  })

  it.each(['', 'A'.repeat(31), 'A'.repeat(33), 'A'.repeat(32), `${'A'.repeat(31)}é`, '../'.repeat(11)])('is not “%s”', (token) => {
    expect(ours.read(token)).toBeNull()
  })

  it('refuses ten thousand that were made up', () => {
    const made = Array.from({ length: 10_000 }, (_, n) => createHmac('sha256', 'x').update(String(n)).digest('base64url').slice(0, 32))
    expect(made.filter((token) => ours.read(token) !== null)).toEqual([])
  })
})

const MINUTE = 60_000
const link: Link = {
  id: id as LinkId,
  contact: 'con_1' as Link['contact'],
  message: 'msg_1' as Link['message'],
  from: 'whatsapp' as Link['from'],
  to: 'site' as Link['to'],
  at: 0,
  expiresAt: CROSSING.expiresMs,
  openedAt: null,
  visitor: null,
  codes: 0,
}
const opened = { ...link, openedAt: MINUTE, visitor: 'vis_1' }

describe('who may go through', () => {
  it('is who opens it first, within 15 minutes', () => {
    expect(crossingOf(link, null, 'elsewhere', 15 * MINUTE - 1)).toBe('open')
    expect(crossingOf(link, null, 'elsewhere', 15 * MINUTE)).toBe('code')
  })

  it('is the same browser again, for as long as the link lives', () => {
    expect(crossingOf(opened, 'vis_1', 'elsewhere', 5 * 60 * MINUTE)).toBe('again')
    expect(crossingOf(opened, 'vis_1', 'always', 5 * 60 * MINUTE)).toBe('again')
  })

  it('is another browser only with a code', () => {
    expect(crossingOf(opened, null, 'elsewhere', 2 * MINUTE)).toBe('code')
    expect(crossingOf(opened, 'vis_2', 'elsewhere', 2 * MINUTE)).toBe('code')
  })

  it('is nobody without a code where relais.yaml says `always`', () => {
    expect(crossingOf(link, null, 'always', MINUTE)).toBe('code')
  })

  it('is nobody once it has expired', () => {
    expect(crossingOf(link, null, 'elsewhere', CROSSING.expiresMs)).toBe('over')
    expect(crossingOf(opened, 'vis_1', 'elsewhere', CROSSING.expiresMs)).toBe('over')
  })
})

describe('the word of the way back', () => {
  const bytes = (n: number) => Uint8Array.of(n, n + 1, n + 2, n + 3)

  it('is two words and two digits, in either language', () => {
    expect(wordOf(bytes(0), 'fr')).toMatch(/^\p{Ll}+-\p{Ll}+-\d\d$/u)
    expect(wordOf(bytes(9), 'en')).toMatch(/^\p{Ll}+-\p{Ll}+-\d\d$/u)
  })

  it('is found in a message, however it is typed', () => {
    const word = wordOf(bytes(7), 'fr')
    const [first = '', second = '', digits = ''] = word.split('-')
    for (const said of [word, word.toUpperCase(), `Bonjour ! ${word}.`, `${first} ${second} ${digits}`, `${first}-${second} ${digits}`])
      expect(readWord(said), said).toBe(sameWord(word))
  })

  it('is not found in what people write', () => {
    for (const said of ['Bonjour', 'ma commande 12', 'lundi mardi 12', 'a'.repeat(5000)]) expect(readWord(said)).toBeNull()
  })
})
