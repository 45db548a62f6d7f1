import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordLog } from '../../tests/support/recorded-log.ts'
import type { ChannelSetup } from '../core/workspace.ts'
import { readLogos } from './logos.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'relais-logos-'))
  await mkdir(join(root, 'ours', 'look'), { recursive: true })
  await writeFile(join(root, 'ours', 'look', 'logo.svg'), '<svg/>')
  await writeFile(join(root, 'ours', 'large.png'), Buffer.alloc(100_001))
  await writeFile(join(root, 'ours', 'relais.yaml'), 'secret')
  await writeFile(join(root, 'theirs.svg'), '<svg/>')
})
afterAll(() => rm(root, { recursive: true, force: true }))

it('reads a picture of the folder, and nothing else of it or of elsewhere', async () => {
  const log = recordLog()
  const files = ['look/logo.svg', 'large.png', 'relais.yaml', '../theirs.svg', join(root, 'theirs.svg'), 'none.png', null]
  const channels = files.map((logo, n) => ({ id: `site${n}`, chat: { look: { logo } } }) as unknown as ChannelSetup)
  const logos = await readLogos({ folder: join(root, 'ours'), channels }, log)
  expect([...logos].map(([id, { type }]) => [id, type])).toEqual([['site0', 'image/svg+xml']])
  expect(log.lines.length).toBe(5)
})
