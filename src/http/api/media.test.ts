/** A customer's file, as an agent gets to see it. */
import { describe, expect, it } from 'vitest'
import { MESSAGE, message, open, reading } from '../../../tests/support/api.ts'
import type { MediaRef } from '../../core/content.ts'
import type { Digest } from '../../core/ids.ts'
import type { MessageView } from '../../core/reading.ts'

const BYTES = 'the bytes'
const digest = 'a'.repeat(64) as Digest
const photo: MediaRef = { mime: 'image/png', digest, bytes: BYTES.length }

const withMedia = (media: MediaRef, change: Partial<MessageView> = {}) => {
  const said: MessageView = { ...message, direction: 'in', content: { type: 'media', kind: 'image', media }, ...change }
  return open({
    reading: { ...reading, message: async (id) => (id === MESSAGE ? said : null) },
    media: async (asked) => (asked === digest ? new Blob([BYTES]) : null),
  })
}
const get = async (media: MediaRef, change?: Partial<MessageView>) =>
  (await withMedia(media, change)).call('read', 'GET', `/media/${MESSAGE}`)

describe('the file of a message', () => {
  it('is shown to whoever may read, with the type it has, and kept by nobody on the way', async () => {
    const response = await get(photo)
    expect([response.status, await response.text()]).toEqual([200, BYTES])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': '9',
      'content-disposition': 'inline',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    })
  })

  it('is saved, never shown, where it is no picture that a browser cannot run', async () => {
    for (const mime of ['application/pdf', 'text/html', 'image/svg+xml', 'text/plain'])
      expect((await get({ ...photo, mime })).headers.get('content-disposition')).toBe('attachment')
  })

  it('is saved under the name it was sent with, however that was written', async () => {
    const named = await get({ ...photo, mime: 'application/pdf', filename: 'réservation "été"\r\n(1).pdf' })
    expect(named.headers.get('content-disposition')).toBe(
      `attachment; filename="r_servation __t_____1_.pdf"; filename*=UTF-8''r%C3%A9servation%20%22%C3%A9t%C3%A9%22%0D%0A%281%29.pdf`,
    )
  })

  it('is not there before it was fetched, once it is gone from the disk, or once the customer deleted the message', async () => {
    const { digest: _, ...untaken } = photo
    const gone = { ...photo, digest: 'b'.repeat(64) as Digest }
    for (const response of [await get(untaken), await get(gone), await get(photo, { revokedAt: 1 }), await get(photo, { content: null })]) {
      expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8'])
      expect(await response.json()).toMatchObject({ code: 'no-file' })
    }
  })

  it('is found by the id of a message and by nothing else', async () => {
    const { call, app } = await withMedia(photo)
    expect((await call('read', 'GET', `/media/${MESSAGE.replace('ab', 'cd')}`)).status).toBe(404)
    for (const id of ['..%2f..%2frelais.env', digest, '%2e%2e']) expect((await call('read', 'GET', `/media/${id}`)).status).not.toBe(200)
    expect((await app.request(`/api/v1/media/${MESSAGE}`)).status).toBe(401)
  })

  it('no path leads anywhere, even where a stored digest is none', async () => {
    const asked: string[] = []
    const { call } = await open({
      reading: {
        ...reading,
        message: async () => ({ ...message, content: { type: 'media', kind: 'image', media: { ...photo, digest: '../../x' as Digest } } }),
      },
      media: async (name) => {
        asked.push(name)
        return new Blob([BYTES])
      },
    })
    expect([(await call('read', 'GET', `/media/${MESSAGE}`)).status, asked]).toEqual([404, []])
  })
})
