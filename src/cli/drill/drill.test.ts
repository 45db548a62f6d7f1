import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { signerOf } from '../../evidence/index.ts'
import type { Io } from '../command.ts'
import { drillCommand } from './drill.ts'

const DEMO = join(import.meta.dirname, '..', '..', '..', 'workspaces', 'demo')
const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

const run = async (...args: string[]) => {
  const cwd = await mkdtemp(join(tmpdir(), 'relais-drill-'))
  folders.push(cwd)
  const said = { out: '', err: '' }
  const kept: object[] = []
  const io: Io = {
    stdout: (text) => {
      said.out += text
    },
    stderr: (text) => {
      said.err += text
    },
    env: {},
    cwd,
    now: () => Date.UTC(2026, 10, 24, 9),
    language: 'en',
  }
  const command = drillCommand({
    keep: async (_, report) => kept.push(report) > 0,
    recorded: async () => null,
    openLive: () => Promise.reject(new Error('Nothing is live here.')),
    ask: async () => false,
  })
  const code = await command.run([...args, '--workspace', DEMO], io)
  return { ...said, code, kept, cwd }
}

it('cuts the demo’s first channel and engine: everybody who agreed is reached elsewhere, nothing is lost, and the report is signed', async () => {
  const { out, code, kept, cwd } = await run('--cut', 'whatsapp,main', '--seed', '3', '--contacts', '12', '--out', 'drill.html', '--json')
  const report = JSON.parse(out)
  expect(report.failures).toEqual([])
  expect(report).toMatchObject({
    ok: true,
    mode: 'shadow',
    contacts: 12,
    result: { lost: 0, doubled: 0, outOfOrder: 0, withoutConsent: 0 },
  })
  expect(report.result.switched).toBeGreaterThan(0)
  expect(report.result.authors.map(({ author }: { author: string }) => author)).not.toContain('engine:main')
  expect([code, kept.length]).toEqual([0, 1])
  const page = await readFile(join(cwd, 'drill.html'))
  expect(signerOf(page)).toBe(report.key)
  expect(page.toString()).toContain('<script type="application/json" id="drill">')
}, 120_000)

it('names what relais.yaml does not have, and what else is wrong, before anything is played', async () => {
  expect(await run('--cut', 'whatsap')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean whatsapp?') })
  expect(await run('--cut', 'sms', '--contacts', '-3')).toMatchObject({ code: 2, err: expect.stringContaining('must be positive') })
  expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('whatsapp, sms') })
  expect(await run('--cut', 'sms', '--how', 'gently')).toMatchObject({ code: 2, err: expect.stringContaining('banned, refuses') })
  expect(await run('--cut', 'sms', '--traffic', 'recorded')).toMatchObject({ code: 2, err: expect.stringContaining('no customer') })
  expect(await run('--cut', 'main', '--live', 'cohort.csv')).toMatchObject({ code: 2, err: expect.stringContaining('channels alone') })
})
