import { describe, expect, it } from 'vitest'
import { jsonAnswer, type Script, scriptFetch } from '../contract/scripted-fetch.ts'
import { NOW } from '../contract/tools.ts'
import { open, settings, signal } from './sample.ts'

describe('doctor', () => {
  const number = {
    display_phone_number: '+33 6 12 34 56 78',
    quality_rating: 'GREEN',
    status: 'CONNECTED',
    throughput: { level: 'STANDARD' },
  }
  const date = new Date(NOW).toUTCString()
  const told = (body: unknown, init: ResponseInit = {}) => jsonAnswer(body, { ...init, headers: { date, ...init.headers } })
  const error = (code: number, text: string, more = {}) => told({ error: { code, message: text, ...more } }, { status: 400 })
  const hook = 'https://relais.example/webhooks/whatsapp'
  /** A set-up without fault, whose webhook is a real connector. */
  const healthy = {
    'fields=display': told(number),
    subscribed_apps: told({ data: [{ whatsapp_business_api_data: { id: '1' } }] }),
  }
  const examine = async (faults: Script, publicUrl: string | undefined = hook, webhook = settings) => {
    const { fetch: graph } = scriptFetch({ ...healthy, ...faults })
    const server = open(graph, webhook)
    const serve = async (request: Request): Promise<Response> => {
      if (faults[hook] !== undefined) return faults[hook]()
      if (request.method === 'GET') return server.handshake(request)
      return (await server.receive(request, new Uint8Array(await request.arrayBuffer()))).reply
    }
    const channel = open((request) => (request.url.startsWith(hook) ? serve(request) : graph(request)))
    return (await channel.examine(publicUrl, signal)).map(({ id }) => id.replace('whatsapp/', ''))
  }

  it('finds nothing in a healthy set-up', async () => {
    expect(await examine({})).toEqual([])
  })

  const faults: readonly [string, Script][] = [
    ['token-expired', { 'fields=display': error(190, 'Error validating access token: Session has expired', { error_subcode: 463 }) }],
    ['token-invalid', { 'fields=display': error(190, 'Malformed access token') }],
    ['permission-missing', { 'fields=display': error(200, 'Permissions error') }],
    ['app-secret-wrong', { 'fields=display': error(100, 'Invalid appsecret_proof provided in the API argument') }],
    ['number-unknown', { 'fields=display': error(100, 'Object does not exist') }],
    ['number-mismatch', { 'fields=display': told({ ...number, display_phone_number: '+33 6 99 99 99 99' }) }],
    ['number-not-connected', { 'fields=display': told({ ...number, status: 'DISCONNECTED' }) }],
    ['account-blocked', { 'fields=display': told({ ...number, status: 'BANNED' }) }],
    ['quality-red', { 'fields=display': told({ ...number, quality_rating: 'RED' }) }],
    ['quality-yellow', { 'fields=display': told({ ...number, quality_rating: 'YELLOW' }) }],
    ['two-step-off', { 'fields=display': told({ ...number, is_pin_enabled: false }) }],
    ['webhook-elsewhere', { 'fields=display': told({ ...number, webhook_configuration: { application: 'https://other.example' } }) }],
    ['clock-skew', { 'fields=display': told(number, { headers: { date: new Date(NOW - 600_000).toUTCString() } }) }],
    ['api-version-ended', { 'fields=display': told(number, { headers: { 'facebook-api-version': 'v27.0' } }) }],
    ['account-unknown', { subscribed_apps: error(100, 'Object does not exist') }],
    ['app-not-subscribed', { subscribed_apps: told({ data: [] }) }],
    ['api-fault', { 'fields=display': error(100, '(#100) Tried accessing nonexisting field (is_pin_enabled)') }],
    ['webhook-unreachable', { [hook]: () => new Response(null, { status: 502 }) }],
    ['webhook-handshake', { [hook]: () => new Response(null, { status: 403 }) }],
  ]
  for (const [id, fault] of faults)
    it(`finds ${id}`, async () => {
      expect(await examine(fault)).toEqual([id])
    })

  it('finds what health tells, by its codes', async () => {
    const health = { can_send_message: 'BLOCKED', entities: [{ entity_type: 'WABA', errors: [{ error_code: 141006 }] }] }
    expect(await examine({ 'fields=display': told({ ...number, health_status: health }) })).toEqual(['account-blocked'])
  })

  it('finds a webhook that runs with another secret', async () => {
    expect(await examine({}, hook, { ...settings, appSecret: 'another' })).toEqual(['webhook-signature'])
  })

  it('says nothing of the webhook’s signature where its own secret is wrong', async () => {
    const wrong = error(100, 'Invalid appsecret_proof provided in the API argument')
    expect(await examine({ 'fields=display': wrong }, hook, { ...settings, appSecret: 'another' })).toEqual(['app-secret-wrong'])
  })

  it.each(['http://relais.example/webhooks/whatsapp', 'http://localhost.example/webhooks/whatsapp'])(
    'finds that %s is not https',
    async (url) => {
      expect(await examine({}, url)).toEqual(['webhook-not-https'])
    },
  )

  it('finds that the API is out of reach', async () => {
    expect((await open(scriptFetch({}).fetch).examine(undefined, signal)).map(({ id }) => id)).toEqual([
      'whatsapp/api-unreachable',
      'whatsapp/webhook-unknown',
    ])
  })
})
