/**
 * Who calls. The platform signs the raw bytes with the app's secret (`X-Hub-Signature-256: sha256=<hex>`); there is no timestamp in it,
 * so a replay is caught by the events' ids alone.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint (read 2026-11-22)
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const PREFIX = 'sha256='

/** `body` is what came over the wire, before any parsing. */
export const verifySignature = (header: string | null, body: Uint8Array, appSecret: string): boolean => {
  if (header === null || header.length !== PREFIX.length + 64 || !header.startsWith(PREFIX)) return false
  const given = Buffer.from(header.slice(PREFIX.length), 'hex')
  const expected = createHmac('sha256', appSecret).update(body).digest()
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** The header the platform would send with `body`: what `doctor` and the tests sign with. */
export const signBody = (body: Uint8Array, appSecret: string): string => PREFIX + createHmac('sha256', appSecret).update(body).digest('hex')

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Answers the subscription handshake: the challenge in plain text, or 403. */
export const answerHandshake = (request: Request, verifyToken: string): Response => {
  const query = new URL(request.url).searchParams
  const token = query.get('hub.verify_token')
  const challenge = query.get('hub.challenge')
  const known = token !== null && timingSafeEqual(digest(token), digest(verifyToken))
  if (query.get('hub.mode') !== 'subscribe' || challenge === null || !known) return new Response(null, { status: 403 })
  return new Response(challenge, { headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' } })
}
