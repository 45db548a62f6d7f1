/** The page over several processes, and over a restart: whoever watches sees the same as on one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EngineWire, openEngineWire } from '../support/engine-wire.ts'
import { openHouse, type TestHouse } from '../support/house.ts'
import { openBrowser } from '../support/visitor.ts'

const QUESTION = 'Quelle est la taille d’un bagage en cabine ?'
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
let house: TestHouse
let wire: EngineWire
beforeAll(async () => {
  wire = await openEngineWire()
  house = await openHouse({ role: 'web', env: { ENGINE_URL: wire.url } })
  await house.join('worker')
})
afterAll(async () => {
  await house.close()
  await wire.close()
})

describe('a page in one process and an engine asked in another', () => {
  it('shows the answer as it is written, whatever letters are in it', async () => {
    const words = ['Voilà ', '« 55 cm »\u0001 ', '👩‍💻 ', 'é'.repeat(3_000), ' fin [1].']
    const go = Promise.withResolvers<void>()
    wire.answer = async (script) => {
      for (const word of words.slice(0, 3)) {
        script.say(word)
        await pause(5)
      }
      await go.promise
      for (const word of words.slice(3)) script.say(word)
      script.finish()
    }
    const browser = openBrowser(house.url)
    await browser.write('Bonjour')
    const ear = await browser.listen()
    await browser.write(QUESTION)
    const first = await ear.next('writing')
    expect(String(first.text)).toContain('assistant IA')
    go.resolve()
    const message = await ear.next('message', ({ id }) => id === first.id)
    const shown = ear.heard
      .filter(({ event }) => event === 'writing')
      .reduce((text, { data }) => text.slice(0, Number(data.n)) + data.text, '')
    const text = (message.content as { text: string }).text
    expect(text.startsWith(shown.trim().slice(0, 500))).toBe(true)
    expect(shown.length).toBeGreaterThan(200)
    ear.close()
  })

  it('takes back what a person’s taking over ended', async () => {
    const go = Promise.withResolvers<void>()
    wire.answer = async (script) => {
      script.say('La valise de cabine mesure ')
      await go.promise
      script.finish()
    }
    const browser = openBrowser(house.url)
    await browser.write('Bonjour')
    const ear = await browser.listen()
    await browser.write(QUESTION)
    const { id } = await ear.next('writing')
    await browser.post({ id: 'person-0001', person: true })
    await ear.next('withdrawn', (data) => data.id === id)
    go.resolve()
    ear.close()
  })
})

describe('a restart', () => {
  it('is noticed by the page, which goes on where it was and misses nothing', async () => {
    const one = await house.join('all')
    const browser = openBrowser(house.url, 'site', (request) => one.app.fetch(request))
    wire.answer = (script) => script.html()
    await browser.write('Bonjour')
    const ear = await browser.listen('0')
    await ear.next('message', ({ by }) => by === 'assistant')
    const last = ear.lastId()
    await one.close()
    await house.until('the end of the stream', () => ear.ended())
    // Written by another tab, while nobody listened.
    const other = openBrowser(house.url)
    other.cookie = browser.cookie
    const ids = [await other.write('Un'), await other.write('Deux'), await other.write('Trois')]
    await house.until('all of them', async () => (await other.messages()).filter(({ by }) => by === 'me').length === 4)
    const again = await other.listen(last)
    await again.next('message', ({ clientId }) => clientId === ids[2])
    const heard = again.heard.filter(({ event }) => event === 'message').map(({ data }) => data.clientId)
    expect(heard.filter((one) => one !== undefined)).toEqual(ids)
    expect(JSON.stringify(again.heard)).not.toContain('"text":"Bonjour"')
    again.close()
  })
})
