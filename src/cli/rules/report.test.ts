import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../../tests/support/terminal.ts'
import { rulesReport } from './report.ts'

const OVERRIDE = `rule: fr/hours
by: business
override: { reason: They board at night, by: Claire Martin, until: 2026-12-31 }
channels: [sms]
zone: Europe/Paris
about: { fr: "À bord, à toute heure.", en: "On board, at any hour." }
when: message.template == "on_board"
says: [{ place: FR, from: 2026-11-01, ruling: { allow: {} } }]
remedy: { fr: Rien à faire., en: Nothing to do. }
`
let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'relais-report-'))
  await mkdir(join(cwd, 'rules'))
  await writeFile(join(cwd, 'relais.yaml'), 'workspace: { name: Essai, country: FR, timezone: Europe/Paris }\nchannels: {}\n')
  await writeFile(join(cwd, 'rules', 'on-board.yaml'), OVERRIDE)
})
afterAll(() => rm(cwd, { recursive: true }))

const pageOn = async (day: string, args: readonly string[] = []): Promise<string> => {
  const { code } = await runCommand(rulesReport, ['--out', 'rules.html', ...args], { cwd, now: () => Date.parse(`${day}T12:00:00Z`) })
  expect(code).toBe(0)
  return readFile(join(cwd, 'rules.html'), 'utf8')
}

describe('relais rules report', () => {
  it('shows who made a rule laxer, until when and why, beside the rule itself', async () => {
    const page = await pageOn('2026-11-22', ['--workspace', '.'])
    expect(page).toContain('Made laxer by the business (Claire Martin, until 31 December 2026): They board at night')
    expect(page).toContain('France: may leave, since 1 November 2026, until 31 December 2026')
    const ids = [...page.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id)
    expect(ids).toContain('fr/hours')
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('marks the files that are to be read again, and counts them', async () => {
    expect(await pageOn('2026-11-23')).not.toContain('To be read again')
    const later = await pageOn('2027-06-01')
    expect(later).toMatch(/To be read again: the sources of [1-9]\d* files were not read for over 90 days/u)
    expect(later).toMatch(/To be read again: source read on \d+ November 2026, \d+ days ago/u)
  })

  it('gives each country that is asked for a lane of its own, the business’s own where none is', async () => {
    const lanesIn = (page: string) => new Set([...page.matchAll(/<div class="place">([^<]+)</gu)].map(([, place]) => place))
    expect(lanesIn(await pageOn('2026-11-22', ['--countries', 'PT,IN']))).toContain('Portugal')
    expect(lanesIn(await pageOn('2026-11-22'))).toContain('France')
  })
})
