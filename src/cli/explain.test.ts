import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { message } from '../../tests/support/api.ts'
import { emptyReading, memoryAccess, NOON } from '../../tests/support/rooms.ts'
import { runCommand } from '../../tests/support/terminal.ts'
import type { Ruling } from '../core/decision.ts'
import { asId, type DecisionId, type Digest } from '../core/ids.ts'
import type { DecisionView, ExplanationData } from '../core/reading.ts'
import { explainCommand } from './explain.ts'

const received: ExplanationData = {
  message: {
    ...message,
    direction: 'in',
    at: Date.UTC(2026, 10, 22, 5, 28, 3),
    author: 'customer',
    category: null,
    status: 'received',
  },
  answered: null,
  country: 'FR',
  channelKind: 'whatsapp',
  decisions: [],
  attempts: [],
}

const explain = async (cwd: string, ...args: string[]) => told(cwd, received, args)

const told = async (cwd: string, known: ExplanationData | null, args: readonly string[], rules: unknown = null) => {
  const openStore = async () => ({
    reading: { ...emptyReading, explanation: async () => known, rulebook: async () => rules },
    access: memoryAccess(),
    close: async () => {},
  })
  const command = explainCommand({ openStore, timezone: 'UTC' })
  return runCommand(command, ['msg_1', ...args], { cwd, now: () => NOON })
}

const workspace = mkdtempSync(join(tmpdir(), 'relais-explain-'))
writeFileSync(join(workspace, 'relais.yaml'), 'workspace: { name: Shop, timezone: Asia/Tokyo }\n')
const elsewhere = mkdtempSync(join(tmpdir(), 'relais-explain-'))

it('tells times in the zone of the workspace it stands in, or of the one that is named', async () => {
  for (const said of [await explain(workspace), await explain(elsewhere, '--workspace', workspace)]) {
    expect(said).toMatchObject({ code: 0, err: '' })
    expect(said.out).toContain('22 November 2026, 14:28:03')
  }
})

it('says whose zone it is where no workspace names one', async () => {
  const said = await explain(elsewhere)
  expect(said.out).toContain('22 November 2026, 05:28:03')
  expect(said.err).toBe('Times are of UTC, this machine’s zone: --workspace names the workspace whose zone should serve.\n')
})

it('refuses a folder that is no workspace', async () => {
  expect(await explain(workspace, '--workspace', elsewhere)).toMatchObject({ code: 2, out: '' })
})

it('says of an id that no message has where ids are found, and nothing of time zones', async () => {
  const { code, out, err } = await told(elsewhere, null, [])
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/^relais explain: No message has this id: msg_1\. It begins with msg_.*\n$/)
})

it('tells what a rule is about in the words of the rulebook that decided, and as JSON all that is known', async () => {
  const ruling: Ruling = {
    rule: 'post/office',
    by: 'business',
    outcome: 'refuse',
    since: '2026-01-01',
    to: null,
    known: '2026-01-01',
    place: 'world',
    source: 'rules/office.yaml',
    confidence: 'A',
    remedy: { fr: 'Attendez.', en: 'Wait.' },
  }
  const decision: DecisionView = {
    id: asId<DecisionId>('dec_1'),
    messageId: message.id,
    contactId: message.contactId,
    at: message.at,
    outcome: 'refuse',
    amend: {},
    until: null,
    rulings: [ruling],
    price: { known: false, amount: null, currency: null, category: 'service', since: null, source: null, confidence: null },
    intent: { purpose: 'service', purposeAssumed: false },
    situation: null,
    situationDigest: asId<Digest>('s'),
    rulebook: asId<Digest>('r'),
  }
  const known: ExplanationData = { ...received, message, decisions: [decision] }
  const rules = [
    { path: 'rules/office.yaml', source: JSON.stringify({ rule: 'post/office', about: { fr: 'Fermé.', en: 'The office is closed.' } }) },
  ]
  expect((await told(workspace, known, [], rules)).out).toContain('The business’s own rule (everywhere): The office is closed.')
  const all = JSON.parse((await told(workspace, known, ['--json'], rules)).out)
  expect(all).toMatchObject({ ...JSON.parse(JSON.stringify(known)), words: { headline: expect.any(String), parts: expect.any(Array) } })
})
