import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../../tests/support/terminal.ts'
import { whatifCommand } from './whatif.ts'

const NOW = Date.parse('2026-11-22T09:00:00Z')
const FOLDER = mkdtempSync(join(tmpdir(), 'relais-whatif-'))
const command = whatifCommand({
  openRecords: () => {
    throw new Error('no store is needed for a sample')
  },
  timezone: 'Europe/Paris',
})

const run = (line: string, language: 'fr' | 'en' = 'en') => runCommand(command, line, { cwd: FOLDER, now: () => NOW, language })
type Told = {
  ask: { fr: string; en: string }
  since: string
  until: string
  messages: number
  conversations: number
  effects: Readonly<Record<string, number>>
  cost: { lines: readonly { category: string; currency: string; after: number }[] }
  rules: readonly { rule: string; messages: number }[]
  examples: readonly unknown[]
  actions: readonly unknown[]
  customers: { lost: number; unreachable: number; couldBy: readonly object[]; stillBy: readonly object[] }
}
const asked = async (line: string): Promise<Told> => JSON.parse((await run(`--sample --json ${line}`)).out)

const RULE = `rule: business/evening
by: business
about: { fr: Pas le soir., en: Not in the evening. }
when: local.hour >= 18 && message.automatic
says: [{ place: world, from: 2025-01-01, ruling: { refuse: {} } }]
remedy: { fr: Attendez le matin., en: Wait for the morning. }
`
writeFileSync(join(FOLDER, 'evening.yaml'), RULE)

describe('relais whatif --sample', () => {
  it.each([
    ['--rules evening.yaml', 'What if… under the rules of evening.yaml?', 'Et si… sous les règles de evening.yaml ?'],
    ['--at 2026-01-20', 'What if… under the rules of 20 January 2026?', 'Et si… sous les règles du 20 janvier 2026 ?'],
    ['--ai-is primary', 'What if… with an AI declared “primary”?', 'Et si… avec une IA déclarée « primary » ?'],
    [
      '--without whatsapp --throughput 80',
      'What if… without “whatsapp”, at 80 messages a second?',
      'Et si… sans « whatsapp », à 80 messages par seconde ?',
    ],
    ['--price service=0.03EUR', 'What if… at €0.03 a “service” message?', 'Et si… à 0,03 € le message « service » ?'],
    ['--question whatsapp-closes', 'What if WhatsApp closed?', 'Et si WhatsApp fermait ?'],
  ])('%s is a question in words', async (line, en, fr) => {
    const { ask } = await asked(line)
    expect({ en: ask.en, fr: ask.fr.replace(/[\u00a0\u202f]/gu, ' ') }).toEqual({ en, fr })
  })

  it('judges whole days of the business’s zone, one of 25 hours too', async () => {
    const { since, until } = await asked('--question whatsapp-closes --since 2026-10-25 --until 2026-10-25')
    expect([since, until]).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'])
  })

  it('takes prices beside those of a question, and before them', async () => {
    const { cost } = await asked('--question service-free --price utility=1EUR --price service=1EUR')
    const of = (category: string) => cost.lines.find((line) => line.category === category && line.currency === 'EUR')?.after ?? 0
    expect([of('utility') > 100, of('service') > 100]).toEqual([true, true])
  })

  it('judges by a rule that is being written', async () => {
    const { effects, rules, conversations, examples } = await asked('evening.yaml')
    expect(effects.refused).toBeGreaterThan(100)
    expect(rules).toMatchObject([{ rule: 'business/evening', messages: effects.refused }])
    expect(conversations).toBe(500)
    expect(examples).toHaveLength(10)
  })

  it('without its first channel the demo goes on by the others, and has three things to do for those whom nothing reaches', async () => {
    const { customers, actions, messages, effects } = await asked('--without whatsapp')
    expect(customers).toMatchObject({ lost: 500, unreachable: 37, couldBy: [] })
    expect(customers.stillBy).toMatchObject([{ channel: 'calls' }, { channel: 'sms' }, { channel: 'mail' }, { channel: 'site' }])
    expect(effects.rerouted).toBe(messages)
    expect(actions).toHaveLength(3)
    // Every kind of address of its customers has a channel already, and text messages stand next in its plan.
    expect(JSON.stringify(actions)).not.toMatch(/connect-channel|plan-channel/)
  })

  it('is the same for the same day', async () => {
    expect(await asked('--ai-is primary')).toEqual(await asked('--ai-is primary'))
  })

  it('writes one page that needs nothing else', async () => {
    const { code, out } = await run('--sample --without whatsapp --out page.html', 'fr')
    expect(code).toBe(0)
    expect(out).toContain('Trois choses à faire')
    const page = readFileSync(join(FOLDER, 'page.html'), 'utf8')
    for (const words of ['messages touchés', 'clients que rien d’autre ne joint', 'Trois choses à faire', '<table'])
      expect(page).toContain(words)
    expect(page).not.toMatch(/<script|<link|src="http/)
  })
})

describe('wrong use is told in a line', () => {
  writeFileSync(join(FOLDER, 'broken.yaml'), 'rule: [\n')
  writeFileSync(join(FOLDER, 'typo.yaml'), RULE.replace('local.hour', 'local.hours'))
  writeFileSync(join(FOLDER, 'other.yaml'), 'a: 1\n')
  it.each([
    ['', 'what should change?'],
    ['--rules nowhere.yaml', 'there is no file nowhere.yaml'],
    ['--rules broken.yaml', 'broken.yaml:2:1 this is not YAML'],
    ['--rules typo.yaml', 'typo.yaml:4:13 in the expression: unknown name “hours” (did you mean “hour”?)'],
    ['--rules other.yaml', 'other.yaml is neither a rule nor a price list'],
    ['--question whatsapp-close', 'did you mean “whatsapp-closes”?'],
    ['--without whatsap', 'did you mean “whatsapp”?'],
    ['--price service=3', '--price: “service=3” does not read'],
    ['--ai-is main', '--ai-is: incidental or primary'],
    ['--throughput 0', '--throughput needs a number above zero'],
    ['--at 2026-13-01', '2026-13-01'],
    ['--since 2026-11-20 --until 2026-11-01 --without whatsapp', '--since is after --until'],
  ])('%s', async (line, sentence) => {
    const { code, out, err } = await run(`--sample ${line}`.trim())
    expect(err).toContain(sentence)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect([code === 0, out]).toEqual([false, ''])
  })
})
