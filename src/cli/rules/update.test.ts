import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../../tests/support/terminal.ts'
import { publicKeyOf } from '../../core/signing.ts'
import { loadRulebook, MAX_BUNDLE_BYTES, sealBundle } from '../../policy/index.ts'
import { checkCommand } from '../check.ts'
import { withParts } from '../command.ts'
import { guardedFetch } from '../guarded-fetch.ts'
import { openWorkspace } from '../house.ts'
import { rulesDiff } from './diff.ts'
import { readRulebookFiles } from './rulebook-files.ts'
import { rules } from './rules.ts'
import { rulesSign } from './sign.ts'
import { rulesUpdate, type UpdateTools } from './update.ts'

const NOW = Date.parse('2026-12-02T08:00:00Z')
const { privateKey } = generateKeyPairSync('ed25519')
const SHIPPED = readRulebookFiles(undefined, true)
/** The shipped rules with another date for a fee, so that there is something to see. */
const CHANGED = SHIPPED.filter(({ path }) => !path.endsWith('.examples.yaml')).map((file) =>
  file.path === 'eu/ai-disclosure.yaml' ? { ...file, source: file.source.replaceAll('2026-08-02', '2026-08-03') } : file,
)
const seal = (files = CHANGED, date = '2026-12-01T00:00:00Z'): string => sealBundle(files, date, privateKey)

let root = ''
const trusting = (keys: readonly string[]): Promise<void> =>
  writeFile(
    join(root, 'relais.yaml'),
    `workspace: { name: Essai, country: FR }\nchannels: {}\nrulebook: { trust: [${keys.map((key) => `"${key}"`).join(', ')}] }\n`,
  )
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'evidence1-update-'))
  await trusting([publicKeyOf(privateKey)])
})
const made: string[] = []
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true }))))

const run = async (args: readonly string[], tools: Partial<UpdateTools> = {}, language: 'fr' | 'en' = 'en') => {
  made.push(root)
  const update = rulesUpdate({ fetch: async () => new Response(), whatIf: async () => null, ask: async () => false, ...tools })
  return runCommand(withParts(rules, [update, rulesDiff, rulesSign]), args, { cwd: root, now: () => NOW, language })
}
const give = async (text: string, name = 'new.json'): Promise<string> => {
  await writeFile(join(root, name), text)
  return name
}
const held = () => readFile(join(root, 'rulebook.json'), 'utf8').catch(() => null)
const digestHeld = async () => (await openWorkspace(root, {})).rulebook.digest

describe('relais rules update', () => {
  it('shows what changes and the last 30 days, asks, and takes; a start, judge and rules then use it', async () => {
    const asked: string[] = []
    const spans: number[] = []
    const { code, out } = await run(['update', await give(seal())], {
      whatIf: async ({ since, until }) => {
        spans.push(until - since)
        return { text: '12 messages would have waited.', json: { messages: 12 } }
      },
      ask: async (question) => asked.push(question) > 0,
    })
    expect(code).toBe(0)
    expect(out).toContain('~ eu/ai-disclosure')
    expect(out).toMatch(/\+ .*since 3 August 2026/)
    expect(out).toContain('12 messages would have waited.')
    expect(spans).toEqual([30 * 86_400_000])
    expect(asked).toEqual(['Take these rules? (yes/no) '])
    expect(await digestHeld()).toBe(loadRulebook(CHANGED).digest)
    expect((await run(['show', 'eu/ai-disclosure'])).out).toContain('3 August 2026')
    expect((await run(['diff', 'shipped', 'held'])).out).toContain('~ eu/ai-disclosure')
    // The same once more is no question.
    expect(await run(['update', 'new.json'])).toMatchObject({ code: 0, out: 'These are the rules in use already.\n' })
  })

  it('takes nothing where nobody says yes, and nothing is asked with --yes', async () => {
    await give(seal())
    expect((await run(['update', 'new.json'])).code).toBe(1)
    expect(JSON.parse((await run(['update', 'new.json', '--json'])).out)).toMatchObject({ taken: false, same: false })
    expect(await held()).toBeNull()
    const { code, out } = await run(['update', 'new.json', '--yes', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ taken: true, difference: { rules: [{ id: 'eu/ai-disclosure', change: 'changed' }] } })
    expect(await held()).not.toBeNull()
  })

  it('refuses what is unsigned, untrusted, changed, older, broken or too large, and leaves what it holds', async () => {
    await run(['update', await give(seal()), '--yes'])
    const kept = await held()
    const stranger = sealBundle(CHANGED, '2026-12-02T00:00:00Z', generateKeyPairSync('ed25519').privateKey)
    const { signature: _, ...unsigned } = JSON.parse(seal(SHIPPED, '2026-12-02T00:00:00Z'))
    for (const [text, words] of [
      [JSON.stringify(unsigned), 'not signed'],
      [stranger, 'add the public key'],
      [seal(SHIPPED, '2026-12-02T00:00:00Z').replace('2026-01-15', '2026-01-16'), 'was changed'],
      [seal(SHIPPED, '2026-11-30T00:00:00Z'), 'not newer'],
      [seal(SHIPPED, '2026-12-01T00:00:00Z'), 'not newer'],
      ['{"format":', 'cannot be read'],
      ['x'.repeat(MAX_BUNDLE_BYTES + 1), 'over 4 MB'],
    ] as const) {
      await give(text)
      const { code: exit, err } = await run(['update', 'new.json', '--yes'])
      expect([exit, err]).toEqual([1, expect.stringContaining(words)])
      expect(err.trimEnd().split('\n')).toHaveLength(1)
      expect(await held()).toBe(kept)
    }
    expect(JSON.parse((await run(['update', 'new.json', '--yes', '--json'])).out)).toMatchObject({
      taken: false,
      refused: 'rulebook-too-large',
    })
    expect((await run(['update', 'none.json', '--yes'])).err).toContain('none.json')
  })

  it('refuses rules from before the newest source that the shipped ones have read', async () => {
    const { err } = await run(['update', await give(seal(CHANGED, '2026-11-01T00:00:00Z')), '--yes'])
    expect(err).toContain('not newer')
  })

  it('reads http from this machine, whose operator typed it, and from nowhere that an answer leads to', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/rules.json') response.end(seal())
      else response.writeHead(302, { location: request.url === '/home' ? '/rules.json' : 'http://127.0.0.1:9/rules.json' }).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const fetch: UpdateTools['fetch'] = async (request, allowHosts) => {
      const guarded = guardedFetch({ allowHosts })
      return guarded(request).finally(() => void guarded.close())
    }
    const from = (path: string) => run(['update', `http://127.0.0.1:${port}${path}`, '--yes'], { fetch })
    expect((await from('/elsewhere')).err).toContain('not public')
    expect(await from('/home')).toMatchObject({ code: 0, err: '' })
    expect(await digestHeld()).toBe(loadRulebook(CHANGED).digest)
    server.close()
  })

  it('reads https alone, no private address, no answer that is too large', async () => {
    const guarded = guardedFetch({ allowHosts: [] })
    for (const url of [
      'http://rules.example.org/a.json',
      'file:///etc/passwd',
      'https://10.0.0.7/a.json',
      'https://[fd00::1]/a.json',
      'https://169.254.169.254/a.json',
    ]) {
      const { code, err } = await run(['update', url, '--yes'], { fetch: guarded })
      expect(code, url).toBe(1)
      expect(err, url).toMatch(/could not be read|not public/)
    }
    await guarded.close()
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1
        controller.enqueue(new Uint8Array(64 * 1024))
      },
    })
    const { err } = await run(['update', 'https://rules.example.org/a.json'], { fetch: async () => new Response(endless) })
    expect(err).toContain('over 4 MB')
    expect(sent).toBeLessThan(80)
    const fetch = async () => new Response(seal())
    expect((await run(['update', 'https://rules.example.org/a.json', '--yes'], { fetch })).code).toBe(0)
    expect(
      (await run(['update', 'https://rules.example.org/b.json'], { fetch: async () => new Response('', { status: 404 }) })).err,
    ).toContain('(404)')
  })

  it('a taken file that was changed, or whose publisher is trusted no more, is a fault that a start names', async () => {
    await run(['update', await give(seal()), '--yes'])
    await writeFile(join(root, 'rulebook.json'), seal().replace('2026-01-15', '2026-01-14'))
    await expect(openWorkspace(root, {})).rejects.toThrow('rulebook.json:1:1')
    expect((await run(['list'])).err).toContain('changed after it was signed')
    await writeFile(join(root, 'rulebook.json'), seal())
    await trusting([])
    await expect(openWorkspace(root, {})).rejects.toThrow('does not name')
  })
})

describe('relais rules sign', () => {
  it('makes what update takes, with a key that only its owner reads', async () => {
    const folder = join(import.meta.dirname, '..', '..', '..', 'rulebook')
    const { code, out } = await run(['sign', folder, '--out', 'mine.json', '--json'])
    expect(code).toBe(0)
    expect((await stat(join(root, '.relais', 'keys', 'rulebook.pem'))).mode & 0o777).toBe(0o600)
    const { publisher } = JSON.parse(out)
    expect((await run(['update', 'mine.json'])).err).toContain(publisher)
    await trusting([publisher])
    expect(await run(['update', 'mine.json'])).toMatchObject({ code: 0, out: 'These are the rules in use already.\n' })
  })
})

describe('a folder that is named for its rules', () => {
  it.each([
    ['diff', 'shipped', '.relais'],
    ['sign', 'nowhere', '--out', 'mine.json'],
    ['sign', 'relais.yaml', '--out', 'mine.json'],
  ])('%s %s %s: has some, or is refused', async (...args) => {
    await mkdir(join(root, '.relais'), { recursive: true })
    const { code, err } = await run(args)
    expect([code, err]).toEqual([2, expect.stringContaining('is no folder of rules')])
  })
})

describe('relais check', () => {
  it('calls a rule stale whose sources nobody has read for over 90 days: a warning, exit 0', async () => {
    const at = async (day: string) => {
      const { code, out } = await runCommand(checkCommand, [root, '--json'], { cwd: root, now: () => Date.parse(`${day}T12:00:00Z`) })
      const { findings } = JSON.parse(out) as { findings: { id: string; level: string; file: string }[] }
      return { code, stale: findings.filter(({ id }) => id === 'rule-stale') }
    }
    expect((await at('2026-12-02')).stale).toEqual([])
    const later = await at('2027-06-01')
    expect(later.code).toBe(0)
    expect(later.stale).toContainEqual(expect.objectContaining({ level: 'warning', file: 'eu/ai-disclosure.yaml' }))
  })
})
