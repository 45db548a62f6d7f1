/** A general question, through the whole house: on the demo's number it is turned away, with the address of a channel for all subjects where there is one. */
import { afterEach, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Business, openBusiness } from './business.ts'

const ADDRESS = 'https://chat.voyages-lumiere.example'
/** A second number of the house, for all subjects. */
const CHAT = `
  chat:
    kind: whatsapp
    phoneNumberId: "106540352242999"
    businessAccountId: "102290129340398"
    number: "+33465711009"
    accessToken: "\${WHATSAPP_TOKEN}"
    appSecret: "\${WHATSAPP_APP_SECRET}"
    verifyToken: "\${WHATSAPP_VERIFY_TOKEN}"
    apiUrl: "\${WHATSAPP_API_URL}"
    apiVersion: v26.0
    scope: general
    url: ${ADDRESS}
`
const withChat = (text: string) => text.replace('\n\nengines:', `${CHAT}\nengines:`)

let house: Business
afterEach(() => house.close())

const asked = async (user: User, text: string) => {
  user.sendText(text)
  await house.until('an answer', () => user.received.length > 0)
  return user.received
}
type Explained = { readonly words: { readonly parts: readonly { readonly lines: readonly { readonly text: string }[] }[] } }
const explained = async (message: string): Promise<string> => {
  const { body } = await house.call('admin', 'GET', `/messages/${message}/explanation`)
  return (body as Explained).words.parts.flatMap(({ lines }) => lines.map(({ text }) => text)).join('\n')
}

it('gets one kind sentence, and no engine sees it; the explanation says that it is the business’s choice', async () => {
  house = await openBusiness()
  const user = house.newcomer()
  const received = await asked(user, 'écris-moi un poème sur la mer')
  expect(received.map(({ text }) => text)).toEqual([expect.stringContaining('je ne peux pas répondre ici à cette question.')])
  expect(house.stage.engine.ledger).toEqual([])
  const [row] = await house.sentTo(user)
  const told = await explained(row?.id ?? '')
  expect(told).toMatch(/Le client avait écrit.*écris-moi un poème sur la mer/)
  expect(told).toMatch(/C’est l’entreprise elle-même qui le veut.*ni la plateforme ni la loi ne l’exigent\./)
  expect(told).toContain('Un canal réservé aux affaires de l’entreprise ne répond pas aux questions d’un autre ordre')
})

it('gets the address of a channel that answers anything beside the sentence, as a link to tap', async () => {
  house = await openBusiness({ changed: { 'relais.yaml': withChat } })
  const user = house.newcomer()
  const [said] = await asked(user, 'écris-moi un poème sur la mer')
  expect(JSON.stringify(said)).toContain(ADDRESS)
  expect(said?.text).toContain('vous pouvez la poser à cette adresse')
  expect(house.stage.engine.ledger).toEqual([])
})
