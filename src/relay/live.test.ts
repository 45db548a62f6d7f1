import { describe, expect, it } from 'vitest'
import { asId, type ContactId, type MessageId } from '../core/ids.ts'
import type { Frame } from '../core/visitor.ts'
import { createLive } from './live.ts'

const ANA = asId<ContactId>('con_ana')
const BEN = asId<ContactId>('con_ben')
const id = asId<MessageId>('msg_1')
const piece = (n: number, text: string, of = id): Frame => ({ type: 'writing', id: of, n, text })
const ear = (live = createLive(), contact = ANA) => {
  const heard: Frame[] = []
  return { live, heard, stop: live.hear(contact, (frame) => heard.push(frame)) }
}

describe('what is being written', () => {
  it('is heard by all who watch that contact, and by nobody else', () => {
    const { live, heard } = ear()
    const [second, other] = [ear(live), ear(live, BEN)]
    live.say(ANA, piece(0, 'La '))
    live.say(ANA, piece(3, 'valise'))
    expect(heard).toEqual([piece(0, 'La '), piece(3, 'valise')])
    expect(second.heard).toEqual(heard)
    expect(other.heard).toEqual([])
  })

  it('is told from its beginning to who comes later, until it is whole or taken back', () => {
    const { live } = ear()
    live.say(ANA, piece(0, 'La '))
    live.say(ANA, piece(3, 'valise'))
    expect(ear(live).heard).toEqual([piece(0, 'La valise')])
    live.say(ANA, { type: 'whole', id })
    expect(ear(live).heard).toEqual([])
    live.say(ANA, piece(0, 'Elle'))
    live.say(ANA, { type: 'withdrawn', id, why: 'cut' })
    expect(ear(live).heard).toEqual([])
  })

  it('begins anew with a piece at 0, and leaves out one that follows nothing', () => {
    const { live, heard } = ear()
    live.say(ANA, piece(5, 'lost'))
    live.say(ANA, piece(0, 'Un'))
    live.say(ANA, piece(0, 'Deux'))
    live.say(ANA, piece(9, 'lost'))
    expect(heard).toEqual([piece(0, 'Un'), piece(0, 'Deux')])
    expect(ear(live).heard).toEqual([piece(0, 'Deux')])
  })

  it('is taken back once people have the conversation, and not heard again', () => {
    const { live, heard } = ear()
    live.say(ANA, piece(0, 'La '))
    live.drop(ANA)
    live.say(ANA, piece(3, 'valise'))
    expect(heard).toEqual([piece(0, 'La '), { type: 'withdrawn', id, why: 'replaced' }])
  })

  it('is kept for a thousand at most, the newest', () => {
    const live = createLive()
    for (let n = 0; n < 1_500; n += 1) live.say(ANA, piece(0, 'a', asId<MessageId>(`msg_${n}`)))
    expect(ear(live).heard.length).toBe(1_000)
  })

  it('is heard no more by who left', () => {
    const { live, heard, stop } = ear()
    stop()
    live.say(ANA, piece(0, 'La '))
    expect(heard).toEqual([])
  })
})
