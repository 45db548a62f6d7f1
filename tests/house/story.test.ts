/** The main story, over real HTTP and a real database: a customer writes, and is answered within the rules. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHouse, type TestHouse } from '../support/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const said = (user: { received: readonly { text?: string | undefined }[] }) => user.received.map((message) => message.text ?? '').join('\n')

describe('a customer on WhatsApp', () => {
  it('looks a booking up through the journey', async () => {
    const user = house.stage.whatsapp.user({ phone: '+33612000001', name: 'Camille Laurent' })
    user.sendText('menu')
    await house.until('the menu', () => user.received.length >= 1)
    user.sendText('voir ma réservation')
    await house.until('the question for the reference', () => user.received.length >= 2)
    user.sendText('VL204518')
    await house.until('the booking', () => said(user).includes('Dossier VL204518'))
    expect(said(user)).toContain('samedi 8 mai 2027')
  })

  it('gives the reference with the question, and is not asked for it', async () => {
    const user = house.stage.whatsapp.user({ phone: '+33612000004', name: 'Camille Laurent' })
    user.sendText('Où en est ma réservation VL204518 ?')
    await house.until('the booking', () => said(user).includes('Dossier VL204518'))
    expect(user.received[0]?.text).toContain('Dossier VL204518')
  })

  it('starts the look-up by a question as French sets it', async () => {
    const user = house.stage.whatsapp.user({ phone: '+33612000005', name: 'Léo' })
    user.sendText('Où en est ma réservation\u00a0?')
    await house.until('the question for the reference', () => said(user).includes('Quelle est votre référence'))
    user.sendText('Où en est ma réservation ?')
    await house.until('the question again', () => user.received.length >= 2)
    expect(user.received[1]?.text).toContain('Quelle est votre référence')
  })

  it('gets an answer from the knowledge, with its source', async () => {
    const user = house.stage.whatsapp.user({ phone: '+33612000002', name: 'Nour' })
    user.sendText('Combien coûte une annulation ?')
    const text = await house.until('the answer', () => said(user).includes('Source\u00a0:') && said(user))
    expect(text).toContain('annul')
  })

  it('is handed to a person when asking for one, and nothing automatic speaks afterwards', async () => {
    const user = house.stage.whatsapp.user({ phone: '+33612000003', name: 'Ali' })
    user.sendText('Je veux parler à un conseiller')
    await house.until('the notice', () => said(user).includes('conseiller'))
    const before = user.received.length
    user.sendText('menu')
    await house.until(
      'the second message stored',
      async () =>
        (
          await house.connection.query(
            "select 1 from message m join identity i on i.contact_id = m.contact_id where i.value = '+33612000003' and m.direction = 'in'",
          )
        ).length === 2,
    )
    const [conversation] = await house.connection.query<{ owner: string }>(
      "select owner from conversation v join identity i on i.contact_id = v.contact_id where i.value = '+33612000003'",
    )
    expect(conversation?.owner).toBe('agents')
    expect(user.received.length).toBe(before)
  })

  it('every message that left has a decision and an attempt that names it', async () => {
    const lost = await house.connection.query(
      "select id from message m where direction = 'out' and status in ('accepted', 'sent', 'delivered', 'read') and not exists (select 1 from attempt a join decision d on d.id = a.decision_id where a.message_id = m.id)",
    )
    expect(lost).toEqual([])
  })
})
