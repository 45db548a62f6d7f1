import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { accountId, makeBench, numberId, secret, token } from './fixture.ts'

describe('an event of the account', () => {
  it.each<[string, string, (simulator: ReturnType<typeof makeBench>['simulator']) => void, Record<string, unknown>]>([
    [
      'ban',
      'account_update',
      ({ account }) => account.ban(),
      { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'November 22, 2026' } },
    ],
    ['scheduled ban', 'account_update', ({ account }) => account.scheduleBan(), { ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE' } }],
    ['reinstatement', 'account_update', ({ account }) => account.reinstate(), { ban_info: { waba_ban_state: 'REINSTATE' } }],
    [
      'restriction',
      'account_update',
      ({ account }) => account.restrict(['RESTRICTED_BIZ_INITIATED_MESSAGING'], 1),
      {
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1795338000 + 86_400 }],
      },
    ],
    [
      'violation',
      'account_update',
      ({ account }) => account.violate('SCAM'),
      { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SCAM' } },
    ],
    [
      'upgrade',
      'phone_number_quality_update',
      ({ account }) => account.upgradeThroughput(),
      { display_phone_number: '33612345678', event: 'THROUGHPUT_UPGRADE', max_daily_conversations_per_business: 'TIER_UNLIMITED' },
    ],
    ['low quality', 'phone_number_quality_update', ({ account }) => account.setQuality('RED'), { event: 'FLAGGED' }],
    [
      'capability',
      'business_capability_update',
      ({ account }) => account.setTier('TIER_10K'),
      { max_daily_conversations_per_business: 10_000, max_phone_numbers_per_waba: 25 },
    ],
    [
      'alert',
      'account_alerts',
      ({ account }) => account.alert({ type: 'PROFILE_PICTURE_LOST', severity: 'WARNING' }),
      { entity_type: 'PHONE_NUMBER', entity_id: numberId, alert_info: { alert_severity: 'WARNING', alert_type: 'PROFILE_PICTURE_LOST' } },
    ],
    [
      'paused template',
      'message_template_status_update',
      ({ templates }) => templates.setStatus('offers', 'fr', 'PAUSED'),
      { event: 'PAUSED', message_template_name: 'offers', message_template_language: 'fr', other_info: { title: 'FIRST_PAUSE' } },
    ],
    [
      'disabled template',
      'message_template_status_update',
      ({ templates }) => templates.setStatus('offers', 'fr', 'DISABLED'),
      { event: 'DISABLED', disable_info: { disable_date: '1795338000' } },
    ],
    [
      'recategorised template',
      'template_category_update',
      ({ templates }) => templates.setCategory('trip_update', 'fr', 'MARKETING'),
      { message_template_name: 'trip_update', previous_category: 'UTILITY', new_category: 'MARKETING' },
    ],
    [
      'template to be recategorised',
      'template_category_update',
      ({ templates }) => templates.setCategory('trip_update', 'fr', 'MARKETING', { coming: true }),
      { correct_category: 'MARKETING', new_category: 'UTILITY', category_update_timestamp: 1795338000 + 86_400 },
    ],
    [
      'template quality',
      'message_template_quality_update',
      ({ templates }) => templates.setQuality('offers', 'fr', 'RED'),
      { previous_quality_score: 'GREEN', new_quality_score: 'RED', message_template_id: expect.any(Number) },
    ],
    ['anything else', 'security', ({ tell }) => tell('security', { event: 'PIN_CHANGED' }), { event: 'PIN_CHANGED' }],
  ])('tells %s by %s, with the entry’s time as a number', async (_, field, act, value) => {
    const { simulator, clock, changes, heard } = makeBench()
    act(simulator)
    await clock.settle()
    expect(changes(field)).toMatchObject([value])
    expect(JSON.parse(heard[0]?.body ?? '').entry[0].time).toBe(1795338000)
  })

  it('ends a restriction by itself', async () => {
    const { simulator, clock, send } = makeBench()
    simulator.user({ phone: '+33699000001', name: 'Camille' })
    const offers = { type: 'template', template: { name: 'offers', language: { code: 'fr' } } }
    simulator.account.restrict(['RESTRICTED_BIZ_INITIATED_MESSAGING'], 1)
    expect((await send(offers)).json.error?.code).toBe(368)
    await clock.advance(86_400_000)
    expect((await send(offers)).status).toBe(200)
    expect(simulator.account.state).toBe('connected')
  })
})

describe('the Graph API for an operator', () => {
  it('shows the basics of a number, or the fields asked for', async () => {
    const { call, simulator } = makeBench()
    expect((await call('GET', `/v26.0/${numberId}`)).json).toEqual({
      verified_name: 'Voyages Lumière',
      display_phone_number: '+33612345678',
      quality_rating: 'GREEN',
      id: numberId,
    })
    simulator.account.setQuality('RED', { silent: true })
    simulator.account.ban()
    simulator.account.upgradeThroughput()
    expect((await call('GET', `/v26.0/${numberId}?fields=quality_rating,status,throughput,webhook_configuration`)).json).toEqual({
      quality_rating: 'RED',
      status: 'BANNED',
      throughput: { level: 'HIGH' },
      webhook_configuration: { application: 'http://relais.test/webhooks/whatsapp' },
      id: numberId,
    })
    expect((await call('GET', `/v26.0/${numberId}?fields=whatsapp_business_manager_messaging_limit`)).json).toEqual({
      whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED',
      id: numberId,
    })
    expect((await call('GET', `/v26.0/${numberId}?fields=colour`)).json.error?.code).toBe(100)
  })

  it('tells its time', async () => {
    const { call } = makeBench()
    expect((await call('GET', `/v26.0/${numberId}`)).headers.get('date')).toBe('Sun, 22 Nov 2026 09:00:00 GMT')
  })

  it('lists templates by page and by name', async () => {
    const { call } = makeBench()
    const first = await call('GET', `/v26.0/${accountId}/message_templates?limit=3`)
    expect(first.json.data?.map((one) => [one.name, one.status])).toEqual([
      ['trip_update', 'APPROVED'],
      ['offers', 'APPROVED'],
      ['code', 'APPROVED'],
    ])
    const second = await call('GET', first.json.paging?.next ?? '')
    expect(second.json).toMatchObject({ data: [{ name: 'named', parameter_format: 'NAMED', quality_score: { score: 'GREEN' } }] })
    expect(second.json).not.toHaveProperty('paging.next')
    expect((await call('GET', `/v26.0/${accountId}/message_templates?name=offers`)).json).toMatchObject({
      data: [{ category: 'MARKETING' }],
    })
  })

  it('subscribes, shows and unsubscribes the app; an own address must answer the handshake', async () => {
    const path = `/v26.0/${accountId}/subscribed_apps`
    const { call, simulator } = makeBench({
      fetch: async (url) => new Response(url.startsWith('http://good') ? new URL(url).searchParams.get('hub.challenge') : 'no'),
    })
    expect((await call('GET', path)).json).toMatchObject({ data: [{ whatsapp_business_api_data: { id: '634974688087057' } }] })
    expect((await call('DELETE', path)).json).toEqual({ success: true })
    expect((await call('GET', path)).json).toEqual({ data: [] })
    const own = (override_callback_uri: string) => ({ body: JSON.stringify({ override_callback_uri, verify_token: 'v' }) })
    expect((await call('POST', path, own('http://bad.test/'))).json.error?.code).toBe(100)
    expect(simulator.webhooks.subscribed).toBe(false)
    expect((await call('POST', path, own('http://good.test/'))).json).toEqual({ success: true })
    expect(simulator.webhooks).toMatchObject({ subscribed: true, url: 'http://good.test/' })
  })

  it('checks a token with itself or with the app’s', async () => {
    const { call, simulator } = makeBench()
    const app = { headers: { authorization: `Bearer 634974688087057|${secret}` } }
    const good = await call('GET', `/v26.0/debug_token?input_token=${token}`)
    expect(good.json).toMatchObject({
      data: { is_valid: true, expires_at: 0, granular_scopes: [{ target_ids: [accountId] }, { scope: 'whatsapp_business_messaging' }] },
    })
    expect((await call('GET', '/v26.0/debug_token?input_token=other', app)).json).toMatchObject({ data: { is_valid: false } })
    simulator.account.tokenValid = false
    expect((await call('GET', `/v26.0/debug_token?input_token=${token}`, app)).json).toMatchObject({ data: { error: { code: 190 } } })
    expect((await call('GET', `/v26.0/debug_token?input_token=${token}`)).status).toBe(401)
    expect((await call('GET', '/v26.0/634974688087057/subscriptions', app)).json).toMatchObject({
      data: [{ object: 'whatsapp_business_account', callback_url: 'http://relais.test/webhooks/whatsapp', active: true }],
    })
  })

  it('refuses a wrong proof of the app’s secret, and what the token’s rights do not cover', async () => {
    const { call, send, simulator } = makeBench()
    const proof = (secret: string) => createHmac('sha256', secret).update(token).digest('hex')
    const path = `/v26.0/${numberId}?fields=is_pin_enabled`
    expect((await call('GET', `${path}&appsecret_proof=${proof(secret)}`)).json).toMatchObject({ is_pin_enabled: true })
    simulator.appSecret = 'reset'
    expect((await call('GET', `${path}&appsecret_proof=${proof(secret)}`)).json.error?.message).toContain('appsecret_proof')
    simulator.account.scopes = ['whatsapp_business_messaging']
    expect((await call('GET', path)).json.error?.code).toBe(10)
    simulator.account.scopes = ['whatsapp_business_management']
    expect((await send({ to: '+33699000001', type: 'text', text: { body: 'Bonjour' } })).json.error?.code).toBe(10)
  })
})

describe('media', () => {
  const form = (type: string, size = 3, fields: Record<string, string> = { messaging_product: 'whatsapp' }) => {
    const data = new FormData()
    for (const [name, value] of Object.entries(fields)) data.set(name, value)
    data.set('file', new Blob([new Uint8Array(size)], { type }), 'plage.bin')
    return { body: data }
  }
  const path = `/v26.0/${numberId}/media`

  it('is uploaded, described, sent, downloaded and deleted', async () => {
    const { call, send, simulator, clock } = makeBench()
    const user = simulator.user({ phone: '+33699000001', name: 'Camille' })
    user.sendText('Bonjour')
    const { id } = (await call('POST', path, form('image/png'))).json
    await send({ type: 'image', image: { id, caption: 'Plage' } })
    await clock.advance(200)
    expect(user.received).toMatchObject([{ type: 'image', text: 'Plage', media: { id, mime: 'image/png' } }])
    const { url } = (await call('GET', `/v26.0/${id}`)).json
    expect((await call('GET', url ?? '')).headers.get('content-type')).toBe('image/png')
    expect((await call('DELETE', `/v26.0/${id}`)).json).toEqual({ success: true })
    expect((await call('GET', `/v26.0/${id}`)).json.error).toMatchObject({ code: 100, error_subcode: 33 })
  })

  it('needs the token to be downloaded, and its address is stale after 5 minutes', async () => {
    const { call, clock } = makeBench()
    const { id } = (await call('POST', path, form('image/png'))).json
    const { url } = (await call('GET', `/v26.0/${id}`)).json
    expect((await call('GET', url ?? '', { headers: { authorization: '' } })).status).toBe(401)
    expect((await call('GET', url?.replace(/hash=.*/, 'hash=forged') ?? '')).status).toBe(404)
    await clock.advance(300_000)
    expect((await call('GET', url ?? '')).status).toBe(404)
    const again = (await call('GET', `/v26.0/${id}`)).json
    expect((await call('GET', again.url ?? '')).status).toBe(200)
  })

  it('lives 30 days after an upload and 7 days after a webhook', async () => {
    const { call, clock, simulator, messages } = makeBench()
    const { id } = (await call('POST', path, form('image/png'))).json
    simulator.user({ phone: '+33699000001', name: 'Camille' }).sendImage(new Uint8Array(3))
    await clock.settle()
    const inbound = (messages()[0] as { image: { id: string } }).image.id
    await clock.advance(7 * 86_400_000)
    expect([(await call('GET', `/v26.0/${id}`)).status, (await call('GET', `/v26.0/${inbound}`)).status]).toEqual([200, 400])
    await clock.advance(23 * 86_400_000)
    expect((await call('GET', `/v26.0/${id}`)).status).toBe(400)
  })

  it.each([
    ['an unsupported type', 131053, form('image/gif')],
    ['an image over 5 MB', 131053, form('image/png', 5 * 1024 * 1024 + 1)],
    ['a form without product', 100, form('image/png', 3, {})],
    ['a body that is no form', 100, { body: '{}' }],
  ])('refuses %s with %i', async (_, code, detail) => {
    const { call } = makeBench()
    expect((await call('POST', path, detail)).json.error?.code).toBe(code)
  })

  it('cannot be sent as another kind', async () => {
    const { call, send } = makeBench()
    const { id } = (await call('POST', path, form('image/png'))).json
    expect((await send({ type: 'audio', audio: { id } })).json.error?.code).toBe(131053)
  })
})
