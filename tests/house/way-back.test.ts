/** From the brand's page back to WhatsApp, by a word that is written there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import type { Browser } from '../support/visitor.ts'
import { type Bridge, openBridge, textsOf } from './bridge.ts'
import { MINUTE } from './business.ts'

let house: Bridge
beforeAll(async () => {
  house = await openBridge()
})
afterAll(() => house.close())

describe('the way back', () => {
  const back = async (browser: Browser) => {
    const response = await browser.ask('/back', { method: 'POST', body: JSON.stringify({ channel: 'whatsapp' }) })
    return (await response.json()) as { url: string; word: string }
  }
  const writes = async (user: User, text: string, expected: string) => {
    const before = user.received.length
    user.sendText(text)
    await house.until(`“${expected}”`, () =>
      textsOf(user)
        .slice(before)
        .some((said) => said.includes(expected)),
    )
  }

  it('goes by a word that is written already, and makes one conversation of both', async () => {
    const browser = house.come()
    await browser.write('Je cherche une croisière pour deux')
    const { url, word } = await back(browser)
    expect(url).toMatch(/^https:\/\/wa\.me\/33465711000\?text=/)
    expect(decodeURIComponent(url)).toContain(word)
    const user = house.newcomer()
    await writes(user, `Je continue ici : ${word}`, 'Nous continuons ici')
    const { conversation } = await house.contactOf(user)
    const { body } = await house.call('agent', 'GET', `/conversations/${conversation}/messages`)
    expect(JSON.stringify(body)).toContain('croisière pour deux')
    expect(await house.crossingsOf(user)).toEqual(['returned'])
    // The page is shown nothing of the thread by a word that is written there.
    user.sendText('mon dossier est le 4711')
    await house.until(
      'the message',
      async () => (await house.connection.query("select 1 from message where content->>'text' like '%4711'")).length > 0,
    )
    expect(JSON.stringify(await browser.messages())).not.toContain('4711')
    // Twice: it is nobody's any more.
    await writes(house.newcomer(), word, 'Ce mot ne vaut pas')
  })

  it('does not take a word that is wrong, or late', async () => {
    const browser = house.come()
    await browser.write('Bonjour')
    const { word } = await back(browser)
    const [first, second] = word.split('-')
    await writes(house.newcomer(), `${first}-${second}-${word.endsWith('11') ? '12' : '11'}`, 'Ce mot ne vaut pas')
    house.stage.clock.advance(15 * MINUTE)
    await writes(house.newcomer(), word, 'Ce mot ne vaut pas')
  })

  it('joins nobody to who is known already: somebody else’s word opens nothing', async () => {
    const { user, path } = await house.offered(house.newcomer(), 'un poème sur Chloé')
    const browser = house.come()
    await house.open(browser, path, { carry: '1' })
    const { word } = await back(browser)
    const stranger = house.newcomer()
    await writes(stranger, word, 'Ce mot ne vaut pas')
    expect((await house.contactOf(stranger)).id).not.toBe((await house.contactOf(user)).id)
    const own = await back(browser)
    await writes(user, own.word, 'Nous continuons ici')
  })
})

it('is counted', async () => {
  expect(await house.counted()).toEqual(expect.arrayContaining(['returned']))
})
