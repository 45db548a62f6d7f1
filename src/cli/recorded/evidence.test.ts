import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommand } from '../../../tests/support/terminal.ts'
import type { EvidenceSource, SaidMessage } from '../../core/evidence.ts'
import { asId } from '../../core/ids.ts'
import { publicKeyOf } from '../../core/signing.ts'
import { type Io, withParts } from '../command.ts'
import { evidenceCommand, evidenceVerify } from './evidence.ts'

const NOW = Date.parse('2026-11-22T11:00:00Z')
const NOTHING: EvidenceSource = {
  async *said() {},
  count: async () => 0,
  contents: async () => new Map(),
  people: async () => new Map(),
  agents: async () => [],
}
const SAID: SaidMessage = {
  id: asId('msg_0'),
  conversation: asId('cnv_0'),
  channel: asId('line'),
  kind: 'sms',
  direction: 'in',
  at: NOW,
  author: 'customer',
  type: 'text',
  status: 'received',
  decision: null,
}
let root = ''
const asked: [number, number][] = []
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'evidence1-cli-'))
  await writeFile(join(root, 'relais.yaml'), 'workspace: { name: Essai, country: FR, timezone: Europe/Paris }\nchannels: {}\n')
})
afterAll(() => rm(root, { recursive: true }))

type Watched = { readonly io: Partial<Io>; readonly said: EvidenceSource['said'] }
const run = async (args: readonly string[], env: Io['env'] = {}, language: 'fr' | 'en' = 'en', watched?: Watched) => {
  const source: EvidenceSource = {
    ...NOTHING,
    said(since, until) {
      asked.push([since, until])
      return (watched?.said ?? NOTHING.said)(since, until)
    },
    count: async () => 10,
  }
  const command = evidenceCommand({ openEvidence: async () => ({ source, close: async () => {} }), timezone: 'UTC' })
  return runCommand(withParts(command, [evidenceVerify]), args, { env, cwd: root, now: () => NOW, language, ...watched?.io })
}
const FILE = ['--since', '2026-11-01', '--out', 'proof.html'] as const

describe('relais evidence', () => {
  it('writes a signed page about whole days of the business’s zone, with a key that only its owner reads', async () => {
    const { code, out } = await run([...FILE, '--until', '2026-11-10', '--json'])
    expect(code).toBe(0)
    const { key, period } = JSON.parse(out)
    expect(period).toEqual({ since: '2026-11-01', until: '2026-11-10', timezone: 'Europe/Paris' })
    expect(asked.at(-1)).toEqual([Date.parse('2026-11-01T00:00:00+01:00'), Date.parse('2026-11-11T00:00:00+01:00')])
    expect((await stat(join(root, '.relais/keys/evidence.pem'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(root, '.relais/keys'))).mode & 0o777).toBe(0o700)
    // Made once.
    expect(JSON.parse((await run([...FILE, '--json'])).out).key).toBe(key)
  })

  it('shows how far it is to whoever watches, once it has taken two seconds', async () => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] })
    const said: EvidenceSource['said'] = async function* () {
      for (let n = 0; n < 10; n++) {
        yield { ...SAID, id: asId(`msg_${n}`), conversation: asId(`cnv_${n}`) }
        vi.advanceTimersByTime(500)
      }
    }
    const now = () => Date.now()
    const { err } = await run(FILE, {}, 'en', { io: { now, watched: true }, said })
    expect(err).toMatch(/█+░+ 40 % · \d+ s/u)
    expect(err).not.toContain(' 20 % ')
    expect((await run(FILE, {}, 'en', { io: { now }, said })).err).toBe('')
    vi.useRealTimers()
  })

  it('is verified by its own house, by the printed key, and with neither names the key to compare', async () => {
    const { key } = JSON.parse((await run([...FILE, '--json'])).out)
    expect(await run(['verify', 'proof.html'])).toMatchObject({ code: 0, out: expect.stringContaining('key expected') })
    const elsewhere = { RELAIS_DATA: join(root, 'nothing-here') }
    expect(await run(['verify', 'proof.html', '--key', key], elsewhere)).toMatchObject({ code: 0 })
    expect(await run(['verify', 'proof.html'], elsewhere)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Compare its key .*ed25519:/u),
    })
    const other = publicKeyOf(generateKeyPairSync('ed25519').publicKey)
    expect(JSON.parse((await run(['verify', 'proof.html', '--key', other, '--json'])).out)).toMatchObject({
      ok: false,
      verdict: 'stranger',
      key,
    })
    const text = await readFile(join(root, 'proof.html'), 'utf8')
    await writeFile(join(root, 'forged.html'), text.replace('Essai', 'Essay'))
    expect(await run(['verify', 'forged.html'], {}, 'fr')).toMatchObject({
      code: 1,
      out: expect.stringContaining('un octet au moins a changé'),
    })
  })

  it.each([
    [['--since', '2026-11-01'], '--out'],
    [['--out', 'x.html'], '--since'],
    [['--since', '2026-02-30', '--out', 'x.html'], 'not a day'],
    [['--since', '2026-12-01', '--out', 'x.html'], 'after --until'],
    [[...FILE, '--samples', '999'], '0 to 200'],
    [['verify', 'none.html'], 'no evidence file'],
    [['verify', 'proof.html', '--key', 'mine'], '--key'],
    [['verify'], 'argument is missing'],
  ])('%j is wrong use: one line that says what to do, exit 2', async (args, words) => {
    const { code, err } = await run(args)
    expect(code).toBe(2)
    expect(err).toContain(words)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})
