import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { isSurelyUnsent } from '../core/certainty.ts'
import { type GuardedFetch, guardedFetch, publicLookup } from './guarded-fetch.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const serve = async (listener: RequestListener): Promise<{ port: number; server: Server }> => {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, server }
}

const open = (allowHosts: readonly string[], lookup?: LookupFunction): GuardedFetch => {
  const fetch = guardedFetch(lookup ? { allowHosts, lookup } : { allowHosts })
  closing.push(() => fetch.close())
  return fetch
}

/** Answers each look-up with the next list, and counts. */
const scriptedLookup = (answers: readonly (readonly string[])[]) => {
  const asked: string[] = []
  const lookup: LookupFunction = (host, options, done) => {
    const list = answers[Math.min(asked.length, answers.length - 1)] ?? []
    asked.push(host)
    const found = list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) done(null, found)
    else done(null, found[0]?.address ?? '', found[0]?.family ?? 4)
  }
  return { lookup, asked }
}

const refused = { name: 'RelaisError', code: 'address-refused' }
const get = (url: string, init?: RequestInit) => new Request(url, init)

describe('an address from strangers', () => {
  const literals = [
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://192.0.0.1/',
    'http://0.0.0.0/',
    'http://224.0.0.1/',
    'http://[::1]/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
  ]
  for (const url of literals)
    it(`is refused where it is private: ${url}`, async () => {
      await expect(open([])(get(url))).rejects.toMatchObject(refused)
    })

  it('is refused at another port, with credentials, or by another protocol', async () => {
    for (const url of ['http://8.8.8.8:8080/', 'https://a.example:22/', 'ftp://a.example/', 'file:///etc/passwd'])
      await expect(open([])(get(url))).rejects.toMatchObject(refused)
  })

  it('is refused where its name leads to a private address, even beside public ones, and nothing was sent', async () => {
    for (const found of [['10.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::1'], ['::ffff:169.254.169.254'], []]) {
      const failed: unknown = await open([], scriptedLookup([found]).lookup)(get('http://a.example/')).catch((error: unknown) => error)
      expect(failed).toMatchObject(refused)
      expect(isSurelyUnsent(failed)).toBe(true)
    }
  })

  it('is called at exactly the address that was checked: what DNS says next is never asked', async () => {
    const { lookup, asked } = scriptedLookup([['8.8.8.8', '2001:4860:4860::8888'], ['127.0.0.1']])
    const found = await new Promise((resolve) =>
      publicLookup(lookup)('flips.example', { all: true }, (error, list) => resolve(error ?? list)),
    )
    expect(found).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2001:4860:4860::8888', family: 6 },
    ])
    const again = await new Promise((resolve) => publicLookup(lookup)('flips.example', {}, resolve))
    expect(again).toMatchObject(refused)
    expect(asked.length).toBe(2)
  })

  it('is looked up once for a connection, by the connection itself', async () => {
    const { port } = await serve((_, response) => response.end('once'))
    const { lookup, asked } = scriptedLookup([['127.0.0.1'], ['127.0.0.2']])
    expect(await (await open(['a.example'], lookup)(get(`http://a.example:${port}/`))).text()).toBe('once')
    expect(asked).toEqual(['a.example'])
  })

  it('is checked again at every redirect', async () => {
    for (const location of [
      'http://169.254.169.254/latest/meta-data/',
      'http://[::ffff:127.0.0.1]/',
      '//127.0.0.1/',
      'file:///etc/passwd',
    ]) {
      const { port } = await serve((_, response) => response.writeHead(302, { location }).end())
      await expect(open([`127.0.0.1:${port}`])(get(`http://127.0.0.1:${port}/`))).rejects.toMatchObject(refused)
    }
  })
})

describe('a host of the operator’s own settings', () => {
  it('may be private and at any port, but only that port where one is named', async () => {
    const { port } = await serve((_, response) => response.end('hello'))
    expect(await (await open([`127.0.0.1:${port}`])(get(`http://127.0.0.1:${port}/`))).text()).toBe('hello')
    expect(await (await open(['127.0.0.1'])(get(`http://127.0.0.1:${port}/`))).text()).toBe('hello')
    await expect(open(['127.0.0.1:1'])(get(`http://127.0.0.1:${port}/`))).rejects.toMatchObject(refused)
  })

  it('gets method, headers and body as they are, and its answer comes back whole', async () => {
    const { port } = await serve(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(Buffer.from(chunk))
      const echo = {
        method: request.method,
        path: request.url,
        token: request.headers.authorization,
        body: Buffer.concat(chunks).toString(),
      }
      response.writeHead(418, { 'x-two': ['a', 'b'], 'content-type': 'application/json' }).end(JSON.stringify(echo))
    })
    const request = get(`http://127.0.0.1:${port}/p?q=1`, { method: 'POST', headers: { authorization: 'Bearer x' }, body: 'é' })
    const response = await open([`127.0.0.1:${port}`])(request)
    expect([response.status, response.headers.get('x-two')]).toEqual([418, 'a, b'])
    expect(await response.json()).toEqual({ method: 'POST', path: '/p?q=1', token: 'Bearer x', body: 'é' })
  })

  it('streams a large answer', async () => {
    const { port } = await serve((_, response) => response.end(Buffer.alloc(300_000, 7)))
    const response = await open([`127.0.0.1:${port}`])(get(`http://127.0.0.1:${port}/`))
    expect((await response.arrayBuffer()).byteLength).toBe(300_000)
  })

  it('is followed where it moves, without the token once the host is another', async () => {
    const tokens: (string | undefined)[] = []
    const second = await serve((request, response) => {
      tokens.push(request.headers.authorization)
      response.end('there')
    })
    const first = await serve((request, response) => {
      tokens.push(request.headers.authorization)
      response.writeHead(302, { location: `http://127.0.0.1:${second.port}/` }).end()
    })
    const fetch = open([`127.0.0.1:${first.port}`, `127.0.0.1:${second.port}`])
    const init = { headers: { authorization: 'Bearer x' } }
    expect(await (await fetch(get(`http://127.0.0.1:${first.port}/`, init))).text()).toBe('there')
    expect(tokens).toEqual(['Bearer x', undefined])
  })

  it('is not followed for a POST or where the caller said so, and never for ever', async () => {
    const { port } = await serve((_, response) => response.writeHead(307, { location: '/' }).end())
    const fetch = open([`127.0.0.1:${port}`])
    expect((await fetch(get(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x' }))).status).toBe(307)
    expect((await fetch(get(`http://127.0.0.1:${port}/`, { redirect: 'manual' }))).status).toBe(307)
    await expect(fetch(get(`http://127.0.0.1:${port}/`))).rejects.toMatchObject(refused)
  })

  it('keeps its connection for the next call', async () => {
    const sockets = new Set<unknown>()
    const { port } = await serve((request, response) => {
      sockets.add(request.socket)
      response.end('ok')
    })
    const fetch = open([`127.0.0.1:${port}`])
    for (let call = 0; call < 5; call++) await (await fetch(get(`http://127.0.0.1:${port}/`, { method: 'POST', body: `${call}` }))).text()
    // A second one may be opened while the first answer is being put away.
    expect(sockets.size).toBeLessThanOrEqual(2)
  })

  it('tells a refused connection, which sent nothing, from a reset one, which may have', async () => {
    const { port } = await serve((request) => request.socket.resetAndDestroy())
    const reset: unknown = await open([`127.0.0.1:${port}`])(get(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x' })).catch(
      (e: unknown) => e,
    )
    expect(isSurelyUnsent(reset)).toBe(false)
    const { port: gone, server } = await serve(() => {})
    server.close()
    await once(server, 'close')
    const refusal: unknown = await open([`127.0.0.1:${gone}`])(get(`http://127.0.0.1:${gone}/`)).catch((e: unknown) => e)
    expect(isSurelyUnsent(refusal)).toBe(true)
  })
})

describe('an answer that nobody wants', () => {
  it('is given up without harm, though more of it lies there already', async () => {
    const { port } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.write('<!doctype html>')
      response.write('x'.repeat(100_000))
    })
    const fetch = open([`127.0.0.1:${port}`])
    for (let n = 0; n < 20; n += 1) {
      const response = await fetch(get(`http://127.0.0.1:${port}/`))
      await response.body?.cancel()
    }
    // What is thrown late would end the process: it counts as this test's.
    await new Promise((resolve) => setTimeout(resolve, 50))
  })
})
