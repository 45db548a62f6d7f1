import { describe, expect, it } from 'vitest'
import { SEAL } from '../../core/visitor.ts'
import { channelContract } from '../contract/index.ts'
import { toolsWith } from '../contract/tools.ts'
import { config } from './config.ts'
import { web } from './index.ts'

const { seal } = toolsWith()
const settings = config.parse({})
const sealed = (body: Uint8Array, by = seal) =>
  new Request('https://relais.example/webhooks/under-test', { method: 'POST', headers: { [SEAL]: by(new TextDecoder().decode(body)) } })
const NOBODY = 'nobody is called: the message lies in the house'

channelContract({
  channel: web,
  make: (tools) => web.open(settings, tools),
  secrets: [seal('')],
  sign: (body) => sealed(body),
  tampered: (body) => ({
    'another channel’s seal': sealed(body, (text) => seal(`other ${text}`)),
    'no seal': new Request('https://relais.example/webhooks/under-test', { method: 'POST' }),
  }),
  fixtures: new URL('./fixtures/', import.meta.url),
  to: { kind: 'web', value: 'vis_1' },
  accepted: { answer: { status: 200, body: '' }, vendorId: 'att_contract' },
  refusals: [],
  garbled: [],
  throttled: null,
  skip: [
    { case: 'accepted', reason: NOBODY },
    { case: 'uncertain', reason: NOBODY },
    { case: 'unsent', reason: NOBODY },
  ],
})

describe('the house’s own page as a channel', () => {
  it('takes a message without calling anybody, and the same one twice is the same', async () => {
    const message = {
      to: { kind: 'web', value: 'vis_1' },
      content: { type: 'text', text: 'Bonjour' },
      category: 'service',
      language: 'fr',
    } as const
    const open = web.open(settings, toolsWith())
    const send = (attempt: string) => open.send({ ...message, attempt: attempt as never }, new AbortController().signal)
    expect(await send('att_1')).toEqual({ type: 'accepted', vendorId: 'att_1' })
    expect(await send('att_1')).toEqual(await send('att_1'))
  })

  it('keeps two visitors apart who chose the same id', async () => {
    const idOf = async (visitor: string) => {
      const body = new TextEncoder().encode(
        JSON.stringify({ visitor, at: 1, kind: 'message', id: 'same-id', content: { type: 'text', text: 'a' } }),
      )
      return (await web.open(settings, toolsWith()).receive(sealed(body), body)).events[0]?.vendorId
    }
    expect(await idOf('vis_1')).not.toBe(await idOf('vis_2'))
  })

  it('refuses settings that make no sense, and draws the page by the others', () => {
    for (const wrong of [
      { origins: ['https://a.fr/path'] },
      { origins: ['javascript:1'] },
      { look: { accent: 'teal' } },
      { welcome: 'Bonjour' },
    ])
      expect(config.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false)
    expect(web.chatOf(config.parse({ origins: ['https://a.fr'], welcome: { fr: 'Bonjour', en: 'Hello' } }))).toEqual({
      origins: ['https://a.fr'],
      look: { accent: '#0B5C5E', accentDark: null, logo: null },
      welcome: { fr: 'Bonjour', en: 'Hello' },
      signIn: null,
    })
  })
})
