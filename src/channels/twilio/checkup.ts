/** What `relais doctor` asks: login, account, number, webhook, clock. Reads only; the webhook gets an empty call. */
import { causeOf } from '../../core/certainty.ts'
import type { Finding } from '../../core/ports.ts'
import { senderOf } from './config.ts'
import { type FindingId, finding } from './findings.ts'
import { getAccount, type Line } from './outbound.ts'
import { signCall } from './verify.ts'
import { readObject, readObjects, readWord } from './wire.ts'

type Found = (id: FindingId, detail?: string) => Finding
const MAX_SKEW_MS = 60_000

const checkClock = (response: Response, now: number, found: Found): readonly Finding[] => {
  const told = Date.parse(response.headers.get('date') ?? '')
  const skew = Math.round((now - told) / 1000)
  return Number.isFinite(told) && Math.abs(now - told) > MAX_SKEW_MS ? [found('clock-skew', `${skew > 0 ? '+' : ''}${skew} s`)] : []
}

const checkNumber = async (line: Line, publicUrl: string | undefined, signal: AbortSignal, found: Found): Promise<readonly Finding[]> => {
  const { from } = line.config
  const kind = senderOf(line.config)
  if (kind === 'alphanumeric') return [found('no-replies', from)]
  if (from === undefined || kind === 'shortcode') return []
  const answer = readObject(
    await (await getAccount(line, `/IncomingPhoneNumbers.json?${new URLSearchParams({ PhoneNumber: from })}`, signal)).text(),
  )
  const [number] = readObjects(answer, 'incoming_phone_numbers')
  if (number === undefined) return [found('number-unknown', from)]
  const able = number.capabilities
  const silent = typeof able === 'object' && able !== null && Reflect.get(able, 'sms') === false
  const elsewhere = publicUrl !== undefined && number.sms_url !== publicUrl && number.sms_application_sid === ''
  return [...(silent ? [found('number-without-sms', from)] : []), ...(elsewhere ? [found('webhook-elsewhere', publicUrl)] : [])]
}

const checkAccount = async (line: Line, publicUrl: string | undefined, signal: AbortSignal, found: Found): Promise<readonly Finding[]> => {
  const response = await getAccount(line, '.json', signal)
  if (response.status === 401 || response.status === 404) return [found('login-refused', `http-${response.status}`)]
  if (response.status !== 200) return [found('api-unreachable', `http-${response.status}`)]
  const status = readWord(readObject(await response.text()), 'status') ?? 'active'
  return [
    ...checkClock(response, line.tools.now(), found),
    ...(status === 'active' ? [] : [found('account-inactive', status)]),
    ...(await checkNumber(line, publicUrl, signal, found)),
  ]
}

const checkWebhook = async ({ config, tools }: Line, url: string, signal: AbortSignal, found: Found): Promise<readonly Finding[]> => {
  const post = async (token: string): Promise<number> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signCall(url, '', token) }
    return (await tools.fetch(new Request(url, { method: 'POST', headers, body: '', signal }))).status
  }
  try {
    const signed = await post(config.authToken)
    if (signed !== 200) return [found('webhook-unreachable', `http-${signed}`)]
    const unsigned = await post(`not ${config.authToken}`)
    return unsigned === 401 ? [] : [found('webhook-unsigned', `http-${unsigned}`)]
  } catch (error) {
    return [found('webhook-unreachable', causeOf(error))]
  }
}

/** See `Checkup.examine`. `publicUrl` is the webhook's whole address. */
export const examine = async (line: Line, publicUrl: string | undefined, signal: AbortSignal): Promise<readonly Finding[]> => {
  const found: Found = (id, detail) => finding(id, line.tools.channel, detail)
  const [account, webhook] = await Promise.all([
    checkAccount(line, publicUrl, signal, found).catch((error: unknown) => [
      found('api-unreachable', `${new URL(line.config.apiUrl).host} ${causeOf(error)}`),
    ]),
    publicUrl === undefined ? [found('webhook-unknown')] : checkWebhook(line, publicUrl, signal, found),
  ])
  return [...account, ...webhook]
}
