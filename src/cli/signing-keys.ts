/** The house's own signing keys: Ed25519, in RELAIS_DATA/keys, each made the first time it is asked for and never again. */
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RelaisError } from '../core/errors.ts'

/** `evidence` signs what is shown to others; `rulebook` the rulebooks that somebody publishes. */
export const KEY_NAMES = ['evidence', 'rulebook'] as const
export type KeyName = (typeof KEY_NAMES)[number]

const placeOf = (dataFolder: string, name: KeyName): string => join(dataFolder, 'keys', `${name}.pem`)

/** The private key; null where it was never made. @throws {RelaisError} `key-unreadable` */
export const findSigningKey = async (dataFolder: string, name: KeyName): Promise<KeyObject | null> => {
  const place = placeOf(dataFolder, name)
  try {
    const key = createPrivateKey(await readFile(place, 'utf8'))
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  }
  throw new RelaisError('key-unreadable', place)
}

/** The private key, made where there is none. Of two who make it at once one makes it and both have that one. */
export const signingKey = async (dataFolder: string, name: KeyName): Promise<KeyObject> => {
  const found = await findSigningKey(dataFolder, name)
  if (found) return found
  const place = placeOf(dataFolder, name)
  // Others may pass through the data folder (the database runs as a user of its own), but nobody else reads this one.
  await mkdir(dataFolder, { recursive: true, mode: 0o711 })
  await mkdir(join(dataFolder, 'keys'), { recursive: true, mode: 0o700 })
  const draft = `${place}.${randomUUID()}`
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })
  await writeFile(draft, pem, { mode: 0o600, flag: 'wx', flush: true })
  try {
    // Fails where there is one already, whole or not at all.
    await link(draft, place)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
  const kept = await findSigningKey(dataFolder, name)
  if (kept) return kept
  throw new RelaisError('key-unreadable', place)
}
