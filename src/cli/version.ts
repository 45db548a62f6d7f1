/** Which Relais this is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Of package.json. */
export const readVersion = (): string =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')).version as string
