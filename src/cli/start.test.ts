/** Where Relais listens, and what is said where it cannot. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../../tests/support/terminal.ts'
import { DEMO } from './demo-beside.ts'
import { originOf, start } from './start.ts'

let data = ''
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'relais-start-'))
})
afterAll(() => rm(data, { recursive: true }))

it('an address that is not this machine’s is told with what to do, before anything is started', async () => {
  // Of a block that is for documents alone (RFC 5737).
  const env = { RELAIS_DATA: data, RELAIS_HOST: '203.0.113.7', PORT: '0' }
  const { code, err } = await runCommand(start, [DEMO], { cwd: data, env, now: Date.now })
  expect([code, err]).toEqual([2, expect.stringMatching(/cannot listen at 203\.0\.113\.7:0 \(EADDRNOTAVAIL\)\. RELAIS_HOST/u)])
})

it.each([
  ['0.0.0.0', 'http://127.0.0.1:3000', 'IPv4'],
  ['::', 'http://127.0.0.1:3000', 'IPv6'],
  ['127.0.0.1', 'http://127.0.0.1:3000', 'IPv4'],
  ['192.168.1.5', 'http://192.168.1.5:3000', 'IPv4'],
  ['::1', 'http://[::1]:3000', 'IPv6'],
])('%s is reached from this machine at %s', (address, origin, family) => {
  expect(originOf({ address, family, port: 3000 })).toBe(origin)
})
