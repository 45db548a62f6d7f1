/** The house's own secret, `RELAIS_SECRET`: made once and kept in RELAIS_DATA where nobody set one. It seals addresses, links and codes. */
import { createHmac, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RelaisError } from '../core/errors.ts'

const LEAST_LENGTH = 32

/** Of two who make it at once one makes it and both have that one. @throws {RelaisError} `secret-too-short` */
export const houseSecret = async (env: Readonly<Record<string, string | undefined>>, dataFolder: string): Promise<string> => {
  const given = env.RELAIS_SECRET
  if (given) {
    if (given.length < LEAST_LENGTH) throw new RelaisError('secret-too-short', 'RELAIS_SECRET')
    return given
  }
  const place = join(dataFolder, 'keys', 'secret')
  const kept = () => readFile(place, 'utf8').catch(() => null)
  const found = await kept()
  if (found) return found
  await mkdir(dataFolder, { recursive: true, mode: 0o711 })
  await mkdir(join(dataFolder, 'keys'), { recursive: true, mode: 0o700 })
  const draft = `${place}.${randomBytes(8).toString('hex')}`
  await writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true })
  // Fails where there is one already, whole or not at all.
  await link(draft, place).catch(() => {})
  await rm(draft, { force: true })
  const made = await kept()
  if (made) return made
  throw new RelaisError('key-unreadable', place)
}

/** What there is of it already; null where nobody set or made one. Nothing is made, and nothing complained of. */
export const keptSecret = async (env: Readonly<Record<string, string | undefined>>, dataFolder: string): Promise<string | null> =>
  env.RELAIS_SECRET || (await readFile(join(dataFolder, 'keys', 'secret'), 'utf8').catch(() => null))

/** HMAC-SHA256, base64url. `purpose` keeps what is sealed for one use from passing for another. */
export const sealerOf =
  (secret: string, purpose: string) =>
  (text: string): string =>
    createHmac('sha256', secret).update(`${purpose}\n${text}`).digest('base64url')
