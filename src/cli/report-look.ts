/** The look of the house's pages for reports of one file: the same custom properties, and the same font within the file. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')
const TOKENS = join(ROOT, 'web', 'shared', 'tokens.css')
const FONT = join(ROOT, 'node_modules', '@fontsource-variable', 'inter', 'files', 'inter-latin-wght-normal.woff2')

/** A report looks the same wherever it is opened; where the font is not installed the reader's own stands in for it. */
const fontFace = (): string =>
  existsSync(FONT)
    ? `@font-face { font-family: "Inter Variable"; font-weight: 100 900; src: url("data:font/woff2;base64,${readFileSync(FONT, 'base64')}") format("woff2"); }\n`
    : ''

/** The font, and `:root { … }` of the pages' tokens. */
export const readLook = (): string => `${fontFace()}${/:root \{[\s\S]*?\n\}/u.exec(readFileSync(TOKENS, 'utf8'))?.[0] ?? ''}\n`
