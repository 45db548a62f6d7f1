import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadRulebook } from '../../policy/index.ts'
import type { Io } from '../command.ts'
import { sampleTraffic } from '../recorded/sample-traffic.ts'
import { readOwnRules } from './own-rules.ts'
import { readRulebookFiles } from './rulebook-files.ts'
import { judgeRecent } from './whatif.ts'

const NOW = Date.parse('2026-11-22T09:00:00Z')
const DEMO = join(import.meta.dirname, '..', '..', '..', 'workspaces', 'demo')
const files = readRulebookFiles()
/** As shipped, but that no automatic message may leave. */
const stricter = [
  ...files,
  {
    path: 'sms/silence.yaml',
    source: `rule: sms/silence
by: law
about: { fr: Silence., en: Silence. }
when: message.automatic
says:
  - { place: world, from: 2026-01-01, ruling: { refuse: {} }, source: https://example.org/law, read: 2026-11-22, confidence: C }
remedy: { fr: Rien., en: Nothing. }
`,
  },
]
const asked = {
  before: loadRulebook(files),
  after: loadRulebook(stricter),
  own: readOwnRules('/', DEMO),
  since: NOW - 30 * 86_400_000,
  until: NOW,
}
const io: Io = { stdout: () => {}, stderr: () => {}, env: {}, cwd: '/', now: () => NOW, language: 'en' }

it('tells what new rules would have changed in the last 30 days, and closes what it opened', async () => {
  let closed = 0
  const peek = async () => ({ recorded: sampleTraffic(NOW), close: async () => void closed++ })
  const told = await judgeRecent(peek)(asked, io)
  expect(told?.text).toContain('What if these rules had held in the last 30 days?')
  expect(JSON.stringify(told?.json)).toContain('sms/silence')
  expect(closed).toBe(1)
})

it('tells nothing where nothing was recorded', async () => {
  expect(await judgeRecent(async () => null)(asked, io)).toBeNull()
  const empty = async () => ({ recorded: { ...sampleTraffic(NOW), count: async () => 0 }, close: async () => {} })
  expect(await judgeRecent(empty)(asked, io)).toBeNull()
})
