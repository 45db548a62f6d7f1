/** What a visitor sends as files, looks up as sources, takes away and erases: by HTTP, on the whole house. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHouse, type TestHouse } from '../support/house.ts'
import { type Browser, openBrowser } from '../support/visitor.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
const come = () => openBrowser(house.url)
const give = (browser: Browser, name: string, body: Uint8Array | ReadableStream, id = `file-${Math.random().toString(36).slice(2, 12)}`) =>
  browser.ask(`/files?id=${id}&name=${encodeURIComponent(name)}`, {
    method: 'POST',
    body: body as never,
    headers: { 'content-type': 'application/octet-stream' },
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  } as RequestInit)
const fileOf = async (browser: Browser) => {
  let digest = ''
  await house.until('the file in the thread', async () => {
    const said = (await browser.messages()).find(({ content }) => content?.type === 'media')
    digest = (said?.content as { media?: { digest?: string } } | undefined)?.media?.digest ?? ''
    return digest !== ''
  })
  return digest
}

describe('a file', () => {
  it('comes in by what it is, is in the thread, and goes out to its own visitor alone', async () => {
    const browser = come()
    expect((await give(browser, 'plage\u202E.exe', PNG)).status).toBe(202)
    const digest = await fileOf(browser)
    const [said] = await browser.messages()
    expect(said).toMatchObject({
      content: { type: 'media', kind: 'image', media: { mime: 'image/png', bytes: PNG.length, filename: 'plage.exe.png' } },
    })
    const given = await browser.ask(`/files/${digest}`)
    expect(Buffer.from(await given.arrayBuffer())).toEqual(PNG)
    expect(
      Object.fromEntries(
        ['content-type', 'x-content-type-options', 'content-security-policy'].map((name) => [name, given.headers.get(name)]),
      ),
    ).toEqual({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    })
    const other = come()
    await other.write('Bonjour')
    expect((await other.ask(`/files/${digest}`)).status).toBe(404)
    expect((await come().ask(`/files/${digest}`)).status).toBe(401)
    expect((await browser.ask('/files/..%2f..%2fsecret')).status).toBe(404)
  })

  it('is refused where it is hostile, empty, from elsewhere or of no id, and makes no visit', async () => {
    const browser = come()
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    expect((await give(browser, 'a.png', svg)).status).toBe(415)
    expect((await give(browser, 'a.png', Buffer.concat([PNG, Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]))).status).toBe(415)
    expect((await give(browser, 'a.txt', Buffer.alloc(0))).status).toBe(415)
    expect((await give(browser, 'a.png', PNG, 'x')).status).toBe(422)
    const foreign = await browser.ask('/files?id=foreign-01&name=a.png', {
      method: 'POST',
      body: PNG,
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(foreign.status).toBe(403)
    expect(browser.cookie).toBeNull()
  })

  it('is a word like any other: whoever sends only files is known for as long as whoever writes', async () => {
    const browser = come()
    await browser.write('Bonjour')
    house.stage.clock.advance(2 * 3_600_000)
    expect((await give(browser, 'plage.png', PNG)).headers.get('set-cookie')).toContain('Max-Age=7776000')
  })

  it('of 100 MB is cut off while it comes', async () => {
    const browser = come()
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        if (sent >= 100_000_000) controller.close()
        else {
          sent += 1_000_000
          controller.enqueue(new Uint8Array(1_000_000))
        }
      },
    })
    const answer = await give(browser, 'film.png', endless).catch(() => null)
    // Who is still sending may see the line cut before the answer.
    expect(answer?.status ?? 413).toBe(413)
    expect(sent).toBeLessThan(40_000_000)
  })
})

describe('a source', () => {
  it('opens at its passage for whom an answer cites it, and for nobody else', async () => {
    const browser = come()
    await browser.write('Quelle est la taille d’un bagage en cabine ?')
    let passage = ''
    await house.until('an answer with a source', async () => {
      const cited = (await browser.messages()).flatMap(({ citations }) => citations ?? [])[0] as { passage?: string } | undefined
      passage = cited?.passage ?? ''
      return passage !== ''
    })
    const source = await (await browser.ask(`/sources/${encodeURIComponent(passage)}`)).json()
    expect(source).toMatchObject({ title: expect.any(String), document: passage.split('#')[0], passage: expect.stringMatching(/bagage/i) })
    const other = come()
    await other.write('Bonjour')
    expect((await other.ask(`/sources/${encodeURIComponent(passage)}`)).status).toBe(404)
  })
})

describe('one’s own history', () => {
  it('is one JSON file of what one sees', async () => {
    const browser = come()
    await browser.write('Mon dossier est VL204518')
    await house.until('it to be in the thread', async () => (await browser.messages()).length > 0)
    const given = await browser.ask('/history')
    expect(given.headers.get('content-disposition')).toMatch(/^attachment; filename="conversation-\d{4}-\d\d-\d\d\.json"$/)
    const taken = (await given.json()) as { business: string; messages: { by: string; content: unknown }[] }
    expect(taken.business).toBe('Voyages Lumière')
    expect(taken.messages.at(-1)).toMatchObject({ by: 'me', content: { type: 'text', text: 'Mon dossier est VL204518' } })
  })

  it('is erased with its files, ends the visit on every page, and lets a new one begin', async () => {
    const browser = come()
    await give(browser, 'plage.png', PNG)
    const digest = await fileOf(browser)
    const ear = await browser.listen()
    const { cookie } = browser
    const foreign = await browser.ask('/history', { method: 'DELETE', headers: { 'sec-fetch-site': 'cross-site' } })
    expect(foreign.status).toBe(403)
    expect((await browser.ask('/history', { method: 'DELETE' })).status).toBe(204)
    expect(browser.cookie).toBeNull()
    await ear.next('gone')
    browser.cookie = cookie
    for (const path of ['/messages', '/history', `/files/${digest}`, '/events']) expect((await browser.ask(path)).status, path).toBe(401)
    expect((await browser.start()).visitor).toBeNull()
    await browser.write('Encore moi')
    await house.until('a new thread', async () => (await browser.messages()).length > 0)
    expect(JSON.stringify(await browser.messages())).not.toContain(digest)
  })
})
