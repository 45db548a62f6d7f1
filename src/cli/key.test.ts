import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyReading, memoryAccess, NOON } from '../../tests/support/rooms.ts'
import { hashSecret } from '../http/caller.ts'
import type { Io } from './command.ts'
import { tellStage } from './demo-beside.ts'
import { explainCommand } from './explain.ts'
import { keyCommand } from './key.ts'

const open = (language: 'fr' | 'en' = 'en') => {
  const access = memoryAccess()
  const out: string[] = []
  const errors: string[] = []
  const io: Io = { stdout: (text) => out.push(text), stderr: (text) => errors.push(text), env: {}, cwd: '/', now: () => NOON, language }
  let closed = 0
  const openStore = async () => ({ reading: emptyReading, access, close: async () => void closed++ })
  const key = keyCommand({ openStore, makeStore: openStore, randomBytes: (count) => new Uint8Array(count).fill(9) })
  const explain = explainCommand({ openStore, timezone: 'UTC' })
  return { access, out, errors, io, key, explain, closed: () => closed }
}

describe('relais key', () => {
  it('makes a key, shows it once, and keeps only its digest', async () => {
    const { access, out, errors, io, key, closed } = open()
    expect(await key.run(['create', '--role', 'agent', '--name', 'Claire'], io)).toBe(0)
    const [secret = ''] = out.join('').split('\n')
    expect(secret).toMatch(/^rk_[\w-]{43}$/)
    expect(await access.findKey(hashSecret(secret))).toMatchObject({ name: 'Claire', role: 'agent' })
    expect(errors.join('')).not.toContain(secret)
    out.length = 0
    expect(await key.run(['list', '--json'], io)).toBe(0)
    expect(out.join('')).not.toContain(secret)
    expect(await key.run(['revoke', 'Claire'], io)).toBe(0)
    expect(await access.findKey(hashSecret(secret))).toBeNull()
    expect(closed()).toBe(3)
  })

  it('tells, beside the running demo, where that one’s keys are', async () => {
    const data = await mkdtemp(join(tmpdir(), 'relais-key-'))
    await mkdir(join(data, 'demo'))
    const { errors, io, key } = open()
    const create = (env: Io['env']) => key.run(['create', '--role', 'agent', '--name', 'Claire'], { ...io, env })
    const end = await tellStage(join(data, 'demo'), {})
    await create({ RELAIS_DATA: data })
    expect(errors.join('')).toContain(`RELAIS_DATA=${join(data, 'demo')} `)
    errors.length = 0
    await create({ RELAIS_DATA: join(data, 'demo') })
    await end()
    await create({ RELAIS_DATA: data })
    expect(errors.join('')).not.toContain('demo')
    await rm(data, { recursive: true })
  })

  it.each([
    [['create', '--role', 'boss', '--name', 'x'], 'one of admin, agent, system, read'],
    [['create', '--role', 'agent'], 'a name of 1 to 80 characters'],
    [['create', '--role', 'agent', '--name', 'a\nb'], 'a name of 1 to 80 characters'],
    [['revoke'], 'id is missing'],
    [['show'], 'evidence or rulebook'],
    [['show', 'api'], 'evidence or rulebook'],
    [['make'], 'create, list, revoke or show'],
    [['revoke', 'nobody'], 'nobody'],
    [[], 'argument is missing'],
  ])('%j is wrong use: one line that says what to do, exit 2', async (args, words) => {
    const { errors, out, io, key } = open()
    expect(await key.run(args, io)).toBe(2)
    expect(errors.join('')).toContain(words)
    expect(errors.join('').trimEnd().split('\n')).toHaveLength(1)
    expect(out).toEqual([])
  })
})

describe('relais explain', () => {
  it('says in one line that there is no such message', async () => {
    const { errors, io, explain, closed } = open('fr')
    expect(await explain.run(['msg_none'], io)).toBe(2)
    expect(errors.join('')).toContain('msg_none')
    expect(closed()).toBe(1)
  })
})
