/** The demo's folder for tests that are about one channel: a copy without its others, and without plans over them. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const DEMO = join(import.meta.dirname, '..', '..', 'workspaces', 'demo')

const withOneChannel = (text: string): string =>
  text
    .replace(/\n {2}# The same customers by SMS[\s\S]*?\n(?=\nengines:)/, '')
    .replace(/ {2}# Where a message goes on[\s\S]*?(?=\nassistant:)/, '')

/** Journeys that need another channel. */
const BEYOND = ['addresses.yaml', 'call-back.yaml']

/** A new temporary folder, which the caller removes. */
export const copyDemo = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'relais-demo-'))
  await cp(DEMO, folder, { recursive: true })
  const settings = join(folder, 'relais.yaml')
  await writeFile(settings, withOneChannel(await readFile(settings, 'utf8')))
  for (const journey of BEYOND) await rm(join(folder, 'journeys', journey))
  return folder
}
