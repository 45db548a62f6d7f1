/** Commands that ask what is stored, where nothing is: they say so and what to do, and leave nothing behind. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyDatabase } from '../support/postgres.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const MAIN = join(ROOT, 'src', 'cli', 'main.ts')
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-nothing-'))
  await writeFile(join(folder, 'relais.yaml'), 'workspace: { name: Voyages, country: FR }\nchannels:\n  whatsapp: { kind: whatsapp }\n')
  await writeFile(join(folder, 'people.txt'), '+33612345678, oui\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const relais = (args: string, env: Readonly<Record<string, string>> = {}) =>
  new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>((done) => {
    const child = spawn(process.execPath, [MAIN, ...args.split(' ')], {
      cwd: folder,
      env: { PATH: process.env.PATH, LANG: 'fr_FR.UTF-8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = { out: '', err: '' }
    child.stdout.on('data', (text) => {
      said.out += text
    })
    child.stderr.on('data', (text) => {
      said.err += text
    })
    child.once('close', (code) => done({ code, ...said }))
  })

const ASKING = [
  'explain msg_1',
  'evidence --since 2026-11-01 --out proof.html',
  'reach report',
  'cost',
  'whatif --at 2027-01-01',
  'key list',
  'key revoke key_1',
  `drill --cut whatsapp --live people.txt --workspace ${join(ROOT, 'workspaces', 'demo')}`,
]

describe('where nobody started Relais yet', () => {
  it.each(ASKING)('“relais %s” says so in one sentence with what to do, and makes no store', async (args) => {
    const { code, out, err } = await relais(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(`Rien n’est encore enregistré ici\u00a0: ${join(folder, '.relais')}. Lancez cette commande là où tourne Relais`)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect((await readdir(folder)).toSorted()).toEqual(['people.txt', 'relais.yaml'])
  })

  it('tells a program by the error’s code', async () => {
    const { code, out } = await relais('key list --json')
    expect([code, JSON.parse(out).error]).toEqual([2, 'nothing-stored'])
  })

  it('says the same of a database without any table, by its address', async () => {
    const empty = await emptyDatabase()
    const { code, err } = await relais('explain msg_1', { DATABASE_URL: empty.connectionString })
    expect([code, err]).toEqual([2, expect.stringContaining('Rien n’est encore enregistré ici\u00a0: DATABASE_URL ')])
    await empty.drop()
  })
})
