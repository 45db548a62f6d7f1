/** The contract's cases are about a far end at the wire. Here there is none: what is left of it is kept below. */
import { describe, expect, it } from 'vitest'
import type { Channel, Outgoing } from '../../core/channel.ts'
import { fitContent } from '../../core/fitting.ts'
import { asId } from '../../core/ids.ts'
import { toolsWith } from '../contract/tools.ts'
import { callback } from './index.ts'

const channel: Channel = callback
const never = () => new AbortController().signal
/** Calling out is an error: `toolsWith` has no network. */
const open = () => channel.open(callback.config.parse({}), toolsWith())
const message = (attempt: string): Outgoing => ({
  attempt: asId(attempt),
  to: { kind: 'sms', value: '+33612345678' },
  content: { type: 'call', text: 'Rappeler au sujet du dossier 42.' },
  category: 'service',
  language: 'fr',
})

describe('a call centre as a channel', () => {
  it('takes a request without calling anybody, and the same one twice is the same', async () => {
    const first = await open().send(message('att_1'), never())
    expect(first).toEqual({ type: 'accepted', vendorId: 'call:att_1' })
    expect(await open().send(message('att_1'), never())).toEqual(first)
    expect(await open().send(message('att_2'), never())).not.toEqual(first)
  })

  it('has no webhook: whatever comes is nobody’s', async () => {
    const { events, reply } = await open().receive(
      new Request('https://relais.example/webhooks/calls', { method: 'POST' }),
      new Uint8Array(),
    )
    expect([events, reply.status]).toEqual([[], 404])
  })

  it('is told every kind of content in words', () => {
    const link = fitContent({ type: 'link', text: 'Votre dossier', label: 'Ouvrir', url: 'https://a.fr/1' }, callback.capabilities)
    const buttons = fitContent({ type: 'buttons', text: 'Quand ?', buttons: [{ id: 'am', label: 'Matin' }] }, callback.capabilities)
    expect([...link, ...buttons].map(({ type }) => type)).toEqual(['text', 'text'])
  })

  it('refuses settings that make no sense', () => {
    for (const wrong of [{ tries: 0 }, { pauseMinutes: 1 }, { number: '+33' }]) expect(callback.config.safeParse(wrong).success).toBe(false)
    expect(callback.callsOf(callback.config.parse({ tries: 2, pauseMinutes: 30 }))).toEqual({ tries: 2, pauseMs: 1_800_000 })
  })
})
