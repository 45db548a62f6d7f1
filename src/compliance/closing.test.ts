import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readRulebookFiles } from '../cli/rules/rulebook-files.ts'
import { readRulebook } from '../policy/index.ts'
import { readWorkspace } from '../workspace/load.ts'
import { examineClosing } from './closing.ts'

const MAIN = 'workspace: { name: Lumière, country: FR }\nchannels:\n  main: { kind: whatsapp }\n  texts: { kind: sms }\n'
const rule = (says: string, when = 'channel.kind == "whatsapp"', by = 'business') =>
  `rule: own/leave\nby: ${by}\nzone: Europe/Paris\nabout: { fr: "Nous quittons WhatsApp.", en: "We leave WhatsApp." }\nwhen: ${when}\nsays:\n${says}\nremedy: { fr: "Écrivez ailleurs.", en: "Write elsewhere." }\n`
const LEAVE = '  - { place: world, from: 2027-03-01, ruling: { refuse: {} } }'

/** `level channel first-day: words`. */
const found = (text: string, at: string): readonly string[] => {
  const bytes = (words: string) => new TextEncoder().encode(words)
  const files = [
    { file: 'relais.yaml', bytes: bytes(MAIN) },
    { file: 'rules/leave.yaml', bytes: bytes(text) },
  ]
  const kinds = Object.fromEntries(['whatsapp', 'sms'].map((kind) => [kind, z.strictObject({})]))
  const { workspace, place, findings } = readWorkspace('', files, { env: {}, channels: kinds, engines: {} })
  if (!workspace) throw new Error(findings.map(({ words }) => words.en).join())
  const own = workspace.rules.map(({ file, source }) => ({ path: file, source, business: true }))
  const { rulebook, problems } = readRulebook([...readRulebookFiles(), ...own])
  if (problems.length) throw new Error(problems.map(({ words }) => words.en).join())
  const setUp = { workspace, capabilities: {}, isInProcess: () => true, place }
  return examineClosing(setUp, rulebook, Date.parse(at)).map(
    ({ level, place: where, breach, words }) => `${level} ${where?.line} ${breach?.firstDay}: ${words.en}`,
  )
}

describe('a channel by which the rules let nothing leave', () => {
  it('is told ahead with its day, and on it', () => {
    const told =
      'warning 3 2027-03-01: on the channel “main”, the rule own/leave, from 1 March 2027 on, lets nothing leave any more, to anybody'
    expect(found(rule(LEAVE), '2026-11-22T12:00:00Z')).toEqual([told])
    expect(found(rule(LEAVE), '2027-02-28T22:59:00Z')).toEqual([told])
    expect(found(rule(LEAVE), '2027-02-28T23:00:00Z')).toEqual([told.replace('from 1 March 2027 on', 'in force since 1 March 2027')])
  })

  it('is not one that lets replies go, or one category, or one country', () => {
    for (const when of [
      'channel.kind == "whatsapp" && !message.reply',
      'channel.kind == "whatsapp" && message.category != "service"',
      'channel.kind == "whatsapp" && message.ai',
      'channel.kind == "whatsapp" && message.automatic',
    ])
      expect(found(rule(LEAVE, when), '2027-06-01T12:00:00Z')).toEqual([])
    expect(found(rule(LEAVE.replace('world', 'FR')), '2027-06-01T12:00:00Z')).toEqual([])
    expect(found(rule(LEAVE.replace('refuse: {}', 'postpone: { until: "08:00" }')), '2027-06-01T12:00:00Z')).toEqual([])
  })

  it('counts where everything is held, or sent another way', () => {
    for (const ruling of ['hold: {}', 'reroute: {}'])
      expect(found(rule(LEAVE.replace('refuse: {}', ruling)), '2027-06-01T12:00:00Z')).toHaveLength(1)
  })
})
