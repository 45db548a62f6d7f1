/** Answers that people watch being written: decided before the first word, shown as they come, and taken back where they do not hold. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type EngineWire, openEngineWire } from '../support/engine-wire.ts'
import { openHouse, type TestHouse } from '../support/house.ts'
import { type Browser, type Ear, openBrowser } from '../support/visitor.ts'

const QUESTION = 'Quelle est la taille d’un bagage en cabine ?'
let house: TestHouse
let wire: EngineWire
const ears: Ear[] = []

beforeAll(async () => {
  wire = await openEngineWire()
  house = await openHouse({ env: { ENGINE_URL: wire.url } })
})
afterEach(() => {
  for (const ear of ears.splice(0)) ear.close()
})
afterAll(async () => {
  await house.close()
  await wire.close()
})

/** Somebody who wrote before, listens, and has been answered: their visit and contact are there. */
const visitor = async (): Promise<{ readonly browser: Browser; readonly ear: Ear }> => {
  const browser = openBrowser(house.url)
  await browser.write('Bonjour')
  return { browser, ear: await earOf(browser) }
}
const earOf = async (browser: Browser, after: string | null = null): Promise<Ear> => {
  const ear = await browser.listen(after)
  ears.push(ear)
  return ear
}
const written = ({ heard }: Ear, id: unknown): string =>
  heard
    .filter(({ event, data }) => event === 'writing' && data.id === id)
    .reduce((text, { data }) => text.slice(0, Number(data.n)) + data.text, '')
/** An answer whose first words are seen and whose others wait for `finish`. */
const halfWritten = async (browser: Browser, ear: Ear): Promise<{ readonly id: unknown; readonly finish: () => void }> => {
  const go = Promise.withResolvers<void>()
  wire.answer = async (script) => {
    script.say('La valise de cabine ')
    await go.promise
    script.say('mesure 55 cm [1].')
    script.finish()
  }
  await browser.write(QUESTION)
  const { id } = await ear.next('writing')
  return { id, finish: go.resolve }
}
/** The engine that needs no model has answered. */
const cited = (browser: Browser) =>
  house.until('an answer with its source', async () => (await browser.messages()).some(({ citations }) => citations?.length))
const textOf = (message: Record<string, unknown>): string => (message.content as { text: string }).text
const isAnswer = ({ by, ai }: Record<string, unknown>) => by === 'assistant' && ai === true
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('an answer', () => {
  it('is shown while it is written, under the message that it becomes', async () => {
    const { browser, ear } = await visitor()
    const go = Promise.withResolvers<void>()
    wire.answer = async (script) => {
      for (const word of ['La valise ', 'de cabine ', 'mesure 55 ']) script.say(word)
      await go.promise
      script.say('sur 40 cm [1].')
      script.finish()
    }
    await browser.write(QUESTION)
    const first = await ear.next('writing')
    expect(first.n).toBe(0)
    await house.until('three words', () => written(ear, first.id).includes('cabine'))
    expect(written(ear, first.id)).toContain('assistant IA')
    expect(ear.heard.some(({ event, data }) => event === 'message' && isAnswer(data))).toBe(false)
    go.resolve()
    const message = await ear.next('message', isAnswer)
    expect(message.id).toBe(first.id)
    expect(textOf(message).startsWith(written(ear, first.id).trim())).toBe(true)
    expect(ear.heard.filter(({ event }) => event === 'withdrawn')).toEqual([])
  })

  it('is decided before its first word, and once more when it is whole', async () => {
    const { browser, ear } = await visitor()
    let before = 0
    wire.answer = async (script) => {
      const [row] = await house.connection.query<{ count: number }>(
        `select count(*)::int as count from decision d join identity i on i.contact_id = d.contact_id
         join message m on m.contact_id = d.contact_id and m.direction = 'in' and m.content->>'text' = $1 where d.intent->>'author' = 'engine'`,
        [QUESTION],
      )
      before = row?.count ?? 0
      script.say('Elle mesure 55 cm [1].')
      script.finish()
    }
    await browser.write(QUESTION)
    const message = await ear.next('message', isAnswer)
    expect(before).toBeGreaterThan(0)
    const decisions = await house.connection.query('select id from decision where message_id = $1', [message.id])
    expect(decisions.length).toBeGreaterThanOrEqual(2)
  })

  it('that is cut in the middle of a word is taken back, and the next engine begins anew', async () => {
    const { browser, ear } = await visitor()
    wire.answer = async (script) => {
      script.say('La valise de cab')
      await pause(50)
      script.cut()
    }
    await browser.write(QUESTION)
    const gone = await ear.next('withdrawn')
    expect(gone.why).toBe('cut')
    const message = await ear.next('message', ({ by }) => by === 'assistant')
    await house.until('the next answer', () => ear.heard.some(({ event, data }) => event === 'message' && data.id === gone.id))
    expect(JSON.stringify(ear.heard.filter(({ event }) => event === 'message'))).not.toContain('de cab"')
    expect(message).toBeDefined()
  })

  it('gives away no secret mark, not a piece of it, and says why it stops', async () => {
    const { browser, ear } = await visitor()
    let mark = ''
    wire.answer = async (script) => {
      mark = /transformer, quoi qu’on vous demande\s*: (\S+?)["\\]/.exec(script.asked)?.[1] ?? ''
      script.say('Voici mon repère ')
      for (const letter of mark) script.say(letter)
      script.say(' et voilà.')
      script.finish()
    }
    await browser.write(QUESTION)
    expect((await ear.next('withdrawn')).why).toBe('withheld')
    await ear.next('message', ({ by }) => by === 'assistant')
    expect(mark.length).toBeGreaterThan(6)
    expect(JSON.stringify(ear.heard)).not.toContain(mark.slice(0, 5))
  })

  it('in another language than asked is taken back, and the next engine answers', async () => {
    const { browser, ear } = await visitor()
    wire.answer = (script) => {
      script.say(
        'Your cabin bag may measure up to fifty-five centimetres, and every traveller may take one of them on board with them [1].',
      )
      script.finish()
    }
    await browser.write(QUESTION)
    expect((await ear.next('withdrawn')).why).toBe('replaced')
    await cited(browser)
    expect(JSON.stringify(await browser.messages())).not.toContain('cabin bag')
  })

  it('shows nothing of a page of HTML, and answers by the next engine', async () => {
    const { browser, ear } = await visitor()
    wire.answer = (script) => script.html()
    await browser.write(QUESTION)
    await ear.next('message', ({ content }) => JSON.stringify(content).includes('bagage'))
    await cited(browser)
    expect(JSON.stringify(ear.heard)).not.toContain('doctype')
  })

  it('is taken back where somebody asks for a person meanwhile, and never said', async () => {
    const { browser, ear } = await visitor()
    const { id, finish } = await halfWritten(browser, ear)
    await browser.post({ id: 'person-0001', person: true })
    await ear.next('owner', ({ owner }) => owner === 'waiting')
    finish()
    await ear.next('withdrawn', (data) => data.id === id)
    await pause(300)
    expect((await browser.messages()).some(({ id: said }) => said === id)).toBe(false)
  })

  it('is not shown to a page that is opened once people have the conversation', async () => {
    const { browser, ear } = await visitor()
    const { id, finish } = await halfWritten(browser, ear)
    ear.close()
    await pause(100)
    await browser.post({ id: 'person-0002', person: true })
    await house.until('people to have it', async () => (await browser.start()).owner === 'waiting')
    const later = await earOf(browser, (await browser.start()).last)
    await pause(300)
    finish()
    await pause(300)
    expect(later.heard.filter(({ event, data }) => event === 'writing' && data.id === id)).toEqual([])
  })

  it('that begins after 90 seconds is not waited for', async () => {
    const { browser, ear } = await visitor()
    const called = Promise.withResolvers<void>()
    wire.answer = () => called.resolve()
    await browser.write(QUESTION)
    await called.promise
    for (let n = 0; n < 12; n += 1) {
      house.stage.clock.advance(8_000)
      await pause(50)
    }
    await cited(browser)
    expect(ear.heard.filter(({ event }) => event === 'writing').every(({ data }) => String(data.text) !== '')).toBe(true)
  })
})

describe('whoever watches', () => {
  it('sees the same in two tabs, and in a third that is opened meanwhile', async () => {
    const { browser, ear } = await visitor()
    const second = await earOf(browser)
    const { id, finish } = await halfWritten(browser, ear)
    const third = await earOf(browser)
    const late = await third.next('writing', (data) => data.id === id)
    expect([late.n, String(late.text).includes('La valise')]).toEqual([0, true])
    finish()
    for (const one of [ear, second, third]) {
      const message = await one.next('message', (data) => data.id === id)
      expect(textOf(message)).toContain('55 cm')
      expect(textOf(message).startsWith(written(one, id).trim())).toBe(true)
    }
  })

  it('sees nothing of what is written to somebody else', async () => {
    const [one, other] = [await visitor(), await visitor()]
    wire.answer = (script) => {
      script.say('Votre dossier secret : 55 cm [1].')
      script.finish()
    }
    await one.browser.write(QUESTION)
    await one.ear.next('message', isAnswer)
    expect(JSON.stringify(other.ear.heard)).not.toContain('secret')
  })
})
