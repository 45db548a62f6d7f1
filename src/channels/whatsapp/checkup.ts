/** What `relais doctor` asks: token, number, account, subscription, webhook, clock. Reads only; the webhook gets an empty call. */
import { createHmac } from 'node:crypto'
import { causeOf } from '../../core/certainty.ts'
import type { Finding } from '../../core/ports.ts'
import { isLoopback } from '../../core/provider-url.ts'
import { qualityOf, UPGRADED } from './account.ts'
import { type FindingId, finding } from './findings.ts'
import { type Answer, getGraph, graphUrl, type Line } from './graph.ts'
import { phoneAddress } from './people.ts'
import { refusalOf } from './refusals.ts'
import { signBody } from './verify.ts'
import { type Json, readJson, readList, readText } from './wire.ts'

const NUMBER_FIELDS =
  'display_phone_number,verified_name,quality_rating,status,throughput,health_status,is_pin_enabled,webhook_configuration'
const MAX_SKEW_MS = 60_000

/** Finds of one section; the subject is the channel's id. */
type Found = (id: FindingId, detail?: string) => Finding

/** A refusal, told as what it means for the set-up. `missing` is the finding for "no such object". */
const readRefusal = (error: Json, missing: FindingId, found: Found): Finding => {
  const { code, class: refusalClass, detail } = refusalOf(error)
  const message = readText(error, 'message') ?? ''
  if (/appsecret_proof/i.test(message)) return found('app-secret-wrong')
  if (refusalClass === 'credentials')
    return found(readText(error, 'error_subcode') === '463' || /expired/i.test(message) ? 'token-expired' : 'token-invalid', `code ${code}`)
  if (/nonexisting field/i.test(message)) return found('api-fault', `code ${code} ${message.slice(0, 80)}`)
  if (code === '368' || code === '131031') return found('account-blocked', `code ${code}`)
  if (refusalClass === 'stop-channel') return found('permission-missing', `code ${code}`)
  if (code === '100' || code === '33' || code === '803') return found(missing, `code ${code}`)
  return found('api-fault', `code ${code} ${detail}`.trim())
}

const checkClock = (answer: Answer, now: number, found: Found): readonly Finding[] => {
  const told = Date.parse(answer.headers.get('date') ?? '')
  const skew = Math.round((now - told) / 1000)
  return Number.isFinite(told) && Math.abs(now - told) > MAX_SKEW_MS ? [found('clock-skew', `${skew > 0 ? '+' : ''}${skew} s`)] : []
}

const checkVersion = ({ config }: Line, answer: Answer, found: Found): readonly Finding[] => {
  const served = answer.headers.get('facebook-api-version')
  return served !== null && /^v\d+\.\d+$/.test(served) && served !== config.apiVersion ? [found('api-version-ended', served)] : []
}

const STATES = new Map<string, FindingId>(
  Object.entries({ BANNED: 'account-blocked', RESTRICTED: 'account-blocked', FLAGGED: 'account-limited', RATE_LIMITED: 'account-limited' }),
)

const checkHealth = (number: Json, found: Found): readonly Finding[] => {
  const health = readJson(number, 'health_status')
  const state = readText(health, 'can_send_message')
  if (state !== 'BLOCKED' && state !== 'LIMITED') return []
  const codes = readList(health, 'entities').flatMap((entity) =>
    readList(entity, 'errors').flatMap((error) => readText(error, 'error_code') ?? []),
  )
  return [found(state === 'BLOCKED' ? 'account-blocked' : 'account-limited', [...new Set(codes)].map((code) => `code ${code}`).join(', '))]
}

const checkNumber = ({ config }: Line, number: Json, publicUrl: string | undefined, found: Found): readonly Finding[] => {
  const findings: Finding[] = []
  const shown = phoneAddress(readText(number, 'display_phone_number'))
  if (shown !== undefined && shown.value !== config.number) findings.push(found('number-mismatch', shown.value))
  const status = readText(number, 'status')
  const health = checkHealth(number, found)
  findings.push(...health)
  if (status !== undefined && status !== 'CONNECTED' && health.length === 0)
    findings.push(found(STATES.get(status) ?? 'number-not-connected', status))
  const quality = qualityOf(readText(number, 'quality_rating'))
  if (quality === 'red' || quality === 'yellow') findings.push(found(`quality-${quality}`))
  const level = readText(readJson(number, 'throughput'), 'level')
  const allowed = level === 'STANDARD' ? 80 : level === 'HIGH' ? UPGRADED : Number.POSITIVE_INFINITY
  if (config.throughput > allowed) findings.push(found('throughput-too-high', `${config.throughput} > ${allowed}`))
  if (number.is_pin_enabled === false) findings.push(found('two-step-off'))
  const hook = readJson(number, 'webhook_configuration')
  const told = readText(hook, 'phone_number') ?? readText(hook, 'whatsapp_business_account') ?? readText(hook, 'application')
  if (told !== undefined && publicUrl !== undefined && told !== publicUrl) findings.push(found('webhook-elsewhere', told))
  return findings
}

/** One call to the account; `read` is asked only where it answered. */
const ask = async (
  line: Line,
  path: string,
  missing: FindingId,
  signal: AbortSignal,
  found: Found,
  read: (body: Json, answer: Answer) => readonly Finding[],
): Promise<readonly Finding[]> => {
  const answer = await getGraph(line, path, signal)
  if (answer.error !== undefined) return [readRefusal(answer.error, missing, found)]
  return answer.body === undefined ? [found('api-fault', `http-${answer.status}`)] : read(answer.body, answer)
}

const EMPTY = new TextEncoder().encode('{"object":"whatsapp_business_account","entry":[]}')
const CHALLENGE = '1158201444'

/** As the platform does it: the handshake, a well-signed call with nothing in it, and the same with a wrong signature. */
const checkWebhook = async ({ config, tools }: Line, publicUrl: string, signal: AbortSignal, found: Found): Promise<readonly Finding[]> => {
  const url = new URL(publicUrl)
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return [found('webhook-not-https', url.origin)]
  const post = async (signature: string) => {
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature }
    const response = await tools.fetch(new Request(publicUrl, { method: 'POST', headers, body: EMPTY, signal, redirect: 'manual' }))
    await response.body?.cancel()
    return response.status
  }
  try {
    const asked = new URL(url)
    for (const [key, value] of [
      ['mode', 'subscribe'],
      ['challenge', CHALLENGE],
      ['verify_token', config.verifyToken],
    ] as const)
      asked.searchParams.set(`hub.${key}`, value)
    const answer = await tools.fetch(new Request(asked, { signal, redirect: 'manual' }))
    const text = await answer.text()
    if (answer.status >= 500) return [found('webhook-unreachable', `http-${answer.status}`)]
    if (answer.status !== 200 || text !== CHALLENGE) return [found('webhook-handshake', `http-${answer.status}`)]
    const signed = await post(signBody(EMPTY, config.appSecret))
    if (signed !== 200) return [found(signed === 401 ? 'webhook-signature' : 'webhook-unreachable', `http-${signed}`)]
    const unsigned = await post(signBody(EMPTY, `not ${config.appSecret}`))
    return unsigned === 401 ? [] : [found('webhook-unsigned', `http-${unsigned}`)]
  } catch (error) {
    return [found('webhook-unreachable', causeOf(error))]
  }
}

const checkAccount = async (line: Line, publicUrl: string | undefined, signal: AbortSignal, found: Found): Promise<readonly Finding[]> => {
  const { config, tools } = line
  const proof = createHmac('sha256', config.appSecret).update(config.accessToken).digest('hex')
  const path = `${config.phoneNumberId}?fields=${NUMBER_FIELDS}&appsecret_proof=${proof}`
  const first = await ask(line, path, 'number-unknown', signal, found, (body, answer) => [
    ...checkClock(answer, tools.now(), found),
    ...checkVersion(line, answer, found),
    ...checkNumber(line, body, publicUrl, found),
  ])
  // Nothing else can be asked with a token that is refused.
  if (first.some(({ id }) => /token-|app-secret|permission/.test(id))) return first
  const subscribed = await ask(line, `${config.businessAccountId}/subscribed_apps`, 'account-unknown', signal, found, (body) =>
    readList(body, 'data').length > 0 ? [] : [found('app-not-subscribed')],
  )
  return [...first, ...subscribed]
}

/** See `Checkup.examine`. `publicUrl` is the webhook's whole address. */
export const examine = async (line: Line, publicUrl: string | undefined, signal: AbortSignal): Promise<readonly Finding[]> => {
  const found: Found = (id, detail) => finding(id, line.tools.channel, detail)
  const [account, webhook] = await Promise.all([
    checkAccount(line, publicUrl, signal, found).catch((error: unknown) => [
      found('api-unreachable', `${new URL(graphUrl(line, '')).host} ${causeOf(error)}`),
    ]),
    publicUrl === undefined ? [found('webhook-unknown')] : checkWebhook(line, publicUrl, signal, found),
  ])
  // With a wrong secret we cannot sign: that the webhook refuses it says nothing.
  const blind = account.some(({ id }) => id === 'whatsapp/app-secret-wrong')
  return [...account, ...webhook.filter(({ id }) => !(blind && id === 'whatsapp/webhook-signature'))]
}
