import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { type Page, pageResponse } from './pages.ts'

const page = (type: string): Page => ({ body: new TextEncoder().encode('a'.repeat(1000)), type, etag: '"one"', lasting: true })
const ask = (type: string, headers: Record<string, string> = {}) => pageResponse(page(type), new Request('http://house/', { headers }))

it('text travels packed to whoever takes it so, under a tag of its own', async () => {
  const given = ask('text/css; charset=utf-8', { 'accept-encoding': 'br, gzip' })
  expect([given.headers.get('content-encoding'), given.headers.get('vary'), given.headers.get('etag')]).toEqual([
    'gzip',
    'accept-encoding',
    '"one-gz"',
  ])
  expect(gunzipSync(new Uint8Array(await given.arrayBuffer())).toString()).toBe('a'.repeat(1000))
  expect(ask('text/css', { 'accept-encoding': 'gzip', 'if-none-match': '"one-gz"' }).status).toBe(304)
})

it('to others, and where it is packed already, it travels as it is', async () => {
  expect(await ask('text/css').text()).toBe('a'.repeat(1000))
  expect(ask('text/css', { 'if-none-match': '"one-gz"' }).status).toBe(200)
  expect(ask('font/woff2', { 'accept-encoding': 'gzip' }).headers.get('content-encoding')).toBeNull()
})
