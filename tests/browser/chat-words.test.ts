import { describe, expect, it } from 'vitest'
import { asText, contrastOf, textOn, tokensOf } from '../../web/chat/look.ts'
import { piecesOf, visible, webAddress } from '../../web/chat/plain.ts'
import type { Message, Start } from '../../web/chat/shapes.ts'
import { EMPTY, type Frame, type Thread, told } from '../../web/chat/thread.ts'
import { CHAT } from '../../web/chat/words.ts'

const message = (id: string, at: number, text = id): Message => ({
  id,
  at,
  by: 'assistant',
  channel: 'site',
  medium: 'web',
  status: 'sent',
  content: { type: 'text', text },
  ai: true,
})
const threadOf = (...frames: readonly Frame[]): Thread => frames.reduce(told, EMPTY)
const piece = (n: number, text: string): Frame => ({ kind: 'writing', id: 'a', n, text })
const start = (messages: readonly Message[], more: string | null = null): Frame => ({
  kind: 'start',
  start: { messages, more, owner: 'assistant' } as unknown as Start,
})
const textOf = (thread: Thread) => thread.writing.map(({ text, broken }) => [text, broken])

describe('a thread', () => {
  it('puts pieces together, whatever comes twice or begins anew', () => {
    expect(textOf(threadOf(piece(0, 'Bon'), piece(3, 'jour')))).toEqual([['Bonjour', null]])
    expect(textOf(threadOf(piece(0, 'Bon'), piece(3, 'jour'), piece(3, 'jour')))).toEqual([['Bonjour', null]])
    expect(textOf(threadOf(piece(0, 'Bonsoir'), piece(0, 'Bon')))).toEqual([['Bon', null]])
  })

  it('says that an answer is being written, and shows no piece of it, where the pieces before are missing', () => {
    expect(textOf(threadOf(piece(7, 'jour')))).toEqual([['', null]])
    expect(textOf(threadOf(piece(0, 'Bon'), piece(7, '!')))).toEqual([['Bon', null]])
  })

  it('keeps what was cut in sight, marked; of what was taken back nothing', () => {
    const gone = (why: 'cut' | 'withheld' | 'replaced'): Frame => ({ kind: 'withdrawn', id: 'a', why })
    expect(textOf(threadOf(piece(0, 'Bon'), gone('cut')))).toEqual([['Bon', 'cut']])
    expect(textOf(threadOf(piece(0, 'Bon'), gone('withheld')))).toEqual([['', 'withheld']])
    expect(textOf(threadOf(piece(0, 'Bon'), gone('replaced')))).toEqual([['', 'replaced']])
    expect(textOf(threadOf(piece(0, 'Bon'), gone('cut'), { kind: 'message', message: message('b', 1) }))).toEqual([])
  })

  it('ends the writing with the message, and a late piece begins none', () => {
    const thread = threadOf(piece(0, 'Bon'), { kind: 'message', message: message('a', 1) }, piece(3, 'jour'))
    expect([thread.writing, thread.messages.map(({ id }) => id)]).toEqual([[], ['a']])
  })

  it('takes a message once, in its newest words, by time', () => {
    const thread = threadOf(
      start([message('b', 2)]),
      { kind: 'message', message: message('a', 1) },
      { kind: 'message', message: message('b', 2, 'anew') },
    )
    expect(thread.messages).toEqual([message('a', 1), message('b', 2, 'anew')])
  })

  it('keeps older messages in sight when it is read anew, unless something fell between', () => {
    const older: Frame = { kind: 'earlier', messages: [message('a', 1)], more: null }
    const ids = (thread: Thread) => thread.messages.map(({ id }) => id)
    expect(ids(threadOf(start([message('b', 2)], 'x'), older, start([message('b', 2), message('c', 3)], 'x')))).toEqual(['a', 'b', 'c'])
    expect(ids(threadOf(start([message('b', 2)], 'x'), older, start([message('d', 4)], 'y')))).toEqual(['d'])
  })

  it('keeps what the stream told while it was read anew: the answer may be older than that', () => {
    const told: Frame = { kind: 'message', message: message('b', 2) }
    const ids = (thread: Thread) => thread.messages.map(({ id }) => id)
    expect(ids(threadOf(start([message('a', 1)]), told, start([message('a', 1)])))).toEqual(['a', 'b'])
    expect(ids(threadOf(start([message('a', 1)]), told, start([])))).toEqual([])
    expect(threadOf(start([message('a', 1)]), told, start([message('a', 1)], 'x')).more).toBe('x')
  })
})

describe('foreign text', () => {
  it('has links to the web alone, without what follows as punctuation', () => {
    const links = (text: string) => piecesOf(text).flatMap(({ href }) => href ?? [])
    expect(links('Voir https://a.example/b?c=1). Et http://d.example!')).toEqual(['https://a.example/b?c=1', 'http://d.example/'])
    expect(links('javascript:alert(1) data:text/html,x ftp://x https://bank.example@evil.example //x.example')).toEqual([])
    expect(links('https://a.example/\u202Egpj.exe')).toEqual(['https://a.example/'])
    expect(
      piecesOf('a https://a.example b')
        .map(({ text }) => text)
        .join(''),
    ).toBe('a https://a.example b')
  })

  it('opens a source where the answer has one of that number', () => {
    const cited = { n: 1, title: 'A', passage: 'a#1' }
    expect(piecesOf('x [1] [2]', [cited])).toEqual([{ text: 'x ' }, { text: '[1]', cites: cited }, { text: ' [2]' }])
  })

  it('shows no sign that turns writing around', () => {
    expect(visible('facture\u202Efdp.exe\u0000\u200B')).toBe('facturefdp.exe')
    expect([webAddress('https://x.example'), webAddress('javascript:1'), webAddress('nonsense')]).toEqual([
      'https://x.example/',
      null,
      null,
    ])
  })
})

it('says that one goes on by mail, and on a platform', () => {
  const [whatsapp, email] = [
    { channel: 'whatsapp', medium: 'whatsapp', label: 'WhatsApp' },
    { channel: 'mail', medium: 'email', label: 'e-mail' },
  ]
  expect([CHAT.fr.continueOn(whatsapp), CHAT.fr.continueOn(email)]).toEqual(['Continuer sur WhatsApp', 'Continuer par e-mail'])
  expect([CHAT.en.open(whatsapp), CHAT.en.open(email)]).toEqual(['Open WhatsApp', 'Write by e-mail'])
})

describe('a brand’s colour', () => {
  it('bears text that can be read, whatever it is', () => {
    for (let grey = 0; grey < 256; grey += 1) {
      const hex = grey.toString(16).padStart(2, '0')
      for (const accent of [`#${hex}${hex}${hex}`, `#${hex}8040`, `#ff${hex}00`])
        expect(contrastOf(textOn(accent), accent)).toBeGreaterThanOrEqual(4.5)
    }
    expect([textOn('#0B5C5E'), textOn('#FFD400')]).toEqual(['#ffffff', '#14181c'])
  })

  it('is the colour of words only where it can be read on paper, and changes nothing where it is none', () => {
    const light = { paper: '#fafaf7', ink: '#14181c' }
    expect([asText('#0B5C5E', light), asText('#FFD400', light)]).toEqual(['#0B5C5E', '#14181c'])
    expect(tokensOf(null)).toEqual({})
    expect(tokensOf({ accent: 'url(x)', accentDark: null, logo: null })).toEqual({})
  })
})
