import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Capabilities } from '../core/capability.ts'
import { checkWorkspace } from './check.ts'
import { readWorkspace } from './load.ts'

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
const MAIN =
  'workspace: { name: A, country: FR }\nchannels: { mail: { kind: email }, chat: { kind: web } }\nengines: { faq: { kind: extractive } }\n'
const KINDS = { email: z.strictObject({}), web: z.strictObject({}) }
const table = (identity: 'email' | 'web'): Capabilities => ({ identities: [identity] }) as Partial<Capabilities> as Capabilities

/** What is wrong with what stands below the channels: `line: words`. */
const wrong = (text: string): readonly string[] => {
  const files = [{ file: 'relais.yaml', bytes: new TextEncoder().encode(MAIN + text) }]
  const { draft, findings, place } = readWorkspace('', files, { env: {}, channels: KINDS, engines: { extractive: z.strictObject({}) } })
  const capabilities = { email: table('email'), web: table('web') }
  const sense = draft ? checkWorkspace(draft.workspace, { capabilities, env: {}, place, unread: draft.unread }) : []
  return [...findings, ...sense].filter(({ level }) => level === 'error').map(({ place: at, words }) => `${at?.line}: ${words.en}`)
}

const hook = (more = '') => `webhooks: { crm: { url: "https://crm.example.fr", secret: "${SECRET}"${more} } }\n`

describe('webhooks and alerts', () => {
  it('are in order', () => {
    expect(wrong(`${hook(', events: [message.failed]')}alerts: { email: [ops@example.fr], via: mail, webhook: crm }`)).toEqual([])
    expect(wrong(`webhooks: { crm: { url: "http://10.0.0.1:8080/x", secret: ["${SECRET}", "${SECRET}"], texts: true } }`)).toEqual([])
  })

  it.each([
    [hook().replace('whsec_', ''), '4: the value of “secret” does not fit'],
    [hook(', events: [message.sold]'), '4: the value of “events” does not fit'],
    [hook().replace('https:', 'ftp:'), '4: the value of “url” does not fit'],
    [hook().replace('crm:', 'ai:'), '4: the value of “ai” does not fit'],
    [hook().replace('crm:', 'chat:'), '4: “chat” is the name of a channel or engine already'],
    ['alerts: { email: [ops@example.fr] }', '4: the key “via” is missing'],
    ['alerts: { email: [ops], via: mail }', '4: the value of “email” does not fit'],
    ['alerts: { email: [ops@example.fr], via: post }', '4: there is no channel “post” in relais.yaml'],
    ['alerts: { email: [ops@example.fr], via: chat }', '4: “chat” does not write to e-mail addresses'],
    ['alerts: { webhook: crm }', '4: there is no webhook “crm” in relais.yaml'],
  ])('%s is told', (text, words) => {
    expect(wrong(text)).toEqual([words])
  })
})
