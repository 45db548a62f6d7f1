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
    'links:\n  metro: { channel: whatsapp, source: affiche-metro, say: { fr: Je viens du métro., en: From the metro. } }\n  none: { channel: nowhere }\n'
  await writeFile(place, `${await readFile(place, 'utf8')}\n${links}`)
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
  return { code: await linksCommand.run([...args, '--workspace', folder], io), said, wrong }
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
