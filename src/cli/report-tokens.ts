/** The look of the house's pages for reports of one file: the same custom properties, without the fonts that only a server could give. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = join(import.meta.dirname, '..', '..', 'web', 'shared', 'tokens.css')

/** `:root { … }` of the pages' tokens. */
export const readTokens = (): string => /:root \{[\s\S]*?\n\}/u.exec(readFileSync(FILE, 'utf8'))?.[0] ?? ''
