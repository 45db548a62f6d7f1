/**
 * Who calls, and who we are. Our requests are signed with SHA-1 over both secrets, the request and the time; the operator signs nothing of
 * what it calls, so that its addresses carry the house's seal, which nobody else can make.
 * https://help.ovhcloud.com/csm/en-api-getting-started-ovhcloud-api?id=kb_article_view&sysparm_article=KB0042777,
 * https://gandrille.github.io/linux-notes/Web_API/OVH_API/OVH_SMS_API.html (read 2026-11-22)
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Tools } from '../../core/channel.ts'
import type { OvhcloudConfig } from './config.ts'

type Line = { readonly config: OvhcloudConfig; readonly tools: Tools }

/** What the operator calls: statuses and answers at one address, STOP at another, for nothing in that call tells it apart. */
export const DOORS = ['events', 'stop'] as const
export type Door = (typeof DOORS)[number]

/** The address an operator enters in the control panel. */
export const addressOf = ({ seal }: Pick<Tools, 'seal'>, webhookUrl: string, door: Door): string => `${webhookUrl}/${seal(door)}`

const same = (given: Buffer, seal: Buffer): boolean => given.length === seal.length && timingSafeEqual(given, seal)

/** The door whose seal stands at the end of the address that was called; undefined where there is none. */
export const doorOf = (request: Request, { seal }: Pick<Tools, 'seal'>): Door | undefined => {
  const given = Buffer.from(new URL(request.url).pathname.split('/').at(-1) ?? '')
  return DOORS.find((door) => same(given, Buffer.from(seal(door))))
}

export const signatureOf = (
  { applicationSecret, consumerKey }: Pick<OvhcloudConfig, 'applicationSecret' | 'consumerKey'>,
  { method, url, body, seconds }: { readonly method: string; readonly url: string; readonly body: string; readonly seconds: number },
): string => `$1$${createHash('sha1').update([applicationSecret, consumerKey, method, url, body, seconds].join('+')).digest('hex')}`

export const signedRequest = ({ config, tools }: Line, method: string, path: string, body: string, signal: AbortSignal): Request => {
  const url = config.apiUrl + path
  const seconds = Math.floor(tools.now() / 1000)
  return new Request(url, {
    method,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-ovh-application': config.applicationKey,
      'x-ovh-consumer': config.consumerKey,
      'x-ovh-timestamp': String(seconds),
      'x-ovh-signature': signatureOf(config, { method, url, body, seconds }),
    },
    ...(body === '' ? {} : { body }),
    signal,
  })
}
