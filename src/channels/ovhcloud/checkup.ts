/** What `relais doctor` asks: clock, keys, service, credits, sender, the three addresses, the webhook. Reads only; the webhook gets empty calls. */
import { causeOf } from '../../core/certainty.ts'
import type { Finding } from '../../core/ports.ts'
import { senderOf } from './config.ts'
import { type FindingId, finding } from './findings.ts'
import type { Line } from './outbound.ts'
import { addressOf, signedRequest } from './verify.ts'
import { asJson, type Json, parseJson, readWord } from './wire.ts'

type Found = (id: FindingId, detail?: string) => Finding
const MAX_SKEW_S = 30
const FEW_CREDITS = 100

/** Without a secret the house has no seal. */
const isSealed = ({ seal }: Line['tools']): boolean => seal('events') !== ''

const get = async (line: Line, path: string, signal: AbortSignal): Promise<{ status: number; body: unknown }> => {
  const response = await line.tools.fetch(signedRequest(line, 'GET', path, '', signal))
  return { status: response.status, body: parseJson(await response.text()) }
}

const checkCredits = (account: Json, found: Found): readonly Finding[] => {
  const left = Number(account.creditsLeft ?? Number.NaN)
  if (left <= 0) return [found('no-credit')]
  return left < FEW_CREDITS ? [found('little-credit', String(left))] : []
}

const checkAddresses = ({ tools }: Line, account: Json, publicUrl: string | undefined, found: Found): readonly Finding[] => {
  if (publicUrl === undefined) return [found('webhook-unknown')]
  if (!isSealed(tools)) return [found('seal-unknown')]
  const [events, stop] = [addressOf(tools, publicUrl, 'events'), addressOf(tools, publicUrl, 'stop')]
  const { cgiUrl } = asJson(account.smsResponse)
  return [
    ...(account.callBack === events ? [] : [found('statuses-elsewhere', events)]),
    ...(cgiUrl === events ? [] : [found('answers-elsewhere', events)]),
    ...(account.stopCallBack === stop ? [] : [found('stops-elsewhere', stop)]),
  ]
}

const checkSender = async (line: Line, signal: AbortSignal, found: Found): Promise<readonly Finding[]> => {
  const { serviceName, sender } = line.config
  if (sender === undefined) return []
  const { status, body } = await get(line, `/sms/${serviceName}/senders/${encodeURIComponent(sender)}`, signal)
  if (status !== 200 || readWord(asJson(body), 'status') !== 'enable') return [found('sender-refused', sender)]
  return senderOf(line.config) === 'alphanumeric' ? [found('no-replies', sender)] : []
}

const checkAccount = async (line: Line, publicUrl: string | undefined, signal: AbortSignal, found: Found): Promise<readonly Finding[]> => {
  const { config, tools } = line
  const clock = await get(line, '/auth/time', signal)
  const skew = Math.round(tools.now() / 1000) - Number(clock.body)
  if (Number.isFinite(skew) && Math.abs(skew) > MAX_SKEW_S) return [found('clock-skew', `${skew > 0 ? '+' : ''}${skew} s`)]
  const { status, body } = await get(line, `/sms/${config.serviceName}`, signal)
  if (status === 401 || status === 403) return [found('keys-refused', `http-${status}`)]
  if (status === 404) return [found('service-unknown', config.serviceName)]
  if (status !== 200) return [found('api-unreachable', `http-${status}`)]
  const account = asJson(body)
  return [
    ...(readWord(account, 'status') === 'enable' ? [] : [found('service-unknown', readWord(account, 'status'))]),
    ...checkCredits(account, found),
    ...checkAddresses(line, account, publicUrl, found),
    ...(await checkSender(line, signal, found)),
  ]
}

const checkWebhook = async ({ tools }: Line, publicUrl: string, signal: AbortSignal, found: Found): Promise<readonly Finding[]> => {
  const call = async (url: string): Promise<number> => (await tools.fetch(new Request(url, { signal }))).status
  try {
    const sealed = await call(addressOf(tools, publicUrl, 'events'))
    if (sealed !== 200) return [found('webhook-unreachable', `http-${sealed}`)]
    return (await call(`${publicUrl}/guess`)) === 401 ? [] : [found('webhook-unsealed')]
  } catch (error) {
    return [found('webhook-unreachable', causeOf(error))]
  }
}

/** See `Checkup.examine`. `publicUrl` is the webhook's address without a seal. */
export const examine = async (line: Line, publicUrl: string | undefined, signal: AbortSignal): Promise<readonly Finding[]> => {
  const found: Found = (id, detail) => finding(id, line.tools.channel, detail)
  const [account, webhook] = await Promise.all([
    checkAccount(line, publicUrl, signal, found).catch((error: unknown) => [
      found('api-unreachable', `${new URL(line.config.apiUrl).host} ${causeOf(error)}`),
    ]),
    publicUrl === undefined || !isSealed(line.tools) ? [] : checkWebhook(line, publicUrl, signal, found),
  ])
  return [...account, ...webhook]
}
