/**
 * Standard Webhooks: what an outgoing message is signed with, so that whoever gets it knows that it is ours and just now.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (read 2026-11-22)
 */
import { createHmac } from 'node:crypto'

const PREFIX = 'whsec_'

const signatureOf = (secret: string, signed: string): string => {
  const key = Buffer.from(secret.slice(secret.startsWith(PREFIX) ? PREFIX.length : 0), 'base64')
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}

/** The three headers. One signature for each secret: while one takes the place of another, both fit. `at`: ms since 1970. */
export const webhookHeaders = (secrets: readonly string[], id: string, at: number, body: string): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(at / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signatureOf(secret, `${id}.${timestamp}.${body}`)).join(' '),
  }
}
