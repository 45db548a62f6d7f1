/** What follows a send that did not reach anybody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Business, MINUTE, openBusiness } from './business.ts'

let house: Business
beforeAll(async () => {
  house = await openBusiness()
})
afterAll(() => house.close())

describe('a message that fails after it was accepted', () => {
  it('by a passing fault: it goes again half a minute later, by itself', async () => {
    const user = house.stage.whatsapp.user({ phone: '+33614800001', name: 'Nour' })
    house.stage.whatsapp.faults.next(1, 'fails-later', { code: 131000 })
    user.sendText('bonjour')
    const [greeting] = await house.until('it put off', async () => {
      const rows = await house.sentTo(user)
      return rows[0]?.status === 'postponed' && rows
    })
    expect(user.received).toEqual([])
    house.stage.clock.advance(MINUTE)
    await house.until('the greeting', () => user.received.length === 1)
    await house.until('its receipt', async () => (await house.statusOf(greeting?.id ?? '')) === 'delivered')
    expect((await house.contactOf(user)).owner).toBe('journey')
  })

  it('for good: a person has the conversation', async () => {
    const user = house.stage.whatsapp.user({ phone: '+33614800002', name: 'Nour' })
    house.stage.whatsapp.faults.next(1, 'fails-later', { code: 131026 })
    user.sendText('bonjour')
    await house.until('the hand-over', async () => (await house.contactOf(user)).owner === 'agents')
    expect(user.received).toEqual([])
  })
})
