import { createHmac } from 'node:crypto'
import type { Answer, Call, Fields, Said } from '../wire.ts'
import { isFields, json, parseJson, textOf } from '../wire.ts'
import { GraphError } from './errors.ts'
import { describe, upload } from './media.ts'
import { answerAfter, lostBefore, send } from './send.ts'
import { listTemplates } from './templates.ts'
import { seconds, type World } from './world.ts'

/** The Graph API: finds the object a path means, checks the token, answers as the platform would. */
export async function answerGraph(world: World, call: Call): Promise<Answer> {
  const answer = await route(world, call)
  if (!('broken' in answer)) answer.headers.date = world.date()
  return answer
}

async function route(world: World, call: Call): Promise<Answer> {
  try {
    const [version = '', id = '', edge = '', ...rest] = call.path.split('/').slice(1)
    if (version === 'whatsapp_business') return download(world, call)
    if (!/^v\d+\.\d+$/.test(version) || rest.length > 0) throw new GraphError(100, undefined, { bare: '(#2500) Unknown path components' })
    if (id === 'debug_token') return debugToken(world, call)
    if (edge === 'subscriptions' && id === world.settings.appId) return subscriptions(world, call)
    checkToken(world, call)
    checkProof(world, call)
    const { phoneNumberId, businessAccountId } = world.settings
    if (id === phoneNumberId || id === businessAccountId) checkScope(world, call, edge)
    if (id === phoneNumberId) return await onNumber(world, call, edge)
    if (id === businessAccountId) return await onAccount(world, call, edge)
    if (edge === '') return onMedia(world, call, id)
    throw unknownObject(call.method, id)
  } catch (refusal) {
    if (refusal instanceof GraphError) return refusal.answer(world.ids.trace())
    throw refusal
  }
}

const bearerOf = (call: Call): string =>
  /^Bearer\s+(\S+)$/i.exec(call.header('authorization') ?? '')?.[1] ?? call.query.get('access_token') ?? ''

function checkToken(world: World, call: Call): void {
  const token = bearerOf(call)
  if (token === world.settings.accessToken && world.account.tokenValid) return
  const why =
    token === '' ? 'An access token is required to request this resource.' : 'Error validating access token: it is invalid or expired.'
  throw new GraphError(190, undefined, { bare: why, ...(token === '' ? {} : { subcode: 463 }) })
}

/** A proof that comes along must be right, asked for or not. https://developers.facebook.com/docs/graph-api/guides/secure-requests (read 2026-11-22) */
function checkProof({ settings }: World, call: Call): void {
  const proof = call.query.get('appsecret_proof')
  if (proof === null || proof === createHmac('sha256', settings.appSecret).update(bearerOf(call)).digest('hex')) return
  throw new GraphError(100, undefined, { bare: 'Invalid appsecret_proof provided in the API argument', type: 'GraphMethodException' })
}

/** What manages (reads included) and what sends are two rights. */
function checkScope({ account }: World, call: Call, edge: string): void {
  const sends = call.method === 'POST' && (edge === 'messages' || edge === 'media')
  if (!account.scopes.includes(sends ? 'whatsapp_business_messaging' : 'whatsapp_business_management')) throw new GraphError(10)
}

const unknownObject = (method: string, id: string) =>
  new GraphError(100, undefined, {
    bare: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
    subcode: 33,
    type: 'GraphMethodException',
  })

async function onNumber(world: World, call: Call, edge: string): Promise<Answer> {
  const { phoneNumberId } = world.settings
  if (call.method === 'POST' && edge === 'messages') return send(world, call, world.faults.ofCall('messages'))
  if (call.method === 'POST' && edge === 'media') return faulty(world, 'media', () => upload(world.media, call))
  if (call.method === 'GET' && edge === '') return faulty(world, 'other', async () => json(200, chosen(call, numberOf(world), basicFields)))
  throw unknownObject(call.method, phoneNumberId)
}

async function faulty(world: World, on: string, run: () => Promise<Answer>): Promise<Answer> {
  const fault = world.faults.ofCall(on)
  if (fault?.kind === 'error') throw new GraphError(fault.code ?? 131000)
  return lostBefore(world, fault) ?? answerAfter(world, fault, await run())
}

const basicFields = ['verified_name', 'display_phone_number', 'quality_rating']

/** Everything `GET /{phone-number-id}` can show; without `fields` only the basics. */
function numberOf({ settings, account, limits, webhooks }: World): Fields {
  const status = { banned: 'BANNED', restricted: 'RESTRICTED', connected: 'CONNECTED' }[account.state]
  const able = account.state === 'banned' ? 'BLOCKED' : account.state === 'restricted' ? 'LIMITED' : 'AVAILABLE'
  return {
    verified_name: settings.verifiedName,
    display_phone_number: settings.displayNumber,
    quality_rating: account.quality,
    status: account.registered ? status : 'DISCONNECTED',
    code_verification_status: 'VERIFIED',
    name_status: 'APPROVED',
    is_pin_enabled: account.pinned,
    platform_type: 'CLOUD_API',
    account_mode: 'LIVE',
    throughput: { level: limits.throughput > 80 ? 'HIGH' : 'STANDARD' },
    messaging_limit_tier: account.tier,
    whatsapp_business_manager_messaging_limit: account.tier,
    is_official_business_account: false,
    webhook_configuration: { application: webhooks.url },
    health_status: {
      can_send_message: able,
      entities: [{ entity_type: 'PHONE_NUMBER', id: settings.phoneNumberId, can_send_message: able }],
    },
    id: settings.phoneNumberId,
  }
}

function chosen(call: Call, all: Fields, basics: readonly string[]): Fields {
  const names = call.query.get('fields')?.split(',').filter(Boolean) ?? basics
  const picked: Fields = {}
  for (const name of names) {
    if (!Object.hasOwn(all, name)) {
      throw new GraphError(100, undefined, { bare: `(#100) Tried accessing nonexisting field (${name})` })
    }
    picked[name] = all[name]
  }
  return { ...picked, id: all.id }
}

async function onAccount(world: World, call: Call, edge: string): Promise<Answer> {
  const { settings } = world
  const key = `${call.method} ${edge}`
  if (key === 'GET ') return json(200, chosen(call, accountOf(world), ['name', 'currency', 'timezone_id']))
  if (key === 'GET phone_numbers') return json(200, { data: [chosen(call, numberOf(world), basicFields)] })
  if (key === 'GET message_templates') return json(200, listTemplates(world.templates, call.query, settings, call.origin, call.path))
  if (key === 'GET subscribed_apps') return json(200, { data: world.webhooks.subscribed ? [subscribedApp(world)] : [] })
  if (key === 'POST subscribed_apps') return subscribe(world, call)
  if (key === 'DELETE subscribed_apps') {
    world.webhooks.subscribed = false
    return json(200, { success: true })
  }
  throw unknownObject(call.method, settings.businessAccountId)
}

const accountOf = ({ settings, account }: World): Fields => ({
  name: settings.verifiedName,
  currency: 'EUR',
  timezone_id: '42',
  account_review_status: 'APPROVED',
  business_verification_status: 'verified',
  status: account.state === 'banned' ? 'DISABLED' : 'ACTIVE',
  id: settings.businessAccountId,
})

const subscribedApp = ({ settings }: World): Fields => ({
  whatsapp_business_api_data: { link: `https://www.facebook.com/games/?app_id=${settings.appId}`, name: 'Relais', id: settings.appId },
})

/** With `override_callback_uri` the address must first answer the handshake. */
async function subscribe(world: World, call: Call): Promise<Said> {
  const parsed = parseJson(call.body)
  const body = isFields(parsed) ? parsed : {}
  const url = textOf(body.override_callback_uri) || call.query.get('override_callback_uri') || ''
  if (url !== '') {
    const verifyToken = textOf(body.verify_token) || call.query.get('verify_token') || ''
    const { ok, status } = await world.webhooks.verify(url, verifyToken)
    if (!ok) throw new GraphError(100, `Callback verification failed with status ${status}.`)
    world.webhooks.url = url
  }
  world.webhooks.subscribed = true
  return json(200, { success: true })
}

/** `GET /{app-id}/subscriptions`, with the app's own token (`id|secret`): where webhooks go and which fields. */
function subscriptions(world: World, call: Call): Said {
  checkAppToken(world, call)
  const fields = [...(world.webhooks.fields ?? ['messages'])].map((name) => ({ name, version: 'v26.0' }))
  const active = world.webhooks.url !== ''
  return json(200, { data: active ? [{ object: 'whatsapp_business_account', callback_url: world.webhooks.url, active, fields }] : [] })
}

function checkAppToken(world: World, call: Call): void {
  if (bearerOf(call) !== `${world.settings.appId}|${world.settings.appSecret}`) checkToken(world, call)
}

/** `GET /debug_token?input_token=`: asked with the same token or the app's. A bad input token is a 200 that says so. */
function debugToken(world: World, call: Call): Said {
  const { settings, account, clock } = world
  checkAppToken(world, call)
  const input = call.query.get('input_token') ?? ''
  if (input === '') throw new GraphError(100, undefined, { bare: '(#100) The parameter input_token is required' })
  if (input !== settings.accessToken || !account.tokenValid) {
    return json(200, { data: { error: { code: 190, message: 'The access token could not be decrypted' }, is_valid: false, scopes: [] } })
  }
  return json(200, {
    data: {
      app_id: settings.appId,
      type: 'SYSTEM_USER',
      application: 'Relais',
      data_access_expires_at: seconds(clock.now()) + 90 * 86_400,
      expires_at: 0,
      is_valid: true,
      scopes: account.scopes,
      granular_scopes: account.scopes
        .filter((scope) => scope.startsWith('whatsapp'))
        .map((scope) => ({ scope, target_ids: [settings.businessAccountId] })),
      user_id: '10222270944537964',
    },
  })
}

function onMedia(world: World, call: Call, id: string): Said {
  const media = world.media.find(id)
  const number = call.query.get('phone_number_id')
  if (!media || (number !== null && number !== world.settings.phoneNumberId)) throw unknownObject(call.method, id)
  if (call.method === 'GET') return json(200, describe(world.media, media, call.origin))
  if (call.method !== 'DELETE') throw unknownObject(call.method, id)
  world.media.remove(id)
  return json(200, { success: true })
}

function download(world: World, call: Call): Promise<Answer> {
  checkToken(world, call)
  return faulty(world, 'media', async () => world.media.download(call.query))
}
