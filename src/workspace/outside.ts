/** Whom Relais tells what happens: outgoing webhooks, and who is to be woken. */
import { z } from 'zod'
import { NOTICES } from '../core/event.ts'
import { shaped, words } from './field.ts'

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, read 2026-11-22: 24 to 64 random bytes. */
const secret = shaped(/^whsec_(?:[A-Za-z0-9+/]{4}){8,22}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u, {
  fr: '« whsec_ » et 24 à 64 octets au hasard en base64 : « openssl rand -base64 32 » en fait',
  en: '“whsec_” and 24 to 64 random bytes as base64: “openssl rand -base64 32” makes some',
})

export const webhook = z
  .strictObject({
    url: z.url({ protocol: /^https?$/u }).describe('Where it is told, by POST. Its host may be a private one, for you name it.'),
    secret: z
      .union([secret, z.array(secret).min(1)])
      .meta({ secret: true })
      .describe('What messages are signed with (Standard Webhooks); several while one takes the place of another.'),
    events: z.array(z.enum(NOTICES)).min(1).optional().describe('What it is told; everything where unset.'),
    texts: z.boolean().default(false).describe('Whether messages are told with what was written in them.'),
  })
  .describe('One address that is told what happens, in order, at least once.')

export const alerts = z
  .strictObject({
    email: z.array(z.email().max(254)).default([]).describe('Addresses of those who run the house.'),
    via: words.optional().describe('Id of the e-mail channel that alerts leave by.'),
    webhook: words.optional().describe('Id of a webhook that is told alerts, whatever else it is told.'),
    language: z.enum(['fr', 'en']).optional().describe('Of alert mails; `workspace.locale` where unset.'),
  })
  .describe('Who is woken when a channel is cut, an engine fails or a send is lost: once a matter and quarter of an hour.')
