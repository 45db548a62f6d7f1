import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENV } from '../../../tests/support/deciding.ts'
import { copyDemo } from '../../../tests/support/demo-folder.ts'
import { EXIT, type Io } from '../command.ts'
import { linksCommand } from './links.ts'
import { qrOf } from './qr.ts'

let folder: string
let out: string
beforeAll(async () => {
  folder = await copyDemo()
  out = await mkdtemp(join(tmpdir(), 'relais-links-'))
  const place = join(folder, 'relais.yaml')
  const links =
    'links:\n  metro: { channel: whatsapp, source: affiche-metro, say: { fr: Je viens du métro., en: From the metro. } }\n  none: { channel: nowhere }\n  page: { channel: site }\n'
  const settings = (await readFile(place, 'utf8')).replace(/^channels:$/m, 'channels:\n  site: { kind: web }')
  await writeFile(place, `${settings}\n${links}`)
})
afterAll(() => Promise.all([folder, out].map((path) => rm(path, { recursive: true, force: true }))))

const run = async (args: readonly string[], env: Record<string, string> = {}) => {
  let [said, wrong] = ['', '']
  const io: Io = {
    stdout: (text) => {
      said += text
    },
    stderr: (text) => {
      wrong += text
    },
    env: { ...ENV, ...env },
    cwd: out,
    now: () => 0,
    language: 'en',
  }
  return { code: await linksCommand.run(args.includes('--workspace') ? args : [...args, '--workspace', folder], io), said, wrong }
}
const PUBLIC = { PUBLIC_URL: 'https://chat.example.fr' }

describe('relais links', () => {
  it('lists them with their short addresses', async () => {
    const { said } = await run(['--json'], PUBLIC)
    expect(JSON.parse(said).links[0]).toEqual({
      name: 'metro',
      channel: 'whatsapp',
      source: 'affiche-metro',
      short: 'https://chat.example.fr/go/metro',
      target: `https://wa.me/33465711000?text=${encodeURIComponent('From the metro. (metro)')}`,
    })
    expect((await run([], PUBLIC)).said).toContain('https://chat.example.fr/go/metro')
  })

  it('shows one as a QR code in the terminal, and writes it as SVG and PNG', async () => {
    const shown = await run(['metro'], PUBLIC)
    expect(shown.said).toMatch(/^https:\/\/chat\.example\.fr\/go\/metro\n\n[ ▀▄█\n]+$/)
    expect((await run(['metro', '--out', 'metro.svg'], PUBLIC)).code).toBe(EXIT.done)
    expect(await readFile(join(out, 'metro.svg'), 'utf8')).toMatch(/^<svg [^>]+><path fill="#fff"[^>]+><path d="M/)
    await run(['metro', '--out', 'metro.png'], PUBLIC)
    const png = await readFile(join(out, 'metro.png'))
    expect([png.subarray(1, 4).toString(), png.readUInt32BE(16)]).toEqual(['PNG', (qrOf('https://chat.example.fr/go/metro').size + 8) * 12])
  })

  it('carries the channel’s own address where nobody said where the house is reached', async () => {
    expect((await run(['metro'])).said).toContain('https://wa.me/33465711000?text=')
  })

  it('leads to the business’s own page once it is known where that is, and asks for it until then', async () => {
    expect((await run(['page'], PUBLIC)).said).toContain('https://chat.example.fr/go/page')
    expect(JSON.parse((await run(['page', '--json'], PUBLIC)).said).target).toBe('https://chat.example.fr/chat/site?from=page')
    expect((await run([])).said).toMatch(/^page +site +page +set PUBLIC_URL$/m)
    expect(JSON.parse((await run(['--json'])).said).links[2]).toMatchObject({ name: 'page', short: null, target: null })
    const { code, wrong } = await run(['page'])
    expect(code).toBe(EXIT.wrongUse)
    expect(wrong).toContain('“page” leads to your own page: set PUBLIC_URL to the address Relais is reached at.')
  })

  it.each(['chat.example.fr', 'localhost:3000'])('refuses %s as PUBLIC_URL, and says what one looks like', async (url) => {
    const { code, wrong } = await run(['page'], { PUBLIC_URL: url })
    expect([code, wrong.trimEnd().split('\n').length]).toEqual([EXIT.wrongUse, 1])
    expect(wrong).toContain(`PUBLIC_URL is not an http(s) address: ${url}`)
    expect(wrong).toContain('such as https://relais.example.fr')
    // As unset.
    expect((await run([], { PUBLIC_URL: '' })).said).toMatch(/^page +site +page +set PUBLIC_URL$/m)
  })

  it('says what to do in a folder without a workspace', async () => {
    const { code, wrong } = await run(['--workspace', out])
    expect(code).not.toBe(EXIT.done)
    expect(wrong).toContain('relais.yaml:1:1 this file is missing')
    expect(wrong).toContain('relais init')
    expect(wrong).toContain('or name the folder of yours')
  })

  it.each([
    [['metr'], 'did you mean “metro”?'],
    [['metro', '--out', 'metro.gif'], '--out: a file that ends with .svg or .png.'],
    [['none'], 'the channel “nowhere” has no address to begin at'],
  ])('refuses %j in one line', async (args, words) => {
    const { code, wrong } = await run(args)
    expect(code).toBe(EXIT.wrongUse)
    expect(wrong).toContain(words)
  })
})
