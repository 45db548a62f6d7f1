/** Links to where the business may be written to, each with where it stands: a poster, a flyer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bridge, openBridge } from './bridge.ts'

let house: Bridge
beforeAll(async () => {
  house = await openBridge('links:\n  metro: { channel: whatsapp, source: affiche-metro }\n  flyer: { channel: site }\n')
})
afterAll(() => house.close())

describe('an entry link', () => {
  const sourcesOf = async (contact: string) =>
    (
      await house.connection.query<{ referral: string | null }>(
        "select data->>'referral' as referral from event where contact_id = $1 and kind = 'message.received' order by seq",
        [contact],
      )
    ).map(({ referral }) => referral)

  it('leads to the number with the first words written, and says where its customer comes from', async () => {
    const went = await house.open(house.come(), '/go/metro')
    expect(went.status).toBe(302)
    const words = new URL(went.location ?? '').searchParams.get('text') ?? ''
    const user = house.newcomer()
    user.sendText(words)
    await house.until('an answer', () => user.received.length > 0)
    expect(await sourcesOf((await house.contactOf(user)).id)).toEqual(['affiche-metro'])
    expect((await house.open(house.come(), '/go/none')).status).toBe(404)
  })

  it('leads to the page, and is kept with the first post', async () => {
    expect((await house.open(house.come(), '/go/flyer')).location).toBe('../chat/site?from=flyer')
    const browser = house.come()
    for (const [n, text] of ['Bonjour', 'Rebonjour'].entries())
      expect((await browser.post({ id: `from-flyer-${n}`, text, from: 'flyer' })).status).toBe(202)
    await house.until('both', async () => (await browser.messages()).filter(({ by }) => by === 'me').length === 2)
    const [row] = await house.connection.query<{ id: string }>("select contact_id as id from message where content->>'text' = 'Rebonjour'")
    expect(await sourcesOf(row?.id ?? '')).toEqual(['flyer', null])
  })

  it('is kept with a first file as well, and with the first alone', async () => {
    const browser = house.come()
    for (const name of ['un', 'deux']) {
      const file = { method: 'POST', body: `Fichier ${name}`, headers: { 'content-type': 'text/plain' } }
      expect((await browser.ask(`/files?id=file-from-flyer-${name}&name=flyer-${name}.txt&from=flyer`, file)).status).toBe(202)
    }
    await house.until('both', async () => (await browser.messages()).filter(({ by }) => by === 'me').length === 2)
    const [row] = await house.connection.query<{ id: string }>(
      "select contact_id as id from message where content->'media'->>'filename' = 'flyer-deux.txt'",
    )
    expect(await sourcesOf(row?.id ?? '')).toEqual(['flyer', null])
  })
})
