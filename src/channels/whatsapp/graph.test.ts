/** What the platform is asked: for files, for templates, and how the number stands. */
import { describe, expect, it } from 'vitest'
import { asId, type VendorId } from '../../core/ids.ts'
import { jsonAnswer } from '../contract/scripted-fetch.ts'
import { scripted, signal } from './sample.ts'

describe('files', () => {
  it('come in two steps, both with the token', async () => {
    const { channel, asked } = scripted({
      '/M1?': jsonAnswer({ url: 'https://cdn.example/f', id: 'M1' }),
      'cdn.example': () => new Response('bytes'),
    })
    const file = await channel.fetchMedia({ vendorId: asId<VendorId>('M1'), mime: 'image/png' }, signal)
    expect(await file.text()).toBe('bytes')
    expect(asked.map(({ url, authorization }) => [url, authorization])).toEqual([
      ['https://graph.facebook.com/v26.0/M1?phone_number_id=106540352242922', 'Bearer EAAG-secret-token'],
      ['https://cdn.example/f', 'Bearer EAAG-secret-token'],
    ])
  })

  it('are asked for again where the address went stale', async () => {
    let stale = true
    const cdn = () => {
      const answer = stale ? new Response(null, { status: 404 }) : new Response('bytes')
      stale = false
      return answer
    }
    const { channel, asked } = scripted({ '/M1?': jsonAnswer({ url: 'https://cdn.example/f' }), 'cdn.example': cdn })
    expect(await (await channel.fetchMedia({ vendorId: asId<VendorId>('M1'), mime: 'image/png' }, signal)).text()).toBe('bytes')
    expect(asked.length).toBe(4)
  })

  it('never take the token over http', async () => {
    const { channel, asked } = scripted({ '/M1?': jsonAnswer({ url: 'http://cdn.example/f' }) })
    const fetching = channel.fetchMedia({ vendorId: asId<VendorId>('M1'), mime: 'image/png' }, signal)
    await expect(fetching).rejects.toMatchObject({ code: 'media-unavailable' })
    expect(asked.length).toBe(1)
  })

  it('that are gone say so', async () => {
    const { channel } = scripted({ '/M1?': jsonAnswer({ error: { code: 100, message: 'gone' } }, { status: 400 }) })
    const fetching = channel.fetchMedia({ vendorId: asId<VendorId>('M1'), mime: 'image/png' }, signal)
    await expect(fetching).rejects.toMatchObject({ code: 'media-unavailable', detail: 'code 100' })
  })

  it('are handed over as a form, and get an id', async () => {
    const { channel, asked } = scripted({ '/media': jsonAnswer({ id: 'M2' }) })
    expect(await channel.uploadMedia(new Uint8Array([37, 80]), 'application/pdf', 'f.pdf', signal)).toBe('M2')
    expect(asked[0]?.body).toMatch(/name="messaging_product"\r\n\r\nwhatsapp/)
    expect(asked[0]?.body).toMatch(/filename="f.pdf"\r\nContent-Type: application\/pdf/i)
  })
})
const template = (name: string, status: string, text: string) => ({
  name,
  status,
  language: 'fr',
  category: 'UTILITY',
  components: [
    { type: 'HEADER', format: 'TEXT', text: '{{1}}' },
    { type: 'BODY', text },
  ],
})
it('lists templates over all pages', async () => {
  const last = jsonAnswer({ data: [template('b', 'PAUSED', 'Rien')], paging: { cursors: { after: 'Y' } } })
  const first = jsonAnswer({
    data: [template('a', 'APPROVED', '{{1}} et {{2}} et {{1}}')],
    paging: { cursors: { after: 'X' }, next: 'https://…' },
  })
  const { channel, asked } = scripted({ 'after=X': last, message_templates: first })
  expect(await channel.listTemplates(signal)).toEqual([
    { name: 'a', language: 'fr', state: 'approved', category: 'utility', parameters: 2 },
    { name: 'b', language: 'fr', state: 'paused', category: 'utility', parameters: 0 },
  ])
  expect(asked.length).toBe(2)
})

it('takes an answer without a list of templates for no answer', async () => {
  for (const body of [{}, { data: null }, { error: { code: 10, message: 'x' } }])
    await expect(scripted({ message_templates: jsonAnswer(body) }).channel.listTemplates(signal)).rejects.toMatchObject({
      code: 'provider-refused',
    })
})

describe('how the number stands', () => {
  it('is asked of the number: its rating, and the limit of its business', async () => {
    const { channel, asked } = scripted({
      '/106540352242922?': jsonAnswer({ quality_rating: 'RED', whatsapp_business_manager_messaging_limit: 'TIER_2K', id: '1' }),
    })
    expect(await channel.readStanding(signal)).toEqual({ quality: 'red', perDay: 2000 })
    expect(asked.map(({ url }) => url)).toEqual([
      'https://graph.facebook.com/v26.0/106540352242922?fields=quality_rating,whatsapp_business_manager_messaging_limit',
    ])
  })

  it('has no limit where the platform says so, and says nothing of what it does not tell', async () => {
    const unlimited = scripted({ '/106540352242922?': jsonAnswer({ whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED' }) })
    expect(await unlimited.channel.readStanding(signal)).toEqual({ perDay: null })
  })

  it('is asked for the rating alone where the version does not know the limit', async () => {
    const message = '(#100) Tried accessing nonexisting field (whatsapp_business_manager_messaging_limit)'
    const { channel } = scripted({
      messaging_limit: jsonAnswer({ error: { code: 100, message } }, { status: 400 }),
      'fields=quality_rating': jsonAnswer({ quality_rating: 'YELLOW' }),
    })
    expect(await channel.readStanding(signal)).toEqual({ quality: 'yellow' })
  })

  it('is refused with the platform’s code', async () => {
    const { channel } = scripted({ '/106540352242922?': jsonAnswer({ error: { code: 190, message: 'expired' } }, { status: 401 }) })
    await expect(channel.readStanding(signal)).rejects.toMatchObject({ code: 'provider-refused', detail: 'code 190' })
  })
})
