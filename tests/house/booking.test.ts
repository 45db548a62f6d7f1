/** Who asks for a booking is told of it once they are known by its name: a reference alone can be read over somebody's shoulder. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openHouse, type TestHouse } from '../support/house.ts'
import { openBrowser } from '../support/visitor.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

it.each([
  ['fr', 'VL204518', 'Garnier', 'Mme LAURENT', 'À quel nom', 'Dossier VL204518, au nom de Camille Laurent', 'pas trouvé'],
  ['en', 'check my booking VL204815', 'Smith', 'Emily Carter', 'In whose name', 'Booking VL204815 for Emily Carter', 'not find'],
] as const)(
  'a stranger on the page (%s) is asked for the name as well, and without it told nothing',
  async (language, first, wrong, right, asks, told, not) => {
    const browser = openBrowser(house.url)
    const said = async () => (await browser.start()).messages.filter(({ by }) => by !== 'me').map(({ content }) => content.text ?? '')
    const after = async (text: string, words: string) => {
      const before = (await said()).length
      await browser.write(text)
      await house.until(`${words} after ${text}`, async () => (await said()).slice(before).some((one) => one.includes(words)))
    }
    if (language === 'en') await after('Hello, what can you do for me?', '')
    await after(first, asks)
    await after(wrong, not)
    expect((await said()).join()).not.toMatch(/Lisbonne|Paris|Laurent|Carter/u)
    await after(
      language === 'fr' ? 'Autre référence' : 'Try another one',
      language === 'fr' ? 'Quelle est votre référence' : 'What is your booking',
    )
    await after(first.slice(-8), asks)
    await after(right, told)
  },
)

it('somebody on WhatsApp by another name is asked for it too', async () => {
  const user = house.stage.whatsapp.user({ phone: '+33612000077', name: 'Hugo Lefèvre' })
  user.sendText('VL204518')
  const said = () => user.received.map(({ text }) => text ?? '').join('\n')
  await house.until('the question', () => said().includes('À quel nom'))
  user.sendText('Laurent')
  await house.until('the booking', () => said().includes('Dossier VL204518'))
})
