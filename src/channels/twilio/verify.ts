/**
 * Who calls. Twilio signs the address it was told, query included, and all parameters of the form, sorted by name and written one behind the
 * other, with HMAC-SHA1 by the account's token. The address is the public one: what a proxy made of it is not believed, nor are its headers.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security (read 2026-11-22)
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

const written = (body: string): string => {
  const values = new Map<string, Set<string>>()
  for (const [name, value] of new URLSearchParams(body)) values.set(name, (values.get(name) ?? new Set()).add(value))
  return [...values.keys()]
    .sort()
    .map((name) =>
      [...(values.get(name) ?? [])]
        .sort()
        .map((value) => name + value)
        .join(''),
    )
    .join('')
}

/** The header Twilio sends with a form to this address: what `doctor` and the tests sign with. */
export const signCall = (url: string, body: string, authToken: string): string =>
  createHmac('sha1', authToken)
    .update(url + written(body))
    .digest('base64')

/** Where the call went as Twilio sees it: the public address, with the query of this call. */
export const calledUrl = (request: Request, webhookUrl: string | undefined): string =>
  webhookUrl === undefined ? request.url : webhookUrl + new URL(request.url).search

/** `body` is what came over the wire. */
export const verifySignature = (header: string | null, url: string, body: string, authToken: string): boolean => {
  const given = Buffer.from(header ?? '', 'base64')
  const expected = Buffer.from(signCall(url, body, authToken), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
