import { describe, expect, it } from 'vitest'
import { shortUrl, sourceIn, targetOf, withoutFirstWords } from './entry.ts'
import { asId, type ChannelId } from './ids.ts'
import type { ChannelSetup, EntryLink } from './workspace.ts'

const WHATSAPP = asId<ChannelId>('whatsapp')
const link = (name: string, channel: string, more: Partial<EntryLink> = {}): EntryLink => ({
  name,
  channel: asId(channel),
  source: name,
  say: null,
  ...more,
})
const setup = (id: string, more: Partial<ChannelSetup>): ChannelSetup => ({
  id: asId(id),
  kind: id,
  scope: 'service',
  throughput: null,
  config: {},
  ...more,
})
const channels = [
  setup('whatsapp', { entry: { url: 'https://wa.me/33465711000', text: 'text' } }),
  setup('site', { chat: { origins: [], look: { accent: '#0B5C5E', accentDark: null, logo: null }, welcome: null, signIn: null } }),
  setup('calls', {}),
]

describe('an entry link', () => {
  it('leads to a channel with the first words written, and to a page of the house', () => {
    expect(targetOf(link('metro', 'whatsapp'), channels, 'fr', '')).toBe(
      `https://wa.me/33465711000?text=${encodeURIComponent('Bonjour\u00a0! (metro)')}`,
    )
    expect(
      targetOf(link('metro', 'whatsapp', { say: { fr: 'Je viens du métro.', en: 'I come from the metro.' } }), channels, 'en', ''),
    ).toContain(encodeURIComponent('I come from the metro. (metro)'))
    expect(targetOf(link('flyer', 'site'), channels, 'fr', '..')).toBe('../chat/site?from=flyer')
    expect(targetOf(link('none', 'calls'), channels, 'fr', '')).toBeNull()
  })

  it('is short, below wherever the house stands', () => {
    expect(shortUrl(link('metro', 'whatsapp'), 'https://a.example/relais')).toBe('https://a.example/relais/go/metro')
  })
})

describe('a first message', () => {
  const links = [link('metro', 'whatsapp', { source: 'affiche-metro' }), link('flyer', 'site')]
  it('says by which link it came, whatever was written before its name', () => {
    expect(sourceIn('Bonjour ! (metro)', WHATSAPP, links)).toBe('affiche-metro')
    expect(sourceIn(`${'a'.repeat(5000)} (metro) `, WHATSAPP, links)).toBe('affiche-metro')
  })
  it('is theirs without the words that its link wrote for them', () => {
    const metro = [link('metro', 'whatsapp', { say: { fr: 'Je viens du métro.', en: 'I come from the metro.' } })]
    expect(withoutFirstWords('Je viens du\u00a0métro. (metro)', WHATSAPP, metro)).toBe('')
    expect(withoutFirstWords('How much is Lisbon? Je viens du métro. (metro)', WHATSAPP, metro)).toBe('How much is Lisbon?')
    expect(withoutFirstWords('Je viens du métro.', WHATSAPP, metro)).toBe('Je viens du métro.')
  })
  it('says nothing where it came by none, or by one of another channel', () => {
    for (const said of ['Bonjour', 'Bonjour (metro) et merci', '(flyer)', '(unknown)', ''])
      expect(sourceIn(said, WHATSAPP, links)).toBeNull()
  })
})
