/** Each folder of `fixtures/` is a workspace; its file `.expected` names the findings: `file:line id`, in order. None = it is clean. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { PLAIN, RICH } from '../../src/journeys/sample.ts'
import { faultIn } from '../../src/policy/index.ts'
import { checkWorkspace, disk, loadWorkspace } from '../../src/workspace/index.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const ENV = { ORDERS_URL: 'https://orders.example.fr' }
const KINDS = {
  channels: { buttons: z.strictObject({}), plain: z.strictObject({}) },
  engines: { extractive: z.strictObject({}), model: z.strictObject({}) },
}

const findingsIn = async (name: string): Promise<string> => {
  const { workspace, findings, place } = await loadWorkspace(join(FIXTURES, name), { shelf: disk, env: ENV, ...KINDS })
  const sense =
    workspace === null
      ? []
      : checkWorkspace(workspace, {
          capabilities: { buttons: { ...RICH, receipts: 'read' }, plain: PLAIN },
          env: ENV,
          place,
          conditionFault,
        })
  return [...findings, ...sense]
    .map(({ id, level, place: at }) => `${at?.file}:${at?.line} ${id}${level === 'error' ? '' : ` (${level})`}\n`)
    .join('')
}

const conditionFault = (condition: string) => faultIn(condition)?.words ?? null

const names = readdirSync(FIXTURES)
const clean = names.filter((name) => name.startsWith('clean-'))

describe('relais check finds what is wrong, with its file and line', () => {
  test.each(names)('%s', async (name) => {
    expect(await findingsIn(name)).toBe(readFileSync(join(FIXTURES, name, '.expected'), 'utf8'))
  })
  test('in at least twelve broken workspaces, and nothing in three clean ones', () => {
    expect(names.length - clean.length).toBeGreaterThanOrEqual(12)
    expect(clean.length).toBeGreaterThanOrEqual(3)
    for (const name of clean) expect(readFileSync(join(FIXTURES, name, '.expected'), 'utf8')).toBe('')
  })
})
