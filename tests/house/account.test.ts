/** Who is signed in on the business's site, and so on the brand's page. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bridge, openBridge } from './bridge.ts'

let house: Bridge
beforeAll(async () => {
  house = await openBridge()
})
afterAll(() => house.close())

describe('who is signed in on the site', () => {
  it('is linked once they agree, on any browser, and unlinked as easily', async () => {
    const browser = house.come()
    await browser.write('Je pense à une croisière')
    expect((await house.signIn(browser, await house.signed(), false)).status).toBe(422)
    expect((await house.signIn(browser, await house.signed())).status).toBe(204)
    expect((await browser.start()).visitor).toMatchObject({ shows: 'thread', account: true })
    expect(JSON.stringify(await browser.messages())).toContain('croisière')
    const second = house.come()
    expect((await house.signIn(second, await house.signed())).status).toBe(204)
    expect(JSON.stringify(await second.messages())).toContain('croisière')
    const consents = await house.connection.query("select given, words from consent where channel_kind = 'account' order by seq")
    expect(consents[0]).toMatchObject({ given: true, words: expect.stringContaining('mon compte') })

    expect((await browser.ask('/account', { method: 'DELETE' })).status).toBe(204)
    expect((await browser.start()).visitor).toBeNull()
    expect((await second.start()).visitor).not.toBeNull()
  })

  it('is nobody by a token of the wrong key, of no algorithm, expired, too long, used, or meant for others', async () => {
    const used = await house.signed({ sub: 'customer-2', jti: 'once' })
    expect((await house.signIn(house.come(), used)).status).toBe(204)
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${used.split('.')[1]}.`
    const wrong = {
      replayed: used,
      replayedByNumber: await house.signed({ sub: 'customer-3', jti: 'once' }),
      key: await house.signed({}, { key: 'another secret, that nobody here has' }),
      none,
      expired: await house.signed({}, { minutes: -2 }),
      long: await house.signed({}, { minutes: 60 }),
      audience: await house.signed({}, { audience: 'another' }),
      issuer: await house.signed({}, { issuer: 'https://elsewhere.example' }),
      noNumber: await house.signed({ jti: undefined }),
      nonsense: 'not.a.token',
    }
    for (const [why, token] of Object.entries(wrong)) {
      const browser = house.come()
      const response = await house.signIn(browser, token)
      expect([why, response.status, browser.cookie]).toEqual([why, 401, null])
      expect(await response.json()).toMatchObject({ code: 'account-token' })
    }
  })

  it('is another person than whoever came by a link and has an account of their own', async () => {
    const { path } = await house.offered(house.newcomer(), 'un poème sur Denise')
    const browser = house.come()
    await house.open(browser, path, { carry: '1' })
    expect((await house.signIn(browser, await house.signed({ sub: 'denise' }))).status).toBe(204)
    expect(JSON.stringify(await browser.messages())).toContain('Denise')
    expect((await house.signIn(browser, await house.signed({ sub: 'her-son' }))).status).toBe(204)
    expect(JSON.stringify(await browser.messages())).not.toContain('Denise')
  })
})

it('is counted at every step', async () => {
  expect(await house.counted()).toEqual(expect.arrayContaining(['linked', 'unlinked']))
})
