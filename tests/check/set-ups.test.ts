/**
 * Each folder of `set-ups/` is a workspace that `relais check` is asked about; try one: `relais check tests/check/set-ups/one-engine`. Its file
 * `.expected` gives the day asked about and what is found, in order: `file:line level id`, and of a dated rule `rule first-day`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkCommand } from '../../src/cli/check.ts'
import { EXIT, type Io } from '../../src/cli/command.ts'
import { runCommand } from '../support/terminal.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const SET_UPS = join(import.meta.dirname, 'set-ups')
const NOW = Date.parse('2026-11-22T12:00:00Z')

type Words = { readonly fr: string; readonly en: string }
type Told = { readonly words: Words; readonly remedy: Words; readonly by?: string; readonly source?: string }
type Found = Told & { file: string; line: number; level: string; id: string; rule?: string; firstDay?: string }
type Answer = { readonly ok: boolean; readonly findings: readonly Found[] }

const check = async (folder: string, args: readonly string[], env: Io['env'] = {}): Promise<Answer & { readonly code: number }> => {
  const { code, out } = await runCommand(checkCommand, [folder, ...args, '--json'], { cwd: ROOT, now: () => NOW, env })
  const { ok, findings } = JSON.parse(out) as Answer
  // When a cut was last rehearsed stands in the database, not in the folder.
  return { code, ok, findings: findings.filter(({ id }) => id !== 'drill-stale') }
}

const lineOf = ({ file, line, level, id, rule, firstDay }: Found): string =>
  `${[`${file}:${line}`, level, id, rule, firstDay].filter((part) => part !== undefined).join(' ')}\n`

const names = readdirSync(SET_UPS)
const clean = names.filter((name) => name.startsWith('clean-'))

describe('relais check --at tells what breaks which rule, where, and since or from which day on', () => {
  test.each(names)('%s', async (name) => {
    const [asked = '', ...expected] = readFileSync(join(SET_UPS, name, '.expected'), 'utf8').split(/^/mu)
    const { code, ok, findings } = await check(join(SET_UPS, name), asked.trim().split(' '))
    expect(findings.map(lineOf)).toEqual(expected)
    for (const { words, remedy, rule, by, source } of findings) {
      for (const { fr, en } of [words, remedy])
        expect([fr, en, fr !== en]).toEqual([expect.stringMatching(/\w/u), expect.stringMatching(/\w/u), true])
      if (rule && by !== 'business') expect(source).toMatch(/^https:/u)
    }
    const broken = findings.some(({ level }) => level === 'error')
    expect([ok, code]).toEqual([!broken, broken ? EXIT.no : EXIT.done])
  })
  test('in at least twenty broken set-ups, and nothing in ten clean ones', () => {
    const expectedOf = (name: string) =>
      readFileSync(join(SET_UPS, name, '.expected'), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
    expect(clean.length).toBeGreaterThanOrEqual(10)
    for (const name of clean) expect(expectedOf(name)).toEqual([])
    const broken = names.filter((name) => !clean.includes(name))
    expect(broken.length).toBeGreaterThanOrEqual(20)
    for (const name of broken) expect(expectedOf(name)).not.toEqual([])
  })
})

describe('the workspaces that Relais brings', () => {
  const SIMULATED = {
    WHATSAPP_TOKEN: 'x',
    WHATSAPP_APP_SECRET: 'x',
    WHATSAPP_VERIFY_TOKEN: 'x',
    WHATSAPP_API_URL: 'http://127.0.0.1:1',
    ENGINE_URL: 'http://127.0.0.1:1',
    BOOKING_URL: 'http://127.0.0.1:1',
    SMS_API_URL: 'http://127.0.0.1:1',
    SMS_ACCOUNT: `AC${'0'.repeat(32)}`,
    SMS_TOKEN: 'x',
    MAIL_SMTP_PORT: '1',
    MAIL_IMAP_PORT: '1',
    MAIL_PASSWORD: 'x',
  }
  test.each(['demo', 'starter', 'starter-fr'])('%s breaks nothing', async (name) => {
    const { code, findings } = await check(join(ROOT, 'workspaces', name), ['--at', '2026-11-22'], SIMULATED)
    expect([code, findings.filter(({ level }) => level !== 'notice')]).toEqual([EXIT.done, []])
  })
})
